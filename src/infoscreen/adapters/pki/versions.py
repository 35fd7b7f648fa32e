"""Directories of files that change together: every change is a new directory, and one symbolic link says which counts.

Whatever is killed or full, the link names a directory that is whole. The one before stays, as the way back.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Renewing the CA takes three changes, and each can be taken back.
KEPT_BEHIND = 4
# Other users' processes may open the CA's certificate, whose name they know; the keys are their owner's alone.
TRAVERSED = 0o711


class Versions:
    """Numbered directories below `directory`; `directory/current` is the one that counts.

    History is a line: a change after a way back replaces what was abandoned.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._versions = directory / "versions"
        self.current = directory / "current"

    def number(self) -> int | None:
        """Number of the version that counts; None before the first."""
        try:
            return int(self.current.readlink().name)
        except FileNotFoundError:
            return None

    def previous(self) -> Path | None:
        """The version before the one that counts, if it is still there."""
        number = self.number()
        before = self._path(number - 1) if number else None
        return before if before and before.is_dir() else None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others from changing anything."""
        self._directory.parent.mkdir(parents=True, exist_ok=True)
        with _as_owner_of(self._directory.parent):
            _make(self._directory)
            descriptor = os.open(self._directory / "lock", os.O_CREAT | os.O_RDWR, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield
            finally:
                os.close(descriptor)

    @contextmanager
    def change(self) -> Iterator[Path]:
        """A copy of what counts, to be changed; it counts when the block ends. The caller holds the lock."""
        number = self.number()
        following = self._path((number or 0) + 1)
        # Abandoned by a way back, or half-written by a change that was killed.
        shutil.rmtree(following, ignore_errors=True)
        _make(self._versions)
        _make(following)
        if number is not None:
            shutil.copytree(self._path(number), following, dirs_exist_ok=True)
        yield following
        for path in (*following.iterdir(), following, self._versions):
            _sync(path)
        self._switch_to(following)
        self._prune()

    def go_back(self) -> None:
        """Let the version before count again; the caller has seen that there is one, and holds the lock."""
        before = self.previous()
        if before is None:
            raise LookupError("there is no version before this one")
        self._switch_to(before)

    def _switch_to(self, version: Path) -> None:
        link = self._directory / ".current"
        link.unlink(missing_ok=True)
        link.symlink_to(version.relative_to(self._directory))
        link.replace(self.current)
        _sync(self._directory)

    def _prune(self) -> None:
        oldest = (self.number() or 0) - KEPT_BEHIND
        for version in self._versions.iterdir():
            if int(version.name) < oldest:
                shutil.rmtree(version)

    def _path(self, number: int) -> Path:
        return self._versions / f"{number:06}"


@contextmanager
def _as_owner_of(directory: Path) -> Iterator[None]:
    """Let root do as the owner of a directory what it does in there.

    What is made belongs to the processes, which run as that user; and whatever that user puts in root's way, a link for
    example, leads nowhere that the user could not go alone.
    """
    owner, groups, group = directory.stat(), os.getgroups(), os.getegid()
    if os.geteuid() != 0 or owner.st_uid == 0:
        yield
        return
    os.setgroups([owner.st_gid])
    os.setegid(owner.st_gid)
    os.seteuid(owner.st_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)
        os.setgroups(groups)


def _make(directory: Path) -> None:
    """Whatever the process's umask says."""
    directory.mkdir(exist_ok=True)
    directory.chmod(TRAVERSED)


def write(path: Path, content: bytes, *, secret: bool) -> None:
    """Write a file of a version: a secret is its owner's from the first byte."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600 if secret else 0o644)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, 0o600 if secret else 0o644)
        file.write(content)


def _sync(path: Path) -> None:
    """Make a file, or the names in a directory, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
