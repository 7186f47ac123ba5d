"""Every reason has words, with times on the counselor's clock."""

from datetime import UTC, date, datetime

import pytest

from bot.commands.reasons import reason_in_words
from core.domain.refusal import Reason, Refusal
from core.domain.timespan import Timespan

SPAN = Timespan(start=datetime(2026, 11, 3, 8, tzinfo=UTC), end=datetime(2026, 11, 3, 9, tzinfo=UTC))
LIMIT = datetime(2026, 11, 3, 23, 30, tzinfo=UTC)
DATES = (date(2026, 11, 3), date(2026, 11, 5))

WORDS = {
    Reason.OUTSIDE_RANGE: "it is not within the range asked for",
    Reason.PAST: "it is in the past; the earliest start is 2026-11-04 00:30",
    Reason.NOTICE: "it is too soon for the minimum notice; the earliest start is 2026-11-04 00:30",
    Reason.BEYOND_WINDOW: "it is beyond the booking window, which is 2026-11-03 to 2026-11-05",
    Reason.OUT_OF_OFFICE: "the counselor is out of office, 2026-11-03 to 2026-11-05",
    Reason.OVERRIDE_CLOSED: "a date override for 2026-11-03 to 2026-11-05 closes this time",
    Reason.OUTSIDE_HOURS: "it is outside the counselor's hours",
    Reason.OFF_GRID: "sessions do not start at this minute; see the slot interval",
    Reason.DOES_NOT_FIT: "the session would not fit into the open time, 2026-11-03 09:00 to 2026-11-03 10:00",
    Reason.BOOKING: "there is a booking, 2026-11-03 09:00 to 2026-11-03 10:00",
    Reason.HOLD: "a client is just booking this time, 2026-11-03 09:00 to 2026-11-03 10:00",
    Reason.BUFFER: "the buffer of a session is in the way, 2026-11-03 09:00 to 2026-11-03 10:00",
    Reason.EXTERNAL: "the counselor's calendar is busy, 2026-11-03 09:00 to 2026-11-03 10:00",
    Reason.CLIENT_BUSY: "the client has another session, 2026-11-03 09:00 to 2026-11-03 10:00",
    Reason.DAILY_LIMIT: "the counselor's daily limit is reached on 2026-11-03 to 2026-11-05",
}


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_in_words(reason: Reason) -> None:
    refusal = Refusal(reason=reason, span=SPAN, limit=LIMIT, dates=DATES)
    assert reason_in_words(refusal, "Europe/Berlin") == WORDS[reason]


def test_a_single_date_is_named_once() -> None:
    refusal = Refusal(reason=Reason.DAILY_LIMIT, dates=(DATES[0], DATES[0]))
    assert reason_in_words(refusal, "Europe/Berlin") == "the counselor's daily limit is reached on 2026-11-03"
