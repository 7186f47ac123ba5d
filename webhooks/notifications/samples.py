"""One mail of every kind about sessions that nobody has booked: for the preview and the tests."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from core.domain.availability import Schedule
from core.domain.booking import Booking, Refund, Status
from core.domain.counselor import Counselor
from core.domain.money import Money
from core.domain.no_show import Report
from core.domain.notification import RULES, Dispute, Kind, LaterNudge, Notification, OfferLapsed
from core.domain.outcome import Outcome
from core.domain.person import Person, Role
from core.domain.program import Program
from core.domain.reschedule import Proposal
from core.domain.review import Review
from core.domain.session_type import Location, SessionType
from core.domain.side import Side
from core.domain.waitlist import WaitlistEntry
from core.kit.i18n import LANGUAGES
from core.ports.mail import AddressCode
from webhooks.notifications.letters import Letter, Letters
from webhooks.notifications.mailbox import KeptMail
from webhooks.notifications.message import Sender, build

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
START = datetime(2026, 11, 3, 19, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEE = Money(minor=6000, currency="USD")
ANN = Counselor(
    id=1,
    person_id=1,
    slug="ann",
    name="Ann Rivera",
    schedule=Schedule(zone="America/New_York", weekly=()),
)
HOST = Person(
    id=1,
    name="Ann Rivera",
    telegram_id=1001,
    email="ann@example.org",
    zone="America/New_York",
    roles=frozenset({Role.CLIENT, Role.COUNSELOR}),
)
DORA = Person(id=2, name="Dora Klein", telegram_id=1002, email="dora@example.org", zone="Europe/Berlin")
ADMIN = Person(id=3, name="Robin Hale", telegram_id=1003, email="robin@example.org", zone="America/New_York")
TYPE = SessionType(
    id=1,
    slug="counseling",
    title="Counseling session",
    durations=(45, 60),
    locations=(Location.VIDEO,),
    counselor_ids=(1,),
    price=FEE,
)
BOOKING = Booking(
    id=1,
    reference="K7QM2X",
    uid="sample@example.org",
    status=Status.CONFIRMED,
    counselor_id=1,
    client_id=2,
    session_type_id=1,
    starts_at=START,
    ends_at=START + HOUR,
    busy_until=START + HOUR,
    zone="America/New_York",
    wall_start="2026-11-03T14:00",
    location=Location.VIDEO,
    price=FEE,
    created_at=NOW,
    expires_at=NOW + 8 * HOUR,
)
PROPOSAL = Proposal(
    id=1,
    booking_id=1,
    opened_by=Side.COUNSELOR,
    asked_by=Side.COUNSELOR,
    starts_at=START + 26 * HOUR,
    ends_at=START + 27 * HOUR,
    original_starts_at=START,
    created_at=NOW,
    asked_at=NOW,
    expires_at=NOW + 24 * HOUR,
)
REVIEW = Review(
    booking_id=1,
    counselor_id=1,
    client_id=2,
    stars=5,
    comment="Calm, clear and kind.\nThank you!",
    created_at=NOW,
    answer="Thank you, Dora. See you soon.",
)
REPORT = Report(booking_id=1, claim=Outcome.COUNSELOR_ABSENT, words="I waited.", created_at=START + 2 * HOUR)
REFUND = Refund(percent=100, amount=FEE)
OFFER_KINDS = frozenset(kind for kind in Kind if kind.startswith("reschedule_"))
SPECIAL: Mapping[Kind, Mapping[str, Any]] = {
    Kind.REMINDER: {"lead": 24 * HOUR},
    Kind.COMPLETED: {"review": None},
    Kind.REVIEW_WRITTEN: {"review": REVIEW},
    Kind.REVIEW_ANSWERED: {"review": REVIEW},
    Kind.NO_SHOW_REPORTED: {"report": REPORT},
    Kind.NO_SHOW_DECIDED: {"report": REPORT},
}


def sample(kind: Kind, locale: str = "en") -> Notification:
    """A message of this kind as its first recipient would get it."""
    rule = RULES[kind]
    side = rule.recipient or Side.CLIENT
    refund = REFUND if kind in {Kind.CANCELLED, Kind.NO_SHOW} else None
    absent = Side.COUNSELOR if kind is Kind.NO_SHOW else None
    status = Status.CONFIRMED if Status.CONFIRMED in rule.statuses else min(rule.statuses)
    offer = _offer(kind) if kind in OFFER_KINDS else None
    moved = offer.starts_at if offer and kind is Kind.RESCHEDULE_ACCEPTED else START
    booking = replace(
        BOOKING,
        status=status,
        starts_at=moved,
        ends_at=moved + HOUR,
        refund=refund,
        absent=absent,
        awaits=Side.CLIENT if kind in {Kind.BOOKED_FOR, Kind.BOOKED_FOR_NUDGE} else Side.COUNSELOR,
    )
    return Notification(
        kind=kind,
        to=replace(DORA if side is Side.CLIENT else HOST, locale=locale),
        side=side,
        booking=booking,
        counselor=ANN,
        client=DORA,
        session_type=TYPE,
        proposal=offer,
        join="https://confer.example.org/meeting/sample",
        **SPECIAL.get(kind, {}),
    )


def letters_of(letters: Letters, locale: str) -> Iterator[tuple[str, Letter]]:
    """Every mail there is in one language, by the name of its template."""
    for kind in Kind:
        yield kind.value, letters.notification(sample(kind, locale), _moment(kind))
    program = Program(id=1, slug="calm", title="Eight calm weeks", sessions=8, counselor_ids=(1,))
    dora, admin = (replace(each, locale=locale) for each in (DORA, ADMIN))
    yield "schedule_later_nudge", letters.later(LaterNudge(to=dora, program=program, remaining=3))
    yield "waitlist_lapsed", letters.lapsed(_lapsed(dora))
    yield "no_show_disputed", letters.dispute(_dispute(admin))
    code = AddressCode(to=dora, address="dora@example.org", code="204815", minutes=15)
    yield "address_code", letters.address_code(code)


def gallery(letters: Letters, sender: Sender) -> list[KeptMail]:
    """One mail of every kind in every language."""
    return [
        KeptMail(
            name=f"{locale}/{name}",
            message=build(letter, sender=sender, to=(DORA.name, "dora@example.org"), key=name, now=NOW),
        )
        for locale in LANGUAGES
        for name, letter in letters_of(letters, locale)
    ]


def _moment(kind: Kind) -> datetime:
    return START - 24 * HOUR if kind is Kind.REMINDER else NOW


def _offer(kind: Kind) -> Proposal:
    """To the client; the word of its end goes to the one who asked."""
    by_client = kind in {Kind.RESCHEDULE_ACCEPTED, Kind.RESCHEDULE_REJECTED, Kind.RESCHEDULE_EXPIRED}
    return replace(PROPOSAL, asked_by=Side.CLIENT if by_client else Side.COUNSELOR)


def _lapsed(to: Person) -> OfferLapsed:
    entry = WaitlistEntry(
        id=1,
        counselor_id=1,
        session_type_id=1,
        minutes=60,
        client_id=to.id,
        first=date(2026, 11, 3),
        last=date(2026, 11, 3),
        created_at=NOW,
    )
    return OfferLapsed(to=to, entry=entry, start=START, counselor=ANN, session_type=TYPE)


def _dispute(to: Person) -> Dispute:
    booking = replace(BOOKING, status=Status.COMPLETED)
    return Dispute(to=to, report=REPORT, booking=booking, counselor=ANN, client=DORA, session_type=TYPE)
