"""The doctor's look at the mail server: whether it is named and answers."""

import asyncio
import os
import ssl
from urllib.parse import urlsplit

from bot.commands.finding import Finding
from core.kit.settings import Settings

PORTS = {"smtp": 587, "smtps": 465}
SECONDS = 5.0
READY = b"220"
"""How a mail server greets (RFC 5321, section 4.2)."""
WHAT = "mail"


async def look_at_mail(settings: Settings) -> list[Finding]:
    """Whether e-mails can be handed over; not to have a mail server is fine."""
    if settings.smtp_url is None:
        sandboxed = settings.mode == "sandbox"
        meanwhile = "e-mails are kept in the sandbox's mailbox" if sandboxed else "so no e-mails are sent"
        return [Finding(WHAT, True, f"not set up (CONFER_SMTP_URL), {meanwhile}")]
    parts = urlsplit(settings.smtp_url.get_secret_value())
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    try:
        greeting = await _greeting(host, port, secure=parts.scheme == "smtps")
    except OSError as error:
        return [Finding(WHAT, False, f"{host} port {port}: {_why(error)}; check CONFER_SMTP_URL")]
    if not greeting.startswith(READY):
        return [
            Finding(WHAT, False, f"{host} port {port} does not greet as a mail server; check CONFER_SMTP_URL")
        ]
    return [Finding(WHAT, True, f"{host} port {port} answers")]


async def _greeting(host: str, port: int, *, secure: bool) -> bytes:
    async with asyncio.timeout(SECONDS):
        context = ssl.create_default_context() if secure else None
        reader, writer = await asyncio.open_connection(host, port, ssl=context)
        try:
            return await reader.readline()
        finally:
            writer.close()
            await writer.wait_closed()


def _why(error: OSError) -> str:
    """Without the address that asyncio puts into its own words."""
    if isinstance(error, TimeoutError):
        return f"no answer within {SECONDS:g} s"
    named = error.errno is not None and error.errno > 0
    return os.strerror(error.errno or 0) if named else error.strerror or type(error).__name__
