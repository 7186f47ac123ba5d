"""The menu of commands, by what a person is."""

from core.domain.person import Role
from core.kit.i18n import Texts, msgid

COMMANDS = (
    ("start", msgid("Menu"), {Role.CLIENT}),
    ("book", msgid("Book a session"), {Role.CLIENT}),
    ("bookings", msgid("My bookings"), {Role.CLIENT}),
    ("settings", msgid("Settings"), {Role.CLIENT}),
    ("today", msgid("My day"), {Role.COUNSELOR}),
    ("week", msgid("My week"), {Role.COUNSELOR}),
    ("requests", msgid("Requests"), {Role.COUNSELOR}),
    ("why", msgid("Why is a time not offered?"), {Role.COUNSELOR, Role.ADMIN}),
    ("invite", msgid("Invite counselors"), {Role.ADMIN}),
)
"""Name, words and the roles that see it."""


def commands(t: Texts, roles: frozenset[Role]) -> list[tuple[str, str]]:
    """The commands that somebody with these roles may use, with their words."""
    return [(name, t(words)) for name, words, those in COMMANDS if those & roles]
