"""Settings: what is accepted, what is said about the rest, and what is made when nobody names it."""

import base64
import io
import stat
from ipaddress import ip_network
from pathlib import Path

import pytest
from dotenv.parser import parse_stream
from pydantic import ValidationError

from core.kit.config import BadSettings, Settings, load_settings
from core.kit.secret_key import derive

KEY = "k" * 32
TOKEN = "123456:AAE_made-up_token_of_a_bot_000000000"
NETWORKS = "addresses or networks such as 10.0.0.0/8 separated by commas"
ORIGINS = "origins such as https://www.example.org separated by commas"
SENDER = "an address such as office@example.org or Office <office@example.org>"
LIVEKIT = (
    "CONFER_LIVEKIT_URL, CONFER_LIVEKIT_API_KEY and CONFER_LIVEKIT_API_SECRET: expected all three,"
    " as CONFER_MEETING_PROVIDER is livekit"
)
ZOOM = (
    "CONFER_ZOOM_ACCOUNT_ID, CONFER_ZOOM_CLIENT_ID and CONFER_ZOOM_CLIENT_SECRET: expected all"
    " three, as CONFER_MEETING_PROVIDER is zoom"
)
NO_MEET = (
    "CONFER_MEETING_PROVIDER: google_meet comes with connected calendars, which this version does"
    " not have yet; expected jitsi, livekit, zoom or static"
)
JITSI = (
    "CONFER_JITSI_APP_ID: expected together with one of CONFER_JITSI_APP_SECRET and CONFER_JITSI_PRIVATE_KEY"
)
EXAMPLE = Path(__file__).parents[3] / ".env.example"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def load(**values: str) -> Settings:
    return load_settings({f"CONFER_{name.upper()}": value for name, value in values.items()})


def problems(**values: str) -> list[str]:
    with pytest.raises(BadSettings) as caught:
        load(**values)
    return list(caught.value)


def test_nothing_set_runs_in_the_sandbox_on_sqlite_in_the_data_folder(tmp_path: Path) -> None:
    settings = load()
    assert settings.mode == "sandbox"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.data_dir == tmp_path / "data"
    assert settings.database_url.get_secret_value() == f"sqlite+aiosqlite:///{tmp_path}/data/confer.db"
    assert not settings.on_postgresql


