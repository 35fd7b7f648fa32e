"""A real private Mosquitto: what its settings do, that its hash is ours, and that proof, damage and endings work."""

import os
import random
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from brokers import DEPLOYED, HOST, Peer
from infoscreen.adapters import broker_proof
from infoscreen.adapters.broker_files import BrokerFiles
from infoscreen.adapters.broker_proof import BrokerProof
from infoscreen.adapters.mosquitto import Mosquitto
from infoscreen.domain.broker_accounts import (
    BrokerIsOpen,
    BrokerLags,
    BrokerNotStarted,
    Grant,
    Probe,
    ReloadLost,
    password_hash,
)
from infoscreen.domain.mosquitto_configuration import SETTINGS
from infoscreen_wire.access import Rule
from ports import free_port
from waiting import eventually

pytestmark = pytest.mark.service

PASSWORD = "pässword with spaces: and a colon"
ANYTHING = (Rule("+/#", publish=True, subscribe=True),)


def account(username: str, rules: tuple[Rule, ...] = ANYTHING) -> Grant:
    return Grant(username, password_hash(PASSWORD, random.randbytes(12)), rules)


class Broker:
    """A Mosquitto with its files; two accounts may do everything, one nothing."""

    def __init__(self, directory: Path) -> None:
        self.port = free_port()
        self.directory = directory
        self.files = BrokerFiles(directory)
        self.mosquitto = Mosquitto(directory, HOST, self.port)
        self.proof = BrokerProof(HOST, self.port)

    def write(self) -> Probe:
        return self.files.write([account("one"), account("two"), account("powerless", ())])

    def start(self) -> None:
        probe = self.write()
        self.mosquitto.start()
        self.proof.prove(probe)

    def connect(self, username: str = "one", password: str = PASSWORD) -> Peer:
        return Peer(self.port, username, password)

    def kill(self) -> None:
        assert self.mosquitto.pid
        os.kill(self.mosquitto.pid, signal.SIGKILL)
        eventually(lambda: not self.mosquitto.is_running)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    made.start()
    yield made
    made.mosquitto.stop()


def test_a_password_hashed_here_is_right_there(broker: Broker) -> None:
    with broker.connect("one", PASSWORD) as right, broker.connect("one", PASSWORD[:-1]) as wrong:
        assert (right.is_refused, wrong.is_refused) == (False, True)


def test_every_setting_that_was_measured_for_is_there(broker: Broker) -> None:
    configuration = (broker.directory / "mosquitto.conf").read_text().splitlines()
    settings = {line for line in configuration if line and not line.startswith("#")}
    assert settings >= {
        f"listener {broker.port} 127.0.0.1",
        "allow_anonymous false",
        "use_username_as_clientid true",
        "max_queued_messages 100000",
        "max_inflight_messages 2000",
        "autosave_interval 60",
        "persistent_client_expiration 7d",
        "max_packet_size 12582912",
        "set_tcp_nodelay true",
        "persistence true",
    }
    assert not [setting for setting in settings if setting.startswith("per_listener_settings")]


def test_it_may_hold_as_many_connections_as_the_machine_allows(broker: Broker) -> None:
    assert broker.mosquitto.pid
    soft, hard = resource.prlimit(broker.mosquitto.pid, resource.RLIMIT_NOFILE)
    assert soft == (65_536 if hard == resource.RLIM_INFINITY else min(65_536, hard))


def test_what_it_keeps_is_for_its_owner_only(broker: Broker) -> None:
    broker.mosquitto.stop()
    kept = [broker.directory / name for name in ("password_file", "acl_file", "mosquitto.db")]
    assert [stat.S_IMODE(file.stat().st_mode) for file in kept] == [0o600] * 3


def test_the_client_id_is_the_user_name_so_that_nobody_throws_another_off(broker: Broker) -> None:
    with (
        Peer(broker.port, "one", PASSWORD, client_id="one") as victim,
        Peer(broker.port, "two", PASSWORD, client_id="one") as thief,
    ):
        assert not thief.is_refused
        victim.hear_out()
        assert victim.disconnects == 0


def test_retained_messages_survive_a_restart(broker: Broker) -> None:
    with broker.connect() as peer:
        peer.publish(("infoscreen/events/1", "[]"), retain=True)
    broker.mosquitto.stop()
    broker.mosquitto.start()
    with broker.connect() as peer:
        peer.subscribe("infoscreen/events/1")
        peer.hear_out()
        assert peer.payloads("infoscreen/events/1") == ["[]"]


def test_a_reload_is_proved_and_drops_no_connection(broker: Broker) -> None:
    with broker.connect() as peer:
        probe = broker.write()
        broker.mosquitto.reload()
        broker.proof.prove(probe)
        peer.hear_out()
        assert peer.disconnects == 0


def test_rights_that_come_later_count_for_a_live_connection_but_retained_messages_need_another_subscription(
    broker: Broker,
) -> None:
    with broker.connect("one") as server, broker.connect("powerless") as device:
        device.subscribe("infoscreen/events/1")
        server.publish(("infoscreen/events/1", "retained"), retain=True)
        probe = broker.files.write([account("one"), account("powerless")])
        broker.mosquitto.reload()
        broker.proof.prove(probe)
        device.hear_out()
        assert device.payloads("infoscreen/events/1") == []
        server.publish(("infoscreen/events/1", "live"))
        device.hear_out()
        assert device.payloads("infoscreen/events/1") == ["live"]
        device.subscribe("infoscreen/events/1")
        device.hear_out()
        assert device.payloads("infoscreen/events/1") == ["live", "retained"]


