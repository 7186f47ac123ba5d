"""Practice files: what a good one becomes, and the line each mistake is answered with."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.availability import AvailabilityRule, DateOverride, OutOfOffice, Schedule, Window
from core.domain.counselor import Confirmation
from core.domain.money import Money
from core.domain.session_type import Location
from core.services.practice_file import (
    BadPracticeFile,
    CounselorEntry,
    PracticeFile,
    ProgramEntry,
    SessionTypeEntry,
    parse_practice_file,
    read_practice_file,
)

FULL = """
[practice]
name = "Riverside Counseling"
timezone = "America/New_York"
locale = "de"
[policy]
free_cancellation_hours = 24
reminder_offsets = [48, 2]
require_cancellation_reason = false
[[counselor]]
slug = "ann"
name = " Ann Example "
telegram_id = 1001
email = "ann@example.org"
bio = "Two\\nlines"
active = false
timezone = "Europe/Berlin"
confirmation = "instant"
buffer_minutes = 0
notice_hours = 3
window_days = 90
slot_interval_minutes = 15
daily_limit = 8
weekly = { fri = ["22:00-02:00"], mon = ["09:00-12:00", "13:00-17:00"] }
override = [{ date = 2026-12-24, windows = [] }, { date = 2026-12-27, windows = ["10:00-11:00"] }]
out_of_office = [{ from = 2027-01-02, to = 2027-01-02 }]
[[session_type]]
slug = "intro"
title = "Introductory session"
counselors = ["ann"]
durations = [90, 45, 60]
locations = ["video", "in_person"]
address = "12 Example Street"
confirmation = "request"
buffer_minutes = 10
notice_hours = 4
slot_interval_minutes = 60
price = "60.5"
currency = "USD"
[[program]]
slug = "python-101"
title = "Python 101"
sessions = 8
counselors = ["ann"]
session_types = ["intro"]
enrollment_code = "PY101"
"""

PRACTICE = '[practice]\nname = "P"\ntimezone = "Europe/Berlin"\n'
COUNSELOR = '[[counselor]]\nslug = "ann"\nname = "Ann"\n'
SECOND = '[[counselor]]\nslug = "bob"\nname = "Bob"\n'
KIND = '[[session_type]]\nslug = "intro"\ntitle = "Intro"\ncounselors = ["ann"]\ndurations = [45]\n'
PROGRAM = (
    '[[program]]\nslug = "p"\ntitle = "P"\nsessions = 1\ncounselors = ["ann"]\nsession_types = ["intro"]\n'
)

SLUG = "a short name of a-z, 0-9 and -, at most 40 characters"
NAME = "a text on one line, at most 100 characters"
ZONE = "an IANA zone such as Europe/Berlin"
DAY = "a date such as 2026-12-24"
MINUTES = "a whole number of minutes"
HOURS = "hours such as 09:00-17:00"


def lines(text: str) -> list[str]:
    with pytest.raises(BadPracticeFile) as caught:
        parse_practice_file(text)
    return list(caught.value)


def test_a_full_file_becomes_plain_values() -> None:
    monday, friday = 0, 4
    schedule = Schedule(
        zone="Europe/Berlin",
        weekly=(
            AvailabilityRule(weekday=monday, window=Window(start_minute=540, end_minute=720)),
            AvailabilityRule(weekday=monday, window=Window(start_minute=780, end_minute=1020)),
            AvailabilityRule(weekday=friday, window=Window(start_minute=1320, end_minute=1560)),
        ),
        overrides=(
            DateOverride(date=date(2026, 12, 24), windows=()),
            DateOverride(date=date(2026, 12, 27), windows=(Window(start_minute=600, end_minute=660),)),
        ),
        out_of_office=(OutOfOffice(first=date(2027, 1, 2), last=date(2027, 1, 2)),),
    )
    assert parse_practice_file(FULL) == PracticeFile(
        name="Riverside Counseling",
        zone="America/New_York",
        locale="de",
        policy={
            "free_cancellation_hours": 24,
            "reminder_offsets": (48, 2),
            "require_cancellation_reason": False,
        },
        counselors=(
            CounselorEntry(
                slug="ann",
                name="Ann Example",
                telegram_id=1001,
                email="ann@example.org",
                bio="Two\nlines",
                active=False,
                schedule=schedule,
                confirmation=Confirmation.INSTANT,
                buffer_minutes=0,
                notice_hours=3,
                window_days=90,
                slot_interval_minutes=15,
                daily_limit=8,
            ),
        ),
        session_types=(
            SessionTypeEntry(
                slug="intro",
                title="Introductory session",
                counselors=("ann",),
                durations=(45, 60, 90),
                locations=(Location.VIDEO, Location.IN_PERSON),
                address="12 Example Street",
                confirmation=Confirmation.REQUEST,
                buffer_minutes=10,
                notice_hours=4,
                slot_interval_minutes=60,
                price=Money(minor=6050, currency="USD"),
            ),
        ),
        programs=(
            ProgramEntry(
                slug="python-101",
                title="Python 101",
                sessions=8,
                counselors=("ann",),
                session_types=("intro",),
                enrollment_code="PY101",
            ),
        ),
    )


def test_what_is_left_out_has_its_default() -> None:
    file = parse_practice_file(PRACTICE + COUNSELOR + KIND)
    assert (file.locale, file.policy, file.programs) == ("en", {}, ())
    assert file.counselors == (
        CounselorEntry(
            slug="ann",
            name="Ann",
            telegram_id=None,
            email=None,
            bio="",
            active=True,
            schedule=Schedule(zone="Europe/Berlin"),
            confirmation=Confirmation.REQUEST,
            buffer_minutes=15,
            notice_hours=2,
            window_days=60,
            slot_interval_minutes=30,
            daily_limit=None,
        ),
    )
    assert file.session_types == (
        SessionTypeEntry(
            slug="intro",
            title="Intro",
            counselors=("ann",),
            durations=(45,),
            locations=(Location.VIDEO,),
            address="",
            confirmation=None,
            buffer_minutes=None,
            notice_hours=None,
            slot_interval_minutes=None,
            price=Money(minor=0, currency="XXX"),
        ),
    )


def test_a_practice_without_counselors_is_one() -> None:
    assert parse_practice_file(PRACTICE).counselors == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('name = " "', f"name: expected {NAME}, got ' '"),
        ('name = "a\\nb"', f"name: expected {NAME}, got 'a\\nb'"),
        ('telegram_id = "1001"', "telegram_id: expected a Telegram id (a whole number), got '1001'"),
        ("telegram_id = true", "telegram_id: expected a Telegram id (a whole number), got true"),
        ("telegram_id = 0", "telegram_id: expected a Telegram id (a whole number), got 0"),
        ('email = "ann"', "email: expected an e-mail address such as ann@example.org, got 'ann'"),
        ("active = 1", "active: expected true or false, got 1"),
        ('timezone = "EST5"', f"timezone: expected {ZONE}, got 'EST5'"),
        ('timezone = "europe/berlin"', f"timezone: expected {ZONE}, got 'europe/berlin'"),
        ('confirmation = "maybe"', 'confirmation: expected "instant" or "request", got \'maybe\''),
        ("buffer_minutes = 15.0", f"buffer_minutes: expected {MINUTES} from 0 to 240, got 15.0"),
        ("buffer_minutes = -1", f"buffer_minutes: expected {MINUTES} from 0 to 240, got -1"),
        ("notice_hours = 721", "notice_hours: expected a whole number of hours from 0 to 720, got 721"),
        ("window_days = 0", "window_days: expected a whole number of days from 1 to 365, got 0"),
        ("slot_interval_minutes = 4", f"slot_interval_minutes: expected {MINUTES} from 5 to 480, got 4"),
        ("daily_limit = 0", "daily_limit: expected a whole number from 1 to 100, got 0"),
        ("nmae = 1", "nmae: unknown name, did you mean name?"),
        ("weekly = []", 'weekly: expected days with hours such as { mon = ["09:00-17:00"] }, got []'),
        ("weekly = { mon = 9 }", f"weekly.mon: expected a list of {HOURS}, got 9"),
        ('weekly = { mon = ["9-5"] }', f"weekly.mon[1]: expected {HOURS}, got '9-5'"),
        (
            'weekly = { mon = ["08:00-09:00", "09:00-25:00"] }',
            f"weekly.mon[2]: expected {HOURS}, got '09:00-25:00'",
        ),
        ("weekly = { tues = [] }", "weekly.tues: unknown name, did you mean tue?"),
        (
            'override = [{ date = "2026-12-24", windows = [] }]',
            f"override[1].date: expected {DAY}, got '2026-12-24'",
        ),
        (
            "override = [{ date = 2026-12-24T10:00:00Z, windows = [] }]",
            f"override[1].date: expected {DAY}, got 2026-12-24T10:00:00+00:00",
        ),
        (
            "override = [{ date = 2026-12-24 }]",
            f"override[1].windows: expected a list of {HOURS}, but it is missing",
        ),
        (
            "out_of_office = [{ from = 2027-01-02 }]",
            "out_of_office[1].to: expected a date such as 2027-01-10, but it is missing",
        ),
        (
            "out_of_office = [{ from = 2027-01-02, to = 2027-01-01 }]",
            "out_of_office[1].to: expected a date on or after 2027-01-02, got 2027-01-01",
        ),
    ],
)
def test_a_mistake_about_a_counselor_is_told_in_one_line(text: str, line: str) -> None:
    key = text.partition(" ")[0]
    kept = [each for each in SECOND.splitlines() if each.partition(" ")[0] != key]
    assert lines(PRACTICE + COUNSELOR + "\n".join([*kept, text])) == [f"counselor[2] 'bob'.{line}"]


@pytest.mark.parametrize(("slug", "label"), [('"Ann"', " 'Ann'"), ("1", "")])
def test_a_bad_slug_still_names_its_entry(slug: str, label: str) -> None:
    shown = slug.replace('"', "'")
    assert lines(f'{PRACTICE}[[counselor]]\nname = "Ann"\nslug = {slug}') == [
        f"counselor[1]{label}.slug: expected {SLUG}, got {shown}"
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("counselors = []", "counselors: expected a list of slugs as these have them, got []"),
        (
            'counselors = ["ann", "zoe"]',
            "counselors: expected the slug of a counselor in this file, got 'zoe'",
        ),
        ('counselors = ["ann", "ann"]', "counselors: expected each once, got 'ann' 2 times"),
        ("durations = []", "durations: expected a list of whole minutes from 5 to 480, got []"),
        ("durations = [45, 4]", "durations[2]: expected whole minutes from 5 to 480, got 4"),
        ("durations = [481]", "durations[1]: expected whole minutes from 5 to 480, got 481"),
        ("durations = [45, 45]", "durations: expected each once, got 45 2 times"),
        ('locations = ["zoom"]', "locations[1]: expected video, audio, chat or in_person, got 'zoom'"),
        ("locations = []", "locations: expected a list of video, audio, chat or in_person, got []"),
        (
            'locations = ["in_person"]',
            "address: expected an address, as in_person is one of the locations, but it is missing",
        ),
        ("price = 60.0", 'price: expected an amount in quotes such as "60.00", got 60.0'),
        (
            'price = "60"',
            "currency: expected an ISO 4217 code such as EUR, as there is a price, but it is missing",
        ),
        ('price = "0.0.0"', "price: expected an amount with at most 2 decimals such as 125.00, got '0.0.0'"),
        ('currency = "usd"', "currency: expected an ISO 4217 code such as EUR, got 'usd'"),
        (
            'price = "60.001"\ncurrency = "USD"',
            "price: expected an amount with at most 2 decimals such as 125.00, got '60.001'",
        ),
        (
            'price = "60.0"\ncurrency = "JPY"',
            "price: expected an amount with no decimals such as 12500, got '60.0'",
        ),
        ('confirmation = "no"', 'confirmation: expected "instant" or "request", got \'no\''),
    ],
)
def test_a_mistake_about_a_session_type_is_told_in_one_line(text: str, line: str) -> None:
    key = text.partition(" ")[0]
    kept = [each for each in KIND.splitlines() if each.partition(" ")[0] != key]
    assert lines(PRACTICE + COUNSELOR + "\n".join([*kept, text])) == [f"session_type[1] 'intro'.{line}"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["practice: expected a table [practice], but it is missing"]),
        ('[practice]\nname = "P"\n', [f"practice.timezone: expected {ZONE}, but it is missing"]),
        (PRACTICE + 'locale = "fr"', ["practice.locale: expected one of en, de, got 'fr'"]),
        ("polcy = 1\n" + PRACTICE, ["polcy: unknown name, did you mean policy?"]),
        ('"a\\nb" = 1\n' + PRACTICE, ["a\\nb: unknown name"]),
        ("counselor = 5\n" + PRACTICE, ["counselor: expected tables [[counselor]], got 5"]),
        ("counselor = [5]\n" + PRACTICE, ["counselor[1]: expected tables [[counselor]], got 5"]),
        (
            f"""{PRACTICE}[policy]
            hold_minutes = 0
            hold_minute = 1
            reminder_offsets = [24, 0]
            require_cancellation_reason = "no"
            """,
            [
                "policy.hold_minutes: expected a whole number from 1 to 60, got 0",
                "policy.hold_minute: unknown name, did you mean hold_minutes?",
                "policy.reminder_offsets: expected a list of whole numbers from 1 to 336, got [24, 0]",
                "policy.require_cancellation_reason: expected true or false, got 'no'",
            ],
        ),
        (
            PRACTICE + COUNSELOR + "telegram_id = 1\n" + SECOND + "telegram_id = 1\n" + COUNSELOR,
            [
                "counselor[3] 'ann'.slug: expected another than counselor[1] 'ann' has, got 'ann'",
                "counselor[2] 'bob'.telegram_id: expected another than counselor[1] 'ann' has, got 1",
            ],
        ),
        (
            PRACTICE + COUNSELOR + KIND + KIND,
            ["session_type[2] 'intro'.slug: expected another than session_type[1] 'intro' has, got 'intro'"],
        ),
        (
            PRACTICE + COUNSELOR + PROGRAM,
            ["program[1] 'p'.session_types: expected the slug of a session type in this file, got 'intro'"],
        ),
        (
            PRACTICE + COUNSELOR + KIND + PROGRAM + PROGRAM.replace('"p"', '"q"'),
            ["program[2] 'q'.session_types: expected none that program[1] 'p' has, got 'intro'"],
        ),
        (
            PRACTICE + COUNSELOR + KIND + PROGRAM + 'enrollment_code = "a b"',
            ["program[1] 'p'.enrollment_code: expected 1 to 40 of A-Z, a-z, 0-9, _ and -, got 'a b'"],
        ),
        ("a = = 3", ["practice file: expected TOML: Invalid value (at line 1, column 5)"]),
    ],
)
def test_other_mistakes_are_told(text: str, found: list[str]) -> None:
    assert lines(text) == found


def test_every_mistake_of_form_is_told_at_once() -> None:
    text = PRACTICE + 'locale = "fr"\n' + COUNSELOR + "window_days = 0\nactive = 1\n" + KIND + "price = 1\n"
    assert [line.partition(":")[0] for line in lines(text)] == [
        "practice.locale",
        "counselor[1] 'ann'.active",
        "counselor[1] 'ann'.window_days",
        "session_type[1] 'intro'.price",
    ]


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "practice.toml"
    path.write_text(FULL, encoding="utf-8")
    assert read_practice_file(path) == parse_practice_file(FULL)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file or directory"),
        (b"\xff", "expected a text file in UTF-8"),
        (b"a = = 3", "expected TOML: Invalid value (at line 1, column 5)"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_its_name(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "practice.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadPracticeFile) as caught:
        read_practice_file(path)
    assert list(caught.value) == [f"{path}: {told}"]


def test_a_file_nested_without_end_is_told() -> None:
    (line,) = lines("a = " + "[" * 100_000)
    assert line.startswith("practice file: expected TOML: ")


SECTIONS = st.sampled_from(["practice", "policy", "counselor", "session_type", "program"])
KEYS = st.sampled_from(
    ["slug", "name", "title", "counselors", "durations", "price", "currency", "weekly", "x"]
)
WORDS = st.sampled_from(["ann", "intro", "P", "UTC", "60.00", "EUR", "1\n2", ""])
VALUES = st.recursive(
    st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["slug", "mon"]), inner),
    max_leaves=5,
)
TABLES = st.lists(st.dictionaries(KEYS, VALUES), max_size=2)


@given(st.dictionaries(SECTIONS, VALUES | TABLES | st.dictionaries(KEYS, VALUES)))
def test_whatever_stands_in_a_file_is_answered_in_lines(data: dict[str, object]) -> None:
    text = "\n".join(f"{name} = {toml(value)}" for name, value in data.items())
    try:
        parse_practice_file(text)
    except BadPracticeFile as error:
        told = list(error)
        assert told
        assert [line for line in told if "\n" in line or ": " not in line] == []


def toml(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {toml(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return (
        str(value).lower() if isinstance(value, bool | int) else '"' + str(value).replace("\n", "\\n") + '"'
    )
