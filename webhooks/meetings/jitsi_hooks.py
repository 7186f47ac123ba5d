"""What Prosody posts about meetings on a Jitsi server."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core.domain.meeting import Happening, MeetingFact
from core.domain.side import Side
from core.services.meeting_facts import Told
from webhooks.meetings.jitsi import Jitsi
from webhooks.vendors import Delivery, Forged, Malformed, Verify


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
