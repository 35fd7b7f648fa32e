"""A hundred rotations while the server's processes are killed again and again: no device is ever locked out."""

import asyncio
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from brokers import PRIVATE, SERVICE, Peer
from infoscreen.bootstrap import App, build_app
from infoscreen.config import load_config
from infoscreen.db.clients import ClientState
from infoscreen.db.credential_rotations import CredentialRotation
from infoscreen.domain.credential_rotation import ENDED
from infoscreen.processes.clock import utc_now
from infoscreen_device.config import Account, Broker, DeviceConfig, Hardware, Intervals
from infoscreen_device.credentials import KeptPasswords
from infoscreen_device.simulate.fleet import run_fleet
from service_systems import running_on
from systems import System
from waiting import eventually

pytestmark = pytest.mark.service

Record = Callable[[str, object], None]

DEVICES = 20
ROTATIONS = 100
# Each of the server's processes is killed this often; `infoscreen up` waits longer after each death of the same one.
PROCESSES, KILLS_OF_EACH = 5, 4
# A process that has only begun to start does nothing yet that could be broken.
OLD_ENOUGH_SECONDS = 2.0
QUICK = Intervals(heartbeat=1, health=1, screenshot=3600, credentials=0.5)


@pytest.fixture(scope="module", params=[PRIVATE, SERVICE])
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system of this file's own on either kind of broker: who keeps the broker is one of its processes."""
    with running_on(request.param, tmp_path_factory.mktemp("system")) as running:
        yield running


def provisioned(system: System, directory: Path) -> list[DeviceConfig]:
    return [device(system, f"{number:08x}-ff34-4864-a726-12de072d0f77", directory) for number in range(DEVICES)]


def device(system: System, uuid: str, directory: Path) -> DeviceConfig:
    told = system.http.post(f"/api/clients/{uuid}/broker-account").raise_for_status().json()
    broker = Broker(told["host"], told["port"])
    account = Account(uuid, told["username"], told["password"], broker, told["deviceToken"], server=system.base_url)
    return DeviceConfig(account, Hardware("virtual"), QUICK, credentials_file=directory / f"{uuid}.json")


@contextmanager
def at_work(fleet: list[DeviceConfig], cache: Path) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    work = loop.create_task(run_fleet(fleet, cache))

    def live() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(work)

    thread = threading.Thread(target=live)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(work.cancel)
        thread.join(20)
        loop.close()


class Rotations:
    """Starts a rotation for every device that has none, again and again, and counts how they end."""

    def __init__(self, system: System, app: App, uuids: list[str]) -> None:
        self._system, self._app = system, app
        self._uuids = uuids
        self._counted: set[str] = set()
        self.outcomes: Counter[str] = Counter()

    def step(self, *, start: bool) -> bool:
        """Whether none is under way any more."""
        with self._app.reading() as work:
            newest = {each.username[-8:]: each for each in work.session.scalars(select(CredentialRotation))}
        under_way = False
        for uuid in self._uuids:
            rotation = newest.get(uuid[:8])
            if rotation is not None and rotation.state not in ENDED:
                under_way = True
                continue
            if rotation is not None and rotation.id not in self._counted:
                self._counted.add(rotation.id)
                self.outcomes[rotation.state] += 1
            if start:
                with suppress(httpx.HTTPError):  # the API may just have been killed
                    self._system.http.post(f"/api/clients/{uuid}/broker-account/rotate", timeout=2)
        return not under_way


