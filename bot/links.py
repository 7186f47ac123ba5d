"""Deep links into the chat: a short prefix says what the rest of the start parameter is."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST = 64
"""Characters of a start parameter (Bot API, deep linking)."""


class Target(StrEnum):
    """What a link leads to, by its prefix."""

    COUNSELOR = "c"
    PROGRAM = "p"
    BOOKING = "b"
    INVITE = "i"
    ADMIN = "a"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartLink:
    """A start parameter taken apart; `value` is a slug, code, reference or single-use token."""

    target: Target
    value: str


def read_start(parameter: str) -> StartLink | None:
    """The link behind `/start`'s parameter, None for one we never made."""
    prefix, dash, value = parameter.partition("-")
    if not dash or not value or len(parameter) > LONGEST or prefix not in set(Target):
        return None
    return StartLink(target=Target(prefix), value=value)


def link(bot_name: str, target: Target, value: str) -> str:
    """An address that opens the chat with the bot there."""
    return f"https://t.me/{bot_name}?start={target}-{value}"


def admin_claim_link(bot_name: str, token: str) -> str:
    """The single-use link that makes whoever opens it first the admin."""
    return link(bot_name, Target.ADMIN, token)
