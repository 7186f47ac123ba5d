"""The menu of commands, by what a person is."""

import pytest

from bot.screens.commands import commands
from core.domain.person import Role
from tests.bot.screens.reading import BERLIN, NEW_YORK

CLIENT = ["start", "book", "bookings", "settings"]


@pytest.mark.parametrize(
    ("roles", "more"),
    [
        (set(), []),
        ({Role.COUNSELOR}, ["requests", "why"]),
        ({Role.ADMIN}, ["why", "invite"]),
        ({Role.COUNSELOR, Role.ADMIN}, ["requests", "why", "invite"]),
    ],
    ids=["client", "counselor", "admin", "both"],
)
def test_everybody_sees_the_commands_of_their_roles_once(roles: set[Role], more: list[str]) -> None:
    found = commands(NEW_YORK, frozenset({Role.CLIENT} | roles))
    assert [name for name, _ in found] == CLIENT + more


def test_the_words_are_in_the_person_s_language() -> None:
    english, german = (dict(commands(texts, frozenset(Role))) for texts in (NEW_YORK, BERLIN))
    assert [name for name in english if english[name] == german[name]] == []
