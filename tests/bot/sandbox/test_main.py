"""On its own, the sandbox survives `kill -9` with everything it ever confirmed."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

TOKEN = "100200300:standalone"
ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def standalone(data_dir: Path, end: signal.Signals) -> AsyncIterator[str]:
    command = (
        sys.executable,
        "-m",
        "bot.sandbox",
        "--port",
        "0",
        "--token",
        TOKEN,
        "--data-dir",
        str(data_dir),
    )
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    match = re.fullmatch(r"Chat page: (http://127\.0\.0\.1:\d+)/sandbox\n", line)
    assert match, line
    try:
        yield match[1]
    finally:
        process.send_signal(end)
        assert await process.wait() == (0 if end == signal.SIGTERM else -end)


async def post(http: ClientSession, url: str, body: dict[str, Any]) -> Any:
    async with http.post(url, json=body) as answer:
        assert answer.status == 200
        return await answer.json()


async def test_after_a_kill_the_same_updates_and_messages_are_there(
    tmp_path: Path, http: ClientSession
) -> None:
    person = 700100201
    async with standalone(tmp_path, signal.SIGKILL) as url:
        await post(http, f"{url}/sandbox/people/{person}/start", {})
        markup = {"inline_keyboard": [[{"text": "Book", "callback_data": "book"}]]}
        message = {"chat_id": person, "text": "Take it?", "reply_markup": markup}
        sent = (await post(http, f"{url}/bot{TOKEN}/sendMessage", message))["result"]
        before = await post(http, f"{url}/bot{TOKEN}/getUpdates", {})
        day = {"seconds": 86_000}
        now = (await post(http, f"{url}/sandbox/clock", day))["now"]
    async with standalone(tmp_path, signal.SIGTERM) as url:
        tap = {"message_id": sent["message_id"], "data": "book"}
        await post(http, f"{url}/sandbox/people/{person}/tap", tap)
        after = await post(http, f"{url}/bot{TOKEN}/getUpdates", {})
    assert [update["message"]["text"] for update in before["result"]] == ["/start"]
    assert after["result"][:-1] == before["result"]
    query = after["result"][-1]["callback_query"]
    assert query["message"] == sent
    assert after["result"][-1]["update_id"] == before["result"][-1]["update_id"] + 1
    assert int(query["id"]) >> 32 == person
    assert now - sent["date"] >= 86_000
