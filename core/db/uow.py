"""One transaction with everything that can be read and written in it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cached_property
from typing import TypeAlias

from core.db.engine import Connection, Database
from core.db.repositories.address_checks import AddressChecks
from core.db.repositories.bookings import Bookings
from core.db.repositories.choices import ChoiceRows
from core.db.repositories.counselors import Counselors
from core.db.repositories.deliveries import Deliveries
from core.db.repositories.drafts import Drafts
from core.db.repositories.enrollments import Enrollments
from core.db.repositories.inbox import Inbox
from core.db.repositories.meetings import Meetings
from core.db.repositories.no_shows import NoShows
from core.db.repositories.people import People
from core.db.repositories.practice import CurrentPractice, PracticeCache
from core.db.repositories.private_notes import PrivateNotes
from core.db.repositories.programs import Programs
from core.db.repositories.proposals import Proposals
from core.db.repositories.reviews import Reviews
from core.db.repositories.series import Series
from core.db.repositories.session_types import SessionTypes
from core.db.repositories.settings import Settings
from core.db.repositories.tokens import Tokens
from core.db.repositories.trail import Audit, Funnel
from core.db.repositories.waitlist import Waitlist
from core.db.snapshot import Snapshot, Snapshots
from core.domain.events import Event
from core.domain.practice import Practice

Publish: TypeAlias = Callable[[Connection, Sequence[Event]], Awaitable[None]]
"""Enqueues what follows from events, in the transaction in which they happened."""


class UnitOfWork:
    """A transaction: its connection, its repositories and the events that happen in it."""

    def __init__(self, conn: Connection, cache: PracticeCache) -> None:
        self.conn = conn
        self.events: list[Event] = []
        self._practice = CurrentPractice(conn, cache)

    async def practice(self) -> Practice:
        """The whole set-up; costs one tiny query at most while nobody changes it."""
        return await self._practice.get()

    async def practice_to_change(self) -> Practice:
        """The set-up while everybody else who changes it waits, so that what is read here is not lost."""
        await self._practice.change()
        return await self._practice.get()

    def record(self, event: Event) -> None:
        """Have what follows from this event enqueued with the commit."""
        self.events.append(event)

    @cached_property
    def people(self) -> People:
        """Everybody known to the practice."""
        return People(self.conn, self._practice.seen)

    @cached_property
    def counselors(self) -> Counselors:
        """Writes counselors; they are read in `practice`."""
        return Counselors(self.conn, self._practice.change)

    @cached_property
    def session_types(self) -> SessionTypes:
        """Writes session types; they are read in `practice`."""
        return SessionTypes(self.conn, self._practice.change)

    @cached_property
    def programs(self) -> Programs:
        """Writes programs; they are read in `practice`."""
        return Programs(self.conn, self._practice.change)

    @cached_property
    def settings(self) -> Settings:
        """Settings by name."""
        return Settings(self.conn, self._practice.change)

    @cached_property
    def enrollments(self) -> Enrollments:
        """Admissions of clients to programs."""
        return Enrollments(self.conn)

    @cached_property
    def bookings(self) -> Bookings:
        """Bookings and holds, and the times they take."""
        return Bookings(self.conn)

    @cached_property
    def series(self) -> Series:
        """Repeated bookings."""
        return Series(self.conn)

    @cached_property
    def drafts(self) -> Drafts:
        """What people are in the middle of."""
        return Drafts(self.conn)

    @cached_property
    def audit(self) -> Audit:
        """Who did what and when."""
        return Audit(self.conn)

    @cached_property
    def funnel(self) -> Funnel:
        """How people come to a booking."""
        return Funnel(self.conn)

    @cached_property
    def tokens(self) -> Tokens:
        """Single-use links."""
        return Tokens(self.conn)

    @cached_property
    def proposals(self) -> Proposals:
        """Other times offered for bookings."""
        return Proposals(self.conn)

    @cached_property
    def reviews(self) -> Reviews:
        """What clients say of their sessions in public."""
        return Reviews(self.conn)

    @cached_property
    def no_shows(self) -> NoShows:
        """Reports of clients who see an outcome otherwise."""
        return NoShows(self.conn)

    @cached_property
    def private_notes(self) -> PrivateNotes:
        """What counselors write down for themselves."""
        return PrivateNotes(self.conn)

    @cached_property
    def waitlist(self) -> Waitlist:
        """Who would like a time that is taken."""
        return Waitlist(self.conn)

    @cached_property
    def meetings(self) -> Meetings:
        """Where sessions meet online, and who came."""
        return Meetings(self.conn)

    @cached_property
    def choices(self) -> ChoiceRows:
        """What people want to hear of where."""
        return ChoiceRows(self.conn)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What became of the messages to people."""
        return Deliveries(self.conn)

    @cached_property
    def address_checks(self) -> AddressChecks:
        """E-mail addresses on their way to being verified."""
        return AddressChecks(self.conn)

    @cached_property
    def inbox(self) -> Inbox:
        """Facts received from outside."""
        return Inbox(self.conn)


class Store:
    """Transactions on one database; `publish` is called with the events of each before its commit."""

    def __init__(self, database: Database, publish: Publish) -> None:
        self._database = database
        self._publish = publish
        self._cache = PracticeCache()
        self._snapshots = Snapshots[UnitOfWork]()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that may change rows: committed at the end, rolled back on any exception."""
        snapshot = self._snapshots.mine()
        if snapshot is not None:
            await snapshot.end()  # what is read afterwards is to see what is written here
        async with self._database.write() as conn:
            uow = UnitOfWork(conn, self._cache)
            yield uow
            if uow.events:
                await self._publish(conn, tuple(uow.events))

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that sees one unchanging state and cannot write."""
        snapshot = self._snapshots.mine()
        if snapshot is None:
            async with self._read() as uow:
                yield uow
            return
        try:
            yield await snapshot.reader()
        except BaseException as error:
            await snapshot.end(error)
            raise

    def turn(self, number: int) -> AbstractAsyncContextManager[None]:
        """Let others who ask for the turn of the same number wait, whichever process they are in."""
        return self._database.turn(number)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[None]:
        """Let every `read` of this task inside share one transaction, up to its next `write`."""
        snapshot = Snapshot(self._read)
        self._snapshots.set_mine(snapshot)
        try:
            yield
        finally:
            self._snapshots.set_mine(None)
            await snapshot.end()

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[UnitOfWork]:
        async with self._database.read() as conn:
            uow = UnitOfWork(conn, self._cache)
            yield uow
            if uow.events:
                raise RuntimeError("an event was recorded in a transaction that cannot write")
