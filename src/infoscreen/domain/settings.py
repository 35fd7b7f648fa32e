"""The registry of settings: every key with its type, its default and what a wrong value should have been."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from infoscreen.domain.errors import FieldError, Invalid


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; values are strings on the API and in the database."""

    default: str
    is_valid: Callable[[str], bool]
    expected: str
    for_everyone: bool = False


def _whole(lowest: int, highest: int) -> tuple[Callable[[str], bool], str]:
    return (
        lambda value: value.isascii() and value.isdecimal() and lowest <= int(value) <= highest,
        f"{lowest}…{highest}",
    )


def _one_of(*values: str) -> tuple[Callable[[str], bool], str]:
    return lambda value: value in values, " | ".join(values)


def _text(longest: int) -> tuple[Callable[[str], bool], str]:
    return lambda value: len(value) <= longest, f"≤ {longest}"


def _is_volume(value: str) -> bool:
    try:
        return 0.0 <= float(value) <= 1.0
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


_FLAG = _one_of("true", "false")

SETTINGS: Mapping[str, Setting] = {
    "supplement_table_url": Setting("", lambda value: not value or is_web_address(value), "http(s)://…"),
    "supplement_table_enabled": Setting("false", *_FLAG),
    "presentation_interval": Setting("10", *_whole(1, 86_400), for_everyone=True),
    "presentation_page_progress": Setting("true", *_FLAG, for_everyone=True),
    "presentation_auto_progress": Setting("true", *_FLAG, for_everyone=True),
    "video_autoplay": Setting("true", *_FLAG, for_everyone=True),
    "video_loop": Setting("true", *_FLAG, for_everyone=True),
    "video_volume": Setting("0.8", _is_volume, "0.0…1.0", for_everyone=True),
    "video_muted": Setting("false", *_FLAG, for_everyone=True),
    "holiday_banner_enabled": Setting("true", *_FLAG, for_everyone=True),
    "timezone": Setting("Europe/Vienna", _is_zone, "Europe/Vienna, …", for_everyone=True),
    "command_expiry_seconds": Setting("240", *_whole(180, 360)),
    "organization_name": Setting("", *_text(200), for_everyone=True),
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
