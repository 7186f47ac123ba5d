"""A storm of hooks: repeated, out of order, forged and about meetings of others; each fact counts once."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random
from typing import Any

import jwt
import pytest
from aiohttp import ClientSession, web

from core.db.tables.inbox import inbox
from core.domain.booking import Booking
from core.domain.meeting import Attendance, attendance
from tests.campaign import report, times
from tests.core.services.sessions import DURATION, at
from tests.core.services.small_practice import HOUR, NOON, SmallPractice
from tests.servers.livekit import KEY, SECRET
from tests.webhooks.meetings import test_livekit
from webhooks.meetings.hooks import create_meeting_hook_routes
from webhooks.meetings.livekit import LiveKitKey
from webhooks.meetings.livekit_hooks import verify_livekit

Serve = Callable[[list[web.RouteDef]], Awaitable[str]]
SESSIONS = 3
DELIVERIES = times(300, soak=10_000)
REPEATED, FORGED = 0.3, 0.05
AT_ONCE = 16


def hooks(practice: SmallPractice, booked: Booking, chance: Random, many: int) -> list[bytes]:
    """What LiveKit tells of one session in which people come and go all the time."""
    room, found = practice.place.name(booked), []
    for number in range(many):
        who, visit = chance.choice([("client", "c"), ("counselor", "k")])
        name = chance.choice(["participant_joined", "participant_left"])
        minute = chance.randrange(-14, 80)
        when = str(int((booked.starts_at + timedelta(minutes=minute)).timestamp()))
        person = {"identity": who, "sid": f"{visit}{chance.randrange(9)}"}
        event = {"event": name, "id": f"{room}-{number}", "createdAt": when, "participant": person}
        found.append(json.dumps({**event, "room": {"name": room}}).encode())
    return found


def header(practice: SmallPractice, body: bytes, secret: str = SECRET) -> dict[str, str]:
    """The signature of a hook sent at this moment."""
    now = int(practice.clock.now().timestamp())
    claims = jwt.decode(test_livekit.signed(body), options={"verify_signature": False})
    return {"Authorization": jwt.encode({**claims, "nbf": now, "exp": now + 300}, secret, "HS256")}


async def seen(practice: SmallPractice, booked: Booking) -> Attendance:
    """Who was in the meeting."""
    return (await practice.core.listing.look(practice.actor("ben"), booked.id)).seen


@pytest.mark.campaign
async def test_each_fact_counts_once_and_nothing_forged_counts(
    practice: SmallPractice, serve: Serve, http: ClientSession
) -> None:
    chance = Random(7)
    practice.provider.called = "livekit"
    clients = ("dora", "emil", "ada")
    sessions = [await practice.book(who, NOON + n * HOUR, counselor="ben") for n, who in enumerate(clients)]
    await practice.run_due()
    await at(practice, DURATION)
    genuine = [body for each in sessions for body in hooks(practice, each, chance, DELIVERIES // SESSIONS)]
    foreign = [body.replace(b"confer-", b"others-") for body in genuine[::10]]
    repeated = chance.choices(genuine, k=int(len(genuine) * REPEATED))
    sent = [(body, SECRET) for body in [*genuine, *foreign, *repeated]]
    sent += [(body, "x" * 32) for body in chance.choices(genuine, k=int(len(genuine) * FORGED))]
    chance.shuffle(sent)
    routes = create_meeting_hook_routes(
        {"livekit": verify_livekit(LiveKitKey(key=KEY, secret=SECRET))}, practice.core, practice.clock
    )
    url, limit = await serve(routes) + "/webhooks/meetings/livekit", asyncio.Semaphore(AT_ONCE)

    async def deliver(body: bytes, secret: str) -> bool:
        async with limit, http.post(url, data=body, headers=header(practice, body, secret)) as answer:
            assert answer.status == (204 if secret == SECRET else 401)
            return answer.status == 204

    accepted = await asyncio.gather(*(deliver(body, secret) for body, secret in sent))
    assert sum(accepted) == len(genuine) + len(foreign) + len(repeated)
    await practice.run_due()
    ids = {json.loads(body)["id"] for body in [*genuine, *foreign]}
    assert {row["external_id"] for row in await practice.rows_of(inbox)} == ids
    report(
        f"meeting hooks: {len(sent)} deliveries, {len(ids)} facts kept, {len(sent) - sum(accepted)} refused"
    )
    for each in sessions:
        assert await seen(practice, each) == told_of(practice, each, genuine)


def told_of(practice: SmallPractice, booked: Booking, bodies: list[bytes]) -> Attendance:
    """Who was in a meeting by the genuine hooks in the order in which they were made."""
    verify: Any = verify_livekit(LiveKitKey(key=KEY, secret=SECRET))
    told = [verify(header(practice, body), body, practice.clock.now()).told for body in bodies]
    mine = [each for each in told if each.meeting == practice.place.name(booked)]
    assert mine
    return attendance((fact for each in mine for fact in each.facts), booked)
