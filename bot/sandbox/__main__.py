"""Runs the sandbox on its own: `python -m bot.sandbox --port 8081`."""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from aiohttp import web

from bot.sandbox.clock import StandaloneClock
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox

CAST = (
    Person(id=700100201, first_name="Clara", last_name="Weiss", username="clara", label="Client"),
    Person(
        id=700100202,
        first_name="Max",
        last_name="Vogel",
        language_code="de",
        label="Client",
        time_zone="Europe/Berlin",
    ),
    Person(id=700100203, first_name="Ann", last_name="Example", username="ann", label="Counselor"),
    Person(id=700100204, first_name="Robin", last_name="Hill", username="robin", label="Admin"),
)


async def run(port: int, token: str, data_dir: Path | None) -> None:
    """Serve on the loopback address until interrupted; prints the page's address when ready."""
    clock = StandaloneClock(data_dir / "clock.json" if data_dir else None)
    sandbox = Sandbox(token=token, clock=clock, data_dir=data_dir, people=CAST)
    await sandbox.start()
    runner = web.AppRunner(sandbox.app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    sys.stdout.write(f"Chat page: http://127.0.0.1:{runner.addresses[0][1]}/sandbox\n")
    sys.stdout.flush()
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    await stop.wait()
    await runner.cleanup()
    await sandbox.close()


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one (default: 8081)")
    parser.add_argument("--token", default="100200300:sandbox", help="the bot's token")
    parser.add_argument("--data-dir", type=Path, help="where chats are kept (default: nowhere)")
    arguments = parser.parse_args()
    if arguments.data_dir is not None:
        arguments.data_dir.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(arguments.port, arguments.token, arguments.data_dir))


if __name__ == "__main__":
    main()
