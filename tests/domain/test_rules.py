"""Small rules: logins, roles, settings, messages, and what makes an event valid."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen.domain import events, logins, settings
from infoscreen.domain.access import Role
from infoscreen.domain.errors import Invalid
from infoscreen.domain.messages import to_safe_html

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def test_a_role_includes_the_ones_before_it() -> None:
    assert Role.ADMIN.includes(Role.EDITOR)
    assert not Role.EDITOR.includes(Role.ADMIN)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(4, None), (5, 15), (6, 30), (7, 60), (11, 960), (12, 1440), (99, 1440)]
)
def test_failed_logins_lock_for_longer_and_longer(failures: int, minutes: int | None) -> None:
    expected = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert logins.locked_until(failures, NOW) == expected


@pytest.mark.parametrize(
    ("password", "minimum", "code"),
    [
        ("short", 6, "password_too_short"),
        ("ninechars", 10, "password_too_short"),
        ("Passwort", 6, "password_too_common"),
    ],
)
def test_a_weak_password_is_refused(password: str, minimum: int, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        logins.check_password(password, minimum)
    assert refusal.value.fields["password"].code == code


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("presentation_interval", "0"),
        ("presentation_interval", "ten"),
        ("presentation_page_progress", "yes"),
        ("video_volume", "1.1"),
        ("video_volume", "nan"),
        ("timezone", "Europe/Linz"),
        ("timezone", "localtime"),
        ("opening_hours", "[]"),
        ("opening_hours", '{"mon": ["18:00-07:00"]}'),
        ("opening_hours", '{"monday": []}'),
        ("command_expiry_seconds", "29"),
        ("refresh_seconds", "-1"),
        ("refresh_seconds", "9" * 5_000),
        ("password_minimum", "5"),
        ("supplement_table_url", "javascript:alert(1)"),
        ("no_such_key", "1"),
    ],
)
def test_a_setting_takes_only_what_it_is_for(key: str, value: str) -> None:
    with pytest.raises(Invalid):
        settings.check(key, value)


def test_every_default_is_valid() -> None:
    for key, setting in settings.SETTINGS.items():
        settings.check(key, setting.default)


@pytest.mark.parametrize("url", ["https://www.example.org/", "http://10.0.0.1:8080/plan?x=1"])
def test_a_web_address_is_one(url: str) -> None:
    assert settings.is_web_address(url)


@pytest.mark.parametrize(
    "url",
    ["", "www.example.org", "ftp://x", "file:///etc/passwd", "http://", "http://a b/", "http://[", "http://h:abc/"],
)
def test_anything_else_is_no_web_address(url: str) -> None:
    assert not settings.is_web_address(url)


def draft(**changes: object) -> events.Draft:
    values: dict[str, object] = {
        "type": "message",
        "start": NOW,
        "end": NOW + timedelta(hours=1),
        "media_kind": None,
        "website_url": None,
        "message_content": "Hallo",
    }
    return events.Draft(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end": NOW}, "endTime"),
        ({"end": NOW + timedelta(days=31, seconds=1)}, "endTime"),
        ({"message_content": "  "}, "messageContent"),
        ({"type": "website", "website_url": "gopher://x"}, "websiteUrl"),
        ({"type": "presentation", "media_kind": "mp4"}, "eventMediaId"),
        ({"type": "presentation"}, "eventMediaId"),
        ({"type": "video", "media_kind": "pptx"}, "eventMediaId"),
        ({"type": "other"}, "type"),
    ],
)
def test_an_event_needs_what_its_type_shows(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        events.check(draft(**changes))
    assert field in refusal.value.fields


def test_an_event_may_run_for_31_days() -> None:
    events.check(draft(end=NOW + timedelta(days=31)))


def test_plain_text_becomes_paragraphs() -> None:
    assert to_safe_html("Heute frei\nab 12 Uhr\n\n1 < 2 & 3") == "<p>Heute frei<br>ab 12 Uhr</p><p>1 &lt; 2 &amp; 3</p>"


def test_markup_keeps_its_form_and_loses_what_could_run() -> None:
    dirty = '<h1 onclick="x()">Hallo</h1><script>x()</script><img src=x onerror=x()><a href="javascript:x()">a</a>'
    clean = to_safe_html(dirty)
    assert "<h1>Hallo</h1>" in clean
    assert not any(word in clean for word in ("script", "onclick", "onerror", "<img"))


@given(st.text())
def test_no_message_carries_a_script(text: str) -> None:
    assert "<script" not in to_safe_html(text + "<script>x</script>").lower()
