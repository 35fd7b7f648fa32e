"""The safety lockout: three restarts in fifteen minutes, whoever asks and however many at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from commanding import CommandedSchool
from infoscreen.domain.commands import Action, Status
from infoscreen.services import commands
from listening import OTHER, UUID


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> CommandedSchool:
    return CommandedSchool(database_url, tmp_path)


def test_the_fourth_restart_is_blocked_and_kept(school: CommandedSchool) -> None:
    for action in (Action.REBOOT_HOST, Action.RESTART_APP, Action.POWER_CYCLE):
        assert school.issue(action).status == Status.QUEUED
    blocked = school.issue(Action.RESTART_APP)
    assert school.path(blocked) == [Status.BLOCKED_SAFETY]
    assert (blocked.error_code, blocked.failed_at) == ("lockout_threshold", school.clock.now)
    school.publish(blocked)
    assert school.status(blocked) == Status.BLOCKED_SAFETY
    assert school.bus.sent == []


def test_a_shutdown_is_neither_counted_nor_blocked_and_others_are_free(school: CommandedSchool) -> None:
    for _ in range(4):
        assert school.issue(Action.SHUTDOWN_HOST).status == Status.QUEUED
    for _ in range(3):
        school.issue()
    assert school.issue(Action.SHUTDOWN_HOST).status == Status.QUEUED
    assert school.issue(uuid=OTHER).status == Status.QUEUED


def test_it_counts_whoever_asked_and_not_what_was_blocked(school: CommandedSchool) -> None:
    with school.app.work() as work:
        commands.issue_command(work, UUID, Action.REBOOT_HOST, "process_crashed")
    for _ in range(2):
        school.issue()
    school.clock.forward(minutes=14, seconds=59)
    assert [school.issue().status for _ in range(5)] == [Status.BLOCKED_SAFETY] * 5
    school.clock.forward(seconds=2)
    assert [school.issue().status for _ in range(4)] == [Status.QUEUED] * 3 + [Status.BLOCKED_SAFETY]


def test_it_tells_when_it_ends(school: CommandedSchool) -> None:
    first = school.clock.now
    for _ in range(3):
        school.issue()
        school.clock.forward(minutes=4)
    with school.app.reading() as work:
        ends_at = commands.lockout_ends_at(work, UUID)
    assert ends_at
    assert (ends_at - first).seconds == 15 * 60


def test_of_ten_at_the_same_instant_three_get_through(school: CommandedSchool) -> None:
    with ThreadPoolExecutor(10) as pool:
        statuses = [each.status for each in pool.map(lambda _: school.issue(), range(10))]
    assert sorted(statuses) == [Status.BLOCKED_SAFETY] * 7 + [Status.QUEUED] * 3
