"""Alive and ready: what the probes are told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import ClientSession, web

from webhooks.health import create_health_routes

Serve = Callable[[list[web.RouteDef]], Awaitable[str]]


async def fine() -> str | None:
    return None


async def lagging() -> str | None:
    return "the oldest job is 400 s late"


async def raising() -> str | None:
    raise ConnectionError("postgresql://confer:hunter2@db/confer refused")


async def hanging() -> str | None:
    await asyncio.sleep(60)
    return None


async def test_ready_while_every_check_is_fine(serve: Serve, http: ClientSession) -> None:
    url = await serve(create_health_routes({"database": fine, "jobs": fine}))
    async with http.get(f"{url}/readyz") as answer:
        assert (answer.status, await answer.json()) == (200, {"ready": True, "problems": []})


async def test_not_ready_names_everything_that_is_wrong(
    serve: Serve, http: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="webhooks.health")
    checks = {"database": raising, "migrations": fine, "jobs": lagging, "guard": hanging}
    url = await serve(create_health_routes(checks, seconds=0.1))
    async with http.get(f"{url}/readyz") as answer:
        assert answer.status == 503
        assert await answer.json() == {
            "ready": False,
            "problems": [
                {"check": "database", "problem": "failed; the log says why"},
                {"check": "jobs", "problem": "the oldest job is 400 s late"},
                {"check": "guard", "problem": "no answer within 0.1 s"},
            ],
        }
    assert "refused" in caplog.text


async def test_alive_whatever_is_wrong_and_without_asking(serve: Serve, http: ClientSession) -> None:
    url = await serve(create_health_routes({"database": hanging}))
    async with http.get(f"{url}/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"alive": True})
