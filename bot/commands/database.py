"""Opening the database for one command: there, migrated and guarded, or one line that says what to do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.commands.trouble import Failed
from core.db.engine import Database
from core.db.migrate import verify
from core.kit.settings import Settings


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database of the settings; raises what `bot.commands.trouble` knows how to tell."""
    database = Database(settings.database_url.get_secret_value(), pool_size=2)
    require_file(database)
    try:
        await verify(database)
        yield database
    finally:
        await database.close()


def require_file(database: Database) -> None:
    """Failed when a SQLite database has not been made yet."""
    if database.dialect == "sqlite" and not Path(database.url.database or "").exists():
        raise Failed(f"{database.place}: there is none yet; run `confer migrate`")
