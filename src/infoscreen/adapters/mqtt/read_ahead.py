"""A paho client for volume: many packets with one look at the socket, and its messages in lists.

Paho reads each packet with a look whether there is one and three or four reads, and lets go of the interpreter at each;
while another thread is busy it has to wait for it each time.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from paho.mqtt.client import Client
from paho.mqtt.enums import MQTTErrorCode

from infoscreen.adapters.mqtt.publish_packets import Packet, packet_of, read_packets

if TYPE_CHECKING:
    from paho.mqtt.client import SocketLike

# While another thread computes, this one gets the interpreter for one such read every 5 ms.
READ_AT_ONCE = 64 * 1024
# Then it is looked whether there is something to be sent.
READS_AT_ONCE = 4


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

    def messages(self) -> list[Packet]:
        """Of what is here, from the begin of a packet on, the messages that need no paho."""
        packets, self._at = read_packets(self._read, self._at)
        return packets

    def pending(self) -> int:
        """How many bytes are here already, so that no look at the socket tells of them."""
        here = len(self._read) - self._at
        return here or (self._inner.pending() if hasattr(self._inner, "pending") else 0)


class ReadAheadClient(Client):
    """A paho client whose connections read ahead; `on_messages` is given what arrives, in the order of its arrival."""

    def __init__(self, *arguments: Any, on_messages: Callable[[Sequence[Packet]], None], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._on_messages = on_messages
        self.on_message = lambda _client, _userdata, message: on_messages([packet_of(message)])

    def loop_read(self, max_packets: int = READS_AT_ONCE) -> MQTTErrorCode:
        """Read what is here, with no more than so many looks at the socket."""
        code = super().loop_read()
        for _ in range(max_packets - 1):
            connection = self.socket()
            if code or not isinstance(connection, ReadAhead) or not connection.pending():
                break
            # A packet begins here: paho stops within one only where there is nothing more to read.
            self._on_messages(connection.messages())
            code = super().loop_read()
        return code

    def _create_socket(self) -> "SocketLike":
        return ReadAhead(super()._create_socket())
