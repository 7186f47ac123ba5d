"""What became of proposing new times for the sessions in days off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import ProposeMoreTimes, ShowBookingInDaysOff, ShowDaysOff
from bot.screens.navigation import home
from bot.screens.refusal import words
from bot.screens.screen import Screen, Style, Tap, in_columns, rows
from bot.screens.session_list import Session, client_name
from bot.screens.wording import bold, dotted, lines, paragraphs
from core.domain.availability import OutOfOffice
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A session with the start now proposed, or the code of why none is: None for want of a free time."""

    session: Session
    start: datetime | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTimesState:
    """Sessions in days off, in order of time, and how many come after them."""

    days: OutOfOffice
    outcomes: tuple[Outcome, ...]
    left: int = 0


def new_times(t: Texts, state: NewTimesState) -> Screen:
    """To whom another time was proposed and to whom not, each with a number and a button."""
    done = [each for each in state.outcomes if each.start is not None]
    refused = [each for each in state.outcomes if each.start is None]
    named = list(enumerate([*done, *refused], start=1))
    return Screen(
        text=paragraphs(
            bold(t("📅 New times proposed: {n} of {all}", n=len(done), all=len(state.outcomes))),
            *_listed(t, named, proposed=True),
            t("Each client is asked now. Until they agree, the old time stays.") if done else None,
            bold(t("Not proposed")) if refused else None,
            *_listed(t, named, proposed=False),
            t.n("One session is left.", "{n} sessions are left.", state.left) if state.left else None,
            t("Times are in {zone}.", zone=t.zone_short()),
        ),
        rows=rows(
            _go_on(t, state) if state.left else None,
            *in_columns((_open(n, each, state.days) for n, each in named), 5),
            Tap(t("🏝 All days off"), ShowDaysOff()),
            home(t),
        ),
    )


def _go_on(t: Texts, state: NewTimesState) -> Tap:
    last = max(each.session.starts_at for each in state.outcomes)
    more = ProposeMoreTimes(state.days.first, state.days.last, last)
    return Tap(t("▶️ Go on with the next"), more, Style.PRIMARY)


def _open(n: int, each: Outcome, days: OutOfOffice) -> Tap:
    return Tap(str(n), ShowBookingInDaysOff(each.session.booking_id, days.first, days.last))


def _listed(t: Texts, named: Iterable[tuple[int, Outcome]], *, proposed: bool) -> Iterable[Markup]:
    for n, each in named:
        if (each.start is not None) is proposed:
            yield _outcome(t, n, each)


def _outcome(t: Texts, n: int, each: Outcome) -> Markup:
    session = each.session
    old = f"{t.day(session.starts_at)}, {t.time(session.starts_at)}"
    head = Markup("{}. ").format(n) + dotted(bold(client_name(session)), old)
    if each.start is None:
        return lines(head, words(t, each.refusal) if each.refusal else t("No free time was found."))
    return lines(
        head,
        f"→ {t.day(each.start)}, {t.times(each.start, each.start + (session.ends_at - session.starts_at))}",
    )
