"""`/api/device`: what a device asks for itself, with its device token."""

from fastapi import APIRouter, Response

from infoscreen.processes.api.account_answers import NO_STORE
from infoscreen.processes.api.deps import CallingDevice, CurrentApp
from infoscreen.processes.api.schemas.base import Success
from infoscreen.processes.api.schemas.broker_accounts import ConfirmRequest, DeviceCredentials, WaitingCredentials
from infoscreen.services import broker_accounts, credential_rotations

router = APIRouter(prefix="/api/device", tags=["device"])


@router.get("/credentials")
def device_credentials(uuid: CallingDevice, response: Response, app: CurrentApp) -> DeviceCredentials:
    """The new password that waits for this device, if there is one; the same until it is confirmed."""
    response.headers.update(NO_STORE)
    with app.reading() as work:
        username = broker_accounts.account_of_client(work, uuid).username
        waiting = credential_rotations.waiting_password(work, uuid)
    return DeviceCredentials(
        username=username,
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
