"""What docs/operations and deploy/ tell an administrator to load is taken by the programs that load it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from brokers import DEPLOYED, Peer
from service_systems import ServiceSystem
from waiting import eventually

pytestmark = pytest.mark.service

DOCS = Path(__file__).parents[2] / "docs" / "operations"
FIREWALLS = [
    (page.name, text)
    for page in sorted(DOCS.glob("*.md"))
    for text in re.findall(r"```\n(table inet.*?)```", page.read_text(), re.DOTALL)
]


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(("page", "text"), FIREWALLS)
def test_the_firewalls_rules_are_rules(page: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "rules").write_text(text)
    checked = run("/usr/sbin/nft", "-c", "-f", tmp_path / "rules")
    if "Operation not permitted" in checked.stderr:
        pytest.skip("only root may ask nft")
    assert (checked.returncode, checked.stderr) == (0, ""), page


def test_both_pages_have_such_rules() -> None:
    assert {page for page, _ in FIREWALLS} == {"broker.md", "tls.md"}


def test_systemd_finds_nothing_to_say_about_the_units(tmp_path: Path) -> None:
    shutil.copytree(DEPLOYED / "mosquitto.service.d", tmp_path / "mosquitto.service.d")
    debian = Path("/lib/systemd/system/mosquitto.service")
    for unit in (debian, *DEPLOYED.glob("*.service"), *DEPLOYED.glob("*.timer")):
        shutil.copy(unit, tmp_path)
    for file in (file for file in tmp_path.rglob("*") if file.is_file()):
        placed = file.read_text().replace("/opt/infoscreen/.venv/bin", str(Path(sys.executable).parent))
        file.write_text(placed.replace("/usr/local/lib/infoscreen", str(DEPLOYED)))
    checked = run("systemd-analyze", "verify", *tmp_path.glob("*.service"), *tmp_path.glob("*.timer"))
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


def test_the_jail_is_taken(tmp_path: Path) -> None:
    shutil.copytree("/etc/fail2ban", tmp_path / "fail2ban")
    shutil.rmtree(tmp_path / "fail2ban" / "jail.d")
    for kind, name in (("filter", "filter.d"), ("jail", "jail.d")):
        target = tmp_path / "fail2ban" / name
        target.mkdir(exist_ok=True)
        shutil.copy(DEPLOYED / "fail2ban" / f"{kind}.conf", target / "infoscreen-broker.conf")
    assert run("fail2ban-client", "-c", tmp_path / "fail2ban", "-t").returncode == 0
    actions = run("fail2ban-client", "-c", tmp_path / "fail2ban", "-d").stdout
    assert "nft" in actions
    assert "iptables" not in actions


def test_fail2ban_finds_a_login_that_a_real_broker_refused(tmp_path: Path) -> None:
    system = ServiceSystem(tmp_path / "data")
    try:
        system.start()
        with Peer(system.mqtt_port, "infoscreen-client-ffffffff", "guessed") as stranger:
            assert stranger.is_refused
        eventually(lambda: "broker_login_refused" in system.log(), timeout=30)
    finally:
        system.stop()
    (tmp_path / "log").write_text(system.log())
    found = run("fail2ban-regex", "-o", "ip", tmp_path / "log", DEPLOYED / "fail2ban" / "filter.conf")
    assert set(found.stdout.split()) == {"127.0.0.1"}
