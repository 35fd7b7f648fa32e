"""System settings; values are texts, whatever their type."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from starlette.requests import Request

from infoscreen.domain.settings import SETTINGS, SettingType
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, written
from infoscreen.processes.api.sentences import sentence
from infoscreen.services.settings import Change, SettingState

Value = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000), AfterValidator(written)]
Key = Annotated[str, StringConstraints(max_length=100)]


class StoredSetting(ApiModel):
    """A setting; `updatedAt` is null while it has its default, or what the environment says."""

    key: str
    value: str
    version: int
    updated_at: ApiTime | None
    updated_by: int | None


class SettingAnswer(StoredSetting):
    """A setting with its type, and what it is for."""

    type: SettingType
    default: str
    description: str


class SettingsAnswer(ApiModel):
    settings: list[SettingAnswer]


class SettingChange(ApiRequest):
    value: Value
    version: int | None = None


class KeyedSetting(SettingChange):
    key: Key


class NewSettings(ApiRequest):
    """One setting by `key` and `value`, or several in `settings`."""

    key: Key | None = None
    value: Value | None = None
    version: int | None = None
    settings: Annotated[list[KeyedSetting], Field(max_length=100)] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.settings is None) == (self.key is None or self.value is None):
            raise PydanticCustomError("missing", "either key and value, or settings")
        return self

    def changes(self) -> list[Change]:
        """What is wanted, in whichever form it came."""
        if self.settings is not None:
            return [Change(each.key, each.value, each.version) for each in self.settings]
        return [Change(self.key or "", self.value or "", self.version)]


class SupplementTable(ApiRequest):
    url: Value
    enabled: bool


def setting_answer(request: Request, state: SettingState) -> SettingAnswer:
    """A setting, described in the request's language."""
    setting = SETTINGS[state.key]
    return SettingAnswer(
        key=state.key,
        value=state.value,
        type=setting.type,
        default=setting.default,
        description=sentence(request, f"setting_{state.key}"),
        version=state.version,
        updated_at=state.updated_at,
        updated_by=state.updated_by,
    )
