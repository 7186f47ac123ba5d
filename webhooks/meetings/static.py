"""A fixed address: the practice has its own place to meet, and nothing is made or removed there."""

from datetime import datetime

from core.ports.meetings import Capabilities, Meeting, MeetingPlan, Participant


class Static:
    """CONFER_MEETING_URL, in which `{counselor}` stands for the slug, `{meeting}` for the meeting's name."""

    name = "static"
    capabilities = Capabilities()

    def __init__(self, url: str) -> None:
        self._url = url

    async def create(self, plan: MeetingPlan) -> Meeting:
        """There is nothing to make."""
        return Meeting(ref=plan.name)

    async def move(self, meeting: Meeting, plan: MeetingPlan) -> Meeting:
        """The address knows no times."""
        del plan
        return meeting

    async def cancel(self, meeting: Meeting) -> None:
        """There is nothing to remove."""

    async def join_address(
        self, meeting: Meeting, plan: MeetingPlan, participant: Participant, *, now: datetime, until: datetime
    ) -> str:
        """The same for everybody."""
        del participant, now, until
        return self._url.replace("{counselor}", plan.counselor).replace("{meeting}", meeting.ref)

    async def check(self) -> str:
        """What people get."""
        return f"everybody meets at {self._url}"

    async def close(self) -> None:
        """Nothing is open."""
