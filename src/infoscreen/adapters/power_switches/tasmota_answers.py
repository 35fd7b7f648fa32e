"""What Tasmota answers to `Power<relay>`, the same over HTTP and MQTT.

`{"POWER1":"ON"}`, and `{"POWER":"ON"}` from plugs with one relay; `{"Command":"Error"}` where there is no such relay;
`{"WARNING":"Need user=…"}` where the login is wrong, in the plug's language.
"""

from pydantic import BaseModel, ConfigDict, Field

from infoscreen.domain.power_switches import PowerSwitchNoOutlet, PowerSwitchRefused, PowerSwitchUnreadable


class TasmotaAnswer(BaseModel):
    """An answer; anything that Tasmota adds is ignored."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, object] = Field(init=False)

    command: str | None = Field(None, alias="Command")
    warning: str | None = Field(None, alias="WARNING")

    def is_on(self, relay: int) -> bool:
        """The state of the relay that was asked for; raises `PowerSwitchFailed`."""
        if self.warning is not None:
            raise PowerSwitchRefused
        if self.command is not None:
            raise PowerSwitchNoOutlet
        told = self.state(relay)
        if told not in ("ON", "OFF"):
            raise PowerSwitchUnreadable
        return told == "ON"

    def state(self, relay: int) -> object:
        """What is said of the relay, None where nothing is."""
        extra = self.__pydantic_extra__
        return extra.get(f"POWER{relay}", extra.get("POWER") if relay == 1 else None)
