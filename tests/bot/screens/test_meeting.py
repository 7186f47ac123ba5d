"""Meetings in the chat: the button that leads there, and who was seen in one."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.callbacks import Join
from bot.screens.meeting import join_ahead, join_button, join_message, seen_line
from bot.screens.notification import notification_screen
from bot.screens.screen import Link, Style, Tap
from core.domain.booking import Status
from core.domain.meeting import NOBODY, Attendance
from core.domain.notification import Kind
from core.domain.outcome import Outcome
from core.domain.session_type import Location
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, said
from tests.bot.screens.samples.afterwards import NOTIFICATIONS
from tests.bot.screens.samples.meetings import BOTH, CLIENT_ALONE, COUNSELOR_ALONE, STILL_THERE, visit
from tests.bot.screens.samples.people import HOUR, NOW, START, booking

LINK = "https://confer.test/meeting/abc"
MINUTE = timedelta(minutes=1)
CONFIRMED = booking(Status.CONFIRMED)


def test_the_way_in_is_ones_own_link_or_a_tap_where_links_of_ours_cannot_be_opened() -> None:
    assert join_button(NEW_YORK, CONFIRMED, LINK) == Link("🎥 Join", LINK)
    assert join_button(NEW_YORK, CONFIRMED, None) == Tap("🎥 Join", Join(42), Style.SUCCESS)


@pytest.mark.parametrize(
    ("status", "location", "now", "shown"),
    [
        (Status.CONFIRMED, Location.VIDEO, NOW, True),
        (Status.CONFIRMED, Location.AUDIO, START + HOUR + 29 * MINUTE, True),
        (Status.CONFIRMED, Location.CHAT, START + HOUR + 30 * MINUTE, False),
        (Status.CONFIRMED, Location.IN_PERSON, NOW, False),
        (Status.PENDING, Location.VIDEO, NOW, False),
        (Status.COMPLETED, Location.VIDEO, START, False),
    ],
)
def test_messages_lead_there_while_there_is_a_meeting_to_come(
    status: Status, location: Location, now: datetime, shown: bool
) -> None:
    found = join_ahead(NEW_YORK, booking(status, location=location), LINK, now)
    assert found == (Link("🎥 Join", LINK) if shown else None)


def test_an_address_that_telegram_takes_is_a_button_and_another_one_is_written_out() -> None:
    words = "The meeting is open. This link is yours alone, and for now only."
    public = join_message(NEW_YORK, "https://meet.example.org/a?jwt=b")
    assert (said(public), public.rows) == ([words], ((Link("🎥 Join", "https://meet.example.org/a?jwt=b"),),))
    private = join_message(NEW_YORK, "http://localhost:8000/<a>")
    assert (said(private), private.rows) == ([words, "http://localhost:8000/<a>"], ())


@pytest.mark.parametrize(
    ("seen", "line"),
    [
        (NOBODY, None),
        (Attendance(visits=(visit(None, 0, 20),)), None),
        (COUNSELOR_ALONE, "👀 You were in the meeting, Dora was not seen there. Did Dora not come?"),
        (CLIENT_ALONE, "👀 Dora was in the meeting, you were not seen there. Could you not make it?"),
        (BOTH, "👀 You were both in the meeting from 10:01 AM to 10:50 AM."),
        (STILL_THERE, "👀 You were both in the meeting from 10:01 AM on."),
    ],
)
def test_the_counselor_reads_who_was_seen(seen: Attendance, line: str | None) -> None:
    assert seen_line(NEW_YORK, seen, "Dora") == line


@pytest.mark.parametrize(
    ("seen", "first"),
    [
        (NOBODY, Outcome.TOOK_PLACE),
        (BOTH, Outcome.TOOK_PLACE),
        (COUNSELOR_ALONE, Outcome.CLIENT_ABSENT),
        (CLIENT_ALONE, Outcome.COUNSELOR_ABSENT),
    ],
)
def test_the_question_after_the_end_proposes_what_was_seen(seen: Attendance, first: Outcome) -> None:
    question = replace(NOTIFICATIONS[Kind.OUTCOME_ASKED], seen=seen)
    for texts in (NEW_YORK, BERLIN):
        screen = notification_screen(question, texts, NOW)
        offered = [getattr(each, "outcome", None) for each in buttons(screen).values()]
        assert offered[0] is first
        assert {*offered[:3]} == {*Outcome}
        assert sum("👀" in line for line in said(screen)) == (seen != NOBODY)
