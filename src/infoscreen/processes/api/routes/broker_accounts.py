"""`/api/clients/{uuid}/broker-account`: a device's account on the broker."""

from pathlib import Path

from fastapi import APIRouter

from infoscreen.config import BrokerConfig
from infoscreen.processes.api.deps import AdminWork, CurrentApp
from infoscreen.processes.api.schemas.base import Success
from infoscreen.processes.api.schemas.broker_accounts import BrokerAccountAnswer
from infoscreen.services import broker_accounts
from infoscreen.services.broker_accounts import Credentials

router = APIRouter(prefix="/api/clients/{uuid}/broker-account", tags=["clients"])


@router.post("", status_code=201)
def make_broker_account(uuid: str, work: AdminWork, app: CurrentApp) -> BrokerAccountAnswer:
    """Make the account of a client, and the client where its uuid is new; on the broker within two seconds.

    A client that has one already is answered 409: a password that was lost is renewed, not made again.
    """
    return _answer(broker_accounts.make_client_account(work, uuid), app.config.broker)


@router.delete("")
def revoke_broker_account(uuid: str, work: AdminWork) -> Success:
    """Revoke the account: the device's connection ends within two seconds, and its device token is void."""
    broker_accounts.revoke_client_account(work, uuid)
    return Success()


def _answer(credentials: Credentials, broker: BrokerConfig) -> BrokerAccountAnswer:
    return BrokerAccountAnswer(
        username=credentials.username,
        password=credentials.password,
        client_id=credentials.username,
        host=broker.public_host,
        port=broker.port,
        tls=broker.tls_enabled,
        ca_certificate=Path(broker.tls_ca_cert).read_text("utf-8") if broker.tls_ca_cert else None,
        device_token=credentials.device_token,
    )
