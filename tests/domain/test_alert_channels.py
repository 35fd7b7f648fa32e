"""Which alerts a channel tells, when, whereto it may, and in which words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from infoscreen.domain import alert_words
from infoscreen.domain.alert_channels import (
    GATHER_FOR,
    LAST_RETRY,
    Language,
    Line,
    News,
    due_at,
    is_reachable_address,
    is_wanted,
    retry_at,
    shown_address,
)
from infoscreen.domain.alerts import AlertKind, Severity

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
VIENNA = ZoneInfo("Europe/Vienna")
LINE = Line(
    1, AlertKind.SCREEN_BLACK, Severity.CRITICAL, News.OPENED, "Aula links", "Aula", NOON - timedelta(minutes=2), None
)


@pytest.mark.parametrize(
    ("kinds", "least", "wanted"),
    [
        ([], "warning", True),
        ([], "critical", False),
        (["screen_black"], "warning", False),
        (["disk_low"], "warning", True),
        (["disk_low"], "critical", False),
    ],
)
def test_a_channel_tells_the_kinds_and_severities_it_is_for(kinds: list[str], least: str, *, wanted: bool) -> None:
    assert is_wanted("disk_low", "warning", kinds, least) is wanted


def test_the_same_cause_is_not_told_again_within_its_quiet_time() -> None:
    hour = timedelta(hours=1)
    assert due_at(NOON, None, hour) == NOON + GATHER_FOR
    assert due_at(NOON, NOON - timedelta(minutes=10), hour) == NOON + timedelta(minutes=50)
    assert due_at(NOON, NOON - 2 * hour, hour) == NOON + GATHER_FOR


def test_a_channel_that_fails_is_tried_less_and_less_often() -> None:
    pauses = [retry_at(NOON, failures) - NOON for failures in (1, 2, 3, 100)]
    assert pauses == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2), LAST_RETRY]


@pytest.mark.parametrize(
    ("address", "reachable"),
    [
        ("93.184.216.34", True),
        ("10.0.3.7", True),
        ("192.168.1.4", True),
        ("fd00::7", True),
        ("127.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("169.254.169.254", False),
        ("fe80::1%eth0", False),
        ("0.0.0.0", False),
        ("::", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
    ],
)
def test_a_schools_own_networks_may_be_reached_and_the_server_itself_may_not(address: str, *, reachable: bool) -> None:
    assert is_reachable_address(address, local=False) is reachable


def test_the_server_itself_may_be_reached_where_that_is_set() -> None:
    assert is_reachable_address("127.0.0.1", local=True)
    assert not is_reachable_address("169.254.169.254", local=True)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://hooks.example.org/services/T0/secret?token=x", "https://hooks.example.org…"),
        ("ntfy://user:secret@ntfy.example.org/topic", "ntfy://…"),
        ("tgram://123456789:secret/42", "tgram://…"),
        ("secret", ""),
        ("http://[broken", ""),
    ],
)
def test_of_an_address_only_what_is_no_secret_is_shown(url: str, shown: str) -> None:
    assert shown_address(url) == shown


def test_every_kind_has_words_in_both_languages() -> None:
    assert set(alert_words.KINDS) == set(AlertKind)
    for language in Language:
        texts = [words[language] for words in alert_words.KINDS.values()]
        assert all(texts)
        assert len(set(texts)) == len(texts)


def words(*lines: Line, language: Language = Language.DE, shown: int = 20) -> tuple[str, str]:
    message = alert_words.message(lines, language, "Musterschule", "http://s/alerts", VIENNA, shown=shown)
    return message.title, message.text


def test_one_alert_is_told_by_its_name_in_the_schools_time() -> None:
    assert words(LINE) == (
        "Musterschule: Bildschirm schwarz – Aula links",
        "• Kritisch: Bildschirm schwarz – Aula links, Gruppe Aula, seit 23.11. 12:58\n\nAlle Alarme: http://s/alerts",
    )
    assert words(LINE, language=Language.EN)[0] == "Musterschule: Screen is black – Aula links"


def test_what_is_over_says_from_when_to_when_it_was() -> None:
    over = replace(LINE, news=News.CLOSED, closed_at=NOON)
    title, text = words(over)
    assert title == "Musterschule: Behoben: Bildschirm schwarz – Aula links"
    assert "• Behoben: Bildschirm schwarz – Aula links, Gruppe Aula, 23.11. 12:58 bis 23.11. 13:00" in text


def test_a_storm_is_one_message_with_the_gravest_first_and_the_rest_counted() -> None:
    silent = [
        replace(LINE, alert_id=number, kind=AlertKind.DEVICE_SILENT, severity=Severity.WARNING, about=f"S{number}")
        for number in range(300)
    ]
    title, text = words(*silent, LINE, replace(LINE, news=News.CLOSED, closed_at=NOON))
    assert title == "Musterschule: 301 neue Alarme, 1 behoben"
    assert text.splitlines()[0].startswith("• Kritisch")
    assert "… und 282 weitere." in text
    assert len(text.splitlines()) == 23


def test_a_quiet_time_that_begins_later_than_now_is_of_a_clock_that_has_been_set_back() -> None:
    assert due_at(NOON, NOON + timedelta(hours=3), timedelta(hours=1)) == NOON + GATHER_FOR
