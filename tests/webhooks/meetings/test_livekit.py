"""LiveKit, with the vendor's own Python library on the other side."""

import base64
import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from livekit.api import AccessToken, TokenVerifier

from core.domain.meeting import Happening
from core.domain.session_type import Location
from core.domain.side import Side
from core.ports.clock import FixedClock, SystemClock
from core.ports.trouble import AuthExpired, Rejected, Unavailable
from core.services.meeting_facts import Told
from tests.contracts.meetings import CLIENT, COUNSELOR, PLAN, MeetingProviderContract
from tests.servers.livekit import KEY, SECRET, LiveKitServer
from tests.servers.vendor import answers, silence
from webhooks.meetings.api import Api
from webhooks.meetings.livekit import LiveKit, LiveKitKey
from webhooks.meetings.livekit_hooks import verify_livekit
from webhooks.vendors import Delivery, Forged, Malformed

MEET = "https://meet.example.org/custom"
OURS = LiveKitKey(key=KEY, secret=SECRET)
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[LiveKitServer]:
    server = LiveKitServer()
    async with server.serving():
        yield server


@pytest.fixture
async def provider(server: LiveKitServer) -> AsyncIterator[LiveKit]:
    made = LiveKit(server.url.replace("http", "ws"), MEET, OURS, SystemClock(), Api("LiveKit", seconds=0.5))
    yield made
    await made.close()


class TestLiveKit(MeetingProviderContract):
    """The whole contract."""


def verified(link: str) -> Any:
    """The token in a link, read by the vendor's own library."""
    return TokenVerifier(KEY, SECRET).verify(parse_qs(urlsplit(link).query)["token"][0])


async def joined(provider: LiveKit, participant: Any = CLIENT, **plan: Any) -> Any:
    now = datetime.now(UTC)
    wanted = replace(PLAN, **plan)
    meeting = await provider.create(wanted)
    return verified(
        await provider.join_address(meeting, wanted, participant, now=now, until=now + timedelta(hours=1))
    )


async def test_the_vendors_library_reads_the_token_that_we_make(
    provider: LiveKit, server: LiveKitServer
) -> None:
    client, host = await joined(provider), await joined(provider, COUNSELOR)
    assert [(each.identity, each.name, each.video.room_admin) for each in (client, host)] == [
        ("client", CLIENT.name, False),
        ("counselor", "Ben", True),
    ]
    assert (client.video.room, client.video.room_join, client.video.room_create) == (PLAN.name, True, None)
    assert server.rooms == {PLAN.name}


@pytest.mark.parametrize(
    ("location", "sources"),
    [
        (Location.VIDEO, ["camera", "microphone", "screen_share", "screen_share_audio"]),
        (Location.AUDIO, ["microphone"]),
        (Location.CHAT, []),
    ],
)
async def test_people_send_what_the_kind_of_session_has(
    provider: LiveKit, location: Location, sources: list[str]
) -> None:
    grants = (await joined(provider, location=location)).video
    assert (grants.can_publish, grants.can_publish_sources, grants.can_publish_data) == (
        bool(sources),
        sources,
        True,
    )


@pytest.mark.parametrize(
    ("trouble", "error", "wait"),
    [
        (answers(500), Unavailable, None),
        (answers(503, Retry_After="7"), Unavailable, 7),
        (answers(429, Retry_After="1000000"), Unavailable, 3600),
        (answers(429, Retry_After="Mon, 02 Nov 2026 09:00:00 GMT"), Unavailable, None),
        (answers(200, "<html>"), Unavailable, None),
        (silence, Unavailable, None),
        (answers(401, '{"msg": "invalid token"}'), AuthExpired, None),
        (answers(400, '{"msg": "bad name"}'), Rejected, None),
        (answers(302, Location="https://elsewhere.example"), Rejected, None),
    ],
)
async def test_each_trouble_has_its_meaning(
    provider: LiveKit, server: LiveKitServer, trouble: Any, error: type[Exception], wait: float | None
) -> None:
    server.troubles.append(trouble)
    with pytest.raises(error) as caught:
        await provider.check()
    assert getattr(caught.value, "retry_after", None) == wait
    assert SECRET not in str(caught.value)


