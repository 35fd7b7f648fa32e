"""The files Mosquitto takes its accounts and rules from, and the passwords of this installation's server processes.

Every file is replaced as a whole: whoever reads, and whatever is killed or full, sees the old one or the new one.
Mosquitto itself is run by `mosquitto.py`.
"""

import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

import structlog

from infoscreen.domain.broker_accounts import (
    SALT_BYTES,
    SERVER_USERNAMES,
    BrokerFilesHeld,
    Grant,
    Probe,
    is_password_hash,
    password_hash,
)
from infoscreen_wire.access import Rule

log = structlog.get_logger()

PROBE_USERNAME = "infoscreen-probe"
SERVER_PASSWORD_BYTES = 32
# Both files are read line by line and by words: these characters can end neither, nor begin a comment.
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
_TOPIC = re.compile(r"[A-Za-z0-9$+][A-Za-z0-9/_.+$-]*#?\Z")

# Which file it is, how long, and when it was changed last.
Identity = tuple[int, int, int]
_State = tuple[Identity, Identity] | None


class BrokerFiles:
    """`password_file` and `acl_file` of one broker, in its directory."""

    def __init__(self, directory: Path) -> None:
        self.password_file = directory / "password_file"
        self.acl_file = directory / "acl_file"
        self._lock_file = directory / "sync.lock"
        self._probe_password = secrets.token_urlsafe(SERVER_PASSWORD_BYTES)
        self._written: _State = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only one who writes these files. Raises `BrokerFilesHeld` where another process does."""
        self._lock_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _locked(self._lock_file, wait=False):
            yield

    def write(self, grants: Sequence[Grant]) -> Probe:
        """Replace both files; the broker follows them when it is reloaded, which the returned probe can prove."""
        probe = Probe(PROBE_USERNAME, secrets.token_urlsafe(SERVER_PASSWORD_BYTES), self._probe_password)
        salt = secrets.token_bytes(SALT_BYTES)
        sound = [*_sound(grants), Grant(probe.username, password_hash(probe.password, salt), ())]
        # As they are before they are in their places: whatever somebody does to them there is seen.
        self._written = (
            replace_file(self.password_file, password_lines(sound)),
            replace_file(self.acl_file, acl_lines(sound)),
        )
        self._probe_password = probe.password
        return probe

    def are_as_written(self) -> bool:
        """Whether nobody has changed, replaced or deleted a file since it was written here."""
        return self._written is not None and self._state() == self._written

    def password_hashes(self) -> dict[str, str]:
        """What `password_file` holds by user name, as far as it can be read; nothing without it."""
        try:
            lines = self.password_file.read_text("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return {}
        accounts = (line.partition(":") for line in lines)
        return {name: hashed for name, _, hashed in accounts if name != PROBE_USERNAME}

    def withdraw(self) -> None:
        """Delete both files; without them, Mosquitto does not start."""
        self.password_file.unlink(missing_ok=True)
        self.acl_file.unlink(missing_ok=True)

    def _state(self) -> _State:
        try:
            found = [file.stat() for file in (self.password_file, self.acl_file)]
        except FileNotFoundError:
            return None
        return _identity(found[0]), _identity(found[1])


def password_lines(grants: Sequence[Grant]) -> str:
    """Text of `password_file`."""
    return "".join(f"{grant.username}:{grant.password_hash}\n" for grant in grants)


def acl_lines(grants: Sequence[Grant]) -> str:
    """Text of `acl_file`: a section for each account; what is not listed is denied."""
    return "\n".join(f"user {grant.username}\n{_topic_lines(grant.rules)}" for grant in grants)


def _topic_lines(rules: Sequence[Rule]) -> str:
    return "".join(f"topic {_access(rule)} {rule.topic}\n" for rule in rules if rule.publish or rule.subscribe)


def _access(rule: Rule) -> str:
    if rule.publish and rule.subscribe:
        return "readwrite"
    return "write" if rule.publish else "read"


def _sound(grants: Sequence[Grant]) -> Iterator[Grant]:
    """Those grants that can be written; one that could smuggle in lines is left out and so has no access at all."""
    for grant in grants:
        if _is_sound(grant):
            yield grant
        else:
            log.error("broker_account_left_out", username=grant.username)


def _is_sound(grant: Grant) -> bool:
    return (
        _USERNAME.match(grant.username) is not None
        and grant.username != PROBE_USERNAME
        and is_password_hash(grant.password_hash)
        and all(_TOPIC.match(rule.topic) for rule in grant.rules)
    )


def server_password(directory: Path, username: str) -> str:
    """Password of one of the server processes' accounts; raises `LookupError`."""
    try:
        return server_passwords(directory)[username]
    except KeyError:
        raise LookupError(f"{username} is no account of the private broker") from None


def server_passwords(directory: Path) -> dict[str, str]:
    """Passwords of the server processes' accounts (user name → password); whoever asks first makes them up."""
    path = directory / "server_accounts.json"
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(directory / "server_accounts.lock"):
        kept: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        missing = [username for username in SERVER_USERNAMES if username not in kept]
        if missing:
            kept |= {username: secrets.token_urlsafe(SERVER_PASSWORD_BYTES) for username in missing}
            replace_file(path, json.dumps(kept, indent=2) + "\n")
    return kept


def renew_server_password(directory: Path, username: str) -> str:
    """Make up another password for one of the server processes' accounts; raises `LookupError`.

    It is on the disk when this returns: the processes take it from there as soon as the broker ends their connection.
    """
    server_password(directory, username)
    with _locked(directory / "server_accounts.lock"):
        path = directory / "server_accounts.json"
        kept: dict[str, str] = json.loads(path.read_text("utf-8"))
        kept[username] = secrets.token_urlsafe(SERVER_PASSWORD_BYTES)
        replace_file(path, json.dumps(kept, indent=2) + "\n")
    return kept[username]


def _give_to_owner_of(directory: Path, descriptor: int) -> None:
    """What root makes must be readable by the processes, which run as the owner of the directory."""
    owner = directory.stat()
    if os.geteuid() == 0 and owner.st_uid != 0:
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


@contextmanager
def _locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    # No link: it could lead root to a file that is nobody's here.
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    try:
        _give_to_owner_of(path.parent, descriptor)
        _lock(descriptor, path, wait=wait)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path, *, wait: bool) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BrokerFilesHeld(f"Another process keeps the files in {path.parent}.") from None


def replace_file(path: Path, text: str) -> Identity:
    """Put a text in place of a file's content, mode 600, so that not even a crash leaves anything in between."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            _give_to_owner_of(path.parent, file.fileno())
            written = _identity(os.fstat(file.fileno()))
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    _sync_directory(path.parent)
    return written


def _identity(status: os.stat_result) -> Identity:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _sync_directory(directory: Path) -> None:
    """Make a rename in a directory survive a loss of power."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
