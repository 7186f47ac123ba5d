"""kill -9 at any step from the first contact to the approval: nothing is lost, nothing is doubled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from core.db.tables.bookings import bookings
from core.db.tables.people import people
from core.db.tables.trail import audit_entries, funnel_events
from core.domain.analytics import FunnelEvent
from core.domain.booking import Status
from core.domain.events import EventName
from core.domain.notification import Kind
from core.domain.side import Side
from core.jobs.table import READY, jobs
from core.services.both_ways import mail_kind
from core.services.hold import END_HOLD
from core.services.subscribers import EXPIRE_REQUEST, NOTIFY
from tests.campaign import report, times
from tests.journeys.office import alone
from tests.journeys.strike import ANN, BEN, ROUNDS, Struck
from tests.journeys.walk import PRACTICE, Walk
from tests.servers.patience import until

KILLS = times(5, soak=100)
REMINDERS = sorted((side, hours) for side in Side for hours in (1, 24))


@asynccontextmanager
async def at_work(url: str, mode: str, folder: Path) -> AsyncIterator[Struck]:
    """`confer run` with its practice and its counselors, not struck yet."""
    async with alone(url, folder, PRACTICE, (ANN, BEN), mode) as office:
        for counselor in (ANN, BEN):
            await office.telegram.phone(counselor.id).start()
        midnight = datetime.combine(datetime.now(UTC).date(), time(), UTC)
        chance = Random(mode)
        yield Struck(office=office, chance=chance, first_day=midnight + timedelta(days=7))


@pytest.mark.campaign
@pytest.mark.parametrize(("mode", "kind"), [("polling", "sqlite"), ("webhook", "postgresql")])
async def test_a_kill_at_any_step_loses_and_doubles_nothing(
    mode: str, kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    async with at_work(request.getfixturevalue(f"{kind}_url"), mode, tmp_path) as struck:
        left = KILLS
        while left:
            walks = await struck.crowd()
            hit = set(struck.chance.sample(range(ROUNDS), min(left, ROUNDS)))
            for number in range(ROUNDS):
                moment = struck.next_moment() if number in hit else None
                under_way = [walk for n, walk in enumerate(walks) if n <= number < n + len(walk.steps)]
                await struck.round(under_way, moment)
            left -= len(hit)
        await until(struck.office.nothing_is_due)
        kept = await struck.office.rows(people, bookings, audit_entries, funnel_events, jobs)
        for walk in struck.walks:
            _is_booked_once(walk, kept)
            _is_told_as_foreseen(walk, struck, kept)
        _nothing_is_left_over(struck, kept)
        assert "Traceback" not in struck.office.output
        report(f"kill -9, {mode} on {kind}: {_figures(struck)}")


Kept = dict[str, list[dict[str, Any]]]


def _is_booked_once(walk: Walk, kept: Kept) -> None:
    (client,) = [each for each in kept["people"] if each["telegram_id"] == walk.client.person.id]
    (booking,) = [each for each in kept["bookings"] if each["client_id"] == client["id"]]
    facts = (booking["status"], booking["starts_at"], booking["topic"], booking["version"])
    assert facts == (Status.CONFIRMED, walk.start, walk.topic, 3)
    entries = [each["action"] for each in kept["audit_entries"] if each["booking_id"] == booking["id"]]
    assert entries == [EventName.REQUESTED, EventName.CONFIRMED]
    steps = [each["name"] for each in kept["funnel_events"] if each["person_id"] == client["id"]]
    assert steps.count(FunnelEvent.BOOKING_SUCCESS) == 1
    for kind in (NOTIFY, mail_kind(NOTIFY)):
        jobs_of = [each["payload"] for each in kept["jobs"] if each["kind"] == kind]
        planned = [each for each in jobs_of if each.get("booking") == booking["id"]]
        reminders = [(each["side"], each["hours"]) for each in planned if each["kind"] == Kind.REMINDER]
        assert sorted(reminders) == REMINDERS


def _is_told_as_foreseen(walk: Walk, struck: Struck, kept: Kept) -> None:
    (booking,) = [each for each in kept["bookings"] if each["topic"] == walk.topic]
    for kind in (Kind.NEW_REQUEST, Kind.CONFIRMED):
        assert 1 <= struck.told(walk, kind) <= 1 + struck.foreseen[booking["id"], kind]
    assert struck.repeated_replies(walk) <= struck.struck_while_typing[walk.topic]


def _nothing_is_left_over(struck: Struck, kept: Kept) -> None:
    assert len(kept["bookings"]) == len(struck.walks)
    assert {each["kind"] for each in kept["jobs"]}.isdisjoint({END_HOLD, EXPIRE_REQUEST})
    assert {each["state"] for each in kept["jobs"]} == {READY}


def _figures(struck: Struck) -> str:
    kills = ", ".join(f"{count} {moment.name.lower()}" for moment, count in struck.kills.items())
    doubled = sum(
        struck.told(walk, kind) - 1 for walk in struck.walks for kind in (Kind.NEW_REQUEST, Kind.CONFIRMED)
    )
    replies = sum(struck.repeated_replies(walk) for walk in struck.walks)
    return (
        f"{struck.kills.total()} kills ({kills}) hit {struck.interrupted.total()} steps;"
        f" {len(struck.walks)} bookings; {doubled} notifications doubled, {struck.foreseen.total()} foreseen;"
        f" {replies} replies doubled"
    )
