"""`confer run`, `serve` and `worker`: parts of the program in one process, until it is told to stop."""

import asyncio
import gc

from bot.commands.database import require_file
from core.db.engine import Database
from core.kit.config import load_settings

ALL = ("bot", "web", "jobs")


def start(*parts: str) -> None:
    """Run `bot`, `web` and `jobs` as asked for; settings are looked at before anything else is loaded."""
    settings = load_settings()
    if len(parts) < len(ALL):  # only who runs everything makes the database
        require_file(Database(settings.database_url.get_secret_value()))

    import uvloop

    from bot.main import run

    gc.collect()
    gc.freeze()  # what is loaded now stays for good; looking through it again and again held everybody up

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(settings, frozenset(parts)))
