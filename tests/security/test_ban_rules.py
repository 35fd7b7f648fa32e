"""The fail2ban filter in deploy/ finds the address in what the process beside the broker really logs."""

import configparser
import re
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
import structlog

from applications import configuration
from brokers import DEPLOYED
from infoscreen.processes.logs import set_up_logs

ADDRESSES = r"(?P<host>[0-9a-f.:]+)"


def failures(line: str) -> list[str]:
    filters = configparser.ConfigParser(interpolation=None)
    filters.read(DEPLOYED / "fail2ban" / "filter.conf")
    rules = filters["Definition"]["failregex"].replace("<HOST>", ADDRESSES).splitlines()
    return [found["host"] for rule in rules if (found := re.search(rule.strip(), line))]


@pytest.mark.parametrize("account", ["", "infoscreen-client-9b8d1856"])
@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_refused_login_is_found_with_its_address(
    log_format: Literal["text", "json"], account: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = structlog.get_config()
    set_up_logs(replace(configuration(tmp_path), log_format=log_format), "broker-sync")
    try:
        structlog.get_logger().warning("broker_login_refused", address="10.0.3.99", account=account)
        structlog.get_logger().warning("something_else", address="10.0.3.98", account=account)
    finally:
        structlog.configure(**before)
        structlog.contextvars.clear_contextvars()
    told = [failures(line) for line in capsys.readouterr().err.splitlines()]
    assert told == [["10.0.3.99"], []]
