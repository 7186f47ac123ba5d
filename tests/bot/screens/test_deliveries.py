"""The admin's look at what became of messages: every result and kind has its words."""

from bot.callbacks import ShowDeliveries, Tab, TheirBookings
from bot.screens.deliveries import KINDS, RESULTS, DeliveriesState, deliveries
from core.domain.channel import Channel, Choices, Topic
from core.domain.delivery import Delivery, Result
from core.domain.notification import Kind
from core.domain.person import Person
from core.domain.side import Side
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.people import NOW

GUEST = Person(id=7, name="Dora", email="dora@example.org", mail_refused=True)
MUTED = Choices(muted=frozenset({(Topic.REMINDERS, Channel.MAIL), (Topic.OFFERS, Channel.MAIL)}))


def test_every_result_and_every_kind_has_its_words() -> None:
    assert set(RESULTS) == set(Result)
    assert set(Kind) <= set(KINDS)


def test_it_says_why_somebody_got_no_mail() -> None:
    entry = Delivery(person_id=7, channel=Channel.MAIL, kind="reminder", result=Result.BOUNCED, at=NOW)
    screen = deliveries(NEW_YORK, DeliveriesState(person=GUEST, choices=MUTED, entries=(entry,), pages=2))
    lines = said(screen)
    assert lines[:4] == [
        "📬 Messages to Dora",
        "💬 No chat",
        "✉️ The address sends mails back",
        "🔕 ✉️ turned off: Reminders, Free times",
    ]
    assert lines[4].endswith("✉️ reminder")
    assert lines[5] == "❌ the address does not exist (any more)"
    assert "dora@example.org" not in "".join(lines)
    assert ShowDeliveries(7, 1) in buttons(screen).values()
    assert TheirBookings(7, Side.CLIENT, Tab.UPCOMING) in buttons(screen).values()


def test_nothing_sent_is_told_too() -> None:
    screen = deliveries(NEW_YORK, DeliveriesState(person=GUEST, choices=Choices(), entries=()))
    assert said(screen)[-1] == "Nothing in the last 90 days."
