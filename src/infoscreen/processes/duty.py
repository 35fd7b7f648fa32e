"""Something that a process sees to again and again, whatever goes wrong meanwhile."""

import time
from collections.abc import Callable

import structlog

log = structlog.get_logger()

# Seconds: the first pause after a failure, and the longest.
RETRY_AFTER = 0.2
RETRY_AT_MOST_AFTER = 5.0


class Duty:
    """Something that is seen to again and again: not too often, and after a failure with growing pauses.

    `act` answers whether there was anything to do.
    """

    def __init__(self, failed: str, act: Callable[[], bool], *, at_most_every: float = 0.0) -> None:
        self._failed = failed
        self._act = act
        self._pause = at_most_every
        self._failures = 0
        self._not_before = float("-inf")

    def attempt(self) -> None:
        """Do it if it is time."""
        if time.monotonic() < self._not_before:
            return
        try:
            if self._act():
                self._failures = 0
                self._not_before = time.monotonic() + self._pause
        except Exception as error:  # noqa: BLE001 - whatever it is: the broker runs on, and it is tried again
            self._failures += 1
            self._not_before = time.monotonic() + min(RETRY_AFTER * 2**self._failures, RETRY_AT_MOST_AFTER)
            log.error(self._failed, error=str(error), failures=self._failures)
