"""The scheduler process's recurring small passes, each in a thread of its own.

None delays another or the publishing of plans, and one that fails is tried again at its next turn. Of several
schedulers only the one that leads looks.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from infoscreen.bootstrap import App
from infoscreen.processes.figures import note_figures
from infoscreen.processes.fleet_watch import FleetWatch
from infoscreen.processes.power_cycles import PowerCycles
from infoscreen.processes.roll_calls import RollCalls
from infoscreen.processes.school_day import SchoolDay
from infoscreen.processes.screen_watch import ScreenLook
from infoscreen.services import (
    alert_delivery,
    alert_retention,
    client_logs,
    command_retention,
    command_sweep,
    disk_watch,
    history,
    rollout_pass,
    server_clock,
    service_failures,
)

log = structlog.get_logger()

END_WITHIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Pass:
    """What is looked at again and again, and how often; each look opens its own transactions.

    `at_end` is what must not be left as it is when the process ends; it has four seconds.
    """

    name: str
    every_seconds: float
    look: Callable[[App], None]
    at_end: Callable[[App], None] | None = None


def _power() -> Pass:
    cycles = PowerCycles()
    return Pass("power", 0.5, cycles.look, cycles.end)


def _move_commands(app: App) -> None:
    command_sweep.move_due_commands(app.reading, app.work)


def _try_managed_power(app: App) -> None:
    command_sweep.try_managed_power(app.reading, app.work)


def _publish_commands(app: App) -> None:
    legacy_restart = app.config.commands.legacy_restart
    command_sweep.publish_waiting_commands(app.reading, app.work, legacy_restart=legacy_restart)


def _publish_commands_again(app: App) -> None:
    command_sweep.publish_commands_again(app.reading, app.work)


def _follow_clock(app: App) -> None:
    if before := server_clock.follow_clock(app.work):
        log.warning("server_clock_has_leapt", before=before.isoformat(), now=app.clock().isoformat())


def _forgetting(name: str, every_seconds: float, forget: Callable[[App], None]) -> Pass:
    """A pass that deletes what is old; not by a clock that may be wrong."""

    def look(app: App) -> None:
        if server_clock.may_forget(app.reading):
            forget(app)

    return Pass(name, every_seconds, look)


def _forget_alerts(app: App) -> None:
    keep = timedelta(days=app.config.alerts.retention_days)
    if forgotten := alert_retention.forget_old_alerts(app.reading, app.work, keep):
        log.info("alerts_forgotten", number=forgotten)


def _forget_commands(app: App) -> None:
    keep = timedelta(days=app.config.commands.retention_days)
    if forgotten := command_retention.forget_old_commands(app.reading, app.work, keep):
        log.info("commands_forgotten", number=forgotten)


def _advance_rollouts(app: App) -> None:
    rollout_pass.advance_rollouts(app.reading, app.work)


def _follow_service_failures(app: App) -> None:
    service_failures.follow_failures(app.reading, app.work, app.config.monitoring.grace_period_seconds)


def _clear_service_failures(app: App) -> None:
    service_failures.clear_on_broker(app.reading, app.work)


def _prune_client_logs(app: App) -> None:
    if pruned := client_logs.prune_logs(app.reading, app.work, app.config.monitoring.client_log_retention_days):
        log.info("client_logs_pruned", lines=pruned)


def _tell_alerts(app: App) -> None:
    alert_delivery.deliver(app.reading, app.work, app.config.http.public_base_url)


def _prune_notices(app: App) -> None:
    alert_delivery.prune(app.work)


def _look_at_disk(app: App) -> None:
    disk_watch.look_at_disk(app.reading, app.work)


def _take_sums(app: App) -> None:
    forgets = server_clock.may_forget(app.reading)
    history.take_sums(app.reading, app.work, app.config.monitoring.grace_period_seconds, forgets=forgets)


def every_pass() -> tuple[Pass, ...]:
    """All of them, for one scheduler."""
    return (
        Pass("commands", 1.0, _move_commands),
        Pass("managed_power", 1.0, _try_managed_power),
        Pass("command_publishing", 1.0, _publish_commands),
        Pass("command_republishing", 1.0, _publish_commands_again),
        Pass("figures", 15.0, note_figures),
        _forgetting("command_retention", 600.0, _forget_commands),
        Pass("history", 30.0, _take_sums),
        _power(),
        Pass("fleet_watch", 2.0, FleetWatch().look),
        Pass("service_failures", 5.0, _follow_service_failures),
        Pass("service_failures_on_broker", 2.0, _clear_service_failures),
        _forgetting("client_log_retention", 60.0, _prune_client_logs),
        Pass("rollouts", 2.0, _advance_rollouts),
        Pass("roll_calls", 1.0, RollCalls().look),
        Pass("screens", 15.0, ScreenLook().look),
        Pass("notifications", 5.0, _tell_alerts),
        _forgetting("alert_retention", 600.0, _forget_alerts),
        _forgetting("notifications_pruned", 3600.0, _prune_notices),
        Pass("server_clock", 60.0, _follow_clock),
        Pass("disk", 30.0, _look_at_disk),
        Pass("school_day", 30.0, SchoolDay().look),
    )


@contextmanager
def running_passes(
    app: App,
    stop: threading.Event,
    passes: Sequence[Pass] | None = None,
    leads: Callable[[], bool] = lambda: True,
) -> Iterator[None]:
    """The passes (all, unless some are given) at work, while this scheduler leads, until the block ends or `stop`."""
    ended = threading.Event()
    threads = [
        threading.Thread(target=_repeat, args=(each, app, stop, ended, leads), name=each.name, daemon=True)
        for each in passes or every_pass()
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(END_WITHIN_SECONDS)


def _repeat(each: Pass, app: App, stop: threading.Event, ended: threading.Event, leads: Callable[[], bool]) -> None:
    is_failing = False
    while not (stop.is_set() or ended.is_set()):
        if leads():
            is_failing = _look(each, app, was_failing=is_failing)
        ended.wait(each.every_seconds)
    if each.at_end:
        _look(replace(each, look=each.at_end), app, was_failing=False)


def _look(each: Pass, app: App, *, was_failing: bool) -> bool:
    """Whether the look failed; a failure is told once, when it begins."""
    try:
        each.look(app)
    except Exception as error:
        if not was_failing:
            log.warning("pass_failed", name=each.name, error=str(error), exc_info=error)
        return True
    if was_failing:
        log.info("pass_goes_on", name=each.name)
    return False
