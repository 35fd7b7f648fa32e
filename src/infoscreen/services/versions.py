"""Two people, one row: an edit made on an older version is refused with the row as it is now."""

from typing import Protocol

from infoscreen.domain.errors import StaleVersion
from infoscreen.services.work import Work


class Versioned(Protocol):
    """A row that several people may edit."""

    version: int


def next_version(work: Work, row: Versioned, seen: int | None) -> None:
    """Count an edit of a row; raises `StaleVersion` when the editor saw an older one. None: the editor does not say."""
    if seen is not None and seen != row.version:
        work.session.expunge(row)  # so that it can still be read after the transaction was rolled back
        raise StaleVersion(row)
    row.version += 1
