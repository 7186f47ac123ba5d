"""Logging: one record per line, nothing confidential, and what belongs together carries its context."""

import asyncio
import io
import json
import logging
import re
import warnings
from collections.abc import Iterator

import pytest

from core.kit.logs import log_context, set_up_logs

TOKEN = "123456:AAE_made-up_token_of_a_bot_000000000"
SECRET = 'canary\'secret\nwith "all"\\é'
STYLES = ["console", "json"]
logger = logging.getLogger("confer.test")


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    logging.captureWarnings(capture=False)
    root.setLevel(level)
    root.handlers[:] = handlers


def logged_to(style: str, level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    logging.getLogger().handlers.clear()
    set_up_logs(style=style, level=level, secrets=[SECRET], stream=stream)
    return stream


class Talkative:
    def __repr__(self) -> str:
        return f"<Talkative {SECRET}>"


def fail(secret: str) -> None:
    raise RuntimeError(f"refused {secret!r} and {secret}")


def log_canaries() -> None:
    logger.info("plain %s", SECRET)
    logger.info("repr %r in %s", SECRET, {"token": TOKEN, "list": [SECRET]})
    logger.info(
        "extra", extra={"url": f"/bot{TOKEN}/x", "deep": {SECRET: [SECRET, Talkative()]}, "mail": "ann@x.org"}
    )
    logger.info({"dictionary": SECRET, "path": "/meeting/AAAAAAAAAAEAAAAA"})
    with log_context(who=SECRET):
        logger.warning("in context")
    try:
        fail(SECRET)
    except RuntimeError:
        logger.exception("failed for ann@example.org", stack_info=True)
    logger.info("%d is no number", SECRET)
    warnings.warn(f"careful: {SECRET}", stacklevel=2)


@pytest.mark.parametrize("style", STYLES)
def test_no_secret_shows_anywhere(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    stream = logged_to(style)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        log_canaries()
        logging.captureWarnings(capture=False)
    text = stream.getvalue() + "".join(capsys.readouterr())
    assert "careful: ***" in text
    assert "RuntimeError" in text
    assert text.count("unwritable log record from ") == 1
    for canary in ("canary", "AAE_made-up", "AAAAAAAAAAE", "ann@", 'with "all', 'with \\"all'):
        assert canary not in text


def test_a_console_line_says_when_how_where_what_and_in_which_context() -> None:
    stream = logged_to("console")
    with log_context(update_id=7), log_context(request_id="r1"):
        logger.info("booking %s confirmed", "4K7QX2M")
    logger.info("done")
    first, second = stream.getvalue().splitlines()
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    assert re.fullmatch(
        stamp + r" INFO    confer\.test: booking 4K7QX2M confirmed update_id=7 request_id=r1", first
    )
    assert re.fullmatch(stamp + r" INFO    confer\.test: done", second)


def test_a_json_record_has_the_same_facts_as_fields() -> None:
    stream = logged_to("json")
    with log_context(update_id=7):
        logger.warning("booking confirmed", extra={"reference": "4K7QX2M", "numbers": [1, 2.5, None, True]})
    record = json.loads(stream.getvalue())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00", record.pop("time"))
    assert record == {
        "level": "WARNING",
        "logger": "confer.test",
        "message": "booking confirmed",
        "reference": "4K7QX2M",
        "numbers": [1, 2.5, None, True],
        "update_id": 7,
    }


@pytest.mark.parametrize("style", STYLES)
def test_a_name_with_line_breaks_forges_no_line(style: str) -> None:
    stream = logged_to(style)
    logger.info("hello %s", "Ann\n2026-01-01T00:00:00.000Z ERROR forged\r\x1b[31m\u2028")
    assert len(stream.getvalue().splitlines()) == 1


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "name",
    ["httpx", "httpcore.connection", "telegram.Bot", "aiohttp.access", "sqlalchemy.engine", "aiosqlite"],
)
def test_chatty_libraries_are_heard_from_warnings_up(style: str, name: str) -> None:
    stream = logged_to(style, level="debug")
    logging.getLogger(name).info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    assert stream.getvalue() == ""
    logging.getLogger(name).warning("trouble")
    assert "trouble" in stream.getvalue()


def test_what_is_below_the_level_is_not_logged() -> None:
    stream = logged_to("console", level="warning")
    logger.info("quiet")
    assert stream.getvalue() == ""


async def test_tasks_keep_their_contexts_apart() -> None:
    stream = logged_to("console")

    async def handle(number: int) -> None:
        with log_context(update_id=number):
            await asyncio.sleep(0)
            logger.info("update")

    await asyncio.gather(*(handle(number) for number in range(3)))
    assert [line.rpartition(" ")[2] for line in stream.getvalue().splitlines()] == [
        "update_id=0",
        "update_id=1",
        "update_id=2",
    ]


def test_setting_up_again_replaces_the_first_one() -> None:
    first, second = logged_to("console"), logged_to("console")
    logger.info("once")
    assert first.getvalue() == ""
    assert second.getvalue().count("once") == 1
