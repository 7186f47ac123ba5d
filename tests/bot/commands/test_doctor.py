"""`confer doctor`: a line for each thing, and exit 1 when something is wrong."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from core.db.engine import Database
from core.db.migrate import head
from core.db.uow import Store
from core.domain.access import Actor
from core.domain.zones import tzdata_version
from core.ports.clock import FixedClock
from core.services.hold import Holds
from core.services.offers import Wanted
from core.services.people import Contact, People
from core.services.practice import load
from core.services.practice_file import parse_practice_file
from core.services.subscribers import publish
from tests.bot.commands.process import Confer, Ended
from tests.servers import livekit
from tests.servers.livekit import LiveKitServer

Examined = Callable[..., Awaitable[dict[str, str]]]
SECRET = "not-to-be-shown"


def findings(ended: Ended) -> dict[str, str]:
    """What was said of each thing, OK or WRONG first; several lines about one are joined."""
    found: dict[str, str] = {}
    for line in ended.out.splitlines():
        verdict, _, rest = line.partition(" ")
        what, _, words = rest.strip().partition(": ")
        found[what] = f"{found[what]} | {words}" if what in found else f"{verdict} {words}"
    return found


@pytest.fixture
def examined(confer: Confer, database_file: Path) -> Examined:
    """The findings about a database without fault and these settings."""

    async def examine(**settings: object) -> dict[str, str]:
        ended = await confer("doctor", database_url=f"sqlite:///{database_file}", **settings)
        found = findings(ended)
        assert ended.err == ""
        assert ended.code == any(words.startswith("WRONG") for words in found.values())
        return found

    return examine


async def test_everything_is_fine(examined: Examined, database_file: Path, tmp_path: Path) -> None:
    found = await examined()
    assert found.pop("file").startswith("OK sound, ")
    assert found == {
        "settings": f"OK sandbox mode, data in {tmp_path}/data",
        "database": f"OK SQLite database {database_file}, tables at {head()}, guarded",
        "jobs": "OK 0 due, 0 running",
        "time zones": f"OK tzdata {tzdata_version()}, every coming booking agrees",
        "telegram": "OK no token, so `confer run` plays Telegram itself (sandbox)",
        "mail": "OK not set up (CONFER_SMTP_URL), e-mails are kept in the sandbox's mailbox",
        "meetings": "OK jitsi: https://meet.jit.si, plain links, does not tell who came",
    }


async def test_a_missing_database_does_not_hide_the_rest(confer: Confer, tmp_path: Path) -> None:
    ended = await confer("doctor")
    found = findings(ended)
    assert ended.code == 1
    assert found["database"] == (
        f"WRONG SQLite database {tmp_path}/data/confer.db: there is none yet; run `confer migrate`"
    )
    assert sorted(found) == ["database", "mail", "meetings", "settings", "telegram"]


async def test_bad_settings_come_before_all_else(confer: Confer) -> None:
    ended = await confer("doctor", port="0")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "CONFER_PORT: expected a number from 1 to 65535, got '0'\n"


async def test_a_lost_guard(examined: Examined, database_file: Path) -> None:
    with closing(sqlite3.connect(database_file)) as other:
        (name,) = other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
        other.execute(f"DROP TRIGGER {name}")
    found = await examined()
    assert found["database"].startswith("WRONG the database would accept overlapping bookings: ")


async def test_dead_jobs(examined: Examined, database_file: Path) -> None:
    add_job(database_file, state="dead", due=datetime.now(UTC))
    assert (await examined())["jobs"] == "WRONG 1 given up on; `confer jobs dead` says why"


async def test_jobs_that_nobody_carries_out(examined: Examined, database_file: Path) -> None:
    add_job(database_file, state="ready", due=datetime.now(UTC) - timedelta(hours=1))
    assert (await examined())["jobs"] == "WRONG 1 wait though due; start `confer run` or `confer worker`"


def add_job(path: Path, *, state: str, due: datetime) -> None:
    moment = int(due.timestamp()) * 1_000_000
    with closing(sqlite3.connect(path)) as other:
        other.execute(
            "INSERT INTO jobs (kind, key, payload, state, priority, due, run_at, attempts, max_attempts,"
            " keep_seconds) VALUES ('paint', 'paint:1', '{}', ?, 1, ?, ?, 0, 10, 0)",
            (state, moment, moment),
        )
        other.commit()


async def test_bookings_that_no_longer_match_their_clock_are_named(
    examined: Examined, sqlite_database: Database
) -> None:
    reference = await moved_booking(sqlite_database)
    found = await examined()
    assert found["time zones"] == (
        f"WRONG booking {reference}: agreed for 2099-01-05 09:30 Asia/Tokyo, kept as 2099-01-05 00:00 UTC"
    )


async def moved_booking(database: Database) -> str:
    """A booking for 9:00 in Tokyo that was agreed as 9:30; its reference."""
    clock = FixedClock(datetime(2098, 12, 30, tzinfo=UTC))
    store = Store(database, publish)
    text = 'slug = "yuki"\nname = "Yuki"\ntelegram_id = 1003\nweekly = { mon = ["09:00-10:00"] }'
    kind = 'slug = "intro"\ntitle = "Intro"\ncounselors = ["yuki"]\ndurations = [45]'
    practice = '[practice]\nname = "Own"\ntimezone = "Asia/Tokyo"'
    await load(
        store, clock, parse_practice_file(f"{practice}\n[[counselor]]\n{text}\n[[session_type]]\n{kind}")
    )
    client, _ = await People(store, clock).meet(Contact(telegram_id=5, name="Maya"))
    wanted = Wanted(counselor_id=1, session_type_id=1, minutes=45)
    start = datetime(2099, 1, 5, tzinfo=UTC)
    booking = await Holds(store, clock).take(Actor(person=client), wanted, start, draft_id=1)
    async with database.write() as conn:
        await conn.exec_driver_sql("UPDATE bookings SET wall_start = '2099-01-05T09:30'")
    return booking.reference


async def test_updates_that_are_fetched(examined: Examined, telegram: str, token: str) -> None:
    found = await examined(telegram_token=token, telegram_api_url=telegram)
    assert found["telegram"] == "OK @riverside_bot, updates are fetched, 0 waiting"


async def test_a_webhook_where_updates_should_be_fetched(
    examined: Examined, telegram: str, token: str
) -> None:
    await set_webhook(telegram, token, "https://old.example.org/hook")
    found = await examined(telegram_token=token, telegram_api_url=telegram)
    assert found["telegram"] == (
        "WRONG @riverside_bot, but updates go to https://old.example.org/hook; "
        "`confer run` in polling mode puts it right"
    )


async def test_the_webhook_of_these_settings(examined: Examined, telegram: str, token: str) -> None:
    settings = {
        "telegram_token": token,
        "telegram_api_url": telegram,
        "base_url": "https://confer.example.org",
    }
    before = await examined(**settings)
    await set_webhook(telegram, token, "https://confer.example.org/webhooks/telegram")
    after = await examined(**settings)
    assert before["telegram"] == (
        "WRONG @riverside_bot, but no webhook is set; `confer run` in webhook mode puts it right"
    )
    assert after["telegram"] == (
        "OK @riverside_bot, updates go to https://confer.example.org/webhooks/telegram, 0 waiting"
    )


async def set_webhook(telegram: str, token: str, url: str) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{telegram}/bot{token}/setWebhook", json={"url": url}) as answer,
    ):
        assert answer.status == 200


async def test_a_wrong_token(examined: Examined, telegram: str) -> None:
    found = await examined(telegram_token="100200300:wrong", telegram_api_url=telegram)
    assert found["telegram"] == (
        "WRONG it does not know CONFER_TELEGRAM_TOKEN; @BotFather shows the right one"
    )


async def test_no_network(examined: Examined, token: str) -> None:
    with closed_port() as port:
        found = await examined(telegram_token=token, telegram_api_url=f"http://127.0.0.1:{port}")
    assert found["telegram"] == (
        f"WRONG http://127.0.0.1:{port} cannot be asked: "
        "No connection to the Bot API server (ClientConnectorError: Connection refused)."
    )


async def test_a_mail_server_that_answers(examined: Examined) -> None:
    async with greeting(b"220 mail.example.org ESMTP\r\n") as port:
        found = await examined(smtp_url=f"smtp://ann:{SECRET}@127.0.0.1:{port}", mail_from="ann@example.org")
    assert found["mail"] == f"OK 127.0.0.1 port {port} answers"


async def test_something_else_than_a_mail_server(examined: Examined) -> None:
    async with greeting(b"SSH-2.0-OpenSSH_9.2\r\n") as port:
        found = await examined(smtp_url=f"smtp://ann:{SECRET}@127.0.0.1:{port}", mail_from="ann@example.org")
    assert found["mail"] == (
        f"WRONG 127.0.0.1 port {port} does not greet as a mail server; check CONFER_SMTP_URL"
    )


async def test_no_mail_server_at_all(examined: Examined) -> None:
    with closed_port() as port:
        found = await examined(smtp_url=f"smtp://ann:{SECRET}@127.0.0.1:{port}", mail_from="ann@example.org")
    assert found["mail"] == (f"WRONG 127.0.0.1 port {port}: Connection refused; check CONFER_SMTP_URL")


async def test_a_meeting_server_that_takes_our_key(examined: Examined) -> None:
    server = LiveKitServer()
    async with server.serving():
        asked = {"livekit_url": server.url, "livekit_api_key": livekit.KEY}
        right = await examined(meeting_provider="livekit", livekit_api_secret=livekit.SECRET, **asked)
        wrong = await examined(meeting_provider="livekit", livekit_api_secret=SECRET * 3, **asked)
    assert right["meetings"] == f"OK livekit: {server.url}, 0 meetings at present, tells who came"
    assert wrong["meetings"] == ("WRONG livekit: LiveKit answers 401: invalid token; check CONFER_LIVEKIT_*")


@asynccontextmanager
async def greeting(words: bytes) -> AsyncIterator[int]:
    """The port of a server that says these words to everyone."""

    async def greet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(words)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@contextmanager
def closed_port() -> Iterator[int]:
    """A port that is kept from others, and on which nobody listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield closed.getsockname()[1]