@pytest.mark.parametrize(
    ("values", "mode"),
    [
        ({}, "sandbox"),
        ({"telegram_token": TOKEN}, "polling"),
        ({"telegram_token": TOKEN, "base_url": "https://confer.example.org"}, "webhook"),
        ({"base_url": "https://confer.example.org"}, "sandbox"),
        (
            {"telegram_token": TOKEN, "base_url": "https://confer.example.org", "telegram_mode": "POLLING"},
            "polling",
        ),
        ({"telegram_token": TOKEN, "telegram_mode": "sandbox"}, "sandbox"),
        ({"telegram_mode": "auto"}, "sandbox"),
    ],
)
def test_how_updates_arrive_follows_from_token_and_address(values: dict[str, str], mode: str) -> None:
    assert load(**values).mode == mode


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("port", "abc", "CONFER_PORT: expected a number from 1 to 65535, got 'abc'"),
        ("port", "0", "CONFER_PORT: expected a number from 1 to 65535, got '0'"),
        ("port", "65536", "CONFER_PORT: expected a number from 1 to 65535, got '65536'"),
        ("host", "local host", "CONFER_HOST: expected an address or a host name, got 'local host'"),
        (
            "base_url",
            "http://x.org",
            "CONFER_BASE_URL: expected a public address such as https://confer.example.org, got 'http://x.org'",
        ),
        (
            "telegram_mode",
            "pulling",
            "CONFER_TELEGRAM_MODE: expected auto, polling, webhook or sandbox, got 'pulling'",
        ),
        (
            "admin_telegram_ids",
            "1,²",
            "CONFER_ADMIN_TELEGRAM_IDS: expected Telegram ids (numbers) separated by commas, got '1,²'",
        ),
        (
            "trusted_proxies",
            "10.0.0.7/8",
            f"CONFER_TRUSTED_PROXIES: expected {NETWORKS}, got '10.0.0.7/8'",
        ),
        (
            "embed_origins",
            "https://www.example.org/page",
            f"CONFER_EMBED_ORIGINS: expected {ORIGINS}, got 'https://www.example.org/page'",
        ),
        ("data_dir", "a\0b", "CONFER_DATA_DIR: expected a folder, got 'a\\x00b'"),
        ("log_format", "xml", "CONFER_LOG_FORMAT: expected console or json, got 'xml'"),
        ("log_level", "loud", "CONFER_LOG_LEVEL: expected debug, info, warning or error, got 'loud'"),
        (
            "meeting_provider",
            "phone",
            "CONFER_MEETING_PROVIDER: expected jitsi, livekit, zoom, google_meet or static, got 'phone'",
        ),
        (
            "meeting_url",
            "https://{counselor}@host/x",
            (
                "CONFER_MEETING_URL: expected an address such as https://meet.example.org/{counselor},"
                " got 'https://***@host/x'"
            ),
        ),
        (
            "livekit_url",
            "livekit.example.org",
            (
                "CONFER_LIVEKIT_URL: expected an address such as wss://livekit.example.org,"
                " got 'livekit.example.org'"
            ),
        ),
        (
            "zoom_user",
            "Ann Example",
            (
                "CONFER_ZOOM_USER: expected me, counselor, or a Zoom user's id or e-mail address,"
                " got 'Ann Example'"
            ),
        ),
        (
            "mail_from",
            "nobody",
            f"CONFER_MAIL_FROM: expected {SENDER}, got 'nobody'",
        ),
    ],
)
def test_a_bad_value_is_told_in_one_line(name: str, value: str, line: str) -> None:
    assert problems(**{name: value}) == [line]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("secret_key", "canary-short"),
        ("telegram_token", "canary-token"),
        ("telegram_webhook_secret", "canary secret"),
        ("database_url", "mysql://confer:canary@host/confer"),
        ("database_url", "sqlite://"),
        ("database_url", "sqlite:///:memory:"),
        ("database_url", "postgresql://confer:canary@host"),
        ("smtp_url", "http://office:canary@host"),
        ("metrics_token", "canary"),
        ("jitsi_private_key", "-----BEGIN PRIVATE KEY-----canary"),
        ("jitsi_webhook_secret", "canary"),
        ("livekit_api_secret", "canary"),
    ],
)
def test_a_bad_secret_is_never_shown(name: str, value: str) -> None:
    (line,) = problems(**{name: value})
    assert line.startswith(f"CONFER_{name.upper()}: expected ")
    assert line.endswith("; got another (not shown)")
    assert "canary" not in line


def test_a_secret_in_the_wrong_place_is_masked() -> None:
    lines = problems(port=TOKEN, base_url="https://office:canary@host")
    assert lines == [
        "CONFER_PORT: expected a number from 1 to 65535, got '***'",
        "CONFER_BASE_URL: expected a public address such as https://confer.example.org, got 'https://***@host'",
    ]


def test_all_problems_are_told_at_once() -> None:
    lines = problems(prot="1", port="abc", telegram_mode="polling", database_url="postgresql://host/confer")
    assert lines == [
        "CONFER_PROT: unknown name, did you mean CONFER_PORT?",
        "CONFER_PORT: expected a number from 1 to 65535, got 'abc'",
        "CONFER_TELEGRAM_TOKEN: expected a bot token for this CONFER_TELEGRAM_MODE, got none",
        "CONFER_SECRET_KEY: expected the key that all processes on PostgreSQL share, got none",
    ]


def test_nothing_is_made_when_something_is_wrong(tmp_path: Path) -> None:
    problems(port="abc")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (
            {"telegram_mode": "webhook", "telegram_token": TOKEN},
            "CONFER_BASE_URL: expected a public https address, as CONFER_TELEGRAM_MODE is webhook, got none",
        ),
        (
            {"smtp_url": "smtp://mail.example.org"},
            "CONFER_MAIL_FROM: expected the sender's address, as CONFER_SMTP_URL is set, got none",
        ),
        (
            {"google_client_id": "id"},
            "CONFER_GOOGLE_CLIENT_ID and CONFER_GOOGLE_CLIENT_SECRET: expected both or neither, got one",
        ),
        (
            {"meeting_provider": "static"},
            "CONFER_MEETING_URL: expected an address, as CONFER_MEETING_PROVIDER is static, got none",
        ),
        ({"meeting_provider": "livekit", "livekit_url": "wss://x.org", "livekit_api_key": "k"}, LIVEKIT),
        ({"meeting_provider": "zoom", "zoom_account_id": "a", "zoom_client_id": "c"}, ZOOM),
        ({"meeting_provider": "google_meet"}, NO_MEET),
        ({"jitsi_app_id": "confer"}, JITSI),
        ({"jitsi_app_secret": "s"}, JITSI),
        (
            {"jitsi_key_id": "k"},
            "CONFER_JITSI_PRIVATE_KEY and CONFER_JITSI_KEY_ID: expected both or neither, got one",
        ),
    ],
)
def test_settings_that_need_each_other(values: dict[str, str], line: str) -> None:
    assert problems(**values) == [line]


