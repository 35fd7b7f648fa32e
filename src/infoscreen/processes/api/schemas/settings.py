"""System settings; values are strings."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, written


class SettingAnswer(ApiModel):
    key: str
    value: str


class SettingsAnswer(ApiModel):
    settings: list[SettingAnswer]


class SettingChange(ApiRequest):
    value: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000), AfterValidator(written)]
