"""The sandbox's mailbox: mails are kept in a folder instead of being sent."""

import asyncio
import hashlib
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

MOST = 500
SUFFIX = ".eml"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMail:
    """A mail under the name it is shown by."""

    name: str
    message: EmailMessage

    @property
    def text(self) -> str:
        """The words."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The page."""
        return self._part("html")

    def _part(self, form: str) -> str:
        part = self.message.get_body(preferencelist=(form,))
        return str(part.get_content()) if part is not None else ""


class Mailbox:
    """A folder of mails; one that is handed over again replaces itself, as mail readers do it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def hand_over(self, message: EmailMessage, recipient: str) -> None:
        """Keep a mail."""
        del recipient  # it stands in the mail
        await asyncio.to_thread(self._keep, message)

    def newest(self) -> list[KeptMail]:
        """What is in it, the latest first."""
        return [_read(path) for path in self._files()]

    def get(self, name: str) -> KeptMail | None:
        """One of them; None where there is none of this name."""
        return next((_read(path) for path in self._files() if path.stem == name), None)

    def _files(self) -> list[Path]:
        found = [(path.stat().st_mtime_ns, path) for path in self._folder.glob(f"*{SUFFIX}")]
        return [path for _, path in sorted(found, reverse=True)]

    def _keep(self, message: EmailMessage) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(message["Message-ID"].encode()).hexdigest()[:24]
        draft = self._folder / f"{name}.new"
        draft.write_bytes(message.as_bytes())
        draft.replace(self._folder / f"{name}{SUFFIX}")
        for old in self._files()[MOST:]:
            old.unlink(missing_ok=True)


def _read(path: Path) -> KeptMail:
    return KeptMail(
        name=path.stem, message=message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=SMTP)
    )
