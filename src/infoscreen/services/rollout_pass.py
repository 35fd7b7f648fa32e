"""How rollouts move by themselves: a little at each pass of the scheduler, each little step one transaction.

A crash at any line leaves what the next pass goes on from; two schedulers take turns on a rollout's row.
"""

from dataclasses import replace

from infoscreen.db import rollouts as table
from infoscreen.db.rollouts import Rollout
from infoscreen.domain.access import Actor, Role
from infoscreen.domain.commands import Action
from infoscreen.domain.errors import NotFound
from infoscreen.domain.rollouts import Halt, State, Step, Tally, next_step
from infoscreen.services.commands import issue_command
from infoscreen.services.notices import NoticeKind
from infoscreen.services.outage import is_outage_suspected
from infoscreen.services.rollout_alerts import tell_again, tell_halt
from infoscreen.services.work import OpenWork, Work

# How many commands one step makes: no more in one transaction, and a school's screens must not all fetch their content
# at one moment.
ISSUED_AT_MOST = 20


def advance_rollouts(open_reading: OpenWork, open_work: OpenWork) -> None:
    """Keep what has become of clients, and let every running rollout take its next step.

    While the broker is away, or suspected to be, none of them sends anything.
    """
    with open_reading() as work:
        may_issue = work.ports.bus.is_connected and not is_outage_suspected(work)
        running = table.running_rollouts(work.session)
        has_news = table.have_unkept_outcomes(work.session)
    if has_news:
        with open_work() as work:
            changed = table.keep_outcomes(work.session)
            tell_again(work, changed)
            work.announce(NoticeKind.ROLLOUTS, *changed)
    for rollout_id in running:
        with open_work() as work:
            advance_rollout(work, rollout_id, may_issue=may_issue)


def advance_rollout(work: Work, rollout_id: int, *, may_issue: bool) -> Step | None:
    """Take the next step of a rollout and return it; None where it is not running."""
    rollout = table.locked_rollout(work.session, rollout_id)
    if rollout is None or rollout.state != State.RUNNING:
        return None
    wave = table.tallies(work.session, [rollout.id]).get((rollout.id, rollout.wave), Tally())
    is_last = rollout.wave == rollout.waves
    is_canary = rollout.is_canary and rollout.wave == 1
    step, reason = next_step(wave, excused=rollout.excused, is_last=is_last, is_canary=is_canary)
    match step:
        case Step.ISSUE if may_issue:
            _issue(work, rollout)
        case Step.HALT if reason is not None:
            _halt(work, rollout, reason, wave)
        case Step.NEXT_WAVE:
            begin_wave(work, rollout, rollout.wave + 1)
        case Step.RELEASE:
            move(work, rollout, State.WAITING)
        case Step.COMPLETE:
            move(work, rollout, State.COMPLETED)
    return step


def _issue(work: Work, rollout: Rollout) -> None:
    """Make the commands of the next clients of the present wave."""
    pending = table.pending_targets(work.session, rollout.id, rollout.wave, ISSUED_AT_MOST)
    # Also what follows hours later is asked for by the person who began it.
    asking = replace(work, actor=Actor(rollout.created_by, Role.ADMIN, "rollout"))
    # Clients are locked one after the other, by everybody in the same order.
    for target in sorted(pending, key=lambda target: target.client_uuid):
        try:
            command = issue_command(
                asking, target.client_uuid, Action(rollout.action), rollout.reason, rollout_id=rollout.id
            )
        except NotFound:  # deleted a moment ago
            continue
        table.assign_command(work.session, target, command.command_id, command.status)
    work.announce(NoticeKind.ROLLOUTS, rollout.id)


def begin_wave(work: Work, rollout: Rollout, number: int) -> None:
    """Go on to a wave; its commands follow from the next pass on."""
    rollout.wave, rollout.excused = number, 0
    work.announce(NoticeKind.ROLLOUTS, rollout.id)


def move(work: Work, rollout: Rollout, state: State, halt: Halt | None = None) -> None:
    """Give a locked rollout another state."""
    rollout.state, rollout.state_since, rollout.halt = state, work.now, halt
    work.announce(NoticeKind.ROLLOUTS, rollout.id)


def _halt(work: Work, rollout: Rollout, reason: Halt, wave: Tally) -> None:
    move(work, rollout, State.HALTED, reason)
    # Where nothing is left to be held back, a wave in which nobody answered is told by the rollout alone.
    if reason is Halt.TOO_MANY_FAILURES or rollout.wave < rollout.waves:
        tell_halt(work, rollout, reason, wave)
