"""The rules of a device's commands: each is judged once, and whatever comes and dies in between, carried out once."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.samples import UUID, wire_command
from infoscreen_device import commands
from infoscreen_device.commands import Next, Record, Verdict

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
BOOT, NEXT_BOOT = "boot-1", "boot-2"
OTHER = "00000000-0000-4000-8000-000000000002"


def judge(
    wire: object, records: dict[str, Record] | None = None, now: datetime = NOW, boot: str = BOOT
) -> tuple[Verdict, Record]:
    payload = wire if isinstance(wire, bytes) else json.dumps(wire).encode()
    return commands.judge(payload, UUID, records or {}, now, boot)


def command(number: int = 1, **changes: Any) -> dict[str, Any]:
    return wire_command(number, NOW, **changes)


def accepted(number: int = 1, at: datetime = NOW, **changes: Any) -> Record:
    return judge(wire_command(number, at, **changes), now=at)[1]


def refusal(wire: object) -> str | None:
    verdict, record = judge(wire)
    assert (verdict, record.last.status) == (Verdict.ANSWER, "failed")
    assert record.last.error_message
    return record.last.error_code


@pytest.mark.parametrize("action", ["reboot_host", "shutdown_host", "restart_app"])
def test_a_command_that_is_right_is_accepted(action: str) -> None:
    verdict, record = judge(command(action=action))
    assert (verdict, record.action, record.last.status) == (Verdict.EXECUTE, action, "accepted")


@pytest.mark.parametrize("wire", [b"", b"reboot", b"\xff", b"[]", b"null", b"[" * 100_000, b'{"action": "restart"}'])
def test_what_has_no_id_cannot_be_answered(wire: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        judge(wire)


@pytest.mark.parametrize("command_id", ["", 7, None, "x" * 36, UUID + "\n", ["a"]])
def test_an_id_that_is_none_cannot_be_answered(command_id: object) -> None:
    with pytest.raises(ValueError, match="validation error"):
        judge(command() | {"command_id": command_id})


@pytest.mark.parametrize("field", sorted(set(command()) - {"command_id"}))
def test_a_missing_field_is_told(field: str) -> None:
    wire = command()
    del wire[field]
    assert refusal(wire) == "missing_field"


@pytest.mark.parametrize(
    "change",
    [
        {"client_uuid": OTHER},
        {"client_uuid": None},
        {"schema_version": "1.1"},
        {"schema_version": 1},
        {"extra": 1},
        {"action": "restart_service"},
        {"action": "rm -rf /"},
        {"requested_by": 0},
        {"requested_by": "1"},
        {"requested_by": True},
        {"reason": "x" * 2001},
        {"reason": 5},
        {"issued_at": 1_700_000_000},
        {"expires_at": "tomorrow"},
        {"expires_at": None},
        {"expires_at": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_what_does_not_fit_the_schema_is_refused(change: dict[str, Any]) -> None:
    assert refusal(command() | change) == "invalid_schema"


def test_the_first_reason_in_the_specified_order_counts() -> None:
    wire = command(client_uuid=OTHER, schema_version="9", action="x", expires_at="2020-01-01T00:00:00Z")
    assert refusal({key: value for key, value in wire.items() if key != "reason"}) == "missing_field"
    assert "another device" in str(judge(wire)[1].last.error_message)
    assert "schema_version" in str(judge(wire | {"client_uuid": UUID})[1].last.error_message)
    assert "action" in str(judge(wire | {"client_uuid": UUID, "schema_version": "1.0"})[1].last.error_message)
    right = wire | {"client_uuid": UUID.upper(), "schema_version": "1.0", "action": "restart_app"}
    assert refusal(right) == "stale_command"


def test_a_command_is_stale_from_the_instant_it_expires() -> None:
    wire = command()
    expires_at = datetime.fromisoformat(wire["expires_at"])
    assert judge(wire, now=expires_at - timedelta(microseconds=1))[0] is Verdict.EXECUTE
    assert judge(wire, now=expires_at)[1].last.error_code == "stale_command"


@pytest.mark.parametrize("later", [timedelta(0), timedelta(seconds=100), timedelta(hours=23), timedelta(days=-400)])
@pytest.mark.parametrize("damage", [{}, {"extra": 1}, {"client_uuid": OTHER}, {"action": None}])
def test_a_known_id_only_gets_its_last_answer_again_however_late_or_damaged(
    later: timedelta, damage: dict[str, Any]
) -> None:
    known = accepted().started(NOW, BOOT).completed()
    assert judge(command() | damage, {known.command_id: known}, NOW + later) == (Verdict.REPEAT, known)


def test_the_fourth_reboot_in_fifteen_minutes_is_refused_whatever_the_server_says() -> None:
    records = {each.command_id: each for each in (accepted(n, NOW + timedelta(minutes=n)) for n in range(3))}
    just_within = NOW + timedelta(minutes=14, seconds=59)
    _, fourth = judge(wire_command(9, just_within), records, just_within)
    assert fourth.last.error_code == "permission_denied_local"
    later = NOW + timedelta(minutes=15)
    assert judge(wire_command(9, later), records, later)[0] is Verdict.EXECUTE
    assert judge(wire_command(9, NOW, action="restart_app"), records)[0] is Verdict.EXECUTE


def test_refused_reboots_do_not_count_and_those_of_a_clock_that_was_ahead_do() -> None:
    refused = [judge(command(n, extra=1))[1] for n in range(5)]
    assert judge(command(9), {each.command_id: each for each in refused})[0] is Verdict.EXECUTE
    ahead = [accepted(n, NOW + timedelta(days=900)) for n in range(3)]
    assert judge(command(9), {each.command_id: each for each in ahead})[0] is Verdict.ANSWER


def test_after_the_agents_end_only_what_was_not_begun_is_carried_out() -> None:
    for action in ("reboot_host", "shutdown_host", "restart_app"):
        assert commands.resume(accepted(action=action), NEXT_BOOT) is Next.EXECUTE
    for action in ("reboot_host", "shutdown_host"):
        begun = accepted(action=action).started(NOW, BOOT)
        assert commands.resume(begun, NEXT_BOOT) is Next.COMPLETE
        assert commands.resume(begun, BOOT) is Next.AWAIT_REBOOT
    assert commands.resume(accepted(action="restart_app").started(NOW, BOOT), NEXT_BOOT) is Next.GIVE_UP


def test_a_legacy_restart_is_obeyed_unless_a_command_has_come_or_the_limit_is_reached() -> None:
    assert commands.legacy_reboot({}, NOW, BOOT)
    known = accepted(action="restart_app")
    for after, is_obeyed in ((1, False), (119, False), (121, True)):
        at = NOW + timedelta(seconds=after)
        assert bool(commands.legacy_reboot({known.command_id: known}, at, BOOT)) is is_obeyed
    reboots = {each.command_id: each for each in (accepted(n, NOW - timedelta(minutes=5)) for n in range(3))}
    assert commands.legacy_reboot(reboots, NOW, BOOT) is None


def test_a_command_that_follows_the_legacy_reboot_it_means_is_answered_and_not_carried_out() -> None:
    legacy = commands.legacy_reboot({}, NOW, BOOT)
    assert legacy
    records = {legacy.command_id: legacy}
    issued_before = wire_command(1, NOW - timedelta(seconds=20))
    verdict, record = judge(issued_before, records, NOW + timedelta(seconds=30), NEXT_BOOT)
    assert (verdict, record.last.status) == (Verdict.ANSWER, "completed")
    issued_after = wire_command(2, NOW + timedelta(seconds=40))
    assert judge(issued_after, records, NOW + timedelta(seconds=41), NEXT_BOOT)[0] is Verdict.EXECUTE
    assert legacy.unconfirmed == ()


Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["canonical", "alias", "damaged", "tick", "work", "boot", "agent"]), st.integers(0, 5)),
    max_size=60,
)


@given(STEPS)
def test_whatever_comes_in_whatever_order_nothing_is_carried_out_twice_and_no_end_is_taken_back(
    steps: list[Step],
) -> None:
    """`work` begins or ends what is open; `boot` and `agent` are restarts that find what has been written down."""
    records: dict[str, Record] = {}
    now, boot = NOW, 0
    executions: Counter[str] = Counter()
    for kind, number in steps:
        ends = {key: record.last for key, record in records.items() if not record.is_open}
        if kind in ("canonical", "alias", "damaged"):
            wire = wire_command(number, NOW, action=["reboot_host", "restart_app", "shutdown_host"][number % 3])
            _, record = judge(wire | ({"extra": 1} if kind == "damaged" else {}), records, now, str(boot))
            records[record.command_id] = record
        elif kind == "tick":
            now += timedelta(seconds=[1, 30, 100, 300, 3600, 90_000][number])
            records = {key: each for key, each in records.items() if not commands.is_forgotten(each, now)}
        elif kind == "work":
            _work(records, now, str(boot), executions)
        else:
            boot += kind == "boot"
            _resume(records, str(boot))
        assert all(records[key].last == end for key, end in ends.items() if key in records)
        assert all(count == 1 for count in executions.values())
    for record in records.values():
        statuses = [ack.status for ack in record.acks]
        assert len(set(statuses)) == len(statuses)


def _work(records: dict[str, Record], now: datetime, boot: str, executions: Counter[str]) -> None:
    for key, record in records.items():
        if record.last.status == "accepted" and now < record.expires_at:
            records[key] = record.started(now, boot)
            executions[key] += 1
            return
        if record.last.status == "execution_started":
            records[key] = record.completed()
            return


def _resume(records: dict[str, Record], boot: str) -> None:
    for key, record in records.items():
        if record.is_open and commands.resume(record, boot) is Next.GIVE_UP:
            records[key] = record.failed("internal_error", "lost")
        elif record.is_open and commands.resume(record, boot) is Next.COMPLETE:
            records[key] = record.completed()
