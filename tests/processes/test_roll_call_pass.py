"""The pass that keeps roll-calls: what is kept while a message lasts, and that pages hear of its end."""

import pytest

from applications import Clock, RememberingBus
from fleets import add_screens
from infoscreen.bootstrap import App
from infoscreen.domain.broadcasts import Severity
from infoscreen.processes.roll_calls import RollCalls
from infoscreen.services import broadcasts, groups, roll_calls
from infoscreen.services.broadcasts import Order
from infoscreen.services.notices import NoticeKind


@pytest.fixture
def broadcast_id(app_on_sqlite: App) -> int:
    with app_on_sqlite.work() as work:
        group_id = groups.create_group(work, {"name": "Aula"}).id
    add_screens(app_on_sqlite, 2, group_id=group_id)
    with app_on_sqlite.work() as work:
        return broadcasts.start_broadcast(work, Order("In den Hof", Severity.INFO, 5, [group_id])).id


def ended(bus: RememberingBus) -> list[int | str]:
    return [number for notice in bus.notices if notice.kind is NoticeKind.BROADCASTS for number in notice.ids]


def test_pages_hear_of_a_message_that_ends_by_itself_and_its_roll_call_is_kept(
    app_on_sqlite: App, clock: Clock, bus: RememberingBus, broadcast_id: int
) -> None:
    passing = RollCalls()
    passing.look(app_on_sqlite)
    bus.notices.clear()
    clock.forward(minutes=4)
    passing.look(app_on_sqlite)
    assert ended(bus) == []
    clock.forward(minutes=1)
    passing.look(app_on_sqlite)
    assert ended(bus) == [broadcast_id]
    passing.look(app_on_sqlite)
    assert ended(bus) == [broadcast_id]
    with app_on_sqlite.reading() as work:
        lines = roll_calls.roll_call(work, broadcasts.get_broadcast(work, broadcast_id), 170)
    assert [line.status for line in lines] == ["offline", "offline"]
