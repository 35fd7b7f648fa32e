"""The process `broker`: what is committed is on the broker within two seconds, and the broker is always there."""

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from brokers import (
    LISTENER,
    PRIVATE,
    SERVICE,
    Installation,
    Peer,
    kill_mosquitto,
    mosquitto_pid,
    new_installation,
    running_broker,
    running_process,
)
from infoscreen.adapters.broker_files import BrokerFiles
from infoscreen.adapters.broker_proof import BrokerProof
from infoscreen.adapters.mosquitto import Mosquitto
from infoscreen.db.broker_accounts import BrokerAccount
from infoscreen.domain import broker_logins
from infoscreen.domain.broker_accounts import BrokerIsOpen, Probe, ReloadLost
from infoscreen.domain.broker_log import BrokerLog
from infoscreen.domain.broker_logins import TOO_MANY
from infoscreen.processes import broker as process
from infoscreen.processes.broker import Keeper
from infoscreen.services import alerts, broker_accounts
from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind
from waiting import eventually

pytestmark = pytest.mark.service

AULA = "9b8d1856-ff34-4864-a726-12de072d0f77"
GYM = "11111111-ff34-4864-a726-12de072d0f77"


@pytest.fixture(params=[PRIVATE, SERVICE])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """Each way to run a broker, one after the other."""
    with running_broker(tmp_path, (10, 11), request.param) as installation:
        yield installation


def test_a_new_account_is_on_the_broker_within_two_seconds(broker: Installation) -> None:
    account = broker.add_device(AULA)
    eventually(lambda: broker.can_connect(account.username, account.password), timeout=2)


def test_several_changes_in_a_row_are_there_within_two_seconds_of_the_last(broker: Installation) -> None:
    accounts = [broker.add_device(f"{number:08x}-ff34-4864-a726-12de072d0f77") for number in range(5)]
    last = accounts[-1]
    eventually(lambda: broker.can_connect(last.username, last.password), timeout=2)


def test_a_change_counts_as_applied_only_when_it_can_be_used(broker: Installation) -> None:
    account = broker.add_device(AULA)
    eventually(broker.is_applied)
    assert broker.can_connect(account.username, account.password)


def test_a_device_moves_to_another_group_on_its_live_connection_and_no_other_connection_drops(
    broker: Installation,
) -> None:
    moving, staying = broker.add_device(AULA, 10), broker.add_device(GYM, 10)
    eventually(broker.is_applied)
    with (
        broker.connect_server("scheduler") as scheduler,
        broker.connect(moving.username, moving.password) as aula,
        broker.connect(staying.username, staying.password) as gym,
    ):
        aula.subscribe(topics.events(10), topics.events(11))
        gym.subscribe(topics.events(10))
        scheduler.publish((topics.events(10), "old"), (topics.events(11), "new"), retain=True)
        aula.hear_out()
        assert (aula.payloads(topics.events(10)), aula.payloads(topics.events(11))) == (["old"], [])

        broker.move_device(AULA, 11)
        eventually(broker.is_applied, timeout=2)
        scheduler.publish((topics.events(10), "of no concern"), retain=True)
        aula.subscribe(topics.events(11))
        aula.hear_out()
        gym.hear_out()

        assert aula.payloads(topics.events(11)) == ["new"]
        assert aula.payloads(topics.events(10)) == ["old"]
        assert gym.payloads(topics.events(10)) == ["old", "of no concern"]
        assert [peer.disconnects for peer in (aula, gym, scheduler)] == [0, 0, 0]


def test_a_revoked_device_is_cut_off_within_two_seconds_and_nobody_else(broker: Installation) -> None:
    revoked, other = broker.add_device(AULA), broker.add_device(GYM)
    eventually(broker.is_applied)
    with (
        broker.connect(revoked.username, revoked.password) as aula,
        broker.connect(other.username, other.password) as gym,
    ):
        with broker.app.work() as work:
            broker_accounts.revoke_client_account(work, AULA)
        eventually(lambda: aula.disconnects, timeout=2)
        eventually(broker.is_applied)
        assert not broker.can_connect(revoked.username, revoked.password)
        assert gym.disconnects == 0


def test_another_devices_password_does_not_disturb_the_victim_whose_client_id_is_used(broker: Installation) -> None:
    victim = broker.add_device(AULA)
    eventually(broker.is_applied)
    thief_name, thief_password = "infoscreen-server-worker-1", broker.server_passwords["infoscreen-server-worker-1"]
    with broker.connect(victim.username, victim.password) as aula:
        with Peer(broker.port, thief_name, thief_password, client_id=victim.username) as thief:
            assert not thief.is_refused
            aula.hear_out()
        assert aula.disconnects == 0


def test_a_killed_mosquitto_comes_back_with_the_same_accounts(broker: Installation) -> None:
    account = broker.add_device(AULA)
    eventually(broker.is_applied)
    killed = mosquitto_pid(broker)
    assert killed
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: mosquitto_pid(broker) not in (None, killed), timeout=5)
    eventually(broker.is_ready)
    assert broker.can_connect(account.username, account.password)


