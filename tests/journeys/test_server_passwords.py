"""The private broker's server accounts get new passwords by schedule, one process at a time, whatever is killed."""

import json
import os
import re
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from brokers import Peer
from infoscreen.domain.broker_accounts import SERVER_USERNAMES
from systems import System
from waiting import eventually

pytestmark = pytest.mark.service

AULA = "9b8d1856-ff34-4864-a726-12de072d0f77"
CONNECTED = {name for name in SERVER_USERNAMES if "health" not in name}


def are_more(system: System, than: int) -> bool:
    return len(renewed(system)) > than


def is_there_again(system: System, name: str, killed: int) -> bool:
    return system.children().get(name) not in (None, killed)


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    running = System(tmp_path / "data")
    running.start()
    running.log_in()
    yield running
    running.stop()


def passwords(system: System) -> dict[str, str]:
    kept: dict[str, str] = json.loads((system.data_dir / "broker" / "server_accounts.json").read_text())
    return kept


def make_due(system: System) -> None:
    """As if nobody had renewed anything for longer than the setting's 90 days."""
    engine = create_engine(f"sqlite:///{system.data_dir / 'infoscreen.db'}")
    long_ago = (datetime.now(UTC) - timedelta(days=91)).replace(tzinfo=None)
    with engine.begin() as connection:
        connection.execute(text("UPDATE broker_accounts SET password_since = :at"), {"at": str(long_ago)})
    engine.dispose()


def is_let_in(system: System, username: str, password: str) -> bool:
    with Peer(system.mqtt_port, username, password) as peer:
        return not peer.is_refused


def is_refused(system: System, username: str, password: str) -> bool:
    return not is_let_in(system, username, password)


def renewed(system: System) -> list[str]:
    return re.findall(r"server_password_renewed.*?username=(\S+)", system.log())


def test_one_after_the_other_gets_a_new_password_and_everything_goes_on(system: System) -> None:
    before = passwords(system)
    group = system.make_group("Aula")
    with system.device(AULA, group) as device:
        begun = len(system.log())
        make_due(system)
        eventually(lambda: set(renewed(system)) == set(SERVER_USERNAMES), timeout=120)
        assert not set(before.values()) & set(passwords(system).values())
        # Each was back before the next one's turn; the listener does not say so.
        said = re.findall(r"(server_password_renewed|broker_connected).*?username=(\S+)", system.log()[begun:])
        turns = [name for what, name in said if what == "server_password_renewed" and name in CONNECTED]
        for turn, following in pairwise(turns):
            back = ("broker_connected", turn)
            assert "listener" in turn or said.index(back) < said.index(("server_password_renewed", following))
        assert len(renewed(system)) == len(SERVER_USERNAMES)
        eventually(lambda: system.http.get("/health").status_code == 200, timeout=30)
        system.http.put(f"/api/clients/{AULA}/description", json={"description": "new"}).raise_for_status()
        assert device.connections == 1
    for username, password in before.items():
        eventually(partial(is_refused, system, username, password), timeout=30)
    assert system.http.get("/api/alerts").json()["open"] == {"warning": 0, "critical": 0}
    assert not [password for password in passwords(system).values() if password in system.log()]


def test_whatever_the_system_keeps_is_for_its_owner_alone(system: System) -> None:
    with system.device(AULA, system.make_group("Aula")):
        kept = [path for path in system.data_dir.rglob("*") if not path.is_symlink()]
        assert {"infoscreen.db", "queue.db", "password_file", "acl_file", "server_accounts.json", "secret_key"} <= {
            path.name for path in kept
        }
        assert not [path for path in kept if path.stat().st_mode & 0o077]
        assert system.data_dir.stat().st_mode & 0o077 == 0


def test_killed_in_the_middle_nobody_is_locked_out_for_good(system: System) -> None:
    before = passwords(system)
    make_due(system)
    for name in ("broker", "listener", "broker"):
        eventually(partial(are_more, system, len(renewed(system))), timeout=60)
        killed = system.children()[name]
        os.kill(killed, signal.SIGKILL)
        eventually(partial(is_there_again, system, name, killed), timeout=60)
    eventually(lambda: not set(before.values()) & set(passwords(system).values()), timeout=150)
    eventually(lambda: system.http.get("/health").status_code == 200, timeout=60)
    with system.device(AULA, system.make_group("Aula")) as device:
        device.client.publish(f"infoscreen/{AULA}/heartbeat", json.dumps({"timestamp": "2026-11-26T08:00:00Z"}))
        eventually(lambda: system.http.get(f"/api/clients/{AULA}").json()["isAlive"], timeout=60)
    for username, password in passwords(system).items():
        eventually(partial(is_let_in, system, username, password), timeout=30)
