"""A service that systemd on a device gave up on: when it is news, and when a device that works again takes it back.

The message is retained and comes again at every reconnect, so it is told apart by `failed_at`, the device's own time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from infoscreen.domain.health import is_alive

WORKS_AGAIN_AFTER = timedelta(minutes=5)
# A client that does not tell how its player is counts as working while it reports.
WORKING = (None, "running")


@dataclass(frozen=True, slots=True)
class Failure:
    """What is stored of one client; `seen_at` and `works_since` by the server's clock."""

    failed_at: datetime | None = None
    cleared_at: datetime | None = None
    seen_at: datetime | None = None
    works_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """What a client was last heard to be."""

    last_alive: datetime | None
    process_status: str | None


def is_news(stored: Failure, failed_at: datetime) -> bool:
    """Whether a message tells of another failure than the open one and the one that was cleared last."""
    return failed_at not in (stored.failed_at, stored.cleared_at)


def works_since(stored: Failure, sign: Sign, now: datetime, grace_seconds: int) -> datetime | None:
    """Since when the device has worked without a break after its failure; None while it does not.

    A stored time that has not come yet is from before the server's clock was set back.
    """
    seen_at, last = stored.seen_at, sign.last_alive
    is_back = seen_at is not None and last is not None and (last > seen_at or seen_at > now)
    if not (is_back and is_alive(last, now, grace_seconds) and sign.process_status in WORKING):
        return None
    return min(stored.works_since or now, now)


def is_over(working_since: datetime | None, now: datetime) -> bool:
    """Whether a device has worked long enough for its failure to be over."""
    return working_since is not None and now - working_since >= WORKS_AGAIN_AFTER