def test_what_waits_for_a_listener_that_is_away_outlives_a_killed_broker(broker: Installation) -> None:
    """What the broker keeps at its own times would still be a minute old."""
    account = broker.add_device(AULA)
    eventually(broker.is_applied)
    with broker.connect_server("listener", kept_for=600) as listener:
        listener.subscribe(topics.report_filter(ReportKind.LOG_ERROR), qos=1)
    line = topics.report(AULA, ReportKind.LOG_ERROR), "nobody is there to hear it"
    with broker.connect(account.username, account.password) as aula:
        aula.publish(line)
    databases = broker.app.config.data_dir
    eventually(lambda: any(line[1].encode() in each.read_bytes() for each in databases.rglob("mosquitto.db")), 30)
    kill_mosquitto(broker)
    eventually(broker.is_listening, 30)
    with broker.connect_server("listener", kept_for=600) as listener:
        eventually(lambda: listener.payloads(line[0]) == [line[1]])


def test_the_server_passwords_stay_the_same_over_a_restart(tmp_path: Path) -> None:
    with running_broker(tmp_path) as first:
        pass
    second = new_installation(tmp_path)
    assert second.server_passwords == first.server_passwords
    with running_process(second), second.connect_server("api") as api:
        assert not api.is_refused


def test_while_the_database_is_away_the_broker_runs_on_and_follows_once_it_is_back(broker: Installation) -> None:
    database = broker.app.config.data_dir / "infoscreen.db"
    account = broker.add_device(AULA)
    eventually(broker.is_applied)
    with sqlite3.connect(database) as connection:
        connection.execute("ALTER TABLE broker_sync RENAME TO broker_sync_away")
    with broker.connect(account.username, account.password) as aula:
        aula.hear_out()
        with sqlite3.connect(database) as connection:
            connection.execute("ALTER TABLE broker_sync_away RENAME TO broker_sync")
        late = broker.add_device(GYM)
        eventually(lambda: broker.can_connect(late.username, late.password))
        assert aula.disconnects == 0


def test_a_database_restored_from_a_backup_counts_again(broker: Installation) -> None:
    account = broker.add_device(AULA)
    eventually(broker.is_applied)
    with broker.app.work() as work:  # as the backup has it: no such account, and fewer changes
        work.session.delete(work.session.get_one(BrokerAccount, account.username))
        work.session.connection().exec_driver_sql("UPDATE broker_sync SET wanted = 1, applied = 1")
    eventually(lambda: not broker.can_connect(account.username, account.password), timeout=3)


def test_a_database_restored_to_the_same_count_of_changes_is_noticed_by_its_content(
    broker: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "COMPARE_EVERY", 0.5)
    account = broker.add_device(AULA)
    eventually(broker.is_applied)
    with broker.app.work() as work:  # nobody counts this change
        work.session.delete(work.session.get_one(BrokerAccount, account.username))
    eventually(lambda: not broker.can_connect(account.username, account.password), timeout=15)


def test_a_database_from_before_a_renewal_does_not_lock_our_own_processes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "COMPARE_EVERY", 0.5)
    with running_broker(tmp_path) as installation:
        with installation.app.reading() as work:
            before = work.session.get_one(BrokerAccount, LISTENER).password_hash
        installation.broker.renew_server_password(LISTENER)
        with installation.app.work() as work:
            broker_accounts.register_server_accounts(work, installation.broker.server_passwords)
        newest = installation.broker.server_passwords[LISTENER]
        eventually(lambda: installation.can_connect(LISTENER, newest))
        with installation.app.work() as work:  # as a backup from before has it; nobody counts this change
            work.session.get_one(BrokerAccount, LISTENER).password_hash = before
        with installation.app.reading() as work:
            assert work.session.get_one(BrokerAccount, LISTENER).password_hash == before

        def is_mended() -> bool:
            with installation.app.reading() as work:
                return work.session.get_one(BrokerAccount, LISTENER).password_hash != before

        eventually(is_mended, timeout=15)
        eventually(installation.is_applied)
        assert installation.can_connect(LISTENER, newest)


class RestartedBroker:
    """A broker that has just been started, that proves everything, and whose listener is not back."""

    def __init__(self, files: BrokerFiles) -> None:
        self.files = files
        self.is_running = False
        self.log = BrokerLog()
        self.running_for = 1.0
        self.starts = 0
        self.reloads = 0
        self.stops = 0

    @property
    def pid(self) -> int | None:
        return self.starts if self.is_running else None

    def read_log(self) -> None:
        pass

    def start(self) -> None:
        self.is_running = True
        self.starts += 1

    def reload(self) -> None:
        self.reloads += 1

    def stop(self) -> None:
        self.is_running = False
        self.stops += 1

    def prove(self, _probe: Probe) -> None:
        pass


class OpenAtFirst(RestartedBroker):
    """A broker that the proof finds open until it was stopped once."""

    def prove(self, _probe: Probe) -> None:
        if not self.stops:
            raise BrokerIsOpen


