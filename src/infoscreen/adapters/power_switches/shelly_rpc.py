"""The calls that a Shelly of the second generation and later is switched by, the same over HTTP and MQTT.

A frame carries the id of the question; `Switch.GetStatus` answers with `output`, `Switch.Set` with `was_on`.
"""

import orjson
from pydantic import BaseModel

from infoscreen.domain.power_switches import PowerSwitchNoOutlet, PowerSwitchRefused, PowerSwitchUnreadable

INVALID_ARGUMENT, NOT_FOUND, NO_HANDLER, UNAUTHORIZED = -103, -105, 404, 401


class _Result(BaseModel):
    output: bool | None = None


class _Error(BaseModel):
    code: int


class SwitchFrame(BaseModel):
    """An answer; `result` or `error` is there."""

    id: int | str | None = None
    result: _Result | None = None
    error: _Error | None = None

    def check(self) -> "_Result":
        """The result; raises `PowerSwitchFailed` for an error."""
        if self.error is not None:
            if self.error.code == UNAUTHORIZED:
                raise PowerSwitchRefused
            if self.error.code in (INVALID_ARGUMENT, NOT_FOUND, NO_HANDLER):
                raise PowerSwitchNoOutlet
            raise PowerSwitchUnreadable
        if self.result is None:
            raise PowerSwitchUnreadable
        return self.result

    def output(self) -> bool:
        """Whether the output is on; raises `PowerSwitchFailed`."""
        output = self.check().output
        if output is None:
            raise PowerSwitchUnreadable
        return output


def get_status(switch: int, question: int = 1, source: str = "infoscreen") -> bytes:
    """Ask for the state; the answer comes to `source` where the channel has several listeners."""
    return _frame(question, source, "Switch.GetStatus", {"id": switch})


def set_output(switch: int, *, on: bool, question: int = 1, source: str = "infoscreen") -> bytes:
    """Ask for a state."""
    return _frame(question, source, "Switch.Set", {"id": switch, "on": on})


def _frame(question: int, source: str, method: str, params: dict[str, int | bool]) -> bytes:
    return orjson.dumps({"id": question, "src": source, "method": method, "params": params})
