"""Waiting for a condition instead of for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
# The longer it takes, the more rarely it is looked: to ask a server fifty times a second keeps it from what is awaited.
LOOK_AFTER_AT_LEAST, LOOK_AFTER_AT_MOST = 0.01, 0.1


def eventually(condition: Callable[[], T], timeout: float = 10.0) -> T:
    """What `condition` answers as soon as that is true; AssertionError when it is not within `timeout` seconds."""
    begun = time.monotonic()
    while True:
        answer = condition()
        if answer:
            return answer
        waited = time.monotonic() - begun
        if waited > timeout:
            raise AssertionError(f"not within {timeout} s; last answer: {answer!r}")
        time.sleep(min(max(waited / 20, LOOK_AFTER_AT_LEAST), LOOK_AFTER_AT_MOST))
