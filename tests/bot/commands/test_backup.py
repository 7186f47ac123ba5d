"""`confer backup` and `confer restore`: whole copies, and never over what is in use."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.commands.backup import check
from tests.bot.commands.process import Confer, listed


@pytest.fixture
def url(database_file: Path) -> str:
    return f"sqlite:///{database_file}"


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM people ORDER BY id")]


def content(path: Path) -> bytes:
    return path.read_bytes()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_to_group(path: Path) -> None:
    path.chmod(0o640)


def spoil(path: Path) -> None:
    path.write_text("no database any more " * 100)


def add(path: Path, *people: str) -> None:
    """Write people into a database and leave no side files."""
    with closing(sqlite3.connect(path)) as connection:
        add_to(connection, *people)


def add_to(connection: sqlite3.Connection, *people: str) -> None:
    connection.executemany(
        "INSERT INTO people (name, locale, is_client, is_counselor, is_admin, reminders, chat_blocked)"
        " VALUES (?, 'en', 1, 0, 0, 1, 0)",
        [(name,) for name in people],
    )
    connection.commit()


async def test_a_backup_under_writes_is_whole(
    confer: Confer, url: str, database_file: Path, tmp_path: Path
) -> None:
    begun, stop = asyncio.Event(), asyncio.Event()

    async def write() -> int:
        count = 0
        with closing(sqlite3.connect(database_file)) as connection:
            while not stop.is_set():
                add_to(connection, f"{count} left", f"{count} right")  # one transaction: both or none
                count += 1
                begun.set()
                await asyncio.sleep(0)
        return count

    writing = asyncio.create_task(write())
    await begun.wait()
    ended = await confer("backup", "copy.db", database_url=url)
    stop.set()
    written = await writing
    copy = tmp_path / "copy.db"
    size = copy.stat().st_size
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"copy.db: {size} bytes; keep the secret key with it\n"
    check(copy)
    kept = names(copy)
    assert kept == names(database_file)[: len(kept)]
    assert 0 < len(kept) <= 2 * written
    assert len(kept) % 2 == 0


async def test_a_backup_is_for_its_owner_only_and_leaves_no_draft(
    confer: Confer, url: str, tmp_path: Path
) -> None:
    await confer("backup", "copies.db", database_url=url)
    assert mode(tmp_path / "copies.db") == 0o600
    assert [name for name in listed(tmp_path) if name.startswith(".")] == []


async def test_a_backup_never_replaces_a_file(confer: Confer, url: str, database_file: Path) -> None:
    before = content(database_file)
    ended = await confer("backup", database_file, database_url=url)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"{database_file}: this file exists; choose a name that is free\n"
    assert content(database_file) == before


async def test_a_backup_of_nothing(confer: Confer, tmp_path: Path) -> None:
    ended = await confer("backup", "copy.db")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"{tmp_path}/data/confer.db: there is no database here yet\n"


async def test_a_backup_into_a_folder_that_is_not_there(
    confer: Confer, url: str, database_file: Path
) -> None:
    ended = await confer("backup", "nowhere/copy.db", database_url=url)
    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert line.startswith(f"cannot back up {database_file} to nowhere/copy.db: ")


async def test_a_restore_brings_the_backup_back_and_keeps_what_was_there(
    confer: Confer, url: str, database_file: Path, tmp_path: Path
) -> None:
    add(database_file, "Ann")
    await confer("backup", "copy.db", database_url=url)
    add(database_file, "Ben")
    open_to_group(database_file)
    ended = await confer("restore", "copy.db", database_url=url, stdin="y\n")
    former = next(name for name in listed(tmp_path) if "before-restore" in name)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        f"Replace {database_file} by copy.db? [y/N]: "
        f"{database_file} is restored; what was there is now {former}\n"
    )
    assert (names(database_file), names(tmp_path / former)) == (["Ann"], ["Ann", "Ben"])
    assert [name for name in listed(tmp_path) if "confer.db" in name] == ["confer.db", former]
    assert mode(database_file) == 0o640
    assert (await confer("jobs", database_url=url)).code == 0


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
async def test_without_a_yes_nothing_is_restored(
    confer: Confer, url: str, database_file: Path, answer: str
) -> None:
    await confer("backup", "copy.db", database_url=url)
    add(database_file, "Ann")
    ended = await confer("restore", "copy.db", database_url=url, stdin=answer)
    assert ended.code == 1
    assert names(database_file) == ["Ann"]


async def test_a_database_in_use_is_not_replaced(confer: Confer, url: str, database_file: Path) -> None:
    await confer("backup", "copy.db", database_url=url)
    with closing(sqlite3.connect(database_file)) as other:
        other.execute("SELECT count(*) FROM people").fetchall()
        ended = await confer("restore", "copy.db", "--yes", database_url=url)
        add_to(other, "Ann")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"{database_file} is in use; stop Confer first (database is locked)\n"
    assert names(database_file) == ["Ann"]


async def test_a_damaged_database_can_be_replaced(confer: Confer, url: str, database_file: Path) -> None:
    add(database_file, "Ann")
    await confer("backup", "copy.db", database_url=url)
    spoil(database_file)
    ended = await confer("restore", "copy.db", "--yes", database_url=url)
    assert (ended.code, ended.err) == (0, "")
    assert names(database_file) == ["Ann"]


async def test_a_restore_where_there_was_nothing(confer: Confer, url: str, tmp_path: Path) -> None:
    await confer("backup", "copy.db", database_url=url)
    ended = await confer("restore", "copy.db", database_url=f"sqlite:///{tmp_path}/new/confer.db")
    assert (ended.code, ended.out, ended.err) == (0, f"{tmp_path}/new/confer.db is restored\n", "")


async def test_what_is_no_backup_is_refused(
    confer: Confer, url: str, database_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("only notes " * 100)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE songs (name TEXT)")
    (tmp_path / "cut.db").write_bytes(content(database_file)[: 20 * 4096])
    before = content(database_file)
    answers = {}
    for name in ("nowhere.db", "notes.txt", "other.db", "cut.db", database_file):
        ended = await confer("restore", name, "--yes", database_url=url)
        answers[name] = (ended.code, ended.err)
    assert answers == {
        "nowhere.db": (2, "nowhere.db: there is no such file\n"),
        "notes.txt": (1, "notes.txt is no backup of Confer: file is not a database\n"),
        "other.db": (1, "other.db is no backup of Confer: it has no table alembic_version\n"),
        "cut.db": (1, "cut.db is no backup of Confer: database disk image is malformed\n"),
        database_file: (2, f"{database_file}: this is the database itself\n"),
    }
    assert content(database_file) == before


async def test_postgresql_is_named_its_own_programs(confer: Confer) -> None:
    settings = {
        "database_url": "postgresql://confer:hunter2@db.example.org:5433/practice?sslmode=require",
        "secret_key": "k" * 32,
    }
    saved = await confer("backup", "copy.dump", **settings)
    restored = await confer("restore", "copy.dump", **settings)
    assert (saved.code, restored.code) == (1, 1)
    assert saved.err == (
        "PostgreSQL is backed up with its own program: pg_dump --format=custom --file=copy.dump "
        "'postgresql://confer@db.example.org:5433/practice?sslmode=require'\n"
    )
    assert restored.err == (
        "PostgreSQL is restored with its own program: pg_restore --clean --if-exists --no-owner "
        "'--dbname=postgresql://confer@db.example.org:5433/practice?sslmode=require' copy.dump\n"
    )
