"""Alerts about what screens show: black, frozen, or by a wrong clock; from what they say and from their pictures.

What a device says and what the server sees in its pictures are kept apart: an alert names who saw it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from infoscreen.db.events import Event
from infoscreen.db.screen_watch import Seen, events_shown, mark_picture, seen_screens
from infoscreen.domain import device_clocks
from infoscreen.domain.alerts import SINCE, AlertKind, Severity
from infoscreen.domain.health import is_alive
from infoscreen.domain.pictures import PictureHealth, Shown, Still, is_current, is_frozen, must_move
from infoscreen.services.alerts import close_alert, open_subjects, raise_alert
from infoscreen.services.notices import NoticeKind
from infoscreen.services.off_by_plan import OffByPlan
from infoscreen.services.work import Work

SEVERITIES = {
    AlertKind.SCREEN_BLACK: Severity.CRITICAL,
    AlertKind.SCREEN_FROZEN: Severity.WARNING,
    AlertKind.CLOCK_SKEW: Severity.WARNING,
}
HEALTHS = {AlertKind.SCREEN_BLACK: PictureHealth.BLACK, AlertKind.SCREEN_FROZEN: PictureHealth.FROZEN}
# A scene of a film may be black, and a picture may be taken just then.
LASTS_FOR = timedelta(seconds=90)

Cause = tuple[AlertKind, str]
Details = dict[str, object]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a look found: pictures that say something else now, and alerts to open and to close."""

    pictures: Sequence[tuple[Seen, PictureHealth]]
    opened: dict[Cause, Details]
    closed: set[Cause]

    @property
    def is_news(self) -> bool:
        """Whether there is anything to note."""
        return bool(self.pictures or self.opened or self.closed)


class ScreenWatch:
    """Remembers since when a screen has looked wrong; a restart only makes it look a little longer."""

    def __init__(self) -> None:
        self._since: dict[Cause, datetime] = {}

    def look(self, work: Work, grace_seconds: int) -> Verdicts:
        """Look at all screens; nothing is changed."""
        screens, plan = seen_screens(work.session), OffByPlan(work)
        silent = {each.uuid for each in screens if not is_alive(each.last_alive, work.now, grace_seconds)}
        watched = [each for each in screens if each.uuid not in silent]
        pictures = _changed_pictures(work, watched)
        found: dict[Cause, Details] = {}
        for each in watched:
            if each.screen_on is not False and not plan.is_closed(each.group_id):
                found |= _wrong(each, work.now)
        self._since = {cause: self._since.get(cause, work.now) for cause in found}
        known = {(kind, uuid) for kind in SEVERITIES for uuid in open_subjects(work, kind)}
        lasting = {cause: told for cause, told in found.items() if work.now - self._since[cause] >= _lasts_for(cause)}
        opened = {cause: told for cause, told in lasting.items() if cause not in known}
        # Of a silent screen nothing is known any more: what it last showed is neither news nor over.
        closed = {cause for cause in known - found.keys() if cause[1] not in silent}
        return Verdicts(pictures, opened, closed)


def note(work: Work, verdicts: Verdicts) -> None:
    """Note what a look found."""
    for seen, health in verdicts.pictures:
        if mark_picture(work.session, seen.uuid, seen.screenshot_hash or "", health):
            work.announce(NoticeKind.CLIENTS, seen.uuid)
    for (kind, uuid), told in sorted(verdicts.opened.items()):
        raise_alert(work, kind, uuid, SEVERITIES[kind], **told)
    for kind, uuid in sorted(verdicts.closed):
        close_alert(work, kind, uuid)


def _wrong(seen: Seen, now: datetime) -> dict[Cause, Details]:
    found: dict[Cause, Details] = {}
    for kind, health in HEALTHS.items():
        by_picture = seen.picture_health == health and is_current(seen.screenshot_at, now)
        sources = [name for name, fits in (("device", seen.screen_health == health), ("picture", by_picture)) if fits]
        if sources:
            found[kind, seen.uuid] = {"seenBy": sources, "eventId": seen.current_event_id}
            if kind is AlertKind.SCREEN_FROZEN and (since := _still_since(seen, now)):
                found[kind, seen.uuid][SINCE] = since.isoformat()
    if device_clocks.is_wrong(seen.clock_off_since, seen.last_alive, now):
        found[AlertKind.CLOCK_SKEW, seen.uuid] = {"secondsBehind": seen.clock_skew_seconds}
    return found


def _still_since(seen: Seen, now: datetime) -> datetime | None:
    """Since when a frozen screen shows what it shows, where that is known; not since before its event.

    Two pictures that are the same are believed; without them, a device's word of its last frame if its clock is right.
    """
    pictures = seen.screenshot_same_since, seen.screenshot_at
    if pictures[0] and pictures[1] and pictures[0] < pictures[1] and is_current(pictures[1], now):
        return max(pictures[0], seen.current_event_since or pictures[0])
    if seen.last_frame_update and seen.current_event_since and seen.clock_off_since is None:
        return min(now, max(seen.last_frame_update, seen.current_event_since))
    return None


def _lasts_for(cause: Cause) -> timedelta:
    return timedelta(0) if cause[0] is AlertKind.CLOCK_SKEW else LASTS_FOR


def _changed_pictures(work: Work, screens: Sequence[Seen]) -> list[tuple[Seen, PictureHealth]]:
    """Pictures that have stood still for too long, or that need not move any more."""
    judged = [each for each in screens if _may_be_frozen(each)]
    events = events_shown(work.session, {each.current_event_id for each in judged if each.current_event_id is not None})
    changed = []
    for each in judged:
        event = events.get(each.current_event_id or 0)
        moves = event is not None and must_move(_shown(*event))
        health = PictureHealth.FROZEN if moves else PictureHealth.OK
        if health != each.picture_health:
            changed.append((each, health))
    return changed


def _may_be_frozen(seen: Seen) -> bool:
    if seen.picture_health == PictureHealth.FROZEN:
        return True
    if not (seen.screenshot_same_since and seen.current_event_since and seen.screenshot_at):
        return False
    still = Still(seen.screenshot_same_since, seen.current_event_since, seen.screenshot_at)
    return seen.picture_health == PictureHealth.OK and is_frozen(still)


def _shown(event: Event, pages: int | None) -> Shown:
    return Shown(
        event.type,
        pages,
        timedelta(seconds=max(1, event.slideshow_interval or 10)),
        advances=event.auto_progress is not False,
        loops=event.loop is not False,
        plays=event.autoplay is not False,
    )
