"""What becomes of a picture that a screen sends: kept as JPEG, told, judged; or refused."""

import base64
import struct
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from applications import MONDAY
from infoscreen.db.clients import Client
from infoscreen.services.notices import Notice, NoticeKind
from infoscreen.services.refusals import Unreadable
from infoscreen.services.report_pictures import PIXELS_AT_MOST, Developed, from_base64
from infoscreen.services.screenshots import Picture, forget_strangers, record_pictures
from listening import OTHER, STRANGER, UUID, School, picture

Show = Callable[..., set[str]]


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> School:
    return School(database_url, tmp_path)


@pytest.fixture
def show(school: School) -> Show:
    def show_now(data: str, kind: str = "periodic", uuid: str = UUID, at: datetime | None = None) -> set[str]:
        school.bus.notices.clear()
        with school.app.work() as work:
            return record_pictures(work, [Picture(uuid, kind, from_base64(data), at or work.now)])

    return show_now


def opened(developed: Developed) -> Image.Image:
    return Image.open(BytesIO(developed.jpeg))


def test_a_picture_is_kept_as_jpeg_and_told(school: School, show: Show) -> None:
    show(picture())
    kept = school.app.ports.screenshots.latest(UUID)
    assert kept is not None
    with Image.open(kept) as image:
        assert (image.format, image.size) == ("JPEG", (64, 36))
    state = school.state()
    assert (state.screenshot_at, state.screenshot_type, state.priority_screenshot_at) == (MONDAY, "periodic", None)
    assert Notice(NoticeKind.SCREENSHOTS, (UUID,)) in school.bus.notices


def test_of_a_client_that_does_not_exist_nothing_is_kept(school: School, show: Show) -> None:
    assert show(picture(), uuid=STRANGER) == {STRANGER}
    assert school.app.ports.screenshots.latest(STRANGER) is None


def test_the_same_picture_has_the_same_hash_and_is_timed_from_the_first_one(school: School, show: Show) -> None:
    hashes = []
    for color in ("navy", "navy", "green"):
        show(picture(color=color))
        hashes.append(school.state().screenshot_hash)
        school.clock.forward(minutes=1)
    assert hashes[0] == hashes[1] != hashes[2]
    assert school.state().screenshot_same_since == MONDAY + timedelta(minutes=2)


def test_a_picture_of_an_events_start_is_a_priority_one_and_stays_so(school: School, show: Show) -> None:
    show(picture(), "event_start")
    school.clock.forward(seconds=60)
    show(picture())
    state = school.state()
    assert (state.priority_screenshot_at, state.priority_screenshot_type) == (MONDAY, "event_start")
    assert (state.screenshot_at, state.screenshot_type) == (MONDAY + timedelta(seconds=60), "periodic")


def test_an_older_picture_that_is_developed_late_changes_nothing_of_the_latest(school: School, show: Show) -> None:
    show(picture(color="navy"))
    before = school.state()
    show(picture(color="black"), at=MONDAY - timedelta(seconds=5))
    after = school.state()
    assert (after.screenshot_at, after.screenshot_hash, after.picture_health) == (
        before.screenshot_at,
        before.screenshot_hash,
        "OK",
    )


def test_a_black_picture_is_seen_and_told_and_so_is_its_end(school: School, show: Show) -> None:
    show(picture(color="navy"))
    assert school.state().picture_health == "OK"
    for color, health in (("black", "BLACK"), ("navy", "OK")):
        show(picture(color=color))
        assert school.state().picture_health == health
        assert Notice(NoticeKind.CLIENTS, (UUID,)) in school.bus.notices
    assert school.state().screen_health is None


def png_that_says(width: int, height: int, pixels: bytes) -> str:
    """A PNG by hand: what its header says and what it holds need not fit together."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + parts).decode()


def text_bomb() -> str:
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    png = content.getvalue()
    text = b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    end = png.index(b"IDAT") - 4
    return base64.b64encode(png[:end] + chunk + png[end:]).decode()


@pytest.mark.parametrize(
    "make_broken",
    [
        lambda: "not base64!",
        lambda: "ä",
        lambda: picture(size=(640, 360))[: 4 * 60],
        lambda: picture(file_format="JPEG", size=(640, 360))[: 4 * 600],
        lambda: picture(file_format="TIFF"),
        lambda: base64.b64encode(b"%PDF-1.7 not a picture").decode(),
        lambda: base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(),
        lambda: picture(size=(8_000, 5_001)),
        lambda: png_that_says(60_000, 60_000, b"\0" * 10_000_000),
        lambda: png_that_says(64, 36, b""),
        text_bomb,
        lambda: "",
    ],
    ids=[
        "base64",
        "not ascii",
        "truncated png",
        "truncated jpeg",
        "tiff",
        "pdf",
        "svg",
        "40 megapixels",
        "bomb of pixels",
        "no pixels",
        "bomb of text",
        "empty",
    ],
)
def test_a_broken_picture_is_refused(make_broken: Callable[[], str]) -> None:
    broken = make_broken()
    with pytest.raises(Unreadable):
        from_base64(broken)


def test_forty_megapixels_are_still_accepted_and_kept_no_larger_than_a_tv_shows() -> None:
    assert PIXELS_AT_MOST == 8_000 * 5_000
    assert opened(from_base64(picture(size=(8_000, 5_000)))).size == (3_840, 2_400)


def test_what_is_no_rgb_is_taken_too() -> None:
    for mode in ("1", "L", "P", "RGBA", "LA"):
        content = BytesIO()
        Image.new(mode, (64, 36)).save(content, "PNG")
        assert opened(from_base64(base64.b64encode(content.getvalue()).decode())).mode == "RGB"


def test_a_clock_that_was_ahead_leaves_no_picture_that_stays_the_latest(school: School, show: Show) -> None:
    show(picture(color="red"), "event_start", at=MONDAY + timedelta(days=300))
    show(picture(color="navy"), "event_stop", at=MONDAY)
    state, kept = school.state(), school.app.ports.screenshots.latest(UUID)
    assert (state.screenshot_at, state.priority_screenshot_at, state.priority_screenshot_type) == (
        MONDAY,
        MONDAY,
        "event_stop",
    )
    assert kept is not None
    assert state.screenshot_hash == from_base64(picture(color="navy")).hash


def test_what_a_killed_process_left_of_a_deleted_client_is_deleted(school: School, show: Show) -> None:
    show(picture())
    show(picture(), uuid=OTHER)
    with school.app.work() as work:
        work.session.delete(work.session.get_one(Client, UUID))
    pictures = school.app.ports.screenshots
    assert pictures.clients() == {UUID, OTHER}
    with school.app.work() as work:
        forget_strangers(work)
    assert pictures.clients() == {OTHER}
    assert pictures.latest(OTHER) is not None
