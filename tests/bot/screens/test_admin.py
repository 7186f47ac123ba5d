"""Inviting counselors."""

from bot.callbacks import (
    Home,
    InviteCounselor,
)
from bot.screens import admin
from bot.screens.screen import Copy
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.menus import INVITE
from tests.bot.screens.samples.people import COUNSELORS


def test_each_counselor_without_a_chat_can_be_invited() -> None:
    found = buttons(admin.invites(NEW_YORK, COUNSELORS))
    assert [each for each in found.values() if each != Home()] == [InviteCounselor(n) for n in (1, 2, 3)]


def test_an_invite_link_can_be_copied_and_says_how_long_it_works() -> None:
    screen = admin.invite_link(NEW_YORK, INVITE)
    assert screen.rows[0] == (Copy("📋 Copy link", INVITE.url),)
    assert said(screen)[1:] == [
        INVITE.url,
        "The link works once and for 14 days. Send it to Ann Example yourself.",
    ]
