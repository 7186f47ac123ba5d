"""The overlap guard: the database refuses two overlapping active bookings of one counselor or one client."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from core.db.errors import GuardLost
from core.db.tables.bookings import ACTIVE_SQL


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Active bookings of one `owner` never overlap in [starts_at, `end`)."""

    name: str
    owner: str
    end: str


RULES = (
    Rule(name="slot_taken", owner="counselor_id", end="busy_until"),
    Rule(name="client_busy", owner="client_id", end="ends_at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One trigger or constraint: `definition` is found in the database again once `create` has run."""

    definition: str
    create: tuple[str, ...]
    drop: str


def ensure(conn: sa.Connection) -> None:
    """Create what is missing or changed; GuardLost when bookings overlap already."""
    existing, wanted = _existing(conn), PIECES[conn.dialect.name]
    amiss = _amiss(existing, wanted)
    if amiss:
        _refuse_overlaps(conn)
    for name in amiss:
        if name in existing:
            conn.exec_driver_sql(wanted[name].drop)
        for statement in wanted[name].create:
            conn.exec_driver_sql(statement)


def verify(conn: sa.Connection) -> None:
    """Raise GuardLost naming every trigger or constraint that is missing or not as this program made it."""
    amiss = _amiss(_existing(conn), PIECES[conn.dialect.name])
    if amiss:
        raise GuardLost(
            f"the database would accept overlapping bookings: {', '.join(amiss)} missing or changed;"
            " run `confer migrate`"
        )


def _existing(conn: sa.Connection) -> dict[str, str | None]:
    rows = conn.exec_driver_sql(EXISTING[conn.dialect.name])
    return {row.name: row.definition for row in rows}


def _amiss(existing: Mapping[str, str | None], wanted: Mapping[str, Piece]) -> list[str]:
    return [name for name, piece in wanted.items() if existing.get(name) != piece.definition]


def _refuse_overlaps(conn: sa.Connection) -> None:
    for rule in RULES:
        clash = conn.exec_driver_sql(
            f"""SELECT reference FROM (
  SELECT reference, starts_at, max({rule.end}) OVER (
    PARTITION BY {rule.owner} ORDER BY starts_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS reached FROM bookings WHERE {ACTIVE_SQL}
) AS spans WHERE starts_at < reached"""  # noqa: S608 - from this module's own names
        ).scalar()
        if clash is not None:
            raise GuardLost(f"{rule.name}: booking {clash} overlaps an earlier one; cancel one of them")


# Active rows of one owner are disjoint, so of all that start before the new one ends only the last can reach
# into it: one step down an index, however many rows there are.
def _trigger(rule: Rule, verb: str, event: str) -> tuple[str, Piece]:
    name = f"{rule.name}_{verb}"
    create = f"""CREATE TRIGGER {name} BEFORE {event} ON bookings
WHEN NEW.{ACTIVE_SQL} BEGIN
  SELECT RAISE(ABORT, '{rule.name}') WHERE NEW.starts_at < (
    SELECT {rule.end} FROM bookings
    WHERE {rule.owner} = NEW.{rule.owner} AND {ACTIVE_SQL}
      AND starts_at < NEW.{rule.end} AND id IS NOT NEW.id
    ORDER BY starts_at DESC LIMIT 1);
END"""  # noqa: S608 - from this module's own names
    return name, Piece(definition=create, create=(create,), drop=f"DROP TRIGGER {name}")


# The server rewrites a constraint's definition, each version in its own way, so ours is kept as its comment.
def _constraint(rule: Rule) -> tuple[str, Piece]:
    definition = (
        f"EXCLUDE USING gist (int8range({rule.owner}, {rule.owner}, '[]') WITH &&,"
        f" tstzrange(starts_at, {rule.end}) WITH &&) WHERE ({ACTIVE_SQL})"
    )
    quoted = definition.replace("'", "''")
    add = f"ALTER TABLE bookings ADD CONSTRAINT {rule.name} {definition}"
    comment = f"COMMENT ON CONSTRAINT {rule.name} ON bookings IS '{quoted}'"
    drop = f"ALTER TABLE bookings DROP CONSTRAINT {rule.name}"
    return rule.name, Piece(definition=definition, create=(add, comment), drop=drop)


PIECES: Mapping[str, Mapping[str, Piece]] = {
    "sqlite": dict(
        _trigger(rule, verb, event)
        for rule in RULES
        for verb, event in (
            ("insert", "INSERT"),
            ("update", f"UPDATE OF {rule.owner}, starts_at, {rule.end}, status"),
        )
    ),
    "postgresql": dict(_constraint(rule) for rule in RULES),
}
EXISTING = {
    "sqlite": "SELECT name, sql AS definition FROM sqlite_master"
    " WHERE type = 'trigger' AND tbl_name = 'bookings'",
    "postgresql": "SELECT conname AS name, obj_description(oid, 'pg_constraint') AS definition"
    " FROM pg_constraint WHERE conrelid = to_regclass('bookings') AND contype = 'x'",
}
