"""Expected trouble: one clear line for each problem, the right exit code, nothing half-started."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.db.migrate import head
from tests.bot.commands.process import Confer, listed

BAD_FILE = """
[practice]
name = "Riverside"
timezone = "Atlantis"
[[counselor]]
slug = "ann"
name = "Ann"
buffer_minutes = -5
"""


async def test_bad_settings_are_all_told_and_nothing_is_made(confer: Confer, tmp_path: Path) -> None:
    ended = await confer("run", port="many", telegram_mode="polling", databse_url="sqlite:///x.db")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "CONFER_DATABSE_URL: unknown name, did you mean CONFER_DATABASE_URL?",
        "CONFER_PORT: expected a number from 1 to 65535, got 'many'",
        "CONFER_TELEGRAM_TOKEN: expected a bot token for this CONFER_TELEGRAM_MODE, got none",
    ]
    assert listed(tmp_path) == []


async def test_a_bad_practice_file_is_told_line_by_line_before_the_database_is_opened(
    confer: Confer, tmp_path: Path
) -> None:
    (tmp_path / "practice.toml").write_text(BAD_FILE)
    ended = await confer("load", "practice.toml")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "practice.timezone: expected an IANA zone such as Europe/Berlin, got 'Atlantis'",
        "counselor[1] 'ann'.buffer_minutes: expected a whole number of minutes from 0 to 240, got -5",
    ]


async def test_a_missing_practice_file(confer: Confer) -> None:
    ended = await confer("load", "nowhere.toml")
    assert (ended.code, ended.out, ended.err) == (2, "", "nowhere.toml: No such file or directory\n")


@pytest.mark.parametrize("command", [("demo",), ("jobs",), ("slots", "ann"), ("serve",), ("worker",)])
async def test_a_missing_database(confer: Confer, tmp_path: Path, command: tuple[str, ...]) -> None:
    ended = await confer(*command)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"SQLite database {tmp_path}/data/confer.db: there is none yet; run `confer migrate`\n"
    )
    assert not (tmp_path / "data" / "confer.db").exists()


async def test_a_database_that_was_never_migrated(confer: Confer, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    ended = await confer("demo", database_url=f"sqlite:///{path}")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"SQLite database {path}: tables are at nothing, this program needs {head()}; run `confer migrate`\n"
    )


async def test_a_locked_database(start: Confer, database_file: Path, free_port: int) -> None:
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = await start("run", database_url=f"sqlite:///{database_file}", port=free_port)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"SQLite database {database_file}: database is locked\n"


async def test_a_file_that_is_no_database(start: Confer, tmp_path: Path, free_port: int) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are only some notes, long enough for a header. " * 40)
    ended = await start("run", database_url=f"sqlite:///{path}", port=free_port)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"SQLite database {path}: file is not a database\n"


async def test_a_database_server_that_is_not_there(confer: Confer, free_port: int) -> None:
    url = f"postgresql://confer:hunter2@127.0.0.1:{free_port}/confer"
    ended = await confer("migrate", database_url=url, secret_key="k" * 32)
    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert line.startswith(f"PostgreSQL database confer at 127.0.0.1:{free_port}: ")
    assert "hunter2" not in line


async def test_a_lost_guard_stops_the_program(start: Confer, database_file: Path, free_port: int) -> None:
    with closing(sqlite3.connect(database_file)) as other:
        triggers = other.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        ).fetchall()
        other.execute(f"DROP TRIGGER {triggers[0][0]}")
    ended = await start("run", database_url=f"sqlite:///{database_file}", port=free_port)
    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert line.startswith("the database would accept overlapping bookings: ")


@pytest.mark.parametrize("wrong", ["100200300:wrong-token", "999:right-token"])
async def test_a_wrong_token(
    start: Confer, telegram: str, database_file: Path, free_port: int, wrong: str
) -> None:
    ended = await start(
        "run",
        database_url=f"sqlite:///{database_file}",
        port=free_port,
        telegram_token=wrong,
        telegram_api_url=telegram,
    )
    assert (ended.code, ended.out) == (2, "")
    assert (
        ended.err
        == "CONFER_TELEGRAM_TOKEN: Telegram does not know this token; @BotFather shows the right one\n"
    )


async def test_no_network(start: Confer, database_file: Path, free_port: int, token: str) -> None:
    with socket.socket() as closed:  # bound, so that nobody else takes it, but not listening
        closed.bind(("127.0.0.1", 0))
        ended = await start(
            "run",
            database_url=f"sqlite:///{database_file}",
            port=free_port,
            telegram_token=token,
            telegram_api_url=f"http://127.0.0.1:{closed.getsockname()[1]}",
        )
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "Telegram cannot be reached: "
        "No connection to the Bot API server (ClientConnectorError: Connection refused).\n"
    )
    assert token not in ended.err


async def test_a_port_in_use(start: Confer) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = await start("run", port=port)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"cannot listen on 127.0.0.1 port {port}: the port is in use; "
        "stop the other program or set CONFER_PORT to a free port\n"
    )


async def test_a_folder_that_cannot_be_made(confer: Confer, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = await confer("migrate", database_url=f"sqlite:///{tmp_path}/file/confer.db", secret_key="k" * 32)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"{tmp_path}/file: the folder cannot be made (File exists)\n"
