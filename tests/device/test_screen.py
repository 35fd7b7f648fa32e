"""What belongs on a screen at an instant: pure, and the same on every screen of a group."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from device.samples import event, slideshow
from infoscreen_device.player.scene import MessageScene, SlideScene, WebsiteScene
from infoscreen_device.player.screen import TURN_SECONDS, DeckFile, event_due, fallback, next_look, scene_of

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
FILE = {"name": "a.pdf", "url": "http://server/a.pdf", "checksum": "sha256:" + "a" * 64, "size": 1}
DECK = (DeckFile(Path("a"), 2), DeckFile(Path("b"), 3))


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def test_an_event_is_due_from_its_start_until_just_before_its_end() -> None:
    lesson = event(1, EIGHT, minutes=50)
    assert event_due([lesson], EIGHT - seconds(0.001)) is None
    assert event_due([lesson], EIGHT) == lesson
    assert event_due([lesson], lesson.end - seconds(0.001)) == lesson
    assert event_due([lesson], lesson.end) is None


def test_several_active_events_take_turns_of_the_same_length() -> None:
    both = [event(1, EIGHT), event(2, EIGHT)]
    turns = [event_due(both, EIGHT + seconds(TURN_SECONDS * number)) for number in range(4)]
    assert [each.id for each in turns if each] in ([1, 2, 1, 2], [2, 1, 2, 1])


def test_the_page_follows_the_time_since_the_start_over_all_files_and_begins_again() -> None:
    show = event(1, EIGHT, presentation=slideshow(FILE, FILE, interval=10))
    scenes = [scene_of(show, DECK, EIGHT + seconds(10 * number)) for number in range(6)]
    assert [(each.file.name, each.page_index, each.number) for each in scenes if isinstance(each, SlideScene)] == [
        ("a", 0, 1),
        ("a", 1, 2),
        ("b", 0, 3),
        ("b", 1, 4),
        ("b", 2, 5),
        ("a", 0, 1),
    ]


def test_without_automatic_advance_the_first_page_stays() -> None:
    show = event(1, EIGHT, presentation=slideshow(FILE, auto_advance=False))
    scene = scene_of(show, DECK, EIGHT + seconds(1000))
    assert isinstance(scene, SlideScene)
    assert scene.number == 1


def test_a_presentation_whose_files_are_not_here_has_no_scene() -> None:
    assert scene_of(event(1, EIGHT, presentation=slideshow(FILE)), None, EIGHT) is None


@pytest.mark.parametrize("kind", ["website", "webuntis"])
def test_a_website_shows_its_address(kind: str) -> None:
    site = event(1, EIGHT, website={"type": "browser", "url": "https://school.example"})
    scene = scene_of(site.model_copy(update={"event_type": kind}), None, EIGHT)
    assert scene == WebsiteScene("Termin 1", "https://school.example", kind == "webuntis")


def test_an_event_of_old_data_without_content_shows_its_title_as_text() -> None:
    old = event(1, EIGHT).model_copy(update={"event_type": "other", "message": None, "title": "A & B"})
    assert scene_of(old, None, EIGHT) == MessageScene("<h1>A &amp; B</h1>")


def test_the_fallback_has_the_local_clock_and_date() -> None:
    idle = fallback("Schule", "Aula", datetime(2026, 1, 5, 7, 3, tzinfo=UTC))
    assert (idle.clock, idle.date) == ("07:03", "Montag, 5. Jänner")


@pytest.mark.parametrize(
    ("after_start", "expected"),
    [(-30.0, 0.0), (3.0, 10.0), (10.0, 20.0), (59.0, 60.0)],
)
def test_the_next_look_is_at_the_next_start_page_or_minute(after_start: float, expected: float) -> None:
    show = event(1, EIGHT, presentation=slideshow(FILE, interval=10))
    assert next_look([show], EIGHT + seconds(after_start)) == EIGHT + seconds(expected)


def test_the_next_look_is_at_the_end_of_an_event_and_at_a_change_of_turns() -> None:
    short = event(1, EIGHT, minutes=0.1)
    assert next_look([short], EIGHT + seconds(1)) == EIGHT + seconds(6)
    both = [event(1, EIGHT), event(2, EIGHT)]
    assert next_look(both, EIGHT + seconds(1)) == EIGHT + seconds(TURN_SECONDS)


@pytest.mark.parametrize("interval", [0, -5, 10**30])
def test_an_impossible_slide_interval_breaks_nothing(interval: int) -> None:
    show = event(1, EIGHT, presentation=slideshow(FILE, interval=interval))
    now = EIGHT + seconds(7)
    assert isinstance(scene_of(show, DECK, now), SlideScene)
    assert next_look([show], now) > now
