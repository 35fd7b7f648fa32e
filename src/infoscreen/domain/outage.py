"""Whether the broker, not a screen, is what fails: from when screens last reported and whether the server is connected.

`follow` takes what was remembered and what is seen now and says what to remember; nothing else is kept, so that a
server that restarts in the middle of an outage goes on knowing of it. Single screens are judged only when `may_judge`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

# An outage is suspected when this share of those that were alive falls silent together, and at least so many.
SHARE = 0.8
AT_LEAST = 3
ALIVE_BEFORE = timedelta(minutes=5)
# A restart of the broker is over by then: a connection that is lost for less is nobody's alert.
LOST_FOR = timedelta(seconds=30)
# Nobody looked for longer than this (server off, database away): what screens sent meanwhile is lost, not unsent.
UNWATCHED_FOR = timedelta(seconds=60)
# Heartbeats come every 65 s: a screen that is later than this has missed one.
LATE_AFTER = timedelta(seconds=75)


class Cause(StrEnum):
    """Why an outage is suspected."""

    SCREENS_SILENT = "screens_silent"  # nearly all fell silent within one grace period
    CONNECTION_LOST = "connection_lost"  # the server itself lost the broker
    UNWATCHED = "unwatched"  # the server was away itself, and the screens have not come back


@dataclass(frozen=True, slots=True)
class Outage:
    """A suspected outage; its screens are those whose last sign of life lies between `first` and `last`.

    It holds everything back from `began_at` on, and is told to people from `told_from` on.
    """

    cause: Cause
    began_at: datetime
    told_from: datetime
    first: datetime
    last: datetime
    affected: int


@dataclass(frozen=True, slots=True)
class Watch:
    """What is remembered from look to look.

    `connected_at` is the last look at which the server had the broker; `back_at` is since when the screens have been
    given a grace period to come back.
    """

    connected_at: datetime | None = None
    back_at: datetime | None = None
    outage: Outage | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen at an instant.

    `signs` are the last signs of life of every screen that should be running, in any order. `lost_at` is since when
    this process has been without the broker, None while it has it; `is_new_connection` says that it has just come back.
    """

    now: datetime
    signs: Sequence[datetime]
    lost_at: datetime | None = None
    is_new_connection: bool = False


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a screen may be silent (`grace`), and after what time it is late (`late_after`)."""

    grace: timedelta
    late_after: timedelta

    @classmethod
    def of(cls, grace_seconds: float, *others: float) -> "Patience":
        """The patience of a grace period; whoever else judges by silence names its seconds too."""
        shortest = timedelta(seconds=min((grace_seconds, *others)))
        return cls(timedelta(seconds=grace_seconds), min(LATE_AFTER, shortest / 2))


def follow(watch: Watch, sight: Sight, patience: Patience) -> Watch:
    """What to remember after a look."""
    if sight.lost_at is not None:
        return _without_broker(watch, sight.lost_at, sight, patience)
    # A last look that has not come yet: the clock was set back, and the screens' last signs say nothing either.
    is_unwatched = watch.connected_at is None or abs(sight.now - watch.connected_at) > UNWATCHED_FOR
    is_back = is_unwatched or sight.is_new_connection
    seen = replace(watch, connected_at=sight.now, back_at=sight.now if is_back else watch.back_at)
    outage = watch.outage or _suspected(watch, seen, sight, patience)
    if outage is not None and is_over(outage, sight.signs):
        outage, seen = None, replace(seen, back_at=sight.now)
    return replace(seen, outage=outage)


def may_judge(watch: Watch, sight: Sight, patience: Patience) -> bool:
    """Whether a screen's silence says something about the screen: no outage, none building up, none just over."""
    is_settled = watch.back_at is None or sight.now - watch.back_at >= patience.grace
    has_broker = sight.lost_at is None and watch.outage is None
    return has_broker and is_settled and not _is_building(sight, patience)


def is_told(outage: Outage | None, now: datetime) -> bool:
    """Whether people are told of the outage."""
    return outage is not None and now >= outage.told_from


def is_over(outage: Outage, signs: Sequence[datetime]) -> bool:
    """Whether half of its screens are back, once the server has the broker; too few screens prove nothing."""
    return outage.affected < AT_LEAST or missing(outage, signs) * 2 <= outage.affected


def missing(outage: Outage, signs: Sequence[datetime]) -> int:
    """How many of its screens have not been heard of since."""
    return sum(outage.first <= sign <= outage.last for sign in signs)


def _without_broker(watch: Watch, lost_at: datetime, sight: Sight, patience: Patience) -> Watch:
    # Another process of this server may still have the broker: then only this one's connection is at fault.
    last_had = max(lost_at, watch.connected_at or lost_at)
    if watch.outage is not None or sight.now - last_had <= LOST_FOR:
        return watch
    since = watch.connected_at or lost_at
    return replace(watch, outage=_away_since(Cause.CONNECTION_LOST, since, sight, patience, told_from=sight.now))


def _suspected(before: Watch, seen: Watch, sight: Sight, patience: Patience) -> Outage | None:
    if before.connected_at is not None and sight.now - before.connected_at > UNWATCHED_FOR:
        told_from = sight.now + patience.grace
        return _away_since(Cause.UNWATCHED, before.connected_at, sight, patience, told_from=told_from)
    if seen.back_at is not None and sight.now - seen.back_at < patience.grace:
        return None
    return _fallen_silent(sight, patience)


def _away_since(cause: Cause, since: datetime, sight: Sight, patience: Patience, *, told_from: datetime) -> Outage:
    """An outage of all who were alive when it began."""
    first = since - patience.grace
    affected = sum(first <= sign <= sight.now for sign in sight.signs)
    return Outage(cause, sight.now, told_from, first, sight.now, affected)


def _fallen_silent(sight: Sight, patience: Patience) -> Outage | None:
    before, silent = _silent_for(patience.grace, sight, patience)
    together = _most_within(silent, patience.grace)
    if not _are_nearly_all(len(together), before):
        return None
    # Those that are late by now went with the others; their grace only began a little later.
    _, late = _silent_for(patience.late_after, sight, patience)
    gone = [sign for sign in late if sign >= together[0]]
    return Outage(Cause.SCREENS_SILENT, sight.now, sight.now, gone[0], gone[-1], len(gone))


def _is_building(sight: Sight, patience: Patience) -> bool:
    # Screens send at different times, so in an outage some count as silent up to a heartbeat before the others do.
    before, late = _silent_for(patience.late_after, sight, patience)
    return _are_nearly_all(len(late), before)


def _are_nearly_all(fallen: int, before: int) -> bool:
    return fallen >= AT_LEAST and fallen >= SHARE * before


def _silent_for(length: timedelta, sight: Sight, patience: Patience) -> tuple[int, list[datetime]]:
    """How many were alive five minutes ago, and the last signs of those that have been silent for this long since."""
    earliest = sight.now - ALIVE_BEFORE - patience.grace
    alive_before = [sign for sign in sight.signs if sign > earliest]
    return len(alive_before), sorted(sign for sign in alive_before if sight.now - sign >= length)


def _most_within(signs: Sequence[datetime], length: timedelta) -> Sequence[datetime]:
    """The largest number of these (in order) that lie within one stretch of this length."""
    stretches = (range(index, bisect_right(signs, sign + length)) for index, sign in enumerate(signs))
    longest = max(stretches, key=len, default=range(0))
    return signs[longest.start : longest.stop]
