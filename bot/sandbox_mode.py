"""Running without a Telegram account: the local stand-in, its people and its movable clock."""

import json
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from bot.demo.cast import CAST
from bot.sandbox.page_stream import Tab
from bot.sandbox.server import Sandbox
from core.kit.config import Settings
from core.kit.problems import Problems
from core.ports.clock import OffsetClock, SystemClock

TOKEN = "1000000001:sandbox-token-for-this-machine-only"  # noqa: S105 - it opens nothing but the sandbox
PAGE = "/sandbox"


class SandboxClock(OffsetClock):
    """A clock that can be moved on, and remembers by how much over a restart."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(SystemClock())
        self._path = data_dir / "sandbox-clock.json"
        if self._path.exists():
            self._offset = timedelta(seconds=json.loads(self._path.read_text())["ahead_seconds"])

    async def advance(self, by: timedelta) -> None:
        """Move on by `by` and keep how far ahead the clock is now."""
        if by > timedelta():  # first, so that time does not run back after a kill
            self._keep(self.offset + by)
        await super().advance(by)

    def _keep(self, offset: timedelta) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps({"ahead_seconds": offset.total_seconds()}))
        fresh.replace(self._path)


def open_sandbox(settings: Settings, clock: OffsetClock, tabs: Sequence[Tab] = ()) -> Sandbox:
    """The sandbox of these settings, with further pages; refused on an address that others can reach."""
    if not _is_loopback(settings.host):
        raise Problems(
            [f"CONFER_HOST: the sandbox is for this machine only, expected 127.0.0.1, got '{settings.host}'"]
        )
    return Sandbox(token=TOKEN, clock=clock, data_dir=settings.data_dir, people=CAST, tabs=tabs)


def sandbox_url(settings: Settings) -> str:
    """The address of this process's own server, as the bot reaches it."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def public_url(settings: Settings) -> str | None:
    """Where people find this service; None where no button of Telegram could lead there.

    The sandbox's page opens addresses of this machine as well, in the form that Telegram's rules let pass.
    """
    if settings.base_url is not None or settings.mode != "sandbox":
        return settings.base_url
    reachable = _is_loopback(settings.host) and ":" not in settings.host
    return f"http://127.0.0.1:{settings.port}" if reachable else None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name, which may lead anywhere
        return False
