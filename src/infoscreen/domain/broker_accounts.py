"""Accounts of the broker as values: names, the broker's own password hash, and what the broker is told of each."""

import base64
import hashlib
import hmac
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from infoscreen_wire.access import Actor, Rule

SHORTEST_UUID_PART = 8
# Mosquitto's default. It hashes on its only thread, and passwords are long and random: more rounds only stall it.
ROUNDS = 101
SALT_BYTES = 12
_HASH = re.compile(r"\$7\$(?P<rounds>[1-9]\d{0,5})\$(?P<salt>[A-Za-z0-9+/]+={0,2})\$(?P<key>[A-Za-z0-9+/]+={0,2})\Z")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")

# One account for each process of an installation on one machine.
SERVER_USERNAMES = (
    "infoscreen-server-api-1",
    "infoscreen-server-listener-1",
    "infoscreen-server-scheduler-1",
    "infoscreen-server-worker-1",
    "infoscreen-server-health-1",
)
_SERVER_USERNAME = re.compile(r"infoscreen-(?P<actor>server-[a-z]+|monitor)-[1-9]\d{0,3}\Z")


class BrokerNotStarted(Exception):
    """The private broker does not run; the text says why, and what to do."""


class BrokerFilesHeld(Exception):
    """Another process keeps the broker's files; two at once would undo each other's work."""


class BrokerLags(Exception):
    """The broker does not answer, or does not follow the newest accounts yet."""


class ReloadLost(BrokerLags):
    """The broker answers, but by accounts older than the newest: a signal during a reload is lost."""


class BrokerIsOpen(Exception):
    """The broker lets in what no account or rule allows."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What the broker is told of one account."""

    username: str
    password_hash: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Probe:
    """An account without any rights whose password changes with every writing of the broker's files.

    The broker follows the new files when it lets `password` in and no longer `revoked_password`.
    """

    username: str
    password: str
    revoked_password: str


def is_uuid(text: str) -> bool:
    """Whether a text is a uuid as topics carry it: lower case, with dashes."""
    return _UUID.match(text) is not None


def client_username(uuid: str, taken: Container[str]) -> str:
    """Account name of a client: as many characters of its uuid, from 8, as no other account has."""
    names = (f"infoscreen-client-{uuid[:length]}" for length in range(SHORTEST_UUID_PART, len(uuid) + 1))
    return next(name for name in names if name not in taken and not name.endswith("-"))


def server_actor(username: str) -> Actor:
    """Whose rules a server's or monitor's account has; raises `ValueError` for a name of another form."""
    found = _SERVER_USERNAME.match(username)
    if found is None:
        raise ValueError(f"{username!r} is not of the form infoscreen-server-<actor>-<n> or infoscreen-monitor-<n>")
    return Actor(found["actor"])


def canary_uuid(username: str) -> str:
    """The uuid of the device that does not exist, whose rights a canary account has."""
    return str(uuid5(NAMESPACE_URL, f"infoscreen-canary:{username}"))


def revokes(before: Mapping[str, str], grants: Sequence[Grant]) -> bool:
    """Whether, after passwords were as `before` (user name → hash), an account is gone or has another password."""
    hashes = {grant.username: grant.password_hash for grant in grants}
    return any(hashes.get(username) != hashed for username, hashed in before.items())


def password_hash(password: str, salt: bytes) -> str:
    """Mosquitto's hash of a password: PBKDF2 with HMAC-SHA-512, a salt of 12 bytes and a key of 64."""
    key = _key(password, salt, ROUNDS)
    return f"$7${ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(key).decode()}"


def is_password_hash(text: str) -> bool:
    """Whether a text has the form of Mosquitto's hash."""
    return _HASH.match(text) is not None


def password_fits(password: str, hashed: str) -> bool:
    """Whether a password is the hashed one."""
    found = _HASH.match(hashed)
    if found is None:
        return False
    key = _key(password, base64.b64decode(found["salt"]), int(found["rounds"]))
    return hmac.compare_digest(base64.b64encode(key).decode(), found["key"])


def _key(password: str, salt: bytes, rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", password.encode(), salt, rounds, 64)
