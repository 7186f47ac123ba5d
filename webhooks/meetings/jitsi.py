"""Jitsi Meet: plain links, or links with a token of the server's own (https://jitsi.github.io/handbook)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode, urlsplit

import jwt

from core.domain.session_type import Location
from core.domain.side import Side
from core.ports.meetings import Capabilities, Meeting, MeetingPlan, Participant

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
