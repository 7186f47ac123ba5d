"""Inserts that give way to, or take over, a row that is there already: one statement for each database."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

_INSERTS: Mapping[str, Callable[[sa.Table], postgresql.Insert | sqlite.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}
ByDialect = Mapping[str, sa.UpdateBase]


def insert_or_leave(table: sa.Table, *returning: sa.ColumnElement[Any]) -> ByDialect:
    """Insert unless a unique or exclusion constraint objects: then nothing is returned."""
    return {
        dialect: insert(table).on_conflict_do_nothing().returning(*returning)
        for dialect, insert in _INSERTS.items()
    }


def insert_or_update(
    table: sa.Table, keys: Iterable[str], changed: Iterable[str], *returning: sa.ColumnElement[Any]
) -> ByDialect:
    """Insert, or set the `changed` columns of the row that has the same `keys`."""
    statements: dict[str, sa.UpdateBase] = {}
    for dialect, insert in _INSERTS.items():
        statement = insert(table)
        new = {column: statement.excluded[column] for column in changed}
        statement = statement.on_conflict_do_update(index_elements=list(keys), set_=new)
        statements[dialect] = statement.returning(*returning) if returning else statement
    return statements
