"""Jitsi: plain links, tokens of both kinds, and what Prosody posts."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from core.domain.meeting import Happening
from core.domain.session_type import Location
from core.domain.side import Side
from core.services.meeting_facts import Told
from tests.conftest import START
from tests.contracts.meetings import CLIENT, COUNSELOR, PLAN, UNTIL, MeetingProviderContract, address
from webhooks.meetings.jitsi import Jitsi, JitsiKeys
from webhooks.meetings.jitsi_hooks import verify_jitsi
from webhooks.vendors import Delivery, Forged, Malformed

URL = "https://meet.example.org"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE = RSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
PUBLIC = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
HS256 = JitsiKeys(app_id="confer", secret="jitsi-secret-0123456789-0123456789")
RS256 = JitsiKeys(app_id="vpaas-magic-cookie-1", private_key=PRIVATE, key_id="vpaas-magic-cookie-1/k")
SECRET = "bearer-of-the-hook-0123456789"


class TestPlainLinks(MeetingProviderContract):
    """A server that everybody may use."""

    @pytest.fixture
    def provider(self) -> Jitsi:
        return Jitsi(URL)


class TestSharedSecret(MeetingProviderContract):
    """A server of one's own."""

    @pytest.fixture
    def provider(self) -> Jitsi:
        return Jitsi(URL, HS256)


class TestPrivateKey(MeetingProviderContract):
    """Jitsi as a service."""

    @pytest.fixture
    def provider(self) -> Jitsi:
        return Jitsi("https://8x8.vc", RS256)


def claims(link: str, key: str, algorithm: str, audience: str = "jitsi") -> dict[str, Any]:
    token = parse_qs(urlsplit(link).query)["jwt"][0]
    found: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=[algorithm],
        audience=audience,
        options={"verify_exp": False, "verify_nbf": False},
    )
    return found


async def test_a_plain_link_brings_the_name_and_what_kind_of_session_it_is() -> None:
    jitsi = Jitsi(URL)
    link = urlsplit(await address(jitsi, await jitsi.create(PLAN)))
    assert (link.path, link.query) == (f"/{PLAN.name}", "")
    assert unquote(link.fragment) == 'userInfo.displayName="Dora \\"\\u00d6\\" & <b>"'
    audio = replace(PLAN, location=Location.AUDIO)
    assert "config.startAudioOnly=true" in await address(jitsi, await jitsi.create(audio), plan=audio)


@pytest.mark.parametrize(
    ("participant", "moderator", "affiliation"), [(CLIENT, False, "member"), (COUNSELOR, True, "owner")]
)
async def test_a_token_is_for_one_person_one_meeting_and_one_moment(
    participant: Any, moderator: bool, affiliation: str
) -> None:
    jitsi = Jitsi(URL, HS256)
    link = await address(jitsi, await jitsi.create(PLAN), participant)
    assert claims(link, HS256.secret or "", "HS256") == {
        "aud": "jitsi",
        "iss": "confer",
        "sub": "meet.example.org",
        "room": PLAN.name,
        "nbf": int(START.timestamp()) - 30,
        "exp": int(UNTIL.timestamp()),
        "context": {
            "user": {
                "id": participant.side.value,
                "name": participant.name,
                "affiliation": affiliation,
                "moderator": moderator,
            },
            "features": {"recording": False, "livestreaming": False},
        },
    }


async def test_jitsi_as_a_service_has_its_own_names_and_keys() -> None:
    jitsi = Jitsi("https://8x8.vc", RS256)
    link = await address(jitsi, await jitsi.create(PLAN))
    assert urlsplit(link).path == f"/vpaas-magic-cookie-1/{PLAN.name}"
    found = claims(link, PUBLIC, "RS256")
    assert (found["iss"], found["sub"], found["room"]) == ("chat", "vpaas-magic-cookie-1", PLAN.name)
    token = parse_qs(urlsplit(link).query)["jwt"][0]
    assert jwt.get_unverified_header(token)["kid"] == "vpaas-magic-cookie-1/k"


OCCUPANT = {"occupant_jid": "14f01c40@meet.example.org/OWhl8jSh", "joined_at": 1_793_621_000}


def event(name: str, **more: object) -> bytes:
    return json.dumps({"event_name": name, "room_name": PLAN.name, "is_breakout": False, **more}).encode()


def read(body: bytes, authorization: str = f"Bearer {SECRET}") -> Delivery[Told]:
    headers: Mapping[str, str] = {"Authorization": authorization}
    return verify_jitsi(SECRET)(headers, body, START)


def test_who_joined_and_who_left_is_told_with_their_side_where_the_token_said_it() -> None:
    left = event("muc-occupant-left", occupant={**OCCUPANT, "id": "client", "left_at": 1_793_621_060.5})
    told = read(left).told
    assert told is not None
    assert (told.provider, told.meeting) == ("jitsi", PLAN.name)
    assert [(each.happening, each.at, each.visit, each.side) for each in told.facts] == [
        (Happening.JOINED, datetime.fromtimestamp(1_793_621_000, UTC), OCCUPANT["occupant_jid"], Side.CLIENT),
        (Happening.LEFT, datetime.fromtimestamp(1_793_621_060.5, UTC), OCCUPANT["occupant_jid"], Side.CLIENT),
    ]
    joined = read(event("muc-occupant-joined", occupant=OCCUPANT)).told
    assert joined is not None
    assert [(each.happening, each.side) for each in joined.facts] == [(Happening.JOINED, None)]


def test_only_the_main_room_closes_a_meeting() -> None:
    told = read(event("muc-room-destroyed", destroyed_at=1_793_621_100, all_occupants=[])).told
    assert told is not None
    assert [each.happening for each in told.facts] == [Happening.CLOSED]
    assert read(event("muc-room-destroyed", destroyed_at=1, is_breakout=True)).told is None
    assert read(event("muc-room-created", created_at=1)).told is None


def test_the_same_delivery_has_the_same_id_and_another_one_another() -> None:
    bodies = [event("muc-occupant-joined", occupant={**OCCUPANT, "joined_at": at}) for at in (1, 1, 2)]
    ids = [told.id for told in (read(body).told for body in bodies) if told]
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)


@pytest.mark.parametrize(
    "given", ["", "Bearer", f"bearer {SECRET}", f"Bearer {SECRET}x", SECRET, "Bearer ü\udcff"]
)
def test_without_the_bearer_nothing_is_read(given: str) -> None:
    with pytest.raises(Forged):
        read(event("muc-occupant-joined", occupant=OCCUPANT), given)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b"{}",
        event("muc-occupant-joined"),
        event("muc-occupant-joined", occupant={**OCCUPANT, "joined_at": "noon"}),
        event("muc-occupant-joined", occupant={**OCCUPANT, "joined_at": 1e300}),
        event("muc-occupant-left", occupant=[]),
        event("muc-room-destroyed", destroyed_at=None),
    ],
)
def test_what_cannot_be_understood_is_told_so(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body)
