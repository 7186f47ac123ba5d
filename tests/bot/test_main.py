"""The program as a whole: what it says of itself while it ends."""

import asyncio
from pathlib import Path

import aiohttp

from bot.main import EVERYTHING, build, running
from tests.journeys.conftest import sandbox_settings


async def test_a_process_that_ends_is_not_ready_and_still_answers(sqlite_url: str, tmp_path: Path) -> None:
    settings, stop = sandbox_settings(tmp_path, sqlite_url), asyncio.Event()
    address = f"http://127.0.0.1:{settings.port}"
    async with (
        running(build(settings), EVERYTHING, lambda _: None, stop),
        aiohttp.ClientSession() as http,
    ):
        async with http.get(f"{address}/readyz") as answer:
            assert (answer.status, await answer.json()) == (200, {"ready": True, "problems": []})
        stop.set()
        async with http.get(f"{address}/readyz") as answer:
            assert answer.status == 503
            assert [each["check"] for each in (await answer.json())["problems"]] == ["stopping"]
        async with http.get(f"{address}/healthz") as answer:
            assert answer.status == 200
