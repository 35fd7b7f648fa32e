"""Settings that people change in the dashboard."""

from datetime import date
from zoneinfo import ZoneInfo

from infoscreen.db.settings import SystemSetting, stored_settings
from infoscreen.domain import settings
from infoscreen.domain.errors import NotFound
from infoscreen.domain.settings import SETTINGS
from infoscreen.services.ports import NoticeKind
from infoscreen.services.work import Work


def all_settings(work: Work) -> dict[str, str]:
    """Every setting: key → value."""
    return settings.complete(stored_settings(work.session))


def defaults_for_everyone(work: Work) -> dict[str, str]:
    """The settings that every logged-in person may see."""
    return {key: value for key, value in all_settings(work).items() if SETTINGS[key].for_everyone}


def school_zone(work: Work) -> ZoneInfo:
    """The time zone of the school."""
    return ZoneInfo(all_settings(work)["timezone"])


def school_day(work: Work) -> date:
    """Which day it is at the school."""
    return work.now.astimezone(school_zone(work)).date()


def get_setting(work: Work, key: str) -> str:
    """One setting; raises `NotFound`."""
    if key not in SETTINGS:
        raise NotFound
    return all_settings(work)[key]


def change_setting(work: Work, key: str, value: str) -> None:
    """Set a setting; raises `Invalid` for an unknown key or a wrong value."""
    settings.check(key, value)
    row = work.session.get(SystemSetting, key)
    if row is None:
        row = SystemSetting(key=key)
        work.session.add(row)
    row.value, row.updated_at, row.updated_by = value, work.now, work.actor.user_id
    work.announce(NoticeKind.SETTINGS, key)


def seed_settings(work: Work) -> None:
    """Store the default of every setting that is missing."""
    stored = stored_settings(work.session)
    for key, setting in SETTINGS.items():
        if key not in stored:
            work.session.add(SystemSetting(key=key, value=setting.default))
