"""`confer migrate`: bring the database to the tables of this version."""

import asyncio
from pathlib import Path

import typer

from bot.commands.trouble import Failed
from core.db.engine import database_url, place
from core.db.migrate import head
from core.db.migrate import migrate as upgrade
from core.kit.config import load_settings


def migrate() -> None:
    """Make or upgrade the database, and say where it stands."""
    url = database_url(load_settings().database_url.get_secret_value())
    if url.get_backend_name() == "sqlite":
        _make_folder(Path(url.database or "").parent)
    asyncio.run(upgrade(url))
    typer.echo(f"{place(url)}: tables are at {head()}")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"{folder}: the folder cannot be made ({error.strerror})") from error
