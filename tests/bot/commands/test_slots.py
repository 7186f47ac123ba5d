"""`confer slots`: free times on the counselor's clock, and why a time is not free."""

from datetime import UTC, datetime

import pytest

from bot.commands.slots import Question, answer
from bot.commands.trouble import Misused
from core.db.engine import Database
from core.db.uow import Store
from core.ports.clock import FixedClock
from core.services.practice import load
from core.services.practice_file import parse_practice_file
from core.services.subscribers import publish
from tests.bot.commands.process import Confer

FILE = """
[practice]
name = "Riverside"
timezone = "Europe/Berlin"
[[counselor]]
slug = "ann"
name = "Ann Example"
telegram_id = 1001
notice_hours = 0
window_days = 365
slot_interval_minutes = 60
weekly = { mon = ["09:00-12:00"], sun = ["01:00-04:00"] }
out_of_office = [{ from = 2026-11-16, to = 2026-11-20 }]
[[counselor]]
slug = "away"
name = "Not Here"
telegram_id = 1002
active = false
[[session_type]]
slug = "intro"
title = "Introduction"
counselors = ["ann", "away"]
durations = [60, 90]
confirmation = "instant"
[[session_type]]
slug = "walk"
title = "Walk"
counselors = ["ann"]
durations = [45]
"""
NOW = datetime(2026, 10, 20, 8, tzinfo=UTC)
HEAD = "Ann Example, Introduction, 60 minutes; times in Europe/Berlin"


@pytest.fixture
async def store(sqlite_database: Database) -> Store:
    """A practice with one counselor at work."""
    store = Store(sqlite_database, publish)
    await load(store, FixedClock(NOW), parse_practice_file(FILE))
    return store


async def asked(store: Store, counselor: str = "ann", **said: str | int | None) -> list[str]:
    question = {"kind": "intro", "minutes": None, "first": None, "last": None, "explain": None, **said}
    return await answer(store, FixedClock(NOW), Question(counselor=counselor, **question))  # type: ignore[arg-type]


async def test_a_week_of_free_times_with_the_hour_that_comes_twice_told_apart(store: Store) -> None:
    assert await asked(store, first="2026-10-24", last="2026-10-27") == [
        HEAD,
        "Sat 2026-10-24  -",
        "Sun 2026-10-25  01:00 02:00(+0200) 02:00(+0100) 03:00",
        "Mon 2026-10-26  09:00 10:00 11:00",
        "Tue 2026-10-27  -",
    ]


async def test_without_dates_the_week_from_today(store: Store) -> None:
    lines = await asked(store)
    assert [line.split()[1] for line in lines[1:]] == [f"2026-10-{day}" for day in range(20, 27)]


@pytest.mark.parametrize(
    ("time", "verdict"),
    [
        ("2026-10-26 09:00", "Mon 2026-10-26 09:00  offered"),
        ("2026-10-26T10:00+02:00", "Mon 2026-10-26 09:00  offered"),
        (
            "2026-10-26 09:30",
            "Mon 2026-10-26 09:30  not offered: sessions do not start at this minute; see the slot interval",
        ),
        ("2026-10-26 12:00", "Mon 2026-10-26 12:00  not offered: it is outside the counselor's hours"),
        (
            "2026-11-16 09:00",
            "Mon 2026-11-16 09:00  not offered: the counselor is out of office, 2026-11-16 to 2026-11-20",
        ),
        (
            "2026-10-19 09:00",
            "Mon 2026-10-19 09:00  not offered: it is in the past; the earliest start is 2026-10-20 10:00",
        ),
    ],
)
async def test_a_time_is_explained(store: Store, time: str, verdict: str) -> None:
    assert await asked(store, explain=time) == [HEAD, verdict]


async def test_a_time_that_clocks_skip_does_not_exist(store: Store) -> None:
    assert await asked(store, explain="2027-03-28 02:00") == [
        HEAD,
        "2027-03-28 02:00 does not exist: clocks go forward over it in Europe/Berlin",
    ]


async def test_a_time_that_comes_twice_is_explained_twice(store: Store) -> None:
    assert await asked(store, explain="2026-10-25 02:00") == [
        HEAD,
        "2026-10-25 02:00 comes twice: clocks go back over it in Europe/Berlin",
        "Sun 2026-10-25 02:00(+0200)  offered",
        "Sun 2026-10-25 02:00(+0100)  offered",
    ]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"counselor": "bob"}, "no counselor 'bob' can be booked; there are: ann"),
        ({"counselor": "away"}, "no counselor 'away' can be booked; there are: ann"),
        ({"kind": None}, "--type is needed; there are: intro, walk"),
        ({"kind": "run"}, "--type: Ann Example offers no 'run'; there are: intro, walk"),
        ({"minutes": 30}, "--minutes: expected one of 60, 90, got 30"),
        ({"first": "tomorrow"}, "--from: expected a date such as 2026-12-24, got 'tomorrow'"),
        ({"last": "2026-10-19"}, "--to: expected a date from 2026-10-20 to 2027-10-21, got 2026-10-19"),
        ({"explain": "noon"}, "--explain: expected a time such as \"2026-12-24 15:00\", got 'noon'"),
    ],
)
async def test_what_does_not_exist_or_cannot_be_read_is_misuse(
    store: Store, said: dict[str, str | int | None], line: str
) -> None:
    with pytest.raises(Misused) as caught:
        await asked(store, **said)  # type: ignore[arg-type]
    assert str(caught.value) == line


async def test_on_the_command_line(confer: Confer, sqlite_url: str) -> None:
    url = sqlite_url.replace("+aiosqlite", "")
    await confer("demo", database_url=url)
    shown = await confer(
        "slots", "yuki", "--type", "intro", "--from", "2099-01-05", "--to", "2099-01-05", database_url=url
    )
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.splitlines() == [
        "Yuki Tanaka, Introductory session, 45 minutes; times in Asia/Tokyo",
        "Mon 2099-01-05  -",
    ]
    unknown = await confer("slots", "bob", database_url=url)
    assert (unknown.code, unknown.out) == (2, "")
    assert unknown.err == "no counselor 'bob' can be booked; there are: ann, jonas, yuki\n"
