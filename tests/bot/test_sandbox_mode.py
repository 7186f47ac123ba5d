"""The sandbox's clock goes on where it was, and the sandbox is for this machine only."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox_mode import SandboxClock, open_sandbox, public_url, sandbox_url
from core.kit.config import Settings, load_settings
from core.kit.problems import Problems

DAY = timedelta(days=1)


async def test_time_that_was_moved_on_stays_so_over_a_restart(tmp_path: Path) -> None:
    clock = SandboxClock(tmp_path)
    assert clock.offset == timedelta()
    for by in (DAY, timedelta(), timedelta(microseconds=250)):
        await clock.advance(by)
    again = SandboxClock(tmp_path)
    assert again.offset == DAY + timedelta(microseconds=250)
    assert abs(again.now() - datetime.now(UTC) - again.offset) < timedelta(seconds=5)


async def test_what_is_kept_is_what_whoever_is_woken_sees(tmp_path: Path) -> None:
    clock, kept = SandboxClock(tmp_path), []
    with clock.listening(lambda: kept.append(SandboxClock(tmp_path).offset)):
        await clock.advance(DAY)
    assert kept == [clock.offset]


async def test_time_does_not_run_backwards(tmp_path: Path) -> None:
    clock = SandboxClock(tmp_path)
    await clock.advance(DAY)
    with pytest.raises(ValueError, match="backwards"):
        await clock.advance(-DAY)
    assert clock.offset == SandboxClock(tmp_path).offset == DAY


def settings(tmp_path: Path, host: str) -> Settings:
    return load_settings({"CONFER_DATA_DIR": str(tmp_path), "CONFER_HOST": host}, dotenv=None)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("localhost", "http://localhost:8080"),
        ("::1", "http://[::1]:8080"),
    ],
)
def test_the_sandbox_opens_on_an_address_of_this_machine(tmp_path: Path, host: str, url: str) -> None:
    here = settings(tmp_path, host)
    sandbox = open_sandbox(here, SandboxClock(tmp_path))
    assert sandbox_url(here) == url
    assert sandbox.world.bot["username"] == "confer_sandbox_bot"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])  # noqa: S104 - refused here
def test_the_sandbox_refuses_addresses_that_others_can_reach(tmp_path: Path, host: str) -> None:
    with pytest.raises(Problems, match=r"the sandbox is for this machine only"):
        open_sandbox(settings(tmp_path, host), SandboxClock(tmp_path))


@pytest.mark.parametrize(
    ("values", "url"),
    [
        ({}, "http://127.0.0.1:8080"),
        ({"HOST": "localhost", "PORT": "81"}, "http://127.0.0.1:81"),
        ({"HOST": "::1"}, None),
        ({"BASE_URL": "https://confer.example.org"}, "https://confer.example.org"),
        ({"TELEGRAM_TOKEN": "1:a"}, None),
    ],
)
def test_people_are_led_only_where_a_button_of_telegram_can_lead(
    tmp_path: Path, values: dict[str, str], url: str | None
) -> None:
    environment = {f"CONFER_{name}": value for name, value in values.items()}
    found = load_settings({"CONFER_DATA_DIR": str(tmp_path), **environment}, dotenv=None)
    assert public_url(found) == url
