"""The e-mail side, put together from the settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from core.kit.metrics import Metrics
from core.kit.settings import Settings
from core.ports.clock import Clock
from core.ports.mail import Attachments
from webhooks.notifications.carrier import Carrier
from webhooks.notifications.letters import ChatLink, Letters, Unsubscribe
from webhooks.notifications.mailbox import Mailbox
from webhooks.notifications.mailbox_page import Guard, create_mailbox_routes
from webhooks.notifications.mailer import TemplateMailer, nothing_along
from webhooks.notifications.message import Sender
from webhooks.notifications.samples import gallery
from webhooks.notifications.smtp import SmtpCarrier

FOLDER = "sandbox-mail"
SANDBOX_SENDER = "Confer <confer@sandbox.invalid>"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSide:
    """The mailer, and the mailbox where mails are kept instead of sent."""

    mailer: TemplateMailer
    letters: Letters
    sender: Sender
    mailbox: Mailbox | None

    def mailbox_routes(self, guard: Guard) -> Iterable[web.RouteDef]:
        """The mailbox's pages, where there is one."""
        if self.mailbox is None:
            return ()
        return create_mailbox_routes(self.mailbox, lambda: gallery(self.letters, self.sender), guard)


def mail_side(
    settings: Settings,
    clock: Clock,
    metrics: Metrics,
    chat: ChatLink,
    unsubscribe: Unsubscribe,
    attachments: Attachments = nothing_along,
) -> MailSide:
    """By a mail server where one is named, into the mailbox in the sandbox, else not at all.

    `attachments` go along with messages about bookings.
    """
    sandboxed = settings.mode == "sandbox" and settings.smtp_url is None
    sender = Sender.read(settings.mail_from or SANDBOX_SENDER)
    letters = Letters(sender=sender.called, chat=chat, unsubscribe=unsubscribe)
    mailbox = Mailbox(Path(settings.data_dir) / FOLDER) if sandboxed else None
    carrier: Carrier | None = mailbox
    if settings.smtp_url is not None:
        carrier = SmtpCarrier(settings.smtp_url.get_secret_value(), sender.address)
    mailer = TemplateMailer(carrier, sender, letters, clock, metrics, attachments)
    return MailSide(mailer=mailer, letters=letters, sender=sender, mailbox=mailbox)
