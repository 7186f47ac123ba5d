"""The way a finished mail goes: to a mail server, or into the sandbox's mailbox."""

from email.message import EmailMessage
from typing import Protocol


class Carrier(Protocol):
    """Takes a mail to where it is going."""

    async def hand_over(self, message: EmailMessage, recipient: str) -> None:
        """Deliver it; raises as `core.ports.mail.Mailer` does."""
