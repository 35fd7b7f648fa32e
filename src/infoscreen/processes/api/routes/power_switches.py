"""`/api/clients/{uuid}/power-switch`: what switches a client's power."""

from typing import Any

from fastapi import APIRouter

from infoscreen.processes.api.deps import Administrator, AdminWork, CurrentApp
from infoscreen.processes.api.schemas.base import Problem, Success
from infoscreen.processes.api.schemas.power_switches import PowerSwitchAnswer, PowerSwitchRequest, PowerSwitchState
from infoscreen.services import power_switches
from infoscreen.services.power_switches import PowerSwitch

router = APIRouter(prefix="/api/clients/{uuid}/power-switch", tags=["clients"])

FAILED: dict[int | str, dict[str, Any]] = {
    502: {"model": Problem, "description": "The switch cannot be reached, refuses, or answers what it should not"}
}
UNREADABLE: dict[int | str, dict[str, Any]] = {
    502: {"model": Problem, "description": "The stored secret that would be kept cannot be read any more"}
}


@router.get("")
def power_switch(uuid: str, work: AdminWork) -> PowerSwitchAnswer:
    """What switches this client's power, without its secrets; 404 where nothing does."""
    return _answer(power_switches.get_power_switch(work, uuid))


@router.put("", responses=UNREADABLE)
def set_power_switch(uuid: str, request: PowerSwitchRequest, work: AdminWork) -> PowerSwitchAnswer:
    """Set up what switches this client's power, or change it as a whole. Nothing is switched by that."""
    return _answer(power_switches.set_power_switch(work, uuid, request.given()))


@router.delete("")
def remove_power_switch(uuid: str, work: AdminWork) -> Success:
    """Forget what switches this client's power, and its secrets."""
    power_switches.remove_power_switch(work, uuid)
    return Success()


@router.get("/state", responses=FAILED)
def power_switch_state(uuid: str, app: CurrentApp, actor: Administrator) -> PowerSwitchState:
    """Ask the switch whether its outlet is on: shows that address, outlet and secret are right. Switches nothing."""
    with app.reading(actor) as work:
        settings = power_switches.settings_of(work, power_switches.get_power_switch(work, uuid))
    return PowerSwitchState(is_on=app.ports.power_switch(settings).is_on())


def _answer(row: PowerSwitch) -> PowerSwitchAnswer:
    known = {name: getattr(row, name) for name in PowerSwitchAnswer.model_fields if hasattr(row, name)}
    return PowerSwitchAnswer(
        **known, has_secret=bool(row.sealed_secret), has_privacy_secret=bool(row.sealed_privacy_secret)
    )
