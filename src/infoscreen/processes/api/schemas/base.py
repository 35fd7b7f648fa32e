"""What all requests and answers share: camelCase names and the API's times."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, StringConstraints
from pydantic.alias_generators import to_camel

from infoscreen_wire.payloads.base import as_utc


def without_suffix(value: datetime) -> str:
    """ISO 8601 in UTC without a suffix, the form of every time in an answer."""
    return as_utc(value).replace(tzinfo=None).isoformat()


# Requests may carry `Z`, an offset or nothing, which means UTC.
ApiTime = Annotated[datetime, AfterValidator(as_utc), PlainSerializer(without_suffix, return_type=str)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Subject = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


class ApiModel(BaseModel):
    """An answer."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, from_attributes=True)


class ApiRequest(ApiModel):
    """A request; fields it does not know are a mistake, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid")

    def given(self) -> dict[str, Any]:
        """The fields the caller sent, by their inner names; `version` and what was left out are not among them."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"version"}}


class SnakeModel(BaseModel):
    """An answer of the older endpoints, frozen in snake_case."""

    model_config = ConfigDict(from_attributes=True)


class Problem(BaseModel):
    """Every error: a sentence in the request's language, a stable code, and details where there are some."""

    error: str
    code: str
    details: Any = None


class Success(ApiModel):
    """A change without anything more to tell."""

    success: bool = True
