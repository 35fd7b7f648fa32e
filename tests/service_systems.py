"""The whole system with a Mosquitto that is a service of its own: every process by itself, as systemd units have it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from brokers import HOST, SERVICE, Service, service_configuration, service_directory
from infoscreen.bootstrap import build_app
from infoscreen.broker_bootstrap import broker_service
from infoscreen.domain.broker_accounts import SERVER_USERNAMES
from infoscreen.processes import broker as keeper
from infoscreen.processes.broker import SyncOutcome
from infoscreen.processes.clock import utc_now
from infoscreen.processes.start import prepare
from infoscreen.services import server_accounts
from systems import PASSWORD, START_SECONDS, USERNAME, System
from waiting import eventually

PROGRAM = str(Path(sys.executable).with_name("infoscreen"))
PROCESSES = ("api", "listener", "scheduler", "worker")


class ServiceSystem(System):
    """Set up as docs/operations/broker.md says; each process has its account's password in a file of its own."""

    def __init__(self, data_dir: Path, environment: Mapping[str, str] | None = None) -> None:
        super().__init__(data_dir)
        data_dir.mkdir(parents=True)
        self.secrets = data_dir / "secrets"
        self._config = service_configuration(
            data_dir,
            self.mqtt_port,
            http_port=self.http_port,
            public_base_url=self.base_url,
            default_superadmin_username=USERNAME,
            default_superadmin_password=PASSWORD,
        )
        directory = service_directory(self._config)
        self.environment = os.environ | {
            "DATA_DIR": str(data_dir),
            "SECRET_KEY": self._config.secret_key,
            "HTTP_PORT": str(self.http_port),
            "PUBLIC_BASE_URL": self.base_url,
            "MQTT_BROKER_HOST": HOST,
            "MQTT_BROKER_PORT": str(self.mqtt_port),
            "MQTT_BROKER_FILES_DIR": str(directory / "infoscreen"),
            "MQTT_BROKER_PID_FILE": str(directory / "mosquitto.pid"),
            "MQTT_BROKER_LOG_FILE": str(directory / "mosquitto.log"),
            **(environment or {}),
        }
        self._service = Service(directory, self.mqtt_port)
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._starts: dict[str, Callable[[], None]] = {}

    def start(self) -> None:
        """Start broker and processes, and wait until the API is ready."""
        app = build_app(self._config, utc_now)
        prepare(app)
        self.secrets.mkdir(mode=0o700)
        for username in SERVER_USERNAMES:
            with app.work() as work:
                (self.secrets / username).write_text(server_accounts.add_account(work, username, None))
        assert keeper.sync_once(app, broker_service(self._config)) is SyncOutcome.WRITTEN
        app.engine.dispose()
        self._service.start()
        self._run("keeper", "broker", "sync", "--watch")
        metrics = self.data_dir / "metrics"
        metrics.mkdir()
        for process in PROCESSES:
            username = f"infoscreen-server-{process}-1"
            secret = {"MQTT_USER": username, "MQTT_PASSWORD_FILE": str(self.secrets / username)}
            self._run(process, process, PROMETHEUS_MULTIPROC_DIR=str(metrics), **secret)
        eventually(self._is_ready, timeout=START_SECONDS)

    def stop(self) -> int:
        """End the processes, then the broker."""
        for child in self._children.values():
            child.terminate()
        codes = [child.wait(30) for child in self._children.values()]
        self._service.stop()
        return max(codes)

    def children(self) -> dict[str, int]:
        """The processes that were started: name → process id."""
        return {name: child.pid for name, child in self._children.items()}

    def start_again(self) -> None:
        """Start what has died, as systemd does."""
        for name, child in self._children.items():
            if child.poll() is not None:
                self._starts[name]()

    def _is_ready(self) -> bool:
        assert all(child.poll() is None for child in self._children.values()), self.log()
        return self.answers_well()

    def _run(self, name: str, *words: str, **environment: str) -> None:
        self._starts[name] = partial(self._run, name, *words, **environment)
        with self._log.open("ab") as log:
            command = [PROGRAM, *words]
            self._children[name] = subprocess.Popen(
                command, env=self.environment | environment, stdout=log, stderr=log, start_new_session=True
            )


@contextmanager
def running_on(kind: str, directory: Path, environment: Mapping[str, str] | None = None) -> Iterator[System]:
    """The whole system, logged in to: by `infoscreen up`, or beside a broker that is a service of its own."""
    data_dir = directory / "data"
    system = ServiceSystem(data_dir, environment) if kind == SERVICE else System(data_dir, environment=environment)
    try:
        system.start()
        system.log_in()
        yield system
    finally:
        system.stop()
