"""Alerts about single screens: one that fell silent, one whose player crashed. None is opened in a suspected outage."""

from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.health import CRASHED, is_alive
from infoscreen.services.alerts import close_alert, open_subjects, raise_alert
from infoscreen.services.notices import NoticeKind
from infoscreen.services.outage import Look
from infoscreen.services.work import Work

Cause = tuple[AlertKind, str]
SEVERITIES = {AlertKind.DEVICE_SILENT: Severity.WARNING, AlertKind.PROCESS_CRASHED: Severity.CRITICAL}


def are_due(work: Work, looked: Look) -> bool:
    """Whether `settle` has anything to do; asked without holding the database's write lock."""
    opened, closed = _changes(work, looked)
    return bool(opened or closed)


def settle(work: Work, looked: Look) -> None:
    """Open an alert for each screen that has become silent or crashed, and close those that are over."""
    opened, closed = _changes(work, looked)
    last_alive = {screen.uuid: screen.last_alive for screen in looked.screens}
    work.announce(NoticeKind.CLIENTS, *(uuid for _kind, uuid in opened | closed))
    for kind, uuid in sorted(opened):
        since = last_alive[uuid].replace(tzinfo=None).isoformat()  # as every time in the API
        raise_alert(work, kind, uuid, SEVERITIES[kind], lastAlive=since)
    for kind, uuid in sorted(closed):
        close_alert(work, kind, uuid)


def _changes(work: Work, looked: Look) -> tuple[set[Cause], set[Cause]]:
    silent, crashed = _silent(looked), _crashed(looked)
    wanted = {(AlertKind.DEVICE_SILENT, uuid) for uuid in silent}
    wanted |= {(AlertKind.PROCESS_CRASHED, uuid) for uuid in crashed - silent}
    # What a silent screen last said of its player is neither news nor over.
    kept = wanted | {(AlertKind.PROCESS_CRASHED, uuid) for uuid in crashed}
    known = {(kind, uuid) for kind in SEVERITIES for uuid in open_subjects(work, kind)}
    return (wanted - known if looked.may_judge else set()), known - kept


def _silent(looked: Look) -> set[str]:
    seconds, now = looked.patience.grace.total_seconds(), looked.sight.now
    return {screen.uuid for screen in looked.screens if not is_alive(screen.last_alive, now, seconds)}


def _crashed(looked: Look) -> set[str]:
    return {screen.uuid for screen in looked.screens if screen.process_status == CRASHED}
