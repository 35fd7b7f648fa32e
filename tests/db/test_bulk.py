"""Rows in bulk: whatever is told comes back as it was, on both databases, and nothing of it is taken for SQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import exc, insert, select
from sqlalchemy.orm import Session

from applications import MONDAY
from infoscreen.db import bulk, schema
from infoscreen.db.base import open_engine, session_factory
from infoscreen.db.client_states import known_states, save_changes
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.failures import is_about_data, reason
from infoscreen.db.groups import UNASSIGNED_ID
from infoscreen.domain.client_state import StateChange

HOSTILE = [
    "'",
    '"',
    "\\",
    "\\'",
    "''; --",
    "%s %(x)s %",
    ":told ? ?1",
    "\x00",
    "\n\r\t\x1a\x7f",
    "ä€😀\u2028",
    "[1]",
    "null",
    "",
]
UUIDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(12)]


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    engine = open_engine(database_url)
    schema.upgrade(engine)
    with session_factory(engine)() as session:
        common = {"group_id": UNASSIGNED_ID, "created_at": MONDAY}
        session.execute(insert(Client), [{"uuid": uuid, **common} for uuid in UUIDS])
        session.execute(insert(ClientState), [{"client_uuid": uuid} for uuid in UUIDS])
        session.commit()
        yield session
    engine.dispose()


def stored(session: Session, uuid: str = UUIDS[0]) -> ClientState:
    return session.scalars(
        select(ClientState).where(ClientState.client_uuid == uuid).execution_options(populate_existing=True)
    ).one()


def save(session: Session, uuid: str = UUIDS[0], **change: Any) -> None:
    save_changes(session, {uuid: cast("StateChange", change)})


def assert_kept(session: Session, text: str) -> None:
    save(session, boot_id=text, current_process=text, mqtt_reconnects=[text])
    state = stored(session)
    assert (state.boot_id, state.current_process, state.mqtt_reconnects) == (text, text, [text])
    known = known_states(session, UUIDS[:1])[UUIDS[0]]
    assert (known["boot_id"], known["mqtt_reconnects"]) == (text, [text])


def test_a_hostile_text_is_kept_as_it_is(session: Session) -> None:
    for text in HOSTILE:
        assert_kept(session, text)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_is_kept_as_it_is(session: Session, text: str) -> None:
    assert_kept(session, text)


def test_every_kind_of_value_is_kept_and_columns_that_are_not_named_stay(session: Session) -> None:
    at = datetime(2026, 11, 23, 9, 0, 0, 120, tzinfo=timezone(timedelta(hours=1)))
    save(session, process_pid=7, boot_id="first")
    save(session, last_alive=at, last_health=MONDAY, screen_on=True, clock_skew_seconds=-5, event_mismatch_since=None)
    save(session, current_event_id=None, screen_on=False)
    state = stored(session)
    assert (state.process_pid, state.boot_id) == (7, "first")
    assert (state.last_alive, state.last_health) == (at, MONDAY)
    assert (state.screen_on, state.clock_skew_seconds, state.event_mismatch_since) == (False, -5, None)
    known = known_states(session, UUIDS[:1])[UUIDS[0]]
    assert (known["last_alive"], known["last_health"], known["current_event_id"]) == (at, MONDAY, None)
    assert known["last_alive"].tzinfo is UTC  # type: ignore[union-attr]


def test_messages_are_counted_on(session: Session) -> None:
    for number in (1, 4):
        save(session, messages=number)
    assert stored(session).messages == 5


def test_more_rows_than_go_into_a_statement_are_all_written_and_read(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "ROWS_AT_ONCE", 5)
    save_changes(session, {uuid: StateChange(boot_id=uuid) for uuid in reversed(UUIDS)})
    known = known_states(session, {*UUIDS, "of nobody", "ä"})
    assert {uuid: state["boot_id"] for uuid, state in known.items()} == {uuid: uuid for uuid in UUIDS}
    assert list(known) == UUIDS, "locked in one order"


def test_of_nobody_nothing_is_known(session: Session) -> None:
    assert known_states(session, []) == {}
    assert known_states(session, ["of nobody"]) == {}
    save_changes(session, {})


@pytest.mark.parametrize("change", [{"boot_id": "x" * 256}, {"process_pid": 2**40}, {"tv_state": "'" * 9}])
def test_what_does_not_fit_is_refused_and_not_cut(session: Session, change: dict[str, Any]) -> None:
    if session.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite's columns have no limits")
    with pytest.raises(exc.DBAPIError) as raised:
        save(session, **change)
    assert is_about_data(raised.value)
    assert "INSERT" not in reason(raised.value)
