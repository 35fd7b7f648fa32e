"""A thousand rows read or written at once: few statements, and little of Python's time for each row.

SQLite is given the values as parameters. MariaDB's driver would spend more time on quoting them than the database on
storing them: it gets numbers and times as they are and every text in hexadecimal, which needs no quoting.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import JSON, CursorResult, Table
from sqlalchemy.orm import Session

from infoscreen.db.base import UtcDateTime

Columns = tuple[str, ...]
Row = Sequence[object]

# With 36 columns, half of the parameters that SQLite takes, and 1 MB for MariaDB.
ROWS_AT_ONCE = 500
_PLAIN = (str, int, type(None))


def locked_rows(session: Session, table: Table, keys: Collection[str], columns: Columns) -> dict[str, dict[str, Any]]:
    """The named columns of those of the rows that exist, by key; locked in one order until the transaction ends."""
    wanted, after = _select(session.get_bind().dialect.name, table, columns)
    found: list[str] = []
    # Keys are ASCII; MariaDB compares them with nothing else.
    for some in _portions([(key,) for key in sorted(filter(str.isascii, keys))]):
        found += filter(None, _execute(session, wanted, some, after).scalars())
    rows = {key: dict(zip(columns, values, strict=True)) for key, *values in orjson.loads(f"[{','.join(found)}]")}
    for name in columns:
        if isinstance(table.c[name].type, UtcDateTime):
            for row in rows.values():
                if row[name]:
                    row[name] = datetime.fromisoformat(f"{row[name]}+00:00")
    return rows


def update_rows(session: Session, table: Table, columns: Columns, rows: Sequence[Row], added_to: Columns = ()) -> None:
    """Set the named columns of rows that exist; each of `rows` has the key and then the values.

    Numbers of the columns in `added_to` are added to what is there.
    """
    before, after = _upsert(session.get_bind().dialect.name, table, columns, added_to)
    for some in _portions(rows):
        _execute(session, before, some, after)


def _portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[at : at + ROWS_AT_ONCE] for at in range(0, len(rows), ROWS_AT_ONCE))


def _execute(session: Session, before: str, rows: Sequence[Row], after: str) -> CursorResult[Any]:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        values = tuple([v if isinstance(v, _PLAIN) else _parameter(v) for row in rows for v in row])
        return connection.exec_driver_sql(before + _marks(len(rows), len(rows[0])) + after, values)
    return connection.exec_driver_sql(
        before + ", ".join([f"({', '.join(map(_literal, row))})" for row in rows]) + after
    )


@lru_cache
def _marks(rows: int, columns: int) -> str:
    return ", ".join([f"({', '.join('?' * columns)})"] * rows)


def _parameter(value: object) -> str:
    return _time(value) if isinstance(value, datetime) else orjson.dumps(value).decode()


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return f"_utf8mb4 X'{value.encode().hex()}'"
    if isinstance(value, int):
        return f"{value:d}"
    if isinstance(value, datetime):
        return f"'{_time(value)}'"
    return _literal(orjson.dumps(value).decode())


def _time(value: datetime) -> str:
    """UTC with microseconds, as both databases keep it; orjson is twice as fast as `isoformat`, but omits zeros."""
    text = orjson.dumps(value.astimezone(UTC)).decode()
    day, time, fraction = text[1:11], text[12:20], text[21:27] if text[20] == "." else "000000"
    return f"{day} {time}.{fraction}"


@lru_cache
def _select(dialect: str, table: Table, columns: Columns) -> tuple[str, str]:
    """Each row as a JSON list. SQLite joins them: for each that it hands out, our threads would change places."""
    key = table.primary_key.columns[0].name
    if dialect == "sqlite":
        row = ", ".join(f"json({name})" if isinstance(table.c[name].type, JSON) else name for name in columns)
        listed, order = f"group_concat(json_array({key}, {row}))", ""
    else:
        listed, order = f"JSON_ARRAY({key}, {', '.join(columns)})", f" ORDER BY {key} FOR UPDATE"
    return f"SELECT {listed} FROM {table.name} WHERE {key} IN (", f"){order}"  # noqa: S608 - all names are our own


@lru_cache
def _upsert(dialect: str, table: Table, columns: Columns, added_to: Columns) -> tuple[str, str]:
    """An upsert of rows that are all there: the one statement that both databases have for many rows."""
    key = table.primary_key.columns[0].name
    if dialect == "sqlite":
        conflict, new = "ON CONFLICT DO UPDATE SET", "excluded.{}"
    else:
        conflict, new = "ON DUPLICATE KEY UPDATE", "VALUES({})"
    before = {name: f"{table.name}.{name} + " for name in added_to}
    written = ", ".join(f"{name} = {before.get(name, '')}{new.format(name)}" for name in columns)
    names = ", ".join((key, *columns))
    return f"INSERT INTO {table.name} ({names}) VALUES ", f" {conflict} {written}"  # noqa: S608 - all names are our own
