"""Repeated bookings: looked at date by date, booked all or none, answered and called off together."""

from datetime import date, timedelta

import pytest

from core.db.tables.bookings import bookings as booking_rows
from core.domain.actions import Action
from core.domain.booking import Status
from core.domain.cancellation import Reason
from core.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from core.domain.notification import Notification
from core.domain.series import Plan, PlannedDate, Repeat, Rhythm, edition
from core.services.booking import Details
from core.services.subscribers import EXPIRE_REQUEST
from tests.conftest import START
from tests.core.services.repeated import (
    WEEK,
    approved,
    far_ahead,
    repeated,
    seen,
    series_of,
    standing,
    weekly,
)
from tests.core.services.sessions import told
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice, on_sqlite

FOUR = [NOON + n * WEEK for n in range(4)]
WALL = NOON.replace(tzinfo=None) + HOUR
"""Noon in UTC on ann's clock in Berlin, in winter."""


async def preview(practice: SmallPractice, plan: Plan) -> list[PlannedDate]:
    held = await practice.hold()
    return await practice.core.series.preview(practice.actor("dora"), held.id, plan)


async def refused(practice: SmallPractice, plan: Plan, kind: type[DomainError]) -> DomainError:
    """How booking a series is refused; nothing but the hold is left."""
    held = await practice.hold()
    with pytest.raises(kind) as refusal:
        await practice.core.series.book(practice.actor("dora"), held.id, plan, Details())
    rows = await practice.rows(booking_rows)
    assert [row["id"] for row in rows if row["client_id"] == practice.people["dora"].id] == [held.id]
    return refusal.value


async def test_each_date_is_looked_at_before_anything_is_booked(practice: SmallPractice) -> None:
    assert await preview(practice, weekly(4)) == [
        PlannedDate(number=n, wall=WALL + n * WEEK, start=NOON + n * WEEK) for n in range(4)
    ]
    assert [row["status"] for row in await practice.rows(booking_rows)] == ["held"]


async def test_a_clash_comes_with_its_reason_and_the_nearest_free_times(practice: SmallPractice) -> None:
    await practice.book("emil", NOON + WEEK)
    third = NOON + 2 * WEEK
    await practice.book("dora", third, counselor="ben")
    found = await preview(practice, weekly(3))
    assert [each.code for each in found] == [None, "booking", "client_busy"]
    second = NOON + WEEK
    half = 30 * MINUTE
    assert found[1].instead == (second - 2 * HOUR, second - 3 * half, second + 3 * half, second + 2 * HOUR)
    assert found[2].instead == (third - 3 * half, third - HOUR, third + HOUR, third + 3 * half)


async def test_a_date_without_free_times_names_those_of_its_week(practice: SmallPractice) -> None:
    await practice.set_counselor("ann", daily_limit=1)
    await practice.book("emil", NOON + WEEK + 2 * HOUR)
    found = (await preview(practice, weekly(2)))[1]
    at = NOON + WEEK
    assert found.code == "daily_limit"
    assert found.instead == (at - DAY, at + DAY, at + 2 * DAY, at + 3 * DAY)


async def test_a_chosen_time_counts_for_the_dates_beside_it(practice: SmallPractice) -> None:
    await practice.book("emil", NOON + WEEK)
    close = NOON + 2 * WEEK - HOUR
    plan = Plan(repeat=weekly(3).repeat, other={1: close})
    found = await preview(practice, plan)
    assert [(each.start, each.code) for each in found] == [
        (NOON, None),
        (close, "buffer"),
        (NOON + 2 * WEEK, "buffer"),
    ]


