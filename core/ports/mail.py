"""The way a message reaches a person's mailbox."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from core.domain.notification import Dispute, LaterNudge, Notification, OfferLapsed
from core.domain.person import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressCode:
    """The code with which a person shows that an address is theirs."""

    to: Person
    address: str
    code: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes along; a `text/calendar` one becomes an alternative to the text (RFC 6047)."""

    name: str
    content_type: str
    content: bytes
    parameters: Mapping[str, str] = field(default_factory=dict)


Attachments: TypeAlias = Callable[[Notification], Sequence[Attachment]]
"""What goes along with a message about a booking."""


class Mailer(Protocol):
    """Puts a message into words and hands it over; a passing trouble is a `core.ports.trouble` error.

    `key` is the job's: a repeat has the same Message-ID, by which it can be recognised. Unreachable where the
    address is refused for good.
    """

    @property
    def ready(self) -> bool:
        """A mail server is named; without one nothing is called."""

    async def notify(self, notification: Notification, key: str) -> None:
        """Deliver a message about a booking."""

    async def dispute(self, dispute: Dispute, key: str) -> None:
        """Show an admin what the two sides of a session say of it."""

    async def nudge_later(self, nudge: LaterNudge, key: str) -> None:
        """Deliver the reminder of sessions still to be scheduled."""

    async def offer_lapsed(self, lapsed: OfferLapsed, key: str) -> None:
        """Tell somebody waiting that a time is no longer kept for them."""

    async def address_code(self, code: AddressCode, key: str) -> None:
        """Send the code to the address that is to be checked."""
