"""What a device needs to connect to the broker, and how a new password gets to it."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime

RotationState = Literal["waiting", "confirmed", "switched", "done", "reverted", "expired"]


class BrokerAccountAnswer(ApiModel):
    """Credentials of a device; password and device token are in this one answer and nowhere else."""

    username: str
    password: str
    client_id: str
    host: str
    port: int
    tls: bool
    ca_certificate: str | None
    device_token: str


class RotationAnswer(ApiModel):
    """How far the newest rotation is: `since` then, begun at `startedAt`."""

    state: RotationState
    started_at: ApiTime
    since: ApiTime


class AccountState(ApiModel):
    """A device's account without its secrets."""

    username: str
    created_at: ApiTime
    rotation: RotationAnswer | None


class RotateRequest(ApiRequest):
    """`manual`: the device is set up by hand; its new password is shown once and holds at once."""

    manual: bool = False


class RotatedAccount(ApiModel):
    """The account, with its new secrets where they hold at once; else `rotation` waits for the device to fetch them."""

    username: str
    password: str | None
    client_id: str
    host: str
    port: int
    tls: bool
    ca_certificate: str | None
    device_token: str | None
    rotation: RotationAnswer | None


class WaitingCredentials(ApiModel):
    """A new password for the device that asks, and what it confirms by."""

    rotation_id: str
    password: str


class DeviceCredentials(ApiModel):
    """The device's account; `waiting` is null when it has nothing to fetch.

    `caCertificate` is what it is to trust from now on (PEM); null: what its system trusts.
    """

    username: str
    ca_certificate: str | None
    waiting: WaitingCredentials | None


class ConfirmRequest(ApiRequest):
    rotation_id: Annotated[str, StringConstraints(max_length=64)]
