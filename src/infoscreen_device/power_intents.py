"""PURE: which power intent counts: a client's own beats its group's, and without a valid one the TV stays as it is."""

from dataclasses import dataclass
from datetime import datetime

from infoscreen_wire.payloads.to_device import ClientPowerIntent, GroupPowerIntent

Intent = ClientPowerIntent | GroupPowerIntent


@dataclass(slots=True)
class Intents:
    """What the broker holds for a device; None where it holds nothing."""

    own: ClientPowerIntent | None = None
    group: GroupPowerIntent | None = None

    def in_force(self, now: datetime) -> Intent | None:
        """The intent that the TV is to follow, if any."""
        return next((each for each in (self.own, self.group) if each and now < each.expires_at), None)

    def next_expiry(self, now: datetime) -> datetime | None:
        """When another one may count without a message."""
        return min((each.expires_at for each in (self.own, self.group) if each and now < each.expires_at), default=None)
