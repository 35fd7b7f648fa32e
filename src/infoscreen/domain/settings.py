"""The registry of settings: every key with its type, its default and what a wrong value should have been."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from infoscreen.domain import opening_hours
from infoscreen.domain.errors import FieldError, Invalid


class SettingType(StrEnum):
    """How a setting's text is to be read."""

    FLAG = "flag"  # true or false
    WHOLE = "whole"  # a whole number
    NUMBER = "number"  # with a decimal point
    TEXT = "text"
    ADDRESS = "address"  # http or https, or empty
    ZONE = "zone"  # a time zone's name
    HOURS = "hours"  # opening hours as JSON, or empty


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; values are strings on the API and in the database."""

    type: SettingType
    default: str
    is_valid: Callable[[str], bool]
    expected: str
    for_everyone: bool = False


def _flag(default: str, *, for_everyone: bool = False) -> Setting:
    return Setting(SettingType.FLAG, default, lambda value: value in ("true", "false"), "true | false", for_everyone)


def _whole(default: str, lowest: int, highest: int, *, for_everyone: bool = False) -> Setting:
    def is_valid(value: str) -> bool:
        is_number = value.isascii() and value.isdecimal() and len(value) <= len(str(highest))
        return is_number and lowest <= int(value) <= highest

    return Setting(SettingType.WHOLE, default, is_valid, f"{lowest}…{highest}", for_everyone)


def _text(default: str, longest: int, *, for_everyone: bool = False) -> Setting:
    return Setting(SettingType.TEXT, default, lambda value: len(value) <= longest, f"≤ {longest}", for_everyone)


def _is_volume(value: str) -> bool:
    try:
        return math.isfinite(float(value)) and 0.0 <= float(value) <= 1.0
    except ValueError:
        return False


def is_web_address(value: str) -> bool:
    """Whether a text is an http or https address with a host."""
    try:
        parts = urlsplit(value)
        has_host = bool(parts.hostname) and parts.port != 0
        return parts.scheme in ("http", "https") and has_host and not any(c.isspace() for c in value)
    except ValueError:
        return False


def _is_zone(value: str) -> bool:
    # Browsers know the zones of places and UTC, not names like `localtime`.
    return value == "UTC" or ("/" in value and value in available_timezones())


SETTINGS: Mapping[str, Setting] = {
    "supplement_table_url": Setting(
        SettingType.ADDRESS, "", lambda value: not value or is_web_address(value), "http(s)://…"
    ),
    "supplement_table_enabled": _flag("false"),
    "presentation_interval": _whole("10", 1, 86_400, for_everyone=True),
    "presentation_page_progress": _flag("true", for_everyone=True),
    "presentation_auto_progress": _flag("true", for_everyone=True),
    "video_autoplay": _flag("true", for_everyone=True),
    "video_loop": _flag("true", for_everyone=True),
    "video_volume": Setting(SettingType.NUMBER, "0.8", _is_volume, "0.0…1.0", for_everyone=True),
    "video_muted": _flag("false", for_everyone=True),
    "holiday_banner_enabled": _flag("true", for_everyone=True),
    "timezone": Setting(SettingType.ZONE, "Europe/Vienna", _is_zone, "Europe/Vienna, …", for_everyone=True),
    "organization_name": _text("", 200, for_everyone=True),
    "opening_hours": Setting(
        SettingType.HOURS, "", lambda value: not value or opening_hours.is_written(value), '{"mon": ["07:00-18:00"]}'
    ),
    "command_expiry_seconds": _whole("240", 180, 360),
    "refresh_seconds": _whole("0", 0, 86_400),
    "max_upload_mb": _whole("1024", 1, 100_000),
    "max_video_seconds": _whole("600", 1, 86_400),
    "password_minimum": _whole("6", 6, 128),
    "password_minimum_admin": _whole("10", 6, 128),
}


def check(key: str, value: str) -> None:
    """Raise `Invalid` for an unknown key or a value that is not of its type."""
    setting = SETTINGS.get(key)
    if setting is None:
        raise Invalid(key=FieldError("setting_unknown"))
    if not setting.is_valid(value):
        raise Invalid(value=FieldError("setting_wrong", expected=setting.expected))


def complete(stored: Mapping[str, str]) -> dict[str, str]:
    """Every setting with its stored value, or its default."""
    return {key: stored.get(key, setting.default) for key, setting in SETTINGS.items()}
