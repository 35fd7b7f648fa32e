"""What all requests and answers share: camelCase names and the API's times."""

import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from infoscreen_wire.payloads.base import as_utc


def without_suffix(value: datetime) -> str:
    """ISO 8601 in UTC without a suffix, the form of every time in an answer."""
    return as_utc(value).replace(tzinfo=None).isoformat()


EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def in_reach(value: datetime) -> datetime:
    """A time that a school may mean; the ends of the calendar overflow in other zones."""
    if not EARLIEST <= value < LATEST:
        raise PydanticCustomError("less_than", "not between 2000 and 2200")
    return value


def day_in_reach(value: date) -> date:
    """A date that a school may mean."""
    if not EARLIEST.date() <= value < LATEST.date():
        raise PydanticCustomError("less_than", "not between 2000 and 2200")
    return value


def to_second(value: datetime) -> datetime:
    """The time without fractions, which devices in the field do not read."""
    return value.replace(microsecond=0)


def written(text: str) -> str:
    """A text without control characters, line breaks and tabs aside."""
    if any(unicodedata.category(character) == "Cc" and character not in "\n\r\t" for character in text):
        raise PydanticCustomError("control_character", "has control characters")
    return text


def visible(text: str) -> str:
    """A text that shows something."""
    if all(unicodedata.category(character)[0] in "ZC" for character in text):
        raise PydanticCustomError("string_too_short", "shows nothing")
    return written(text)


# Ids are signed 32-bit integers in the database.
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
# Requests may carry `Z`, an offset or nothing, which means UTC.
ApiTime = Annotated[datetime, AfterValidator(as_utc), PlainSerializer(without_suffix, return_type=str)]
GivenTime = Annotated[ApiTime, AfterValidator(in_reach)]
Day = Annotated[date, AfterValidator(day_in_reach)]
WholeSecond = Annotated[GivenTime, AfterValidator(to_second)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(visible)]
Subject = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255), AfterValidator(visible)
]
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
