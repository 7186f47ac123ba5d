"""The doctor's look at the database: whether it is there and sound, its jobs, and its times."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

from bot.commands.backup import check
from bot.commands.clock import clock_of
from bot.commands.database import require_file
from bot.commands.finding import Finding
from bot.commands.trouble import Failed
from core.db.engine import Database
from core.db.errors import DatabaseUnavailable, GuardLost, SchemaOutdated
from core.db.migrate import head, verify
from core.db.uow import Store
from core.jobs.listing import gauges
from core.kit.settings import Settings
from core.ports.clock import Clock
from core.services.readiness import LATE
from core.services.subscribers import publish
from core.services.zone_data import ZoneData

LEAST_FREE = 200 * 1024 * 1024
"""Bytes; with less, the next backup or migration may not find room."""
SHOWN = 20


async def look_at_database(settings: Settings) -> list[Finding]:
    """Everything about the database; the rest is not looked at where it cannot be used."""
    database = Database(settings.database_url.get_secret_value(), pool_size=1)
    clock = clock_of(settings)
    try:
        require_file(database)
        await verify(database)
        found = [Finding("database", True, f"{database.place}, tables at {head()}, guarded")]
        if database.dialect == "sqlite":
            found.append(_look_at_file(Path(database.url.database or "")))
        found.append(await _look_at_jobs(database, clock))
        found.extend([each async for each in _look_at_times(database, clock)])
    except (Failed, DatabaseUnavailable, SchemaOutdated, GuardLost) as error:
        return [Finding("database", False, str(error))]
    finally:
        await database.close()
    return found


def _look_at_file(path: Path) -> Finding:
    try:
        check(path)
    except sqlite3.Error as error:
        return Finding("file", False, f"{path} is damaged ({error}); restore a backup with `confer restore`")
    free = shutil.disk_usage(path).free
    megabytes = free // 1024**2
    if free < LEAST_FREE:
        return Finding("file", False, f"only {megabytes} MiB are free beside {path}; make room")
    return Finding("file", True, f"sound, {megabytes} MiB free beside it")


async def _look_at_jobs(database: Database, clock: Clock) -> Finding:
    async with database.read() as conn:
        now = await gauges(conn, now=clock.now())
    if now.dead:
        return Finding("jobs", False, f"{now.dead} given up on; `confer jobs dead` says why")
    if now.lag > LATE:
        return Finding("jobs", False, f"{now.ready} wait though due; start `confer run` or `confer worker`")
    return Finding("jobs", True, f"{now.ready} due, {now.running} running")


async def _look_at_times(database: Database, clock: Clock) -> AsyncIterator[Finding]:
    report = await ZoneData(Store(database, publish), clock).examine()
    for each in report.moved[:SHOWN]:
        agreed = f"{each.wall_start:%Y-%m-%d %H:%M} {each.zone}"
        booked = f"{each.starts_at:%Y-%m-%d %H:%M} UTC"
        yield Finding("time zones", False, f"booking {each.reference}: agreed for {agreed}, kept as {booked}")
    more = len(report.moved) - SHOWN
    if more > 0:
        yield Finding("time zones", False, f"and {more} more bookings like these")
    since = f", bookings made under {report.kept}" if report.kept not in {None, report.version} else ""
    if not report.moved:
        yield Finding("time zones", True, f"tzdata {report.version}{since}, every coming booking agrees")
