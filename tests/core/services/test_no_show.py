"""No-show reports: said by the client, answered by the counselor, decided by the admin."""

import asyncio
from dataclasses import replace

import pytest

from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from core.domain.no_show import ANSWER_WITHIN, Report, ReportStatus
from core.domain.notification import Dispute
from core.domain.outcome import Outcome, outcome_of
from core.domain.person import Role
from core.domain.side import Side
from tests.core.services.sessions import DURATION, at, begun, over, told
from tests.core.services.small_practice import DAY, HOUR, MINUTE, SmallPractice, on_sqlite

ABSENT, CAME = Outcome.COUNSELOR_ABSENT, Outcome.TOOK_PLACE


async def reported(practice: SmallPractice, booking: Booking, claim: Outcome = ABSENT) -> Report:
    """Dora says what she saw."""
    no_shows = practice.core.no_shows
    return await no_shows.report(
        practice.actor("dora"), booking.id, booking.version, claim, "Nobody was there."
    )


async def disputed(practice: SmallPractice, answer: Outcome = CAME) -> tuple[Booking, Report]:
    """A session over which Dora and Ben disagree."""
    booked = await begun(practice)
    report = await reported(practice, booked)
    report = await practice.core.no_shows.answer(
        practice.actor("ben"), booked.id, report.version, answer, "I was there."
    )
    return booked, report


async def the_report(practice: SmallPractice, booking: Booking) -> Report:
    """The report as it is now."""
    async with practice.store.read() as uow:
        report = await uow.no_shows.get(booking.id)
    assert report is not None
    return report


async def test_a_client_may_say_from_the_start_on_that_the_counselor_did_not_come(
    practice: SmallPractice,
) -> None:
    booked = await practice.book(counselor="ben")
    await at(practice, -MINUTE)
    with pytest.raises(Conflict, match=r"^too_early$"):
        await reported(practice, booked)
    await at(practice)
    report = await reported(practice, booked)
    assert report == await the_report(practice, booked)
    assert (report.claim, report.words, report.status) == (ABSENT, "Nobody was there.", ReportStatus.ASKED)
    assert await practice.booking(booked.id) == booked  # said, not decided
    assert ("no_show_reported", "Ben") in await told(practice)


async def test_a_counselor_who_agrees_settles_it(practice: SmallPractice) -> None:
    booked = await begun(practice)
    report = await reported(practice, booked)
    ben = practice.actor("ben")
    agreed = await practice.core.no_shows.answer(ben, booked.id, report.version, ABSENT)
    now = await practice.booking(booked.id)
    assert (agreed.status, now.status, now.absent) == (ReportStatus.AGREED, Status.NO_SHOW, Side.COUNSELOR)
    assert now.refund is not None
    assert now.refund.percent == 100
    assert await told(practice) == [("no_show", "Dora")]
    assert await practice.jobs() == []


@pytest.mark.parametrize("answer", [Outcome.TOOK_PLACE, Outcome.CLIENT_ABSENT])
async def test_where_they_disagree_the_admin_gets_the_words_of_both(
    practice: SmallPractice, answer: Outcome
) -> None:
    booked, report = await disputed(practice, answer)
    assert (report.status, report.answer) == (ReportStatus.DISPUTED, answer)
    assert await practice.booking(booked.id) == booked
    assert "no_show" not in {kind for kind, _ in await told(practice)}
    (dispute,) = [each for each in practice.messenger.sent if isinstance(each, Dispute)]
    assert (dispute.to.name, dispute.report) == ("Ada", report)
    assert (dispute.report.words, dispute.report.answer_words) == ("Nobody was there.", "I was there.")


@pytest.mark.parametrize("answer", [Outcome.TOOK_PLACE, Outcome.CLIENT_ABSENT])
@pytest.mark.parametrize("decision", Outcome)
async def test_the_admin_decides_and_both_are_told(
    practice: SmallPractice, answer: Outcome, decision: Outcome
) -> None:
    booked, report = await disputed(practice, answer)
    await practice.run_due()
    ada = practice.actor("ada")
    decided = await practice.core.no_shows.decide(ada, booked.id, report.version, decision)
    assert decided == await practice.booking(booked.id)
    assert outcome_of(decided) is decision
    kept = await the_report(practice, booked)
    assert (kept.status, kept.decision, kept.decided_by) == (
        ReportStatus.DECIDED,
        decision,
        ada.person_id,
    )
    kind = "completed" if decision is CAME else "no_show"
    assert sorted(await told(practice)) == [(kind, "Ben"), (kind, "Dora")]
    last = (await practice.audit())[-1]
    assert (last["action"], last["actor_id"], last["details"]["party"]) == (
        f"booking.{kind}",
        ada.person_id,
        "admin",
    )


