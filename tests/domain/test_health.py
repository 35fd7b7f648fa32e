"""The status rules: what makes a client offline, critical, a warning or healthy, and from when on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infoscreen.domain.health import Assessment, ClientStatus, Facts, assess

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GRACE = 180


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def verdict(**facts: Any) -> Assessment:
    return assess(Facts(**{"last_alive": ago(seconds=5), "process_status": "running", **facts}), NOW, GRACE)


def test_a_client_that_reports_a_running_process_is_healthy() -> None:
    assert verdict() == Assessment(is_alive=True, status=ClientStatus.HEALTHY, warnings=())


@pytest.mark.parametrize(("silent_for", "alive"), [(0, True), (179.9, True), (180, False), (3600, False)])
def test_a_client_is_alive_within_the_grace_period(silent_for: float, alive: bool) -> None:
    assert verdict(last_alive=ago(seconds=silent_for)).is_alive is alive


def test_a_client_that_never_reported_is_offline() -> None:
    assert verdict(last_alive=None) == Assessment(is_alive=False, status=ClientStatus.OFFLINE)


def test_an_inactive_client_is_offline_even_while_it_reports() -> None:
    assert verdict(is_active=False).status is ClientStatus.OFFLINE


def test_of_a_silent_client_nothing_older_is_claimed() -> None:
    silent = verdict(last_alive=ago(hours=1), process_status="crashed", screen_health="BLACK")
    assert silent == Assessment(is_alive=False, status=ClientStatus.OFFLINE)


def test_a_service_that_was_given_up_is_named_of_a_silent_client_too() -> None:
    silent = verdict(last_alive=ago(hours=1), service_failed_at=ago(hours=1))
    assert (silent.status, silent.warnings) == (ClientStatus.OFFLINE, ("service_failed",))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"process_status": "crashed"}, "process_crashed"),
        ({"screen_health": "BLACK"}, "screen_black"),
        ({"screen_health": "OK", "picture_health": "BLACK"}, "screen_black"),
    ],
)
def test_a_crash_and_a_black_screen_are_critical_at_once(facts: dict[str, Any], reason: str) -> None:
    assert verdict(**facts) == Assessment(is_alive=True, status=ClientStatus.CRITICAL, warnings=(reason,))


@pytest.mark.parametrize("process_status", ["stopped", "starting"])
@pytest.mark.parametrize(("seconds", "status"), [(120, ClientStatus.HEALTHY), (121, ClientStatus.WARNING)])
def test_a_player_may_be_down_for_two_minutes(process_status: str, seconds: int, status: ClientStatus) -> None:
    found = verdict(process_status=process_status, process_status_since=ago(seconds=seconds))
    assert found.status is status
    assert found.warnings == ((f"process_{process_status}",) if status is ClientStatus.WARNING else ())


def test_a_long_running_player_is_no_warning() -> None:
    assert verdict(process_status_since=ago(days=30)).status is ClientStatus.HEALTHY


@pytest.mark.parametrize(("seconds", "warnings"), [(60, ()), (61, ("wrong_event",))])
def test_a_player_has_a_minute_to_change_to_the_expected_event(seconds: int, warnings: tuple[str, ...]) -> None:
    assert verdict(event_mismatch_since=ago(seconds=seconds)).warnings == warnings


def test_a_frozen_picture_is_a_warning() -> None:
    assert verdict(screen_health="FROZEN").warnings == ("screen_frozen",)
    assert verdict(screen_health="OK", picture_health="FROZEN").warnings == ("screen_frozen",)


@pytest.mark.parametrize(
    ("minutes", "warnings"),
    [([59] * 6, ("reconnects",)), ([1] * 5, ()), ([60, 5, 4, 3, 2, 1], ()), ([], ())],
)
def test_more_than_five_reconnects_within_the_hour_are_a_warning(minutes: list[int], warnings: tuple[str, ...]) -> None:
    assert verdict(reconnects=[ago(minutes=each) for each in minutes]).warnings == warnings


@pytest.mark.parametrize(("minutes", "status"), [(9.9, ClientStatus.CRITICAL), (10, ClientStatus.HEALTHY)])
def test_an_error_in_the_log_is_critical_for_ten_minutes(minutes: float, status: ClientStatus) -> None:
    found = verdict(last_error_log_at=ago(minutes=minutes))
    assert (found.status, found.warnings) == (status, ("error_log",) if status is ClientStatus.CRITICAL else ())


@pytest.mark.parametrize(("minutes", "status"), [(59.9, ClientStatus.WARNING), (60, ClientStatus.HEALTHY)])
def test_a_warning_in_the_log_counts_for_an_hour(minutes: float, status: ClientStatus) -> None:
    found = verdict(last_warn_log_at=ago(minutes=minutes))
    assert (found.status, found.warnings) == (status, ("warn_log",) if status is ClientStatus.WARNING else ())


def test_a_service_that_was_given_up_is_critical_until_somebody_has_seen_to_it() -> None:
    found = verdict(service_failed_at=ago(days=3))
    assert (found.status, found.warnings) == (ClientStatus.CRITICAL, ("service_failed",))


def test_an_overdue_command_is_a_warning() -> None:
    found = verdict(has_overdue_command=True)
    assert (found.status, found.warnings) == (ClientStatus.WARNING, ("command_overdue",))


def test_the_worst_reason_decides_and_every_reason_is_named() -> None:
    found = verdict(process_status="crashed", screen_health="FROZEN", event_mismatch_since=ago(hours=1))
    assert found.status is ClientStatus.CRITICAL
    assert found.warnings == ("process_crashed", "screen_frozen", "wrong_event")
