"""Who plays in the sandbox; the counselors' ids are those of the demo practice."""

from bot.sandbox.people import Person

CAST: tuple[Person, ...] = (
    Person(
        id=2001,
        first_name="Maya",
        last_name="Okafor",
        language_code="en",
        label="Client",
        time_zone="America/New_York",
    ),
    Person(
        id=1001,
        first_name="Ann",
        last_name="Rivera",
        language_code="en",
        label="Counselor",
        time_zone="America/New_York",
    ),
    Person(
        id=2002,
        first_name="Lukas",
        last_name="Braun",
        language_code="de",
        label="Client",
        time_zone="Europe/Berlin",
    ),
    Person(
        id=1003,
        first_name="Yuki",
        last_name="Tanaka",
        language_code="en",
        label="Counselor",
        time_zone="Asia/Tokyo",
    ),
    Person(
        id=1002,
        first_name="Jonas",
        last_name="Weber",
        language_code="de",
        label="Counselor",
        time_zone="Europe/Berlin",
    ),
    Person(
        id=3001,
        first_name="Robin",
        last_name="Hale",
        language_code="en",
        label="Admin",
        time_zone="America/New_York",
    ),
)
ADMINS = frozenset(each.id for each in CAST if each.label == "Admin")
