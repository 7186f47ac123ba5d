"""What every rule works with: the world, the model, and one way to try something."""

from asyncio import AbstractEventLoop
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from core.domain.access import Actor
from core.domain.actions import ALLOWED, Action, Party
from core.domain.booking import Status
from core.domain.errors import DomainError
from core.services.use_cases import UseCases
from tests.conftest import START
from tests.core.services.life.known import Session
from tests.core.services.life.model import Model
from tests.core.services.life.terms import MINUTE, OPENS, wall
from tests.core.services.life.world import World

T = TypeVar("T")

CLIENTS = ("dora", "emil", "ada", "ben")
"""Ben is a counselor too, and Ada the admin."""
PEOPLE = (*CLIENTS, "ann")
WHO = st.sampled_from(CLIENTS)
PICK = st.integers(0, 99)
RARELY = st.integers(0, 9).map(lambda number: number == 9)
TIME = st.integers(0, 199)
DAYS = (0, 1, 1, 2, 3, 29, 31)
HALF_HOURS = (0, 1, 3, 6, 9, 12, 14, 15, 16, -1, 0.25)
"""Days from today and half hours from the beginning of work: what people tap without looking."""
WORDS = st.sampled_from(("", "Well.", "Not quite so."))


@dataclass(slots=True)
class Tally:
    """What was done so far: steps, by their names and what they came to (done, or the code of a refusal)."""

    steps: int = 0
    examples: int = 0
    seconds: float = 0.0
    came: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an example plays."""

    loop: AbstractEventLoop
    world: World
    tally: Tally


class Machine(RuleBasedStateMachine):
    """The world beside its model. Every step is one call of one use case, and counted."""

    stage: ClassVar[Stage]

    def __init__(self) -> None:
        super().__init__()
        self.world = self.stage.world
        self.model = Model(START)
        self.begun = False
        self.stage.tally.examples += 1

    @property
    def core(self) -> UseCases:
        """The use cases of the program that runs now."""
        return self.world.practice.core

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something in the world."""
        return self.stage.loop.run_until_complete(work)

    def attempt(self, name: str, work: Awaitable[T], code: str | None) -> T | None:
        """What the use case gives where the model refuses nothing, None where both refuse with this code."""

        async def outcome() -> T | DomainError:
            try:
                return await work
            except DomainError as error:
                return error

        came = self.run(outcome())
        said = came.code if isinstance(came, DomainError) else None
        assert said == code, f"{name}: the model says {code}, the service {said}"
        self.count(name, code or "done")
        return None if isinstance(came, DomainError) else came

    def count(self, name: str, came: str = "done") -> None:
        """One more step."""
        self.stage.tally.steps += 1
        self.stage.tally.came[f"{name}: {came}"] += 1

    def actor(self, name: str) -> Actor:
        return self.world.practice.actor(name)

    def id_of(self, name: str | None) -> int | None:
        """The number of a person in the database."""
        return None if name is None else self.world.practice.people[name].id

    def start_of(self, counselor: str, days: int, half_hours: float) -> datetime:
        """A time on the counselor's clock, counted from today and from when their day begins."""
        day = self.model.today(counselor) + timedelta(days=days)
        zone = wall(counselor, self.model.now).tzinfo
        begins = datetime.combine(day, OPENS, zone).astimezone(self.model.now.tzinfo)
        return begins + round(half_hours * 30) * MINUTE

    def a_start(self, time: int, counselor: str, unfree: Callable[[datetime], str | None]) -> datetime:
        """Mostly one of the next starts that are free, as people see them; else any."""
        free: list[datetime] = []
        if time % 6 != 5:
            starts = (self.start_of(counselor, days, each) for days in range(4) for each in range(16))
            free = list(islice((each for each in starts if unfree(each) is None), 8))
        if free:
            return free[time // 6 % len(free)]
        return self.start_of(counselor, DAYS[time % len(DAYS)], HALF_HOURS[time % len(HALF_HOURS)])

    def some(self, pick: int, fits: Callable[[Session], bool]) -> Session | None:
        """One of the sessions, where there are such one that fits; every tenth time any."""
        every = list(reversed(self.model.sessions.values()))
        fitting = [each for each in every if fits(each)] if pick % 10 != 9 else []
        found = fitting or every
        return found[pick // 10 % len(found)] if found else None

    def allowed(self, pick: int, action: Action) -> Session | None:
        """A session in a status in which somebody may do this, mostly."""
        statuses = frozenset[Status]().union(*ALLOWED[action].values())
        return self.some(pick, lambda each: each.status in statuses)

    def somebody(self, session: Session, pick: int, parties: Sequence[Party]) -> str:
        """One of the parties to a session; every seventh time anybody."""
        if pick % 7 == 6:
            return PEOPLE[pick // 7 % len(PEOPLE)]
        chosen = parties[pick // 7 % len(parties)]
        return {Party.CLIENT: session.client, Party.COUNSELOR: session.counselor, Party.ADMIN: "ada"}[chosen]

    def who_may(self, session: Session, pick: int, action: Action) -> str:
        """Somebody whose business this is, mostly."""
        return self.somebody(session, pick, list(ALLOWED[action]))
