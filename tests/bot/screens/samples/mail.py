"""Samples of addresses, of what people are told where, and of what became of messages."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time

from bot.screens.deliveries import RESULTS, DeliveriesState, deliveries
from bot.screens.email import EmailState, ask_code, ask_email, email_menu, email_set, mail_refused
from bot.screens.notification_choices import ChoicesState, notification_menu, quiet_menu
from bot.screens.screen import Screen
from bot.screens.settings import SettingsState, settings
from core.domain.channel import Channel, Choices, QuietHours, Topic
from core.domain.delivery import Delivery, Result
from core.domain.person import Person
from core.kit.i18n import Texts
from tests.bot.screens.samples.people import EXTREME_NAMES, NOW

DORA = Person(id=4, name="Dora Klein", telegram_id=1004, email="dora@example.org")
NIGHT = QuietHours(start=time(22), end=time(7))
CHOICES = Choices(
    muted=frozenset({(Topic.REMINDERS, Channel.MAIL), (Topic.OFFERS, Channel.CHAT)}), quiet=NIGHT
)
LONGEST = "l" * 64 + "@" + "d" * 180 + ".example"


def entry(result: Result, channel: Channel = Channel.MAIL, kind: str = "reminder") -> Delivery:
    """An attempt that ended like this."""
    return Delivery(person_id=4, channel=channel, kind=kind, result=result, at=NOW, booking_id=1)


EVERY = tuple(entry(result) for result in RESULTS)
FULL = DeliveriesState(person=DORA, choices=CHOICES, entries=EVERY[:10], page=1, pages=3)
GUEST = replace(DORA, name=EXTREME_NAMES[0], telegram_id=None, mail_refused=True)

SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    "settings: e-mail": lambda t: settings(
        t, SettingsState(reminders=True, now=NOW, mails=True, email="dora@example.org")
    ),
    "settings: no e-mail yet": lambda t: settings(t, SettingsState(reminders=True, now=NOW, mails=True)),
    "e-mail": lambda t: email_menu(t, EmailState(email="dora@example.org")),
    "e-mail: none": lambda t: email_menu(t, EmailState(email=None)),
    "e-mail: refused": lambda t: email_menu(t, EmailState(email=LONGEST, refused=True)),
    "e-mail: asked": ask_email,
    "e-mail: code": lambda t: ask_code(t, "dora@example.org"),
    "e-mail: set": lambda t: email_set(t, EmailState(email="dora@example.org")),
    "e-mail: does not arrive": lambda t: mail_refused(t, "dora@example.org"),
    "notifications": lambda t: notification_menu(t, ChoicesState(choices=CHOICES, email=True)),
    "notifications: no address": lambda t: notification_menu(t, ChoicesState(choices=Choices(), email=False)),
    "quiet hours": lambda t: quiet_menu(t, NIGHT),
    "quiet hours: none": lambda t: quiet_menu(t, None),
    "deliveries": lambda t: deliveries(t, FULL),
    "deliveries: the rest": lambda t: deliveries(t, replace(FULL, entries=EVERY[10:], page=2)),
    "deliveries: guest": lambda t: deliveries(
        t, DeliveriesState(person=GUEST, choices=Choices(), entries=())
    ),
}
