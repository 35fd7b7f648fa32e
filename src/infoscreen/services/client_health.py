"""How well clients are: brings together what each reported, what it logged, and what it was told to do."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from infoscreen.db.clients import Client
from infoscreen.db.monitoring import LastLines, last_lines
from infoscreen.domain.health import LOG_COMES_WITHIN, LOG_COUNTS_FOR, Assessment, ClientStatus, Facts, assess
from infoscreen.services.commands import clients_with_overdue
from infoscreen.services.work import Work


class Reported(Protocol):
    """What the rules need of a row of `client_states`."""

    @property
    def last_alive(self) -> datetime | None: ...
    @property
    def process_status(self) -> str | None: ...
    @property
    def process_status_since(self) -> datetime | None: ...
    @property
    def screen_health(self) -> str | None: ...
    @property
    def picture_health(self) -> str | None: ...
    @property
    def event_mismatch_since(self) -> datetime | None: ...
    @property
    def mqtt_reconnects(self) -> list[str] | None: ...
    @property
    def service_failed_at(self) -> datetime | None: ...


class ClientHealth(NamedTuple):
    """A client and the verdict about it."""

    client: Client
    assessment: Assessment


def assess_clients(work: Work, clients: Iterable[Client], grace_seconds: int) -> list[ClientHealth]:
    """How well each of these clients is."""
    logged = last_lines(work.session, work.now - LOG_COUNTS_FOR, work.now + LOG_COMES_WITHIN)
    overdue = clients_with_overdue(work)
    found = []
    for client in clients:
        lines = logged.get(client.uuid, LastLines())
        facts = facts_of(client.state, lines, is_active=client.is_active, has_overdue_command=client.uuid in overdue)
        found.append(ClientHealth(client, assess(facts, work.now, grace_seconds)))
    return found


def count_by_status(found: Iterable[ClientHealth]) -> dict[ClientStatus, int]:
    """How many of these clients have each status."""
    counted = Counter(each.assessment.status for each in found)
    return {status: counted[status] for status in ClientStatus}


def facts_of(reported: Reported, logged: LastLines, *, is_active: bool, has_overdue_command: bool) -> Facts:
    """The facts that the status rules look at."""
    return Facts(
        is_active=is_active,
        last_alive=reported.last_alive,
        process_status=reported.process_status,
        process_status_since=reported.process_status_since,
        screen_health=reported.screen_health,
        picture_health=reported.picture_health,
        event_mismatch_since=reported.event_mismatch_since,
        reconnects=[datetime.fromisoformat(at) for at in reported.mqtt_reconnects or ()],
        service_failed_at=reported.service_failed_at,
        last_error_log_at=logged.error_at,
        last_warn_log_at=logged.warn_at,
        has_overdue_command=has_overdue_command,
    )
