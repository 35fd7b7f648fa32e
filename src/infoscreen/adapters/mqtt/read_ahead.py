"""A paho client for volume: many packets with one look at the socket.

Paho reads each packet with a look whether there is one and three or four reads, and lets go of the interpreter at each;
while another thread is busy it has to wait for it each time.
"""

from typing import TYPE_CHECKING

from paho.mqtt.client import Client
from paho.mqtt.enums import MQTTErrorCode

if TYPE_CHECKING:
    from paho.mqtt.client import SocketLike

READ_AT_ONCE = 16 * 1024
# Then it is looked whether there is something to be sent.
PACKETS_AT_ONCE = 100


class ReadAhead:
    """A socket that reads more than it is asked for, and keeps the rest; as paho wants a TLS socket, which does too."""

    def __init__(self, inner: "SocketLike") -> None:
        self._inner = inner
        self._read = b""
        self._at = 0
        self.send = inner.send
        self.fileno = inner.fileno
        self.close = inner.close
        self.setblocking = inner.setblocking

    def recv(self, size: int) -> bytes:
        """Up to so many bytes: of those that are here, or else of what the socket has."""
        asked = self._read[self._at : self._at + size]
        if not asked:
            self._read = self._inner.recv(max(size, READ_AT_ONCE))
            self._at = 0
            asked = self._read[:size]
        self._at += len(asked)
        return asked

    def pending(self) -> int:
        """How many bytes are here already, so that no look at the socket tells of them."""
        here = len(self._read) - self._at
        return here or (self._inner.pending() if hasattr(self._inner, "pending") else 0)


class ReadAheadClient(Client):
    """A paho client whose connections read ahead."""

    def loop_read(self, max_packets: int = PACKETS_AT_ONCE) -> MQTTErrorCode:
        """Read what is here, and no more than so many packets."""
        code = super().loop_read()
        for _ in range(max_packets - 1):
            connection = self.socket()
            if code or not isinstance(connection, ReadAhead) or not connection.pending():
                break
            code = super().loop_read()
        return code

    def _create_socket(self) -> "SocketLike":
        return ReadAhead(super()._create_socket())
