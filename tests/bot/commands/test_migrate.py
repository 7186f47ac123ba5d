"""`confer migrate` makes what is missing and may be said again."""

from pathlib import Path

from core.db.migrate import head
from tests.bot.commands.process import Confer


async def test_a_new_database_is_made_and_the_second_time_nothing_is_to_do(
    confer: Confer, tmp_path: Path
) -> None:
    path = tmp_path / "deep" / "down" / "confer.db"
    for _ in range(2):
        ended = await confer("migrate", database_url=f"sqlite:///{path}")
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == f"SQLite database {path}: tables are at {head()}\n"
    assert (await confer("jobs", database_url=f"sqlite:///{path}")).code == 0


async def test_postgresql(confer: Confer, empty_postgresql_url: str) -> None:
    ended = await confer(
        "migrate", database_url=empty_postgresql_url.replace("+asyncpg", ""), secret_key="k" * 32
    )
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith(f": tables are at {head()}\n")
