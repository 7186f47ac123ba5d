"""Jitsi Meet: plain links, or links with a token of the server's own (https://jitsi.github.io/handbook)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jwt

from core.domain.meeting import Happening, MeetingFact
from core.domain.session_type import Location
from core.domain.side import Side
from core.ports.meetings import Capabilities, Meeting, MeetingPlan, Participant
from core.services.meeting_facts import Told
from webhooks.vendors import Delivery, Forged, Malformed, Verify

SKEW = timedelta(seconds=30)
"""By so much the clocks of both servers may differ."""
HOSTED = "vpaas-magic-cookie-"
"""How application ids of Jitsi as a service begin."""
OPTIONS: Mapping[Location, Mapping[str, str]] = {
    Location.VIDEO: {},
    Location.AUDIO: {"config.startAudioOnly": "true"},
    Location.CHAT: {"config.startWithAudioMuted": "true", "config.startWithVideoMuted": "true"},
    Location.IN_PERSON: {},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JitsiKeys:
    """What tokens are signed with: a shared `secret` (HS256), or a `private_key` (RS256, PEM) and its id."""

    app_id: str
    secret: str | None = None
    private_key: str | None = None
    key_id: str | None = None

    @property
    def algorithm(self) -> str:
        """How tokens are signed."""
        return "HS256" if self.private_key is None else "RS256"

    @property
    def hosted(self) -> bool:
        """They are for Jitsi as a service."""
        return self.app_id.startswith(HOSTED)


class Jitsi:
    """Meetings on a Jitsi server; they come into being when somebody joins, so nothing is made ahead."""

    name = "jitsi"

    def __init__(self, url: str, keys: JitsiKeys | None = None, *, tells: bool = False) -> None:
        self._url = url
        self._keys = keys
        self.capabilities = Capabilities(personal=keys is not None, tells=tells)

    async def create(self, plan: MeetingPlan) -> Meeting:
        """The name is all there is."""
        return Meeting(ref=plan.name)

    async def move(self, meeting: Meeting, plan: MeetingPlan) -> Meeting:
        """The address knows no times."""
        del plan
        return meeting

    async def cancel(self, meeting: Meeting) -> None:
        """Nothing was made."""

    async def join_address(
        self, meeting: Meeting, plan: MeetingPlan, participant: Participant, *, now: datetime, until: datetime
    ) -> str:
        """The meeting's address, with a token where the server asks for one."""
        keys = self._keys
        path = f"{keys.app_id}/{meeting.ref}" if keys and keys.hosted else meeting.ref
        token = f"?{urlencode({'jwt': self._token(keys, meeting, participant, now, until)})}" if keys else ""
        shown = {"userInfo.displayName": json.dumps(participant.name), **OPTIONS[plan.location]}
        return f"{self._url}/{path}{token}#{urlencode(shown, quote_via=quote)}"

    async def check(self) -> str:
        """Which server, and how one gets in."""
        how = f"links with a token ({self._keys.algorithm})" if self._keys else "plain links"
        return f"{self._url}, {how}"

    async def close(self) -> None:
        """Nothing is open."""

    def _token(
        self, keys: JitsiKeys, meeting: Meeting, participant: Participant, now: datetime, until: datetime
    ) -> str:
        """As https://github.com/jitsi/lib-jitsi-meet/blob/master/doc/tokens.md has it."""
        host = participant.side is Side.COUNSELOR
        user = {
            "id": participant.side.value,
            "name": participant.name,
            "affiliation": "owner" if host else "member",
            "moderator": host,
        }
        claims = {
            "aud": "jitsi",
            "iss": "chat" if keys.hosted else keys.app_id,
            "sub": keys.app_id if keys.hosted else urlsplit(self._url).hostname,
            "room": meeting.ref,
            "nbf": int((now - SKEW).timestamp()),
            "exp": int(until.timestamp()),
            "context": {"user": user, "features": {"recording": False, "livestreaming": False}},
        }
        headers = {"kid": keys.key_id} if keys.key_id else None
        return jwt.encode(
            claims, keys.private_key or keys.secret or "", algorithm=keys.algorithm, headers=headers
        )


def verify_jitsi(secret: str) -> Verify[Told]:
    """Reads what Prosody's `event_sync` posts with a bearer of ours.

    https://github.com/jitsi-contrib/prosody-plugins/tree/main/event_sync
    """
    expected = f"Bearer {secret}".encode()

    def verify(headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery[Told]:
        del now
        given = headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            raise Forged
        try:
            event = json.loads(body)
            room, facts = str(event["room_name"]), _facts(event)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise Malformed from error
        told = Told(provider=Jitsi.name, id=hashlib.sha256(body).hexdigest(), meeting=room, facts=facts)
        return Delivery(told=told if facts else None)

    return verify


def _facts(event: Mapping[str, Any]) -> tuple[MeetingFact, ...]:
    name = event["event_name"]
    if name in {"muc-occupant-joined", "muc-occupant-left"}:
        return tuple(_stay(event["occupant"]))
    if name == "muc-room-destroyed" and not event.get("is_breakout"):
        return (MeetingFact(happening=Happening.CLOSED, at=_instant(event["destroyed_at"])),)
    return ()


def _stay(occupant: Mapping[str, Any]) -> list[MeetingFact]:
    """Who left tells also when they had come."""
    visit, who = str(occupant["occupant_jid"])[:255], occupant.get("id")
    side = Side(who) if who in set(Side) else None
    times = {Happening.JOINED: occupant["joined_at"], Happening.LEFT: occupant.get("left_at")}
    return [
        MeetingFact(happening=happening, at=_instant(at), visit=visit, side=side)
        for happening, at in times.items()
        if at is not None
    ]


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
