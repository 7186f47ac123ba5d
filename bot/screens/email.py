"""A person's e-mail address: set, checked by a code, changed, removed."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.callbacks import AskEmail, EmailMenu, RemoveEmail, Settings
from bot.screens.navigation import back, home
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.wording import bold, lines, paragraphs, shown
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailState:
    """The verified address, None without one; `refused` once mails to it came back for good.

    `offered` says whether mails can be sent at all.
    """

    email: str | None
    refused: bool = False
    offered: bool = True


def email_menu(t: Texts, state: EmailState) -> Screen:
    """The address as it stands, and what can be done about it."""
    label = t("✏️ Change the address") if state.email else t("✏️ Set an address")
    return Screen(
        text=paragraphs(bold(t("✉️ E-mail")), _standing(t, state)),
        rows=rows(
            Tap(label, AskEmail(), Style.PRIMARY if state.refused else None) if state.offered else None,
            Tap(t("🗑 Remove the address"), RemoveEmail()) if state.email else None,
            (back(t, Settings()), home(t)),
        ),
    )


def ask_email(t: Texts) -> Screen:
    """Wait for an address."""
    return Screen(
        text=paragraphs(
            bold(t("✉️ E-mail")),
            t("Please write your e-mail address. I send a code there to see that it is yours."),
        ),
        rows=rows((back(t, EmailMenu()), home(t))),
    )


def ask_code(t: Texts, address: str) -> Screen:
    """Wait for the code that was mailed."""
    return Screen(
        text=paragraphs(
            bold(t("✉️ Your code is on its way")),
            t.html("It goes to <b>{address}</b>.", address=shown(address)),
            t("Please write the six digits here. If nothing comes, look into the spam folder."),
        ),
        rows=rows(Tap(t("✏️ Another address, or once more"), AskEmail()), (back(t, EmailMenu()), home(t))),
    )


def verified(t: Texts) -> str:
    """The toast or heading when an address has been checked."""
    return t("✅ Your address is set. From now on you also get e-mails.")


def email_set(t: Texts, state: EmailState) -> Screen:
    """The address has been checked."""
    screen = email_menu(t, state)
    return Screen(text=paragraphs(verified(t), screen.text), rows=screen.rows)


def mail_refused(t: Texts, address: str) -> Screen:
    """Told in the chat: e-mails do not arrive any more."""
    return Screen(
        text=paragraphs(
            bold(t("✉️ My e-mails do not reach you any more")),
            t.html("The mail server of <b>{address}</b> sends them back.", address=shown(address)),
            t("I keep writing to you here. You can set another address, or the same once more."),
        ),
        rows=rows(Tap(t("✏️ Set an address"), AskEmail(), Style.PRIMARY), home(t)),
    )


def _standing(t: Texts, state: EmailState) -> Markup:
    if state.email is None:
        return lines(t("No address is set: I write to you in this chat only."))
    trouble = t("⚠️ Mails to this address came back. Please check it and set it again.")
    return lines(bold(shown(state.email)), trouble if state.refused else None)
