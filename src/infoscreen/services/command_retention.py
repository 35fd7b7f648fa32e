"""Forgetting commands that ended long ago."""

from datetime import timedelta

from infoscreen.db.command_retention import forget_commands, forgettable_commands
from infoscreen.services.retention import forget_old
from infoscreen.services.work import OpenWork


def forget_old_commands(open_reading: OpenWork, open_work: OpenWork, keep: timedelta) -> int:
    """Delete what is over and older than `keep`; how many in this look."""
    return forget_old(open_reading, open_work, keep, forgettable_commands, forget_commands)