def test_a_bad_value_is_not_also_told_as_missing() -> None:
    lines = problems(telegram_mode="polling", telegram_token="none")
    assert lines == [
        "CONFER_TELEGRAM_TOKEN: expected a bot token such as 123456:ABC; got another (not shown)"
    ]


def test_names_in_lower_case_and_unlike_any_other_are_told_too() -> None:
    environ = {"confer_port": "1", "CONFER_QQQ": "1", "PORT": "x"}
    with pytest.raises(BadSettings) as caught:
        load_settings(environ)
    assert list(caught.value) == [
        "CONFER_QQQ: unknown name",
        "confer_port: unknown name, did you mean CONFER_PORT?",
    ]


def test_an_empty_value_counts_as_not_set() -> None:
    assert load(port="", telegram_token="", no_such_name="").port == 8080


def test_lists_come_without_the_blanks() -> None:
    settings = load(
        admin_telegram_ids="1001, 1002,",
        trusted_proxies="127.0.0.1,10.0.0.0/8, ::1",
        embed_origins="https://WWW.example.org, http://localhost:3000/",
    )
    assert settings.admin_telegram_ids == (1001, 1002)
    assert settings.trusted_proxies == (
        ip_network("127.0.0.1"),
        ip_network("10.0.0.0/8"),
        ip_network("::1"),
    )
    assert settings.embed_origins == ("https://www.example.org", "http://localhost:3000")


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///confer.db", "sqlite+aiosqlite:///confer.db"),
        ("sqlite+pysqlite:////var/lib/confer.db", "sqlite+aiosqlite:////var/lib/confer.db"),
        ("postgres://c:p%40w@host:5433/confer", "postgresql+asyncpg://c:p%40w@host:5433/confer"),
        ("postgresql://host/confer?sslmode=require", "postgresql+asyncpg://host/confer?ssl=require"),
        ("postgresql+asyncpg://host/confer", "postgresql+asyncpg://host/confer"),
        ("postgresql+psycopg://host/confer", "postgresql+asyncpg://host/confer"),
    ],
)
def test_the_database_is_reached_by_its_asynchronous_driver(given: str, used: str) -> None:
    settings = load(database_url=given, secret_key=KEY)
    assert settings.database_url.get_secret_value() == used
    assert settings.on_postgresql == used.startswith("postgresql")


def test_addresses_lose_the_slash_at_their_end() -> None:
    settings = load(base_url="https://confer.example.org/", telegram_api_url="http://127.0.0.1:8081/")
    assert settings.base_url == "https://confer.example.org"
    assert settings.telegram_api_url == "http://127.0.0.1:8081"


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first, second = load(), load()
    assert first.secret_key == second.secret_key
    assert len(first.secret_key.get_secret_value()) >= 32
    assert stat.S_IMODE((tmp_path / "data" / "secret.key").stat().st_mode) == 0o600


def test_a_named_secret_key_leaves_the_data_folder_alone(tmp_path: Path) -> None:
    assert load(secret_key=KEY).secret_key.get_secret_value() == KEY
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_secret_key_file_is_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret.key"
    path.parent.mkdir()
    path.write_text("canary\n")
    (line,) = problems()
    assert line == (
        f"CONFER_SECRET_KEY: {path} holds no key of at least 32 characters; restore the file from a backup"
    )
    assert path.read_text() == "canary\n"


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (line,) = problems(data_dir="file/data")
    assert line.startswith("CONFER_DATA_DIR: expected a folder that can be written, got '/")
    assert line.endswith("(Not a directory)")


