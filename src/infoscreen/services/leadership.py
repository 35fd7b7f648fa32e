"""The lead among schedulers: kept, taken, given up, and told."""

from datetime import timedelta

from infoscreen.db import leases
from infoscreen.domain.leadership import Lease
from infoscreen.services.work import Work

SCHEDULER = "scheduler"
# So long after its last beat nobody leads any more, for whoever asks; clocks of two machines differ by less.
MISSED_AFTER = timedelta(seconds=20)


def lead(work: Work) -> Lease:
    """The lead as it stands."""
    return leases.read_lease(work.session, SCHEDULER)


def keep_lead(work: Work, holder: str, term: int) -> bool:
    """Go on leading; False when another leads by now."""
    return leases.beat_lease(work.session, SCHEDULER, holder, term, work.now)


def take_lead(work: Work, seen: Lease, holder: str) -> bool:
    """Begin to lead, if the lead is still as it was seen."""
    return leases.take_lease(work.session, SCHEDULER, seen, holder, work.now)


def give_up_lead(work: Work, holder: str, term: int) -> None:
    """Let another lead at once."""
    leases.free_lease(work.session, SCHEDULER, holder, term)


def does_one_lead(work: Work) -> bool:
    """Whether a scheduler leads, as far as can be seen from here."""
    seen = lead(work)
    return seen.holder is not None and seen.beaten_at is not None and abs(work.now - seen.beaten_at) < MISSED_AFTER
