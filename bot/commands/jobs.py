"""`confer jobs`: look at the queue, and give a dead job another try."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import typer

from bot.commands.clock import clock_of
from bot.commands.database import opened
from bot.commands.trouble import Failed, Misused
from core.db.engine import Database
from core.jobs.listing import JobLine, gauges, list_dead, list_waiting
from core.jobs.queue import retry_dead
from core.kit.config import load_settings

MOST = 100


def jobs(action: str, job_id: int | None) -> None:
    """Carry out `list`, `dead` or `retry` with the id of a dead job."""
    if (action == "retry") != (job_id is not None):
        raise Misused("expected `confer jobs`, `confer jobs dead` or `confer jobs retry ID`")
    asyncio.run(_act(action, job_id or 0))


async def _act(action: str, job_id: int) -> None:
    settings = load_settings()
    now = clock_of(settings).now()
    async with opened(settings) as database:
        if action == "retry":
            await _retry(database, job_id, now)
        elif action == "dead":
            await _dead(database)
        else:
            await _list(database, now)


async def _list(database: Database, now: datetime) -> None:
    async with database.read() as conn:
        queue = await gauges(conn, now=now)
        lines = await list_waiting(conn, MOST)
    typer.echo(f"due: {queue.ready}, running: {queue.running}, dead: {queue.dead}")
    _show(lines)


async def _dead(database: Database) -> None:
    async with database.read() as conn:
        lines = await list_dead(conn, MOST)
    _show(lines)
    if not lines:
        typer.echo("no dead jobs")


async def _retry(database: Database, job_id: int, now: datetime) -> None:
    async with database.write() as conn:
        revived = await retry_dead(conn, job_id, now=now)
    if not revived:
        raise Failed(f"there is no dead job {job_id}; `confer jobs dead` lists them")
    typer.echo(f"job {job_id} runs again")


def _show(lines: Sequence[JobLine]) -> None:
    for line in lines:
        state = "running" if line.running else f"{line.run_at:%Y-%m-%d %H:%M:%S} UTC"
        typer.echo(
            f"{line.id}  {line.kind}  {line.key}  {state}  attempt {line.attempts} of {line.max_attempts}"
        )
        if line.error:
            typer.echo(f"    {line.error.splitlines()[-1]}")
    if len(lines) == MOST:
        typer.echo(f"(only the first {MOST} are shown)")
