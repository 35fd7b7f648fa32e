"""Several listeners store each message once: none that does not share starts where there may be another one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from applications import Clock, RememberingBus, started_app
from infoscreen.services import server_accounts

PROGRAM = Path(sys.executable).with_name("infoscreen")


def listener(data_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATA_DIR": str(data_dir), "MQTT_LISTENERS_SHARE": "false"}
    arguments = [str(PROGRAM), "listener", *words]
    return subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(("accounts", "words"), [(1, ["--instance", "2"]), (2, [])])
def test_a_listener_that_does_not_share_starts_only_where_it_is_the_only_one(
    tmp_path: Path, accounts: int, words: list[str]
) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    app = started_app(f"sqlite:///{data_dir / 'infoscreen.db'}", data_dir, Clock(), RememberingBus())
    with app.work() as work:
        for number in range(1, accounts + 1):
            server_accounts.add_account(work, f"infoscreen-server-listener-{number}", None)
    app.engine.dispose()
    done = listener(data_dir, *words)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "MQTT_LISTENERS_SHARE: several listeners need it" in done.stderr
