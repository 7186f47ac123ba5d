"""`confer telegram`: the webhook is set, shown and removed as a step of deploying."""

import pytest

from tests.bot.commands.process import Confer

BASE = "https://confer.example.org"
HOOK = f"{BASE}/webhooks/telegram"


async def test_registering_shows_in_the_status_and_removing_ends_it(
    confer: Confer, telegram: str, token: str
) -> None:
    settings = {"telegram_api_url": telegram, "telegram_token": token, "base_url": BASE}
    registered = await confer("telegram", "register", **settings)
    assert (registered.code, registered.err) == (0, "")
    assert registered.out == f"@riverside_bot: updates go to {HOOK}\n"
    status = await confer("telegram", **settings)
    assert status.out.splitlines() == [
        f"@riverside_bot: updates go to {HOOK}",
        "@riverside_bot: 0 waiting",
    ]
    removed = await confer("telegram", "remove", **settings)
    assert removed.out == "@riverside_bot: no webhook; what waits is kept for `confer run`\n"
    status = await confer("telegram", "status", **settings)
    assert status.out.splitlines()[0] == "@riverside_bot: no webhook is set"


@pytest.mark.parametrize(
    ("left_out", "line"),
    [
        ("telegram_token", "CONFER_TELEGRAM_TOKEN: expected a bot token, got none"),
        ("base_url", "CONFER_BASE_URL: expected a public https address, got none"),
    ],
)
async def test_what_is_missing_is_said_in_a_line(
    confer: Confer, telegram: str, token: str, left_out: str, line: str
) -> None:
    settings = {"telegram_api_url": telegram, "telegram_token": token, "base_url": BASE}
    del settings[left_out]
    ended = await confer("telegram", "register", **settings)
    assert (ended.code, ended.out, ended.err) == (2, "", f"{line}\n")
