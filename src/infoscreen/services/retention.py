"""Forgetting what is long over, a few at a time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from infoscreen.services.work import OpenWork

# So many in one transaction, which holds the database's write lock; and no more in one look.
FORGOTTEN_AT_ONCE = 200
FORGOTTEN_A_LOOK = 5_000


def forget_old(
    open_reading: OpenWork,
    open_work: OpenWork,
    keep: timedelta,
    forgettable: Callable[[Session, datetime, int], Sequence[int]],
    forget: Callable[[Session, Sequence[int]], None],
) -> int:
    """Delete what `forgettable` finds from before `keep` ago, by id; how many in this look."""
    with open_reading() as work:
        ids = forgettable(work.session, work.now - keep, FORGOTTEN_A_LOOK)
    for begun in range(0, len(ids), FORGOTTEN_AT_ONCE):
        with open_work() as work:
            forget(work.session, ids[begun : begun + FORGOTTEN_AT_ONCE])
    return len(ids)
