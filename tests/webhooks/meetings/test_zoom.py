"""Zoom, with a stand-in for its API on the other side."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.domain.side import Side
from core.ports.clock import FixedClock, OffsetClock
from core.ports.meetings import Meeting
from core.ports.trouble import AuthExpired, Rejected, Unavailable
from core.services.meeting_facts import Told
from tests.conftest import START
from tests.contracts.meetings import CLIENT, COUNSELOR, MOVED, PLAN, MeetingProviderContract, address
from tests.servers.vendor import answers, lost, undisturbed
from tests.servers.zoom import ACCOUNT, CLIENT_ID, CLIENT_SECRET, ZoomServer
from webhooks.meetings.api import Api
from webhooks.meetings.zoom import Zoom, ZoomApp
from webhooks.meetings.zoom_hooks import verify_zoom
from webhooks.vendors import Delivery, Forged, Malformed

SECRET = "zoom-webhook-secret"


@pytest.fixture
async def server() -> AsyncIterator[ZoomServer]:
    server = ZoomServer()
    async with server.serving():
        yield server


@pytest.fixture
def zoom_clock() -> OffsetClock:
    return OffsetClock(FixedClock(START))


def app(server: ZoomServer, **changes: str) -> ZoomApp:
    given = ZoomApp(
        account_id=ACCOUNT,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        api_url=f"{server.url}/v2",
        oauth_url=f"{server.url}/oauth/token",
    )
    return replace(given, **changes)


@pytest.fixture
async def provider(server: ZoomServer, zoom_clock: OffsetClock) -> AsyncIterator[Zoom]:
    made = Zoom(app(server), zoom_clock, api=Api("Zoom", seconds=1))
    yield made
    await made.close()


class TestZoom(MeetingProviderContract):
    """The whole contract."""


async def test_a_meeting_is_made_as_zoom_wants_it(provider: Zoom, server: ZoomServer) -> None:
    made = await provider.create(PLAN)
    (kept,) = server.meetings.values()
    assert made.address == kept["join_url"]
    assert {
        name: kept[name] for name in ("topic", "type", "start_time", "duration", "timezone", "agenda")
    } == {
        "topic": "Riverside Counseling",
        "type": 2,
        "start_time": "2026-11-02T10:00:00Z",
        "duration": 60,
        "timezone": "UTC",
        "agenda": PLAN.name,
    }
    assert kept["settings"]["auto_recording"] == "none"


async def test_the_counselor_is_the_host_and_the_client_joins(provider: Zoom, server: ZoomServer) -> None:
    made = await provider.create(PLAN)
    (kept,) = server.meetings.values()
    assert await address(provider, made, CLIENT) == kept["join_url"]
    assert await address(provider, made, COUNSELOR) == kept["start_url"]
    server.troubles.append(answers(500))
    assert await address(provider, made, COUNSELOR) == kept["join_url"]


async def test_an_answer_that_was_lost_makes_no_second_meeting(provider: Zoom, server: ZoomServer) -> None:
    for name in ("a", "b", "c"):  # more than a page of others
        await provider.create(replace(PLAN, name=f"confer-{name}"))
    server.troubles.extend([undisturbed, undisturbed, lost])
    with pytest.raises(Unavailable):
        await provider.create(PLAN)
    assert len(server.meetings) == 4
    again = await provider.create(PLAN)
    assert (len(server.meetings), again.ref) == (4, str(max(server.meetings)))


async def test_a_moved_meeting_has_its_new_time(provider: Zoom, server: ZoomServer) -> None:
    await provider.move(await provider.create(PLAN), MOVED)
    assert [each["start_time"] for each in server.meetings.values()] == ["2026-11-02T14:00:00Z"]


async def test_a_meeting_that_somebody_deleted_is_made_anew_when_it_moves(
    provider: Zoom, server: ZoomServer
) -> None:
    made = await provider.create(PLAN)
    server.ghosts.extend(server.meetings.values())
    server.meetings.clear()
    await provider.move(made, MOVED)
    assert [each["start_time"] for each in server.meetings.values()] == ["2026-11-02T14:00:00Z"]


async def test_one_token_serves_for_its_hour(
    provider: Zoom, server: ZoomServer, zoom_clock: OffsetClock
) -> None:
    await provider.create(PLAN)
    await provider.check()
    assert len(server.tokens) == 1
    await zoom_clock.advance(timedelta(minutes=59))
    await provider.check()
    assert len(server.tokens) == 2


async def test_a_token_that_was_withdrawn_is_replaced_once(provider: Zoom, server: ZoomServer) -> None:
    await provider.create(PLAN)
    server.withdraw()
    assert (await provider.create(PLAN)).ref == str(next(iter(server.meetings)))
    server.troubles.extend([answers(401), undisturbed, answers(401)])
    with pytest.raises(AuthExpired):
        await provider.cancel(first(server))


def first(server: ZoomServer) -> Meeting:
    return Meeting(ref=str(next(iter(server.meetings))))


async def test_an_app_that_zoom_does_not_know_is_told(server: ZoomServer, zoom_clock: OffsetClock) -> None:
    wrong = Zoom(app(server, client_secret="wrong"), zoom_clock)
    with pytest.raises(AuthExpired, match="does not accept the app"):
        await wrong.check()
    await wrong.close()


async def test_limits_are_kept(provider: Zoom, server: ZoomServer) -> None:
    await provider.check()
    server.troubles.append(
        answers(429, '{"code":429,"message":"You have reached the maximum"}', Retry_After="30")
    )
    with pytest.raises(Unavailable) as caught:
        await provider.create(PLAN)
    assert caught.value.retry_after == 30


async def test_each_counselor_may_have_their_own_meetings(
    server: ZoomServer, zoom_clock: OffsetClock
) -> None:
    each = Zoom(app(server, user="counselor"), zoom_clock)
    await each.create(PLAN)
    assert [kept["user"] for kept in server.meetings.values()] == ["ben@example.org"]
    with pytest.raises(Rejected, match="ben has no e-mail address"):
        await each.create(replace(PLAN, host_email=None))
    with pytest.raises(Rejected, match="Zoom knows no user"):
        await each.create(replace(PLAN, host_email="carl@example.org"))
    await each.close()


def event(name: str, **about: object) -> bytes:
    return json.dumps(
        {"event": name, "event_ts": 1, "payload": {"account_id": "a", "object": {"id": "81", **about}}}
    ).encode()


def signed(body: bytes, at: datetime = START, secret: str = SECRET) -> dict[str, str]:
    """Headers as https://developers.zoom.us/docs/api/webhooks/ describes them."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-zm-request-timestamp": stamp, "x-zm-signature": f"v0={digest}"}