async def test_a_decision_that_leaves_it_as_it_was_is_told_as_well(practice: SmallPractice) -> None:
    done = await over(practice, Outcome.CLIENT_ABSENT)
    report = await reported(practice, done, CAME)
    report = await practice.core.no_shows.answer(
        practice.actor("ben"), done.id, report.version, Outcome.CLIENT_ABSENT
    )
    await practice.run_due()
    ada = practice.actor("ada")
    await practice.core.no_shows.decide(ada, done.id, report.version, Outcome.CLIENT_ABSENT)
    assert await practice.booking(done.id) == done
    assert sorted(await told(practice)) == [("no_show_decided", "Ben"), ("no_show_decided", "Dora")]


async def test_a_client_who_is_called_absent_may_object(practice: SmallPractice) -> None:
    done = await over(practice, Outcome.CLIENT_ABSENT)
    report = await reported(practice, done, CAME)
    await practice.core.no_shows.answer(practice.actor("ben"), done.id, report.version, CAME)
    now = await practice.booking(done.id)
    assert (now.status, now.absent, now.refund) == (Status.COMPLETED, None, None)


@on_sqlite
@pytest.mark.parametrize(
    ("outcome", "claim"),
    [
        (Outcome.TOOK_PLACE, Outcome.TOOK_PLACE),
        (Outcome.TOOK_PLACE, Outcome.CLIENT_ABSENT),
        (Outcome.COUNSELOR_ABSENT, Outcome.COUNSELOR_ABSENT),
        (Outcome.COUNSELOR_ABSENT, Outcome.TOOK_PLACE),
    ],
)
async def test_there_is_nothing_to_object_to_in_what_one_would_say_oneself(
    practice: SmallPractice, outcome: Outcome, claim: Outcome
) -> None:
    done = await over(practice, outcome)
    with pytest.raises(Conflict, match=r"^moved_on$"):
        await reported(practice, done, claim)


async def test_a_completed_session_can_be_reported_for_seven_days(practice: SmallPractice) -> None:
    done = await over(practice)
    await at(practice, DURATION + 7 * DAY - MINUTE)
    assert (await reported(practice, done)).status is ReportStatus.ASKED


@on_sqlite
async def test_after_seven_days_it_stays_as_it_is(practice: SmallPractice) -> None:
    done = await over(practice)
    await at(practice, DURATION + 7 * DAY)
    with pytest.raises(Conflict, match=r"^too_late$"):
        await reported(practice, done)


async def test_the_decision_may_come_later_than_that(practice: SmallPractice) -> None:
    done = await over(practice)
    report = await reported(practice, done)
    await at(practice, 20 * DAY)
    await practice.run_due()
    ada = practice.actor("ada")
    decided = await practice.core.no_shows.decide(ada, done.id, report.version + 1, ABSENT)
    assert (decided.status, decided.absent) == (Status.NO_SHOW, Side.COUNSELOR)


async def test_silence_hands_it_to_the_admin_and_completes_nothing(practice: SmallPractice) -> None:
    booked = await begun(practice)
    await reported(practice, booked)
    await practice.clock.advance(ANSWER_WITHIN - MINUTE)
    await practice.run_due()
    assert (await the_report(practice, booked)).status is ReportStatus.ASKED
    await practice.clock.advance(MINUTE)
    await practice.run_due()
    assert (await the_report(practice, booked)).status is ReportStatus.DISPUTED
    assert [each.to.name for each in practice.messenger.sent if isinstance(each, Dispute)] == ["Ada"]
    assert await practice.booking(booked.id) == booked
    assert (await practice.audit())[-1]["actor_id"] is None


async def test_a_counselor_may_come_round_while_nothing_is_decided(practice: SmallPractice) -> None:
    booked, report = await disputed(practice)
    await practice.core.no_shows.answer(practice.actor("ben"), booked.id, report.version, ABSENT)
    assert (await practice.booking(booked.id)).absent is Side.COUNSELOR
    await practice.run_due()
    assert [each for each in practice.messenger.sent if isinstance(each, Dispute)] == []


