"""A server process as a fork of `infoscreen up`: what all of them import is loaded, and kept in memory, once.

Only for a process that has one thread and no database open: neither threads nor SQLite's locks get over a fork.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable

from setproctitle import setproctitle

FORK = multiprocessing.get_context("fork")
ENDING = (signal.SIGTERM, signal.SIGINT)
# From linux/prctl.h: the signal this process is sent when its parent has died.
PR_SET_PDEATHSIG = 1


def spare_memory() -> None:
    """Take what is loaded off the garbage collector, whose marks would give each fork a copy of its own."""
    gc.collect()
    gc.freeze()


class Fork:
    """A running fork; ends when this process does, even when that is killed."""

    def __init__(self, title: str, run: Callable[[], None]) -> None:
        """Fork, have it run something, and name it `title` in lists of processes."""
        self._process = FORK.Process(target=_become, args=(title, run, os.getpid()))
        # What ends the fork before it has handlers of its own is not taken by those it was born with, and lost.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def poll(self) -> int | None:
        """The exit code, the number of a signal negative; None while it runs."""
        return self._process.exitcode

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


def _become(title: str, run: Callable[[], None], parent: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # which died before that
        return
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    setproctitle(title)
    try:
        run()
    except Exception as error:  # noqa: BLE001 - told as an interpreter of its own would tell it
        sys.excepthook(type(error), error, error.__traceback__)
        sys.exit(1)
