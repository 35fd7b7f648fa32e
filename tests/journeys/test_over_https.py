"""Devices and a server that speaks https: enrolment, new passwords and another CA, and nothing told to a stranger."""

import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509

from infoscreen.adapters.pki.certificates import issue_server, make_ca
from infoscreen.processes.clock import utc_now
from infoscreen_device import env_file
from infoscreen_device.enroll import Exit
from ports import free_port
from proxies import Proxy, https
from systems import System
from waiting import eventually

pytestmark = pytest.mark.service

DEVICE = Path(sys.executable).with_name("infoscreen-device")
SERVER = Path(sys.executable).with_name("infoscreen")
QUICK = ("--heartbeat-seconds", "1", "--health-seconds", "1", "--credentials-seconds", "0.5")
TLS = {"MQTT_TLS_ENABLED": "true"}


@dataclass(frozen=True, slots=True)
class School:
    """A system whose broker and whose proxy show certificates of its own CA, for `localhost` and nothing else."""

    system: System
    proxy: Proxy
    address: str

    @property
    def ca(self) -> Path:
        return self.system.data_dir / "pki" / "current" / "ca.crt"

    def pki(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(SERVER), "pki", *arguments, "--data-dir", str(self.system.data_dir)]
        environment = os.environ | TLS | {"PUBLIC_BASE_URL": self.address}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def enroll(self, env: Path, *options: object, address: str | None = None) -> subprocess.CompletedProcess[str]:
        code = self.system.http.post("/api/enrollments", json={}).raise_for_status().json()["code"]
        command = [DEVICE, "enroll", address or self.address, code, "--env", env, *options]
        answer = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=60, check=False)
        assert code not in answer.stdout + answer.stderr
        return answer

    def last_alive(self, uuid: str) -> datetime:
        told = self.system.http.get(f"/api/clients/{uuid}").json()["lastAlive"]
        return datetime.fromisoformat(told).replace(tzinfo=UTC) if told else datetime.min.replace(tzinfo=UTC)

    def is_heard_from_now(self, uuid: str, within: float = 60) -> None:
        since = datetime.now(UTC)
        eventually(lambda: self.last_alive(uuid) > since, within)

    def rotation(self, uuid: str) -> str:
        state: str = self.system.http.get(f"/api/clients/{uuid}/broker-account").json()["rotation"]["state"]
        return state

    def kill_mosquitto(self) -> None:
        """All connections end, and come back by new handshakes."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            if words[0].endswith("mosquitto") and words[-2].startswith(str(self.system.data_dir)):
                os.kill(int(process.name), signal.SIGKILL)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    directory, port = tmp_path_factory.mktemp("https"), free_port()
    address = f"https://localhost:{port}"
    system = System(directory / "data", environment=TLS | {"PUBLIC_BASE_URL": address})
    system.start()
    try:
        certificate = directory / "web.pem"
        command = [str(SERVER), "pki", "issue", "web", "--host", "localhost", "--out", str(certificate)]
        subprocess.run([*command, "--data-dir", str(system.data_dir)], check=True, capture_output=True)
        with https(directory / "nginx", port, system.base_url, certificate) as proxy:
            # The session's cookie is for https only.
            trusted = ssl.create_default_context(cafile=system.data_dir / "pki" / "current" / "ca.crt")
            system.http = httpx.Client(base_url=address, verify=trusted, timeout=30)
            system.log_in()
            yield School(system, proxy, address)
    finally:
        system.stop()


@contextmanager
def at_work(env: Path) -> Iterator[Any]:
    with env.with_suffix(".log").open("ab") as log:
        child = subprocess.Popen([DEVICE, "simulate", "--env", env, *QUICK], stdout=log, stderr=log)
    try:
        yield child
    finally:
        child.terminate()
        child.wait(20)


@pytest.fixture
def env(tmp_path: Path) -> Path:
    return tmp_path / "device.env"


def test_a_device_enrols_and_gets_a_new_password_over_https(school: School, env: Path) -> None:
    told = school.enroll(env, "--ca", school.ca)
    assert told.returncode == 0, told.stderr
    account = env_file.account(env)
    assert (account.server, account.broker.host, account.broker.tls) == (school.address, "localhost", True)
    assert account.broker.ca_certificate == school.ca.read_text()
    with at_work(env):
        school.is_heard_from_now(account.uuid)
        school.system.http.post(f"/api/clients/{account.uuid}/broker-account/rotate").raise_for_status()
        eventually(lambda: school.rotation(account.uuid) == "done", 60)
    school.system.http.delete(f"/api/clients/{account.uuid}").raise_for_status()


def foreign_ca(directory: Path) -> Path:
    (directory / "foreign.crt").write_bytes(make_ca(utc_now()).certificates_pem)
    return directory / "foreign.crt"


@pytest.mark.parametrize("case", ["no CA", "a foreign CA", "another name"])
def test_a_server_that_cannot_be_verified_hears_no_code(school: School, env: Path, tmp_path: Path, case: str) -> None:
    options = {"no CA": (), "a foreign CA": ("--ca", foreign_ca(tmp_path)), "another name": ("--ca", school.ca)}
    address = school.address.replace("localhost", "127.0.0.1") if case == "another name" else None
    told = school.enroll(env, *options[case], address=address)
    assert told.returncode == Exit.NOT_REACHED
    assert "certificate" in told.stderr
    assert "Traceback" not in told.stderr
    assert env_file.read(env)[env_file.UUID] not in school.system.http.get("/api/clients").text
    assert "/api/enroll " not in school.proxy.requests.split("/api/enrollments")[-1]
    assert not env_file.has_account(env_file.read(env))


def test_an_expired_certificate_is_refused_too(school: School, env: Path, tmp_path: Path) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    ca = make_ca(long_ago)
    pair = issue_server(ca, ["localhost"], long_ago)
    (tmp_path / "web.pem").write_bytes(pair.certificates_pem + pair.key_pem)
    (tmp_path / "ca.crt").write_bytes(ca.certificates_pem)
    with https(tmp_path / "nginx", free_port(), school.system.base_url, tmp_path / "web.pem") as old:
        told = school.enroll(env, "--ca", tmp_path / "ca.crt", address=f"https://localhost:{old.port}")
        assert (told.returncode, "expired" in told.stderr, old.requests) == (Exit.NOT_REACHED, True, "")


def test_without_https_nothing_is_sent_over_a_network(school: School, env: Path) -> None:
    told = school.enroll(env, address="http://screens.example")
    assert (told.returncode, "Nothing was sent" in told.stderr) == (Exit.WRONG_USE, True)
    assert not env.exists()


def test_another_ca_reaches_every_device_by_itself_and_one_that_was_away_afterwards(
    school: School, tmp_path: Path
) -> None:
    staying, away = tmp_path / "staying.env", tmp_path / "away" / "away.env"
    away.parent.mkdir()
    for env in (staying, away):
        assert school.enroll(env, "--ca", school.ca).returncode == 0
    here, gone = env_file.account(staying).uuid, env_file.account(away).uuid
    with at_work(staying):
        school.is_heard_from_now(here)
        assert school.pki("rotate", "--ca").returncode == 0
        eventually(lambda: here not in school.pki("status").stderr, 60)
        refused = school.pki("rotate", "--ca")
        assert (refused.returncode, gone in refused.stderr, here in refused.stderr) == (1, True, False)

        for step in (["--ca", "--anyway"], ["--back"], ["--ca", "--anyway"], ["--ca"]):
            assert school.pki("rotate", *step).returncode == 0
            eventually(lambda: is_good(school), 60)
        school.kill_mosquitto()
        school.is_heard_from_now(here)

        # The one that was away trusts the old CA only, of which the proxy's certificate still is.
        with at_work(away):
            school.is_heard_from_now(gone, 90)
    assert "Every device" not in school.pki("status").stdout


def is_good(school: School) -> bool:
    """Whether the broker shows a certificate of what is trusted now, and the newest one."""
    newest = x509.load_pem_x509_certificate((school.ca.parent / "server.crt").read_bytes())
    context = ssl.create_default_context(cafile=school.ca)
    try:
        with (
            socket.create_connection(("127.0.0.1", school.system.mqtt_port), 10) as raw,
            context.wrap_socket(raw, server_hostname="localhost") as connection,
        ):
            shown = connection.getpeercert(binary_form=True)
    except OSError:
        return False
    return shown is not None and x509.load_der_x509_certificate(shown) == newest
