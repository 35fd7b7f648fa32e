"""Who leads where several processes of a kind run: a lease that is kept by beating, and taken when it stops.

Nothing here compares the clocks of two machines. Whoever leads counts the time since it began its last beat, whoever
waits the time since it first saw that beat, each on its own steady clock; a lead ends before anybody else may take it.
"""

from dataclasses import dataclass
from datetime import datetime

# Seconds: how often a leader beats, how long a beat lets it lead, and how long one has to stand still to be taken over.
# From a leader's death to the next lead it takes TAKEN_AFTER and a look, and must not take 15.
BEAT_EVERY = 1.0
HELD_FOR = 4.0
TAKEN_AFTER = 6.0


@dataclass(frozen=True, slots=True)
class Lease:
    """The lease as it stands: whose it is, the how many-th lead it is, and its last beat."""

    holder: str | None
    term: int
    beat: int
    beaten_at: datetime | None = None

    @property
    def sign(self) -> tuple[int, int]:
        """What changes with every beat and every lead."""
        return (self.term, self.beat)


@dataclass(slots=True)
class Watch:
    """What one that waits has seen of the lease; seconds are those of its own steady clock."""

    sign: tuple[int, int] | None = None
    since: float = 0.0

    def may_take(self, lease: Lease, seen_at: float) -> bool:
        """Note the lease as it was read before `seen_at`; whether it is free, or has stood still for long enough."""
        if lease.sign != self.sign:
            self.sign, self.since = lease.sign, seen_at
        return lease.holder is None or seen_at - self.since >= TAKEN_AFTER
