"""When refused logins from one address are too many."""

from collections import deque
from collections.abc import Iterable

from infoscreen.domain.broker_log import Refusal

WINDOW_SECONDS = 300.0
# A device whose password is wrong asks about once a minute; whoever guesses is faster.
TOO_MANY = 10
# Whoever has more addresses than this is counted under one.
ADDRESSES_AT_MOST = 1_000
OTHERS = "others"


class RefusedLogins:
    """Refusals of the last minutes by address."""

    def __init__(self) -> None:
        self._at: dict[str, deque[float]] = {}

    def note(self, refusals: Iterable[Refusal], now: float) -> dict[str, int]:
        """Count refusals at an instant (seconds, monotonic); returns the addresses among them that have too many."""
        self._forget(now - WINDOW_SECONDS)
        concerned = set()
        for refusal in refusals:
            address = self.counted_as(refusal.address)
            self._at.setdefault(address, deque(maxlen=ADDRESSES_AT_MOST)).append(now)
            concerned.add(address)
        return {address: len(self._at[address]) for address in concerned if len(self._at[address]) >= TOO_MANY}

    def counted_as(self, address: str) -> str:
        """Under which name an address is counted."""
        return address if address in self._at or len(self._at) < ADDRESSES_AT_MOST else OTHERS

    def _forget(self, before: float) -> None:
        for address, instants in list(self._at.items()):
            while instants and instants[0] < before:
                instants.popleft()
            if not instants:
                del self._at[address]
