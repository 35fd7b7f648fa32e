"""What has been before the demo school's first start: hourly sums for the charts, log lines, and alerts.

The same each time, but for the instant that it is told from.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.history import Hour, hour_number, start_of
from infoscreen.domain.outage import Cause
from infoscreen.processes.demo.school import Screen
from infoscreen.processes.demo.troubles import BLACK, CRASHED, FROZEN, GIVEN_UP, SWITCHED_OFF
from infoscreen.services.alerts import close_alert, raise_alert
from infoscreen.services.client_logs import store_logs
from infoscreen.services.clients import get_client
from infoscreen.services.history import remember_hour
from infoscreen.services.outage import BROKER
from infoscreen.services.report_batches import LogLine
from infoscreen.services.work import Work

HOUR = timedelta(hours=1)
DAYS = 14
EVERY_MINUTE = (1 << 60) - 1
# Health every five seconds, a heartbeat and a picture.
MESSAGES_A_MINUTE = 14
GRACE = timedelta(minutes=3)
OFF_SINCE = timedelta(hours=3, minutes=20)
BROKER_AWAY = timedelta(days=4, hours=2, minutes=10)
# What these screens have complained about, and after how many hours again; not lately, or it would still be a warning.
QUIET = timedelta(hours=2)
COMPLAINTS: Mapping[Screen, tuple[str, str, int]] = {
    CRASHED: ("error", "display_manager ended with signal 11", 31),
    GIVEN_UP: ("error", "infoscreen-simclient.service failed and is started again", 43),
    BLACK: ("warn", "HDMI-A-1: no signal from the display", 17),
    FROZEN: ("warn", "no new frame for 600 s", 26),
}

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Silence:
    """A time without a sign of life."""

    since: datetime
    until: datetime

    def covers(self, at: datetime) -> bool:
        return self.since <= at < self.until


def remember(work: Work, screens: Sequence[Screen]) -> None:
    """Give new screens a past."""
    silences = {screen: _silences(screen, work.now) for screen in screens}
    lines = [line for screen in screens for line in _lines(screen, silences[screen], work.now)]
    store_logs(work, [LogLine(line, redelivered=False) for line in lines], {screen.uuid for screen in screens})
    _keep_hours(work, silences, lines)
    if SWITCHED_OFF in silences:
        get_client(work, SWITCHED_OFF.uuid).state.last_alive = work.now - OFF_SINCE
        _alert(work)


def _silences(screen: Screen, now: datetime) -> list[Silence]:
    """Short ones now and then, the one that all had together, and those that still last."""
    chance = random.Random(screen.uuid)  # noqa: S311 - variety, protects nothing
    begins = [now - timedelta(hours=chance.randint(5, DAYS * 24), minutes=chance.randint(0, 59)) for _ in range(2)]
    found = [Silence(since, since + timedelta(minutes=chance.randint(4, 25))) for since in begins]
    away = now - BROKER_AWAY
    found.append(Silence(away, away + timedelta(minutes=11)))
    if screen == SWITCHED_OFF:
        found.append(Silence(now - OFF_SINCE, now + HOUR))
    return found


def _lines(screen: Screen, silences: Iterable[Silence], now: datetime) -> list[Line]:
    returns = [silence for silence in silences if silence.until < now - QUIET]
    lines = [
        _line(screen, "warn", f"back at the broker after {(each.until - each.since).seconds} s", each.until)
        for each in returns
    ]
    if screen in COMPLAINTS:
        level, message, every = COMPLAINTS[screen]
        times = [now - QUIET - timedelta(hours=hours, minutes=hours) for hours in range(3, DAYS * 23, every)]
        lines += [_line(screen, level, message, at) for at in times]
        lines += [_line(screen, "info", "display_manager started", at + timedelta(seconds=4)) for at in times]
    return sorted(lines, key=lambda line: line["created_at"])


def _line(screen: Screen, level: str, message: str, at: datetime) -> Line:
    fields = {"client_uuid": screen.uuid, "level": level, "message": message, "context": {}}
    return fields | {"device_time": at, "created_at": at}


def _keep_hours(work: Work, silences: Mapping[Screen, Sequence[Silence]], lines: Iterable[Line]) -> None:
    counted: defaultdict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for line in lines:
        counted[hour_number(line["created_at"])][line["client_uuid"], line["level"]] += 1
    this_hour = hour_number(work.now)
    for hour in range(this_hour - DAYS * 24, this_hour):
        kept = {screen.uuid: _hour(screen, hour, silences[screen], counted[hour]) for screen in silences}
        if kept:
            remember_hour(work, hour, kept)


def _hour(screen: Screen, hour: int, silences: Iterable[Silence], lines: Mapping[tuple[str, str], int]) -> Hour:
    alive = _alive_minutes(start_of(hour), silences)
    errors, warnings = (lines.get((screen.uuid, level), 0) for level in ("error", "warn"))
    messages = MESSAGES_A_MINUTE * alive.bit_count()
    return Hour(messages=messages, errors=errors, warnings=warnings, watched=EVERY_MINUTE, alive=alive)


def _alive_minutes(begin: datetime, silences: Iterable[Silence]) -> int:
    touching = [silence for silence in silences if silence.since < begin + HOUR and silence.until > begin]
    if not touching:
        return EVERY_MINUTE
    minutes = (begin + timedelta(minutes=minute) for minute in range(60))
    return sum(1 << at.minute for at in minutes if not any(silence.covers(at) for silence in touching))


def _alert(work: Work) -> None:
    """Two alerts that are over, and the one about the screen that is off."""
    away, crashed = timedelta(days=4, hours=2, minutes=7), timedelta(days=1, hours=5)
    raise_alert(_before(work, away), AlertKind.BROKER_OUTAGE, BROKER, Severity.CRITICAL, cause=Cause.CONNECTION_LOST)
    close_alert(_before(work, away - timedelta(minutes=8)), AlertKind.BROKER_OUTAGE, BROKER)
    raise_alert(_before(work, crashed), AlertKind.PROCESS_CRASHED, CRASHED.uuid, Severity.CRITICAL)
    close_alert(_before(work, crashed - timedelta(minutes=26)), AlertKind.PROCESS_CRASHED, CRASHED.uuid)
    last = (work.now - OFF_SINCE).replace(tzinfo=None).isoformat()
    at = _before(work, OFF_SINCE - GRACE)
    raise_alert(at, AlertKind.DEVICE_SILENT, SWITCHED_OFF.uuid, Severity.WARNING, lastAlive=last)


def _before(work: Work, ago: timedelta) -> Work:
    """The same work as it would have been so long ago."""
    return replace(work, now=work.now - ago)
