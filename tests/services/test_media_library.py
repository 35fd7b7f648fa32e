"""Uploads, names and deletion, on a real disk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from applications import MONDAY, Clock, RememberingBus
from factories import decks
from infoscreen.bootstrap import App
from infoscreen.db.conversions import conversion_of
from infoscreen.db.events import Event
from infoscreen.db.groups import Group
from infoscreen.db.media import Conversion, Media
from infoscreen.domain.access import SYSTEM, Actor, Role
from infoscreen.domain.conversions import ConversionStatus
from infoscreen.domain.errors import Invalid, NotAllowed, NotFound, StaleVersion
from infoscreen.domain.media import (
    FileTooLarge,
    Kind,
    MediaFacts,
    MediaInUse,
    SlideContent,
    UploadLimits,
    VideoContent,
    WrongKind,
)
from infoscreen.services import media
from infoscreen.services.notices import Notice, NoticeKind

LIMITS = UploadLimits(max_bytes=10 * 1024**2, max_video_seconds=600)
EDITOR = Actor(None, Role.EDITOR, "editor")


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


def upload(app: App, name: str, content: bytes) -> Media:
    received = media.receive_upload(app.ports, iter([content]), name, LIMITS)
    with received as upload, app.work() as work:
        return media.accept_upload(work, upload)


def _stored(app: App) -> list[Path]:
    folder = app.config.data_dir / "media"
    return [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


def _event(app: App, media_id: int, **fields: object) -> int:
    values = {"start_time": MONDAY, "end_time": MONDAY + timedelta(hours=1), "type": "presentation"} | fields
    with app.work() as work:
        group = Group(name=f"Aula {media_id}", created_at=MONDAY)
        work.session.add(group)
        work.session.flush()
        event = Event(subject="Elternabend", group_id=group.id, event_media_id=media_id, created_at=MONDAY, **values)
        work.session.add(event)
        work.session.flush()
        return event.id


def test_an_upload_becomes_a_medium_with_its_facts(app: App, bus: RememberingBus) -> None:
    stored = upload(app, "Plan.pdf", decks.pdf(3))
    assert (stored.name, stored.kind, stored.page_count) == ("Plan.pdf", "pdf", 3)
    assert stored.has_thumbnail
    assert app.ports.media.path(stored.sha256).stat().st_size == stored.size
    assert app.ports.media.thumbnail_path(stored.sha256).exists()
    assert Notice(NoticeKind.MEDIA, (stored.id,)) in bus.notices


def test_a_name_is_only_shown_and_never_a_path(app: App) -> None:
    stored = upload(app, "../../etc/Plan.pdf", decks.pdf())
    assert stored.name == "../../etc/Plan.pdf"
    assert app.ports.media.path(stored.sha256).is_relative_to(app.config.data_dir / "media")


def test_the_same_content_twice_is_two_media_and_one_file(app: App) -> None:
    content = decks.pdf()
    first, second = upload(app, "a.pdf", content), upload(app, "b.pdf", content)
    assert first.id != second.id
    assert first.sha256 == second.sha256
    assert len(_stored(app)) == 1


def test_a_refused_upload_leaves_nothing_behind(app: App) -> None:
    with pytest.raises(WrongKind):
        upload(app, "a.pdf", decks.picture())
    with pytest.raises(WrongKind):
        upload(app, "a.exe", decks.picture())
    assert _stored(app) == []


def test_an_upload_that_turns_out_too_large_is_refused_while_it_comes_in(app: App) -> None:
    asked: list[int] = []

    def endless() -> Iterator[bytes]:
        while True:
            asked.append(1)
            yield b"%PDF-" + bytes(1024**2)

    with pytest.raises(FileTooLarge), media.receive_upload(app.ports, endless(), "a.pdf", LIMITS):
        pytest.fail("it was taken in")
    assert len(asked) == 10
    assert _stored(app) == []


class _LongVideo:
    """A probe that sees a video of eleven minutes in everything."""

    def examine(self, _path: Path, _name: str) -> MediaFacts:
        return MediaFacts(Kind.MP4, duration=660.0)

    def thumbnail(self, _path: Path, _kind: Kind) -> None:
        return None

    def is_protected(self, _path: Path) -> bool:
        return False


def test_a_video_that_is_too_long_is_refused(app: App) -> None:
    app.ports = replace(app.ports, probe=_LongVideo())
    with pytest.raises(Invalid) as refused:
        upload(app, "a.mp4", b"x")
    assert refused.value.fields["file"].code == "video_too_long"
    assert _stored(app) == []


def test_a_medium_is_found_by_a_part_of_its_name(app: App) -> None:
    upload(app, "Speiseplan 100%.pdf", decks.pdf())
    upload(app, "Turnsaal.pdf", decks.pdf(2))
    with app.reading() as work:
        everything, total = media.list_media(work, None, "", 1, 0)
        assert (len(everything), total) == (1, 2)
        assert [listed.media.name for listed in media.list_media(work, None, "PLAN", 10, 0)[0]] == [
            "Speiseplan 100%.pdf"
        ]
        assert media.list_media(work, None, "100_", 10, 0)[1] == 0


def test_a_rename_keeps_the_kind_and_counts_versions(app: App) -> None:
    stored = upload(app, "a.pdf", decks.pdf())
    with app.work() as work:
        assert media.change_media(work, stored.id, {"name": "b.pdf"}, version=1).version == 2
    with pytest.raises(StaleVersion), app.work() as work:
        media.change_media(work, stored.id, {"name": "c.pdf"}, version=1)
    for name in ("b.pptx", "b.exe", " \n"):
        with pytest.raises(Invalid), app.work() as work:
            media.change_media(work, stored.id, {"name": name})


def test_what_an_event_will_still_show_is_not_deleted(app: App) -> None:
    stored = upload(app, "a.pdf", decks.pdf())
    event_id = _event(app, stored.id)
    with pytest.raises(MediaInUse) as refused, app.work() as work:
        media.delete_media(work, stored.id)
    assert refused.value.params["events"] == [{"id": event_id, "subject": "Elternabend"}]


def test_an_admin_can_force_it_and_the_event_loses_its_content(app: App, bus: RememberingBus) -> None:
    stored = upload(app, "a.pdf", decks.pdf())
    event_id = _event(app, stored.id)
    with pytest.raises(NotAllowed), app.work(EDITOR) as work:
        media.delete_media(work, stored.id, force=True)
    with app.work(SYSTEM) as work:
        media.delete_media(work, stored.id, force=True)
    with app.reading() as work:
        assert work.session.get_one(Event, event_id).event_media_id is None
        assert work.session.get(Media, stored.id) is None
    assert Notice(NoticeKind.EVENTS, (event_id,)) in bus.notices


@pytest.mark.parametrize("rule", [None, "FREQ=WEEKLY"])
def test_an_event_that_is_over_does_not_keep_its_medium(app: App, clock: Clock, rule: str | None) -> None:
    stored = upload(app, "a.pdf", decks.pdf())
    _event(app, stored.id, recurrence_rule=rule, recurrence_end=MONDAY + timedelta(days=14) if rule else None)
    clock.forward(days=15)
    with app.work(EDITOR) as work:
        media.delete_media(work, stored.id)
    with pytest.raises(NotFound), app.reading() as work:
        media.get_media(work, stored.id)


def _after_storing(app: App, stored: Media, **later: float) -> datetime:
    written = app.ports.media.path(stored.sha256).stat().st_mtime
    return datetime.fromtimestamp(written, UTC) + timedelta(**later)


def test_a_content_goes_from_the_disk_an_hour_after_its_last_medium(app: App, clock: Clock) -> None:
    gone, kept = upload(app, "a.pdf", decks.pdf()), upload(app, "a.png", decks.picture())
    with app.work() as work:
        media.delete_media(work, gone.id)
    clock.now = _after_storing(app, gone, minutes=30)
    with app.work() as work:
        media.forget_unused(work)
    assert app.ports.media.path(gone.sha256).exists()
    clock.now = _after_storing(app, gone, minutes=90)
    with app.work() as work:
        media.forget_unused(work)
    for look in (app.ports.media.path, app.ports.media.thumbnail_path):
        assert look(kept.sha256).exists()
        with pytest.raises(NotFound):
            look(gone.sha256)


def _published(app: App, media_id: int) -> SlideContent | VideoContent | None:
    with app.reading() as work:
        return media.content_of(media.get_media(work, media_id), conversion_of(work.session, media_id))


def test_a_pdf_is_published_as_it_is(app: App) -> None:
    stored = upload(app, "Plan A/B.pdf", decks.pdf())
    path = f"/api/eventmedia/stream/{stored.id}/Plan A_B.pdf"
    assert _published(app, stored.id) == SlideContent("Plan A_B.pdf", path, f"sha256:{stored.sha256}", stored.size)


def test_a_presentation_is_published_when_its_pdf_is_ready(app: App) -> None:
    stored = upload(app, "Plan.pptx", decks.pptx("a"))
    assert _published(app, stored.id) is None
    with app.work() as work:
        conversion = work.session.scalars(select(Conversion)).one()
        conversion.status = ConversionStatus.READY
        conversion.target_path, conversion.target_sha256, conversion.target_size = "ab/abc.pdf", "abc", 12
    expected = SlideContent("Plan.pdf", "/api/files/converted/ab/abc.pdf", "sha256:abc", 12)
    assert _published(app, stored.id) == expected


def test_a_video_is_published_with_what_is_known_of_it(app: App, tmp_path: Path) -> None:
    stored = upload(app, "a.mp4", decks.video(tmp_path / "made.mp4"))
    content = _published(app, stored.id)
    assert isinstance(content, VideoContent)
    assert (content.mime_type, content.resolution) == ("video/mp4", "64x36")
    with app.work() as work:
        row = media.get_media(work, stored.id)
        row.width = row.duration = row.bitrate = None
    content = _published(app, stored.id)
    assert isinstance(content, VideoContent)
    assert (content.resolution, content.duration, content.bitrate) == (None, None, None)


def test_a_picture_is_no_content_of_an_event(app: App) -> None:
    assert _published(app, upload(app, "a.png", decks.picture()).id) is None
