"""Commands from the click to the end: issued, published, acknowledged, followed by the clock and by signs of life."""

import json
from pathlib import Path

import pytest

from commanding import CommandedSchool
from infoscreen.db.users import User
from infoscreen.domain.commands import Action, CommandTooLate, Signal, Status
from infoscreen.domain.errors import NotFound
from infoscreen.services import command_sweep, commands
from infoscreen.services.clients import delete_client
from infoscreen.services.notices import NoticeKind
from infoscreen.services.refusals import Reason
from infoscreen.services.settings import change_setting
from listening import OTHER, STRANGER, UUID

S = Status
OLD, NEW = "boot-1", "boot-2"


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> CommandedSchool:
    return CommandedSchool(database_url, tmp_path)


def rebooting(school: CommandedSchool, boot_id: str | None = OLD) -> commands.ClientCommand:
    """A reboot that its device has begun, after a sign of life with this boot."""
    school.health(boot_id)
    command = school.sent()
    school.ack(command, "accepted")
    school.ack(command, "execution_started")
    return command


def wait(school: CommandedSchool, seconds: float) -> None:
    school.clock.forward(seconds=seconds)
    school.sweep()


def test_a_command_is_published_on_both_topics_and_a_persons_reboot_in_the_oldest_form_too(
    school: CommandedSchool,
) -> None:
    command = school.sent()
    (canonical, payload), (alias, again), (legacy, restart) = school.bus.sent
    assert (canonical, alias) == (f"infoscreen/{UUID}/commands", f"infoscreen/{UUID}/command")
    assert (legacy, json.loads(restart)) == (f"clients/{UUID}/restart", {"action": "restart"})
    assert payload == again
    assert json.loads(payload) == {
        "schema_version": "1.0",
        "command_id": command.command_id,
        "client_uuid": UUID,
        "action": "reboot_host",
        "issued_at": "2026-11-23T07:00:00Z",
        "expires_at": "2026-11-23T07:04:00Z",
        "requested_by": school.person.user_id,
        "reason": "Bild steht",
    }
    assert school.bus.retained == {}
    assert school.path(command) == [S.QUEUED, S.PUBLISH_IN_PROGRESS, S.PUBLISHED]
    assert school.row(command).published_at == school.clock.now


@pytest.mark.parametrize("action", [Action.RESTART_APP, Action.SHUTDOWN_HOST])
def test_the_oldest_form_is_only_for_reboots(school: CommandedSchool, action: Action) -> None:
    school.sent(action)
    assert not [topic for topic, _ in school.bus.sent if topic.startswith("clients/")]


def test_the_oldest_form_can_be_switched_off_and_is_never_sent_for_the_scheduler(school: CommandedSchool) -> None:
    school.publish(school.issue(), legacy_restart=False)
    with school.app.work() as work:
        asked_by_nobody = commands.issue_command(work, UUID, Action.REBOOT_HOST, "heartbeat_stale")
    school.publish(asked_by_nobody)
    assert not [topic for topic, _ in school.bus.sent if topic.startswith("clients/")]
    assert json.loads(school.bus.sent[-1][1])["requested_by"] is None


def test_a_command_that_the_broker_does_not_take_has_failed(school: CommandedSchool) -> None:
    command = school.issue()
    school.bus.is_connected = False
    assert not school.publish(command)
    assert (school.status(command), school.row(command).error_code) == (S.FAILED, "mqtt_publish_failed")
    school.bus.is_connected = True
    assert school.publish(command)
    assert school.bus.sent == []
    assert school.alerts() == set()


