"""The port to meetings: where people meet online, in the core's words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.session_type import Location
from core.domain.side import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a provider can do.

    `scheduled` meetings are made ahead and follow the booking's times; `personal` addresses are made for one
    person and one moment; it `tells` who came.
    """

    scheduled: bool = False
    personal: bool = False
    tells: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """What a meeting is made from.

    `name` is the booking's own for life, of a-z, 0-9 and -, and nobody can guess it; a meeting of this name
    made again is the same one. `title` names no person. `counselor` is the slug, `host_email` an address
    under which the counselor may be known to the provider.
    """

    name: str
    title: str
    starts_at: datetime
    ends_at: datetime
    location: Location
    counselor: str
    host_email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting at its provider, known there by `ref`; `address` is where everybody may join, if anywhere."""

    ref: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who joins: the side, and the name that the others see."""

    side: Side
    name: str


class MeetingProvider(Protocol):
    """Keeps meetings; each call may be repeated and does the same again.

    Raises `Unavailable`, `AuthExpired` and `Rejected` of `core.ports.trouble`.
    """

    @property
    def name(self) -> str:
        """The value of CONFER_MEETING_PROVIDER that stands for it."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    async def create(self, plan: MeetingPlan) -> Meeting:
        """The meeting of this plan's name, made unless there is one."""

    async def move(self, meeting: Meeting, plan: MeetingPlan) -> Meeting:
        """The meeting at the plan's times; another one where it is gone."""

    async def cancel(self, meeting: Meeting) -> None:
        """See to it that nobody can meet there; fine where it is gone already."""

    async def join_address(
        self, meeting: Meeting, plan: MeetingPlan, participant: Participant, *, now: datetime, until: datetime
    ) -> str:
        """Where this participant joins, made at the moment of the click and good until then at most."""

    async def check(self) -> str:
        """How it stands, in a few words for the operator."""
