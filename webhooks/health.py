"""Whether the process lives (`/healthz`) and whether it can do its work (`/readyz`)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

logger = logging.getLogger(__name__)

Check = Callable[[], Awaitable[str | None]]
"""Looks at one thing that is needed: what is wrong with it in a few words, or None."""

SECONDS = 3.0


def create_health_routes(checks: Mapping[str, Check], *, seconds: float = SECONDS) -> list[web.RouteDef]:
    """`GET /healthz` and `GET /readyz` over the named checks, each of which may take `seconds`."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_request: web.Request) -> web.Response:
        answers = await asyncio.gather(*(_ask(name, check, seconds) for name, check in checks.items()))
        problems = [
            {"check": name, "problem": answer} for name, answer in zip(checks, answers, strict=True) if answer
        ]
        return web.json_response(
            {"ready": not problems, "problems": problems}, status=503 if problems else 200
        )

    return [web.get("/healthz", healthz), web.get("/readyz", readyz)]


async def _ask(name: str, check: Check, seconds: float) -> str | None:
    """The check's answer; its failure is an answer too, told in full in the log only."""
    try:
        async with asyncio.timeout(seconds):
            return await check()
    except TimeoutError:
        return f"no answer within {seconds:g} s"
    except Exception as error:  # noqa: BLE001 - whatever it is, the process is not ready
        logger.warning("not ready: %s: %s", name, error)
        return "failed; the log says why"