def test_a_restarted_app_completes_by_its_acknowledgements(school: CommandedSchool) -> None:
    command = school.sent(Action.RESTART_APP)
    for status in ("accepted", "execution_started", "completed"):
        school.clock.forward(seconds=1)
        school.ack(command, status)
        school.ack(command, status)
    expected = [S.QUEUED, S.PUBLISH_IN_PROGRESS, S.PUBLISHED, S.ACK_RECEIVED, S.EXECUTION_STARTED, S.COMPLETED]
    assert school.path(command) == expected
    row = school.row(command)
    assert [
        (at - row.created_at).seconds for at in (row.acked_at, row.execution_started_at, row.completed_at) if at
    ] == [
        1,
        2,
        3,
    ]


def test_an_acknowledgement_may_come_before_the_publisher_has_noted_the_brokers_confirmation(
    school: CommandedSchool,
) -> None:
    command = school.issue(Action.RESTART_APP)
    publish = school.bus.publish

    def publish_and_answer(topic: str, payload: bytes, **options: object) -> None:
        publish(topic, payload)
        if topic.endswith("/commands"):
            school.ack(command, "accepted")

    school.bus.publish = publish_and_answer  # type: ignore[method-assign]
    school.publish(command)
    assert school.path(command) == [S.QUEUED, S.PUBLISH_IN_PROGRESS, S.ACK_RECEIVED]
    assert school.row(command).published_at == school.clock.now


def test_acknowledgements_out_of_order_never_move_a_command_back(school: CommandedSchool) -> None:
    command = school.sent(Action.RESTART_APP)
    school.ack(command, "execution_started")
    school.ack(command, "accepted")
    assert school.status(command) == S.EXECUTION_STARTED
    assert school.row(command).acked_at
    school.ack(command, "completed")
    school.ack(command, "failed", error_code="execution_failed", error_message="late")
    assert school.status(command) == S.COMPLETED
    assert school.row(command).error_code is None


def test_a_failure_carries_the_devices_code_and_words(school: CommandedSchool) -> None:
    command = school.sent(Action.RESTART_APP)
    school.ack(command, " FAILED ", error_code="x" * 200, error_message="Das Programm antwortet nicht: 🙈")
    row = school.row(command)
    assert (row.status, row.error_code, row.error_message) == (S.FAILED, "x" * 128, "Das Programm antwortet nicht: 🙈")
    assert school.alerts() == {("command_failed", UUID)}


def test_that_a_device_has_the_command_twice_is_no_failure(school: CommandedSchool) -> None:
    command = school.sent()
    school.ack(command, "failed", error_code="duplicate_command", error_message="seen")
    assert school.status(command) == S.PUBLISHED


def test_acknowledgements_of_others_and_of_unknown_commands_are_counted_and_dropped(school: CommandedSchool) -> None:
    command = school.sent()
    assert school.ack(command, "completed", OTHER).outcomes[0].reason is Reason.ANOTHER_CLIENT
    assert school.status(command) == S.PUBLISHED
    command.command_id = STRANGER
    assert school.ack(command, "completed").outcomes[0].reason is Reason.UNKNOWN_COMMAND


def test_a_new_boot_proves_a_reboot_and_steady_health_completes_it(school: CommandedSchool) -> None:
    command = rebooting(school)
    wait(school, 9)
    assert school.status(command) == S.EXECUTION_STARTED
    wait(school, 1)
    assert school.status(command) == S.AWAITING_RECONNECT
    school.health(OLD)
    assert school.status(command) == S.AWAITING_RECONNECT
    wait(school, 30)
    school.health(NEW)
    assert school.status(command) == S.RECOVERED
    for _ in range(3):
        wait(school, 5)
        school.health(NEW)
        assert school.status(command) == S.RECOVERED
    wait(school, 5)
    assert school.status(command) == S.COMPLETED
    assert school.row(command).completed_at == school.clock.now


def test_a_device_that_is_back_before_anyone_looked_has_rebooted_all_the_same(school: CommandedSchool) -> None:
    command = rebooting(school)
    school.clock.forward(seconds=4)
    school.health(NEW)
    assert school.path(command)[-3:] == [S.EXECUTION_STARTED, S.AWAITING_RECONNECT, S.RECOVERED]


