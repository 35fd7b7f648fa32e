"""What is told of a rollout that has halted: one alert that counts its failures, in place of one for each screen.

As long as few of a rollout's commands fail, each failure is its screen's own alert. What needs a person at the screen
itself always is.
"""

from collections.abc import Iterable

from infoscreen.db import rollouts as table
from infoscreen.db.rollouts import Rollout
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.rollouts import Halt, Tally
from infoscreen.services.alerts import close_alert, open_alerts, open_subjects, raise_alert
from infoscreen.services.work import Work


def tells_of(work: Work, rollout_id: int | None) -> bool:
    """Whether a rollout's own alert is open, so that a failed command of it needs none."""
    return rollout_id is not None and str(rollout_id) in open_subjects(work, AlertKind.ROLLOUT_HALTED)


def tell_halt(work: Work, rollout: Rollout, reason: Halt, wave: Tally) -> None:
    """Open the alert, or count it again, with how the wave stands; those of its failed commands are over with that."""
    told = {"wave": rollout.wave, "failures": wave.failures, "commands": wave.commands}
    raise_alert(work, AlertKind.ROLLOUT_HALTED, str(rollout.id), Severity.WARNING, reason=reason, **told)
    failed = table.failed_commands(work.session, rollout.id)
    for alert in open_alerts(work):
        if alert.kind == AlertKind.COMMAND_FAILED and alert.details.get("commandId") in failed:
            close_alert(work, AlertKind.COMMAND_FAILED, alert.subject)


def tell_again(work: Work, rollout_ids: Iterable[int]) -> None:
    """Count what has failed since in those of these rollouts whose alert is open."""
    open_ones = {alert.subject: alert.details for alert in open_alerts(work) if alert.kind == AlertKind.ROLLOUT_HALTED}
    for rollout_id in sorted(rollout_ids):
        rollout = work.session.get(Rollout, rollout_id)
        if rollout is None or rollout.halt is None or str(rollout_id) not in open_ones:
            continue
        wave = table.tallies(work.session, [rollout_id]).get((rollout_id, rollout.wave), Tally())
        if wave.failures != open_ones[str(rollout_id)].get("failures"):
            tell_halt(work, rollout, Halt(rollout.halt), wave)
