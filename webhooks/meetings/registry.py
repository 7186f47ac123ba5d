"""Which provider the settings ask for, and who may tell of its meetings."""

from collections.abc import Callable, Mapping
from typing import Protocol

from pydantic import SecretStr

from core.kit.settings import Settings
from core.ports.clock import Clock
from core.ports.meetings import MeetingProvider
from core.services.meeting_facts import Told
from webhooks.meetings.jitsi import Jitsi, JitsiKeys
from webhooks.meetings.jitsi_hooks import verify_jitsi
from webhooks.meetings.livekit import LiveKit, LiveKitKey
from webhooks.meetings.livekit_hooks import verify_livekit
from webhooks.meetings.static import Static
from webhooks.meetings.zoom import Zoom, ZoomApp
from webhooks.meetings.zoom_hooks import verify_zoom
from webhooks.vendors import Verify


class Closable(MeetingProvider, Protocol):
    """A provider that may hold connections."""

    async def close(self) -> None:
        """Close them."""


def provider_of(settings: Settings, clock: Clock) -> Closable:
    """The provider of these settings; Google Meet is none of ours, as it comes with a calendar."""
    return _PROVIDERS[settings.meeting_provider](settings, clock)


def verifiers_of(settings: Settings) -> Mapping[str, Verify[Told]]:
    """How deliveries to `/webhooks/meetings/<provider>` are verified; only where there is a key for it."""
    found: dict[str, Verify[Told]] = {}
    if settings.jitsi_webhook_secret:
        found["jitsi"] = verify_jitsi(settings.jitsi_webhook_secret.get_secret_value())
    if settings.livekit_api_key and settings.livekit_api_secret:
        found["livekit"] = verify_livekit(_livekit_key(settings))
    if settings.zoom_webhook_secret:
        found["zoom"] = verify_zoom(settings.zoom_webhook_secret.get_secret_value())
    return found


def _static(settings: Settings, _: Clock) -> Closable:
    return Static(settings.meeting_url or "")


def _jitsi(settings: Settings, _: Clock) -> Closable:
    keys = settings.jitsi_app_id and JitsiKeys(
        app_id=settings.jitsi_app_id,
        secret=_shown(settings.jitsi_app_secret) or None,
        private_key=_shown(settings.jitsi_private_key) or None,
        key_id=settings.jitsi_key_id,
    )
    return Jitsi(settings.jitsi_url, keys or None, tells=settings.jitsi_webhook_secret is not None)


def _livekit(settings: Settings, clock: Clock) -> Closable:
    return LiveKit(settings.livekit_url or "", settings.livekit_meet_url, _livekit_key(settings), clock)


def _livekit_key(settings: Settings) -> LiveKitKey:
    return LiveKitKey(key=settings.livekit_api_key or "", secret=_shown(settings.livekit_api_secret))


def _zoom(settings: Settings, clock: Clock) -> Closable:
    app = ZoomApp(
        account_id=settings.zoom_account_id or "",
        client_id=settings.zoom_client_id or "",
        client_secret=_shown(settings.zoom_client_secret),
        user=settings.zoom_user,
        api_url=settings.zoom_api_url,
        oauth_url=settings.zoom_oauth_url,
    )
    return Zoom(app, clock, tells=settings.zoom_webhook_secret is not None)


def _shown(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


_PROVIDERS: Mapping[str, Callable[[Settings, Clock], Closable]] = {
    "static": _static,
    "jitsi": _jitsi,
    "livekit": _livekit,
    "zoom": _zoom,
}