def test_the_same_boot_a_minute_later_is_a_failure(school: CommandedSchool) -> None:
    command = rebooting(school)
    wait(school, 59)
    school.health(OLD)
    assert school.status(command) == S.AWAITING_RECONNECT
    wait(school, 1)
    school.health(OLD)
    assert (school.status(command), school.row(command).error_code) == (S.FAILED, "not_rebooted")
    assert school.alerts() == {("command_failed", UUID)}


def test_without_boot_ids_the_first_sign_after_silence_is_the_return(school: CommandedSchool) -> None:
    command = rebooting(school, None)
    for _ in range(4):
        wait(school, 5)
        school.health()
    assert school.status(command) == S.AWAITING_RECONNECT
    wait(school, 15)
    school.health()
    assert school.status(command) == S.RECOVERED


def test_what_a_device_said_before_it_was_away_does_not_tell_in_which_boot_the_reboot_begins(
    school: CommandedSchool,
) -> None:
    """It was off, came back by itself in a newer boot, and gets the command at once."""
    school.health("long ago")
    wait(school, 3600)
    command = school.sent()
    school.ack(command, "execution_started")
    school.clock.forward(seconds=2)
    school.health(OLD)
    assert school.status(command) == S.EXECUTION_STARTED
    wait(school, 40)
    school.health(NEW)
    assert school.status(command) == S.RECOVERED


def test_settling_begins_again_after_a_gap(school: CommandedSchool) -> None:
    command = rebooting(school)
    wait(school, 30)
    school.health(NEW)
    wait(school, 18)
    school.health(NEW)
    wait(school, 5)
    assert school.status(command) == S.RECOVERED
    school.health(NEW)
    wait(school, 14)
    assert school.status(command) == S.RECOVERED
    school.health(NEW)
    wait(school, 1)
    assert school.status(command) == S.COMPLETED


def test_a_crashed_player_does_not_settle(school: CommandedSchool) -> None:
    command = rebooting(school)
    wait(school, 30)
    school.health(NEW)
    with school.app.work() as work:
        work.session.get_one(type(school.state()), UUID).process_status = "crashed"
    for _ in range(5):
        wait(school, 5)
        school.health(NEW)
    assert school.status(command) == S.RECOVERED


def test_a_device_that_never_returns_times_out_and_then_needs_a_person(school: CommandedSchool) -> None:
    command = rebooting(school)
    wait(school, 239)
    assert school.status(command) == S.AWAITING_RECONNECT
    wait(school, 1)
    assert (school.status(command), school.row(command).error_code) == (S.TIMED_OUT, "timed_out")
    wait(school, 59)
    assert school.status(command) == S.TIMED_OUT
    wait(school, 1)
    assert school.status(command) == S.MANUAL_INTERVENTION_REQUIRED
    assert ("manual_intervention", UUID) in school.alerts()
    assert school.row(command).recovered_at is None


def test_a_late_return_changes_nothing_and_is_noted(school: CommandedSchool) -> None:
    command = rebooting(school)
    wait(school, 240)
    wait(school, 60)
    wait(school, 500)
    school.health(NEW)
    assert school.status(command) == S.MANUAL_INTERVENTION_REQUIRED
    assert school.row(command).recovered_at == school.clock.now
    assert not school.row(command).is_followed
    assert school.alerts() == set()


def test_back_within_the_cooldown_nobody_is_called(school: CommandedSchool) -> None:
    command = rebooting(school)
    wait(school, 240)
    wait(school, 30)
    school.health(NEW)
    wait(school, 200)
    assert school.status(command) == S.TIMED_OUT
    assert school.row(command).recovered_at


def test_a_device_that_reports_all_the_time_and_tells_no_boot_times_out_and_nobody_is_called(
    school: CommandedSchool,
) -> None:
    command = rebooting(school, None)
    for _ in range(50):
        wait(school, 5)
        school.health()
    wait(school, 1000)
    assert school.status(command) == S.TIMED_OUT
    assert school.row(command).recovered_at is None
    assert not school.row(command).is_followed


