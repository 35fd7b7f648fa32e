"""Switches that feed screens: one file per technology, all confirmed alike."""

from functools import partial

from infoscreen.adapters.power_switches.confirmed import LIMIT, ConfirmedSwitch
from infoscreen.domain.power_switches import PowerSwitchSettings


def open_power_switch(settings: PowerSwitchSettings, limit: float = LIMIT) -> ConfirmedSwitch:
    """The switch that these settings tell of; nothing is sent yet. `limit`: seconds that one question may take."""
    # The protocols' libraries are large, and most processes never switch anything.
    from infoscreen.adapters.power_switches.drivers import DRIVERS

    return ConfirmedSwitch(partial(DRIVERS[settings.driver], settings), limit)
