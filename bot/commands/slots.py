"""`confer slots`: a counselor's free times on the counselor's clock, or why one time is not free."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import typer

from bot.commands.clock import clock_of
from bot.commands.database import opened
from bot.commands.reasons import reason_in_words
from bot.commands.trouble import Misused
from core.db.uow import Store
from core.domain.access import SYSTEM
from core.domain.counselor import Counselor
from core.domain.practice import Practice
from core.domain.session_type import SessionType
from core.domain.zones import instants_at, wall_time, zone
from core.kit.config import load_settings
from core.ports.clock import Clock
from core.services.offers import Offers, Wanted
from core.services.subscribers import publish

WEEK = timedelta(days=6)
DAY = timedelta(days=1)
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked on the command line, as it was written; None where nothing was said."""

    counselor: str
    kind: str | None
    minutes: int | None
    first: str | None
    last: str | None
    explain: str | None


def slots(question: Question) -> None:
    """Print the answer."""
    asyncio.run(_print(question))


async def _print(question: Question) -> None:
    settings = load_settings()
    async with opened(settings) as database:
        for line in await answer(Store(database, publish), clock_of(settings), question):
            typer.echo(line)


async def answer(store: Store, clock: Clock, question: Question) -> list[str]:
    """The lines of the answer; raises Misused for what does not exist or cannot be understood."""
    async with store.read() as uow:
        practice = await uow.practice()
    counselor = _counselor(practice, question.counselor)
    kind = _kind(practice, counselor, question.kind)
    minutes = _minutes(kind, question.minutes)
    wanted = Wanted(counselor_id=counselor.id, session_type_id=kind.id, minutes=minutes)
    offers = Offers(store, clock)
    if question.explain is not None:
        lines = await _explained(offers, wanted, counselor.zone, question.explain)
    else:
        first, last = _dates(question, wall_time(clock.now(), counselor.zone).date())
        lines = await _listed(offers, wanted, counselor.zone, first, last)
    return [f"{counselor.name}, {kind.title}, {minutes} minutes; times in {counselor.zone}", *lines]


async def _listed(offers: Offers, wanted: Wanted, zone_name: str, first: date, last: date) -> list[str]:
    """One line for each date; every zone's date lies within a day of the same date in UTC."""
    begin = datetime.combine(first, time(), UTC) - DAY
    end = datetime.combine(last, time(), UTC) + 2 * DAY
    found: defaultdict[date, list[str]] = defaultdict(list)
    for start in await offers.between(SYSTEM, wanted, begin, end):
        found[wall_time(start, zone_name).date()].append(_clock_time(start, zone_name))
    dates = [first + DAY * number for number in range((last - first).days + 1)]
    return [f"{each:%a %Y-%m-%d}  {' '.join(found[each]) or '-'}" for each in dates]


async def _explained(offers: Offers, wanted: Wanted, zone_name: str, text: str) -> list[str]:
    instants, lines = _instants(text, zone_name)
    for start in instants:
        refusal = await offers.why_not(SYSTEM, wanted, start)
        verdict = f"not offered: {reason_in_words(refusal, zone_name)}" if refusal else "offered"
        lines.append(f"{wall_time(start, zone_name):%a %Y-%m-%d} {_clock_time(start, zone_name)}  {verdict}")
    return lines


def _instants(text: str, zone_name: str) -> tuple[tuple[datetime, ...], list[str]]:
    """What a time written for the counselor's clock, or with an offset, means; and what is odd about it."""
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        raise Misused(f'--explain: expected a time such as "2026-12-24 15:00", got {text!r}') from None
    if written.tzinfo is not None:
        return (written.astimezone(UTC),), []
    instants = instants_at(written, zone_name)
    oddity = _ODDITIES.get(len(instants))
    return instants, [f"{written:%Y-%m-%d %H:%M} {oddity} in {zone_name}"] if oddity else []


_ODDITIES = {0: "does not exist: clocks go forward over it", 2: "comes twice: clocks go back over it"}


def _clock_time(start: datetime, zone_name: str) -> str:
    """`14:00`, with the distance from UTC where clocks show the time twice that day."""
    local = start.astimezone(zone(zone_name))
    twice = len(instants_at(local.replace(tzinfo=None, fold=0), zone_name)) == 2
    return f"{local:%H:%M}({local:%z})" if twice else f"{local:%H:%M}"


def _counselor(practice: Practice, slug: str) -> Counselor:
    known = {each.slug: each for each in practice.bookable_counselors()}
    if slug not in known:
        raise Misused(f"no counselor {slug!r} can be booked; there are: {_listing(known)}")
    return known[slug]


def _kind(practice: Practice, counselor: Counselor, slug: str | None) -> SessionType:
    known = {each.slug: each for each in practice.offered_by(counselor.id)}
    if slug is None and len(known) == 1:
        return next(iter(known.values()))
    if slug not in known:
        said = "--type is needed" if slug is None else f"--type: {counselor.name} offers no {slug!r}"
        raise Misused(f"{said}; there are: {_listing(known)}")
    return known[slug]


def _minutes(kind: SessionType, minutes: int | None) -> int:
    if minutes is not None and minutes not in kind.durations:
        raise Misused(f"--minutes: expected one of {_listing(map(str, kind.durations))}, got {minutes}")
    return minutes or kind.durations[0]


def _dates(question: Question, today: date) -> tuple[date, date]:
    first = _date("--from", question.first) or today
    last = _date("--to", question.last) or first + WEEK
    if not first <= last <= first + LONGEST:
        raise Misused(f"--to: expected a date from {first} to {first + LONGEST}, got {last}")
    return first, last


def _date(option: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise Misused(f"{option}: expected a date such as 2026-12-24, got {text!r}") from None


def _listing(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
