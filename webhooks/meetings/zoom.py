"""Zoom: meetings made by a server-to-server app (https://developers.zoom.us/docs/api/)."""

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from core.domain.session_type import Location
from core.domain.side import Side
from core.ports.clock import Clock
from core.ports.meetings import Capabilities, Meeting, MeetingPlan, Participant
from core.ports.trouble import AuthExpired, Rejected, Unavailable
from webhooks.meetings.api import Api

MINUTE = timedelta(minutes=1)
COUNSELOR = "counselor"
"""The value of CONFER_ZOOM_USER with which each counselor is found by their e-mail address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoomApp:
    """A server-to-server app: where it asks, as whom, and for which user it makes meetings."""

    account_id: str
    client_id: str
    client_secret: str = field(repr=False)
    user: str = "me"
    api_url: str = "https://api.zoom.us/v2"
    oauth_url: str = "https://zoom.us/oauth/token"


class Zoom:
    """Meetings on Zoom; the booking's own name stands in their agenda, so that each is found again."""

    name = "zoom"

    def __init__(self, app: ZoomApp, clock: Clock, *, tells: bool = False, api: Api | None = None) -> None:
        self._app = app
        self._clock = clock
        self._api = api or Api("Zoom")
        self._token, self._until = "", datetime.min.replace(tzinfo=UTC)
        self._asking = asyncio.Lock()
        self.capabilities = Capabilities(scheduled=True, personal=True, tells=tells)

    async def create(self, plan: MeetingPlan) -> Meeting:
        """The meeting with this name in its agenda, made unless there is one."""
        user = self._user(plan)
        async for each in self._upcoming(user):
            if each.get("agenda") == plan.name and await self._changed(_meeting(each), plan):
                return _meeting(each)
        made = await self._call("POST", f"/users/{user}/meetings", json=_wanted(plan))
        if made is None:
            raise Rejected(f"Zoom knows no user {user}")
        return _meeting(made)

    async def move(self, meeting: Meeting, plan: MeetingPlan) -> Meeting:
        """The meeting at the plan's times, or a new one where somebody has deleted it."""
        return meeting if await self._changed(meeting, plan) else await self.create(plan)

    async def cancel(self, meeting: Meeting) -> None:
        """Delete it."""
        quietly = {"schedule_for_reminder": "false", "cancel_meeting_reminder": "false"}
        await self._call("DELETE", f"/meetings/{meeting.ref}", params=quietly)

    async def join_address(
        self, meeting: Meeting, plan: MeetingPlan, participant: Participant, *, now: datetime, until: datetime
    ) -> str:
        """The counselor starts it as its host, by an address good for two hours; the client joins it.

        Zoom lets both in without a host as well, should it not answer now.
        """
        del plan, now, until
        if participant.side is Side.CLIENT:
            return meeting.address
        try:
            found = await self._call("GET", f"/meetings/{meeting.ref}")
        except (Unavailable, AuthExpired):
            return meeting.address
        return str((found or {}).get("start_url") or meeting.address)

    async def check(self) -> str:
        """Whether the app may ask for its user's meetings."""
        await self._authorise()
        return f"account {self._app.account_id}, meetings of {self._app.user}"

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()

    def _user(self, plan: MeetingPlan) -> str:
        if self._app.user != COUNSELOR:
            return self._app.user
        if plan.host_email is None:
            raise Rejected(f"{plan.counselor} has no e-mail address to be known by at Zoom")
        return plan.host_email

    async def _changed(self, meeting: Meeting, plan: MeetingPlan) -> bool:
        """Whether the meeting is as planned now; False where it is gone, though it may still be listed."""
        return await self._call("PATCH", f"/meetings/{meeting.ref}", json=_wanted(plan)) is not None

    async def _upcoming(self, user: str) -> AsyncIterator[dict[str, Any]]:
        page: dict[str, str] = {"type": "upcoming", "page_size": "300"}
        while True:
            found = await self._call("GET", f"/users/{user}/meetings", params=page) or {}
            for each in found.get("meetings", []):
                yield each
            if not found.get("next_page_token"):
                return
            page = {**page, "next_page_token": str(found["next_page_token"])}

    async def _call(self, method: str, path: str, **content: Any) -> dict[str, Any] | None:
        url = f"{self._app.api_url}{path}"
        token = await self._authorise()
        try:
            return await self._api.call(method, url, headers=_bearer(token), **content)
        except AuthExpired:  # withdrawn before its time: once more with a new one
            return await self._api.call(method, url, headers=_bearer(await self._authorise(token)), **content)

    async def _authorise(self, refused: str = "") -> str:
        """A token that is good for a while, and not the one just `refused`; one call asks for all."""
        async with self._asking:
            if self._clock.now() < self._until and self._token != refused:
                return self._token
            app = self._app
            basic = base64.b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()
            asked = {"grant_type": "account_credentials", "account_id": app.account_id}
            try:
                found = await self._api.call(
                    "POST", app.oauth_url, headers={"Authorization": f"Basic {basic}"}, data=asked
                )
            except Rejected as error:
                raise AuthExpired(f"Zoom does not accept the app: {error}") from error
            if not found or "access_token" not in found:
                raise AuthExpired("Zoom gives the app no token")
            self._token = str(found["access_token"])
            self._until = self._clock.now() + timedelta(seconds=int(found.get("expires_in", 3600))) - MINUTE
            return self._token


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _wanted(plan: MeetingPlan) -> dict[str, Any]:
    """https://developers.zoom.us/docs/api/meetings/ : a scheduled meeting that both may enter, unrecorded."""
    video = plan.location is Location.VIDEO
    return {
        "topic": plan.title,
        "type": 2,
        "start_time": f"{plan.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "duration": int((plan.ends_at - plan.starts_at) / MINUTE),
        "timezone": "UTC",
        "agenda": plan.name,
        "settings": {
            "join_before_host": True,
            "jbh_time": 15,
            "waiting_room": False,
            "host_video": video,
            "participant_video": video,
            "auto_recording": "none",
        },
    }


def _meeting(found: Mapping[str, Any]) -> Meeting:
    return Meeting(ref=str(found["id"]), address=str(found["join_url"]))
