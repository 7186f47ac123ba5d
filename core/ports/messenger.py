"""The way a message reaches a person's chat."""

from typing import Protocol

from core.domain.notification import Dispute, HoldEnded, LaterNudge, Notification, OfferLapsed
from core.domain.person import Person


class Unreachable(Exception):
    """The person cannot be written to: the chat is gone or we are blocked; no repeat helps."""


class Messenger(Protocol):
    """Puts a message into words and delivers it; a passing trouble is a `core.ports.trouble` error."""

    async def notify(self, notification: Notification) -> bool:
        """Deliver a message about a booking; False where nobody said whether it arrived."""

    async def dispute(self, dispute: Dispute) -> bool:
        """Show an admin what the two sides of a session say of it; as `notify`."""

    async def nudge_later(self, nudge: LaterNudge) -> bool:
        """Deliver the reminder of sessions still to be scheduled; as `notify`."""

    async def mail_refused(self, person: Person) -> bool:
        """Say that e-mails to the person's address do not arrive any more; as `notify`."""

    async def hold_ended(self, ended: HoldEnded) -> None:
        """Say so where the client is filling in; nothing where they have gone on to something else."""

    async def offer_lapsed(self, lapsed: OfferLapsed) -> bool:
        """Tell somebody waiting that a time is no longer kept for them; as `notify`."""
