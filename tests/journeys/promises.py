"""What the label of a button promises to change: everything else it may only show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.callbacks import (
    AcceptTime,
    Approve,
    ApproveSeries,
    BookSameTime,
    BookSeries,
    Callback,
    CancelBooking,
    CancelInstead,
    ClearComment,
    ConfirmBooking,
    DecideDispute,
    Decline,
    DeclineSeries,
    KeepTime,
    PickTime,
    Rate,
    RemovePrivateNote,
    SendOffer,
    SendReport,
    SendReportAnswer,
    SetOutcome,
    StartSession,
    Withdraw,
)
from core.db.tables.bookings import bookings
from core.db.tables.no_shows import no_show_reports
from core.db.tables.proposals import proposals
from core.db.tables.reviews import private_notes, reviews
from tests.journeys.conftest import House, Row

LOOKED_AT: tuple[sa.Table, ...] = (bookings, proposals, reviews, private_notes, no_show_reports)
BOOKED = ("pending", "confirmed")

State = Mapping[tuple[str, int], Row]
"""Rows by their table and number."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is another than before; None where it was not there, or is there no more."""

    table: str
    before: Row | None
    after: Row | None

    def to(self, table: sa.Table, **values: object) -> bool:
        """Whether a row of this table now has these values."""
        row = self.after
        return (
            self.table == table.name and row is not None and all(row[name] == values[name] for name in values)
        )

    @property
    def is_hold(self) -> bool:
        """A hold was taken, moved or let go of: whoever leaves the wizard releases it."""
        rows = [row for row in (self.before, self.after) if row is not None]
        return self.table == bookings.name and all(row["status"] == "held" for row in rows)


async def state(house: House) -> State:
    """Everything that a button might change."""
    return {(table.name, row[table.c[0].name]): row for table in LOOKED_AT for row in await house.rows(table)}


def changes(before: State, after: State) -> list[Change]:
    """What is different."""
    numbers = sorted(before.keys() | after.keys())
    found = [Change(each[0], before.get(each), after.get(each)) for each in numbers]
    return [each for each in found if each.before != each.after]


Promise = Callable[[Any, Change], bool]


def _booking(status: str) -> Promise:
    """The booking that the button names has this status, and had the version that the button names."""

    def kept(tap: Any, change: Change) -> bool:
        seen = change.before is not None and change.before["version"] == tap.version
        return seen and change.to(bookings, id=tap.booking_id, status=status)

    return kept


def _offer(status: str) -> Promise:
    """The offer that the button names has ended this way; its booking goes on, moves or is called off."""

    def kept(tap: Any, change: Change) -> bool:
        if change.table == bookings.name:
            return change.after is not None and change.after["status"] in (*BOOKED, "cancelled")
        return change.to(proposals, id=tap.proposal_id, status=status, version=tap.version + 1)

    return kept


def _made(_: Any, change: Change) -> bool:
    """What was held is booked."""
    held = change.before is not None and change.before["status"] == "held"
    return held and any(change.to(bookings, status=each) for each in BOOKED)


def _settled(tap: Any, change: Change) -> bool:
    said = change.to(bookings, id=tap.booking_id, status=tap.outcome.status, absent=tap.outcome.absent)
    return said or change.to(proposals, status="expired")


def _called_off(_: Any, change: Change) -> bool:
    return change.to(bookings, status="cancelled") or change.to(proposals, status="cancelled")


def _decided(tap: Any, change: Change) -> bool:
    return _settled(tap, change) or change.to(no_show_reports, booking_id=tap.booking_id)


PROMISES: Mapping[type[Callback], Promise] = {
    Approve: _booking("confirmed"),
    Decline: _booking("declined"),
    StartSession: _booking("in_progress"),
    SetOutcome: _settled,
    CancelBooking: _called_off,
    CancelInstead: _offer("cancelled"),
    AcceptTime: _offer("accepted"),
    KeepTime: _offer("rejected"),
    Withdraw: _offer("withdrawn"),
    SendOffer: lambda _, change: change.to(proposals, status="open"),
    ConfirmBooking: _made,
    BookSeries: lambda _, change: any(change.to(bookings, status=each) for each in BOOKED),
    ApproveSeries: lambda tap, change: change.to(bookings, series_id=tap.series_id, status="confirmed"),
    DeclineSeries: lambda tap, change: change.to(bookings, series_id=tap.series_id, status="declined"),
    PickTime: lambda tap, change: change.to(bookings, status="held", starts_at=tap.start),
    BookSameTime: lambda _, change: change.to(bookings, status="held"),
    Rate: lambda tap, change: change.to(reviews, booking_id=tap.booking_id, stars=tap.stars),
    ClearComment: lambda tap, change: change.to(reviews, booking_id=tap.booking_id, comment=""),
    RemovePrivateNote: lambda tap, change: change.to(private_notes, booking_id=tap.booking_id, text=""),
    SendReport: lambda tap, change: change.to(no_show_reports, booking_id=tap.booking_id, claim=tap.claim),
    SendReportAnswer: _decided,
    DecideDispute: _decided,
}


def broken(tap: Callback, found: list[Change]) -> list[Change]:
    """The changes that the label of this button does not speak of."""
    promise = PROMISES.get(type(tap))
    return [each for each in found if not each.is_hold and not (promise and promise(tap, each))]
