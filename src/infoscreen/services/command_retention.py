"""Forgetting commands that ended long ago, a few at a time."""

from datetime import timedelta

from infoscreen.db.command_retention import forget_commands, forgettable_commands
from infoscreen.services.commands import OpenWork

# So many in one transaction, which holds the database's write lock; and no more in one look.
FORGOTTEN_AT_ONCE = 200
FORGOTTEN_A_LOOK = 5_000


def forget_old_commands(open_reading: OpenWork, open_work: OpenWork, keep: timedelta) -> int:
    """Delete what is over and older than `keep`; how many in this look."""
    with open_reading() as work:
        ids = forgettable_commands(work.session, work.now - keep, FORGOTTEN_A_LOOK)
    for begun in range(0, len(ids), FORGOTTEN_AT_ONCE):
        with open_work() as work:
            forget_commands(work.session, ids[begun : begun + FORGOTTEN_AT_ONCE])
    return len(ids)
