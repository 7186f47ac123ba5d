"""Proposals to reschedule: rows and domain objects, of one booking at most one open."""

from dataclasses import fields, replace
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.proposals import IS_OPEN, proposals
from core.domain.errors import Conflict, NotFound
from core.domain.reschedule import Proposal, ProposalStatus
from core.domain.side import Side

_TYPED = ("opened_by", "asked_by", "status")
PLAIN = tuple(each.name for each in fields(Proposal) if each.name not in _TYPED)

ADD = sa.insert(proposals).returning(proposals.c.id)
BY_ID = sa.select(proposals).where(proposals.c.id == sa.bindparam("id"))
OPEN_OF = sa.select(proposals).where(proposals.c.booking_id == sa.bindparam("booking_id"), IS_OPEN)
OPEN_TOGETHER = (
    sa.select(proposals)
    .where(proposals.c.together == sa.bindparam("together"), IS_OPEN)
    .order_by(proposals.c.original_starts_at, proposals.c.id)
)
SAVE = sa.update(proposals).where(
    proposals.c.id == sa.bindparam("row_id"), proposals.c.version == sa.bindparam("row_version")
)


class Proposals:
    """Proposals by id and by booking. Whoever writes one has locked its booking before."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self, proposal_id: int) -> Proposal:
        """The proposal with this id, open or not; NotFound `proposal_not_found`."""
        row = (await self._conn.execute(BY_ID, {"id": proposal_id})).mappings().first()
        if row is None:
            raise NotFound("proposal_not_found")
        return _proposal(row)

    async def open_of(self, booking_id: int) -> Proposal | None:
        """The open proposal of a booking, if there is one."""
        row = (await self._conn.execute(OPEN_OF, {"booking_id": booking_id})).mappings().first()
        return None if row is None else _proposal(row)

    async def open_with(self, proposal: Proposal) -> list[Proposal]:
        """The open proposals that are answered together with this one, itself included, in order of time."""
        if proposal.together is None:
            return [proposal] if proposal.status is ProposalStatus.OPEN else []
        rows = await self._conn.execute(OPEN_TOGETHER, {"together": proposal.together})
        return [_proposal(row) for row in rows.mappings()]

    async def add(self, proposal: Proposal) -> Proposal:
        """Insert a proposal and give it its id."""
        row = _row(proposal)
        del row["id"]
        return replace(proposal, id=(await self._conn.execute(ADD, row)).scalar_one())

    async def save(self, proposal: Proposal) -> Proposal:
        """Store the next version of a proposal; Conflict `stale` unless the row is at the version before."""
        row = _row(proposal)
        key = {"row_id": row.pop("id"), "row_version": proposal.version - 1}
        if (await self._conn.execute(SAVE, key | row)).rowcount == 0:
            raise Conflict("stale", booking_id=proposal.booking_id)
        return proposal


def _row(proposal: Proposal) -> dict[str, Any]:
    typed = {name: getattr(proposal, name).value for name in _TYPED}
    return {name: getattr(proposal, name) for name in PLAIN} | typed


def _proposal(row: sa.RowMapping) -> Proposal:
    return Proposal(
        opened_by=Side(row["opened_by"]),
        asked_by=Side(row["asked_by"]),
        status=ProposalStatus(row["status"]),
        **{name: row[name] for name in PLAIN},
    )
