"""PURE: the configuration of a private Mosquitto, with the reason of each setting."""

from dataclasses import dataclass
from pathlib import Path

# What a broker of the product needs wherever it runs; deploy/mosquitto/ has the same text.
SETTINGS = """\
# There is one set of rules. per_listener_settings stays off: with it, a reload mixes up who is who.
allow_anonymous false

persistence true
# The default, 1,800 s, loses every retained and queued message of the last half hour when the broker is killed.
autosave_interval 60
# Sessions of devices and processes that do not come back do not collect messages for ever.
persistent_client_expiration 7d

# The default, 1,000, drops messages that were confirmed to their sender.
max_queued_messages 100000
# The listener confirms a batch at a time; with the default, 20, it would be handed a hundred messages a second.
max_inflight_messages 2000
# A screenshot as base64 JSON is at most 8 MiB.
max_packet_size 12582912
# Without it, each small exchange waits 40 ms.
set_tcp_nodelay true

# Notices tell who connects and who is refused: failed logins are counted from them.
log_type error
log_type warning
log_type notice
"""

CONFIGURATION = """\
# Written at every start; changes here do not last.

{listeners}
password_file {directory}/password_file
# Exact topics per account; what is not listed is denied.
acl_file {directory}/acl_file
persistence_location {directory}/
# The user whose data directory this is; otherwise, started as root, it could not read its own files (mode 600).
user {user}
log_dest stderr
log_timestamp false

{settings}"""


LISTENER = """\
listener {port} {host}
# Belongs to a listener: to be said again after each. Without it, a client id throws off whoever has the same.
use_username_as_clientid true
"""
# A reload reads certificate and key again and drops nobody; a pair that does not fit leaves the one before at work.
# The CA, which only certificates of clients are checked against, is read at the start only.
TLS = """\
certfile {certificate}
keyfile {key}
cafile {ca}
# Without it, TLS 1.1 is accepted.
tls_version tlsv1.2
# On top of the password, not in place of it.
require_certificate {require_certificate}
"""


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """The broker's own certificate with its key, and the CA that certificates of clients are from."""

    certificate: Path
    key: Path
    ca: Path
    require_certificate: bool = False


@dataclass(frozen=True, slots=True)
class Listeners:
    """Where it listens; with `tls`, only `plain_port` goes without."""

    host: str
    port: int
    tls: TlsFiles | None = None
    plain_port: int | None = None

    @property
    def ports(self) -> tuple[int, ...]:
        """The one without TLS first, as what follows `listener` in the file belongs to it."""
        return (self.plain_port, self.port) if self.plain_port else (self.port,)

    @property
    def text(self) -> str:
        """Their part of the file."""
        plain = "\n".join(LISTENER.format(port=port, host=self.host) for port in self.ports)
        if self.tls is None:
            return plain
        required = str(self.tls.require_certificate).lower()
        files = {"certificate": self.tls.certificate, "key": self.tls.key, "ca": self.tls.ca}
        return plain + TLS.format(**files, require_certificate=required)


def configuration(directory: Path, user: str, listeners: Listeners) -> str:
    """The whole file; accounts, rules and database are in the directory, which belongs to the user."""
    return CONFIGURATION.format(listeners=listeners.text, directory=directory, user=user, settings=SETTINGS)
