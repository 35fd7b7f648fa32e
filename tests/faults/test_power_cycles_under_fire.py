"""The process that cycles power is killed at each step, with a real plug: no screen stays dark, the command goes on."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest

import power_pass
from applications import configuration
from infoscreen.bootstrap import App, build_app
from infoscreen.db.clients import Client, ClientState
from infoscreen.domain.commands import Status
from infoscreen.domain.power_cycles import STEP_TAKES_AT_MOST
from infoscreen.domain.power_switches import OFF_AT_LEAST, OFF_AT_MOST
from infoscreen.processes.clock import utc_now
from infoscreen.services import commands, power_cycles, power_switches, settings
from power_switches.http_plugs import OneRelayTasmota
from waiting import eventually

pytestmark = pytest.mark.service

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
OUTLET = "1"
PATIENCE = 60.0


class Installation:
    """A database with one screen, and the plug that feeds it."""

    def __init__(self, data_dir: Path, off_seconds: int = OFF_AT_LEAST) -> None:
        self._data_dir = data_dir
        self.app: App = build_app(configuration(data_dir), utc_now)
        self.app.upgrade_database()
        self.plug = OneRelayTasmota("a plug's own password")
        with self.app.work() as work:
            settings.seed_settings(work)
            screen = Client(uuid=UUID, created_at=work.now)
            screen.state = ClientState()
            work.session.add(screen)
        with self.app.work() as work:
            given = asdict(self.plug.settings) | {"off_seconds": off_seconds}
            power_switches.set_power_switch(work, UUID, given)
        with self.app.work() as work:
            self.command_id = power_cycles.issue_power_cycle(work, UUID, None).command_id

    @property
    def status(self) -> str:
        with self.app.reading() as work:
            return commands.get_command(work, self.command_id).status

    @property
    def is_powered(self) -> bool:
        return self.plug.outlets.on[OUTLET]

    @contextmanager
    def power_pass(self, *, die_at: str = "", seconds_ahead: float = 0) -> Iterator[subprocess.Popen[bytes]]:
        arguments = [sys.executable, power_pass.__file__, str(self._data_dir), str(seconds_ahead)]
        paths = os.pathsep.join([str(Path(power_pass.__file__).parent), *filter(None, sys.path)])
        environment = os.environ | {"PYTHONPATH": paths, "INFOSCREEN_DIE_AT": die_at}
        child = subprocess.Popen(arguments, env=environment)
        try:
            yield child
        finally:
            child.kill()
            child.wait()

    def goes_on(self) -> None:
        """Somebody starts the process again, when the dead one's claim has lapsed."""
        with self.power_pass(seconds_ahead=STEP_TAKES_AT_MOST.total_seconds()):
            eventually(lambda: self.status == Status.EXECUTION_STARTED, PATIENCE)
        assert self.is_powered


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(tmp_path)
    yield installation
    installation.plug.stop()
    installation.app.engine.dispose()


@pytest.mark.parametrize(
    ("die_at", "is_powered"),
    [("before_power_off", True), ("after_power_off", False), ("before_power_on", False), ("after_power_on", True)],
)
def test_a_process_that_dies_at_a_step_leaves_no_screen_dark(
    installation: Installation, die_at: str, is_powered: bool
) -> None:
    with installation.power_pass(die_at=die_at) as child:
        assert child.wait(PATIENCE) == -signal.SIGKILL
    assert installation.is_powered is is_powered
    assert installation.status in (Status.PUBLISH_IN_PROGRESS, Status.PUBLISHED)
    installation.goes_on()


def test_a_process_that_is_ended_in_good_order_turns_the_power_on_first(tmp_path: Path) -> None:
    installation = Installation(tmp_path, off_seconds=OFF_AT_MOST)
    with installation.power_pass() as child:
        eventually(lambda: installation.status == Status.PUBLISHED, PATIENCE)
        assert installation.plug.outlets.switched == [(OUTLET, False)]
        child.terminate()
        assert child.wait(PATIENCE) == 0
    assert installation.is_powered
    assert installation.status == Status.EXECUTION_STARTED


def test_a_process_that_dies_while_the_power_is_off_leaves_no_screen_dark(installation: Installation) -> None:
    with installation.power_pass() as child:
        eventually(lambda: installation.status == Status.PUBLISHED, PATIENCE)
        child.kill()
        child.wait()
    assert not installation.is_powered
    installation.goes_on()
    assert [on for _, on in installation.plug.outlets.switched] == [False, True]
