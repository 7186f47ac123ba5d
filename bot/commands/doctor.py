"""`confer doctor`: looks at everything the program needs and says what is fine and what to do."""

import asyncio
from collections.abc import Iterator

import typer

from bot.commands.doctor_database import look_at_database
from bot.commands.doctor_mail import look_at_mail
from bot.commands.doctor_meetings import look_at_meetings
from bot.commands.doctor_telegram import look_at_telegram
from bot.commands.finding import Finding
from bot.commands.trouble import FAILED
from core.kit.config import load_settings
from core.kit.settings import Settings


def doctor() -> None:
    """Print a line for each thing; exit 1 when something is wrong. Bad settings are told before all else."""
    settings = load_settings()
    findings = asyncio.run(examine(settings))
    for finding in findings:
        typer.echo(str(finding))
    if not all(finding.fine for finding in findings):
        raise typer.Exit(FAILED)


async def examine(settings: Settings) -> list[Finding]:
    """Everything that was found; what cannot be reached is a finding too."""
    parts = await asyncio.gather(
        look_at_database(settings),
        look_at_telegram(settings),
        look_at_mail(settings),
        look_at_meetings(settings),
    )
    return [*_look_at_settings(settings), *(finding for part in parts for finding in part)]


def _look_at_settings(settings: Settings) -> Iterator[Finding]:
    yield Finding("settings", True, f"{settings.mode} mode, data in {settings.data_dir}")