async def test_after_a_report_the_counselor_answers_it_instead_of_saying_an_outcome(
    practice: SmallPractice,
) -> None:
    booked, report = await disputed(practice)
    ben, ada = practice.actor("ben"), practice.actor("ada")
    with pytest.raises(Conflict, match=r"^reported$"):
        await practice.core.running.settle(ben, booked.id, booked.version, CAME)
    decided = await practice.core.no_shows.decide(ada, booked.id, report.version, ABSENT)
    with pytest.raises(Conflict, match=r"^reported$"):
        await practice.core.running.settle(ben, booked.id, decided.version, CAME)
    assert await practice.booking(booked.id) == decided


@on_sqlite
async def test_the_admin_settles_nothing_past_an_open_report_but_may_correct_a_decision(
    practice: SmallPractice,
) -> None:
    booked, report = await disputed(practice)
    ada = practice.actor("ada")
    with pytest.raises(Conflict, match=r"^reported$"):
        await practice.core.running.settle(ada, booked.id, booked.version, CAME)
    decided = await practice.core.no_shows.decide(ada, booked.id, report.version, ABSENT)
    corrected = await practice.core.running.settle(ada, booked.id, decided.version, CAME)
    assert corrected.status is Status.COMPLETED


async def test_the_end_of_a_reported_session_asks_nobody_how_it_went(practice: SmallPractice) -> None:
    booked = await begun(practice)
    await reported(practice, booked)
    await practice.run_due()
    await at(practice, DURATION)
    assert await told(practice) == []


async def test_saying_the_same_twice_is_saying_it_once(practice: SmallPractice) -> None:
    booked = await begun(practice)
    report = await reported(practice, booked)
    assert await reported(practice, booked) == report
    ben = practice.actor("ben")
    answered = await practice.core.no_shows.answer(ben, booked.id, report.version, CAME, "I was there.")
    assert (
        await practice.core.no_shows.answer(ben, booked.id, report.version, CAME, "I was there.") == answered
    )
    actions = [row["action"] for row in await practice.audit()]
    assert actions[1:] == ["no_show.reported", "no_show.disputed"]


async def test_a_session_is_reported_once(practice: SmallPractice) -> None:
    booked = await begun(practice)
    await reported(practice, booked)
    with pytest.raises(Conflict, match=r"^reported$"):
        await practice.core.no_shows.report(
            practice.actor("dora"), booked.id, booked.version, ABSENT, "Something else."
        )


async def test_what_was_said_of_an_older_version_is_refused(practice: SmallPractice) -> None:
    booked = await begun(practice)
    ben = practice.actor("ben")
    await practice.core.running.start(ben, booked.id, booked.version)
    with pytest.raises(Conflict, match=r"^stale$"):
        await reported(practice, booked)
    report = await reported(practice, await practice.booking(booked.id))
    disputed = await practice.core.no_shows.answer(ben, booked.id, report.version, CAME)
    with pytest.raises(Conflict, match=r"^stale$"):
        await practice.core.no_shows.answer(ben, booked.id, report.version, ABSENT)
    with pytest.raises(Conflict, match=r"^stale$"):
        await practice.core.no_shows.decide(practice.actor("ada"), booked.id, report.version, ABSENT)
    assert await the_report(practice, booked) == disputed


@on_sqlite
@pytest.mark.parametrize("who", ["ben", "emil", "ada"])
async def test_only_the_client_reports(practice: SmallPractice, who: str) -> None:
    booked = await begun(practice)
    with pytest.raises(DomainError):
        await practice.core.no_shows.report(practice.actor(who), booked.id, booked.version, ABSENT)
    assert await practice.jobs("escalate_report") == []


@on_sqlite
@pytest.mark.parametrize("who", ["dora", "emil", "ada", "ann"])
async def test_only_the_counselor_answers(practice: SmallPractice, who: str) -> None:
    booked = await begun(practice)
    report = await reported(practice, booked)
    with pytest.raises(DomainError):
        await practice.core.no_shows.answer(practice.actor(who), booked.id, report.version, CAME)
    assert await the_report(practice, booked) == report


@on_sqlite
@pytest.mark.parametrize("who", ["dora", "ben", "emil"])
async def test_only_the_admin_decides_and_lists(practice: SmallPractice, who: str) -> None:
    booked, report = await disputed(practice)
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await practice.core.no_shows.decide(practice.actor(who), booked.id, report.version, ABSENT)
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await practice.core.no_shows.disputes(practice.actor(who), 0)


