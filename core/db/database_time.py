"""The database's own clock in SQL, which all processes share whatever their machines say."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from core.db.types import UtcDateTime


class DatabaseTime(FunctionElement[datetime]):
    """The instant by the database's clock (on SQLite to the millisecond), or `ahead` seconds later."""

    type = UtcDateTime()
    inherit_cache = True

    def __init__(self, ahead: sa.ColumnElement[float] | None = None) -> None:
        super().__init__(*(() if ahead is None else (ahead,)))


@compiles(DatabaseTime, "postgresql")
def _on_postgresql(element: DatabaseTime, compiler: SQLCompiler, **kwargs: Any) -> str:
    ahead = compiler.process(element.clauses, **kwargs)
    return f"(now() + make_interval(secs => {ahead}))" if ahead else "now()"


@compiles(DatabaseTime, "sqlite")
def _on_sqlite(element: DatabaseTime, compiler: SQLCompiler, **kwargs: Any) -> str:
    ahead = compiler.process(element.clauses, **kwargs) or "0"
    return f"CAST((julianday('now') - 2440587.5) * 86400000000 + {ahead} * 1000000 AS INTEGER)"
