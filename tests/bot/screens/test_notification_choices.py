"""What a person is told of where: every switch turns over what it shows."""

from datetime import time

from bot.callbacks import EmailMenu, QuietMenu, SetQuiet, SwitchTopic
from bot.screens.notification_choices import ChoicesState, notification_menu, quiet_menu
from core.domain.channel import Channel, Choices, QuietHours, Topic
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, said

NIGHT = QuietHours(start=time(22), end=time(7))
MUTED = Choices(muted=frozenset({(Topic.REMINDERS, Channel.MAIL)}), quiet=NIGHT)


def test_a_switch_turns_over_what_it_shows() -> None:
    shown = buttons(notification_menu(NEW_YORK, ChoicesState(choices=MUTED, email=True)))
    assert shown["✉️ Reminders ✕"] == SwitchTopic(Topic.REMINDERS, Channel.MAIL, on=True)
    assert shown["💬 Reminders ✓"] == SwitchTopic(Topic.REMINDERS, Channel.CHAT, on=False)
    assert shown["🌙 Quiet hours: 10 PM – 7 AM"] == QuietMenu()
    assert sum(isinstance(each, SwitchTopic) for each in shown.values()) == 10


def test_without_an_address_there_are_switches_for_the_chat_alone() -> None:
    shown = buttons(notification_menu(NEW_YORK, ChoicesState(choices=Choices(), email=False)))
    assert sum(isinstance(each, SwitchTopic) for each in shown.values()) == 5
    assert shown["✉️ E-mail"] == EmailMenu()


def test_quiet_hours_name_the_zone_and_can_be_given_up() -> None:
    screen = quiet_menu(BERLIN, NIGHT)
    assert said(screen)[-1] == "Alle Zeiten: Ortszeit Berlin."
    assert buttons(screen)["22:00 – 07:00"] == SetQuiet(22, 7)
    assert buttons(screen)["Keine Ruhezeit"] == SetQuiet(0, 0)
