"""One run of the booking wizard: the draft in hand, and the step that comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.callbacks import Callback, ShowCounselors, ShowMonth, ShowTypes
from bot.drafts import Draft, dump, load
from bot.screens.booking_header import Chosen
from bot.screens.screen import Screen
from bot.turn import Reply, Turn
from core.domain.analytics import FunnelEvent
from core.domain.counselor import Counselor
from core.domain.errors import Conflict
from core.domain.practice import Practice
from core.domain.session_type import SessionType
from core.domain.zones import zone
from core.services.drafts import DraftRow
from core.services.offers import Wanted

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A draft and the turn in which it is worked on."""

    turn: Turn
    row: DraftRow
    draft: Draft

    @property
    def id(self) -> int:
        """The draft's id, as buttons carry it."""
        return self.row.id

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        return self.draft.wanted

    async def keep(self, step: FunnelEvent | None = None, **changes: object) -> "Run":
        """The run with other choices, which are kept, and with them the step of the funnel they are.

        The funnel is about what clients book: it does not learn of moves, nor of what is booked for them.
        """
        draft = self.draft.with_(**changes)
        step = None if draft.moving or draft.client_id else step
        data = _TOLD[step](draft) if step else {}
        await self.turn.core.drafts.save(self.turn.actor, self.row, dump(draft), step, **data)
        return replace(self, draft=draft, row=replace(self.row, payload=dump(draft)))

    async def without_hold(self) -> "Run":
        """The run with nothing held any more: a step before the details is shown again."""
        if self.draft.hold_id is None:
            return self
        await self.turn.core.holds.release(self.turn.actor, self.draft.hold_id)
        return await self.keep(hold_id=None, start=None, held_until=None, asking=None)

    @property
    def duration(self) -> timedelta:
        """How long the session lasts."""
        return timedelta(minutes=self.wanted.minutes)

    def reply(self, screen: Screen, toast: str | None = None) -> Reply:
        """A step of the wizard, in the wizard's own message."""
        return Reply(screen=screen, toast=toast, draft=self.row)

    def counselors(self) -> list[Counselor]:
        """Who may be chosen in this run."""
        practice = self.turn.practice
        found = practice.offering_counselors() if self.draft.waiting else practice.bookable_counselors()
        if self.draft.program_id is None:
            return found
        return [each for each in found if self.offered_by(each.id)]

    def session_types(self) -> list[SessionType]:
        """What the chosen counselor offers in this run."""
        return self.offered_by(self.draft.counselor_id) if self.draft.counselor_id is not None else []

    def chosen(self) -> Chosen:
        """The choices so far, in words."""
        return chosen(self.turn.practice, self.draft)

    def today(self) -> date:
        """The date on the client's wall."""
        return self.turn.now.astimezone(zone(self.turn.zone)).date()

    def midnight(self, day: date) -> datetime:
        """The instant at which a date begins for the client."""
        return datetime.combine(day, time(), zone(self.turn.zone)).astimezone(UTC)

    def last_day(self) -> date:
        """The client's last date on which the counselor may be booked, or the one after it."""
        counselor = self.turn.practice.counselor(self.wanted.counselor_id)
        return self.today() + ONE_DAY * (counselor.window_days + 1)

    async def slots_on(self, day: date) -> list[datetime]:
        """The free starts of one of the client's dates; none where it cannot be booked at all."""
        if not self.today() <= day <= self.last_day():
            return []
        return await self.slots_between(self.midnight(day), self.midnight(day + ONE_DAY))

    async def slots_between(self, first: datetime, until: datetime) -> list[datetime]:
        """The free starts in [first, until), for a new booking or for the one that moves."""
        core, actor = self.turn.core, self.turn.actor
        if self.draft.moving is not None:
            return await core.move_times.between(
                actor, self.draft.moving, first, until, following=self.draft.following
            )
        return await core.offers.between(actor, self.wanted, first, until, for_id=self.draft.client_id)

    async def nearest(self, start: datetime) -> list[datetime]:
        """The free starts closest to one that could not be had."""
        core, actor = self.turn.core, self.turn.actor
        if self.draft.moving is not None:
            return await core.move_times.nearest(
                actor, self.draft.moving, start, following=self.draft.following
            )
        return await core.offers.nearest(actor, self.wanted, start, for_id=self.draft.client_id)

    async def next_free_after(self, day: date) -> date | None:
        """The client's first date after `day` with a free slot."""
        day = min(max(day, self.today() - ONE_DAY), self.last_day())
        core, actor, after = self.turn.core, self.turn.actor, self.midnight(day + ONE_DAY)
        if self.draft.moving is not None:
            start = await core.move_times.earliest(
                actor, self.draft.moving, after, following=self.draft.following
            )
        else:
            start = await core.offers.earliest(actor, self.wanted, after, for_id=self.draft.client_id)
        return start.astimezone(zone(self.turn.zone)).date() if start else None

    def offered_by(self, counselor_id: int) -> list[SessionType]:
        """What a counselor offers in this run."""
        offered = self.turn.practice.offered_by(counselor_id)
        program = self.draft.program_id
        return [each for each in offered if program is None or each.program_id == program]


_TOLD: Mapping[FunnelEvent, Callable[[Draft], dict[str, object]]] = {
    FunnelEvent.COUNSELOR_SELECTED: lambda draft: {"counselor": draft.counselor_id},
    FunnelEvent.DATE_SELECTED: lambda draft: {"date": draft.day and draft.day.isoformat()},
    FunnelEvent.TIME_SELECTED: lambda draft: {
        "time": draft.start and draft.start.isoformat(),
        "counselor": draft.counselor_id,
    },
}
"""What the funnel is told of a draft with each step."""


def chosen(practice: Practice, draft: Draft) -> Chosen:
    """The choices of a draft, in words."""
    counselor = practice.counselors.get(draft.counselor_id or 0)
    kind = practice.session_types.get(draft.session_type_id or 0)
    program = practice.programs.get(draft.program_id or 0)
    return Chosen(
        program=program.title if program else "",
        counselor=draft.other or (counselor.name if counselor else ""),
        session_type=kind.title if kind else "",
        minutes=draft.minutes or 0,
        moved_from=draft.moved_from,
        for_client=draft.client_id is not None,
    )


async def open_run(turn: Turn, draft_id: int) -> Run:
    """The run with this draft; Conflict `already_booked` once it has led to a booking."""
    row = await turn.core.drafts.get(turn.actor, draft_id)
    draft = load(row.payload)
    if draft.booked_id is not None:
        raise Conflict("already_booked", booking_id=draft.booked_id)
    return Run(turn=turn, row=row, draft=draft)


async def start_run(turn: Turn, draft: Draft) -> Run:
    """A new run; typed text belongs to it from now on."""
    row = await turn.core.drafts.start(
        turn.actor,
        dump(draft),
        FunnelEvent.PAGE_VIEW if draft.wizard and not (draft.moving or draft.client_id) else None,
        message_id=turn.message_id,
        program=draft.program_id,
        preselected=draft.preselected,
    )
    return Run(turn=turn, row=row, draft=draft)


def back_from(run: Run, step: Callback) -> Callback | None:
    """The step before one of the first three, leaving out those with nothing to choose."""
    if run.draft.moving:
        return None
    if isinstance(step, ShowMonth):
        kinds = run.session_types()
        if len(kinds) > 1 or any(len(each.durations) > 1 for each in kinds):
            return ShowTypes(run.id)
    if not run.draft.preselected and len(run.counselors()) > 1:
        return ShowCounselors(run.id)
    return None
