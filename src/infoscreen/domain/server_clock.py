"""Whether the server's own clock may be believed so far that what is old by it is deleted for ever.

A machine without a battery for its clock, or a mistake in setting it, can put it months ahead for an hour: then
everything that is kept looks old. Deleting can wait; what is deleted does not come back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Further than a server is usually off for: a weekend, or the days between the years.
LEAP = timedelta(days=7)
# A clock that is put right by so little was right.
SET_BACK = timedelta(hours=1)
# Time enough for somebody to see that it is wrong.
BELIEVED_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Steadiness:
    """What the clock showed when it was last looked at, and since when it has not leapt."""

    seen_at: datetime
    steady_since: datetime


def follow(known: Steadiness | None, now: datetime) -> Steadiness:
    """What is known of the clock once it shows `now`."""
    if known is None or has_leapt(known, now):
        return Steadiness(now, now)
    return Steadiness(now, known.steady_since)


def has_leapt(known: Steadiness, now: datetime) -> bool:
    """Whether more time has passed than a server is usually off for, or less than none."""
    return not known.seen_at - SET_BACK <= now <= known.seen_at + LEAP


def may_forget(known: Steadiness | None, now: datetime) -> bool:
    """Whether what is old by this clock may be deleted."""
    return now - follow(known, now).steady_since >= BELIEVED_AFTER