def test_the_webhook_secret_follows_from_the_secret_key() -> None:
    secret = load(secret_key=KEY).telegram_webhook_secret.get_secret_value()
    assert base64.urlsafe_b64decode(secret + "=") == derive(KEY, "telegram webhook")
    assert load(secret_key="j" * 32).telegram_webhook_secret.get_secret_value() != secret
    assert load(telegram_webhook_secret="own_One-1").telegram_webhook_secret.get_secret_value() == "own_One-1"


def test_the_environment_wins_over_the_dotenv_file(tmp_path: Path) -> None:
    Path(".env").write_text("export CONFER_PORT=1111\nCONFER_HOST='::1' # all\nOTHER\n# CONFER_X=1\n")
    settings = load(port="2222")
    assert (settings.host, settings.port) == ("::1", 2222)
    assert settings.data_dir == tmp_path / "data"


def test_a_damaged_dotenv_file_is_told_by_line() -> None:
    Path(".env").write_text("CONFER_PORT=1111\nCONFER_HOST\n'\nCONFER_PROT=1\n")
    assert problems() == [
        ".env line 2: expected NAME=value",
        ".env line 3: expected NAME=value",
        "CONFER_PROT: unknown name, did you mean CONFER_PORT?",
    ]


def test_a_dotenv_file_that_is_no_text_is_told() -> None:
    Path(".env").write_bytes(b"CONFER_HOST=\xff")
    assert problems() == [".env: expected a readable text file (not UTF-8)"]


def test_another_dotenv_file_or_none_can_be_named() -> None:
    Path(".env").write_text("CONFER_PORT=1111\n")
    Path("other").write_text("CONFER_PORT=2222\n")
    assert load_settings({}, Path("other")).port == 2222
    assert load_settings({}, None).port == 8080


def test_a_value_may_stand_in_a_file() -> None:
    Path("token").write_text(f"{TOKEN}\r\n")
    Path("port").write_text("1234\n")
    settings = load(telegram_token_file="token", port_file="port")
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.port == 1234


def test_the_environment_wins_over_a_file_named_in_the_dotenv_file() -> None:
    Path(".env").write_text("CONFER_PORT_FILE=port\n")
    Path("port").write_text("1111")
    assert load(port="2222").port == 2222


def test_value_files_that_cannot_be_used_are_told() -> None:
    Path("empty").write_text("\n")
    Path("bytes").write_bytes(b"\xff")
    lines = problems(
        telegram_token_file="gone",
        telegram_mode="polling",
        smtp_url_file="empty",
        metrics_token_file="bytes",
        port="1",
        port_file="port",
        prot_file="x",
    )
    assert lines == [
        "CONFER_METRICS_TOKEN_FILE: expected a readable text file, got 'bytes' (not UTF-8)",
        "CONFER_PORT and CONFER_PORT_FILE: expected one of the two, got both",
        "CONFER_PROT_FILE: unknown name, did you mean CONFER_PORT_FILE?",
        "CONFER_SMTP_URL_FILE: expected a file with a value in it, got 'empty'",
        "CONFER_TELEGRAM_TOKEN_FILE: expected a readable text file, got 'gone' (No such file or directory)",
    ]


def test_the_name_of_a_service_account_file_is_a_setting_of_its_own() -> None:
    assert load(google_service_account_file="key.json").google_service_account_file == Path("key.json")


def test_settings_cannot_be_changed() -> None:
    settings = load()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


def test_settings_show_no_secret_and_name_them_all_for_the_log() -> None:
    settings = load(
        secret_key=KEY,
        telegram_token=TOKEN,
        database_url="postgresql://confer:p%40ss@host/confer",
        smtp_url="smtp://office:pass-word@host",
        mail_from="office@example.org",
        stripe_secret_key="sk_canary",
    )
    hook = settings.telegram_webhook_secret.get_secret_value()
    secrets = {KEY, TOKEN, "p%40ss", "p@ss", "pass-word", "sk_canary", hook}
    assert settings.secrets() == secrets
    assert [each for each in secrets if each in repr(settings) + str(settings)] == []


def test_the_example_names_every_setting_and_changes_nothing_when_copied() -> None:
    text = EXAMPLE.read_text()
    assert [each.key for each in parse_stream(io.StringIO(text)) if each.key] == []
    shown = {line.partition("=")[0] for line in text.splitlines() if line.startswith("#CONFER_")}
    assert shown == {f"#CONFER_{name.upper()}" for name in Settings.model_fields}
