"""What became of a message: one entry for each attempt on each channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.channel import Channel


class Result(StrEnum):
    """How an attempt ended.

    `unconfirmed`: handed over without an answer. `failed` is tried again, `refused` is not. `outdated`: no
    longer true at the moment of sending.
    """

    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    NO_CHAT = "no_chat"
    NO_ADDRESS = "no_address"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    MUTED = "muted"
    OUTDATED = "outdated"
    NOT_SET_UP = "not_set_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An attempt: to whom, how, about what, and how it ended; never the words or the address."""

    person_id: int
    channel: Channel
    kind: str
    result: Result
    at: datetime
    booking_id: int | None = None
