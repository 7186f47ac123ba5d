"""A meeting from the confirmation to the question how it went: in the chat, on the page, at the provider."""

import base64
import hashlib
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import aiohttp
import jwt
import pytest

from bot.callbacks import Join, ShowBooking, pack
from bot.sandbox.phone import buttons_of, text_of
from core.db.tables.meetings import meetings
from core.domain.access import Actor
from core.domain.cancellation import Reason
from core.domain.outcome import Outcome
from core.kit.config import Settings
from core.ports.clock import OffsetClock
from tests.journeys.aftermath import CASTS, Cast, Session, agreed
from tests.journeys.conftest import House, Json, at_work, data_of, forge, labels, nothing_is_wrong, on_sqlite
from tests.servers.livekit import KEY, SECRET, LiveKitServer
from tests.servers.vendor import answers

MINUTE = timedelta(minutes=1)
both = pytest.mark.parametrize("cast", CASTS, ids=["en", "de"])
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
WORDS = {
    "en": {
        "join": "🎥 Join",
        "early": "The meeting opens in",
        "open": "The meeting is open.",
        "over": "This session is over",
        "off": "This session does not take place",
        "asked": "🏁 How did it go?",
        "running": "🟢 In progress",
        "absent": "👀 You were in the meeting, Maya Okafor was not seen there.",
        "both": "👀 You were both in the meeting from",
        "proposed": "🚫 The client did not come",
        "took place": "✅ It took place",
        "not open": "The meeting opens 15 minutes before the session starts.",
        "trouble": "The meeting cannot be opened right now. Please try again in a minute.",
        "is over": "This meeting is over.",
    },
    "de": {
        "join": "🎥 Teilnehmen",
        "early": "Das Treffen öffnet in",
        "open": "Das Treffen ist offen.",
        "over": "Diese Sitzung ist vorbei",
        "off": "Diese Sitzung findet nicht statt",
        "asked": "🏁 Wie ist es gelaufen?",
        "running": "🟢 Läuft",
        "absent": "👀 Sie waren im Treffen, Lukas Braun wurde dort nicht gesehen.",
        "both": "waren Sie beide im Treffen",
        "proposed": "🚫 Klient:in ist nicht gekommen",
        "took place": "✅ Sie hat stattgefunden",
        "not open": "Das Treffen öffnet 15 Minuten vor Beginn der Sitzung.",
        "trouble": "Das Treffen lässt sich gerade nicht öffnen."
        " Bitte versuchen Sie es in einer Minute noch einmal.",
        "is over": "Dieses Treffen ist vorbei.",
    },
}


@pytest.fixture
async def livekit() -> AsyncIterator[LiveKitServer]:
    """The provider."""
    server = LiveKitServer(leeway=timedelta(days=10_000))  # days pass on our clock only
    async with server.serving():
        yield server


@pytest.fixture
async def house(settings: Settings, clock: OffsetClock, livekit: LiveKitServer) -> AsyncIterator[House]:
    """The demo practice, which meets on LiveKit."""
    chosen = {
        "meeting_provider": "livekit",
        "livekit_url": livekit.url,
        "livekit_api_key": KEY,
        "livekit_api_secret": type(settings.secret_key)(SECRET),
    }
    async with at_work(settings.model_copy(update=chosen), clock) as house:
        yield house
        await nothing_is_wrong(house)


def link_of(message: Json, label: str) -> str:
    """Where a button of a message leads."""
    return next(str(each["url"]) for each in buttons_of(message) if each["text"] == label)


async def opened(url: str, method: str = "GET") -> tuple[int, str, str]:
    """Status, text and where it is sent on to, of a page in a browser that follows nothing."""
    async with (
        aiohttp.ClientSession(headers=BROWSER) as session,
        session.request(method, url, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.text(), answer.headers.get("Location", "")


class Provider:
    """LiveKit's hooks about one session."""

    def __init__(self, session: Session, room: str) -> None:
        self._house, self._room = session.house, room

    async def tells(
        self, name: str, who: str = "", came: datetime | None = None, secret: str = SECRET
    ) -> int:
        """One hook of this moment; the status of the answer."""
        now = self._house.clock.now()
        person = {"sid": f"PA_{who}", "identity": who, "joinedAt": str(int((came or now).timestamp()))}
        body = json.dumps(
            {
                "event": name,
                "id": f"EV_{name}_{who}_{now.timestamp()}",
                "createdAt": str(int(now.timestamp())),
                "room": {"name": self._room},
                **({"participant": person} if who else {}),
            }
        ).encode()
        claims = {
            "iss": KEY,
            "exp": int(now.timestamp()) + 60,
            "sha256": base64.b64encode(hashlib.sha256(body).digest()).decode(),
        }
        url = f"http://127.0.0.1:{self._house.program.settings.port}/webhooks/meetings/livekit"
        headers = {"Authorization": jwt.encode(claims, secret, "HS256")}
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=body, headers=headers) as answer,
        ):
            await self._house.settle()
            return answer.status


async def provider_of(session: Session) -> Provider:
    (row,) = await session.house.rows(meetings, meetings.c.booking_id == session.booking_id)
    return Provider(session, row["name"])