async def test_a_report_is_for_those_it_concerns(practice: SmallPractice) -> None:
    booked, report = await disputed(practice)
    for who in ("dora", "ben", "ada"):
        assert (await practice.core.no_shows.details(practice.actor(who), booked.id)).report == report
    with pytest.raises(NotFound, match=r"^booking_not_found$"):
        await practice.core.no_shows.details(practice.actor("emil"), booked.id)
    other = await practice.book("emil", booked.ends_at + HOUR, counselor="ben")
    with pytest.raises(NotFound, match=r"^report_not_found$"):
        await practice.core.no_shows.details(practice.actor("emil"), other.id)


async def test_nothing_is_decided_before_the_counselor_was_heard(practice: SmallPractice) -> None:
    booked = await begun(practice)
    report = await reported(practice, booked)
    with pytest.raises(Conflict, match=r"^report_closed$"):
        await practice.core.no_shows.decide(practice.actor("ada"), booked.id, report.version, ABSENT)


async def test_an_admin_who_was_in_the_session_decides_only_where_there_is_no_other(
    practice: SmallPractice,
) -> None:
    booked, report = await disputed(practice)
    await _make_admin(practice, "ben")
    with pytest.raises(Forbidden, match=r"^own_case$"):
        await practice.core.no_shows.decide(practice.actor("ben"), booked.id, report.version, CAME)
    await practice.run_due()
    assert [each.to.name for each in practice.messenger.sent if isinstance(each, Dispute)] == ["Ada"]
    await _make_admin(practice, "ada", admin=False)
    await practice.core.no_shows.decide(practice.actor("ben"), booked.id, report.version, CAME)
    assert (await the_report(practice, booked)).decision is CAME


async def test_the_list_has_what_waits_for_the_admin_the_oldest_first(practice: SmallPractice) -> None:
    ada = practice.actor("ada")
    assert (await practice.core.no_shows.disputes(ada, 3)).total == 0
    first, _ = await disputed(practice)
    other = await practice.book("emil", first.ends_at + HOUR, counselor="ann", kind="quick")
    await practice.clock.advance(3 * HOUR)
    report = await practice.core.no_shows.report(practice.actor("emil"), other.id, other.version, ABSENT)
    assert [each.report.booking_id for each in (await practice.core.no_shows.disputes(ada, 0)).lines] == [
        first.id
    ]
    await practice.core.no_shows.answer(practice.actor("ann"), other.id, report.version, CAME)
    found = await practice.core.no_shows.disputes(ada, 9)
    assert (found.total, found.page) == (2, 0)
    assert [
        (each.report.booking_id, each.client_name, each.counselor_name, each.starts_at)
        for each in found.lines
    ] == [
        (first.id, "Dora", "Ben", first.starts_at),
        (other.id, "Emil", "Ann", other.starts_at),
    ]


@on_sqlite
async def test_words_that_are_too_long_report_nothing(practice: SmallPractice) -> None:
    booked = await begun(practice)
    with pytest.raises(Invalid, match=r"^too_long$"):
        await practice.core.no_shows.report(
            practice.actor("dora"), booked.id, booked.version, ABSENT, "x" * 1001
        )
    with pytest.raises(NotFound, match=r"^report_not_found$"):
        await practice.core.no_shows.details(practice.actor("dora"), booked.id)


async def test_of_an_agreement_and_a_decision_in_the_same_second_one_holds(practice: SmallPractice) -> None:
    booked, report = await disputed(practice)
    results = await asyncio.gather(
        practice.core.no_shows.answer(practice.actor("ben"), booked.id, report.version, ABSENT),
        practice.core.no_shows.decide(practice.actor("ada"), booked.id, report.version, CAME),
        return_exceptions=True,
    )
    refused = [each for each in results if isinstance(each, Conflict)]
    assert len(refused) == 1
    assert refused[0].code in {"stale", "report_closed"}
    kept, now = await the_report(practice, booked), await practice.booking(booked.id)
    wanted = ABSENT if kept.status is ReportStatus.AGREED else CAME
    assert outcome_of(now) is wanted


async def _make_admin(practice: SmallPractice, name: str, *, admin: bool = True) -> None:
    person = practice.people[name]
    roles = person.roles | {Role.ADMIN} if admin else person.roles - {Role.ADMIN}
    changed = replace(person, roles=roles)
    practice.people[name] = changed
    async with practice.store.write() as uow:
        await uow.people.save(changed)
