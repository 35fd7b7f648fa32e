"""The answer that tells a device its account: the same after enrolment, by hand and after a renewal."""

from pathlib import Path
from typing import Any

from infoscreen.broker_config import BrokerConfig
from infoscreen.processes.api.schemas.broker_accounts import BrokerAccountAnswer, RotatedAccount, RotationAnswer
from infoscreen.services.broker_accounts import Credentials
from infoscreen.services.credential_rotations import CredentialRotation

# An answer with a password in it stays in no cache.
NO_STORE = {"Cache-Control": "no-store"}


def account_answer(credentials: Credentials, broker: BrokerConfig) -> BrokerAccountAnswer:
    """Everything a device needs to connect."""
    secrets = {"password": credentials.password, "device_token": credentials.device_token}
    return BrokerAccountAnswer(**_connection(credentials.username, broker), **secrets)


def rotated_answer(credentials: Credentials, broker: BrokerConfig) -> RotatedAccount:
    """The renewed account of a device that is set up by hand."""
    return RotatedAccount(**dict(account_answer(credentials, broker)), rotation=None)


def waiting_answer(rotation: CredentialRotation, broker: BrokerConfig) -> RotatedAccount:
    """The account of a device that will fetch its new password itself."""
    told = RotationAnswer.model_validate(rotation)
    return RotatedAccount(**_connection(rotation.username, broker), password=None, device_token=None, rotation=told)


def _connection(username: str, broker: BrokerConfig) -> dict[str, Any]:
    return {
        "username": username,
        "client_id": username,
        "host": broker.public_host,
        "port": broker.port,
        "tls": broker.tls_enabled,
        "ca_certificate": ca_certificate(broker),
    }


def ca_certificate(broker: BrokerConfig) -> str | None:
    """Every CA that the broker's certificate may be from (PEM), while one takes another's place both."""
    return Path(broker.tls_ca_cert).read_text("utf-8") if broker.tls_ca_cert else None
