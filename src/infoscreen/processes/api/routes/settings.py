"""`/api/system-settings`: what people may set in the dashboard."""

from fastapi import APIRouter

from infoscreen.processes.api.deps import AdminWork, UserWork
from infoscreen.processes.api.schemas.settings import SettingAnswer, SettingChange, SettingsAnswer
from infoscreen.services import settings

router = APIRouter(prefix="/api/system-settings", tags=["settings"])


@router.get("")
def list_settings(work: AdminWork) -> SettingsAnswer:
    """Every setting."""
    every = settings.all_settings(work)
    return SettingsAnswer(settings=[SettingAnswer(key=key, value=value) for key, value in every.items()])


@router.get("/defaults")
def defaults(work: UserWork) -> dict[str, str]:
    """The settings that every person's pages need, by key."""
    return settings.defaults_for_everyone(work)


@router.get("/{key}")
def get_setting(key: str, work: AdminWork) -> SettingAnswer:
    """One setting."""
    return SettingAnswer(key=key, value=settings.get_setting(work, key))


@router.put("/{key}")
def change_setting(key: str, request: SettingChange, work: AdminWork) -> SettingAnswer:
    """Set a setting."""
    settings.change_setting(work, key, request.value)
    return SettingAnswer(key=key, value=request.value)