def test_a_command_that_nobody_acknowledges_expires(school: CommandedSchool) -> None:
    command = school.sent()
    wait(school, 239)
    assert school.status(command) == S.PUBLISHED
    wait(school, 1)
    assert (school.status(command), school.row(command).error_code) == (S.EXPIRED, "expired")
    assert not school.row(command).is_followed
    assert school.alerts() == set()


def test_a_shutdown_is_complete_when_the_device_falls_silent(school: CommandedSchool) -> None:
    school.health()
    command = school.sent(Action.SHUTDOWN_HOST)
    school.ack(command, "accepted")
    school.ack(command, "execution_started")
    wait(school, 14)
    assert school.status(command) == S.EXECUTION_STARTED
    wait(school, 1)
    assert school.status(command) == S.COMPLETED


def test_a_device_with_heartbeats_only_is_silent_later_and_its_shutdown_expires_later(school: CommandedSchool) -> None:
    school.heartbeat()
    command = school.sent(Action.SHUTDOWN_HOST)
    assert (command.expires_at - command.issued_at).seconds == 300
    school.ack(command, "execution_started")
    wait(school, 169)
    assert school.status(command) == S.EXECUTION_STARTED
    wait(school, 1)
    assert school.status(command) == S.COMPLETED


def test_what_happened_before_the_expiry_counts_when_the_scheduler_was_down(school: CommandedSchool) -> None:
    shutdown = school.sent(Action.SHUTDOWN_HOST)
    school.health()
    school.ack(shutdown, "execution_started")
    school.health(OLD, OTHER)
    reboot = school.sent(uuid=OTHER)
    school.ack(reboot, "execution_started", OTHER)
    school.clock.forward(seconds=60)
    school.health(NEW, OTHER)
    for _ in range(60):
        school.clock.forward(seconds=5)
        school.health(NEW, OTHER)
    school.sweep()
    assert (school.status(shutdown), school.status(reboot)) == (S.COMPLETED, S.COMPLETED)


def test_an_expiry_is_what_the_settings_say(school: CommandedSchool) -> None:
    with school.app.work() as work:
        change_setting(work, "command_expiry_seconds", "180")
    command = school.issue()
    assert (command.expires_at - command.issued_at).seconds == 180
    assert (school.issue(expiry_seconds=200).expires_at - command.issued_at).seconds == 200


def test_an_unacknowledged_command_is_published_again_when_its_device_announces_itself(school: CommandedSchool) -> None:
    command = school.sent()
    school.bus.sent.clear()
    school.sweep()
    assert school.bus.sent == []
    school.announce()
    school.bus.sent.clear()
    school.sweep()
    assert [topic for topic, _ in school.bus.sent] == [f"infoscreen/{UUID}/commands", f"infoscreen/{UUID}/command"]
    assert json.loads(school.bus.sent[0][1])["command_id"] == command.command_id
    school.sweep()
    assert len(school.bus.sent) == 2
    school.ack(command, "accepted")
    school.announce()
    school.bus.sent.clear()
    school.sweep()
    assert school.bus.sent == []


def test_it_is_published_again_when_its_device_reports_after_silence_until_it_expires(school: CommandedSchool) -> None:
    school.health()
    school.sent()
    school.bus.sent.clear()
    wait(school, 14)
    school.health()
    school.sweep()
    assert school.bus.sent == []
    wait(school, 15)
    school.health()
    school.sweep()
    assert len(school.bus.sent) == 2
    wait(school, 300)
    school.health()
    school.sweep()
    assert len(school.bus.sent) == 2


def test_what_its_issuer_left_behind_is_published_by_the_scheduler(school: CommandedSchool) -> None:
    command = school.issue()
    school.sweep()
    assert school.status(command) == S.QUEUED
    wait(school, 1)
    assert school.status(command) == S.PUBLISHED
    assert len(school.bus.sent) == 3


