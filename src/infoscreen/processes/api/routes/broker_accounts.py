"""`/api/clients/{uuid}/broker-account`: a device's account on the broker."""

from fastapi import APIRouter, Response

from infoscreen.processes.api.account_answers import NO_STORE, account_answer, rotated_answer, waiting_answer
from infoscreen.processes.api.deps import AdminWork, CurrentApp
from infoscreen.processes.api.schemas.base import Success
from infoscreen.processes.api.schemas.broker_accounts import (
    AccountState,
    BrokerAccountAnswer,
    RotatedAccount,
    RotateRequest,
    RotationAnswer,
)
from infoscreen.services import broker_accounts, credential_rotations

router = APIRouter(prefix="/api/clients/{uuid}/broker-account", tags=["clients"])


@router.get("")
def broker_account(uuid: str, work: AdminWork) -> AccountState:
    """The account of a client, without its secrets, and how far its newest rotation is."""
    account = broker_accounts.account_of_client(work, uuid)
    rotation = credential_rotations.rotation_of_client(work, uuid)
    return AccountState(
        username=account.username,
        created_at=account.created_at,
        rotation=RotationAnswer.model_validate(rotation) if rotation else None,
    )


@router.post("", status_code=201)
def make_broker_account(uuid: str, response: Response, work: AdminWork, app: CurrentApp) -> BrokerAccountAnswer:
    """Make the account of a client, and the client where its uuid is new; on the broker within two seconds.

    A client that has one already is answered 409: a password that was lost is renewed, not made again.
    """
    response.headers.update(NO_STORE)
    return account_answer(broker_accounts.make_client_account(work, uuid), app.config.broker)


@router.post("/rotate")
def rotate_broker_account(
    uuid: str, response: Response, work: AdminWork, app: CurrentApp, request: RotateRequest | None = None
) -> RotatedAccount:
    """Let a new password wait until the device has fetched and confirmed it; the old one holds until then.

    With `manual`, for a device that is set up by hand, password and device token are renewed at once and shown here.
    """
    response.headers.update(NO_STORE)
    if request and request.manual:
        return rotated_answer(broker_accounts.renew_client_account(work, uuid), app.config.broker)
    return waiting_answer(credential_rotations.start_rotation(work, uuid), app.config.broker)


@router.delete("")
def revoke_broker_account(uuid: str, work: AdminWork) -> Success:
    """Revoke the account: the device's connection ends within two seconds, and its device token is void."""
    broker_accounts.revoke_client_account(work, uuid)
    return Success()
