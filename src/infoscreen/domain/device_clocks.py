"""Whether a device's clock is wrong, from what its messages say and when they came in.

A message that was held up says too early a time, so that one alone proves nothing: the clock is off only when for
minutes not a single message was right.
"""

from datetime import datetime, timedelta

# Devices show by their own clock: more than this is seen by the people in front of the screen.
TOLERATED = timedelta(seconds=60)
PROVEN_AFTER = timedelta(minutes=5)
# The column's limit; a device without a clock says 1970.
MOST_SECONDS = 2_000_000_000


def skew_seconds(said: datetime, came_in: datetime) -> int:
    """By how many seconds a device is behind the server (negative: ahead), with the message's way."""
    seconds = round((came_in - said).total_seconds())
    return max(-MOST_SECONDS, min(MOST_SECONDS, seconds))


def off_since(known: datetime | None, skew: int, at: datetime) -> datetime | None:
    """Since when no message was right; one that was ends it."""
    return known or at if abs(skew) > TOLERATED.total_seconds() else None


def is_wrong(off: datetime | None, last: datetime, now: datetime) -> bool:
    """Whether a clock that was off since an instant, by the last message too, is proven to be wrong."""
    return off is not None and last - off >= PROVEN_AFTER and now >= last
