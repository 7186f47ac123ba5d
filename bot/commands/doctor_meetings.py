"""The doctor's look at where people meet online."""

from bot.commands.finding import Finding
from core.kit.settings import Settings
from core.ports.clock import SystemClock
from core.ports.trouble import AuthExpired, Rejected, Unavailable
from webhooks.meetings.registry import provider_of, verifiers_of

WHAT = "meetings"


async def look_at_meetings(settings: Settings) -> list[Finding]:
    """Whether the provider takes our credentials, and whether it may tell who came."""
    provider = provider_of(settings, SystemClock())
    try:
        stands = await provider.check()
    except (Unavailable, AuthExpired, Rejected) as error:
        hint = f"check CONFER_{provider.name.upper()}_*"
        return [Finding(WHAT, False, f"{provider.name}: {error}; {hint}")]
    finally:
        await provider.close()
    tells = "tells who came" if provider.name in verifiers_of(settings) else "does not tell who came"
    return [Finding(WHAT, True, f"{provider.name}: {stands}, {tells}")]
