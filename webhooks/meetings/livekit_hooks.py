"""What a LiveKit server tells, signed with its own key (https://docs.livekit.io/home/server/webhooks/)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import jwt

from core.domain.meeting import Happening, MeetingFact
from core.domain.side import Side
from core.services.meeting_facts import Told
from webhooks.meetings.livekit import MINUTE, LiveKit, LiveKitKey
from webhooks.vendors import Delivery, Forged, Malformed, Verify


def verify_livekit(key: LiveKitKey) -> Verify[Told]:
    """Reads hooks: a token of our key with the hash of the body (https://docs.livekit.io/home/server/webhooks/)."""

    def verify(headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery[Told]:
        _check_token(headers.get("Authorization", ""), body, key, now)
        try:
            event = json.loads(body)
            facts = tuple(_facts(event))
            room = str(event["room"]["name"]) if facts else ""
            told = Told(provider=LiveKit.name, id=str(event["id"])[:200], meeting=room, facts=facts)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise Malformed from error
        return Delivery(told=told if facts else None)

    return verify


def _check_token(token: str, body: bytes, key: LiveKitKey, now: datetime) -> None:
    options = {"require": ["exp", "iss"], "verify_exp": False, "verify_nbf": False, "verify_iat": False}
    try:
        claims = jwt.decode(token, key.secret, algorithms=["HS256"], issuer=key.key, options=options)  # type: ignore[arg-type]
    except jwt.InvalidTokenError as error:
        raise Forged from error
    begins, ends = claims.get("nbf", 0), claims["exp"]
    if not isinstance(begins, int | float) or not isinstance(ends, int | float):
        raise Forged
    if not begins - MINUTE.seconds <= now.timestamp() < ends + MINUTE.seconds:
        raise Forged
    digest = base64.b64encode(hashlib.sha256(body).digest())
    if not hmac.compare_digest(str(claims.get("sha256", "")).encode(), digest):
        raise Forged


def _facts(event: Mapping[str, Any]) -> list[MeetingFact]:
    name = event["event"]
    if name == "room_finished":
        return [MeetingFact(happening=Happening.CLOSED, at=_instant(event["createdAt"]))]
    if name not in {"participant_joined", "participant_left", "participant_connection_aborted"}:
        return []
    participant = event["participant"]
    if participant["identity"] not in set(Side):  # a recorder or an agent is nobody who came
        return []
    side, visit = Side(participant["identity"]), str(participant["sid"])[:255]
    came = participant.get("joinedAt") or (event["createdAt"] if name == "participant_joined" else None)
    times = {
        Happening.JOINED: came,
        Happening.LEFT: None if name == "participant_joined" else event["createdAt"],
    }
    return [
        MeetingFact(happening=happening, at=_instant(at), visit=visit, side=side)
        for happening, at in times.items()
        if at is not None
    ]


def _instant(seconds: str | int) -> datetime:
    """Protocol buffers write 64-bit numbers as text in JSON."""
    return datetime.fromtimestamp(int(seconds), UTC)
