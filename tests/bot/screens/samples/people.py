"""The practice that the sample screens show: ordinary names, and names that try to break the screen."""

from datetime import UTC, datetime, timedelta

from core.domain.availability import Schedule
from core.domain.booking import Booking, Status
from core.domain.counselor import Counselor
from core.domain.money import Money
from core.domain.person import Person
from core.domain.session_type import Location, SessionType

NOW = datetime(2026, 11, 2, 14, 2, tzinfo=UTC)
START = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Maximilian"
MARKUP_NAME = "<b>Eve</b> & <i>Söhne"
RIGHT_TO_LEFT = "عبد الرحمن بن محمد الراشد"
TURNING = "Mal\u202elory\u2067"
EMOJI_NAME = "👩🏽‍🚀 Zoë 🧘"
EXTREME_NAMES = (LONG_NAME, MARKUP_NAME, RIGHT_TO_LEFT, TURNING, EMOJI_NAME)

LONG_TOPIC = (
    "Anxiety before exams & <presentations>, sleep, and how to talk about it at home. " * 2 + "Thank you!"
)
LONG_NOTE = ("I would prefer to start slowly.\n<script>alert(1)</script> & שלום\n" * 16)[:1000]
ADDRESS = "12 Example Street, New York"

INTRO = SessionType(
    id=1,
    slug="intro",
    title="Introductory session",
    durations=(45, 60, 90),
    locations=(Location.VIDEO, Location.IN_PERSON),
    counselor_ids=(1, 2, 3),
    price=Money(minor=6000, currency="USD"),
    address=ADDRESS,
)
FOLLOW_UP = SessionType(
    id=2,
    slug="follow-up",
    title="Follow-up",
    durations=(30,),
    locations=(Location.AUDIO,),
    counselor_ids=(1,),
    price=Money(minor=0, currency="USD"),
)


def counselor(number: int, name: str, zone: str = "America/New_York", bio: str = "") -> Counselor:
    """A counselor with nothing but a name, a zone and a bio."""
    return Counselor(
        id=number, person_id=number, slug=f"c{number}", name=name, bio=bio, schedule=Schedule(zone=zone)
    )


ANN = counselor(
    1, "Ann Example", bio="I work with people under pressure: exams, new jobs, new countries. Warm and clear."
)
COUNSELORS = (
    ANN,
    counselor(2, "Ben Beispiel", "Europe/Berlin", "Couples, families, and everybody in between."),
    counselor(3, "Chandra Udaharan", "Asia/Kolkata"),
)
EXTREME_COUNSELORS = tuple(
    counselor(number, name, "Asia/Kolkata", LONG_NOTE) for number, name in enumerate(EXTREME_NAMES, start=4)
)


def person(name: str = "Dora Client", zone: str | None = "Europe/Berlin") -> Person:
    """A client."""
    return Person(id=7, name=name, telegram_id=7, zone=zone)


def booking(
    status: Status = Status.CONFIRMED,
    *,
    topic: str = "Exam nerves",
    note: str = "",
    location: Location = Location.VIDEO,
    reason: str = "",
) -> Booking:
    """The sample booking of Ann's introductory session."""
    return Booking(
        id=42,
        reference="K3M9Q2T",
        uid="42@confer",
        status=status,
        counselor_id=1,
        client_id=7,
        session_type_id=1,
        starts_at=START,
        ends_at=START + HOUR,
        busy_until=START + HOUR,
        zone="America/New_York",
        wall_start="2026-11-03T10:00",
        location=location,
        price=INTRO.price,
        created_at=NOW,
        expires_at=NOW + 22 * HOUR if status is Status.PENDING else None,
        address=ADDRESS if location is Location.IN_PERSON else "",
        topic=topic,
        note=note,
        reason=reason,
    )
