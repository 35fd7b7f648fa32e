"""`infoscreen broker check`: the health check logs in by its own account, and says in a sentence what is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from brokers import PRIVATE, SERVICE, Installation, running_broker
from infoscreen.broker_bootstrap import check_broker
from infoscreen.config import Config, ConfigError
from infoscreen.domain.broker_accounts import BrokerLags
from ports import free_port

pytestmark = pytest.mark.service

HEALTH = "infoscreen-server-health-1"


@pytest.fixture(params=[PRIVATE, SERVICE])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with running_broker(tmp_path, kind=request.param) as installation:
        yield installation


def with_account(broker: Installation, **changes: object) -> Config:
    """As the health check's own environment has it."""
    account = {"username": HEALTH, "password": broker.server_passwords[HEALTH]} | changes
    return replace(broker.app.config, broker=replace(broker.app.config.broker, **account))  # type: ignore[arg-type]


def test_a_broker_that_works_answers(broker: Installation) -> None:
    assert check_broker(with_account(broker), 10) < 10
    if not broker.is_service:
        assert check_broker(broker.app.config, 10) < 10  # the private one's password is in the data directory


def test_a_wrong_password_and_a_broker_that_is_away_are_told(broker: Installation) -> None:
    with pytest.raises(BrokerLags, match="does not let"):
        check_broker(with_account(broker, password="wrong"), 10)
    with pytest.raises(BrokerLags, match="not reachable"):
        check_broker(with_account(broker, port=free_port()), 10)


def test_another_processes_account_is_not_used(broker: Installation) -> None:
    with pytest.raises(ConfigError, match=HEALTH):
        check_broker(with_account(broker, username="infoscreen-server-api-1"), 10)
