"""`/api/system-settings`: what people may set in the dashboard."""

from fastapi import APIRouter, Request

from infoscreen.processes.api.deps import AdminWork, CurrentApp, UserWork
from infoscreen.processes.api.schemas.settings import (
    NewSettings,
    SettingAnswer,
    SettingChange,
    SettingsAnswer,
    SupplementTable,
    setting_answer,
)
from infoscreen.services import settings

router = APIRouter(prefix="/api/system-settings", tags=["settings"])


@router.get("")
def list_settings(request: Request, work: AdminWork) -> SettingsAnswer:
    """Every setting with its type and what it is for; values are texts."""
    return SettingsAnswer(settings=[setting_answer(request, state) for state in settings.list_settings(work)])


@router.post("")
def change_settings(request: Request, change: NewSettings, work: AdminWork) -> SettingsAnswer:
    """Set one setting (`key`, `value`) or several (`settings`), all or none of them."""
    states = settings.change_settings(work, change.changes())
    return SettingsAnswer(settings=[setting_answer(request, state) for state in states])


@router.get("/defaults")
def defaults(work: UserWork) -> dict[str, str]:
    """The settings that every person's pages need, by key."""
    return settings.defaults_for_everyone(work)


@router.get("/supplement-table")
def get_supplement_table(work: AdminWork) -> SupplementTable:
    """The address of the substitution plan (WebUntis), and whether events may show it."""
    url, enabled = settings.supplement_table(work)
    return SupplementTable(url=url, enabled=enabled)


@router.post("/supplement-table")
def change_supplement_table(request: SupplementTable, work: AdminWork) -> SupplementTable:
    """Set the address of the substitution plan, and whether events may show it."""
    settings.change_supplement_table(work, request.url, enabled=request.enabled)
    return request


@router.get("/{key}")
def get_setting(request: Request, key: str, work: AdminWork) -> SettingAnswer:
    """One setting."""
    return setting_answer(request, settings.get_state(work, key))


@router.put("/{key}")
def change_setting(request: Request, key: str, change: SettingChange, work: AdminWork) -> SettingAnswer:
    """Set a setting; an unknown key or a value that does not fit its type is refused."""
    return setting_answer(request, settings.change_setting(work, key, change.value, change.version))


@router.delete("/{key}")
def reset_setting(request: Request, key: str, app: CurrentApp, work: AdminWork) -> SettingAnswer:
    """Go back to what the environment or the product itself says; the answer is the setting after that."""
    return setting_answer(request, settings.reset_setting(work, key, app.config.initial_settings))
