"""Building blocks of every payload: times, uuids, bounded texts, and the two kinds of message."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

UUID_PATTERN = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


def as_utc(value: datetime) -> datetime:
    """The same instant in UTC; a time without a zone is taken as UTC. ValueError when UTC has no such year."""
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("time is out of range in UTC") from error


def to_z(value: datetime) -> str:
    """ISO 8601 with `Z`, the form of every time in the contract; fractions only where there are some."""
    return as_utc(value).isoformat().replace("+00:00", "Z")


UtcTime = Annotated[datetime, AfterValidator(as_utc), PlainSerializer(to_z, return_type=str)]
Uuid = Annotated[str, StringConstraints(pattern=UUID_PATTERN, to_lower=True)]
ShortText = Annotated[str, StringConstraints(max_length=255)]
# The database column is a signed 32-bit integer.
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Message(BaseModel):
    """A message whose reader ignores unknown fields."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class FrozenMessage(BaseModel):
    """A message of a frozen contract: no other fields, all required."""

    model_config = ConfigDict(extra="forbid", frozen=True)
