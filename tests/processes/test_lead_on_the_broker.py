"""Schedulers on a real broker and database: whoever is killed or suspended, one publishes, and never two.

Each scheduler is a process of its own with an account of its own. Who published is what the broker's log says, in the
broker's order; when, and what is retained, is what a client sees.
"""

import os
import pwd
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate, groupby
from pathlib import Path

import pytest

from applications import Clock, RememberingBus, started_app
from brokers import HOST, Peer
from databases import MariaDb
from infoscreen.adapters.broker_files import BrokerFiles
from infoscreen.bootstrap import App
from infoscreen.db.events import Event
from infoscreen.db.groups import Group
from infoscreen.domain.broker_accounts import Grant, password_hash
from infoscreen.processes.clock import utc_now
from infoscreen.services import broker_accounts
from infoscreen_wire.access import Actor, Rule, server_rules
from ports import free_port
from waiting import eventually

pytestmark = [pytest.mark.service, pytest.mark.timeout(600)]

SUSPENDED = Path(__file__).parent / "suspended_scheduler.py"
PASSWORD = "a password of the tests"
LONGEST_WITHOUT = 15.0
# Four schools at once, so that twenty leaders die in the time that five take.
SCHOOLS, ROUNDS = 4, 5
MESSAGES_OF_A_LEADER = 5
BROKER = """\
listener {port} {host}
allow_anonymous false
password_file {directory}/password_file
acl_file {directory}/acl_file
log_dest stderr
log_type all
user {user}
"""
PUBLISHED = re.compile(r"Received PUBLISH from (infoscreen-server-scheduler-\d+) \(d\d, q\d, r1, ")


def account(number: int) -> str:
    return f"infoscreen-server-scheduler-{number}"


@dataclass
class Contest:
    """A database, a broker that logs who publishes what, and schedulers."""

    app: App
    directory: Path
    port: int = field(default_factory=free_port)
    schedulers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def broker_log(self) -> Path:
        return self.directory / "broker.log"

    @contextmanager
    def broker(self) -> Iterator[None]:
        rules = server_rules(Actor.SCHEDULER)
        salted = password_hash(PASSWORD, b"a dozen byte")
        grants = [Grant(account(number), salted, rules) for number in range(1, 3 + ROUNDS)]
        everything = (Rule("infoscreen/#", publish=False, subscribe=True),)
        BrokerFiles(self.directory).write([*grants, Grant("observer", salted, everything)])
        user = pwd.getpwuid(os.getuid()).pw_name
        conf = self.directory / "mosquitto.conf"
        conf.write_text(BROKER.format(port=self.port, host=HOST, directory=self.directory, user=user))
        with self.broker_log.open("wb") as log:
            child = subprocess.Popen(["/usr/sbin/mosquitto", "-c", str(conf)], stderr=log)
        try:
            eventually(lambda: b"running" in self.broker_log.read_bytes())
            yield
        finally:
            child.kill()
            child.wait()

    def start(self, *program: str | Path, refresh_seconds: int = 1) -> str:
        """Start a scheduler, the real command unless another program is named; returns its account."""
        username = account(len(self.schedulers) + 1)
        environment = os.environ | {
            "DATA_DIR": str(self.directory),
            "DB_CONN": self.app.engine.url.render_as_string(hide_password=False),
            "SECRET_KEY": "k" * 40,
            "MQTT_BROKER_HOST": HOST,
            "MQTT_BROKER_PORT": str(self.port),
            "MQTT_USER": username,
            "MQTT_PASSWORD": PASSWORD,
            "POLL_INTERVAL_SECONDS": "1",
            # Everything again so often, so that whoever leads is heard all the time.
            "REFRESH_SECONDS": str(refresh_seconds),
        }
        command = [sys.executable, *(program or ("-m", "infoscreen", "scheduler"))]
        with (self.directory / f"{username}.log").open("wb") as log:
            self.schedulers[username] = subprocess.Popen(
                command, env=environment, cwd=self.directory, stdout=log, stderr=log
            )
        return username

    def publishers(self) -> list[str]:
        """Who published something retained, in the broker's order."""
        return PUBLISHED.findall(self.broker_log.read_text())

    def is_ready(self, username: str) -> bool:
        """Whether a scheduler leads, or knows how the lead stands and could take it."""
        told = (self.directory / f"{username}.log").read_text()
        return "scheduler_leads" in told or "publishing_goes_on" in told

    def leader(self) -> str:
        """Who published last, as soon as that is one that lives and has done so for a while."""

        def last() -> str:
            found = self.publishers()[-MESSAGES_OF_A_LEADER:]
            is_one = len(found) == MESSAGES_OF_A_LEADER and len(set(found)) == 1
            return found[0] if is_one and self.schedulers[found[0]].poll() is None else ""

        return eventually(last, timeout=60)

    def kill(self, username: str) -> None:
        self.schedulers[username].kill()
        self.schedulers[username].wait()

    def observer(self) -> Peer:
        return Peer(self.port, "observer", PASSWORD)


