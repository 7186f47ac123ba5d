"""Counting the queries that a piece of work costs."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from core.db.engine import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The SELECT statements that readers send meanwhile."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    engine = database._reader.sync_engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(engine, "before_cursor_execute", note)
