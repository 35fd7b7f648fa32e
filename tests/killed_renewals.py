"""A change of the PKI in a process of its own, which is killed before the n-th step on the disk."""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from infoscreen.adapters.pki.authority import Authority

STEPS = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.listdir", "os.scandir"})


def _change(directory: Path, now: datetime, change: str, at: int) -> None:
    authority, steps = Authority(directory), 0

    def die(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event in STEPS and str(arguments[0]).startswith(str(directory)):
            steps += 1
            if steps == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    match change:
        case "init":
            authority.init(["broker.example"], now)
        case "server":
            authority.renew_server(now)
        case "ca":
            authority.advance_ca(now)
        case "back":
            authority.go_back(now)


def killed_at(directory: Path, now: datetime, change: str, at: int) -> bool:
    """Whether the change was killed there; False when it has fewer steps, and so is done."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _change(directory, now, change, at)
            code = 0
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False
