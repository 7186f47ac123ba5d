"""LiveKit: meetings that come into being when somebody joins, by a token made at the click."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import jwt

from core.domain.session_type import Location
from core.domain.side import Side
from core.ports.clock import Clock
from core.ports.meetings import Capabilities, Meeting, MeetingPlan, Participant
from webhooks.meetings.api import Api

MINUTE = timedelta(minutes=1)
EMPTY_SECONDS = 15 * 60
SOURCES: Mapping[Location, Sequence[str]] = {
    Location.VIDEO: ("camera", "microphone", "screen_share", "screen_share_audio"),
    Location.AUDIO: ("microphone",),
    Location.CHAT: (),
    Location.IN_PERSON: (),
}
"""What people may send, beside written words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveKitKey:
    """The API key and its secret."""

    key: str
    secret: str


class LiveKit:
    """Meetings on a LiveKit server, joined on a LiveKit Meet page."""

    name = "livekit"
    capabilities = Capabilities(personal=True, tells=True)

    def __init__(
        self, url: str, meet_url: str, key: LiveKitKey, clock: Clock, api: Api | None = None
    ) -> None:
        self._url = url
        self._meet_url = meet_url
        self._key = key
        self._clock = clock
        self._api = api or Api("LiveKit")

    async def create(self, plan: MeetingPlan) -> Meeting:
        """The name is enough until somebody joins: an empty one would be closed by the server."""
        return Meeting(ref=plan.name)

    async def move(self, meeting: Meeting, plan: MeetingPlan) -> Meeting:
        """The server knows no times."""
        del plan
        return meeting

    async def cancel(self, meeting: Meeting) -> None:
        """Whoever is there is sent out."""
        await self._call("DeleteRoom", {"roomCreate": True}, {"room": meeting.ref})

    async def join_address(
        self, meeting: Meeting, plan: MeetingPlan, participant: Participant, *, now: datetime, until: datetime
    ) -> str:
        """The page's address with a token for this participant."""
        await self._call(
            "CreateRoom", {"roomCreate": True}, {"name": meeting.ref, "emptyTimeout": EMPTY_SECONDS}
        )
        sources = SOURCES[plan.location]
        grants = {
            "room": meeting.ref,
            "roomJoin": True,
            "roomAdmin": participant.side is Side.COUNSELOR,
            "canPublish": bool(sources),
            "canPublishSources": list(sources),
            "canPublishData": True,
            "canSubscribe": True,
        }
        token = self._token(grants, now, until, identity=participant.side.value, name=participant.name)
        return f"{self._meet_url}?{urlencode({'liveKitUrl': self._url, 'token': token})}"

    async def check(self) -> str:
        """Whether the server takes our key."""
        found = await self._call("ListRooms", {"roomList": True}, {})
        return f"{self._url}, {len((found or {}).get('rooms', []))} meetings at present"

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()

    async def _call(
        self, method: str, grants: Mapping[str, Any], arguments: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """As https://docs.livekit.io/reference/server/server-apis/ has it."""
        now = self._clock.now()
        headers = {"Authorization": f"Bearer {self._token(grants, now, now + 5 * MINUTE)}"}
        server = f"http{self._url.removeprefix('ws')}" if self._url.startswith("ws") else self._url
        url = f"{server}/twirp/livekit.RoomService/{method}"
        return await self._api.call("POST", url, headers=headers, json=arguments)

    def _token(
        self, grants: Mapping[str, Any], now: datetime, until: datetime, identity: str = "confer", **more: str
    ) -> str:
        """As https://docs.livekit.io/home/get-started/authentication/ has it."""
        claims = {
            "iss": self._key.key,
            "sub": identity,
            "nbf": int((now - MINUTE).timestamp()),
            "exp": int(until.timestamp()),
            "video": grants,
            **more,
        }
        return jwt.encode(claims, self._key.secret, algorithm="HS256")
