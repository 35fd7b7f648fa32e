"""What a device can tell about itself: read anew each time, as addresses and names change."""

import platform
import socket
from dataclasses import dataclass, field
from pathlib import Path

MODEL = Path("/proc/device-tree/model")
INTERFACES = Path("/sys/class/net")
# No packet is sent: connecting a datagram socket only asks the system which way it would go.
ANYWHERE = ("192.0.2.1", 9)
NO_MAC = "00:00:00:00:00:00"


@dataclass(frozen=True, slots=True)
class ThisDevice:
    """The machine that this runs on; what cannot be found out is None."""

    hostname: str
    ip: str | None
    model: str | None
    os_version: str | None
    macs: tuple[str, ...] = field(default=())


def this_device(server: tuple[str, int] | None) -> ThisDevice:
    """The machine that this runs on, with the address it has on the way to the server."""
    return ThisDevice(socket.gethostname(), _own_ip(server or ANYWHERE), _model(), _os_version(), _macs())


def _own_ip(target: tuple[str, int]) -> str | None:
    try:
        found = socket.getaddrinfo(*target, type=socket.SOCK_DGRAM)[0]
        with socket.socket(found[0], socket.SOCK_DGRAM) as probe:
            probe.connect(found[4])
            return str(probe.getsockname()[0])
    except OSError:
        return None


def _model() -> str | None:
    """As the firmware tells it, with a zero byte at its end."""
    return _text(MODEL)


def _os_version() -> str | None:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME")
    except OSError:
        return None


def _macs() -> tuple[str, ...]:
    """Of the network cards; loopback has none."""
    addresses = (_text(path) for path in sorted(INTERFACES.glob("*/address")))
    return tuple(address for address in addresses if address and address != NO_MAC)


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", errors="replace").strip("\0\n ") or None
    except OSError:
        return None
