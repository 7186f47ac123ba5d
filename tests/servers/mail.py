"""A real mail server on a socket, which answers and hangs up as it is told to."""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as FORM
from typing import TypeAlias

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Trouble: TypeAlias = Callable[["MailServer", SMTP, Envelope], Awaitable[str]]
OK = "250 kept"


@dataclass(slots=True)
class MailServer:
    """What it kept, and what it does with the next mails: `troubles` meet one each, `rcpt` answers addresses.

    `user` and `password` are asked for where they are given; `encrypted` counts mails that came over TLS.
    """

    url: str = ""
    kept: list[EmailMessage] = field(default_factory=list)
    troubles: deque[Trouble] = field(default_factory=deque)
    rcpt: dict[str, str] = field(default_factory=dict)
    logins: list[tuple[str, str]] = field(default_factory=list)
    encrypted: int = 0
    mail_answer: str | None = None

    def ids(self) -> list[str]:
        """The Message-IDs of what it kept."""
        return [str(each["Message-ID"]) for each in self.kept]

    def keep(self, envelope: Envelope) -> None:
        """Take a mail in."""
        content = envelope.content
        assert isinstance(content, bytes)
        self.kept.append(message_from_bytes(content, _class=EmailMessage, policy=FORM))

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's names
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whom it is from."""
        if self.mail_answer is not None:
            return self.mail_answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Whom it is for."""
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The mail itself."""
        self.encrypted += session.ssl is not None
        if self.troubles:
            return await self.troubles.popleft()(self, server, envelope)
        self.keep(envelope)
        return OK

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
    ) -> AuthResult:
        """One name and password is right."""
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"p:ss/word", handled=False)


def hang_up(server: SMTP) -> None:
    """Drop the connection at once."""
    transport = server.transport
    assert isinstance(transport, asyncio.WriteTransport)
    transport.abort()


async def lost_before(_mail: MailServer, server: SMTP, _envelope: Envelope) -> str:
    """Hang up before the mail is kept."""
    hang_up(server)
    return OK


async def lost_after(mail: MailServer, server: SMTP, envelope: Envelope) -> str:
    """Keep the mail, and hang up before saying so."""
    mail.keep(envelope)
    hang_up(server)
    return OK


def stuck(until: asyncio.Event) -> Trouble:
    """Say nothing for a while, then keep the mail."""

    async def wait(mail: MailServer, _server: SMTP, envelope: Envelope) -> str:
        await until.wait()
        mail.keep(envelope)
        return OK

    return wait


def answers(text: str) -> Trouble:
    """Refuse the mail with these words."""

    async def refuse(_mail: MailServer, _server: SMTP, _envelope: Envelope) -> str:
        return text

    return refuse


@asynccontextmanager
async def mail_server(
    *, tls: ssl.SSLContext | None = None, implicit: bool = False, login: bool = False
) -> AsyncIterator[MailServer]:
    """A mail server on a free port of this machine; with `tls` it takes no mail without encryption."""
    mail, open_ones = MailServer(), list[SMTP]()

    def protocol() -> SMTP:
        made = SMTP(
            mail,
            hostname="mail.test",
            tls_context=None if implicit else tls,
            require_starttls=tls is not None and not implicit,
            auth_required=login,
            authenticator=mail.authenticate if login else None,
            enable_SMTPUTF8=True,
        )
        open_ones.append(made)
        return made

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=tls if implicit else None)
    port = server.sockets[0].getsockname()[1]
    scheme, account = "smtps" if implicit else "smtp", "office:p%3Ass%2Fword@" if login else ""
    mail.url = f"{scheme}://{account}localhost:{port}"
    try:
        yield mail
    finally:
        server.close()
        for each in open_ones:
            if each._original_transport is not None:  # the one below TLS, which aiosmtpd leaves open
                each._original_transport.close()
        await server.wait_closed()
        await asyncio.sleep(0)