def read(body: bytes, headers: dict[str, str] | None = None) -> Delivery[Told]:
    return verify_zoom(SECRET)(signed(body) if headers is None else headers, body, START)


PERSON = {
    "user_id": "16778240",
    "id": "",
    "join_time": "2026-11-02T10:01:00Z",
    "leave_time": "2026-11-02T10:50:00Z",
}
HOST = {**PERSON, "user_id": "16778241", "id": "host1"}
WHERE = {"uuid": "u+/=", "host_id": "host1"}


def test_who_came_and_left_is_told_with_the_side_that_the_host_is_on() -> None:
    read_all = [
        read(event("meeting.participant_joined", **WHERE, participant=HOST)).told,
        read(event("meeting.participant_left", **WHERE, participant=PERSON)).told,
        read(event("meeting.ended", **WHERE, end_time="2026-11-02T10:55:00Z")).told,
    ]
    found = [(told.meeting, fact) for told in read_all if told for fact in told.facts]
    assert [
        (room, fact.happening.value, f"{fact.at:%H:%M}", fact.visit, fact.side) for room, fact in found
    ] == [
        ("81", "joined", "10:01", "u+/=/16778241", Side.COUNSELOR),
        ("81", "left", "10:50", "u+/=/16778240", Side.CLIENT),
        ("81", "closed", "10:55", "", None),
    ]
    assert read(event("meeting.started", **WHERE)) == Delivery()


def test_the_challenge_is_answered_with_its_proof() -> None:
    body = json.dumps(
        {"event": "endpoint.url_validation", "payload": {"plainToken": "qgg8vlvZRS6UYooatFL8Aw"}}
    ).encode()
    proof = hmac.new(SECRET.encode(), b"qgg8vlvZRS6UYooatFL8Aw", hashlib.sha256).hexdigest()
    assert read(body) == Delivery(answer={"plainToken": "qgg8vlvZRS6UYooatFL8Aw", "encryptedToken": proof})


BODY = event("meeting.participant_joined", **WHERE, participant=PERSON)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(BODY, secret="another"),
        signed(BODY + b" "),
        signed(BODY, START - timedelta(seconds=301)),
        signed(BODY, START + timedelta(seconds=301)),
        {**signed(BODY), "x-zm-request-timestamp": "²"},
        {**signed(BODY), "x-zm-signature": "v0=ü"},
    ],
)
def test_what_is_forged_changed_or_old_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(Forged):
        read(BODY, headers)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        event("meeting.participant_joined", **WHERE),
        event("meeting.participant_joined", **WHERE, participant={**PERSON, "join_time": "soon"}),
        event(
            "meeting.participant_joined", **WHERE, participant={**PERSON, "join_time": "2026-11-02T10:01:00"}
        ),
        event("meeting.ended", **WHERE, end_time=5),
        json.dumps({"event": "endpoint.url_validation", "payload": {}}).encode(),
    ],
)
def test_what_cannot_be_understood_is_told_so(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body)
