"""Where the practice meets online: its provider, the links that lead there, and how meetings are called."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from core.domain.booking import Booking
from core.domain.person import Person
from core.domain.practice import Practice
from core.kit.links import Links
from core.kit.secret_key import derive
from core.ports.meetings import MeetingPlan, MeetingProvider
from core.services.join_links import JoinLinks

LETTERS = 26
"""Of 5 bits each: nobody comes upon a meeting by guessing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlace:
    """`provider` is None where nothing can be met in; `key` is what names are made with."""

    provider: MeetingProvider | None
    links: JoinLinks
    key: bytes

    def name(self, booking: Booking) -> str:
        """The name of a booking's meeting, the same for its life."""
        made = base64.b32encode(hmac.digest(self.key, booking.uid.encode(), hashlib.sha256))
        return f"confer-{made.decode()[:LETTERS].lower()}"

    def plan(self, booking: Booking, practice: Practice, host: Person) -> MeetingPlan:
        """What a booking's meeting is made from; `host` is the counselor's person."""
        return MeetingPlan(
            name=self.name(booking),
            title=practice.name,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            location=booking.location,
            counselor=practice.counselor(booking.counselor_id).slug,
            host_email=host.email,
        )


def meeting_place(
    secret_key: str, provider: MeetingProvider | None = None, base: str | None = None
) -> MeetingPlace:
    """The place of a practice whose service is found at `base`."""
    links = JoinLinks(links=Links(secret_key), base=base)
    return MeetingPlace(provider=provider, links=links, key=derive(secret_key, "meetings"))
