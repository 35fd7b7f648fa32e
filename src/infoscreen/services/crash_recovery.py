"""Crash recovery: restarts screens that have crashed or fallen silent, a few at a time.

It happens in the transaction of a look at the broker (`outage.py`), whose lock makes two schedulers take turns.
"""

from dataclasses import dataclass
from datetime import timedelta

from infoscreen.db import crash_recovery as table
from infoscreen.domain.commands import Action
from infoscreen.domain.crash_recovery import Candidate, Screen, candidates, chosen
from infoscreen.services.commands import issue_command
from infoscreen.services.outage import Look
from infoscreen.services.work import Work

# No more than this in one transaction, which holds the database's write lock.
RECOVERED_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings `CRASH_RECOVERY_*`."""

    is_enabled: bool
    grace_seconds: int
    lockout: timedelta
    expiry_seconds: int


def is_due(work: Work, looked: Look, rules: Rules) -> bool:
    """Whether `recover` has anything to do; asked without holding the database's write lock."""
    return bool(_turn(work, looked, rules))


def recover(work: Work, looked: Look, rules: Rules) -> None:
    """Restart those whose turn it is; the commands are published by the scheduler's pass for what waits."""
    # Clients are locked one after the other, by everybody in the same order.
    for candidate in sorted(_turn(work, looked, rules), key=lambda candidate: candidate.uuid):
        issue_command(work, candidate.uuid, Action.REBOOT_HOST, candidate.reason, expiry_seconds=rules.expiry_seconds)


def _turn(work: Work, looked: Look, rules: Rules) -> list[Candidate]:
    """Whose turn it is. Nobody's while an outage is suspected or the broker is away."""
    if not (rules.is_enabled and looked.may_judge and work.ports.bus.is_connected):
        return []
    screens = (Screen(sign.uuid, sign.last_alive, sign.process_status) for sign in looked.screens)
    found = candidates(screens, work.now, rules.grace_seconds)
    if not found:
        return []
    uuids = [candidate.uuid for candidate in found]
    spared = table.restarted_within(work.session, uuids, work.now, rules.lockout)
    spared |= table.given_up(work.session, uuids, work.now)
    left = (candidate for candidate in found if candidate.uuid not in spared)
    under_recovery, fleet = table.count_under_recovery(work.session), table.fleet_size(work.session)
    return chosen(left, under_recovery, fleet)[:RECOVERED_AT_ONCE]
