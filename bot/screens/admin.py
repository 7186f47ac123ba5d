"""The admin's screens: the claimed practice, and inviting counselors."""

from dataclasses import dataclass

from bot.callbacks import InviteCounselor, Invites
from bot.screens.navigation import back, home
from bot.screens.screen import Copy, Screen, Style, Tap, rows
from bot.screens.wording import ROOM, bold, fitted, lines, paragraphs, shown
from core.domain.counselor import Counselor
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteState:
    """A fresh single-use link for a counselor, and for how many days it works."""

    counselor: str
    url: str
    days: int


def claimed(t: Texts, practice: str) -> Screen:
    """The practice has its admin."""
    return Screen(
        text=paragraphs(
            t.html("🔑 You are now the admin of <b>{practice}</b>.", practice=shown(practice)),
            t("Next, invite your counselors: each gets a link of their own."),
        ),
        rows=rows(Tap(t("🔑 Invite counselors"), Invites(), Style.PRIMARY), home(t)),
    )


def joined(t: Texts, counselor: str) -> Screen:
    """The invited counselor has arrived."""
    return Screen(
        text=paragraphs(
            t.html("👋 Welcome, <b>{name}</b>! You are connected as a counselor.", name=shown(counselor)),
            t("Requests and bookings will reach you here."),
        ),
        rows=rows(home(t)),
    )


def invites(t: Texts, waiting: tuple[Counselor, ...]) -> Screen:
    """The counselors whose chat is not connected yet."""
    buttons = (Tap(fitted(shown(each.name), ROOM[1]), InviteCounselor(each.id)) for each in waiting)
    words = t("Who gets an invite link?") if waiting else t("All counselors are connected.")
    return Screen(text=paragraphs(bold(t("Invite counselors")), words), rows=rows(*buttons, home(t)))


def invite_link(t: Texts, state: InviteState) -> Screen:
    """The link to hand on; it is shown this once."""
    words = t.n(
        "The link works once and for {n} day. Send it to {name} yourself.",
        "The link works once and for {n} days. Send it to {name} yourself.",
        state.days,
        name=shown(state.counselor),
    )
    return Screen(
        text=paragraphs(
            t.html("🔑 Invite link for <b>{name}</b>", name=shown(state.counselor)), lines(state.url), words
        ),
        rows=rows(Copy(t("📋 Copy link"), state.url), back(t, Invites())),
    )
