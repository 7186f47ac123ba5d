"""One bot for the benchmark of updates, in a process of its own: `python -m ... transport loop`.

Settings come from the environment, as always. The transport is `ours`, `ptb` (python-telegram-bot's own),
`plain` (the same, one update after the other, as its Application comes) or `bare`: no bot, but a handler that
reads the update and answers. The loop is `uvloop` or `asyncio`. It prints a line when it is ready.
"""

import asyncio
import gc
import json
import signal
import sys
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace

import uvloop
from aiohttp import web
from telegram import Bot, Update

from bot.app import Chat
from bot.main import EVERYTHING, Program, build, running
from calendar_sync.ical import calendar_file
from core.kit.config import Settings, load_settings
from core.kit.logs import set_up_logs
from webhooks.telegram import PATH

LOOPS = {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}


def main(transport: str, loop: str) -> None:
    """Run until SIGTERM."""
    settings = load_settings(dotenv=None)
    gc.collect()
    gc.freeze()  # as `confer run` does
    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        runner.run(_bare(settings) if transport == "bare" else _bot(settings, transport))


async def _bot(settings: Settings, transport: str) -> None:
    set_up_logs(style=settings.log_format, level=settings.log_level, secrets=settings.secrets())
    program = build(settings)
    if transport in {"ptb", "plain"}:
        program = with_default_transport(program, one_by_one=transport == "plain")
    async with running(program, EVERYTHING, lambda _: None):
        await _ready()


class CallingChat(Chat):
    """Puts nothing into the answer to the webhook; `in_turn` is held while an update is carried out."""

    in_turn: AbstractAsyncContextManager[object] = nullcontext()

    async def handle_posted(self, update: Update) -> None:
        """Carry out one update."""
        async with self.in_turn:
            await self.handle(update)


def with_default_transport(program: Program, *, one_by_one: bool) -> Program:
    """The same program, but python-telegram-bot speaks to Telegram as it does when nothing is said.

    So every answer is a call of its own, as its own webhook has it.
    """
    api = program.settings.telegram_api_url
    bot = Bot(program.bot.token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot")
    chat = CallingChat(bot, program.core, program.clock, program.metrics, calendar_file)
    if one_by_one:
        chat.in_turn = asyncio.Lock()
    return replace(program, bot=bot, chat=chat)


async def _bare(settings: Settings) -> None:
    async def receive(request: web.Request) -> web.Response:
        json.loads(await request.read())
        return web.Response()

    app = web.Application()
    app.add_routes([web.post(PATH, receive)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.port).start()
    await _ready()
    await runner.cleanup()


async def _ready() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await stop.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
