"""Tells a database that is in trouble from data that it will never take."""

from sqlalchemy import exc

# Of MySQL and MariaDB: no socket, no answer, too many connections, shutting down, gone, lost.
AWAY = frozenset({1040, 1053, 2002, 2003, 2006, 2013})


def is_about_data(error: Exception) -> bool:
    """Whether trying the same again is in vain; anything else (away, locked, full, not migrated yet) may pass."""
    if isinstance(error, exc.DBAPIError):
        return isinstance(error, exc.DataError | exc.IntegrityError) and not error.connection_invalidated
    return not isinstance(error, exc.TimeoutError)


def is_away(error: exc.DBAPIError) -> bool:
    """Whether the database is not there (yet); else it refuses, and waiting for it is in vain."""
    number = error.orig.args[0] if error.orig and error.orig.args else None
    return number in AWAY


def reason(error: Exception) -> str:
    """What the database itself says, without the statement that it was asked, which can be long and tell secrets."""
    if isinstance(error, exc.DBAPIError):
        return str(error.orig.args[-1]) if error.orig and error.orig.args else type(error).__name__
    return str(error)
