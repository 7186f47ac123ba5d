"""A sandbox on a real socket, read by python-telegram-bot over two transports and by aiogram's types."""

import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiogram.methods
import pytest
import telegram
from aiohttp import ClientSession, web
from pydantic import BaseModel, TypeAdapter
from telegram.request import BaseRequest, HTTPXRequest

from bot.sandbox.people import Person
from bot.sandbox.phone import Phone
from bot.sandbox.server import Sandbox
from bot.transport import AiohttpRequest

TOKEN = "100200300:a-test-token"
CLARA = Person(id=700100201, first_name="Clara", last_name="Weiss", username="clara", label="Client")
MAX = Person(id=700100202, first_name="Max", language_code="de", label="Client")

Call = Callable[..., Awaitable[dict[str, Any]]]
METHODS: list[Any] = [method for _, method in inspect.getmembers(aiogram.methods, inspect.isclass)]
RETURNING = {
    method.__api_method__.lower(): TypeAdapter(method.__returning__)
    for method in METHODS
    if isinstance(getattr(method, "__api_method__", None), str)
}


class SteppingClock:
    """A clock that stands still until it is advanced."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    async def advance(self, by: timedelta) -> None:
        self.moment += by


def unknown_fields(value: object) -> list[str]:
    """Fields aiogram's types do not know, at any depth."""
    if isinstance(value, list):
        return [name for each in value for name in unknown_fields(each)]
    if not isinstance(value, BaseModel):
        return []
    own = [f"{type(value).__name__}.{name}" for name in value.model_extra or {}]
    return own + [
        name for field in type(value).model_fields for name in unknown_fields(getattr(value, field))
    ]


@web.middleware
async def read_by_aiogram(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Every good answer of a method is one that aiogram's types take, with no field they do not know."""
    answer = await handler(request)
    if request.path.startswith("/bot") and isinstance(answer, web.Response) and answer.status == 200:
        body = json.loads(answer.body)  # type: ignore[arg-type]
        read = RETURNING[request.path.rsplit("/", 1)[1].lower()].validate_python(body["result"])
        assert unknown_fields(read) == []
    return answer


@asynccontextmanager
async def served(sandbox: Sandbox) -> AsyncIterator[str]:
    """Start the sandbox and serve it on a free port; yields its address."""
    app = web.Application(middlewares=[read_by_aiogram])
    sandbox.add_routes(app)
    await sandbox.start()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        await sandbox.close()


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def new_sandbox(clock: SteppingClock) -> Callable[..., Sandbox]:
    """Makes a sandbox with Clara and Max in it."""

    def make(data_dir: Path | None = None, **options: Any) -> Sandbox:
        return Sandbox(token=TOKEN, clock=clock, data_dir=data_dir, people=(CLARA, MAX), **options)

    return make


@pytest.fixture
def serve() -> Callable[[Sandbox], AbstractAsyncContextManager[str]]:
    return served


@pytest.fixture
def sandbox(new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    return new_sandbox()


@pytest.fixture
async def url(sandbox: Sandbox) -> AsyncIterator[str]:
    async with served(sandbox) as address:
        yield address


@pytest.fixture
def clara(url: str, sandbox: Sandbox) -> Phone:
    assert url
    return sandbox.person("Clara")


@pytest.fixture
def maximilian(url: str, sandbox: Sandbox) -> Phone:
    assert url
    return sandbox.person("Max")


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def call(url: str, http: ClientSession) -> Call:
    """Calls a method with plain JSON and returns the whole answer, good or bad."""

    async def calling(method: str, **arguments: Any) -> dict[str, Any]:
        async with http.post(f"{url}/bot{TOKEN}/{method}", json=arguments) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return body

    return calling


@pytest.fixture(params=[AiohttpRequest, HTTPXRequest], ids=["aiohttp", "httpx"])
async def bot(request: pytest.FixtureRequest, url: str) -> AsyncIterator[telegram.Bot]:
    """PTB's bot, once over our transport and once over its own."""
    transports: list[BaseRequest] = [request.param(), request.param()]
    instance = telegram.Bot(
        TOKEN,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=transports[0],
        get_updates_request=transports[1],
    )
    async with instance:
        yield instance
