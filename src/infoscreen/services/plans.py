"""The plan ahead of each group: what is due in the next 14 days, for devices that can go on without the server.

A plan is made anew when something of its group changed and about once a day, so that it never covers less than it
promises; one that would be too large for its topic covers fewer days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from infoscreen.domain.timeline import Occurrence
from infoscreen.services.event_payloads import Addresses, Showable
from infoscreen_wire.payloads.base import to_z
from infoscreen_wire.topics import DEFAULT_SIZE_LIMIT

PROMISED = timedelta(days=14)
# A plan reaches a day further than promised, so that it has to be made anew once a day only.
COVERED = PROMISED + timedelta(days=1)
RENEWED_AT_LEAST = timedelta(hours=1)
# Groups take turns through half a day.
TURNS = 24
# What a payload has besides occurrences and media: numbers, times and names.
HEAD_SIZE = 512


@dataclass(frozen=True, slots=True)
class Due:
    """One occurrence as it stands in a plan."""

    start: datetime
    end: datetime
    wire: bytes
    media: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan without its number: what it has until when."""

    occurrences: Sequence[Due]
    valid_until: datetime

    def contents(self, after: datetime, before: datetime) -> list[tuple[datetime, int]]:
        """What a device sees of it between two instants, to compare."""
        return [(each.start, hash(each.wire)) for each in self.occurrences if each.end > after and each.start < before]


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan as it was published last, and when it is due to be made anew."""

    draft: Draft
    payload: bytes
    renew_at: datetime


def draft_plan(
    occurrences: Iterable[Occurrence],
    forms: Mapping[int, Showable],
    addresses: Addresses,
    now: datetime,
    first: tuple[Occurrence, Showable] | None = None,
) -> Draft:
    """The plan of these occurrences (by start), as far ahead as one message has room for.

    `first` is an emergency message that is on: the plan goes on when it ends, also on a device without the server.
    """
    found = [_due(forms[each.id], each, addresses) for each in occurrences if each.id in forms]
    if first is not None:
        announcement, form = first
        later = (_not_before(each, announcement.end) for each in found if each.end > announcement.end)
        found = [_due(form, announcement, addresses), *later]
    room, media = DEFAULT_SIZE_LIMIT - HEAD_SIZE, set[bytes]()
    for number, each in enumerate(found):
        room -= len(each.wire) + 1
        if each.media is not None and (encoded := orjson.dumps(each.media["checksum"])) not in media:
            media.add(encoded)
            room -= len(orjson.dumps(each.media)) + 1
        if room < 0:
            kept = [before for before in found[:number] if before.start < each.start]
            return Draft(kept, max(each.start, now))
    return Draft(found, now + COVERED)


def is_due(kept: KeptPlan | None, now: datetime) -> bool:
    """Whether a plan has to be made anew although nothing changed."""
    return kept is None or now >= kept.renew_at


def is_news(kept: KeptPlan | None, draft: Draft, now: datetime) -> bool:
    """Whether a draft tells a device something that the plan it has does not."""
    if is_due(kept, now) or kept is None:
        return True
    before = min(kept.draft.valid_until, draft.valid_until)
    return draft.valid_until < kept.draft.valid_until or (
        kept.draft.contents(now, before) != draft.contents(now, before)
    )


def numbered_plan(draft: Draft, group_id: int, epoch: int, revision: int, now: datetime) -> KeptPlan:
    """The plan as it is published."""
    payload = orjson.dumps(
        {
            "schema_version": "1.0",
            "epoch": epoch,
            "revision": revision,
            "group_id": group_id,
            "issued_at": to_z(now.replace(microsecond=0)),
            "valid_until": to_z(draft.valid_until.replace(microsecond=0)),
            "occurrences": [orjson.Fragment(each.wire) for each in draft.occurrences],
            "media": _media(draft),
        }
    )
    return KeptPlan(draft, payload, now + _renewed_after(draft.valid_until - now, group_id))


def _due(form: Showable, occurrence: Occurrence, addresses: Addresses) -> Due:
    wire = form.at(occurrence, addresses)
    media = None
    if form.content is not None:
        url = wire["presentation"]["files"][0]["url"] if "presentation" in wire else wire["video"]["url"]
        media = {"url": url, "checksum": form.content.checksum, "size": form.content.size}
    return Due(occurrence.start, occurrence.end, orjson.dumps(wire), media)


def _not_before(due: Due, begins: datetime) -> Due:
    """An occurrence that has begun before others let it; its name stays that of its own start."""
    if due.start >= begins:
        return due
    wire = orjson.dumps(orjson.loads(due.wire) | {"start": to_z(begins)})
    return Due(begins, due.end, wire, due.media)


def _media(draft: Draft) -> list[Mapping[str, Any]]:
    """Every file once, by the address that is valid longest."""
    latest: dict[str, Due] = {}
    for each in draft.occurrences:
        if each.media is not None:
            known = latest.get(each.media["checksum"])
            if known is None or known.end < each.end:
                latest[each.media["checksum"]] = each
    return [each.media for each in latest.values() if each.media is not None]


def _renewed_after(covers: timedelta, group_id: int) -> timedelta:
    turn = 0.5 + (group_id % TURNS) / (2 * TURNS)
    if covers >= COVERED:
        return (COVERED - PROMISED) * turn
    return max(RENEWED_AT_LEAST, covers * turn / 4)
