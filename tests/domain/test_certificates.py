"""When certificates are renewed and warned of, and what they can be for."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain.pki import (
    WARNED_AT,
    Certificate,
    PkiRefused,
    PkiStatus,
    Purpose,
    Stage,
    parse_client,
    parse_host,
    server_hosts,
)

START = datetime(2026, 1, 1, tzinfo=UTC)


def certificate(days: float, purpose: Purpose = Purpose.SERVER) -> Certificate:
    return Certificate(purpose, "broker", "ca", "1", START, START + timedelta(days=days))


def test_renewal_is_due_after_two_thirds_of_the_life() -> None:
    yearly = certificate(366)
    assert not yearly.is_renewal_due(START + timedelta(days=243, hours=23))
    assert yearly.is_renewal_due(START + timedelta(days=244))


@pytest.mark.parametrize(
    ("left", "threshold"),
    [(31, None), (30, 30), (14.1, 30), (14, 14), (7, 7), (1.5, 7), (1, 1), (0.01, 1), (0, 0), (-5, 0)],
)
def test_the_tightest_threshold_counts(left: float, threshold: int | None) -> None:
    assert certificate(100).threshold(START + timedelta(days=100 - left)) == threshold


@given(st.floats(0, 120), st.floats(0, 60))
def test_time_never_loosens_a_threshold(passed: float, more: float) -> None:
    first, later = (certificate(100).threshold(START + timedelta(days=days)) for days in (passed, passed + more))
    ranks = [*sorted(WARNED_AT), None]
    assert ranks.index(later) <= ranks.index(first)


def test_the_worst_certificate_speaks_for_all() -> None:
    status = PkiStatus(Stage.STEADY, (certificate(3652, Purpose.CA), certificate(20)))
    assert status.threshold(START) == 30
    assert status.threshold(START + timedelta(days=21)) == 0


def test_without_certificates_there_is_nothing_to_warn_of() -> None:
    assert PkiStatus(Stage.STEADY, ()).threshold(START) is None


@pytest.mark.parametrize("text", ["broker", "Screens.School.example", "a-1.b", "xn--schler-3ya.at", "my_host"])
def test_a_name_is_a_host(text: str) -> None:
    assert parse_host(text) == text.lower()


def test_an_address_is_a_host() -> None:
    assert parse_host("[fe80::1]") == ip_address("fe80::1")


@pytest.mark.parametrize("text", ["", " ", "a b", "-a", "a..b", "*", "a/b", "a\nb", "x" * 64, "http://a", "ä", "a,b"])
def test_what_is_no_host_is_refused(text: str) -> None:
    with pytest.raises(PkiRefused):
        parse_host(text)


def test_a_server_is_always_reached_from_its_own_machine_and_no_host_counts_twice() -> None:
    hosts = [str(host) for host in server_hosts(["localhost", "10.0.0.1", "10.0.0.1"])]
    assert hosts == ["localhost", "10.0.0.1", "127.0.0.1", "::1"]


@pytest.mark.parametrize("text", ["", "../x", "a/b", ".hidden", "a b", "x" * 65])
def test_what_could_leave_the_directory_names_no_client(text: str) -> None:
    with pytest.raises(PkiRefused):
        parse_client(text)
