"""Settings that people change in the dashboard; their types and defaults are in `domain/settings.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from infoscreen.db.settings import SystemSetting, setting_rows, stored_settings
from infoscreen.domain import settings
from infoscreen.domain.errors import FieldError, Invalid, NotFound
from infoscreen.domain.media import UploadLimits
from infoscreen.domain.settings import SETTINGS
from infoscreen.services.notices import NoticeKind
from infoscreen.services.versions import next_version
from infoscreen.services.work import Work


@dataclass(frozen=True, slots=True)
class SettingState:
    """A setting as it is: `updated_at` is None until somebody has changed it."""

    key: str
    value: str
    version: int = 1
    updated_at: datetime | None = None
    updated_by: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A setting's wanted value; `version` is what the person saw, None where they do not say."""

    key: str
    value: str
    version: int | None = None


def all_settings(work: Work) -> dict[str, str]:
    """Every setting: key → value."""
    return settings.complete(stored_settings(work.session))


def list_settings(work: Work) -> list[SettingState]:
    """Every setting of the registry with its state."""
    rows = {row.key: row for row in setting_rows(work.session)}
    return [_state(rows[key]) if key in rows else SettingState(key, each.default) for key, each in SETTINGS.items()]


def defaults_for_everyone(work: Work) -> dict[str, str]:
    """The settings that every logged-in person may see."""
    return {key: value for key, value in all_settings(work).items() if SETTINGS[key].for_everyone}


def school_zone(work: Work) -> ZoneInfo:
    """The time zone of the school."""
    return ZoneInfo(all_settings(work)["timezone"])


def school_day(work: Work) -> date:
    """Which day it is at the school."""
    return work.now.astimezone(school_zone(work)).date()


def upload_limits(work: Work) -> UploadLimits:
    """How large and how long what people upload may be."""
    stored = all_settings(work)
    return UploadLimits(int(stored["max_upload_mb"]) * 1024**2, int(stored["max_video_seconds"]))


def get_setting(work: Work, key: str) -> str:
    """One setting's value; raises `NotFound`."""
    if key not in SETTINGS:
        raise NotFound
    return all_settings(work)[key]


def get_state(work: Work, key: str) -> SettingState:
    """One setting with its state; raises `NotFound`."""
    if key not in SETTINGS:
        raise NotFound
    row = work.session.get(SystemSetting, key)
    return _state(row) if row else SettingState(key, SETTINGS[key].default)


def change_setting(work: Work, key: str, value: str, version: int | None = None) -> SettingState:
    """Set a setting; raises `Invalid` for an unknown key or a wrong value, `StaleVersion`."""
    settings.check(key, value)
    row = _held(work, key)
    next_version(work, row, version)
    row.value, row.updated_at, row.updated_by = value, work.now, work.actor.user_id
    work.announce(NoticeKind.SETTINGS, key)
    return _state(row)


def change_settings(work: Work, changes: Iterable[Change]) -> list[SettingState]:
    """Set several settings, all or none; raises `Invalid` with every wrong one by its key, `StaleVersion`."""
    wanted, mistakes = list(changes), {}
    for change in wanted:
        try:
            settings.check(change.key, change.value)
        except Invalid as refusal:
            mistakes[change.key] = next(iter(refusal.fields.values()))
    if mistakes:
        raise Invalid(**mistakes)
    # Always in the same order, so that two who change the same ones do not wait for each other.
    return [change_setting(work, each.key, each.value, each.version) for each in sorted(wanted, key=lambda c: c.key)]


def reset_setting(work: Work, key: str, environment: Mapping[str, str]) -> SettingState:
    """Forget what a setting was changed to: its environment variable or its default counts again. Raises `NotFound`."""
    if key not in SETTINGS:
        raise NotFound
    row = _held(work, key)
    row.version += 1
    row.value, row.updated_at, row.updated_by = environment.get(key, SETTINGS[key].default), None, None
    work.announce(NoticeKind.SETTINGS, key)
    return _state(row)


def seed_settings(work: Work, environment: Mapping[str, str] | None = None) -> None:
    """Store every setting that is missing; what an environment variable says counts until somebody has changed it."""
    given = environment or {}
    rows = {row.key: row for row in setting_rows(work.session)}
    for key, setting in SETTINGS.items():
        row = rows.get(key)
        if row is None:
            work.session.add(SystemSetting(key=key, value=given.get(key, setting.default), version=1))
        elif row.updated_at is None and key in given:
            row.value = given[key]


def supplement_table(work: Work) -> tuple[str, bool]:
    """The address of the substitution plan, and whether it may be shown."""
    stored = all_settings(work)
    return stored["supplement_table_url"], stored["supplement_table_enabled"] == "true"


def change_supplement_table(work: Work, url: str, *, enabled: bool) -> None:
    """Set the substitution plan's address and whether it may be shown; raises `Invalid`."""
    try:
        change_setting(work, "supplement_table_url", url)
    except Invalid as refusal:
        raise Invalid(url=refusal.fields.get("value", FieldError("needs_url"))) from None
    change_setting(work, "supplement_table_enabled", str(enabled).lower())


def _held(work: Work, key: str) -> SystemSetting:
    """A setting's row that nobody else changes until the commit."""
    row = work.session.get(SystemSetting, key, with_for_update=True, populate_existing=True)
    if row is None:
        row = SystemSetting(key=key, value=SETTINGS[key].default, version=1)
        work.session.add(row)
    return row


def _state(row: SystemSetting) -> SettingState:
    return SettingState(row.key, row.value, row.version, row.updated_at, row.updated_by)