@contextmanager
def contest(directory: Path, database_url: str) -> Iterator[Contest]:
    directory.mkdir()
    app = started_app(database_url, directory, Clock(utc_now()), RememberingBus())
    with app.work() as work:
        broker_accounts.note_applied(work, broker_accounts.sync_state(work)[0])
    contest = Contest(app, directory)
    try:
        with contest.broker():
            yield contest
    finally:
        for username in contest.schedulers:
            contest.kill(username)
        app.engine.dispose()


def kill_leader(contest: Contest) -> float:
    """Kill who leads while another waits, start a third, and wait until one publishes; when it was killed."""
    eventually(lambda: all(contest.is_ready(username) for username in contest.schedulers), timeout=120)
    killed = contest.leader()
    contest.kill(killed)
    killed_at = time.monotonic()
    contest.start()
    eventually(lambda: contest.leader() != killed, timeout=60)
    return killed_at


def seconds_without(killed_at: list[float], turns: list[int], heard: list[float]) -> float:
    """The longest time from a leader's death, or its last message if that came later, to the first of the next.

    `turns` has how many messages each leader sent, one after the other.
    """
    firsts = list(accumulate(turns))[:-1]
    return max(heard[first] - max(at, heard[first - 1]) for at, first in zip(killed_at, firsts, strict=True))


def kill_again_and_again(contenders: Contest) -> float:
    """Seconds that nobody led at most, while leader after leader died."""
    with contenders.observer() as peer:
        peer.subscribe("infoscreen/#")
        contenders.start()
        contenders.start()
        killed_at = [kill_leader(contenders) for _ in range(ROUNDS)]
        turns = [(publisher, len(list(group))) for publisher, group in groupby(contenders.publishers())]
        peer.hear_out()
        heard = [message.timestamp for message in peer.received]
    leaders = [publisher for publisher, _ in turns]
    assert len(leaders) == len(set(leaders)) == ROUNDS + 1, f"one published after the next had begun: {leaders}"
    return seconds_without(killed_at, [number for _, number in turns], heard)


def test_a_leader_that_is_killed_twenty_times_is_followed_by_one_each_time(mariadb: MariaDb, tmp_path: Path) -> None:
    databases = [
        f"sqlite:///{tmp_path / f'lead-{number}.db'}" if number % 2 else mariadb.new_database()
        for number in range(SCHOOLS)
    ]
    with ExitStack() as stack, ThreadPoolExecutor(SCHOOLS) as pool:
        schools = [
            stack.enter_context(contest(tmp_path / f"school-{number}", url)) for number, url in enumerate(databases)
        ]
        gaps = list(pool.map(kill_again_and_again, schools))
    assert max(gaps) < LONGEST_WITHOUT, gaps


@pytest.fixture
def contenders(mariadb: MariaDb, tmp_path: Path) -> Iterator[Contest]:
    with contest(tmp_path / "school", mariadb.new_database()) as contenders:
        yield contenders


def plan(contest: Contest) -> int:
    """Put a message on for an hour in a room; returns its id."""
    now = utc_now().replace(microsecond=0)
    with contest.app.work() as work:
        group = Group(name="Aula", created_at=now)
        work.session.add(group)
        work.session.flush()
        event = Event(
            subject="Willkommen",
            group_id=group.id,
            start_time=now - timedelta(minutes=1),
            end_time=now + timedelta(hours=1),
            type="message",
            message_content="Willkommen",
            skip_holidays=False,
            is_active=True,
            created_at=now,
        )
        work.session.add(event)
        work.session.flush()
        return event.id


def change(contest: Contest, event_id: int, **values: object) -> None:
    with contest.app.work() as work:
        event = work.session.get_one(Event, event_id)
        for name, value in values.items():
            setattr(event, name, value)
        event.version += 1


def is_suspended(child: subprocess.Popen[bytes]) -> bool:
    return Path(f"/proc/{child.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "T"


def test_what_a_suspended_leader_sends_late_does_not_stay(contenders: Contest, tmp_path: Path) -> None:
    """Between the proof and the send nobody can be held back: one stale list goes out, and is published over."""
    ask = tmp_path / "stop"
    event_id = plan(contenders)
    with contenders.observer() as peer:
        peer.subscribe("infoscreen/events/+")
        first = contenders.start(SUSPENDED, ask, refresh_seconds=0)
        topic = eventually(lambda: next((m.topic for m in peer.received if b"Willkommen" in m.payload), ""), 60)
        second = contenders.start(refresh_seconds=0)
        ask.touch()
        change(contenders, event_id, subject="Veraltet")
        child = contenders.schedulers[first]
        eventually(lambda: is_suspended(child), 60)
        change(contenders, event_id, is_active=False)
        eventually(lambda: peer.payloads(topic)[-1] == "[]", 60)
        before = contenders.publishers().count(first)
        child.send_signal(signal.SIGCONT)
        eventually(lambda: any("Veraltet" in payload for payload in peer.payloads(topic)), 60)
        eventually(lambda: peer.payloads(topic)[-1] == "[]", 60)
        assert contenders.publishers().count(first) == before + 1, "it published more than it was about to"
        assert set(contenders.publishers()[-2:]) == {second}
    with contenders.observer() as late:
        late.subscribe("infoscreen/events/+")
        late.hear_out()
        assert late.payloads(topic) == ["[]"]
