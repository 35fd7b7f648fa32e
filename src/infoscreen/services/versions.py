"""Two people, one row: an edit made on an older version is refused with the row as it is now."""

from typing import Protocol

from sqlalchemy.exc import InvalidRequestError

from infoscreen.domain.errors import NotFound, StaleVersion
from infoscreen.services.work import Work


class Versioned(Protocol):
    """A row that several people may edit."""

    version: int


def next_version(work: Work, row: Versioned, seen: int | None) -> None:
    """Count an edit of a row, which nobody else edits until the transaction ends; call it before changing the row.

    Raises `StaleVersion` when the editor saw an older one (None: the editor does not say), `NotFound` when it is gone.
    """
    try:
        work.session.refresh(row, with_for_update=True)
    except InvalidRequestError:  # deleted since it was read
        raise NotFound from None
    if seen is not None and seen != row.version:
        work.session.expunge(row)  # so that it can still be read after the transaction was rolled back
        raise StaleVersion(row)
    row.version += 1
