"""`/api/device`: what a device asks for itself, with its device token."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from infoscreen.processes.api.account_answers import NO_STORE, ca_certificate
from infoscreen.processes.api.deps import CallingDevice, CurrentApp
from infoscreen.processes.api.schemas.base import Success
from infoscreen.processes.api.schemas.broker_accounts import ConfirmRequest, DeviceCredentials, WaitingCredentials
from infoscreen.services import broker_accounts, credential_rotations

router = APIRouter(prefix="/api/device", tags=["device"])

TrustedNow = Annotated[str | None, Query(alias="caFingerprint", pattern="^[0-9a-f]{64}$")]


@router.get("/credentials")
def device_credentials(
    uuid: CallingDevice, response: Response, app: CurrentApp, ca_fingerprint: TrustedNow = None
) -> DeviceCredentials:
    """The new password that waits for this device, if there is one, and the CAs to trust; the same until it is renewed.

    `caFingerprint` tells what the device trusts now: the SHA-256 of the PEM text, so that nobody is left behind when
    the CA is renewed.
    """
    response.headers.update(NO_STORE)
    with app.reading() as work:
        account = broker_accounts.account_of_client(work, uuid)
        waiting = credential_rotations.waiting_password(work, uuid)
    if ca_fingerprint and ca_fingerprint != account.ca_fingerprint:
        with app.work() as work:
            broker_accounts.note_trusted(work, uuid, ca_fingerprint)
    return DeviceCredentials(
        username=account.username,
        ca_certificate=ca_certificate(app.config.broker),
        waiting=WaitingCredentials(rotation_id=waiting.rotation_id, password=waiting.password) if waiting else None,
    )


@router.post("/credentials/confirm")
def confirm_credentials(request: ConfirmRequest, uuid: CallingDevice, app: CurrentApp) -> Success:
    """Take the device's word: the new password is on its disk, beside the old one, and holds from now on.

    Saying so again changes nothing. Not back within 60 seconds, the old one holds again.
    """
    with app.work() as work:
        credential_rotations.confirm_rotation(work, uuid, request.rotation_id)
    return Success()
