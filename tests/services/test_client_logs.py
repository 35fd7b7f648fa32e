"""Log lines of screens: a flood is cut and told, old lines are pruned, and what people ask for is found by an index."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from applications import MONDAY
from infoscreen.db.client_logs import newest_lines
from infoscreen.db.clients import Client
from infoscreen.db.monitoring import ClientLog
from infoscreen.services import client_logs
from infoscreen.services.intake import record_reports
from infoscreen.services.ports import Received
from infoscreen.services.report_batches import gather
from infoscreen_wire.topics import ReportKind
from listening import OTHER, UUID, School, received

Log = Callable[..., None]


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> School:
    return School(database_url, tmp_path)


@pytest.fixture
def log(school: School) -> Log:
    """Makes a screen log so many lines, in one batch."""

    def take(number: int, kind: ReportKind = ReportKind.LOG_INFO, uuid: str = UUID) -> None:
        lines: list[Received] = [received(kind, {"message": f"line {line}"}, uuid) for line in range(number)]
        with school.app.work() as work:
            record_reports(work, gather(lines, lambda _: school.clock.now), 180)

    return take


def stored(school: School, uuid: str = UUID) -> list[ClientLog]:
    with school.app.reading() as work:
        lines = select(ClientLog).where(ClientLog.client_uuid == uuid)
        return list(work.session.scalars(lines.order_by(ClientLog.created_at, ClientLog.id)))


def test_a_screen_that_floods_is_cut_to_a_sample_and_a_count_in_a_warning(school: School, log: Log) -> None:
    for _ in range(3):
        log(400)
    lines = stored(school)
    (told,) = [line for line in lines if line.left_out]
    assert len(lines) - 1 + told.left_out == 1_200
    assert len(lines) - 1 == 100 + 11
    assert (told.level, told.message) == ("warn", "More than 100 log lines in a minute: 1089 were left out.")


def test_a_flood_of_one_screen_cuts_no_other_and_hides_no_error(school: School, log: Log) -> None:
    log(500)
    log(1, ReportKind.LOG_ERROR)
    log(100, uuid=OTHER)
    assert [line.level for line in stored(school)].count("error") == 1
    assert len(stored(school, OTHER)) == 100


def test_every_minute_begins_anew(school: School, log: Log) -> None:
    log(150)
    school.clock.forward(minutes=1)
    log(100)
    assert len([line for line in stored(school) if not line.left_out]) == 101 + 100
    assert [line.created_at for line in stored(school) if line.left_out] == [MONDAY]


def test_a_hundred_lines_a_minute_are_no_flood(school: School, log: Log) -> None:
    for _ in range(4):
        log(25)
    assert [line.left_out for line in stored(school)] == [0] * 100


def test_lines_are_pruned_in_small_transactions_when_they_are_old(
    school: School, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_logs, "PRUNED_AT_ONCE", 10)
    log(35)
    school.clock.forward(days=1)
    log(5)
    school.clock.forward(days=89)
    assert client_logs.prune_logs(school.app.reading, school.app.work, 90) == 0, "not older than 90 days"
    school.clock.forward(seconds=1)
    assert client_logs.prune_logs(school.app.reading, school.app.work, 90) == 35
    assert len(stored(school)) == 5


def test_a_look_at_old_lines_comes_to_its_end(school: School, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_logs, "PRUNED_AT_ONCE", 10)
    monkeypatch.setattr(client_logs, "PRUNED_A_LOOK", 20)
    log(35)
    school.clock.forward(days=91)
    assert client_logs.prune_logs(school.app.reading, school.app.work, 90) == 20


def test_a_deleted_client_takes_its_lines_along(school: School, log: Log) -> None:
    log(3)
    with school.app.work() as work:
        work.session.delete(work.session.get_one(Client, UUID))
    assert stored(school) == []


def test_a_page_of_many_lines_is_read_by_an_index_and_continues_where_it_ended(tmp_path: Path) -> None:
    school = School(f"sqlite:///{tmp_path / 'test.db'}", tmp_path)
    with school.app.work() as work:
        columns: dict[str, object] = {
            "client_uuid": UUID,
            "level": "error",
            "message": "x",
            "context": {},
            "device_time": None,
        }
        times = [MONDAY - timedelta(seconds=number // 3) for number in range(300)]
        work.session.execute(insert(ClientLog), [{**columns, "created_at": at} for at in times])
    with school.app.reading() as work:
        seen: list[int] = []
        while page := newest_lines(
            work.session, [ClientLog.client_uuid == UUID], limit=40, before_id=seen[-1] if seen else None
        ):
            seen += [each.line.id for each in page]
        plan = work.session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT id FROM client_logs WHERE client_uuid = 'x'"
                " ORDER BY created_at DESC, id DESC LIMIT 100"
            )
        )
        steps = [row[3] for row in plan]
        assert work.session.scalar(select(func.count(ClientLog.id))) == len(seen) == len(set(seen))
    assert not any("TEMP B-TREE" in step or "SCAN" in step for step in steps), steps
