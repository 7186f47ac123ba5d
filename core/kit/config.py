"""Loading the settings: everything that is wrong is said at once, and nothing is started before."""

import base64
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr, ValidationError

from core.kit.environment import PREFIX, read_environment
from core.kit.problems import Problems, expected
from core.kit.secret_key import derive, read_or_make
from core.kit.settings import Mode, Settings

__all__ = ["BadSettings", "Mode", "Settings", "load_settings"]

HIDDEN = frozenset(
    name for name, field in Settings.model_fields.items() if "SecretStr" in repr(field.annotation)
)


class BadSettings(Problems):
    """The settings cannot be used; one line per problem, no secret in any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition on several settings: `line` is said when `broken`, unless one of `names` is bad itself."""

    names: frozenset[str]
    broken: Callable[[Settings], bool]
    line: str


RULES = (
    Rule(
        names=frozenset({"telegram_mode", "telegram_token"}),
        broken=lambda it: it.telegram_mode in {"polling", "webhook"} and it.telegram_token is None,
        line="CONFER_TELEGRAM_TOKEN: expected a bot token for this CONFER_TELEGRAM_MODE, got none",
    ),
    Rule(
        names=frozenset({"telegram_mode", "base_url"}),
        broken=lambda it: it.telegram_mode == "webhook" and it.base_url is None,
        line="CONFER_BASE_URL: expected a public https address, as CONFER_TELEGRAM_MODE is webhook, got none",
    ),
    Rule(
        names=frozenset({"database_url", "secret_key"}),
        broken=lambda it: it.on_postgresql and not it.secret_key.get_secret_value(),
        line="CONFER_SECRET_KEY: expected the key that all processes on PostgreSQL share, got none",
    ),
    Rule(
        names=frozenset({"smtp_url", "mail_from"}),
        broken=lambda it: it.smtp_url is not None and it.mail_from is None,
        line="CONFER_MAIL_FROM: expected the sender's address, as CONFER_SMTP_URL is set, got none",
    ),
    Rule(
        names=frozenset({"meeting_provider", "meeting_url"}),
        broken=lambda it: it.meeting_provider == "static" and it.meeting_url is None,
        line="CONFER_MEETING_URL: expected an address, as CONFER_MEETING_PROVIDER is static, got none",
    ),
    Rule(
        names=frozenset({"meeting_provider", "livekit_url", "livekit_api_key", "livekit_api_secret"}),
        broken=lambda it: (
            it.meeting_provider == "livekit"
            and None in {it.livekit_url, it.livekit_api_key, it.livekit_api_secret}
        ),
        line="CONFER_LIVEKIT_URL, CONFER_LIVEKIT_API_KEY and CONFER_LIVEKIT_API_SECRET: expected all three,"
        " as CONFER_MEETING_PROVIDER is livekit",
    ),
    Rule(
        names=frozenset({"meeting_provider", "zoom_account_id", "zoom_client_id", "zoom_client_secret"}),
        broken=lambda it: (
            it.meeting_provider == "zoom"
            and None in {it.zoom_account_id, it.zoom_client_id, it.zoom_client_secret}
        ),
        line="CONFER_ZOOM_ACCOUNT_ID, CONFER_ZOOM_CLIENT_ID and CONFER_ZOOM_CLIENT_SECRET: expected all"
        " three, as CONFER_MEETING_PROVIDER is zoom",
    ),
    Rule(
        names=frozenset({"meeting_provider"}),
        broken=lambda it: it.meeting_provider == "google_meet",
        line="CONFER_MEETING_PROVIDER: google_meet comes with connected calendars, which this version does"
        " not have yet; expected jitsi, livekit, zoom or static",
    ),
    Rule(
        names=frozenset({"jitsi_app_id", "jitsi_app_secret", "jitsi_private_key"}),
        broken=lambda it: (
            (it.jitsi_app_id is not None)
            != sum(each is not None for each in (it.jitsi_app_secret, it.jitsi_private_key))
        ),
        line="CONFER_JITSI_APP_ID: expected together with one of CONFER_JITSI_APP_SECRET and"
        " CONFER_JITSI_PRIVATE_KEY",
    ),
    Rule(
        names=frozenset({"jitsi_private_key", "jitsi_key_id"}),
        broken=lambda it: (it.jitsi_private_key is None) != (it.jitsi_key_id is None),
        line="CONFER_JITSI_PRIVATE_KEY and CONFER_JITSI_KEY_ID: expected both or neither, got one",
    ),
    Rule(
        names=frozenset({"google_client_id", "google_client_secret"}),
        broken=lambda it: (it.google_client_id is None) != (it.google_client_secret is None),
        line="CONFER_GOOGLE_CLIENT_ID and CONFER_GOOGLE_CLIENT_SECRET: expected both or neither, got one",
    ),
)


def load_settings(environ: Mapping[str, str] | None = None, dotenv: Path | None = Path(".env")) -> Settings:
    """The settings of `environ` (by default the process's own) over those of the file `dotenv`, if it exists.

    Makes the secret key in the data directory when there is none. Raises BadSettings.
    """
    values, bad = read_environment(os.environ if environ is None else environ, dotenv, Settings.model_fields)
    bad |= {name: _line(name, values.pop(name)) for name in _invalid(values)}
    settings = Settings.model_validate(values)
    lines = [rule.line for rule in RULES if not rule.names & bad.keys() and rule.broken(settings)]
    if bad or lines:
        raise BadSettings([*bad.values(), *lines])
    return _complete(settings)


def _invalid(values: Mapping[str, str]) -> list[str]:
    """The names of the values that are not acceptable, in the order of the settings."""
    try:
        Settings.model_validate(values)
    except ValidationError as error:
        return list(dict.fromkeys(str(each["loc"][0]) for each in error.errors(include_input=False)))
    return []


def _line(name: str, value: str) -> str:
    where, wanted = f"{PREFIX}{name.upper()}", Settings.model_fields[name].description or "a text"
    return (
        f"{where}: expected {wanted}; got another (not shown)"
        if name in HIDDEN
        else expected(where, wanted, value)
    )


def _complete(settings: Settings) -> Settings:
    """Settings with everything that is made or derived when nobody names it."""
    key = settings.secret_key.get_secret_value() or _kept_key(settings.data_dir)
    derived = {
        "secret_key": key,
        "telegram_webhook_secret": base64.urlsafe_b64encode(derive(key, "telegram webhook"))
        .decode()
        .rstrip("="),
        "database_url": f"sqlite+aiosqlite:///{settings.data_dir / 'confer.db'}",
    }
    missing = [name for name in derived if not getattr(settings, name).get_secret_value()]
    return settings.model_copy(update={name: SecretStr(derived[name]) for name in missing})


def _kept_key(data_dir: Path) -> str:
    try:
        return read_or_make(data_dir)
    except OSError as error:
        line = expected("CONFER_DATA_DIR", "a folder that can be written", str(data_dir))
        raise BadSettings([f"{line} ({error.strerror})"]) from error
    except ValueError as error:
        raise BadSettings([f"CONFER_SECRET_KEY: {error}"]) from error
