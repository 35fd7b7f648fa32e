"""What the calendar costs: 100 groups, 10,000 recurring events, against expanding everything by dateutil at each poll.

python bench/school_calendar.py
"""

import gc
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import structlog
from dateutil.rrule import rruleset, rrulestr

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from sqlalchemy import insert, update

from applications import Clock, RememberingBus, started_app
from databases import running_mariadb
from infoscreen.bootstrap import App
from infoscreen.db.events import Event
from infoscreen.db.groups import Group
from infoscreen.domain.recurrence import parse_exceptions
from infoscreen.processes.lead import Lead
from infoscreen.processes.scheduler import Scheduler, Signals
from infoscreen.services import broker_accounts, event_board, publishing
from infoscreen.services.event_board import Board
from infoscreen.services.event_payloads import Addresses
from waiting import eventually

GROUPS, EVENTS = 100, 10_000
MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
ADDRESSES = Addresses("http://screens.example:8000", b"k" * 40)
DAYS = ("MO", "TU", "WE", "TH", "FR")
POLL_SECONDS = 30


def fill(app: App) -> None:
    """A school year of lessons: half weekly, half on several days, some with exceptions, all with an end."""
    with app.work() as work:
        made = {"created_at": MONDAY, "is_active": True, "display_order": 1, "version": 1}
        work.session.execute(insert(Group), [{"name": f"Raum {number}", **made} for number in range(GROUPS)])
        groups = list(work.session.scalars(Group.__table__.select().with_only_columns(Group.id).where(Group.id > 1)))
        work.session.execute(insert(Event), [_event(number, groups) for number in range(EVENTS)])
        wanted, _applied = broker_accounts.sync_state(work)
        broker_accounts.note_applied(work, wanted)


def _event(number: int, groups: list[int]) -> dict[str, object]:
    start = datetime(2026, 9, 7, 6, 0, tzinfo=UTC) + timedelta(days=number % 5, minutes=10 * (number % 60))
    days = DAYS[number % 5] if number % 2 else "MO,WE,FR"
    skipped = [start + timedelta(weeks=week) for week in range(number % 4)]
    return {
        "subject": f"Stunde {number}",
        "group_id": groups[number % GROUPS],
        "start_time": start,
        "end_time": start + timedelta(minutes=50),
        "type": "message",
        "message_content": "Willkommen",
        "recurrence_rule": f"FREQ=WEEKLY;BYDAY={days};UNTIL=20270702",
        "recurrence_exception": ",".join(f"{each:%Y%m%dT%H%M%SZ}" for each in skipped) or None,
        "skip_holidays": False,
        "is_active": True,
        "created_at": MONDAY,
        "version": 1,
    }


def seconds(work: Callable[[], object], tries: int = 1) -> float:
    """Seconds of processor time, the median of some tries; not for tidying up what was measured before."""
    gc.collect()
    found = []
    for _ in range(tries):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return median(found)


def expand_everything(app: App) -> int:
    """The usual way: load every event, parse its rule, expand it for the week ahead."""
    count = 0
    with app.reading() as work:
        for event in work.session.scalars(Event.__table__.select().with_only_columns(Event.id)):
            row = work.session.get(Event, event)
            assert row
            local = row.start_time.replace(tzinfo=None)
            rules = rruleset()
            rules.rrule(rrulestr(row.recurrence_rule.replace("20270702", "20270702T000000"), dtstart=local))
            for skipped in parse_exceptions(row.recurrence_exception):
                rules.exdate(skipped.replace(tzinfo=None))
            now = MONDAY.replace(tzinfo=None)
            count += len(rules.between(now, now + timedelta(days=7), inc=True))
    return count


def poll(app: App, board: Board) -> None:
    with app.reading() as work:
        publishing.event_lists(work, board, ADDRESSES)
        publishing.plan_drafts(work, board, ADDRESSES)
        publishing.ended_events(work, board)


