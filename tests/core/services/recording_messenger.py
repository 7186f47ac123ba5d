"""A messenger that keeps what it delivers, and refuses what it is told to."""

from collections import deque
from dataclasses import dataclass, field
from typing import TypeAlias

from core.domain.notification import Dispute, HoldEnded, LaterNudge, Notification, OfferLapsed
from core.domain.person import Person

Message: TypeAlias = Notification | LaterNudge | HoldEnded | Dispute | OfferLapsed | Person


@dataclass(slots=True)
class RecordingMessenger:
    """The messenger port; each of `troubles` meets one delivery, which then does not arrive."""

    sent: list[Message] = field(default_factory=list)
    troubles: deque[Exception] = field(default_factory=deque)

    async def notify(self, notification: Notification) -> bool:
        """Deliver a message about a booking."""
        return self._deliver(notification)

    async def dispute(self, dispute: Dispute) -> bool:
        """Show an admin what the two sides say."""
        return self._deliver(dispute)

    async def nudge_later(self, nudge: LaterNudge) -> bool:
        """Deliver the reminder of sessions still to be scheduled."""
        return self._deliver(nudge)

    async def mail_refused(self, person: Person) -> bool:
        """Say that e-mails do not arrive any more."""
        return self._deliver(person)

    async def hold_ended(self, ended: HoldEnded) -> None:
        """Say that a hold has run out."""
        self._deliver(ended)

    async def offer_lapsed(self, lapsed: OfferLapsed) -> bool:
        """Say that a time is no longer kept for somebody waiting."""
        return self._deliver(lapsed)

    def messages(self) -> list[tuple[str, str]]:
        """Of each message about a booking the kind and the name of whom it went to."""
        return [(each.kind.value, each.to.name) for each in self.sent if isinstance(each, Notification)]

    def _deliver(self, message: Message) -> bool:
        if self.troubles:
            raise self.troubles.popleft()
        self.sent.append(message)
        return True
