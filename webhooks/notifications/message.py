"""The form of a mail: headers, text and HTML (RFC 5322, 2046, 8058, 3834)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from core.ports.mail import Attachment
from webhooks.notifications.letters import Letter
from webhooks.notifications.plain import plain

POLICY = SMTP.clone(cte_type="7bit")
"""Every mail server takes 7 bits; only some say that they take more."""
NAME_LENGTH, SUBJECT_LENGTH = 64, 150


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom mails come from: `Name <address>` taken apart."""

    name: str
    address: str

    @classmethod
    def read(cls, text: str) -> "Sender":
        """From `address` or `Name <address>`."""
        name, address = parseaddr(text)
        return cls(plain(name), address)

    @property
    def domain(self) -> str:
        """Where Message-IDs are at home."""
        return self.address.rpartition("@")[2]

    @property
    def called(self) -> str:
        """How the practice is called in a mail."""
        return self.name or self.address


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the job with this key: the same at every attempt."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def build(
    letter: Letter,
    *,
    sender: Sender,
    to: tuple[str, str],
    key: str,
    now: datetime,
    attachments: Sequence[Attachment] = (),
) -> EmailMessage:
    """The mail, from and to (name, address); ValueError where an address cannot be one."""
    message = EmailMessage(policy=POLICY)
    message["From"] = _mailbox(sender.name, sender.address)
    message["To"] = _mailbox(*to)
    message["Reply-To"] = _mailbox(sender.name, sender.address)
    message["Subject"] = plain(letter.words.subject)[:SUBJECT_LENGTH]
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(key, sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.words.text)
    message.add_alternative(letter.words.html, subtype="html")
    for each in attachments:
        _attach(message, each)
    return message


def _mailbox(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    ascii_domain = domain if domain.isascii() else domain.encode("idna").decode()
    return Address(plain(name)[:NAME_LENGTH], local, ascii_domain)


def _attach(message: EmailMessage, file: Attachment) -> None:
    main, _, sub = file.content_type.partition("/")
    parameters = dict(file.parameters)
    if file.content_type == "text/calendar":  # as an alternative: calendars offer their buttons then
        message.add_alternative(file.content.decode(), subtype=sub, params=parameters)
        return
    message.add_attachment(
        file.content, maintype=main, subtype=sub, filename=file.name, params=parameters or None
    )