def test_what_expired_while_nobody_looked_is_not_published_any_more(school: CommandedSchool) -> None:
    left, unanswered = school.issue(uuid=OTHER), school.sent()
    school.announce()
    school.bus.sent.clear()
    school.clock.forward(seconds=240)
    command_sweep.publish_waiting_commands(school.app.reading, school.app.work, legacy_restart=True)
    command_sweep.publish_commands_again(school.app.reading, school.app.work)
    assert school.bus.sent == []
    school.sweep()
    assert [school.status(each) for each in (left, unanswered)] == [S.EXPIRED, S.EXPIRED]


def test_while_the_broker_is_away_what_was_left_behind_fails(school: CommandedSchool) -> None:
    left = [school.issue(), school.issue(uuid=OTHER)]
    school.bus.is_connected = False
    wait(school, 1)
    assert [school.status(each) for each in left] == [S.FAILED, S.FAILED]


def test_a_publisher_that_died_leaves_a_failure_within_ten_seconds(school: CommandedSchool) -> None:
    command = school.issue()
    with school.app.work() as work:
        assert commands.give_signal(work, command.command_id, Signal.TAKEN)
    wait(school, 9)
    assert school.status(command) == S.PUBLISH_IN_PROGRESS
    wait(school, 1)
    assert (school.status(command), school.row(command).error_code) == (S.FAILED, "mqtt_publish_failed")


def test_a_command_can_be_called_back_until_it_is_acknowledged(school: CommandedSchool) -> None:
    command = school.sent()
    with school.app.work(school.person) as work:
        commands.cancel_command(work, command.command_id)
    assert (school.status(command), school.row(command).error_code) == (S.CANCELED, "canceled")
    late = school.sent(uuid=OTHER)
    school.ack(late, "accepted", OTHER)
    for each in (command, late):
        with pytest.raises(CommandTooLate), school.app.work(school.person) as work:
            commands.cancel_command(work, each.command_id)
    assert school.status(late) == S.ACK_RECEIVED


def test_a_canceled_command_is_not_published(school: CommandedSchool) -> None:
    command = school.issue()
    with school.app.work(school.person) as work:
        commands.cancel_command(work, command.command_id)
    school.publish(command)
    wait(school, 30)
    assert school.bus.sent == []


def test_every_step_is_told_to_the_pages(school: CommandedSchool) -> None:
    command = school.sent()
    school.bus.notices.clear()
    school.ack(command, "accepted")
    (notice,) = [each for each in school.bus.notices if each.kind is NoticeKind.COMMANDS]
    assert set(notice.ids) == {command.command_id, UUID}


def test_a_success_closes_what_an_earlier_failure_opened(school: CommandedSchool) -> None:
    failed = school.sent(Action.RESTART_APP)
    school.ack(failed, "failed", error_code="execution_failed", error_message="x")
    school.ack(failed, "failed", error_code="execution_failed", error_message="x")
    again = school.sent(Action.RESTART_APP)
    assert school.alerts() == {("command_failed", UUID)}
    school.ack(again, "completed")
    assert school.alerts() == set()


def test_commands_go_with_their_client_and_stay_without_their_person(school: CommandedSchool) -> None:
    command, other = school.sent(), school.sent(uuid=OTHER)
    with school.app.work() as work:
        work.session.delete(work.session.get_one(User, school.person.user_id))
        delete_client(work, UUID)
    with pytest.raises(NotFound):
        school.row(command)
    assert school.row(other).requested_by is None


def test_nobody_commands_a_client_that_does_not_exist(school: CommandedSchool) -> None:
    for uuid in (STRANGER, "büro", "\U0001f4fa", "x" * 5_000):
        with pytest.raises(NotFound):
            school.issue(uuid=uuid)
        with pytest.raises(NotFound), school.app.reading() as work:
            commands.get_command(work, uuid)
