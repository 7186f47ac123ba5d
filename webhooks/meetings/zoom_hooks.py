"""What Zoom tells, signed with the app's secret token (https://developers.zoom.us/docs/api/webhooks/)."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.domain.meeting import Happening, MeetingFact
from core.domain.side import Side
from core.services.meeting_facts import Told
from webhooks.meetings.zoom import MINUTE, Zoom
from webhooks.vendors import Delivery, Forged, Malformed, Verify

FRESH = 5 * MINUTE
"""An older signature is refused: somebody may have kept it."""


def verify_zoom(secret: str) -> Verify[Told]:
    """Reads hooks: an HMAC over `v0:timestamp:body` (https://developers.zoom.us/docs/api/webhooks/)."""
    key = secret.encode()

    def verify(headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery[Told]:
        timestamp = headers.get("x-zm-request-timestamp", "")
        digest = hmac.new(key, b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        given = headers.get("x-zm-signature", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, f"v0={digest}".encode()) or not _is_fresh(timestamp, now):
            raise Forged
        try:
            event = json.loads(body)
            if event["event"] == "endpoint.url_validation":
                return Delivery(answer=_proof(key, str(event["payload"]["plainToken"])))
            facts = _facts(event)
            room = str(event["payload"]["object"]["id"]) if facts else ""
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise Malformed from error
        told = Told(provider=Zoom.name, id=hashlib.sha256(body).hexdigest(), meeting=room, facts=facts)
        return Delivery(told=told if facts else None)

    return verify


def _is_fresh(timestamp: str, now: datetime) -> bool:
    if not re.fullmatch(r"[0-9]{1,12}", timestamp, re.ASCII):
        return False
    return abs(now.timestamp() - int(timestamp)) <= FRESH.total_seconds()


def _proof(key: bytes, plain: str) -> dict[str, str]:
    return {"plainToken": plain, "encryptedToken": hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()}


_TIMES: Mapping[str, tuple[Happening, str]] = {
    "meeting.participant_joined": (Happening.JOINED, "join_time"),
    "meeting.participant_left": (Happening.LEFT, "leave_time"),
}


def _facts(event: Mapping[str, Any]) -> tuple[MeetingFact, ...]:
    name, about = event["event"], event["payload"]["object"]
    if name == "meeting.ended":
        return (MeetingFact(happening=Happening.CLOSED, at=_instant(about["end_time"])),)
    if name not in _TIMES:
        return ()
    happening, when = _TIMES[name]
    participant = about["participant"]
    visit = f"{about['uuid']}/{participant['user_id']}"[:255]
    is_host = bool(participant.get("id")) and participant["id"] == about.get("host_id")
    side = Side.COUNSELOR if is_host else Side.CLIENT
    return (MeetingFact(happening=happening, at=_instant(participant[when]), visit=visit, side=side),)


def _instant(written: str) -> datetime:
    found = datetime.fromisoformat(written)
    if found.utcoffset() is None:
        raise ValueError("a time without an offset")
    return found
