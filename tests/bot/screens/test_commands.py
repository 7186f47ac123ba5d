"""The menu of commands, by what a person is."""

from itertools import combinations

import pytest

from bot.screens.commands import COMMANDS, commands
from core.domain.person import Role
from tests.bot.screens.reading import BERLIN, NEW_YORK

EVERY_ROLES = [frozenset(some) for size in range(len(Role) + 1) for some in combinations(Role, size)]


@pytest.mark.parametrize("roles", EVERY_ROLES, ids=lambda roles: "+".join(sorted(roles)) or "nobody")
def test_everybody_sees_the_commands_of_their_roles_once(roles: frozenset[Role]) -> None:
    found = [name for name, _ in commands(NEW_YORK, roles)]
    assert found == [name for name, _, those in COMMANDS if any(role in those for role in roles)]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("command", "seen_by"),
    [
        ("start", {Role.CLIENT}),
        ("requests", {Role.COUNSELOR}),
        ("why", {Role.COUNSELOR, Role.ADMIN}),
        ("invite", {Role.ADMIN}),
    ],
)
def test_a_command_is_seen_by_those_who_may_use_it(command: str, seen_by: set[Role]) -> None:
    assert {role for role in Role if command in dict(commands(NEW_YORK, frozenset({role})))} == seen_by


@pytest.mark.parametrize("command", ["start", "book", "bookings", "requests", "why", "invite"])
def test_the_words_are_in_the_person_s_language(command: str) -> None:
    english, german = (dict(commands(texts, frozenset(Role)))[command] for texts in (NEW_YORK, BERLIN))
    assert english != german
