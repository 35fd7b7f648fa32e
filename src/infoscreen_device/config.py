"""What a device is told before it starts: who it is, which broker it talks to, how often it reports."""

from dataclasses import dataclass, field
from pathlib import Path

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Broker:
    """Where the broker is; `ca_certificate` is PEM text, None means the system's own list.

    `certfile` and `keyfile` are this device's own certificate, for a broker that asks for one on top of the password;
    without `keyfile` the key is in the same file.
    """

    host: str
    port: int = 1883
    tls: bool = False
    ca_certificate: str | None = field(default=None, repr=False)
    certfile: Path | None = None
    keyfile: Path | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A device's own access to broker and media; `server_host` is the only host that is shown the device token.

    `server` is the address of the product's HTTP side, None where it is not known.
    """

    uuid: str
    username: str
    password: str = field(repr=False)
    broker: Broker
    device_token: str | None = field(default=None, repr=False)
    server_host: str | None = None
    server: str | None = None


@dataclass(frozen=True, slots=True)
class Hardware:
    """What a device says about itself when it announces itself, and what its fallback screen calls it."""

    hostname: str
    ip: str | None = None
    model: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Intervals:
    """Seconds between two reports of a kind, and between two looks for a new password."""

    heartbeat: float = 65
    health: float = 5
    screenshot: float = 60
    credentials: float = 24 * 3600


@dataclass(frozen=True, slots=True)
class DeviceConfig:
    """Everything about one device; `school` stands on its fallback screen, `screen` is its width and height.

    `credentials_file` keeps passwords that the server has renewed, `trust_file` the CAs; without them the device stays
    with its first ones. `commands_file` remembers commands; without it a restart of the process forgets them.
    """

    account: Account
    hardware: Hardware
    intervals: Intervals = Intervals()
    school: str = "Infoscreen"
    screen: Size = (1280, 720)
    mqtt_311: bool = False
    credentials_file: Path | None = None
    commands_file: Path | None = None
    trust_file: Path | None = None
