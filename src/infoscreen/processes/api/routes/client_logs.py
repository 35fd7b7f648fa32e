"""`/api/client-logs`: what screens log."""

from typing import Annotated

from fastapi import APIRouter, Query

from infoscreen.processes.api.deps import AdminWork, CurrentApp
from infoscreen.processes.api.schemas.base import GivenTime
from infoscreen.processes.api.schemas.client_logs import (
    ClientSummary,
    LevelCounts,
    LogLevel,
    LogLineAnswer,
    LogLinesAnswer,
    LogSummaryAnswer,
    LogTestAnswer,
    RecentErrorsAnswer,
)
from infoscreen.services import client_logs
from infoscreen.services.client_logs import SUMMARY_OF, NamedLine

router = APIRouter(prefix="/api/client-logs", tags=["client-logs"])

Limit = Annotated[int, Query(ge=1, le=1_000)]
# The ids of lines are 64-bit integers.
Cursor = Annotated[int | None, Query(ge=1, le=2**63 - 1, description="`nextCursor` of the answer before")]
PERIOD_HOURS = int(SUMMARY_OF.total_seconds() // 3600)


@router.get("/test")
def log_test(app: CurrentApp) -> LogTestAnswer:
    """Whether log lines arrive; without a login, therefore only how many in the last 24 hours."""
    with app.reading() as work:
        counts = client_logs.counts(work)
    return LogTestAnswer(period_hours=PERIOD_HOURS, log_counts=LevelCounts(**counts), total=sum(counts.values()))


@router.get("/recent-errors")
def recent_errors(
    work: AdminWork, limit: Limit = 100, hours: Annotated[int, Query(ge=1, le=24 * 366)] = 24
) -> RecentErrorsAnswer:
    """Errors of all screens."""
    found = client_logs.recent_errors(work, hours, limit)
    return RecentErrorsAnswer(errors=[_answer(each) for each in found], period_hours=hours)


@router.get("/summary")
def log_summary(work: AdminWork) -> LogSummaryAnswer:
    """How many lines each screen logged of each level in the last 24 hours."""
    summary = [
        ClientSummary(
            uuid=each.client.uuid,
            description=each.client.description,
            hostname=each.client.hostname,
            log_counts=LevelCounts(**each.counts),
        )
        for each in client_logs.summary(work)
    ]
    since = work.now - SUMMARY_OF
    return LogSummaryAnswer(summary=summary, period_hours=PERIOD_HOURS, since=since, timestamp=work.now)


@router.get("/{uuid}/logs")
def client_log_lines(
    uuid: str,
    work: AdminWork,
    level: LogLevel | None = None,
    since: GivenTime | None = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> LogLinesAnswer:
    """What one screen logged, the newest first."""
    found = client_logs.client_lines(work, uuid, level, since, limit, cursor)
    return LogLinesAnswer(
        logs=[_answer(each) for each in found], next_cursor=found[-1].line.id if len(found) == limit else None
    )


def _answer(found: NamedLine) -> LogLineAnswer:
    line = found.line
    return LogLineAnswer(
        id=line.id,
        client_uuid=line.client_uuid,
        description=found.description,
        hostname=found.hostname,
        level=line.level,
        message=line.message,
        context=line.context,
        device_time=line.device_time,
        created_at=line.created_at,
        left_out=line.left_out,
    )
