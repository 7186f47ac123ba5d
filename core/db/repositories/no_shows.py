"""No-show reports by booking, and those that wait for the admin."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.insert import insert_or_leave
from core.db.tables.bookings import bookings
from core.db.tables.counselors import counselors
from core.db.tables.no_shows import no_show_reports
from core.db.tables.people import people
from core.domain.errors import Conflict
from core.domain.no_show import Report, ReportStatus
from core.domain.outcome import Outcome

_TYPED = {"claim", "status", "answer", "decision"}
PLAIN = tuple(each.name for each in fields(Report) if each.name not in _TYPED)
OF_BOOKING = sa.select(no_show_reports).where(no_show_reports.c.booking_id == sa.bindparam("booking_id"))
ADD = insert_or_leave(no_show_reports, no_show_reports.c.booking_id)
SAVE = sa.update(no_show_reports).where(
    no_show_reports.c.booking_id == sa.bindparam("of_booking"),
    no_show_reports.c.version == sa.bindparam("seen"),
)
CLIENT, HOST = people.alias("client"), counselors.alias("host")
# Written out, as the partial index needs it to be recognised.
IN_DISPUTE = no_show_reports.c.status == sa.literal_column("'disputed'")
COUNT = sa.select(sa.func.count()).select_from(no_show_reports).where(IN_DISPUTE)
PAGE = (
    sa.select(
        no_show_reports,
        bookings.c.starts_at,
        bookings.c.ends_at,
        CLIENT.c.name.label("client_name"),
        HOST.c.name.label("counselor_name"),
    )
    .join(bookings, bookings.c.id == no_show_reports.c.booking_id)
    .join(CLIENT, CLIENT.c.id == bookings.c.client_id)
    .join(HOST, HOST.c.id == bookings.c.counselor_id)
    .where(IN_DISPUTE)
    .order_by(no_show_reports.c.created_at, no_show_reports.c.booking_id)
    .limit(sa.bindparam("size", type_=sa.Integer))
    .offset(sa.bindparam("skip", type_=sa.Integer))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeLine:
    """A report that waits for the admin, with the session's time and names."""

    report: Report
    starts_at: datetime
    ends_at: datetime
    client_name: str
    counselor_name: str


class NoShows:
    """No-show reports, one at most of a booking."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self, booking_id: int) -> Report | None:
        """The report about a booking, if there is one."""
        row = (await self._conn.execute(OF_BOOKING, {"booking_id": booking_id})).first()
        return None if row is None else _report(row)

    async def add(self, report: Report) -> None:
        """The report about a booking; Conflict `reported` when there is one."""
        added = await self._conn.execute(ADD[self._conn.dialect.name], _row(report))
        if added.scalar() is None:
            raise Conflict("reported", booking_id=report.booking_id)

    async def save(self, report: Report) -> None:
        """Store the next version of a report; Conflict `stale` unless the row is at the version before."""
        key = {"of_booking": report.booking_id, "seen": report.version - 1}
        if (await self._conn.execute(SAVE, key | _row(report))).rowcount == 0:
            raise Conflict("stale", booking_id=report.booking_id)

    async def disputes(self) -> int:
        """How many reports wait for the admin."""
        return (await self._conn.scalars(COUNT)).one()

    async def page(self, skip: int, size: int) -> list[DisputeLine]:
        """Some of the reports that wait for the admin, the oldest first."""
        return [_line(row) for row in await self._conn.execute(PAGE, {"skip": skip, "size": size})]


def _row(report: Report) -> dict[str, Any]:
    typed = {name: value and value.value for name in _TYPED for value in (getattr(report, name),)}
    return {name: getattr(report, name) for name in PLAIN} | typed


def _report(row: sa.Row[Any]) -> Report:
    return Report(
        claim=Outcome(row.claim),
        status=ReportStatus(row.status),
        answer=_outcome(row.answer),
        decision=_outcome(row.decision),
        **{name: getattr(row, name) for name in PLAIN},
    )


def _outcome(value: str | None) -> Outcome | None:
    return None if value is None else Outcome(value)


def _line(row: sa.Row[Any]) -> DisputeLine:
    return DisputeLine(
        report=_report(row),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        client_name=row.client_name,
        counselor_name=row.counselor_name,
    )