def test_after_a_restart_a_new_account_waits_for_the_listener_and_a_revocation_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reload would lose what the broker keeps for the listener's session."""
    monkeypatch.setattr(process, "RELOAD_AT_MOST_EVERY", 0.0)
    installation = new_installation(tmp_path)
    broker = RestartedBroker(installation.broker.files)
    keeper = Keeper(
        installation.app,
        replace(installation.broker, mosquitto=cast("Mosquitto", broker), proof=cast("BrokerProof", broker)),
    )
    keeper.step()

    def told_after_a_step() -> set[str]:
        keeper.step()
        return set(broker.files.password_hashes())

    aula = installation.add_device(AULA)
    assert aula.username not in told_after_a_step()
    broker.log.connected.add(LISTENER)
    assert aula.username in told_after_a_step()

    broker.log.connected.clear()
    gym = installation.add_device(GYM)
    assert gym.username not in told_after_a_step()
    with installation.app.work() as work:
        broker_accounts.revoke_client_account(work, AULA)
    assert aula.username not in told_after_a_step()

    music = installation.add_device("22222222-ff34-4864-a726-12de072d0f77")
    assert music.username not in told_after_a_step()
    broker.running_for = process.LISTENER_PATIENCE + 1
    assert music.username in told_after_a_step()


def test_lost_rules_are_written_again_before_the_broker_comes_back(broker: Installation) -> None:
    account = broker.add_device(AULA)
    eventually(broker.is_applied)
    broker.broker.files.acl_file.unlink()
    killed = mosquitto_pid(broker)
    assert killed
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: mosquitto_pid(broker) not in (None, killed), timeout=5)
    eventually(broker.is_ready)
    with broker.connect(account.username, account.password) as aula, broker.connect_server("listener") as listener:
        listener.subscribe(topics.report_filter(ReportKind.HEALTH))
        aula.publish((topics.report(GYM, ReportKind.HEALTH), "forged"), (topics.report(AULA, ReportKind.HEALTH), "own"))
        listener.hear_out()
        assert [message.payload for message in listener.received] == [b"own"]


class DeafAtFirst(RestartedBroker):
    """A broker that was busy with another reload when it was told of ours."""

    def prove(self, _probe: Probe) -> None:
        if self.reloads < 2:
            raise ReloadLost


def test_a_reload_that_was_lost_is_asked_for_again_without_writing_anew(tmp_path: Path) -> None:
    installation = new_installation(tmp_path)
    broker = DeafAtFirst(installation.broker.files)
    keeper = Keeper(
        installation.app,
        replace(installation.broker, mosquitto=cast("Mosquitto", broker), proof=cast("BrokerProof", broker)),
    )

    def is_applied_after_a_step() -> bool:
        keeper.step()
        return installation.is_applied()

    keeper.step()
    written = broker.files.acl_file.stat().st_ino
    eventually(is_applied_after_a_step)
    assert broker.files.acl_file.stat().st_ino == written


def test_a_broker_that_is_found_open_is_stopped_until_its_files_are_written_again(tmp_path: Path) -> None:
    installation = new_installation(tmp_path)
    broker = OpenAtFirst(installation.broker.files)
    keeper = Keeper(
        installation.app,
        replace(installation.broker, mosquitto=cast("Mosquitto", broker), proof=cast("BrokerProof", broker)),
    )
    keeper.step()
    assert not broker.is_running
    assert not broker.files.password_file.exists()
    assert not installation.is_applied()

    def is_applied_after_a_step() -> bool:
        keeper.step()
        return installation.is_applied()

    eventually(is_applied_after_a_step)
    assert broker.starts == 2
    assert broker.files.acl_file.exists()


def test_stopping_takes_less_than_five_seconds_and_leaves_nothing_behind(tmp_path: Path) -> None:
    installation = new_installation(tmp_path)
    with running_process(installation) as stop:
        assert mosquitto_pid(installation)
        started = time.monotonic()
        stop.set()
        eventually(lambda: mosquitto_pid(installation) is None, timeout=5)
        assert time.monotonic() - started < 5


def open_alerts(broker: Installation) -> list[tuple[str, str]]:
    with broker.app.reading() as work:
        return [(alert.kind, alert.subject) for alert in alerts.open_alerts(work)]


def test_too_many_refused_logins_from_an_address_are_one_alert(broker: Installation) -> None:
    for _ in range(TOO_MANY):
        assert not broker.can_connect("infoscreen-client-ffffffff", "guessed")
    eventually(lambda: open_alerts(broker) == [("broker_auth_failures", "127.0.0.1")])


def test_the_proofs_own_refused_logins_are_nobodys_failure(
    broker: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker_logins, "TOO_MANY", 2)
    for number in range(2, 5):  # each is a reload, proved with a revoked password
        broker.add_device(f"{number:08x}-ff34-4864-a726-12de072d0f77")
        eventually(broker.is_applied)
    assert not broker.can_connect("infoscreen-client-ffffffff", "guessed")
    broker.add_device(AULA)
    eventually(broker.is_applied)
    assert open_alerts(broker) == []
    assert not broker.can_connect("infoscreen-client-ffffffff", "guessed")
    eventually(lambda: open_alerts(broker) == [("broker_auth_failures", "127.0.0.1")])
