"""What the mail service tells: only what it signed, each fact once, and only what is final marks."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from standardwebhooks.webhooks import Webhook

from core.db.engine import Database
from core.ports.clock import OffsetClock
from tests.core.services.small_practice import SmallPractice, small_practice
from tests.webhooks.conftest import Serve
from webhooks.notifications.resend import PATH, create_resend_routes

SECRET = "whsec_" + base64.b64encode(b"a secret of the mail service").decode()
OTHER = "whsec_" + base64.b64encode(b"a secret of somebody else").decode()


@pytest.fixture
async def practice(sqlite_database: Database, clock: OffsetClock) -> SmallPractice:
    practice = await small_practice(sqlite_database, clock)
    async with practice.store.write() as uow:
        await uow.people.save(replace(practice.people["dora"], email="dora@example.org"))
    return practice


@pytest.fixture
async def address(practice: SmallPractice, serve: Serve) -> str:
    return await serve(create_resend_routes(SECRET, practice.core.bounces)) + PATH


def bounced(to: str = "dora@example.org", kind: str = "Permanent") -> dict[str, Any]:
    """A mail came back."""
    return {"type": "email.bounced", "data": {"to": [to], "bounce": {"type": kind, "message": "no"}}}


async def post(
    http: aiohttp.ClientSession,
    address: str,
    fact: object,
    *,
    name: str = "msg_1",
    secret: str = SECRET,
    at: datetime | None = None,
    prefix: str = "svix",
) -> int:
    """Deliver a fact as the service does; the status of the answer."""
    body, at = json.dumps(fact), at or datetime.now(UTC)
    headers = {
        f"{prefix}-id": name,
        f"{prefix}-timestamp": str(int(at.timestamp())),
        f"{prefix}-signature": Webhook(secret).sign(name, at, body),
    }
    async with http.post(address, data=body, headers=headers) as answer:
        return answer.status


@pytest.mark.parametrize("prefix", ["svix", "webhook"])
async def test_an_address_that_sends_mails_back_is_marked_and_its_person_told(
    practice: SmallPractice, address: str, http: aiohttp.ClientSession, prefix: str
) -> None:
    assert await post(http, address, bounced("Dora <x>"), name="msg_0", prefix=prefix) == 204
    assert await post(http, address, bounced(), prefix=prefix) == 204
    await practice.run_due()
    dora = await practice.person("dora")
    assert (dora.mail_refused, practice.messenger.sent) == (True, [dora])


async def test_a_complaint_marks_the_address_and_the_log_says_so(
    practice: SmallPractice, address: str, http: aiohttp.ClientSession
) -> None:
    fact = {"type": "email.complained", "data": {"to": ["dora@EXAMPLE.org"]}}
    assert await post(http, address, fact) == 204
    await practice.run_due()
    page = await practice.core.deliveries.read(practice.actor("ada"), practice.people["dora"].id)
    assert [(each.kind, each.result.value) for each in page.entries] == [
        ("mail_refused", "sent"),
        ("returned", "complained"),
    ]


async def test_a_fact_that_is_told_again_is_carried_out_once(
    practice: SmallPractice, address: str, http: aiohttp.ClientSession
) -> None:
    for _ in range(3):
        assert await post(http, address, bounced()) == 204
    assert len(await practice.jobs("learn_of_mail")) == 1


@pytest.mark.parametrize(
    "fact",
    [
        bounced(kind="Transient"),
        {"type": "email.delivered", "data": {"to": ["dora@example.org"]}},
        {"type": "email.bounced", "data": {}},
        {"type": "email.bounced"},
    ],
)
async def test_what_is_not_final_or_not_ours_marks_nobody(
    practice: SmallPractice, address: str, http: aiohttp.ClientSession, fact: object
) -> None:
    assert await post(http, address, fact) == 204
    assert await practice.jobs("learn_of_mail") == []


async def test_what_is_not_signed_by_the_service_is_refused(
    practice: SmallPractice, address: str, http: aiohttp.ClientSession
) -> None:
    old = datetime.now(UTC) - timedelta(minutes=10)
    assert await post(http, address, bounced(), secret=OTHER) == 401
    assert await post(http, address, bounced(), at=old) == 401
    for signature in ("", "v1", "v1,%%%", "v1,", "v2,AAAA", "é,é"):
        headers = {"svix-id": "x", "svix-timestamp": "1", "svix-signature": signature}
        async with http.post(address, data=b"\xff{}", headers=headers) as answer:
            assert answer.status == 401
    assert await practice.jobs("learn_of_mail") == []


@pytest.mark.parametrize("fact", [[], "bounced", {"type": "email.bounced", "data": {"to": 3}}])
async def test_a_signed_fact_that_cannot_be_read_is_refused(
    practice: SmallPractice, address: str, http: aiohttp.ClientSession, fact: object
) -> None:
    assert await post(http, address, fact) == 400
    assert await practice.jobs("learn_of_mail") == []
