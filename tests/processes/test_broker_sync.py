"""`broker sync` for a broker that is a service of its own: whatever kills it or harms its files, the next repairs."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from brokers import LISTENER, SERVICE, Installation, Peer, new_installation, watching
from infoscreen.processes import broker as process
from infoscreen.processes.broker import SyncOutcome
from infoscreen.services import broker_accounts
from infoscreen.services.broker_accounts import Credentials
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from killed_syncs import FULL_DISK, MOMENTS
from waiting import eventually

pytestmark = pytest.mark.service

STAYING = "9b8d1856-ff34-4864-a726-12de072d0f77"
LEAVING = "11111111-ff34-4864-a726-12de072d0f77"
TESTS = Path(__file__).parents[1]


@dataclass
class Scene:
    """A running broker that nobody keeps, with one device that stays and one that is about to be revoked."""

    installation: Installation
    staying: Credentials
    leaving: Credentials

    def sync(self) -> SyncOutcome:
        return process.sync_once(self.installation.app, self.installation.broker)

    def revoke(self) -> None:
        with self.installation.app.work() as work:
            broker_accounts.revoke_client_account(work, LEAVING)

    def may_connect(self, credentials: Credentials) -> bool:
        return self.installation.can_connect(credentials.username, credentials.password)

    def heard_from(self, device: Peer) -> list[bytes]:
        """What reaches the server when a device reports for itself and for another."""
        with self.installation.connect_server("listener") as listener:
            listener.subscribe(topics.report_filter(ReportKind.HEALTH))
            device.publish((topics.report(LEAVING, ReportKind.HEALTH), "forged"))
            device.publish((topics.report(STAYING, ReportKind.HEALTH), "own"))
            listener.hear_out()
            return [bytes(message.payload) for message in listener.received]

    def assert_in_order(self) -> None:
        """Nobody gets in without an account or beyond its rights, and who should be in is."""
        with Peer(self.installation.port, None, None, client_id="anybody") as nobody:
            assert nobody.is_refused
        with self.installation.connect(self.staying.username, self.staying.password) as device:
            assert not device.is_refused
            assert self.heard_from(device) == [b"own"]

    def restart_broker(self) -> None:
        killed = self.installation.broker.mosquitto.pid
        assert killed
        os.kill(killed, signal.SIGKILL)
        eventually(lambda: self.installation.broker.mosquitto.pid not in (None, killed))
        eventually(self._answers)

    def _answers(self) -> bool:
        try:
            return self.installation.can_connect(LISTENER, self.installation.server_passwords[LISTENER])
        except OSError:
            return False


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    installation = new_installation(tmp_path, SERVICE)
    staying, leaving = installation.add_device(STAYING), installation.add_device(LEAVING)
    made = Scene(installation, staying, leaving)
    assert made.sync() is SyncOutcome.WRITTEN
    with installation.running_mosquitto():
        eventually(made._answers)
        assert made.sync() is SyncOutcome.PROVED
        yield made


def run_sync(scene: Scene, moment: str) -> subprocess.CompletedProcess[str]:
    directory, port = scene.installation.app.config.data_dir, scene.installation.port
    command = [sys.executable, "-m", "killed_syncs", str(directory), str(port), moment]
    return subprocess.run(command, cwd=TESTS, text=True, capture_output=True, timeout=60)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_it_leaves_a_broker_in_order_and_the_next_one_finishes(moment: str, scene: Scene) -> None:
    with scene.installation.connect(scene.staying.username, scene.staying.password) as device:
        scene.revoke()
        assert run_sync(scene, moment).returncode == -signal.SIGKILL
        assert scene.heard_from(device) == [b"own"]
        assert device.disconnects == 0
    scene.restart_broker()
    scene.assert_in_order()
    assert scene.sync() is SyncOutcome.PROVED
    assert not scene.may_connect(scene.leaving)
    scene.assert_in_order()


def test_on_a_full_disk_the_broker_goes_on_with_what_it_has(scene: Scene) -> None:
    scene.revoke()
    finished = run_sync(scene, FULL_DISK)
    assert finished.stdout.splitlines()[-1] == SyncOutcome.LATE, finished.stderr
    assert scene.may_connect(scene.leaving)
    scene.restart_broker()
    scene.assert_in_order()
    assert scene.sync() is SyncOutcome.PROVED
    assert not scene.may_connect(scene.leaving)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "empty": lambda file: file.write_text(""),
    "cut off": lambda file: os.truncate(file, file.stat().st_size // 2),
    "overwritten": lambda file: file.write_text("nothing that Mosquitto understands\n"),
    "zeros": lambda file: file.write_bytes(bytes(file.stat().st_size)),
}


@pytest.mark.parametrize("name", ["password_file", "acl_file"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_replaced_and_a_broker_that_read_it_is_in_order_again(
    damage: str, name: str, scene: Scene
) -> None:
    with watching(scene.installation):
        DAMAGES[damage](getattr(scene.installation.broker.files, name))
        pid = scene.installation.broker.mosquitto.pid
        assert pid
        os.kill(pid, signal.SIGHUP)  # as logrotate does
        eventually(lambda: scene.installation.broker.files.are_as_written() and scene.installation.is_ready())
        eventually(lambda: scene.may_connect(scene.staying))
        scene.assert_in_order()


@pytest.mark.parametrize("name", ["password_file", "acl_file"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_next_sync_repairs_what_was_damaged_while_nobody_looked(damage: str, name: str, scene: Scene) -> None:
    DAMAGES[damage](getattr(scene.installation.broker.files, name))
    assert scene.sync() is SyncOutcome.PROVED
    scene.assert_in_order()
