"""A meeting provider that keeps its meetings in memory, and gets into the troubles it is told to."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from core.ports.meetings import Capabilities, Meeting, MeetingPlan, Participant


@dataclass(slots=True)
class RecordingProvider:
    """The meeting port; each of `troubles` meets one call, which then does nothing.

    `plans` are the meetings that there are, by their refs; `meanwhile` happens once, after the next meeting
    was made and before anybody is told. A `forgetful` one makes another meeting each time.
    """

    plans: dict[str, MeetingPlan] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    troubles: deque[Exception] = field(default_factory=deque)
    meanwhile: Callable[[], Awaitable[object]] | None = None
    forgetful: bool = False
    called: str = "recording"

    @property
    def name(self) -> str:
        """As a setting would name it."""
        return self.called

    @property
    def capabilities(self) -> Capabilities:
        """All of them."""
        return Capabilities(scheduled=True, personal=True, tells=True)

    async def create(self, plan: MeetingPlan) -> Meeting:
        """The meeting of this name."""
        self._called("create")
        ref = f"{plan.name}-{len(self.calls)}" if self.forgetful else plan.name
        self.plans[ref] = plan
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        return Meeting(ref=ref)

    async def move(self, meeting: Meeting, plan: MeetingPlan) -> Meeting:
        """The meeting at other times."""
        self._called("move")
        self.plans[meeting.ref] = plan
        return meeting

    async def cancel(self, meeting: Meeting) -> None:
        """Remove it."""
        self._called("cancel")
        self.plans.pop(meeting.ref, None)

    async def join_address(
        self, meeting: Meeting, plan: MeetingPlan, participant: Participant, *, now: datetime, until: datetime
    ) -> str:
        """An address that says everything that went into it."""
        self._called("join_address")
        assert plan.name
        return f"https://meet.test/{meeting.ref}?{participant.side}={participant.name}&at={now:%H%M}-{until:%H%M}"

    async def check(self) -> str:
        """All is well."""
        self._called("check")
        return "keeps its meetings in memory"

    def _called(self, call: str) -> None:
        self.calls.append(call)
        if self.troubles:
            raise self.troubles.popleft()
