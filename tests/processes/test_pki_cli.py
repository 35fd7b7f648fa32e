"""`infoscreen pki`: what an operator types, what is answered, and the exit codes that monitoring reads."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from typer.testing import CliRunner, Result

from applications import configuration
from infoscreen.adapters.pki.authority import Authority
from infoscreen.adapters.pki.certificates import make_ca, pem
from infoscreen.bootstrap import App, build_app
from infoscreen.processes.cli import app, running
from infoscreen.processes.clock import utc_now
from infoscreen.services import broker_accounts
from infoscreen_wire.trust import fingerprint

HOST = "broker.example"
NOW = datetime.now(UTC)
AULA = "9b8d1856-ff34-4864-a726-12de072d0f77"
GYM = "11111111-ff34-4864-a726-12de072d0f77"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of the test's own, and no `.env`; logs stay as they are, or they would go to a closed file."""
    monkeypatch.setattr(running, "set_up_logs", lambda *_: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def pki(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["pki", *arguments])


def test_without_a_pki_the_status_is_critical_and_tells_what_to_do() -> None:
    answer = pki("status")
    assert (answer.exit_code, "infoscreen pki init" in answer.output) == (2, True)


def test_a_new_pki_is_fine_and_for_the_host_asked_for() -> None:
    assert pki("init", "--host", HOST).exit_code == 0
    answer = pki("status", "--json")
    told = json.loads(answer.stdout)
    assert (answer.exit_code, told["stage"], told["isHeld"]) == (0, "steady", False)
    assert HOST in told["certificates"][0]["hosts"]
    assert "PRIVATE KEY" not in answer.output


def test_without_a_host_it_is_for_the_name_that_devices_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://screens.school.example")
    pki("init")
    assert "screens.school.example" in json.loads(pki("status", "--json").stdout)["certificates"][0]["hosts"]


def test_a_second_beginning_is_refused() -> None:
    pki("init")
    answer = pki("init")
    assert (answer.exit_code, "infoscreen pki rotate" in answer.output) == (1, True)


@pytest.mark.parametrize(("days_ago", "code"), [(330, 0), (336, 1), (364, 1), (366, 2)])
def test_the_exit_code_is_that_of_a_monitoring_plugin(days_ago: int, code: int, data_dir: Path) -> None:
    Authority(data_dir / "pki").init([HOST], NOW - timedelta(days=days_ago))
    assert pki("status").exit_code == code


def test_a_renewal_can_be_taken_back_and_that_is_told() -> None:
    first = json.loads(pki("init", "--json").stdout)["certificates"][0]["serial"]
    renewed = json.loads(pki("rotate", "--json").stdout)["certificates"][0]["serial"]
    back = json.loads(pki("rotate", "--back", "--json").stdout)
    assert (renewed != first, back["certificates"][0]["serial"], back["isHeld"]) == (True, first, True)
    assert "taken back" in pki("status").output
    assert pki("rotate", "--back").exit_code == 1


def test_each_step_of_the_ca_says_which_comes_next(data_dir: Path) -> None:
    database(data_dir)
    pki("init")
    stages = [json.loads(pki("rotate", "--ca", "--json").stdout)["stage"] for _ in range(2)]
    assert stages == ["both_trusted", "switched"]
    assert "infoscreen pki rotate --ca" in pki("status").output
    assert json.loads(pki("rotate", "--ca", "--json").stdout)["stage"] == "steady"


def database(data_dir: Path) -> App:
    app = build_app(configuration(data_dir), utc_now)
    app.upgrade_database()
    return app


def test_the_next_ca_does_not_issue_while_a_device_is_not_known_to_trust_it(data_dir: Path) -> None:
    app = database(data_dir)
    for uuid in (AULA, GYM):
        with app.work() as work:
            broker_accounts.make_client_account(work, uuid)
    pki("init")
    assert pki("rotate", "--ca").exit_code == 0
    trusted = fingerprint((data_dir / "pki" / "current" / "ca.crt").read_text())
    with app.work() as work:
        broker_accounts.note_trusted(work, AULA, trusted)
    refused = pki("rotate", "--ca")
    assert (refused.exit_code, GYM in refused.output, AULA in refused.output) == (1, True, False)
    assert "both_trusted" in pki("status", "--json").stdout
    assert GYM in pki("status").output
    with app.work() as work:
        broker_accounts.note_trusted(work, GYM, trusted)
    assert "Every device" in pki("status").output
    assert pki("rotate", "--ca").exit_code == 0
    assert pki("rotate", "--back").exit_code == 0


def test_without_a_database_nobody_knows_and_only_an_operator_who_insists_goes_on(data_dir: Path) -> None:
    pki("init")
    pki("rotate", "--ca")
    refused = pki("rotate", "--ca")
    assert (refused.exit_code, "--anyway" in refused.output) == (1, True)
    assert pki("rotate", "--ca", "--anyway").exit_code == 0


def test_a_given_ca_is_taken(tmp_path: Path) -> None:
    school = make_ca(NOW)
    (tmp_path / "ca.crt").write_bytes(school.certificates_pem)
    (tmp_path / "ca.key").write_bytes(pem(school.key))
    assert pki("init", "--ca-cert", "ca.crt").exit_code == 2
    assert pki("init", "--ca-cert", "ca.crt", "--ca-key", "ca.key").exit_code == 0
    assert school.certificate.subject.rfc4514_string() in pki("status").output


def test_a_certificate_for_a_client_is_its_owners_only_and_its_key_is_not_printed(tmp_path: Path) -> None:
    pki("init")
    answer = pki("issue", "nagios", "--out", str(tmp_path / "nagios.pem"))
    assert (answer.exit_code, "PRIVATE" in answer.output) == (0, False)
    assert (tmp_path / "nagios.pem").stat().st_mode & 0o777 == 0o600
    issued = x509.load_pem_x509_certificate((tmp_path / "nagios.pem").read_bytes())
    assert issued.subject.rfc4514_string() == "CN=nagios"


@pytest.mark.parametrize("wrong", [["--host", "not a host"], ["--ca-cert", "nowhere", "--ca-key", "nowhere"]])
def test_what_cannot_be_done_is_a_sentence_and_leaves_nothing(wrong: list[str], data_dir: Path) -> None:
    answer = pki("init", *wrong)
    assert (answer.exit_code, answer.output.count("\n"), "Traceback" in answer.output) == (1, 1, False)
    assert not (data_dir / "pki" / "current").exists()


def test_a_given_certificate_that_cannot_be_read_is_critical(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MQTT_BROKER_HOST": HOST, "MQTT_TLS_ENABLED": "true", "MQTT_TLS_CA_CERT": "/nowhere"}.items():
        monkeypatch.setenv(name, value)
    answer = pki("status")
    assert (answer.exit_code, "/nowhere" in answer.output) == (2, True)
