"""`confer restore`: put a backup in the place of the database while nothing else uses it."""

import os
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.commands.backup import check, libpq_address, new_draft, publish
from bot.commands.trouble import Failed, Misused
from core.db.engine import database_url
from core.kit.config import load_settings


def restore(backup: Path, *, yes: bool) -> None:
    """Replace the database by `backup`, after asking unless `yes`; the former one stays beside it."""
    settings = load_settings()
    url = settings.database_url.get_secret_value()
    if settings.on_postgresql:
        raise Failed(f"PostgreSQL is restored with its own program: {restore_command(url, backup)}")
    target = Path(database_url(url).database or "")
    _check_choice(backup, target)
    try:
        former = _replace(target, backup, yes=yes)
    except OSError as error:
        raise Failed(f"cannot restore {target}: {error}") from error
    typer.echo(f"{target} is restored" + (f"; what was there is now {former.name}" if former else ""))


def restore_command(url: str, backup: Path) -> str:
    """The command that restores a PostgreSQL database from `pg_dump`'s file."""
    options = ["--clean", "--if-exists", "--no-owner", f"--dbname={libpq_address(url)}"]
    return shlex.join(["pg_restore", *options, str(backup)])


def _check_choice(backup: Path, target: Path) -> None:
    if not backup.is_file():
        raise Misused(f"{backup}: there is no such file")
    if target.exists() and target.samefile(backup):
        raise Misused(f"{backup}: this is the database itself")
    wal = Path(f"{backup}-wal")
    if wal.exists() and wal.stat().st_size:
        raise Misused(f"{backup}: this is a database in use ({wal.name} lies beside it), not a backup")


def _replace(target: Path, backup: Path, *, yes: bool) -> Path | None:
    """Put a copy of `backup` in place of `target`; the new name of what was there, if anything was."""
    draft = _checked_copy(backup, target)
    try:
        with _alone(target):
            if target.exists() and not yes:
                typer.confirm(f"Replace {target} by {backup}?", abort=True)
            _take_after(target, draft)
            former = _keep(target, datetime.now(UTC))
            publish(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return former


def _checked_copy(backup: Path, target: Path) -> Path:
    """A copy of the backup beside the database, known to be whole and ours."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = new_draft(target)
    try:
        shutil.copyfile(backup, draft)
        check(draft)
        _check_ours(draft)
    except (sqlite3.Error, LookupError) as error:
        draft.unlink()
        raise Failed(f"{backup} is no backup of Confer: {error}") from error
    return draft


def _check_ours(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    missing = {"alembic_version", "bookings"} - tables
    if missing:
        raise LookupError(f"it has no table {min(missing)}")


def _take_after(target: Path, draft: Path) -> None:
    """Whoever may use the database now may use the new one."""
    if target.exists():
        owner = target.stat()
        os.chown(draft, owner.st_uid, owner.st_gid)
        draft.chmod(owner.st_mode)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the database so that no other process can use it; Failed while one does.

    Only whoever is alone may take a SQLite database out of WAL mode (https://www.sqlite.org/wal.html), and
    by that its side files are folded into it. A damaged database cannot be held, nor used by others.
    """
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise Failed(f"{path} is in use; stop Confer first ({error})") from error
        except sqlite3.DatabaseError:
            connection.close()
        yield


def _keep(path: Path, now: datetime) -> Path | None:
    """Give the database a second name, under which it stays; a damaged one may need what lies beside it."""
    if not path.exists():
        return None
    former = path.with_name(f"{path.name}.before-restore-{now:%Y%m%dT%H%M%SZ}")
    former.hardlink_to(path)
    for suffix in ("-wal", "-shm"):
        side = Path(f"{path}{suffix}")
        if side.exists():
            side.rename(f"{former}{suffix}")
    return former
