"""`run`, `serve` and `worker` as processes: they come up, answer, and end when told to."""

import asyncio
import signal
from pathlib import Path

import aiohttp

from tests.bot.commands.process import SECONDS, Running

SECRET = "the-secret-of-the-hook"
UPDATE = {"update_id": 1}


async def ready(url: str) -> dict[str, object]:
    """The answer of /readyz, once there is one."""
    async with aiohttp.ClientSession() as http, asyncio.timeout(SECONDS):
        while True:
            try:
                async with http.get(f"{url}/readyz") as answer:
                    return {"status": answer.status, **await answer.json()}
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)


async def ended(process: asyncio.subprocess.Process) -> int:
    """The exit code after a polite request to stop."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(SECONDS):
        return await process.wait()


async def test_run_without_anything_plays_the_demo_in_the_sandbox(
    running: Running, tmp_path: Path, free_port: int
) -> None:
    url = f"http://127.0.0.1:{free_port}"
    async with running("run", port=free_port) as process:
        assert process.stdout is not None
        assert (await process.stdout.readline()).decode() == (
            f"Confer is ready. Open {url}/sandbox in a browser.\n"
        )
        assert await ready(url) == {"status": 200, "ready": True, "problems": []}
        assert await ended(process) == 0
    assert (tmp_path / "data" / "confer.db").exists()


async def test_a_worker_answers_health_and_nothing_else(
    running: Running, database_file: Path, telegram: str, token: str, free_port: int
) -> None:
    url = f"http://127.0.0.1:{free_port}"
    settings = {"database_url": f"sqlite:///{database_file}", "port": free_port}
    async with running("worker", telegram_token=token, telegram_api_url=telegram, **settings) as process:
        assert await ready(url) == {"status": 200, "ready": True, "problems": []}
        assert await statuses(url, ("/healthz", "/sandbox", "/webhooks/telegram")) == [200, 404, 404]
        assert await ended(process) == 0


async def test_serve_takes_updates_by_webhook_from_who_knows_the_secret(
    running: Running, database_file: Path, telegram: str, token: str, free_port: int
) -> None:
    url = f"http://127.0.0.1:{free_port}"
    settings = {"database_url": f"sqlite:///{database_file}", "port": free_port}
    hook = {"base_url": "https://confer.example.org", "telegram_webhook_secret": SECRET}
    async with running(
        "serve", telegram_token=token, telegram_api_url=telegram, **settings, **hook
    ) as process:
        await ready(url)
        assert await told(f"{url}/webhooks/telegram", "guessed") == 401
        assert await told(f"{url}/webhooks/telegram", SECRET) == 200
        assert await ended(process) == 0


async def statuses(url: str, paths: tuple[str, ...]) -> list[int]:
    found = []
    async with aiohttp.ClientSession() as http:
        for path in paths:
            async with http.get(url + path) as answer:
                found.append(answer.status)
    return found


async def told(url: str, secret: str) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with aiohttp.ClientSession() as http, http.post(url, json=UPDATE, headers=headers) as answer:
        return answer.status