def follow(app: App, board: Board) -> None:
    with app.reading() as work:
        event_board.follow_events(work, board)


def change_one(app: App, event_id: int) -> None:
    with app.work() as work:
        work.session.execute(update(Event).where(Event.id == event_id).values(version=Event.version + 1))


@contextmanager
def school(database_url: str, directory: Path, clock: Clock) -> Iterator[App]:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    app = started_app(database_url, directory, clock, RememberingBus())
    fill(app)
    yield app
    app.engine.dispose()


def main() -> None:
    with tempfile.TemporaryDirectory() as name, running_mariadb(Path(name, "mariadb")) as server:
        measure("SQLite", f"sqlite:///{name}/bench.db", Path(name, "one"))
        measure("MariaDB", server.new_database(), Path(name, "two"))


def measure(kind: str, database_url: str, directory: Path) -> None:
    clock = Clock(MONDAY)
    print(kind)
    with school(database_url, directory, clock) as app:
        usual = seconds(lambda: expand_everything(app))
        board = Board(timedelta(days=7))
        build = seconds(lambda: follow(app, board))
        first = seconds(lambda: poll(app, board))
        with app.work() as work:
            with app.reading() as reading:
                drafts = publishing.plan_drafts(reading, board, ADDRESSES)
            publishing.number_plans(work, board, drafts)
        idle = seconds(lambda: poll(app, board), 9)
        print(f"expand everything by dateutil            {usual * 1000:9.1f} ms")
        print(f"build the index                          {build * 1000:9.1f} ms")
        print(f"first lists and plans                    {first * 1000:9.1f} ms")
        print(f"a poll when nothing changed              {idle * 1000:9.1f} ms   {usual / idle:6.0f} times cheaper")
        print(f"  every {POLL_SECONDS} s                           {idle / POLL_SECONDS * 100:9.2f} % of a core")
        print(f"a poll after one event changed           {after_a_change(app, board) * 1000:9.1f} ms")
        print(f"  of which: expanded anew                {reindex(board) * 1000:9.2f} ms")
        clock.now = MONDAY + timedelta(hours=2, minutes=30)
        begun = seconds(lambda: poll(app, board)) * 1000
        print(f"a poll when {len_active(app, board):4} events have begun       {begun:9.1f} ms")
        print(f"beating for the lead, every second       {seconds(lambda: beat(app), 9) * 100:9.2f} % of a core")
        print(f"a whole scheduler, idle for 20 s         {whole_scheduler(app) * 100:9.2f} % of a core")


def after_a_change(app: App, board: Board) -> float:
    found = []
    for event_id in range(1, 10):
        change_one(app, event_id)
        found.append(seconds(lambda: poll(app, board)))
    return median(found)


def reindex(board: Board) -> float:
    timeline = board.timeline
    assert timeline
    entries = [(event_id, timeline._entries[event_id]) for event_id in range(1, 200)]

    def put_all() -> None:
        for event_id, entry in entries:
            timeline.put(event_id, entry.group_id, entry.schedule)

    return seconds(put_all) / len(entries)


def len_active(app: App, board: Board) -> int:
    with app.reading() as work:
        return sum(map(len, event_board.follow_events(work, board).active().values()))


def beat(app: App) -> None:
    lead = Lead(app, lambda: 0.0)
    lead.keep()
    lead.give_up()


def whole_scheduler(app: App) -> float:
    stop = threading.Event()
    thread = threading.Thread(target=Scheduler(app, Signals()).run, args=(stop,))
    thread.start()
    bus = app.ports.bus
    assert isinstance(bus, RememberingBus)
    # A list and a plan of every group, and then it is idle.
    eventually(lambda: len(bus.sent) >= 2 * (GROUPS + 1), timeout=120)
    time.sleep(2)
    begun = time.process_time()
    time.sleep(20)
    used = time.process_time() - begun
    stop.set()
    thread.join()
    return used / 20


if __name__ == "__main__":
    main()
