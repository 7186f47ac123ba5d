"""Tokens and hooks of meetings with the vendors' JavaScript libraries on the other side, both ways."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from core.ports.clock import SystemClock
from tests.conftest import START
from tests.contracts.meetings import CLIENT, PLAN, address
from tests.servers.livekit import KEY, SECRET, LiveKitServer
from tests.servers.node import NoPeers, Peers, peers
from tests.webhooks.meetings import test_jitsi, test_livekit
from webhooks.meetings.jitsi import Jitsi, JitsiKeys
from webhooks.meetings.livekit import LiveKit
from webhooks.meetings.livekit_hooks import verify_livekit
from webhooks.vendors import Forged

BODY = test_livekit.BODY.decode()


@pytest.fixture
async def vendors() -> AsyncIterator[Peers]:
    try:
        async with peers("meetings.mjs") as running:
            yield running
    except NoPeers as reason:
        pytest.skip(str(reason))


def of(link: str, name: str) -> str:
    return parse_qs(urlsplit(link).query)[name][0]


async def test_livekits_library_takes_our_token(vendors: Peers) -> None:
    server, now = LiveKitServer(), datetime.now(UTC)
    async with server.serving():
        livekit = LiveKit(server.url, "https://meet.example.org", test_livekit.OURS, SystemClock())
        meeting = await livekit.create(PLAN)
        until = now + timedelta(hours=1)
        link = await livekit.join_address(meeting, PLAN, CLIENT, now=now, until=until)
        await livekit.close()
    claims = await vendors.ask("livekit_token", key=KEY, secret=SECRET, token=of(link, "token"))
    assert (claims["sub"], claims["name"], claims["exp"]) == ("client", CLIENT.name, int(until.timestamp()))
    assert (claims["video"]["room"], claims["video"]["roomJoin"]) == (PLAN.name, True)
    with pytest.raises(ValueError, match="signature verification failed"):
        await vendors.ask("livekit_token", key=KEY, secret="another" * 6, token=of(link, "token"))


async def test_we_take_livekits_hook_and_its_library_takes_ours(vendors: Peers) -> None:
    header = await vendors.ask("livekit_sign", key=KEY, secret=SECRET, body=BODY)
    verify, now = verify_livekit(test_livekit.OURS), datetime.now(UTC)
    told = verify({"Authorization": header}, BODY.encode(), now).told
    assert told is not None
    assert told.meeting == PLAN.name
    with pytest.raises(Forged):
        verify({"Authorization": header}, BODY.encode() + b" ", now)
    ours = test_livekit.signed(BODY.encode())
    received = await vendors.ask("livekit_receive", key=KEY, secret=SECRET, body=BODY, header=ours)
    assert received == json.loads(BODY)["event"]


@pytest.mark.parametrize("keys", [test_jitsi.HS256, test_jitsi.RS256], ids=lambda keys: keys.algorithm)
async def test_jose_takes_our_jitsi_tokens(vendors: Peers, keys: JitsiKeys) -> None:
    jitsi = Jitsi("https://meet.example.org", keys)
    token = of(await address(jitsi, await jitsi.create(PLAN)), "jwt")
    public = test_jitsi.PUBLIC if keys.private_key else ""
    asked = {"token": token, "secret": keys.secret, "publicKey": public, "now": START.isoformat()}
    claims = await vendors.ask("jitsi_token", **asked)
    assert (claims["room"], claims["header"]["alg"]) == (PLAN.name, keys.algorithm)
    assert claims["context"]["user"]["name"] == CLIENT.name
    with pytest.raises(ValueError, match='"exp" claim timestamp check failed'):
        await vendors.ask("jitsi_token", **{**asked, "now": (START + timedelta(hours=3)).isoformat()})