def test_what_was_not_reloaded_is_not_proved(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker_proof, "PROOF_WITHIN", 0.3)
    with pytest.raises(ReloadLost):
        broker.proof.prove(broker.write())


def test_only_a_refusal_of_its_own_is_taken_for_one_and_only_once(broker: Broker) -> None:
    log = broker.mosquitto.log
    (own,) = eventually(log.take_refusals)
    assert broker.proof.takes_for_its_own(own.port)
    # The system gives a port that is free again to the next program.
    assert not broker.proof.takes_for_its_own(own.port)
    with broker.connect("one", "guessed"):
        (strangers,) = eventually(log.take_refusals)
    assert not broker.proof.takes_for_its_own(strangers.port)


def test_what_is_not_there_is_not_proved(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker_proof, "PROOF_WITHIN", 0.3)
    broker.mosquitto.stop()
    with pytest.raises(BrokerLags):
        broker.proof.prove(broker.write())


def test_a_broker_that_lost_its_rules_is_found_open(broker: Broker) -> None:
    probe = broker.write()
    broker.files.acl_file.unlink()  # 2.0.11 then allows everything to everyone who is logged in
    broker.mosquitto.reload()
    with pytest.raises(BrokerIsOpen):
        broker.proof.prove(probe)


def test_a_broker_that_lets_a_revoked_password_in_is_found_open(broker: Broker) -> None:
    probe = broker.write()
    broker.mosquitto.reload()
    with pytest.raises(BrokerIsOpen):
        broker.proof.prove(Probe(probe.username, probe.password, revoked_password=probe.password))


@pytest.mark.parametrize("missing", ["password_file", "acl_file"])
def test_without_its_files_it_does_not_start(missing: str, broker: Broker) -> None:
    broker.mosquitto.stop()
    (broker.directory / missing).unlink()
    with pytest.raises(BrokerNotStarted, match=missing):
        broker.mosquitto.start()


def test_withdrawn_files_keep_it_from_starting(broker: Broker) -> None:
    broker.mosquitto.stop()
    broker.files.withdraw()
    with pytest.raises(BrokerNotStarted):
        broker.mosquitto.start()


def test_a_port_that_is_taken_is_told(broker: Broker, tmp_path: Path) -> None:
    second = Mosquitto(tmp_path, HOST, broker.port)
    with pytest.raises(BrokerNotStarted, match="Address already in use"):
        second.start()


def test_without_the_program_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_arguments, **_options: None)
    with pytest.raises(BrokerNotStarted, match="install the Debian package “mosquitto”"):
        Mosquitto(tmp_path, HOST, free_port()).start()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda whole: whole[: len(whole) // 2],
    "one byte": lambda _whole: b"\0",
    "empty": lambda _whole: b"",
    "zeros": lambda whole: bytes(len(whole)),
    "foreign": lambda _whole: b"something else" * 200,
    "of another version": lambda whole: whole[:22] + b"\0\x09" + whole[24:],
    "of a wrong length": lambda whole: whole[:0x34] + b"\xff\xff\xff\xff" + whole[0x38:],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_database_is_moved_aside_and_the_broker_starts(damage: str, broker: Broker) -> None:
    with broker.connect() as peer:
        peer.publish(("infoscreen/events/1", "x" * 1_000), retain=True)
    broker.mosquitto.stop()
    database = broker.directory / "mosquitto.db"
    broken = DAMAGES[damage](database.read_bytes())
    database.write_bytes(broken)
    broker.start()
    with broker.connect() as peer:
        assert not peer.is_refused
    if broken:
        assert (broker.directory / "mosquitto.db.broken").read_bytes() == broken


def test_a_killed_broker_can_be_started_again(broker: Broker) -> None:
    broker.kill()
    broker.start()
    with broker.connect() as peer:
        assert not peer.is_refused


def test_it_ends_with_the_process_that_started_it_even_when_that_is_killed(tmp_path: Path) -> None:
    files = BrokerFiles(tmp_path)
    files.write([account("one")])
    starter = (
        "import sys, pathlib; from infoscreen.adapters.mosquitto import Mosquitto;"
        "broker = Mosquitto(pathlib.Path(sys.argv[1]), '127.0.0.1', int(sys.argv[2])); broker.start();"
        "print(broker.pid, file=sys.stderr, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", starter, str(tmp_path), str(free_port())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as parent:
        assert parent.stderr
        child = int(parent.stderr.readline())
        assert is_alive(child)
        parent.kill()
        eventually(lambda: not is_alive(child), timeout=5)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_broker_of_its_own_has_the_same_settings() -> None:
    deployed = (DEPLOYED / "mosquitto.conf").read_text()
    assert SETTINGS in deployed
    assert "per_listener_settings" not in deployed.replace("# There is one set of rules. per_listener_settings", "")
    listeners = [file.read_text() for file in (DEPLOYED / "conf.d").iterdir()]
    assert all("use_username_as_clientid true" in listener.partition("\nlistener ")[2] for listener in listeners)
