"""Many commands that wait to be published go out together, and each of them has its own life all the same."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import event

from commanding import CommandedSchool
from infoscreen.db.commands import ClientCommand, commands_by_id
from infoscreen.domain.commands import MQTT_PUBLISH_FAILED, Action, Signal, Status
from infoscreen.services import command_sweep, commands
from infoscreen.services.ports import Message
from listening import add_screen

S = Status


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> CommandedSchool:
    return CommandedSchool(database_url, tmp_path)


@pytest.fixture
def school_on_sqlite(tmp_path: Path) -> CommandedSchool:
    return CommandedSchool(f"sqlite:///{tmp_path / 'test.db'}", tmp_path)


def left_behind(school: CommandedSchool, number: int) -> list[ClientCommand]:
    """So many commands that a process stored and died."""
    found = []
    for each in range(number):
        uuid = f"{len(school.bus.sent) + each:08x}-0000-4000-8000-00000000c0de"
        add_screen(school.app, uuid)
        found.append(school.issue(Action.RESTART_APP, uuid))
    school.clock.forward(seconds=1)
    return found


def publish(school: CommandedSchool) -> None:
    command_sweep.publish_waiting_commands(school.app.reading, school.app.work, legacy_restart=True)


def test_a_wave_takes_as_many_statements_for_fifty_as_for_five(school: CommandedSchool) -> None:
    asked: list[str] = []
    event.listen(school.app.engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    taken = {}
    for number in (5, 50):
        waiting = left_behind(school, number)
        asked.clear()
        publish(school)
        taken[number] = len(asked)
        assert {school.status(each) for each in waiting} == {S.PUBLISHED}
    assert taken[50] == taken[5]


def test_whatever_happens_to_the_others_each_command_of_a_wave_has_its_own_end(school: CommandedSchool) -> None:
    """The broker takes half of a wave; of that a device answers before that is noted, and one is called back."""
    waiting = left_behind(school, 8)
    answered, canceled, other = waiting[0], waiting[2], waiting[4]
    publish_all = school.bus.publish_all

    def take_half(messages: Sequence[Message]) -> Sequence[bool]:
        if messages[0].topic.endswith("/commands"):
            publish_all(messages[::2])
            school.ack(answered, "accepted", answered.client_uuid)
            with school.app.work(school.person) as work:
                commands.cancel_command(work, canceled.command_id)
            return [not number % 2 for number in range(len(messages))]
        return publish_all(messages)

    school.bus.publish_all = take_half  # type: ignore[method-assign]
    publish(school)
    assert school.path(answered) == [S.QUEUED, S.PUBLISH_IN_PROGRESS, S.ACK_RECEIVED]
    assert school.row(answered).published_at == school.clock.now
    assert school.path(canceled) == [S.QUEUED, S.PUBLISH_IN_PROGRESS, S.CANCELED]
    assert school.path(other) == [S.QUEUED, S.PUBLISH_IN_PROGRESS, S.PUBLISHED]
    lost = [school.row(each) for each in waiting[1::2]]
    assert {(row.status, row.error_code) for row in lost} == {(S.FAILED, MQTT_PUBLISH_FAILED)}
    aliases = {topic.split("/")[1] for topic, _payload in school.bus.sent if topic.endswith("/command")}
    assert aliases == {each.client_uuid for each in waiting[::2]}


def test_a_wave_leaves_alone_what_another_publisher_or_a_person_has_taken_meanwhile(
    school_on_sqlite: CommandedSchool,
) -> None:
    school = school_on_sqlite
    waiting = left_behind(school, 3)
    with school.app.work() as work:
        commands.give_signal(work, waiting[0].command_id, Signal.TAKEN)
        commands.give_signal(work, waiting[1].command_id, Signal.CANCELED)
        assert commands.give_signal_to_all(work, [each.id for each in waiting], Signal.TAKEN) == [
            commands.get_command(work, waiting[2].command_id)
        ]


def test_where_the_broker_does_not_answer_every_wave_fails_and_only_the_first_was_tried(
    school_on_sqlite: CommandedSchool,
) -> None:
    school = school_on_sqlite
    waiting = left_behind(school, 120)
    tried: list[Message] = []

    def take_none(messages: Sequence[Message]) -> Sequence[bool]:
        tried.extend(messages)
        return [False] * len(messages)

    school.bus.publish_all = take_none  # type: ignore[method-assign]
    publish(school)
    assert {school.status(each) for each in waiting} == {S.FAILED}
    assert len(tried) == command_sweep.PUBLISHED_AT_ONCE


def test_what_devices_have_not_acknowledged_is_repeated_together_on_both_topics(
    school_on_sqlite: CommandedSchool,
) -> None:
    school = school_on_sqlite
    waiting = left_behind(school, 6)
    publish(school)
    with school.app.work() as work:
        for row in commands_by_id(work.session, [each.command_id for each in waiting]):
            row.republish = True
    school.bus.sent.clear()
    command_sweep.publish_commands_again(school.app.reading, school.app.work)
    assert len(school.bus.sent) == 12
    command_sweep.publish_commands_again(school.app.reading, school.app.work)
    assert len(school.bus.sent) == 12
