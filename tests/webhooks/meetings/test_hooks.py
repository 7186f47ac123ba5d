"""Hooks of providers over HTTP: kept once, whatever comes and however often."""

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import ClientSession, web

from core.db.tables.inbox import inbox
from core.services.meeting_facts import LEARN_OF_MEETING
from tests.core.services.small_practice import SmallPractice
from tests.webhooks.meetings import test_jitsi, test_zoom
from webhooks.meetings.hooks import create_meeting_hook_routes
from webhooks.meetings.jitsi_hooks import verify_jitsi
from webhooks.meetings.zoom_hooks import verify_zoom

Serve = Callable[[list[web.RouteDef]], Awaitable[str]]
BEARER = {"Authorization": f"Bearer {test_jitsi.SECRET}"}
JOINED = test_jitsi.event("muc-occupant-joined", occupant=test_jitsi.OCCUPANT)


@pytest.fixture
async def hooks(practice: SmallPractice, serve: Serve) -> str:
    verifiers = {"jitsi": verify_jitsi(test_jitsi.SECRET), "zoom": verify_zoom(test_zoom.SECRET)}
    routes = create_meeting_hook_routes(verifiers, practice.core, practice.clock)
    return await serve(routes) + "/webhooks/meetings"


async def post(http: ClientSession, url: str, body: bytes, headers: dict[str, str]) -> int:
    async with http.post(url, data=body, headers=headers) as answer:
        return answer.status


async def test_a_delivery_is_kept_once_however_often_it_comes(
    hooks: str, http: ClientSession, practice: SmallPractice
) -> None:
    for path in ("/jitsi/events/occupant/joined", "/jitsi/events/occupant/joined", "/jitsi"):
        assert await post(http, hooks + path, JOINED, BEARER) == 204
    assert len(await practice.jobs(LEARN_OF_MEETING)) == 1
    assert [(row["source"], row["finished_at"]) for row in await practice.rows_of(inbox)] == [
        ("meetings/jitsi", practice.clock.now())
    ]
    await practice.run_due()
    assert await post(http, f"{hooks}/jitsi", JOINED, BEARER) == 204
    assert await practice.jobs(LEARN_OF_MEETING) == []


async def test_each_provider_has_its_own_door(
    hooks: str, http: ClientSession, practice: SmallPractice
) -> None:
    assert await post(http, f"{hooks}/zoom", test_zoom.BODY, test_zoom.signed(test_zoom.BODY)) == 204
    assert await post(http, f"{hooks}/zoom", JOINED, BEARER) == 401
    assert await post(http, f"{hooks}/jitsi", test_zoom.BODY, test_zoom.signed(test_zoom.BODY)) == 401
    assert await post(http, f"{hooks}/livekit", JOINED, BEARER) == 404
    assert await post(http, f"{hooks}/jitsi/events/else/joined", JOINED, BEARER) == 404
    assert len(await practice.rows_of(inbox)) == 1


async def test_garbage_leaves_no_trace(hooks: str, http: ClientSession, practice: SmallPractice) -> None:
    for body in (b"", b"\xff" * 999, b"[" * 99_999, b'{"event_name": null}'):
        assert await post(http, f"{hooks}/jitsi", body, BEARER) == 400
        assert await post(http, f"{hooks}/jitsi", body, {}) == 401
    assert (await practice.rows_of(inbox), await practice.jobs()) == ([], [])
