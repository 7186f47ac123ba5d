"""Metrics: who may read them, and how requests are counted."""

from collections.abc import Iterator

import pytest
from aiohttp import ClientSession, web

from core.kit.metrics import CONTENT_TYPE_LATEST, Metrics
from webhooks.app import create_app
from webhooks.metrics import create_metrics_routes
from webhooks.server import start

TOKEN = "t0ken-of-the-scraper"


async def answer_of(http: ClientSession, token: str | None, headers: dict[str, str]) -> tuple[int, str]:
    metrics = Metrics()
    server = await start(create_app(metrics, create_metrics_routes(metrics, token)), "127.0.0.1", 0)
    try:
        async with http.get(f"{server.url}/metrics", headers=headers) as answer:
            return answer.status, answer.headers["Content-Type"]
    finally:
        await server.stop()


async def test_this_machine_may_read_them_without_a_token(http: ClientSession) -> None:
    assert await answer_of(http, None, {}) == (200, CONTENT_TYPE_LATEST)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
async def test_what_a_proxy_on_this_machine_passes_on_is_refused(http: ClientSession, header: str) -> None:
    status, _ = await answer_of(http, None, {header: "203.0.113.7"})
    assert status == 403


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 401),
        (f"Basic {TOKEN}", 401),
        ("Bearer", 401),
        ("Bearer ge\u00efm", 401),
        (None, 401),
    ],
)
async def test_with_a_token_only_its_bearer_may_read_them(
    http: ClientSession, given: str | None, status: int
) -> None:
    headers = {} if given is None else {"Authorization": given, "X-Forwarded-For": "203.0.113.7"}
    assert (await answer_of(http, TOKEN, headers))[0] == status


async def test_gauges_are_brought_up_to_date_before_they_are_read(http: ClientSession) -> None:
    metrics = Metrics()

    async def refresh() -> None:
        metrics.jobs_dead.set(3)

    server = await start(create_app(metrics, create_metrics_routes(metrics, None, refresh)), "127.0.0.1", 0)
    async with http.get(f"{server.url}/metrics") as answer:
        assert "confer_jobs_dead 3.0" in (await answer.text()).splitlines()
    await server.stop()


async def test_requests_are_counted_by_route_whatever_a_stranger_asks_for(http: ClientSession) -> None:
    async def hello(_request: web.Request) -> web.Response:
        return web.Response()

    async def elsewhere(_request: web.Request) -> web.Response:
        raise web.HTTPSeeOther("/meeting/1")

    metrics = Metrics()
    routes = [web.get("/meeting/{capability}", hello), web.get("/elsewhere", elsewhere)]
    server = await start(create_app(metrics, routes), "127.0.0.1", 0)
    for method, path in [
        ("GET", "/meeting/1"),
        ("GET", "/meeting/2"),
        ("GET", "/x"),
        ("GET", "/elsewhere"),
        ("PROPFIND", "/y"),
        ("MKCOL", "/z"),
    ]:
        async with http.request(method, server.url + path, allow_redirects=False):
            pass
    await server.stop()
    assert dict(counted(metrics)) == {
        ("/meeting/{capability}", "GET", "200"): 2,
        ("/elsewhere", "GET", "303"): 1,
        ("(no such path)", "GET", "404"): 1,
        ("(no such path)", "other", "404"): 2,
    }


def counted(metrics: Metrics) -> Iterator[tuple[tuple[str, str, str], float]]:
    for family in metrics.http_requests.collect():
        for sample in family.samples:
            if sample.name.endswith("_total"):
                yield (sample.labels["route"], sample.labels["method"], sample.labels["status"]), sample.value
