"""What became of proposing new times for the sessions in days off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import ShowBooking, ShowDaysOff
from bot.screens.navigation import home
from bot.screens.refusal import words
from bot.screens.screen import Screen, Tap, in_columns, rows
from bot.screens.session_list import Session, client_name, more_of
from bot.screens.wording import bold, dotted, lines, paragraphs
from core.kit.i18n import Texts

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A session with the start now proposed, or the code of why none is: None for want of a free time."""

    session: Session
    start: datetime | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTimesState:
    """Every session concerned, in order of time."""

    outcomes: tuple[Outcome, ...]


def new_times(t: Texts, state: NewTimesState) -> Screen:
    """To whom another time was proposed and to whom not, each with a number and a button."""
    done = [each for each in state.outcomes if each.start is not None]
    left = [each for each in state.outcomes if each.start is None]
    named = list(enumerate([*done, *left][:MOST], start=1))
    return Screen(
        text=paragraphs(
            bold(t("📅 New times proposed: {n} of {all}", n=len(done), all=len(state.outcomes))),
            *_listed(t, named, proposed=True),
            t("Each client is asked now. Until they agree, the old time stays.") if done else None,
            bold(t("Not proposed")) if left else None,
            *_listed(t, named, proposed=False),
            more_of(t, len(state.outcomes) - len(named)),
            t("Times are in {zone}.", zone=t.zone_short()),
        ),
        rows=rows(
            *in_columns((Tap(str(n), ShowBooking(each.session.booking_id)) for n, each in named), 5),
            Tap(t("🏝 All days off"), ShowDaysOff()),
            home(t),
        ),
    )


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
