"""The list of alerts as people see it: a page of them with the names of what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from infoscreen.db import alert_subjects as subjects
from infoscreen.db import alerts as table
from infoscreen.db.alerts import Alert
from infoscreen.db.alerts import AlertFilter as AlertFilter
from infoscreen.domain.alerts import OF_CLIENTS, AlertKind
from infoscreen.services.work import Work


class About(NamedTuple):
    """What an alert is about: its name, and the client or group where it has one; a deleted thing has no name."""

    name: str | None = None
    client_uuid: str | None = None
    group_id: int | None = None
    group_name: str | None = None


@dataclass(frozen=True, slots=True)
class ListedAlert:
    """One alert with the names that its row has only ids of."""

    alert: Alert
    about: About
    acknowledged_by: str | None
    closed_by: str | None


@dataclass(frozen=True, slots=True)
class AlertPage:
    """The newest first; `next_cursor` for older ones, None at the end. `open` counts all that is open by severity."""

    alerts: Sequence[ListedAlert]
    total: int
    next_cursor: int | None
    open: dict[str, int]


def list_alerts(work: Work, wanted: AlertFilter, limit: int, cursor: int | None) -> AlertPage:
    """A page of the alerts that are wanted."""
    found = table.alerts_page(work.session, wanted, limit + 1, cursor)
    page = found[:limit]
    return AlertPage(
        listed(work, page),
        table.count_alerts(work.session, wanted),
        page[-1].id if len(found) > limit else None,
        table.count_open(work.session),
    )


def listed(work: Work, alerts: Sequence[Alert]) -> list[ListedAlert]:
    """Alerts with their names."""
    people = subjects.usernames(work.session, {by for each in alerts for by in (each.acknowledged_by, each.closed_by)})
    about = about_alerts(work, alerts)
    return [
        ListedAlert(
            each,
            about[each.id],
            people.get(each.acknowledged_by or 0),
            people.get(each.closed_by or 0),
        )
        for each in alerts
    ]


def about_alerts(work: Work, alerts: Sequence[Alert]) -> dict[int, About]:
    """What each alert is about, by its id."""
    clients = subjects.clients(work.session, {each.subject for each in alerts if each.kind in OF_CLIENTS})
    events = subjects.events(work.session, _numbers(alerts, AlertKind.CONTENT_UNAVAILABLE))
    media = subjects.media(work.session, _numbers(alerts, AlertKind.CONVERSION_FAILED))
    found = {}
    for each in alerts:
        if each.kind in OF_CLIENTS:
            name, group_id, group_name = clients.get(each.subject, (None, None, None))
            found[each.id] = About(name, each.subject, group_id, group_name)
        elif each.kind == AlertKind.CONTENT_UNAVAILABLE and each.subject.isdecimal():
            name, group_id, group_name = events.get(int(each.subject), (_title(each), None, None))
            found[each.id] = About(name, None, group_id, group_name)
        elif each.kind == AlertKind.CONVERSION_FAILED and each.subject.isdecimal():
            found[each.id] = About(media.get(int(each.subject)))
        else:
            found[each.id] = About(each.subject or None)
    return found


def _numbers(alerts: Sequence[Alert], kind: AlertKind) -> set[int]:
    return {int(each.subject) for each in alerts if each.kind == kind and each.subject.isdecimal()}


def _title(alert: Alert) -> str | None:
    title = alert.details.get("title")
    return title if isinstance(title, str) else None
