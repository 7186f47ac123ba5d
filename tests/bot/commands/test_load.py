"""`confer load` and `confer demo`: what the operator is told."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.commands.process import Confer

FILE = """
[practice]
name = "Riverside"
timezone = "Europe/Berlin"
[[counselor]]
slug = "ann"
name = "Ann"
"""


@pytest.fixture
def url(database_file: Path) -> str:
    return f"sqlite:///{database_file}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A practice file with a counselor whom no account plays yet."""
    path = tmp_path / "practice.toml"
    path.write_text(FILE)
    return path


async def test_the_second_load_changes_nothing(confer: Confer, url: str, file: Path) -> None:
    first = await confer("load", file, database_url=url)
    second = await confer("load", file, database_url=url)
    assert (first.code, first.out.splitlines()[0], first.err) == (0, "4 created, 0 changed, 0 unchanged", "")
    assert (second.code, second.out.splitlines()[0], second.err) == (
        0,
        "0 created, 0 changed, 4 unchanged",
        "",
    )


async def test_an_invite_is_a_link_to_the_bot(
    confer: Confer, url: str, file: Path, telegram: str, token: str
) -> None:
    settings = {"telegram_token": token, "telegram_api_url": telegram}
    ended = await confer("load", file, database_url=url, **settings)
    start = "invite for ann: https://t.me/riverside_bot?start=i-"
    invite = ended.out.splitlines()[1]
    assert (ended.code, invite[: len(start)], len(invite) - len(start)) == (0, start, 43)


async def test_an_invite_without_a_bot_to_ask_is_what_to_write(confer: Confer, url: str, file: Path) -> None:
    ended = await confer("load", file, database_url=url)
    invite = ended.out.splitlines()[1]
    assert (ended.code, invite.rpartition("i-")[0]) == (0, "invite for ann: send /start ")
    assert invite.endswith(" to the bot")


async def test_a_row_changed_since_is_named_and_force_replaces_it(
    confer: Confer, url: str, file: Path, database_file: Path
) -> None:
    await confer("load", file, database_url=url)
    with closing(sqlite3.connect(database_file)) as other:
        other.execute("UPDATE counselors SET name = 'Anna'")
        other.commit()
    refused = await confer("load", file, database_url=url)
    assert (refused.code, refused.out.splitlines()[0]) == (1, "0 created, 0 changed, 3 unchanged, 1 refused")
    assert refused.err == (
        "counselor 'ann': changed in the chat since the last load, so it stays; --force replaces it\n"
    )
    forced = await confer("load", "--force", file, database_url=url)
    assert (forced.code, forced.out.splitlines()[0]) == (0, "0 created, 1 changed, 3 unchanged")


async def test_the_demo_is_loaded_once(confer: Confer, url: str) -> None:
    first, second = [await confer("demo", database_url=url) for _ in range(2)]
    assert (first.code, first.out) == (0, "11 created, 0 changed, 0 unchanged\n")
    assert (second.code, second.out) == (0, "0 created, 0 changed, 11 unchanged\n")


async def test_the_demo_does_not_mix_with_a_practice(confer: Confer, url: str, file: Path) -> None:
    await confer("load", file, database_url=url)
    ended = await confer("demo", database_url=url)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "there is a practice already, Riverside; the demo is for an empty database\n"
