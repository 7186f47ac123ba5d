"""What every meeting provider promises; each one's tests subclass this with its own `provider` fixture."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from core.domain.session_type import Location
from core.domain.side import Side
from core.ports.meetings import Meeting, MeetingPlan, MeetingProvider, Participant
from tests.conftest import START

HOUR = timedelta(hours=1)
PLAN = MeetingPlan(
    name="confer-abcdefghijklmnopqrstuvwxyz",
    title="Riverside Counseling",
    starts_at=START + HOUR,
    ends_at=START + 2 * HOUR,
    location=Location.VIDEO,
    counselor="ben",
    host_email="ben@example.org",
)
MOVED = replace(PLAN, starts_at=START + 5 * HOUR, ends_at=START + 6 * HOUR)
CLIENT = Participant(side=Side.CLIENT, name='Dora "Ö" & <b>')
COUNSELOR = Participant(side=Side.COUNSELOR, name="Ben")
UNTIL = START + 3 * HOUR


async def address(
    provider: MeetingProvider,
    meeting: Meeting,
    participant: Participant = CLIENT,
    plan: MeetingPlan = PLAN,
    now: datetime = START,
) -> str:
    """Where a participant joins."""
    return await provider.join_address(meeting, plan, participant, now=now, until=UNTIL)


class MeetingProviderContract:
    """Idempotent by the name, and calm about what is gone already."""

    async def test_the_same_name_is_the_same_meeting(self, provider: MeetingProvider) -> None:
        first, second = await provider.create(PLAN), await provider.create(PLAN)
        assert (first.ref, first.address) == (second.ref, second.address)

    async def test_another_name_is_another_meeting(self, provider: MeetingProvider) -> None:
        other = await provider.create(replace(PLAN, name="confer-zyxwvutsrqponmlkjihgfedcba"))
        assert other.ref != (await provider.create(PLAN)).ref

    async def test_both_sides_get_an_address_that_a_browser_takes(self, provider: MeetingProvider) -> None:
        meeting = await provider.create(PLAN)
        for participant in (CLIENT, COUNSELOR):
            found = urlsplit(await address(provider, meeting, participant))
            assert (found.scheme in {"http", "https"}, bool(found.hostname)) == (True, True)
            assert found.geturl().isascii()
            assert not set(found.geturl()) & set(' <>"')

    async def test_a_moved_meeting_is_the_same_one_however_often_it_is_said(
        self, provider: MeetingProvider
    ) -> None:
        meeting = await provider.create(PLAN)
        for _ in range(2):
            assert (await provider.move(meeting, MOVED)).ref == meeting.ref
        assert (await provider.create(MOVED)).ref == meeting.ref

    async def test_cancelling_twice_is_fine(self, provider: MeetingProvider) -> None:
        meeting = await provider.create(PLAN)
        await provider.cancel(meeting)
        await provider.cancel(meeting)

    async def test_a_cancelled_meeting_can_be_made_again(self, provider: MeetingProvider) -> None:
        meeting = await provider.create(PLAN)
        await provider.cancel(meeting)
        again = await provider.create(PLAN)
        assert urlsplit(await address(provider, again)).hostname

    async def test_personal_addresses_differ_and_others_do_not_depend_on_the_moment(
        self, provider: MeetingProvider
    ) -> None:
        meeting = await provider.create(PLAN)
        later = START + timedelta(minutes=1)
        asked = [await address(provider, meeting, CLIENT, now=now) for now in (START, later)]
        host = await address(provider, meeting, COUNSELOR)
        if provider.capabilities.personal:
            assert host not in asked
        else:
            assert asked[0] == asked[1]

    async def test_it_says_how_it_stands(self, provider: MeetingProvider) -> None:
        said = await provider.check()
        assert said
        assert "secret" not in said

    async def test_its_name_is_a_setting(self, provider: MeetingProvider) -> None:
        assert provider.name in {"jitsi", "livekit", "zoom", "google_meet", "static"}
        assert START.tzinfo is UTC
