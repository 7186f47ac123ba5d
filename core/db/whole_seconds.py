"""Instants of a column as whole seconds since 1970, counted by the database without making datetimes."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class SecondsDown(FunctionElement[int]):
    """The second in which an instant lies; instants before 1970 are not meant."""

    type = sa.BigInteger()
    inherit_cache = True


class SecondsUp(FunctionElement[int]):
    """The first whole second that is not before an instant."""

    type = sa.BigInteger()
    inherit_cache = True


@compiles(SecondsDown, "sqlite")
def _down_on_sqlite(element: SecondsDown, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"{compiler.process(element.clauses, **kwargs)} / 1000000"


@compiles(SecondsUp, "sqlite")
def _up_on_sqlite(element: SecondsUp, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"({compiler.process(element.clauses, **kwargs)} + 999999) / 1000000"


@compiles(SecondsDown, "postgresql")
def _down_on_postgresql(element: SecondsDown, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **kwargs)})) AS bigint)"


@compiles(SecondsUp, "postgresql")
def _up_on_postgresql(element: SecondsUp, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"CAST(ceil(extract(epoch FROM {compiler.process(element.clauses, **kwargs)})) AS bigint)"
