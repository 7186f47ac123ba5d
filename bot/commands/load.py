"""`confer load` and `confer demo`: set up the practice from a file."""

import asyncio
from pathlib import Path

import typer

from bot.commands.clock import clock_of
from bot.commands.database import opened
from bot.commands.trouble import FAILED, Failed
from bot.demo.load import demo_practice
from bot.links import Target, link
from core.db.uow import Store
from core.kit.config import load_settings
from core.kit.settings import Settings
from core.services.practice import Change, LoadReport
from core.services.practice import load as load_practice
from core.services.practice_file import PracticeFile, read_practice_file
from core.services.subscribers import publish


def load(path: Path, *, force: bool) -> None:
    """Load the file at `path`, once settings and file are found good; exit 1 when rows were refused."""
    settings = load_settings()
    asyncio.run(_load(settings, read_practice_file(path), force=force))


def load_demo() -> None:
    """Load the demo practice, which is no guest in another one."""
    asyncio.run(_load(load_settings(), demo_practice(), alone=True))


async def _load(settings: Settings, file: PracticeFile, *, force: bool = False, alone: bool = False) -> None:
    async with opened(settings) as database:
        store = Store(database, publish)
        if alone:
            await _check_alone(store, file)
        report = await load_practice(store, clock_of(settings), file, force=force)
    _tell(report)
    if report.invites:
        await _tell_invites(settings, report)
    if report.having(Change.REFUSED):
        raise typer.Exit(FAILED)


async def _check_alone(store: Store, file: PracticeFile) -> None:
    async with store.read() as uow:
        practice = await uow.practice()
    if practice.counselors and practice.name != file.name:
        raise Failed(f"there is a practice already, {practice.name}; the demo is for an empty database")


def _tell(report: LoadReport) -> None:
    counts = {change: len(report.having(change)) for change in Change}
    typer.echo(
        ", ".join(f"{count} {change}" for change, count in counts.items() if count or change != "refused")
    )
    for row in report.having(Change.REFUSED):
        typer.echo(
            f"{row}: changed in the chat since the last load, so it stays; --force replaces it", err=True
        )


async def _tell_invites(settings: Settings, report: LoadReport) -> None:
    from bot.commands.telegram_bot import bot_name

    name = await bot_name(settings)
    for slug, token in report.invites.items():
        if name is None:
            typer.echo(f"invite for {slug}: send /start {Target.INVITE}-{token} to the bot")
        else:
            typer.echo(f"invite for {slug}: {link(name, Target.INVITE, token)}")
