"""A series as one party sees it: every session, and the answer to its requests by one tap."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    ApproveSeries,
    Bookings,
    DeclineSeries,
    DeclineSeriesMenu,
    Requests,
    ShowBooking,
    ShowSeries,
)
from bot.screens.decline import CHOICES
from bot.screens.navigation import back, home
from bot.screens.screen import Row, Screen, Style, Tap, in_columns, rows
from bot.screens.series import prices
from bot.screens.session import described, place, what, when_elsewhere
from bot.screens.status import badge
from bot.screens.wording import bold, dotted, lines, paragraphs, shown
from core.domain.actions import Party
from core.domain.booking import Booking
from core.domain.series import asked_for, edition
from core.domain.side import Side
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesState:
    """All sessions of a series in order of time, as a party sees them at `now`, with the names.

    `edition` is how the series stands where `bookings` are not all of it; `client_zone` is None while it is
    not known.
    """

    bookings: tuple[Booking, ...]
    party: Party
    session_type: str
    counselor: str
    client: str
    now: datetime
    client_zone: str | None = None
    edition: int | None = None

    @property
    def seen(self) -> int:
        """The edition that buttons carry."""
        return edition(self.bookings) if self.edition is None else self.edition

    @property
    def waiting(self) -> tuple[Booking, ...]:
        """The requests that the viewer may answer now."""
        if self.party is not Party.COUNSELOR:
            return ()
        asked = asked_for(self.bookings)
        return tuple(each for each in asked if each.expires_at is None or each.expires_at > self.now)


def series_card(t: Texts, state: SeriesState, title: str = "") -> Screen:
    """Every session with how it stands; each number is a button."""
    first, waiting = state.bookings[0], state.waiting
    numbered = list(enumerate(state.bookings, start=1))
    heading = title or (t("📨 New request for a series") if waiting else t("🔁 Series"))
    return Screen(
        text=paragraphs(
            bold(heading),
            facts(t, state),
            lines(*(_line(t, number, each) for number, each in numbered)),
            t("Times are in {zone}. Tap a number for details.", zone=t.zone_short()),
            described(t, first.topic, first.note),
            _deadline(t, state, waiting) if waiting else None,
        ),
        rows=rows(
            *_answers(t, state, len(waiting)),
            *in_columns((Tap(str(number), ShowBooking(each.id)) for number, each in numbered), 5),
            _end(t, state, waiting=bool(waiting)),
        ),
    )


def decline_series(t: Texts, state: SeriesState) -> Screen:
    """Why all of them are declined, by one tap."""
    series_id = state.bookings[0].series_id or 0
    choices = (
        Tap(t(words), DeclineSeries(series_id, state.seen, reason)) for reason, words in CHOICES.items()
    )
    return Screen(
        text=paragraphs(
            bold(
                t.n(
                    "Decline the request for {n} session?",
                    "Decline all {n} requests of this series?",
                    len(state.waiting),
                )
            ),
            facts(t, state),
            t("Please choose a reason; {name} will be told.", name=shown(state.client)),
        ),
        rows=rows(*choices, back(t, ShowSeries(series_id))),
    )


def facts(t: Texts, state: SeriesState) -> Markup:
    """Who, what and for how much."""
    first = state.bookings[0]
    names = {Party.CLIENT: (state.counselor,), Party.COUNSELOR: (state.client,)}
    with_ = names.get(state.party, (state.client, state.counselor))
    elsewhere = state.client_zone and when_elsewhere(
        t, first.starts_at, first.ends_at, state.client_zone, shown(state.client)
    )
    return lines(
        bold(f"👤 {' – '.join(map(shown, with_))}"),
        what(t, state.session_type, first.minutes),
        place(t, first.location, first.address),
        prices(t, first.price, len(state.bookings)),
        elsewhere if state.party is Party.COUNSELOR else None,
    )


def approved_toast(t: Texts, n: int) -> str:
    """All of them take place."""
    return t.n("{n} session is confirmed.", "{n} sessions are confirmed.", n)


def declined_toast(t: Texts, n: int) -> str:
    """None of them takes place."""
    return t.n("{n} request is declined.", "{n} requests are declined.", n)


def _line(t: Texts, number: int, each: Booking) -> Markup:
    when = f"{number}. {t.day(each.starts_at)}, {t.times(each.starts_at, each.ends_at)}"
    return dotted(when, badge(t, each.status))


def _deadline(t: Texts, state: SeriesState, waiting: tuple[Booking, ...]) -> str | None:
    deadline = min((each.expires_at for each in waiting if each.expires_at), default=None)
    if deadline is None:
        return None
    left = t.countdown((deadline - state.now).total_seconds())
    return t("⏰ Please answer by {time} ({left} left).", time=t.moment(deadline), left=left)


def _answers(t: Texts, state: SeriesState, n: int) -> tuple[Row, ...]:
    if not n:
        return ()
    series_id = state.bookings[0].series_id or 0
    approve = t.n("✅ Approve {n} session", "✅ Approve all {n} sessions", n)
    decline = t.n("✖️ Decline {n} session", "✖️ Decline all {n} sessions", n)
    return rows(
        Tap(approve, ApproveSeries(series_id, state.seen), Style.SUCCESS),
        Tap(decline, DeclineSeriesMenu(series_id, state.seen), Style.DANGER),
    )


def _end(t: Texts, state: SeriesState, *, waiting: bool) -> tuple[Tap, ...]:
    if waiting:
        return (Tap(t("📨 Requests"), Requests()), home(t))
    if state.party is Party.ADMIN:
        return (home(t),)
    side = Side.CLIENT if state.party is Party.CLIENT else Side.COUNSELOR
    return (Tap(t("🗂 My bookings"), Bookings(side=side)), home(t))
