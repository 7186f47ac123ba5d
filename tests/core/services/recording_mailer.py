"""A mailer that keeps what it hands over, and refuses what it is told to."""

from collections import deque
from dataclasses import dataclass, field
from typing import TypeAlias

from core.domain.notification import Dispute, LaterNudge, Notification, OfferLapsed
from core.ports.mail import AddressCode

Mail: TypeAlias = Notification | LaterNudge | Dispute | OfferLapsed | AddressCode


@dataclass(slots=True)
class RecordingMailer:
    """The mail port; each of `troubles` meets one mail, which then does not arrive."""

    ready: bool = True
    sent: list[tuple[str, Mail]] = field(default_factory=list)
    troubles: deque[Exception] = field(default_factory=deque)

    async def notify(self, notification: Notification, key: str) -> None:
        """Deliver a message about a booking."""
        self._hand_over(notification, key)

    async def dispute(self, dispute: Dispute, key: str) -> None:
        """Show an admin what the two sides say."""
        self._hand_over(dispute, key)

    async def nudge_later(self, nudge: LaterNudge, key: str) -> None:
        """Deliver the reminder of sessions still to be scheduled."""
        self._hand_over(nudge, key)

    async def offer_lapsed(self, lapsed: OfferLapsed, key: str) -> None:
        """Say that a time is no longer kept for somebody waiting."""
        self._hand_over(lapsed, key)

    async def address_code(self, code: AddressCode, key: str) -> None:
        """Send the code to the address that is to be checked."""
        self._hand_over(code, key)

    def messages(self) -> list[tuple[str, str]]:
        """Of each mail about a booking the kind and the name of whom it went to."""
        return [(each.kind.value, each.to.name) for _, each in self.sent if isinstance(each, Notification)]

    def _hand_over(self, mail: Mail, key: str) -> None:
        if self.troubles:
            raise self.troubles.popleft()
        self.sent.append((key, mail))
