"""`/webhooks/meetings/<provider>`: what providers tell of their meetings."""

from collections.abc import Mapping

from aiohttp import web

from core.ports.clock import Clock
from core.services.meeting_facts import Told
from core.services.use_cases import UseCases
from webhooks.vendors import Verify, create_vendor_route

PATH = "/webhooks/meetings/{provider}"
DEEPER: Mapping[str, str] = {"jitsi": "/events/{what:room|occupant}/{how:created|destroyed|joined|left}"}
"""What providers add to the address they are given."""


def create_meeting_hook_routes(
    verifiers: Mapping[str, Verify[Told]], core: UseCases, clock: Clock
) -> list[web.RouteDef]:
    """One route for each provider that may tell, and where it goes deeper."""
    return [
        create_vendor_route(
            PATH.format(provider=provider) + deeper, verify, core.meeting_facts.take_in, clock
        )
        for provider, verify in verifiers.items()
        for deeper in {"", DEEPER.get(provider, "")}
    ]
