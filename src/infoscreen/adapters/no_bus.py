"""No broker: for an operator's tasks, which change the database and leave the rest to the running processes."""

from collections.abc import Sequence

from infoscreen.domain.errors import BusUnavailable
from infoscreen.services.notices import Notice
from infoscreen.services.ports import Message


class NoBus:
    """The ports `Bus` and `Announcer` where nothing is connected."""

    is_connected = False

    def publish(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:  # noqa: ARG002
        """Never publishes; raises `BusUnavailable`."""
        raise BusUnavailable

    def publish_all(self, messages: Sequence[Message]) -> Sequence[bool]:
        """None is confirmed."""
        return [False] * len(messages)

    def announce(self, notice: Notice) -> None:
        """Tell nobody: the scheduler finds what changed at its next poll."""
