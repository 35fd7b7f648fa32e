"""Tells a database that is in trouble from data that it will never take."""

from sqlalchemy import exc


def is_about_data(error: Exception) -> bool:
    """Whether trying the same again is in vain; anything else (away, locked, full, not migrated yet) may pass."""
    if isinstance(error, exc.DBAPIError):
        return isinstance(error, exc.DataError | exc.IntegrityError) and not error.connection_invalidated
    return not isinstance(error, exc.TimeoutError)