async def test_the_window_the_program_and_the_limit_say_how_many(practice: SmallPractice) -> None:
    dora = practice.actor("dora")
    held = await practice.hold()
    assert await practice.core.series.room(dora, held.id) == {Rhythm.WEEKLY: 5, Rhythm.FORTNIGHTLY: 3}
    assert [each.code for each in await preview(practice, weekly(6))] == [None] * 5 + ["beyond_window"]
    await far_ahead(practice)
    held = await practice.hold(start=NOON + HOUR)
    assert await practice.core.series.room(dora, held.id) == {Rhythm.WEEKLY: 26, Rhythm.FORTNIGHTLY: 15}
    await practice.enroll()
    lesson = await practice.hold(kind="lesson")
    assert await practice.core.series.room(dora, lesson.id) == {Rhythm.WEEKLY: 2, Rhythm.FORTNIGHTLY: 2}
    found = await practice.core.series.preview(dora, lesson.id, weekly(3))
    assert [each.code for each in found] == [None, None, "program_used_up"]
    with pytest.raises(Forbidden, match="program_used_up"):
        await practice.core.series.book(dora, lesson.id, weekly(3), Details())


async def test_a_request_for_a_series_is_one_request_for_all(practice: SmallPractice) -> None:
    made = await repeated(practice)
    assert [each.starts_at for each in made] == FOUR
    assert {each.status for each in made} == {Status.PENDING}
    assert {each.expires_at for each in made} == {START + DAY}
    assert len({each.series_id for each in made}) == 1
    assert len({each.uid for each in made}) == len({each.reference for each in made}) == 4
    assert [each.wall_start for each in made] == [
        (WALL + n * WEEK).isoformat(timespec="minutes") for n in range(4)
    ]
    assert await standing(practice, made) == made
    assert await told(practice) == [("new_request", "Ann")]
    assert [each.together for each in practice.messenger.sent if isinstance(each, Notification)] == [
        tuple(made)
    ]
    steps = [(name, data) for name, _, data in await practice.funnel()]
    assert steps == [("booking_success", {"booking": made[0].id, "series": made[0].series_id, "sessions": 4})]


async def test_approving_confirms_all_with_one_message_and_reminders_for_each(
    practice: SmallPractice,
) -> None:
    stands = await approved(practice)
    assert {each.status for each in stands} == {Status.CONFIRMED}
    await told(practice)
    assert practice.messenger.messages()[-1] == ("confirmed", "Dora")
    assert practice.messenger.messages().count(("confirmed", "Dora")) == 1
    waiting = [row for row in await practice.jobs("notify") if row["payload"]["kind"] == "reminder"]
    assert {row["payload"]["booking"] for row in waiting} == {each.id for each in stands}
    assert len(waiting) == 4 * 2 * 2
    assert await practice.jobs(EXPIRE_REQUEST) == []


async def test_in_instant_mode_all_stand_at_once(practice: SmallPractice) -> None:
    made = await repeated(practice, counselor="ben")
    assert {(each.status, each.expires_at) for each in made} == {(Status.CONFIRMED, None)}
    assert await told(practice) == [("new_booking", "Ben")]


async def test_booking_twice_books_once(practice: SmallPractice) -> None:
    held = await practice.hold()
    dora = practice.actor("dora")
    made = await practice.core.series.book(dora, held.id, weekly(), Details())
    assert await practice.core.series.book(dora, held.id, weekly(), Details()) == made


async def test_one_clash_and_nothing_is_booked(practice: SmallPractice) -> None:
    await practice.book("emil", NOON + 2 * WEEK)
    refusal = await refused(practice, weekly(), Conflict)
    assert (refusal.code, refusal.details) == ("series_clash", {"numbers": [2]})


async def test_another_time_or_leaving_a_date_out_resolves_a_clash(practice: SmallPractice) -> None:
    await practice.book("emil", NOON + WEEK)
    await practice.book("emil", NOON + 2 * WEEK)
    other = NOON + WEEK + 2 * HOUR
    plan = Plan(repeat=weekly().repeat, other={1: other}, skipped=frozenset({2}))
    made = await repeated(practice, plan)
    assert [each.starts_at for each in made] == [NOON, other, NOON + 3 * WEEK]


async def test_a_series_has_two_sessions_at_least(practice: SmallPractice) -> None:
    alone = Plan(repeat=weekly(2).repeat, skipped=frozenset({1}))
    assert (await refused(practice, alone, Invalid)).code == "bad_repeat"


