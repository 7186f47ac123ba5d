"""Drafts: what is chosen survives being kept as JSON."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafts import Asking, Draft, dump, load
from core.domain.errors import Conflict
from core.domain.series import Plan, Repeat, Rhythm
from core.domain.session_type import Location
from core.services.booking import Details
from core.services.offers import Wanted

ids = st.none() | st.integers(1, 2**63 - 1)
instants = st.none() | st.datetimes(timezones=st.just(UTC))
drafts = st.builds(
    Draft,
    counselor_id=ids,
    preselected=st.booleans(),
    session_type_id=ids,
    program_id=ids,
    minutes=st.none() | st.integers(1, 600),
    day=st.none() | st.dates(),
    start=instants,
    hold_id=ids,
    held_until=instants,
    topic=st.text(max_size=200),
    note=st.text(max_size=200),
    location=st.none() | st.sampled_from(Location),
    reminders=st.booleans(),
    booked_id=ids,
    asking=st.none() | st.sampled_from(Asking),
    heard=ids,
    heard_as=st.none() | st.sampled_from(Asking),
    wizard=st.booleans(),
    link=st.text(max_size=64),
    plan=st.none()
    | st.builds(
        Plan,
        repeat=st.builds(Repeat, rhythm=st.sampled_from(Rhythm), times=st.integers(2, 26)),
        other=st.dictionaries(st.integers(0, 25), st.datetimes(timezones=st.just(UTC)), max_size=3),
        skipped=st.frozensets(st.integers(0, 25), max_size=3),
    ),
    fortnightly=st.booleans(),
    following=st.booleans(),
    quoted=st.integers(0, 10**9),
)


@given(drafts)
def test_a_draft_comes_back_from_json_as_it_was(draft: Draft) -> None:
    kept: dict[str, Any] = json.loads(json.dumps(dump(draft)))
    back = load(kept)
    assert back == draft
    assert [type(value) for value in (back.location, back.asking)] == [
        type(value) for value in (draft.location, draft.asking)
    ]


def test_what_nobody_chose_is_not_kept() -> None:
    assert dump(Draft()) == {}
    assert dump(Draft(reminders=False, asking=Asking.ZONE)) == {"reminders": False, "asking": "zone"}


def test_instants_keep_their_zone() -> None:
    start = datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert dump(Draft(start=start, day=start.date())) == {
        "start": "2026-11-03T12:00:00+00:00",
        "day": "2026-11-03",
    }
    restored = load(dump(Draft(start=start)))
    assert restored.start is not None
    assert restored.start.utcoffset() == timedelta()


WHOLE = Draft(counselor_id=1, session_type_id=2, minutes=45)


def test_what_is_looked_for_takes_three_choices() -> None:
    assert WHOLE.wanted == Wanted(counselor_id=1, session_type_id=2, minutes=45)


@pytest.mark.parametrize("missing", ["counselor_id", "session_type_id", "minutes"])
def test_without_one_of_them_something_is_missing(missing: str) -> None:
    with pytest.raises(Conflict, match=r"^draft_incomplete$"):
        _ = WHOLE.with_(**{missing: None}).wanted


def test_the_details_are_what_the_booking_is_asked_with() -> None:
    draft = Draft(topic="Sleep", note="Quietly.", location=Location.AUDIO, reminders=False, hold_id=3)
    assert draft.details == Details(topic="Sleep", note="Quietly.", location=Location.AUDIO, reminders=False)


def test_other_choices_make_another_draft() -> None:
    changed = WHOLE.with_(minutes=60)
    assert (changed.minutes, WHOLE.minutes, changed.counselor_id) == (60, 45, 1)
