import logging
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.db.sqlite import sqlite_engine

META = sa.MetaData()
WORDS = sa.Table(
    "words",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("word", sa.String, unique=True),
)
INSERT = sa.insert(WORDS)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncEngine:
    return sqlite_engine(
        make_url(f"sqlite+aiosqlite:///{tmp_path}/words.db"), pool_size=1, wait=1, create=True
    )


@pytest.fixture
async def conn(engine: AsyncEngine):  # type: ignore[no-untyped-def]  # what it yields is annotated in the tests
    async with engine.connect() as conn, conn.begin():
        await conn.run_sync(META.create_all)
        await conn.execute(INSERT, [{"word": "one"}, {"word": "two"}])
        yield conn
    await engine.dispose()


@pytest.mark.parametrize(
    ("statement", "rows"),
    [
        (sa.select(WORDS.c.word).order_by(WORDS.c.id), [("one",), ("two",)]),
        (sa.select(WORDS.c.word).where(WORDS.c.id > 2), []),
        (INSERT.values(word="three").returning(WORDS.c.id), [(3,)]),
        (sa.delete(WORDS).where(WORDS.c.id == 1).returning(WORDS.c.word), [("one",)]),
    ],
)
async def test_a_statement_and_its_rows_take_one_trip(
    conn: AsyncConnection,
    statement: sa.sql.expression.Executable,
    rows: list[tuple[object, ...]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG, logger="aiosqlite"):
        assert [tuple(row) for row in await conn.execute(statement)] == rows
    assert sum(record.msg.startswith("executing") for record in caplog.records) == 1


async def test_what_was_changed_is_counted(conn: AsyncConnection) -> None:
    assert (await conn.execute(sa.update(WORDS).where(WORDS.c.id == 1).values(word="uno"))).rowcount == 1
    assert (await conn.execute(sa.update(WORDS).where(WORDS.c.id == 9).values(word="neuf"))).rowcount == 0
    assert (await conn.execute(sa.delete(WORDS))).rowcount == 2


async def test_many_rows_go_in_with_one_statement(conn: AsyncConnection) -> None:
    await conn.execute(INSERT, [{"word": str(number)} for number in range(100)])
    assert await conn.scalar(sa.select(sa.func.count()).select_from(WORDS)) == 102


async def test_a_new_row_tells_its_key(conn: AsyncConnection) -> None:
    assert (await conn.execute(INSERT.values(word="three"))).inserted_primary_key == (3,)


async def test_a_refused_row_keeps_its_reason(conn: AsyncConnection) -> None:
    with pytest.raises(IntegrityError, match=r"UNIQUE constraint failed: words\.word"):
        await conn.execute(INSERT.values(word="one"))


async def test_a_transaction_left_open_is_taken_back_with_the_connection(
    conn: AsyncConnection, engine: AsyncEngine
) -> None:
    await conn.commit()
    await conn.close()
    async with engine.connect() as left:
        driver = await left.get_raw_connection()
        await driver.driver_connection.execute_fetchall("BEGIN")  # type: ignore[union-attr]
        await driver.driver_connection.execute_fetchall("DELETE FROM words")  # type: ignore[union-attr]
    async with engine.connect() as again:
        assert await again.scalar(sa.select(sa.func.count()).select_from(WORDS)) == 2
