"""The passwords a device keeps for the broker, best first. The server may switch back, so the older ones stay.

An old password is worth nothing to a thief, and lets the device in again when the server was restored from a backup.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import structlog
from pydantic import BaseModel, Field, ValidationError

from infoscreen_device.private_files import write_private

log = structlog.get_logger()

# The one that let the device in, the one it was switched to, and one that waits for the switch.
KEPT = 3


@dataclass(frozen=True, slots=True)
class Passwords:
    """In the order in which they are tried; `worked` let the device in last, `waiting` is not confirmed yet.

    What let the device in stays: the server may switch back to it however many switches came to nothing. Of those
    that wait only the newest counts: the server takes a confirmation of no other.
    """

    known: tuple[str, ...]
    worked: str
    waiting: str | None = None

    def taking(self, password: str) -> "Passwords":
        """With one that does not hold yet: right after the one that does, and in place of the one that waited."""
        if password in self.known:
            return self
        first, *others = (each for each in self.known if each != self.waiting)
        return self._within((first, password, *others), waiting=password)

    def preferring(self, password: str) -> "Passwords":
        """With one in the first place: the server is about to switch to it."""
        others = (each for each in self.known if each != password)
        return self._within((password, *others), waiting=None if password == self.waiting else self.waiting)

    def working(self, password: str) -> "Passwords":
        """With the one that has just let the device in."""
        return replace(self.preferring(password), worked=password)

    def _within(self, known: tuple[str, ...], waiting: str | None) -> "Passwords":
        kept = list(known)
        while len(kept) > KEPT:
            kept.remove(next(each for each in reversed(kept) if each != self.worked))
        return Passwords(tuple(kept), self.worked, waiting)


class KeptPasswords(BaseModel):
    """The file; `configured` is the hash of the password that was configured when it was written."""

    configured: str
    passwords: tuple[str, ...] = Field(min_length=1, repr=False)
    worked: str | None = Field(default=None, repr=False)
    waiting: str | None = Field(default=None, repr=False)

    def restored(self) -> Passwords:
        """What the file says; one of an earlier version does not tell which password worked."""
        worked = self.worked if self.worked in self.passwords else None
        return Passwords(self.passwords, worked or self.passwords[0], self.waiting)


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
        """Try this one first: the server is about to switch to it."""
        self._change(self._passwords.preferring(password))

    def worked(self, password: str) -> None:
        """Try this one first, and never drop it: it has just let the device in."""
        self._change(self._passwords.working(password))

    def _change(self, passwords: Passwords) -> None:
        if passwords == self._passwords:
            return
        if self._file is not None:
            kept = KeptPasswords(
                configured=self._configured,
                passwords=passwords.known,
                worked=passwords.worked,
                waiting=passwords.waiting,
            )
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(self._file, kept.model_dump_json())
        self._passwords = passwords

    def _read(self, configured: str) -> Passwords:
        if self._file is None or not self._file.exists():
            return Passwords((configured,), configured)
        try:
            kept = KeptPasswords.model_validate_json(self._file.read_bytes())
        except (OSError, ValidationError) as error:
            log.error("kept passwords cannot be read", file=str(self._file), error=type(error).__name__)
            return Passwords((configured,), configured)
        passwords = kept.restored()
        # Somebody has configured another one since then: that is newer than what is kept.
        return passwords if kept.configured == self._configured else passwords.working(configured)