async def test_a_series_until_a_date_goes_over_the_change_of_clocks(practice: SmallPractice) -> None:
    await far_ahead(practice)
    spring = Plan(repeat=Repeat(rhythm=Rhythm.FORTNIGHTLY, until=date(2027, 4, 6)))
    made = await repeated(practice, spring)
    assert made[-1].starts_at == NOON + 22 * WEEK - HOUR
    assert {each.wall_start[11:] for each in made} == {"13:00"}
    assert len(made) == 12


async def test_nothing_is_planned_or_booked_on_a_hold_that_has_run_out(practice: SmallPractice) -> None:
    held, dora = await practice.hold(), practice.actor("dora")
    await practice.clock.advance(10 * MINUTE)
    for ask in (
        practice.core.series.room(dora, held.id),
        practice.core.series.preview(dora, held.id, weekly()),
        practice.core.series.book(dora, held.id, weekly(), Details()),
    ):
        with pytest.raises(Conflict, match="hold_expired"):
            await ask


@on_sqlite
async def test_a_hold_of_somebody_else_is_none(practice: SmallPractice) -> None:
    held, emil = await practice.hold(), practice.actor("emil")
    with pytest.raises(Conflict, match="hold_expired"):
        await practice.core.series.preview(emil, held.id, weekly())
    with pytest.raises(NotFound, match="booking_not_found"):
        await practice.core.series.book(emil, held.id, weekly(), Details())


async def test_a_series_is_seen_by_those_whom_it_concerns(practice: SmallPractice) -> None:
    made = await repeated(practice)
    for who in ("dora", "ann", "ada"):
        assert await practice.core.series.look(practice.actor(who), series_of(made)) == made
    for number in (series_of(made), series_of(made) + 1):
        with pytest.raises(NotFound, match="series_not_found"):
            await practice.core.series.look(practice.actor("emil"), number)


async def test_declining_declines_all_with_one_message(practice: SmallPractice) -> None:
    made = await repeated(practice)
    await told(practice)
    ann = practice.actor("ann")
    declined = await practice.core.series.decline(ann, series_of(made), edition(made), "full")
    assert {(each.status, each.reason) for each in declined} == {(Status.DECLINED, "full")}
    assert {each.refund.percent for each in declined if each.refund} == {100}
    assert await told(practice) == [("declined", "Dora")]


async def test_requests_of_a_series_are_answered_as_a_whole(practice: SmallPractice) -> None:
    made, ann = await repeated(practice), practice.actor("ann")
    with pytest.raises(Conflict, match="in_series"):
        await practice.core.bookings.approve(ann, made[0].id, made[0].version)
    with pytest.raises(Conflict, match="in_series"):
        await practice.core.bookings.decline(ann, made[1].id, made[1].version, "full")
    assert await standing(practice, made) == made


async def test_only_the_counselor_answers_and_only_what_they_have_seen(practice: SmallPractice) -> None:
    made, ann = await repeated(practice), practice.actor("ann")
    series, was = series_of(made), edition(made)
    for who in ("dora", "ben", "ada"):
        with pytest.raises(NotFound, match="booking_not_found"):
            await practice.core.series.approve(practice.actor(who), series, was)
    await practice.core.cancellations.cancel(practice.actor("dora"), made[1].id, made[1].version, Reason.TIME)
    with pytest.raises(Conflict, match="stale"):
        await practice.core.series.approve(ann, series, was)
    answered = await practice.core.series.approve(ann, series, await seen(practice, made))
    assert [each.id for each in answered] == [made[0].id, made[2].id, made[3].id]
    with pytest.raises(Conflict, match="moved_on"):
        await practice.core.series.decline(ann, series, await seen(practice, made), "full")


async def test_while_one_is_being_moved_none_is_answered(practice: SmallPractice) -> None:
    made, ann = await repeated(practice), practice.actor("ann")
    await practice.core.reschedules.propose(
        practice.actor("dora"), made[2].id, made[2].version, made[2].starts_at + 2 * HOUR
    )
    with pytest.raises(Conflict, match="proposal_open"):
        await practice.core.series.approve(ann, series_of(made), edition(made))


