"""The clock that the program itself goes by: in the sandbox somebody may have moved it on."""

from core.kit.settings import Settings
from core.ports.clock import Clock, SystemClock


def clock_of(settings: Settings) -> Clock:
    """The machine's clock, or the sandbox's as it was left."""
    if settings.mode != "sandbox":
        return SystemClock()
    from bot.sandbox_mode import SandboxClock

    return SandboxClock(settings.data_dir)