@both
async def test_from_the_confirmation_by_the_meeting_to_the_question(
    house: House, cast: Cast, livekit: LiveKitServer
) -> None:
    words, session = WORDS[cast.language], await agreed(house, cast)
    await house.settle()
    confirmed = await session.client.wait_for("", button=words["join"])
    link = link_of(confirmed, words["join"])
    host = link_of(await host_message(session, words["join"]), words["join"])
    assert link != host
    status, text, _ = await opened(link)
    assert (status, words["early"] in text) == (200, True)
    assert (await opened(link, "POST"))[2] == ""

    await session.until(-15 * MINUTE)
    assert words["open"] in (await opened(link))[1]
    assert livekit.rooms == set()
    for url, identity in ((link, "client"), (host, "counselor")):
        status, _, address = await opened(url, "POST")
        assert (status, address.partition("?")[0]) == (303, "https://meet.livekit.io/custom")
        query = parse_qs(urlsplit(address).query)
        claims = jwt.decode(
            query["token"][0], SECRET, ["HS256"], options={"verify_exp": False, "verify_nbf": False}
        )
        assert (claims["sub"], {claims["video"]["room"]}) == (identity, livekit.rooms)

    provider = await provider_of(session)
    assert await provider.tells("participant_joined", "counselor", secret="x" * 32) == 401
    assert await provider.tells("participant_joined", "counselor") == 204
    came = house.clock.now()
    await session.until(2 * MINUTE)
    assert await provider.tells("participant_joined", "client") == 204
    assert (await session.row())["status"] == "in_progress"
    await session.card(session.counselor)
    assert words["running"] in text_of(session.counselor.last)
    assert link_of(session.counselor.last, words["join"]) == host

    await session.until(-5 * MINUTE, end=True)
    for name, who in (
        ("room_finished", ""),
        ("participant_left", "client"),
        ("participant_left", "counselor"),
    ):
        assert [await provider.tells(name, who, came if who == "counselor" else None) for _ in range(2)] == [
            204
        ] * 2
    row = await session.row()
    assert (row["started_at"], row["ended_at"]) == (
        row["starts_at"] + 2 * MINUTE,
        row["ends_at"] - 5 * MINUTE,
    )
    await session.until(end=True)
    question = await session.counselor.wait_for(words["asked"])
    assert words["both"] in text_of(question)
    assert labels(question)[0] == words["took place"]

    await session.until(30 * MINUTE, end=True)
    status, text, _ = await opened(link)
    assert (status, words["over"] in text) == (200, True)


async def host_message(session: Session, label: str) -> Json:
    """The counselor's reminder, with their own link."""
    await session.until(-60 * MINUTE)
    return await session.counselor.wait_for("", button=label)


@both
async def test_a_client_who_was_not_seen_is_a_question_to_the_counselor(house: House, cast: Cast) -> None:
    words, session = WORDS[cast.language], await agreed(house, cast)
    await house.settle()
    await session.until()
    provider = await provider_of(session)
    assert await provider.tells("participant_joined", "counselor") == 204
    await session.until(20 * MINUTE)
    assert await provider.tells("room_finished") == 204
    await session.until(end=True)
    question = await session.counselor.wait_for(words["asked"])
    assert words["absent"] in text_of(question)
    assert labels(question)[0] == words["proposed"]
    assert (await session.row())["status"] == "confirmed"
    await forge(session.counselor, data_of(question, words["proposed"]), question["message_id"])
    row = await session.row()
    assert (row["status"], row["absent"]) == ("no_show", Outcome.CLIENT_ABSENT.absent)


@on_sqlite
@both
async def test_where_no_link_of_ours_can_be_opened_the_chat_hands_out_the_address(
    house: House, cast: Cast, livekit: LiveKitServer
) -> None:
    words, session = WORDS[cast.language], await agreed(house, cast)
    await house.settle()
    tap = pack(Join(session.booking_id))
    assert await forge(session.client, tap) == words["not open"]
    await session.until()
    await forge(session.client, tap)
    address = link_of(session.client.last, words["join"])
    assert address.startswith("https://meet.livekit.io/custom?")
    livekit.troubles.append(answers(503))
    assert await forge(session.counselor, tap) == words["trouble"]
    await session.until(30 * MINUTE, end=True)
    assert await forge(session.client, tap) == words["is over"]


async def test_a_cancelled_session_has_no_meeting_and_its_link_says_so(
    house: House, livekit: LiveKitServer
) -> None:
    session = await agreed(house, CASTS[0])
    await house.settle()
    link = link_of(await session.client.wait_for("", button="🎥 Join"), "🎥 Join")
    row = await session.row()
    person = await house.person_row(session.counselor)
    actor = Actor(person=await house.program.core.people.get(person["id"]))
    await house.program.core.cancellations.cancel(actor, row["id"], row["version"], Reason.ILL)
    await house.settle()
    assert WORDS["en"]["off"] in (await opened(link))[1]
    assert livekit.calls[-1].endswith("/DeleteRoom")
    await forge(session.client, pack(ShowBooking(session.booking_id)))
    assert "🎥 Join" not in labels(session.client.last)
