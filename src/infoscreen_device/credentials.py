"""The passwords a device keeps for the broker, best first. The server may switch back, so the older ones stay.

An old password is worth nothing to a thief, and lets the device in again when the server was restored from a backup.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import structlog
from pydantic import BaseModel, Field, ValidationError

from infoscreen_device.private_files import write_private

log = structlog.get_logger()

# The one that works, one that waits for the switch, and one to fall back to when both turn out to be wrong.
KEPT = 3


@dataclass(frozen=True, slots=True)
class Passwords:
    """In the order in which they are tried."""

    known: tuple[str, ...]

    def taking(self, password: str) -> "Passwords":
        """With one that does not hold yet: right after the one that does."""
        if password in self.known:
            return self
        return Passwords((self.known[0], password, *self.known[1:])[:KEPT])

    def preferring(self, password: str) -> "Passwords":
        """With one in the first place."""
        return Passwords((password, *(each for each in self.known if each != password))[:KEPT])


class KeptPasswords(BaseModel):
    """The file; `configured` is the hash of the password that was configured when it was written."""

    configured: str
    passwords: tuple[str, ...] = Field(min_length=1, repr=False)


class Credentials:
    """A device's passwords, kept in a file where it has one; each change is on disk when the method returns."""

    def __init__(self, configured: str, file: Path | None = None) -> None:
        self._configured = hashlib.sha256(configured.encode()).hexdigest()
        self._file = file
        self._passwords = self._read(configured)

    @property
    def can_keep(self) -> bool:
        """Whether a new password would outlive a restart; without that none may be taken."""
        return self._file is not None

    @property
    def known(self) -> tuple[str, ...]:
        """What to try, the best first."""
        return self._passwords.known

    def take(self, password: str) -> None:
        """Keep a new password beside the others. OSError when it is not on disk, and then it must not be confirmed."""
        self._change(self._passwords.taking(password))

    def prefer(self, password: str) -> None:
        """Try this one first: it has just worked, or the server is about to switch to it."""
        self._change(self._passwords.preferring(password))

    def _change(self, passwords: Passwords) -> None:
        if passwords == self._passwords:
            return
        if self._file is not None:
            kept = KeptPasswords(configured=self._configured, passwords=passwords.known)
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(self._file, kept.model_dump_json())
        self._passwords = passwords

    def _read(self, configured: str) -> Passwords:
        if self._file is None or not self._file.exists():
            return Passwords((configured,))
        try:
            kept = KeptPasswords.model_validate_json(self._file.read_bytes())
        except (OSError, ValidationError) as error:
            log.error("kept passwords cannot be read", file=str(self._file), error=type(error).__name__)
            return Passwords((configured,))
        passwords = Passwords(kept.passwords)
        # Somebody has configured another one since then: that is newer than what is kept.
        return passwords if kept.configured == self._configured else passwords.preferring(configured)
