"""The counselor falls ill: six sessions clash, and with one tap another time is proposed for each."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot.callbacks import (
    AcceptTime,
    AddDaysOff,
    Approve,
    KeepTime,
    ProposeNewTimes,
    RemoveDaysOff,
    ReviewDaysOff,
    SaveDaysOff,
    SetLocale,
    ShowBookingInDaysOff,
    ShowDaysOff,
    ShowRequest,
    pack,
)
from bot.sandbox.phone import Phone, text_of
from core.db.tables.proposals import proposals
from core.domain.zones import wall_time, zone
from core.jobs.table import DEAD, jobs
from core.kit.i18n import texts
from tests.journeys.conftest import House, Row, arrive, forge, labels, on_sqlite, say, tap
from tests.journeys.session import choose, offered
from tests.journeys.test_schedule import TUESDAY, book

NEW_YORK = "America/New_York"
WEDNESDAY = date(2026, 11, 4)
FRIDAY = date(2026, 11, 6)
HOUR = timedelta(hours=1)
CITIES = {"Maya": "London", "Robin": ""}
ZONES = {"Maya": "Europe/London", "Robin": NEW_YORK}
WORDS = {
    "en": {
        "typed": "tomorrow - friday",
        "span": "Tue 3 Nov 2026 – Fri 6 Nov 2026 (4 days)",
        "clashes": "⚠️ {} sessions fall into these days:",
        "away": "✅ You are out of office",
        "proposed": "📅 New times proposed: {} of {}",
        "not proposed": "Not proposed",
        "asked": "Ann Rivera would like to move your session",
        "now": "Now: ",
        "new": "New: ",
        "accepted": "Maya Okafor has accepted the new time",
        "kept": "Robin Hale would like to keep the old time",
    },
    "de": {
        "typed": "morgen - freitag",
        "span": "Di, 3. Nov. 2026 – Fr, 6. Nov. 2026 (4 Tage)",
        "clashes": "⚠️ {} Sitzungen fallen in diese Tage:",
        "away": "✅ Sie sind abwesend",
        "proposed": "📅 Neue Zeiten vorgeschlagen: {} von {}",
        "not proposed": "Nicht vorgeschlagen",
        "asked": "Ann Rivera möchte Ihre Sitzung verschieben",
        "now": "Jetzt: ",
        "new": "Neu: ",
        "accepted": "Maya Okafor hat die neue Zeit angenommen",
        "kept": "Robin Hale möchte die alte Zeit behalten",
    },
}


@pytest.fixture
async def ann(house: House) -> Phone:
    """A counselor in New York on Monday morning."""
    phone = house.phone("Ann")
    await arrive(phone, None)
    return phone


async def six_sessions(house: House, ann: Phone, language: str = "en") -> tuple[Phone, Phone]:
    """Maya and Robin have three sessions each on Tuesday and Wednesday; Ann has agreed to all but one."""
    maya, robin = house.phone("Maya"), house.phone("Robin")
    for phone in (maya, robin):
        await arrive(phone, CITIES[phone.person.first_name])
        for day, nth in ((TUESDAY, 0), (TUESDAY, 0), (WEDNESDAY, 1)):
            await book(phone, day, nth)
    for phone in (ann, maya, robin):
        await forge(phone, pack(SetLocale(language)))
    await house.settle()
    for _ in range(5):
        await say(ann, "/requests")
        await choose(ann, ShowRequest)
        await choose(ann, Approve)
    await house.settle()
    assert len(await house.bookings("confirmed")) == 5
    assert len(await house.bookings("pending")) == 1
    return maya, robin


async def take_off(ann: Phone, typed: str) -> None:
    """Type the days off."""
    await say(ann, "/start")
    await choose(ann, ShowDaysOff)
    await choose(ann, AddDaysOff)
    await say(ann, typed)


async def offers(house: House) -> list[Row]:
    """The open proposals by the sessions they are for."""
    found = await house.rows(proposals, proposals.c.status == "open")
    return sorted(found, key=lambda row: row["original_starts_at"])


@pytest.mark.parametrize("language", ["en", "de"])
async def test_everybody_concerned_is_asked_with_one_tap_and_answers(
    house: House, ann: Phone, language: str
) -> None:
    words = WORDS[language]
    maya, robin = await six_sessions(house, ann, language)
    before = await house.bookings()

    await take_off(ann, words["typed"])
    review = text_of(ann.last)
    assert words["span"] in review
    assert words["clashes"].format(6) in review
    assert [n for n in range(1, 8) if str(n) in labels(ann.last)] == [1, 2, 3, 4, 5, 6]
    await choose(ann, SaveDaysOff)
    assert words["away"] in text_of(ann.last)
    assert words["clashes"].format(6) in text_of(ann.last)
    await house.settle()
    assert await house.bookings() == before, "nothing moves by itself"

    heard = [len(phone.answers) for phone in (ann, maya, robin)]
    await choose(ann, ProposeNewTimes)
    report = text_of(ann.last)
    assert report.startswith(words["proposed"].format(6, 6))
    assert report.count("→") == 6
    await house.settle()
    assert [len(phone.answers) for phone in (ann, maya, robin)] == [heard[0], heard[1] + 3, heard[2] + 3]
    asked = await offers(house)
    assert [each["booking_id"] for each in asked] == [
        each["id"] for each in sorted(before, key=lambda row: row["starts_at"])
    ]
    taken = sorted((each["starts_at"], each["ends_at"] + timedelta(minutes=15)) for each in asked)
    assert all(one[1] <= other[0] for one, other in pairwise(taken))
    days = {wall_time(each["starts_at"], NEW_YORK).date() for each in asked}
    assert not days & {TUESDAY + timedelta(days=n) for n in range(4)}

    for phone in (maya, robin):
        await reads_both_times_on_their_own_clock(house, phone, language)

    accepted = next(each for each in maya.answers if words["asked"] in text_of(each))
    await forge(maya, pack(offered(accepted, AcceptTime)[0]), accepted["message_id"])
    await house.settle()
    await moved_and_planned_anew(house, asked[0], before[0])
    kept = next(each for each in robin.answers if words["asked"] in text_of(each))
    await forge(robin, pack(offered(kept, KeepTime)[0]), kept["message_id"])
    await house.settle()
    await ann.wait_for(words["accepted"])
    await ann.wait_for(words["kept"])
    assert len(await offers(house)) == 4

    await say(ann, "/start")
    await choose(ann, ShowDaysOff)
    await choose(ann, ReviewDaysOff)
    assert words["clashes"].format(5) in text_of(ann.last)
    await choose(ann, ProposeNewTimes)
    report = text_of(ann.last)
    assert report.startswith(words["proposed"].format(1, 5))
    assert words["not proposed"] in report
    assert len(await offers(house)) == 5


async def reads_both_times_on_their_own_clock(house: House, phone: Phone, language: str) -> None:
    """A client has a message for each of their three sessions, with the old time and the new one."""
    words, t = WORDS[language], texts(language, zone(ZONES[phone.person.first_name]))
    client = (await house.person_row(phone))["id"]
    mine = {row["id"] for row in await house.bookings() if row["client_id"] == client}
    asked = [row for row in await offers(house) if row["booking_id"] in mine]
    messages = [text_of(each) for each in phone.answers if words["asked"] in text_of(each)]
    assert len(messages) == len(asked) == 3
    for row, message in zip(asked, messages, strict=True):
        assert words["now"] + t.span(row["original_starts_at"], row["original_starts_at"] + HOUR) in message
        assert words["new"] + t.span(row["starts_at"], row["ends_at"]) in message


async def moved_and_planned_anew(house: House, proposal: Row, before: Row) -> None:
    """The same booking at its new time: one UID, the next SEQUENCE, and reminders of the new time alone."""
    (after,) = [each for each in await house.bookings() if each["id"] == before["id"]]
    assert (after["starts_at"], after["uid"], after["sequence"], after["counselor_reschedules"]) == (
        proposal["starts_at"],
        before["uid"],
        before["sequence"] + 1,
        1,
    )
    waiting = await house.rows(jobs, jobs.c.key.contains(":reminder:"), jobs.c.state != DEAD)
    due = [each["due"] for each in waiting if each["payload"]["booking"] == after["id"]]
    ahead = [after["starts_at"] - lead for lead in (24 * HOUR, HOUR)]
    assert set(due) == {each for each in ahead if each > house.clock.now()}


@on_sqlite
async def test_the_days_are_tapped_on_the_month_grid_too(house: House, ann: Phone) -> None:
    await say(ann, "/start")
    await choose(ann, ShowDaysOff)
    assert "No days off are planned." in text_of(ann.last)
    await choose(ann, AddDaysOff)
    await tap(ann, "December 2026 ›")
    await tap(ann, "24")
    assert "From Thursday 24 December 2026. Which is the last day off?" in text_of(ann.last)
    await tap(ann, "January 2027 ›", "6")
    assert "Thu 24 Dec 2026 – Wed 6 Jan 2027 (14 days)" in text_of(ann.last)
    assert "No session falls into these days." in text_of(ann.last)
    await tap(ann, "Take these days off", "All days off")
    assert "1. Thu 24 Dec 2026 – Wed 6 Jan 2027 (14 days)" in text_of(ann.last)
    toast = await choose(ann, RemoveDaysOff)
    assert toast == "These days can be booked again."
    assert "No days off are planned." in text_of(ann.last)
    assert [each["action"] for each in await house.audit()][-2:] == [
        "counselor.out_of_office",
        "counselor.back_in_office",
    ]


@on_sqlite
async def test_typed_dates_complete_a_first_day_and_nonsense_is_asked_again(ann: Phone) -> None:
    await take_off(ann, "whenever")
    assert "I did not understand these dates." in text_of(ann.last)
    await say(ann, "yesterday")
    assert "I did not understand these dates." in text_of(ann.last)
    await tap(ann, "6")
    assert "From Friday 6 November 2026." in text_of(ann.last)
    await say(ann, "9.11.")
    assert "Fri 6 Nov 2026 – Mon 9 Nov 2026 (4 days)" in text_of(ann.last)
    await take_off(ann, "24.12. – 24.12.2028")
    assert text_of(ann.last) == "That is too long: at most 366 days, please."


@on_sqlite
async def test_old_buttons_of_days_off_do_what_they_say_or_say_what_is_true(house: House, ann: Phone) -> None:
    await six_sessions(house, ann)
    await take_off(ann, "tomorrow")
    await choose(ann, SaveDaysOff)
    propose, remove = offered(ann.last, ProposeNewTimes)[0], offered(ann.last, RemoveDaysOff)[0]
    for _ in range(2):
        await forge(ann, pack(remove))
        assert "No days off are planned." in text_of(ann.last)
    toast = await forge(ann, pack(propose))
    assert toast == "These days off do not stand any more."
    assert "✅ Take these days off" in labels(ann.last)
    assert await offers(house) == []
    maya = house.phone("Maya")
    before = await house.audit()
    for each in (propose, remove, SaveDaysOff(TUESDAY, TUESDAY), ReviewDaysOff(TUESDAY, FRIDAY)):
        await forge(maya, pack(each))
        assert text_of(maya.last) == "This button belongs to somebody else."
    assert await house.audit() == before
    await forge(ann, pack(ReviewDaysOff(FRIDAY, TUESDAY)))
    assert text_of(ann.last) == "These days are over."


@on_sqlite
async def test_a_session_that_cannot_be_moved_any_more_is_named_with_its_reason(
    house: House, ann: Phone
) -> None:
    await six_sessions(house, ann)
    await house.pass_time(
        timedelta(hours=28, minutes=30)
    )  # half past eight: the first begins in half an hour
    await take_off(ann, "today")
    await choose(ann, SaveDaysOff)
    await choose(ann, ProposeNewTimes)
    report = text_of(ann.last)
    assert report.startswith("📅 New times proposed: 2 of 4")
    assert "Not proposed\n\n3. " in report
    await choose(ann, ShowBookingInDaysOff, 2)
    assert "Reference" in text_of(ann.last)