async def test_a_server_that_is_gone_is_unavailable() -> None:
    gone = LiveKit("http://127.0.0.1:9", MEET, OURS, SystemClock())
    with pytest.raises(Unavailable):
        await gone.check()
    await gone.close()


async def test_a_wrong_secret_is_told(server: LiveKitServer) -> None:
    wrong = LiveKit(server.url, MEET, LiveKitKey(key=KEY, secret="x" * 32), FixedClock(datetime.now(UTC)))
    with pytest.raises(AuthExpired, match="LiveKit answers 401: invalid token"):
        await wrong.check()
    await wrong.close()


JOINED_AT, CREATED_AT = "1793610000", "1793610060"
PERSON = {"sid": "PA_abc", "identity": "client", "joinedAt": JOINED_AT}


def event(name: str, **more: object) -> bytes:
    room = {"sid": "RM_abc", "name": PLAN.name}
    return json.dumps({"event": name, "id": "EV_1", "createdAt": CREATED_AT, "room": room, **more}).encode()


def signed(body: bytes, secret: str = SECRET, **claims: Any) -> str:
    """A hook's token, made by the vendor's own library."""
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    if not claims:
        return AccessToken(KEY, secret).with_sha256(digest).with_ttl(timedelta(minutes=5)).to_jwt()
    times = {"nbf": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 300}
    values = {"iss": KEY, "sha256": digest, **times, **claims}
    return jwt.encode({name: value for name, value in values.items() if value is not None}, secret, "HS256")


def read(body: bytes, token: str | None = None, now: datetime | None = None) -> Delivery[Told]:
    headers = {"Authorization": signed(body) if token is None else token}
    return verify_livekit(OURS)(headers, body, now or datetime.now(UTC))


def told(body: bytes) -> list[tuple[str, str, int, Side | None]]:
    found = read(body).told
    assert found is not None
    assert (found.provider, found.meeting, found.id) == ("livekit", PLAN.name, "EV_1")
    return [(each.happening.value, each.visit, int(each.at.timestamp()), each.side) for each in found.facts]


def test_a_hook_signed_by_the_vendors_library_is_read() -> None:
    came, went = int(JOINED_AT), int(CREATED_AT)
    assert told(event("participant_joined", participant=PERSON)) == [("joined", "PA_abc", came, Side.CLIENT)]
    whole = [("joined", "PA_abc", came, Side.CLIENT), ("left", "PA_abc", went, Side.CLIENT)]
    for name in ("participant_left", "participant_connection_aborted"):
        assert told(event(name, participant=PERSON)) == whole
    assert told(event("room_finished")) == [(Happening.CLOSED.value, "", went, None)]


@pytest.mark.parametrize(
    "body",
    [
        event("room_started"),
        event("track_published", participant=PERSON),
        event("egress_started", room={}),
        event("participant_joined", participant={**PERSON, "identity": "EG_recorder"}),
    ],
)
def test_what_does_not_concern_us_is_accepted_and_nothing_is_told(body: bytes) -> None:
    assert read(body) == Delivery()


BODY = event("participant_joined", participant=PERSON)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "no.token",
        signed(BODY, "another-secret-of-at-least-32-characters"),
        signed(BODY + b" ", iss=KEY),
        signed(BODY, iss="APIother"),
        signed(BODY, exp=None),
        signed(BODY, sha256=None),
        signed(BODY, sha256="é"),
        signed(BODY, exp=int(NOW.timestamp()) - 60),
        signed(BODY, nbf=int(NOW.timestamp()) + 61),
        jwt.encode({"iss": KEY, "exp": 2**33}, None, "none"),  # type: ignore[arg-type]
    ],
)
def test_what_is_forged_changed_or_old_is_refused(token: str) -> None:
    with pytest.raises(Forged):
        read(BODY, token, NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        event("participant_joined"),
        event("participant_joined", participant={**PERSON, "joinedAt": "soon"}),
        event("participant_left", participant=PERSON, createdAt="9" * 30),
        event("room_finished", room=None),
    ],
)
def test_what_cannot_be_understood_is_told_so(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body)
