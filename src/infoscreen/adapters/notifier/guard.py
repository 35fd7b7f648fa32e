"""Keeps what a library does in one thread from addresses that it must not reach, wherever names and redirects lead.

The interpreter tells of every connection just before it is made, by its address: nothing can change in between, as it
can between looking a name up and connecting to it.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from infoscreen.domain.alert_channels import Failure, NotSent, is_reachable_address

CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
# No service needs a program of ours.
STARTING = frozenset(
    {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork", "os.forkpty", "pty.spawn"}
)


class _Watch:
    def __init__(self, *, local: bool) -> None:
        self._local = local
        self.has_refused = False

    def look(self, address: object) -> None:
        """Refuse the address of anything but a machine that may be reached; a name would be looked up after this."""
        host = address[0] if isinstance(address, tuple) and address else None
        try:
            is_fine = isinstance(host, str) and is_reachable_address(host, local=self._local)
        except ValueError:
            is_fine = False
        if not is_fine:
            self.refuse()

    def refuse(self) -> None:
        """Have the library see that it cannot; raises `PermissionError`."""
        self.has_refused = True
        raise PermissionError("not allowed")


class _OfThisThread(threading.local):
    watch: _Watch | None = None


_here = _OfThisThread()


@contextmanager
def only_allowed_addresses(*, local: bool) -> Iterator[None]:
    """Within the block, this thread reaches only what a message may go to. Raises `NotSent` where it tried else."""
    _install()
    watch = _here.watch = _Watch(local=local)
    try:
        yield
    finally:
        _here.watch = None
        if watch.has_refused:
            raise NotSent(Failure.NOT_ALLOWED)


@cache
def _install() -> None:
    # It cannot be taken away again, and costs something at every event: so not before it is needed.
    sys.addaudithook(_audit)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    watch = _here.watch
    if watch is None:
        return
    if event in CONNECTING:
        watch.look(arguments[1])
    elif event in STARTING:
        watch.refuse()
