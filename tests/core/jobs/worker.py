"""A process of its own that carries out jobs until it is killed: worker.py DATABASE_URL."""

import asyncio
import sys
from datetime import timedelta

import sqlalchemy as sa

from core.db.engine import Database
from core.jobs.job import Job
from core.jobs.runner import Runner
from core.ports.clock import SystemClock

EFFECT = sa.text(
    "INSERT INTO effects (key, lane, runs) VALUES (:key, :lane, 1)"
    " ON CONFLICT (key) DO UPDATE SET runs = effects.runs + 1"
)


async def main(url: str) -> None:
    """Make each job's effect once by its key, and count how often it was tried."""
    database = Database(url)

    async def make_effect(job: Job) -> None:
        async with database.write() as conn:
            await conn.execute(EFFECT, {"key": job.key, "lane": job.payload["lane"]})
        await asyncio.sleep(0.01)

    runner = Runner(
        database,
        {"effect": make_effect},
        SystemClock(),
        concurrency=8,
        lease=timedelta(seconds=1),
        timeout=timedelta(seconds=0.9),
        poll=timedelta(milliseconds=50),
    )
    await runner.run()


asyncio.run(main(sys.argv[1]))
