"""Why a device's message is dropped, and a log of it that a flood cannot fill."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import structlog

log = structlog.get_logger()

LOGGED_ONCE_IN = timedelta(minutes=1)
# So many (client, reason) pairs are remembered before those that are older than a minute are forgotten.
REMEMBERED = 10_000


class Reason(StrEnum):
    """Why a message, or the picture in it, was not taken."""

    UNKNOWN_TOPIC = "unknown_topic"
    TOO_LARGE = "too_large"
    RETAINED = "retained"
    BAD_UTF8 = "bad_utf8"
    NOT_JSON = "not_json"
    INVALID = "invalid"
    ANOTHER_CLIENT = "another_client"
    BAD_PICTURE = "bad_picture"
    TOO_MANY_PICTURES = "too_many_pictures"
    UNKNOWN_COMMAND = "unknown_command"
    UNKNOWN_CLIENT = "unknown_client"
    REFUSED_BY_DATABASE = "refused_by_database"


class Unreadable(Exception):
    """A message that is to be dropped."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Outcome(NamedTuple):
    """What became of one message: taken as it is meant (no reason), or dropped.

    `superseded`: so many older ones of the same second were not read, since this one tells all that they could.
    """

    kind: str
    uuid: str
    reason: Reason | None = None
    superseded: int = 0


class RefusalLog:
    """Logs each client and reason once in a minute."""

    def __init__(self) -> None:
        self._logged: dict[tuple[str, Reason], datetime] = {}

    def note(self, outcome: Outcome, now: datetime) -> None:
        """Log a dropped message, unless the same was logged within the minute."""
        if outcome.reason is None:
            return
        key = (outcome.uuid, outcome.reason)
        last = self._logged.get(key)
        if last is None or not timedelta(0) <= now - last < LOGGED_ONCE_IN:
            self._remember(key, now)
            log.warning("message_dropped", client=outcome.uuid, kind=outcome.kind, reason=str(outcome.reason))

    def _remember(self, key: tuple[str, Reason], now: datetime) -> None:
        if len(self._logged) >= REMEMBERED:
            self._logged = {known: at for known, at in self._logged.items() if now - at < LOGGED_ONCE_IN}
        if len(self._logged) >= REMEMBERED:
            self._logged.clear()
        self._logged[key] = now
