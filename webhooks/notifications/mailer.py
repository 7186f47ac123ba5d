"""The mail port: words from the templates, the form, and off they go."""

from collections.abc import Sequence
from email.message import EmailMessage

from core.domain.notification import Dispute, LaterNudge, Notification, OfferLapsed
from core.domain.person import Person
from core.kit.metrics import Metrics
from core.ports.clock import Clock
from core.ports.mail import AddressCode, Attachment, Attachments
from core.ports.messenger import Unreachable
from core.ports.trouble import Rejected
from webhooks.notifications.carrier import Carrier
from webhooks.notifications.letters import Letter, Letters
from webhooks.notifications.message import Sender, build


def nothing_along(_: Notification) -> Sequence[Attachment]:
    """No file goes along."""
    return ()


class TemplateMailer:
    """Writes and hands over mails; see `core.ports.mail`. Without a carrier it is not ready."""

    def __init__(
        self,
        carrier: Carrier | None,
        sender: Sender,
        letters: Letters,
        clock: Clock,
        metrics: Metrics,
        attachments: Attachments = nothing_along,
    ) -> None:
        self._carrier = carrier
        self._sender = sender
        self._letters = letters
        self._clock = clock
        self._metrics = metrics
        self._attachments = attachments

    @property
    def ready(self) -> bool:
        """Mails can be handed over."""
        return self._carrier is not None

    async def notify(self, notification: Notification, key: str) -> None:
        """Deliver a message about a booking."""
        letter = self._letters.notification(notification, self._clock.now())
        files = self._attachments(notification)
        await self._to_person(letter, notification.to, key, notification.kind, files)

    async def dispute(self, dispute: Dispute, key: str) -> None:
        """Show an admin what the two sides of a session say of it."""
        await self._to_person(self._letters.dispute(dispute), dispute.to, key, "no_show_disputed")

    async def nudge_later(self, nudge: LaterNudge, key: str) -> None:
        """Deliver the reminder of sessions still to be scheduled."""
        await self._to_person(self._letters.later(nudge), nudge.to, key, "schedule_later_nudge")

    async def offer_lapsed(self, lapsed: OfferLapsed, key: str) -> None:
        """Tell somebody waiting that a time is no longer kept for them."""
        await self._to_person(self._letters.lapsed(lapsed), lapsed.to, key, "waitlist_lapsed")

    async def address_code(self, code: AddressCode, key: str) -> None:
        """Send the code to the address that is to be checked."""
        letter = self._letters.address_code(code)
        await self._deliver(letter, (code.to.name, code.address), key, "address_code")

    async def _to_person(
        self, letter: Letter, to: Person, key: str, kind: str, files: Sequence[Attachment] = ()
    ) -> None:
        await self._deliver(letter, (to.name, to.email or ""), key, kind, files)

    async def _deliver(
        self, letter: Letter, to: tuple[str, str], key: str, kind: str, files: Sequence[Attachment] = ()
    ) -> None:
        result = "failed"
        try:
            await self._hand_over(self._built(letter, to, key, files), to[1])
            result = "sent"
        except Unreachable:
            result = "unreachable"
            raise
        finally:
            self._metrics.notifications.labels(kind, "mail", result).inc()

    def _built(
        self, letter: Letter, to: tuple[str, str], key: str, files: Sequence[Attachment]
    ) -> EmailMessage:
        try:
            now = self._clock.now()
            return build(letter, sender=self._sender, to=to, key=key, now=now, attachments=files)
        except ValueError:  # it names the address
            raise Rejected("no mail can be sent to this address") from None

    async def _hand_over(self, message: EmailMessage, recipient: str) -> None:
        if self._carrier is None:
            raise Rejected("no mail server is named")
        await self._carrier.hand_over(message, recipient)