async def test_a_series_that_nobody_answers_lapses_as_a_whole(practice: SmallPractice) -> None:
    made = await repeated(practice)
    await told(practice)
    await practice.clock.advance(17 * HOUR)
    assert await told(practice) == [("request_nudge", "Ann")]
    await practice.clock.advance(7 * HOUR)
    assert sorted(await told(practice)) == [("expired", "Dora"), ("expired_unanswered", "Ann")]
    assert {each.status for each in await standing(practice, made)} == {Status.EXPIRED}
    assert [row for row in await practice.jobs() if row["kind"] != "ask_waiting"] == []


async def test_the_nudge_and_the_deadline_hold_when_the_first_is_called_off(practice: SmallPractice) -> None:
    made = await repeated(practice)
    first = made[0]
    await practice.core.cancellations.cancel(practice.actor("dora"), first.id, first.version, Reason.ILL)
    await told(practice)
    await practice.clock.advance(17 * HOUR)
    assert await told(practice) == [("request_nudge", "Ann")]
    await practice.clock.advance(7 * HOUR)
    await told(practice)
    found = [each.status for each in await standing(practice, made)]
    assert found == [Status.CANCELLED, Status.EXPIRED, Status.EXPIRED, Status.EXPIRED]


async def test_what_calling_off_would_bring_back_is_said_for_each(practice: SmallPractice) -> None:
    made = await approved(practice)
    await practice.clock.advance(3 * HOUR + 30 * MINUTE)
    quote = await practice.core.series.quote(practice.actor("dora"), made[0].id)
    assert [(each.back.percent, each.refusal) for each in quote.sessions] == [(50, None), *[(100, None)] * 3]
    assert (quote.back.minor, quote.edition) == (21000, edition(made))
    by_counselor = await practice.core.series.quote(practice.actor("ann"), made[2].id)
    assert [each.booking.id for each in by_counselor.sessions] == [made[2].id, made[3].id]
    assert by_counselor.back.minor == 12000


async def test_calling_off_this_and_the_following_leaves_those_before(practice: SmallPractice) -> None:
    made = await approved(practice)
    await told(practice)
    dora = practice.actor("dora")
    quote = await practice.core.series.quote(dora, made[1].id)
    ended = await practice.core.series.cancel(
        dora, made[1].id, quote.edition, Reason.NO_NEED, "We are done.", quote.back.minor
    )
    assert [each.id for each in ended] == [each.id for each in made[1:]]
    assert {(each.status, each.reason, each.details) for each in ended} == {
        (Status.CANCELLED, "no_need", "We are done.")
    }
    assert {each.sequence - 1 for each in ended} == {made[1].sequence}
    assert await standing(practice, made) == [made[0], *ended]
    assert await told(practice) == [("cancelled", "Ann")]
    reminded = {row["payload"].get("booking") for row in await practice.jobs("notify")}
    assert reminded == {made[0].id}


async def test_one_past_its_cutoff_and_none_is_called_off(practice: SmallPractice) -> None:
    made = await approved(practice)
    await practice.clock.advance(NOON - HOUR - practice.clock.now())
    dora = practice.actor("dora")
    quote = await practice.core.series.quote(dora, made[0].id)
    assert [each.refusal for each in quote.sessions] == ["cancellation_cutoff", None, None, None]
    with pytest.raises(Conflict, match="cancellation_cutoff"):
        await practice.core.series.cancel(dora, made[0].id, quote.edition, Reason.ILL)
    assert await standing(practice, made) == made
    after = await practice.core.series.cancel(dora, made[1].id, quote.edition, Reason.ILL)
    assert len(after) == 3


