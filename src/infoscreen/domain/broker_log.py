"""What Mosquitto's log tells: who was refused, from where, and who has connected since the broker's start.

Up to 2.0 the line of a refusal names no address, and with client ids taken from user names no account either; the
address is that of the newest connection that has not logged in. Later versions tell both in one line.
"""

import re
from collections import deque
from dataclasses import dataclass, field

# Connections without a login that are remembered; older ones are those that hold a connection open and say nothing.
WAITING_AT_MOST = 1_000
REFUSALS_AT_MOST = 10_000
UNKNOWN = "<unknown>"

_STARTED = re.compile(r"mosquitto version \S+ (starting|running)")
_OPENED = re.compile(r"New connection from (?P<peer>\S+:\d+) on port")
_CONNECTED = re.compile(r"New client connected from (?P<peer>\S+:\d+) as (?P<name>\S+) \(")
# To the end of the line, and looked for first: whoever is refused has chosen the name, and may put anything into it.
_REFUSED = re.compile(
    r"Client (?P<name>.+?)(?: \[(?P<peer>[^\s\[\]]+:\d+)\])? disconnected[,:] not authori[sz]ed\.?\s*\Z"
)
_ENDED_UNKNOWN = re.compile(rf"Client {UNKNOWN}(?: \[(?P<peer>\S+:\d+)\])? (?:disconnected|closed|has exceeded)")
_ENDED = re.compile(
    r"Client (?P<name>.+) (?:disconnected|closed its connection|has exceeded timeout|already connected)"
)
_ROUTINE = re.compile(
    r"Saving in-memory database|Reloading config|Config loaded|Opening ipv[46] listen socket|terminating$"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused login; `account` is empty where the broker does not say it."""

    address: str
    port: int
    account: str = ""


@dataclass(slots=True)
class BrokerLog:
    """Reads the log line by line, and remembers what is asked for later."""

    connected: set[str] = field(default_factory=set)
    refusals: deque[Refusal] = field(default_factory=lambda: deque(maxlen=REFUSALS_AT_MOST))
    _waiting: dict[str, None] = field(default_factory=dict)
    _away: set[str] = field(default_factory=set)
    _knows_the_start: bool = False

    def is_away(self, name: str) -> bool:
        """Whether an account was seen to go, or has not come since a start that was seen."""
        return name in self._away or (self._knows_the_start and name not in self.connected)

    def read(self, line: str) -> bool:
        """Take in a line; False for one that is of another kind, so that a person may want to see it."""
        if found := _REFUSED.search(line):
            self._refuse(found["name"], found["peer"] or self._newest())
        elif _STARTED.search(line):
            self._knows_the_start = True
            for names in (self.connected, self._away, self._waiting):
                names.clear()
        elif found := _OPENED.search(line):
            self._open(found["peer"])
        elif found := _CONNECTED.search(line):
            self._waiting.pop(found["peer"], None)
            self.connected.add(found["name"])
            self._away.discard(found["name"])
        elif found := _ENDED_UNKNOWN.search(line):
            self._waiting.pop(found["peer"] or self._newest(), None)
        elif found := _ENDED.search(line):
            self._end(found["name"])
        else:
            return bool(_ROUTINE.search(line))
        return True

    def take_refusals(self) -> list[Refusal]:
        """The refusals since this was asked last."""
        return [self.refusals.popleft() for _ in range(len(self.refusals))]

    def _open(self, peer: str) -> None:
        self._waiting[peer] = None
        if len(self._waiting) > WAITING_AT_MOST:
            del self._waiting[next(iter(self._waiting))]

    def _end(self, name: str) -> None:
        # Of those that were let in only: others may call themselves what they like.
        if name in self.connected:
            self._away.add(name)

    def _newest(self) -> str:
        return next(reversed(self._waiting), "")

    def _refuse(self, name: str, peer: str) -> None:
        self._waiting.pop(peer, None)
        address, _, port = peer.rpartition(":")
        self.refusals.append(Refusal(address, int(port or 0), "" if name == UNKNOWN else name))
