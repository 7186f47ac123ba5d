"""`confer backup`: a copy of the database that is whole, while the program goes on working."""

import os
import shlex
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import typer

from bot.commands.trouble import Failed, Misused
from core.db.engine import database_url
from core.kit.config import load_settings

BUSY_SECONDS = 30.0


def backup(target: Path) -> None:
    """Write the database to `target`, which must not exist yet."""
    settings = load_settings()
    url = settings.database_url.get_secret_value()
    if settings.on_postgresql:
        raise Failed(f"PostgreSQL is backed up with its own program: {dump_command(url, target)}")
    if target.exists():
        raise Misused(f"{target}: this file exists; choose a name that is free")
    source = Path(database_url(url).database or "")
    if not source.is_file():
        raise Failed(f"{source}: there is no database here yet")
    try:
        _copy(source, target)
    except (OSError, sqlite3.Error) as error:
        raise Failed(f"cannot back up {source} to {target}: {error}") from error
    typer.echo(f"{target}: {target.stat().st_size} bytes; keep the secret key with it")


def dump_command(url: str, target: Path) -> str:
    """The command that backs up a PostgreSQL database."""
    return shlex.join(["pg_dump", "--format=custom", f"--file={target}", libpq_address(url)])


def libpq_address(url: str) -> str:
    """The database's address as PostgreSQL's own programs take it; they ask for the password."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    options = [("sslmode" if name == "ssl" else name, value) for name, value in parse_qsl(parts.query)]
    return urlunsplit(
        ("postgresql", f"{user.partition(':')[0]}{at}{host}", parts.path, urlencode(options), "")
    )


def check(path: Path) -> None:
    """Raise sqlite3.Error unless the file is a sound SQLite database."""
    with closing(sqlite3.connect(path)) as connection:
        answer = connection.execute("PRAGMA quick_check").fetchone()[0]
    if answer != "ok":
        raise sqlite3.DatabaseError(answer)


def publish(draft: Path, target: Path) -> None:
    """Give a finished file its name; after this neither a crash nor a power cut can lose it."""
    _sync(draft)
    draft.replace(target)
    _sync(target.parent)


def new_draft(target: Path) -> Path:
    """An empty file beside `target` that only its owner may read."""
    handle, name = tempfile.mkstemp(dir=target.absolute().parent, prefix=f".{target.name}.")
    os.close(handle)
    return Path(name)


def _copy(source: Path, target: Path) -> None:
    """VACUUM INTO sees one state and holds up nobody; it accepts an empty file as its target."""
    draft = new_draft(target)
    try:
        with closing(
            sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        ) as connection:
            connection.execute("VACUUM INTO ?", (str(draft),))
        check(draft)
        publish(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