async def test_the_last_tap_counts_only_for_what_was_shown(practice: SmallPractice) -> None:
    made, dora = await approved(practice), practice.actor("dora")
    quote = await practice.core.series.quote(dora, made[0].id)
    await practice.clock.advance(3 * HOUR + 30 * MINUTE)
    with pytest.raises(Conflict, match="quote_changed"):
        await practice.core.series.cancel(
            dora, made[0].id, quote.edition, Reason.ILL, quoted=quote.back.minor
        )
    ann = practice.actor("ann")
    await practice.core.cancellations.cancel(ann, made[3].id, made[3].version, Reason.ILL)
    with pytest.raises(Conflict, match="stale"):
        await practice.core.series.cancel(dora, made[0].id, quote.edition, Reason.ILL)
    with pytest.raises(Invalid, match="reason_required"):
        await practice.core.series.cancel(dora, made[0].id, await seen(practice, made), None)


@on_sqlite
async def test_a_session_without_a_series_is_called_off_alone(practice: SmallPractice) -> None:
    booked, dora = await practice.book(), practice.actor("dora")
    quote = await practice.core.series.quote(dora, booked.id)
    assert quote.edition == booked.version
    (ended,) = await practice.core.series.cancel(dora, booked.id, quote.edition, Reason.ILL)
    assert ended.status is Status.CANCELLED


async def test_every_session_has_its_own_trail(practice: SmallPractice) -> None:
    made = await approved(practice, weekly(2))
    entries = [(row["booking_id"], row["action"], row["details"]["series"]) for row in await practice.audit()]
    first, second = made
    assert entries == [
        (first.id, "booking.requested", first.series_id),
        (second.id, "booking.requested", first.series_id),
        (first.id, "booking.confirmed", first.series_id),
        (second.id, "booking.confirmed", first.series_id),
    ]


async def test_whoever_waits_is_asked_about_each_time_that_is_freed(practice: SmallPractice) -> None:
    made = await approved(practice)
    before = {row["key"] for row in await practice.jobs("ask_waiting")}
    ann = practice.actor("ann")
    await practice.core.series.cancel(ann, made[0].id, edition(made), Reason.ILL)
    freed = {row["key"] for row in await practice.jobs("ask_waiting")} - before
    assert len(freed) == 4


async def test_the_daily_limit_counts_the_sessions_of_the_series_itself(practice: SmallPractice) -> None:
    await practice.set_counselor("ann", daily_limit=1)
    same_day = NOON + WEEK + 3 * HOUR
    plan = Plan(repeat=weekly(3).repeat, other={2: same_day})
    refusal = await refused(practice, plan, Conflict)
    assert refusal.details == {"numbers": [1, 2]}


async def test_the_notice_holds_for_a_chosen_time_too(practice: SmallPractice) -> None:
    soon = START + timedelta(hours=1)
    plan = Plan(repeat=weekly(2).repeat, other={1: soon})
    assert (await preview(practice, plan))[1].code == "notice"


async def test_requests_of_a_series_are_one_line_for_the_counselor(practice: SmallPractice) -> None:
    made = await repeated(practice)
    alone = await practice.book("emil", NOON + HOUR + 30 * MINUTE)
    lines = await practice.core.listing.requests(practice.actor("ann"))
    assert [(each.booking.id, each.sessions) for each in lines] == [(made[0].id, 4), (alone.id, 1)]


async def test_a_card_knows_the_whole_series(practice: SmallPractice) -> None:
    made = await repeated(practice)
    alone = await practice.book("emil", NOON + HOUR + 30 * MINUTE)
    ann = practice.actor("ann")
    assert (await practice.core.listing.look(ann, made[2].id)).series == tuple(made)
    assert (await practice.core.listing.look(ann, alone.id)).series == ()


async def test_each_session_is_asked_whether_it_may_be_changed(practice: SmallPractice) -> None:
    made, dora = await approved(practice), practice.actor("dora")
    await practice.core.reschedules.propose(dora, made[2].id, made[2].version, made[2].starts_at + 2 * HOUR)
    may = await practice.core.series.may(dora, made[1].id, Action.RESCHEDULE)
    assert [(each.id, code) for each, code in may] == [
        (made[1].id, None),
        (made[2].id, "proposal_open"),
        (made[3].id, None),
    ]
