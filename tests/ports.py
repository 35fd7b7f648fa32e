"""Ports for the services that tests start."""

import random
import socket

# Below the range from which the system takes the ports of outgoing connections: one of those could come in between.
FIRST, LAST = 18_000, 30_000


def free_port() -> int:
    """A port that nothing uses now, at random, so that parallel tests hardly ever choose the same."""
    for port in random.sample(range(FIRST, LAST), 200):
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")
