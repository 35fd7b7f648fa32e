"""Which CAs a device trusts for the broker. The server renews them; only what has opened the broker's door is kept.

So neither a wrong answer nor a wrong certificate can lock the device out: it goes on with what it had.
"""

import hashlib
import ssl
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from socket import create_connection

import structlog
from pydantic import BaseModel, Field, ValidationError

from infoscreen_device.config import Broker
from infoscreen_device.private_files import write_private
from infoscreen_wire.trust import fingerprint

log = structlog.get_logger()

HANDSHAKE_WITHIN_SECONDS = 10.0


class KeptCa(BaseModel):
    """The file; `configured` is the hash of what was configured when it was written."""

    configured: str
    ca_certificate: str = Field(min_length=1)


@lru_cache(maxsize=8)
def tls_context(broker: Broker) -> ssl.SSLContext:
    """One context for all devices of a broker: loading its CA a thousand times costs seconds."""
    context = ssl.create_default_context(cadata=broker.ca_certificate)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if broker.certfile:
        context.load_cert_chain(broker.certfile, broker.keyfile)
    return context


class Trust:
    """The CAs of one device, kept in a file where it has one."""

    def __init__(self, broker: Broker, file: Path | None = None) -> None:
        self._file = file
        self._configured = hashlib.sha256((broker.ca_certificate or "").encode()).hexdigest()
        self._broker = replace(broker, ca_certificate=self._read() or broker.ca_certificate)

    @property
    def ca_certificate(self) -> str | None:
        """What is trusted now (PEM); None is what the system trusts."""
        return self._broker.ca_certificate

    @property
    def fingerprint(self) -> str | None:
        """By what the server knows which CAs those are."""
        return fingerprint(self._broker.ca_certificate) if self._broker.ca_certificate else None

    def context(self) -> ssl.SSLContext:
        """For the next connection to the broker."""
        return tls_context(self._broker)

    def is_new(self, ca_certificate: str | None) -> bool:
        """Whether this is to be trusted in place of what is trusted now."""
        can_keep = self._broker.tls and self._file is not None
        return bool(can_keep and ca_certificate and ca_certificate != self.ca_certificate)

    def take(self, ca_certificate: str) -> None:
        """Trust this from now on, if the broker proves itself by it. OSError or ValueError when it does not."""
        broker = replace(self._broker, ca_certificate=ca_certificate)
        address = broker.host, broker.port
        with (
            create_connection(address, HANDSHAKE_WITHIN_SECONDS) as raw,
            tls_context(broker).wrap_socket(raw, server_hostname=broker.host),
        ):
            pass
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            kept = KeptCa(configured=self._configured, ca_certificate=ca_certificate)
            write_private(self._file, kept.model_dump_json())
        self._broker = broker

    def _read(self) -> str | None:
        if self._file is None or not self._file.exists():
            return None
        try:
            kept = KeptCa.model_validate_json(self._file.read_bytes())
            ssl.create_default_context(cadata=kept.ca_certificate)
        except (OSError, TypeError, ValueError, ValidationError) as error:
            log.error("kept CA cannot be read", file=str(self._file), error=type(error).__name__)
            return None
        # Somebody has configured another one since then: that is newer than what is kept.
        return kept.ca_certificate if kept.configured == self._configured else None
