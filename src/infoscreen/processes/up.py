"""`infoscreen up`: the whole system on one machine, as child processes that are started again when they die."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import httpx
import structlog

from infoscreen.broker_config import reachable
from infoscreen.config import Config
from infoscreen.processes.forks import Fork

log = structlog.get_logger()

BROKER = "broker"
# Children of an `up` that was killed would keep its ports and its data.
DIES_WITH_PARENT = ("setpriv", "--pdeathsig", "TERM", "--")
# Long enough for the server to see the silence of a restart, short enough for somebody who watches it.
DEMO_BOOT_SECONDS = ("17", "25")
BROKER_ENDS_WITHIN_SECONDS = 4
# A machine that does much else takes its time to start five programs; one of them that dies tells of a fault.
READY_WITHIN_SECONDS = 600
READY_WITHOUT_ONE_SECONDS = 60
END_WITHIN_SECONDS = 8
LONGEST_PAUSE_SECONDS = 30
# A process that ran for this long counts as healthy again, and its next restart is quick.
HEALTHY_AFTER_SECONDS = 60


class Running(Protocol):
    """A process that was started; `poll` tells its exit code once it has ended."""

    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


@dataclass(slots=True)
class Child:
    """One child process and how its restarts went."""

    name: str
    begin: Callable[[], Running]
    process: Running | None = None
    started_at: float = 0.0
    pause: float = 1.0
    start_after: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Start the process."""
        self.process = self.begin()
        self.started_at = time.monotonic()

    def look(self) -> None:
        """Start the process if it is due; plan the next start, later and later, when it has died."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_after:
                self.start()
        elif (code := self.process.poll()) is not None:
            ran = now - self.started_at
            self.pause = 1.0 if ran > HEALTHY_AFTER_SECONDS else min(self.pause * 2, LONGEST_PAUSE_SECONDS)
            log.error("process_died", name=self.name, exit_code=code, again_in_seconds=self.pause)
            self.process, self.start_after = None, now + self.pause


def environment_of_children(config: Config) -> Mapping[str, str]:
    """What the server's processes are told, so that all of them have one configuration."""
    return {
        "DATA_DIR": str(config.data_dir),
        "HTTP_HOST": config.http.host,
        "HTTP_PORT": str(config.http.port),
        "MQTT_BROKER_PORT": str(config.broker.port),
        # The processes' figures, so that the API can tell those of all.
        "PROMETHEUS_MULTIPROC_DIR": str(_empty(config.data_dir / "metrics")),
    }


def server_children(config: Config, run: Callable[[str], None]) -> list[Child]:
    """The server's processes; without a broker of its own the installation gets a private one.

    `run` is what a process does, given its name.
    """
    names = [BROKER] if config.broker.private else []
    names += ["api", "listener", "scheduler", "worker"]
    return [Child(name, partial(Fork, f"infoscreen {name}", partial(run, name))) for name in names]


def _empty(directory: Path) -> Path:
    """A directory without what processes of an earlier start have left there."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(mode=0o700)
    return directory


def simulator_child(config: Config, devices: Path, faults: Path, zone: ZoneInfo) -> Child:
    """The demo's virtual devices, whose clocks show the school's time, with what goes wrong with some of them."""
    program = Path(sys.executable).with_name("infoscreen-device")
    broker = ["--host", config.broker.host, "--port", str(config.broker.port)]
    files = ["--devices", str(devices), "--faults", str(faults)]
    command = [*DIES_WITH_PARENT, str(program), "simulate", *files, *broker, "--boot-seconds", *DEMO_BOOT_SECONDS]
    environment = os.environ | {"TZ": zone.key}
    return Child("devices", lambda: subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL))


def watch(children: list[Child], stop: threading.Event) -> None:
    """Keep the children running until told to stop."""
    while not stop.wait(0.2):
        for child in children:
            child.look()


def end(children: list[Child]) -> None:
    """End the children, the broker after those that still speak through it; what does not end in time is killed."""
    for is_broker, within in ((False, END_WITHIN_SECONDS), (True, BROKER_ENDS_WITHIN_SECONDS)):
        deadline = time.monotonic() + within
        processes = [child.process for child in children if child.process and (child.name == BROKER) == is_broker]
        for process in processes:
            process.terminate()
        for process in processes:
            _end(process, deadline)


def _end(process: Running, deadline: float) -> None:
    is_killed = False
    while process.poll() is None:
        if not is_killed and time.monotonic() > deadline:
            process.kill()
            is_killed = True
        time.sleep(0.02)


def wait_until_ready(config: Config, children: list[Child], stop: threading.Event) -> bool:
    """Keep the children running until `GET /health` answers 200.

    False when it does not within ten minutes; within one where a child has died.
    """
    begun, within = time.monotonic(), READY_WITHIN_SECONDS
    with httpx.Client(base_url=f"http://{reachable(config.http.host)}:{config.http.port}", timeout=2) as http:
        while not stop.wait(0.1):
            if _is_ready(http):
                return True
            for child in children:
                child.look()
                if child.process is None:
                    within = READY_WITHOUT_ONE_SECONDS
            if time.monotonic() - begun > within:
                return False
    return False


def _is_ready(http: httpx.Client) -> bool:
    try:
        return http.get("/health").status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
