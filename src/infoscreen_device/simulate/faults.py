"""The script of what goes wrong with which virtual device: `--faults FILE`, told in docs/simulator.md."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails

from infoscreen_wire.payloads.base import Uuid

TimedKind = Literal["crash", "black", "frozen", "agent_crash", "hang", "lost_network", "flood", "service_failed"]
StandingKind = Literal[
    "switched_off",
    "slow_boot",
    "wrong_clock",
    "duplicate_acks",
    "late_acks",
    "never_returns",
    "same_boot_id",
    "command_fails",
    "ignores_commands",
]
Kind = Literal[TimedKind, StandingKind]
TIMED: frozenset[str] = frozenset(TimedKind.__args__)  # type: ignore[attr-defined]
# What lasts for a while without saying how long: the restart by systemd, its watchdog, an unplugged cable.
LASTS: dict[str, float | None] = {
    "crash": None,
    "black": None,
    "frozen": None,
    "agent_crash": 5.0,
    "hang": 60.0,
    "lost_network": 60.0,
    "flood": 30.0,
    "service_failed": None,
}
NEEDS_SECONDS = frozenset({"slow_boot", "wrong_clock", "late_acks"})
Percent = Annotated[str, StringConstraints(pattern=r"^(100|[1-9]?[0-9])%$")]


class Fault(BaseModel):
    """One thing that goes wrong. `devices` are places in the file of devices (from 1), uuids, a share, or all.

    `after` and `every` count seconds from the start of the simulator and say when it happens, and again; `seconds` is
    how long it lasts, how late or how far off something is; `rate` are the log lines in a second of a flood.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fault: Kind
    devices: Literal["all"] | Percent | tuple[Annotated[int, Field(ge=1)] | Uuid, ...] = "all"
    after: Annotated[float, Field(ge=0)] = 0
    every: Annotated[float, Field(gt=0)] | None = None
    seconds: float | None = None
    rate: Annotated[float, Field(gt=0, le=1000)] = 50

    @model_validator(mode="after")
    def _fields_fit_the_fault(self) -> "Fault":
        given = self.model_fields_set
        if self.fault not in TIMED and given & {"after", "every"}:
            raise ValueError(f"{self.fault} holds all the time: it has no after and no every")
        if self.fault in NEEDS_SECONDS and self.seconds is None:
            raise ValueError(f"{self.fault} needs seconds")
        if self.fault not in TIMED | NEEDS_SECONDS and "seconds" in given:
            raise ValueError(f"{self.fault} has no seconds")
        if self.seconds is not None and self.seconds < 0 and self.fault != "wrong_clock":
            raise ValueError("seconds cannot be negative")
        if self.fault != "flood" and "rate" in given:
            raise ValueError("only a flood has a rate")
        return self

    @property
    def lasts(self) -> float | None:
        """Seconds; None: until somebody does something about it."""
        return LASTS[self.fault] if self.seconds is None else self.seconds

    def strikes(self, number: int, uuid: str) -> bool:
        """Whether it is about the device at this place; a share is spread evenly over the places."""
        if self.devices == "all":
            return True
        if isinstance(self.devices, str):
            share = int(self.devices.rstrip("%"))
            return number * share // 100 > (number - 1) * share // 100
        return number in self.devices or uuid in self.devices


class FaultScript(RootModel[tuple[Fault, ...]]):
    """A list of faults."""

    model_config = ConfigDict(frozen=True)

    def of_device(self, number: int, uuid: str) -> "Faults":
        """What goes wrong with the device at this place, counted from 1."""
        return Faults(tuple(fault for fault in self.root if fault.strikes(number, uuid)))


class Faults:
    """What goes wrong with one device."""

    def __init__(self, faults: tuple[Fault, ...] = ()) -> None:
        self.timed = tuple(fault for fault in faults if fault.fault in TIMED)
        self._standing = {fault.fault: fault for fault in faults if fault.fault not in TIMED}

    def has(self, kind: StandingKind) -> bool:
        return kind in self._standing

    def seconds(self, kind: StandingKind) -> float | None:
        """The seconds of a standing fault; None where the device does not have it."""
        return self._standing[kind].seconds if kind in self._standing else None


NO_FAULTS = FaultScript(())


def read(path: Path) -> FaultScript:
    """Read a script. OSError, or ValueError with a line for each mistake, when that cannot be done."""
    try:
        return FaultScript.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ValueError("\n".join([f"{path} is no script of faults:", *map(_mistake, error.errors()[:10])])) from error


def _mistake(error: ErrorDetails) -> str:
    place = [each + 1 if isinstance(each, int) else each for each in error["loc"]]
    where = f"entry {place[0]}" if place else "file"
    field = f", {place[1]}" if len(place) > 1 else ""
    return f"  {where}{field}: {error['msg'].removeprefix('Value error, ')}"
