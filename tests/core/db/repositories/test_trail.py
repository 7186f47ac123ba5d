"""The audit trail of a booking, and the steps of the funnel."""

import sqlalchemy as sa

from core.db.engine import Database
from core.db.repositories.trail import AuditEntry
from core.db.tables.trail import audit_entries, funnel_events
from core.domain.analytics import FunnelEvent
from core.domain.booking import Status
from tests.core.db.samples import HOUR, MADE, NOON, a_booking, fill, store_on


async def test_a_bookings_entries_come_back_in_order(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    async with store.write() as uow:
        mine = await uow.bookings.add(a_booking(sample))
        other = await uow.bookings.add(a_booking(sample, NOON + 2 * HOUR))
        details = {"status": "confirmed", "refund": 50}
        for booking, actor, action in (
            (mine, sample.clients[0], "booking.requested"),
            (other, None, "booking.expired"),
            (mine, None, "booking.confirmed"),
        ):
            await uow.audit.add(
                booking_id=booking.id, actor_id=actor, action=action, at=MADE, details=details
            )
        await uow.audit.add(action="practice.loaded", at=MADE)
    async with store.read() as uow:
        entries = await uow.audit.of(mine.id)
    first, second = entries
    assert entries == [
        AuditEntry(
            id=first.id,
            booking_id=mine.id,
            actor_id=sample.clients[0],
            action="booking.requested",
            at=MADE,
            details=details,
        ),
        AuditEntry(
            id=second.id,
            booking_id=mine.id,
            actor_id=None,
            action="booking.confirmed",
            at=MADE,
            details=details,
        ),
    ]


async def test_entries_outlive_a_released_hold(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    async with store.write() as uow:
        hold = await uow.bookings.add(a_booking(sample, status=Status.HELD))
        await uow.audit.add(booking_id=hold.id, action="booking.held", at=MADE)
        await uow.bookings.delete_hold(hold.id)
    async with database.read() as conn:
        left = (await conn.execute(sa.select(audit_entries.c.action, audit_entries.c.booking_id))).all()
    assert left == [("booking.held", None)]


async def test_a_step_of_the_funnel_is_kept(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    async with store.write() as uow:
        await uow.funnel.add(FunnelEvent.PAGE_VIEW, at=MADE)
        await uow.funnel.add(
            FunnelEvent.BOOKING_SUCCESS, at=MADE + HOUR, person_id=sample.clients[0], data={"booking": 7}
        )
    columns = funnel_events.c
    asked = sa.select(columns.name, columns.person_id, columns.at, columns.data).order_by(columns.id)
    async with database.read() as conn:
        steps = (await conn.execute(asked)).all()
    assert steps == [
        ("page_view", None, MADE, {}),
        ("booking_success", sample.clients[0], MADE + HOUR, {"booking": 7}),
    ]
