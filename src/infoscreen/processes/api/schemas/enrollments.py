"""One-time codes for devices, and what a device says that comes with one."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from infoscreen.domain.enrollments import VALID_AT_MOST_MINUTES, VALID_FOR_MINUTES
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, written
from infoscreen_wire.payloads.base import ShortText

Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000), AfterValidator(written)]


class EnrollmentRequest(ApiRequest):
    """`clientUuid`: the code is for this client only, and renews an account that it has."""

    description: Description | None = None
    group_id: int | None = None
    client_uuid: Annotated[str, StringConstraints(max_length=36)] | None = None
    valid_minutes: Annotated[int, Field(ge=1, le=VALID_AT_MOST_MINUTES)] = VALID_FOR_MINUTES


class EnrollmentCode(ApiModel):
    """A new code, in this one answer and nowhere else."""

    id: int
    code: str
    expires_at: ApiTime


class OpenEnrollment(ApiModel):
    """A code that still holds, without the code."""

    id: int
    description: str | None
    group_id: int | None
    client_uuid: str | None
    created_at: ApiTime
    expires_at: ApiTime


class OpenEnrollments(ApiModel):
    enrollments: list[OpenEnrollment]


class EnrollRequest(ApiModel):
    """A device with its code; what an unknown version tells beyond this is ignored."""

    model_config = ConfigDict(extra="ignore")

    code: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    uuid: Annotated[str, StringConstraints(max_length=64)]
    hostname: ShortText | None = None
    ip: ShortText | None = None
    type: ShortText | None = None
    hardware_token: ShortText | None = None
    os_version: ShortText | None = None
    software_version: ShortText | None = None
    macs: Annotated[list[ShortText], Field(max_length=32)] | None = None
    model: ShortText | None = None
