"""Events that cannot be published are left out; here somebody is told, and told when it is mended."""

from infoscreen.db.events import Event, events_by_id
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.services.alerts import close_alert, open_alerts, raise_alert
from infoscreen.services.event_board import Board
from infoscreen.services.work import Work


def differ(board: Board) -> bool:
    """Whether other events are left out than have been told."""
    return board.broken != board.told_broken


def tell(work: Work, board: Board) -> None:
    """Open an alert for each event that is left out, and close those of events that are not any more."""
    told = {alert.subject: alert.details.get("reason") for alert in open_alerts(work) if _is_ours(alert.kind)}
    events = {event.id: event for event in events_by_id(work.session, board.broken)}
    for event_id, reason in board.broken.items():
        if event_id in events and told.get(str(event_id)) != reason:
            raise_alert(
                work,
                AlertKind.CONTENT_UNAVAILABLE,
                str(event_id),
                Severity.WARNING,
                **_details(events[event_id], reason),
            )
    for subject in told.keys() - {str(event_id) for event_id in events}:
        close_alert(work, AlertKind.CONTENT_UNAVAILABLE, subject)
    board.told_broken = dict(board.broken)


def _is_ours(kind: str) -> bool:
    return kind == AlertKind.CONTENT_UNAVAILABLE


def _details(event: Event, reason: str) -> dict[str, object]:
    return {"title": event.subject, "groupId": event.group_id, "eventId": event.id, "reason": reason}
