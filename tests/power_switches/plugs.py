"""What every simulated switch has: outlets, a password, and ways to misbehave."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import ClassVar, Protocol

from infoscreen.domain.power_switches import PowerSwitchSettings

HOST = "127.0.0.1"


class Fault(Enum):
    """How a switch misbehaves."""

    SILENT = auto()  # takes what it is asked, and never answers
    STUCK = auto()  # says that it obeys, and does not
    OVERSIZED = auto()  # answers with a flood
    GIBBERISH = auto()  # answers something that is no answer
    ELSEWHERE = auto()  # sends the asker to another address
    PACKED = auto()  # answers with a small packet that unpacks to a huge one


@dataclass
class Outlets:
    """Which outlets are on, and what was switched, in order."""

    on: dict[str, bool]
    switched: list[tuple[str, bool]] = field(default_factory=list)
    fault: Fault | None = None
    asked: int = 0

    def has(self, outlet: str) -> bool:
        return outlet in self.on

    def switch(self, outlet: str, *, on: bool) -> None:
        self.switched.append((outlet, on))
        if self.fault is not Fault.STUCK:
            self.on[outlet] = on


class Simulator(Protocol):
    """A running switch; `settings` are right for it."""

    outlets: Outlets
    settings: PowerSwitchSettings
    outlet: ClassVar[str]
    wrong_outlet: ClassVar[str]

    def die(self) -> None:
        """Go away without a word."""
        ...

    def stop(self) -> None:
        """End; also after `die`."""
        ...
