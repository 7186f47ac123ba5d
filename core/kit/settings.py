"""The settings of one process: their names, what each may be, and what stands when nobody says."""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt, SecretStr

from core.kit import secret_key, setting_values

Mode = Literal["polling", "webhook", "sandbox"]
Lower = BeforeValidator(str.lower)
Commas = BeforeValidator(setting_values.split_commas)
HttpUrl = Annotated[str, AfterValidator(setting_values.http_url)]
HttpsUrl = Annotated[str, AfterValidator(setting_values.https_url)]
Origin = Annotated[str, AfterValidator(setting_values.origin)]


class Settings(BaseModel):
    """Every setting under its name without `CONFER_`; a description says what is expected.

    Once loaded, `secret_key`, `telegram_webhook_secret` and `database_url` are never empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data_dir: Annotated[Path, AfterValidator(setting_values.folder)] = Field(
        default_factory=lambda: Path("data").absolute(), description="a folder"
    )
    database_url: Annotated[SecretStr, AfterValidator(setting_values.database_url)] = Field(
        SecretStr(""), description="a URL such as sqlite:///confer.db or postgresql://user@host/confer"
    )
    host: str = Field("127.0.0.1", pattern=r"^[A-Za-z0-9.:%_-]+$", description="an address or a host name")
    port: int = Field(8080, ge=1, le=65535, description="a number from 1 to 65535")
    base_url: HttpsUrl | None = Field(None, description="a public address such as https://confer.example.org")
    secret_key: SecretStr = Field(
        SecretStr(""), min_length=secret_key.LEAST, description=f"at least {secret_key.LEAST} characters"
    )

    telegram_token: Annotated[SecretStr, AfterValidator(setting_values.telegram_token)] | None = Field(
        None, description="a bot token such as 123456:ABC"
    )
    telegram_api_url: HttpUrl = Field("https://api.telegram.org", description="an http or https address")
    telegram_mode: Annotated[Literal["auto", "polling", "webhook", "sandbox"], Lower] = Field(
        "auto", description="auto, polling, webhook or sandbox"
    )
    telegram_webhook_secret: Annotated[SecretStr, AfterValidator(setting_values.webhook_secret)] = Field(
        SecretStr(""), description="1 to 256 characters out of A-Z, a-z, 0-9, _ and -"
    )
    admin_telegram_ids: Annotated[tuple[PositiveInt, ...], Commas] = Field(
        (), description="Telegram ids (numbers) separated by commas"
    )
    telegram_payment_token: SecretStr | None = None

    smtp_url: Annotated[SecretStr, AfterValidator(setting_values.smtp_url)] | None = Field(
        None, description="a URL such as smtp://user:password@host:587 or smtps://host"
    )
    mail_from: Annotated[str, AfterValidator(setting_values.sender)] | None = Field(
        None, description="an address such as office@example.org or Office <office@example.org>"
    )
    resend_webhook_secret: Annotated[SecretStr, AfterValidator(setting_values.signing_secret)] | None = Field(
        None, description="the signing secret of the webhook, such as whsec_…"
    )
    inbound_mail_secret: SecretStr | None = None

    google_client_id: str | None = None
    google_client_secret: SecretStr | None = None
    google_api_url: HttpUrl | None = Field(None, description="an http or https address")
    google_oauth_url: HttpUrl | None = Field(None, description="an http or https address")
    google_service_account_file: Path | None = None

    meeting_provider: Annotated[Literal["jitsi", "livekit", "zoom", "google_meet", "static"], Lower] = Field(
        "jitsi", description="jitsi, livekit, zoom, google_meet or static"
    )
    meeting_url: Annotated[str, AfterValidator(setting_values.meeting_url)] | None = Field(
        None, description="an address such as https://meet.example.org/{counselor}"
    )
    jitsi_url: HttpUrl = Field("https://meet.jit.si", description="an http or https address")
    jitsi_app_id: str | None = None
    jitsi_app_secret: SecretStr | None = None
    jitsi_private_key: Annotated[SecretStr, AfterValidator(setting_values.rsa_key)] | None = Field(
        None, description="an RSA key in PEM form"
    )
    jitsi_key_id: str | None = None
    jitsi_webhook_secret: SecretStr | None = Field(None, min_length=16, description="at least 16 characters")
    livekit_url: Annotated[str, AfterValidator(setting_values.livekit_url)] | None = Field(
        None, description="an address such as wss://livekit.example.org"
    )
    livekit_api_key: str | None = None
    livekit_api_secret: SecretStr | None = Field(None, min_length=32, description="at least 32 characters")
    livekit_meet_url: HttpUrl = Field(
        "https://meet.livekit.io/custom", description="an http or https address"
    )
    zoom_account_id: str | None = None
    zoom_client_id: str | None = None
    zoom_client_secret: SecretStr | None = None
    zoom_webhook_secret: SecretStr | None = None
    zoom_user: str = Field(
        "me",
        pattern=r"^[A-Za-z0-9.@_+-]+$",
        description="me, counselor, or a Zoom user's id or e-mail address",
    )
    zoom_api_url: HttpUrl = Field("https://api.zoom.us/v2", description="an http or https address")
    zoom_oauth_url: HttpUrl = Field("https://zoom.us/oauth/token", description="an http or https address")

    stripe_secret_key: SecretStr | None = None
    stripe_webhook_secret: SecretStr | None = None

    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], Commas] = Field(
        (), description="addresses or networks such as 10.0.0.0/8 separated by commas"
    )
    embed_origins: Annotated[tuple[Origin, ...], Commas] = Field(
        (), description="origins such as https://www.example.org separated by commas"
    )
    metrics_token: SecretStr | None = Field(None, min_length=8, description="at least 8 characters")
    log_format: Annotated[Literal["console", "json"], Lower] = Field("console", description="console or json")
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Lower] = Field(
        "info", description="debug, info, warning or error"
    )

    @property
    def mode(self) -> Mode:
        """How updates arrive, after `auto` is resolved."""
        if self.telegram_mode != "auto":
            return self.telegram_mode
        if self.telegram_token is None:
            return "sandbox"
        return "webhook" if self.base_url else "polling"

    @property
    def on_postgresql(self) -> bool:
        """The database can be shared by several processes."""
        return self.database_url.get_secret_value().startswith("postgresql")

    def secrets(self) -> frozenset[str]:
        """Every confidential text in these settings: what the log must mask."""
        hidden = {name: value.get_secret_value() for name, value in self if isinstance(value, SecretStr)}
        urls = [hidden.pop(name) for name in ("database_url", "smtp_url") if name in hidden]
        passwords = [urlsplit(url).password or "" for url in urls]
        return frozenset({*hidden.values(), *passwords, *map(unquote, passwords)} - {""})
