"""A person's address: what can be done about it in each state."""

from bot.callbacks import AskEmail, EmailMenu, Home, RemoveEmail, Settings
from bot.screens.email import EmailState, ask_code, email_menu, mail_refused
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, said


def test_without_an_address_one_can_be_set() -> None:
    screen = email_menu(NEW_YORK, EmailState(email=None))
    assert said(screen)[-1] == "No address is set: I write to you in this chat only."
    assert list(buttons(screen).values()) == [AskEmail(), Settings(), Home()]


def test_an_address_can_be_changed_and_removed() -> None:
    screen = email_menu(NEW_YORK, EmailState(email="dora@example.org"))
    assert said(screen)[-1] == "dora@example.org"
    assert list(buttons(screen).values()) == [AskEmail(), RemoveEmail(), Settings(), Home()]


def test_where_no_mails_are_sent_an_address_can_only_be_removed() -> None:
    screen = email_menu(NEW_YORK, EmailState(email="dora@example.org", offered=False))
    assert list(buttons(screen).values()) == [RemoveEmail(), Settings(), Home()]


def test_an_address_that_sends_mails_back_is_pointed_out() -> None:
    screen = email_menu(BERLIN, EmailState(email="dora@example.org", refused=True))
    assert "kamen zurück" in said(screen)[-1]
    told = mail_refused(BERLIN, "dora@example.org")
    assert buttons(told)["✏️ Adresse angeben"] == AskEmail()


def test_a_code_goes_to_the_address_as_it_was_written() -> None:
    screen = ask_code(NEW_YORK, "<b>dora@example.org")
    assert "It goes to <b>dora@example.org." in said(screen)
    assert EmailMenu() in buttons(screen).values()
