"""The life of a conversion to PDF: its states and their legal moves, why it fails, and when it is tried again."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from infoscreen.domain.errors import Conflict, InfoscreenError

# One conversion may take this long, in seconds.
CONVERSION_LIMIT = 120
# A worker has stored its result within this time after its claim, or it is dead.
STALE_AFTER = timedelta(seconds=CONVERSION_LIMIT + 15)
# The pauses after the first and the second try; after the third there is none.
RETRY_PAUSES = (timedelta(seconds=15), timedelta(seconds=60))
MOST_TRIES = len(RETRY_PAUSES) + 1


class NothingToConvert(Conflict):
    """The medium is of a kind that is shown as it is."""

    code = "nothing_to_convert"


class Failure(StrEnum):
    """Why a conversion did not yield a PDF."""

    UNREADABLE = "unreadable"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105 - a reason
    TIMED_OUT = "timed_out"
    CONVERTER_AWAY = "converter_away"
    DISK_FULL = "disk_full"
    WORKER_DIED = "worker_died"

    @property
    def can_pass(self) -> bool:
        """Whether another try may succeed."""
        return self not in (Failure.UNREADABLE, Failure.PASSWORD_PROTECTED)


class ConversionFailed(InfoscreenError):
    """The converter could not make a PDF; `failure` says why."""

    code = "conversion_failed"

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure=failure.value)
        self.failure = failure


class ConversionInterrupted(InfoscreenError):
    """The process is ending; the conversion is to be done again."""

    code = "conversion_interrupted"


class ConversionStatus(StrEnum):
    """Where a conversion stands."""

    PENDING = "pending"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


# Ready without processing: another medium of the same content has its PDF.
MOVES: Mapping[ConversionStatus, Collection[ConversionStatus]] = {
    ConversionStatus.PENDING: {ConversionStatus.PROCESSING, ConversionStatus.READY, ConversionStatus.FAILED},
    ConversionStatus.PROCESSING: {ConversionStatus.READY, ConversionStatus.FAILED, ConversionStatus.PENDING},
    ConversionStatus.FAILED: {ConversionStatus.PENDING, ConversionStatus.READY},
    ConversionStatus.READY: frozenset(),
}


def before(status: ConversionStatus) -> list[ConversionStatus]:
    """The states from which a conversion may come to this one."""
    return [start for start in ConversionStatus if status in MOVES[start]]


def after_failure(failure: Failure, tries: int) -> ConversionStatus:
    """Where a failed try leads: to another one when the failure can pass and tries are left."""
    return ConversionStatus.PENDING if failure.can_pass and tries < MOST_TRIES else ConversionStatus.FAILED


def is_due(tries: int, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a pending conversion may be tried: at once, or a growing pause after the end of the last try."""
    if ended_at is None or tries == 0:
        return True
    return now >= ended_at + RETRY_PAUSES[min(tries, len(RETRY_PAUSES)) - 1]
