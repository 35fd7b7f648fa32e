"""One `broker sync` that is killed at a named moment, or has no room on the disk; run by `test_broker_sync.py`."""

import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from brokers import service_configuration
from infoscreen.adapters.broker_files import BrokerFiles
from infoscreen.adapters.broker_proof import BrokerProof
from infoscreen.adapters.mosquitto_service import MosquittoService
from infoscreen.bootstrap import build_app
from infoscreen.broker_bootstrap import broker_service
from infoscreen.processes import broker
from infoscreen.processes.clock import utc_now
from infoscreen.services import broker_accounts

FILES = {"password": "password_file", "acl": "acl_file"}
STEPS: dict[str, tuple[Any, str]] = {
    "signal": (MosquittoService, "reload"),
    "proof": (BrokerProof, "prove"),
    "note": (broker_accounts, "note_applied"),
    "writing": (BrokerFiles, "write"),
}
# The moments before and after each step; a file is written beside the old one and then put in its place.
MOMENTS = [f"{when} {step}" for step in (*FILES, *STEPS) for when in ("before", "after")]
FULL_DISK = "full disk"
ROOM = 512  # bytes that a file may have


def end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killing(call: Callable[..., Any], when: str) -> Callable[..., Any]:
    def killed(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            end()
        call(*arguments, **named)
        end()

    return killed


def without_room(write: Callable[..., Any]) -> Callable[..., Any]:
    """The call, while no file may grow beyond a few bytes; the database lies on another disk."""

    def full(*arguments: Any) -> Any:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
        try:
            return write(*arguments)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return full


def lie_in_wait(moment: str) -> None:
    when, step = moment.split()
    if moment == FULL_DISK:
        BrokerFiles.write = without_room(BrokerFiles.write)  # type: ignore[method-assign]
        return
    if step in STEPS:
        where, name = STEPS[step]
        setattr(where, name, killing(getattr(where, name), when))
        return
    replace = Path.replace

    def watched(self: Path, target: Path) -> Path:
        if Path(target).name == FILES[step]:
            killing(replace, when)(self, target)
        return replace(self, target)

    Path.replace = watched  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    config = service_configuration(Path(sys.argv[1]), int(sys.argv[2]))
    lie_in_wait(sys.argv[3])
    outcome = broker.sync_once(build_app(config, utc_now), broker_service(config), within=1)
    sys.stdout.write(f"{outcome}\n")
