"""Handing mails to a mail server (RFC 5321), and what its answers mean."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from core.ports.messenger import Unreachable
from core.ports.trouble import Rejected, Unavailable

log = logging.getLogger(__name__)

PORTS = {"smtp": 587, "smtps": 465}
SECONDS = 8.0
"""For one command; a job has 20 for all of them."""
WHOLE = 16.0
PATIENCE, SOON = 3.0, 5.0
"""How long to wait for one of the connections, and until the next attempt where none became free."""
AT_ONCE = 5
"""Connections; mail servers count them."""
LOOK_AGAIN = 60.0
MENDED = 300.0
"""Seconds until a server that is away, or one that somebody has to set right, is asked again."""
NOT_THEIRS = ("5.7.", "5.3.", "5.4.", "5.5.", "5.6.")
"""Enhanced codes (RFC 3463) of a refusal that says nothing about the address: policy, system, network."""
NO_SUCH = frozenset({550, 551, 553, 556})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SmtpCarrier:
    """A connection for each mail, encrypted where the server can; never a password in the clear."""

    def __init__(
        self, url: str, sender: str, *, trust: ssl.SSLContext | None = None, patience: float = PATIENCE
    ) -> None:
        parts = urlsplit(url)
        self._parts = parts
        self._sender = sender
        self._trust = trust or ssl.create_default_context()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._patience = patience

    async def hand_over(self, message: EmailMessage, recipient: str) -> None:
        """Deliver a mail.

        A connection that is lost after the last byte leaves open whether it was taken: it goes again, with
        the same Message-ID.
        """
        async with self._connection():
            try:
                async with asyncio.timeout(WHOLE):
                    await self._deliver(message, recipient)
            except TimeoutError:
                raise Unavailable("the mail server takes too long", LOOK_AGAIN) from None

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[None]:
        """One of the few there may be; a job must not spend its own time on waiting for it."""
        try:
            async with asyncio.timeout(self._patience):
                await self._room.acquire()
        except TimeoutError:
            raise Unavailable("the mail server is busy with other mails of ours", SOON) from None
        try:
            yield
        finally:
            self._room.release()

    async def _deliver(self, message: EmailMessage, recipient: str) -> None:
        client = _client(self._parts, self._trust)
        try:
            with _explained():
                await client.connect()
                await self._log_in(client)
                await _send(client, message, self._sender, recipient)
            with suppress(SMTPException, OSError):
                await client.quit()
        finally:
            client.close()

    async def _log_in(self, client: SMTP) -> None:
        name, password = (unquote(each or "") for each in (self._parts.username, self._parts.password))
        if not name:
            return
        transport = client.transport
        safe = transport is not None and transport.get_extra_info("ssl_object") is not None
        if not safe and self._parts.hostname not in LOOPBACK:
            raise Unavailable("the mail server does not offer encryption, so no password is sent", MENDED)
        await client.login(name, password)


def _client(parts: SplitResult, trust: ssl.SSLContext) -> SMTP:
    return SMTP(
        hostname=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        use_tls=parts.scheme == "smtps",
        start_tls=None if parts.scheme == "smtp" else False,
        tls_context=trust,
        timeout=SECONDS,
    )


async def _send(client: SMTP, message: EmailMessage, sender: str, recipient: str) -> None:
    wide = not recipient.isascii()
    if wide and not client.supports_extension("smtputf8"):
        raise Rejected("the mail server takes no addresses with these letters")
    options, encoding = (["SMTPUTF8"], "utf-8") if wide else ([], "ascii")
    await client.mail(sender, options=options, encoding=encoding)
    await client.rcpt(recipient, encoding=encoding)
    await client.data(message.as_bytes())


@contextmanager
def _explained() -> Iterator[None]:
    """The mail server's answers in the core's words; its own are not passed on, for they name addresses."""
    try:
        yield
    except SMTPAuthenticationError:
        raise Unavailable("the mail server refuses our name and password", MENDED) from None
    except ssl.SSLError:
        raise Unavailable("the mail server's certificate does not hold", MENDED) from None
    except SMTPResponseException as error:
        raise _refusal(error) from None
    except (SMTPException, OSError) as error:
        raise Unavailable(f"the mail server cannot be reached ({type(error).__name__})", LOOK_AGAIN) from None


def _refusal(error: SMTPResponseException) -> Exception:
    if error.code < 500:
        return Unavailable(f"the mail server asks to come again ({error.code})")
    if isinstance(error, SMTPSenderRefused):
        return Rejected(f"the mail server refuses our sender ({error.code}); check CONFER_MAIL_FROM")
    about_address = error.code in NO_SUCH and not error.message.lstrip().startswith(NOT_THEIRS)
    if isinstance(error, SMTPRecipientRefused) and about_address:
        return Unreachable()
    return Rejected(f"the mail server refuses this mail ({error.code})")