class Killer:
    """Kills the processes of a system one after the other, in an order that chance gives."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._plan = list(system.children()) * KILLS_OF_EACH
        random.Random(3).shuffle(self._plan)
        self._first_seen: dict[int, float] = {}
        self.kills = 0

    @property
    def is_done(self) -> bool:
        return not self._plan

    def step(self) -> None:
        self._system.start_again()
        children = self._system.children()
        old_enough = [
            each for each in self._plan if each in children and self._age(children[each]) > OLD_ENOUGH_SECONDS
        ]
        for name in old_enough[:1]:
            os.kill(children[name], signal.SIGKILL)
            self._plan.remove(name)
            self.kills += 1

    def _age(self, pid: int) -> float:
        return time.monotonic() - self._first_seen.setdefault(pid, time.monotonic())


def last_alive(app: App) -> list[datetime | None]:
    with app.reading() as work:
        return list(work.session.scalars(select(ClientState.last_alive)))


def is_everybody_back(app: App, since: datetime) -> bool:
    seen = last_alive(app)
    return len(seen) == DEVICES and all(at is not None and at > since for at in seen)


def is_let_in(account: Account, password: str) -> bool:
    with Peer(account.broker.port, account.username, password) as peer:
        return not peer.is_refused


def kept(config: DeviceConfig) -> tuple[str, ...]:
    assert config.credentials_file
    return KeptPasswords.model_validate_json(config.credentials_file.read_bytes()).passwords


def seconds_until_refused(system: System, config: DeviceConfig) -> float:
    """From the confirmation until the old password ends a live connection and is let in no more."""
    account, address = config.account, f"{system.base_url}/api/device/credentials"
    headers = {"Authorization": f"Bearer {account.device_token}"}
    eventually(lambda: is_let_in(account, account.password))
    system.http.post(f"/api/clients/{account.uuid}/broker-account/rotate").raise_for_status()
    waiting = httpx.get(address, headers=headers).raise_for_status().json()["waiting"]
    with Peer(account.broker.port, account.username, account.password) as live:
        confirmed = time.monotonic()
        body = {"rotationId": waiting["rotationId"]}
        httpx.post(f"{address}/confirm", headers=headers, json=body).raise_for_status()
        eventually(lambda: not live.is_connected)
        taken = time.monotonic() - confirmed
    assert not is_let_in(account, account.password)
    assert is_let_in(account, waiting["password"])
    return taken


def test_the_old_password_holds_no_longer_than_the_broker_takes_to_follow(
    system: System, tmp_path: Path, record_property: Record
) -> None:
    fleet = [device(system, f"{number:08x}-aaaa-4864-a726-12de072d0f77", tmp_path) for number in range(100, 106)]
    taken = [seconds_until_refused(system, config) for config in fleet]
    record_property("seconds until the old password was refused", f"{min(taken):.2f} to {max(taken):.2f}")
    assert max(taken) < 10
    for config in fleet:
        system.http.delete(f"/api/clients/{config.account.uuid}").raise_for_status()


def test_no_device_is_locked_out(
    system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Record
) -> None:
    monkeypatch.setattr("infoscreen_device.connection.delay_after", lambda _: random.uniform(0.2, 1))
    monkeypatch.setattr("infoscreen_device.connection.delay_after_refusal", lambda: random.uniform(2, 4))
    app = build_app(load_config(data_dir=system.data_dir), utc_now)
    fleet = provisioned(system, tmp_path / "credentials")
    rotations, killer = Rotations(system, app, [each.account.uuid for each in fleet]), Killer(system)

    def goes_on() -> bool:
        killer.step()
        rotations.step(start=True)
        return killer.is_done and rotations.outcomes.total() >= ROTATIONS

    with at_work(fleet, tmp_path / "cache"):
        eventually(lambda: is_everybody_back(app, datetime.min.replace(tzinfo=UTC)), 60)
        eventually(goes_on, 150)
        eventually(lambda: rotations.step(start=False), 90)
        ended = datetime.now(UTC)
        eventually(lambda: is_everybody_back(app, ended), 60)

    assert killer.kills == PROCESSES * KILLS_OF_EACH
    record_property("rotations", dict(rotations.outcomes))
    assert rotations.outcomes["done"] >= ROTATIONS * 0.9
    eventually(lambda: is_let_in(fleet[0].account, kept(fleet[0])[0]))
    for config in fleet:
        lets_in = [is_let_in(config.account, password) for password in kept(config)]
        assert lets_in == [True] + [False] * (len(lets_in) - 1)
    app.engine.dispose()
