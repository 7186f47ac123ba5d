"""Step 1 of booking: whom to talk to, and the counselors' profile cards."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.callback_codec import Callback
from bot.callbacks import PickCounselor, ScheduleLater, ShowCounselors, ShowProfile
from bot.screens.booking_date import tell_me
from bot.screens.booking_header import Chosen, header
from bot.screens.navigation import back, home, pager, retry, wizard_end
from bot.screens.screen import Row, Screen, Style, Tap, rows
from bot.screens.session import price
from bot.screens.stars import latest_words, rating_words
from bot.screens.wording import ROOM, bold, dotted, fitted, lines, paragraphs, quoted, shown
from core.domain.counselor import Counselor
from core.domain.review import Rating, Review
from core.domain.session_type import SessionType
from core.kit.i18n import Texts

PAGE_SIZE = 5
BLURB = 90
BIO = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A counselor in the picker, with what their reviews come to and the start of the next free slot."""

    counselor: Counselor
    next_free: datetime | None
    rating: Rating | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounselorsState:
    """A page of counselors, counted from 0; `later` where nothing needs to be booked now."""

    draft: int
    cards: tuple[Card, ...]
    page: int = 0
    pages: int = 1
    program: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileState:
    """One counselor with what they offer and the `latest` reviews; `now` tells what their clock shows."""

    draft: int
    card: Card
    session_types: tuple[SessionType, ...]
    now: datetime
    page: int = 0
    latest: tuple[Review, ...] = ()


def counselors(t: Texts, state: CounselorsState) -> Screen:
    """The picker: a card and two buttons for each counselor."""
    buttons: list[Row] = [_pick(t, state.draft, card.counselor) for card in state.cards]
    later = Tap(t("🗓 Schedule later"), ScheduleLater(state.draft)) if state.later else None
    return Screen(
        text=paragraphs(
            header(t, Chosen(program=state.program)),
            t("Who would you like to talk to?"),
            *(_card(t, card) for card in state.cards),
        ),
        rows=rows(
            *buttons,
            pager(t, state.page, state.pages, lambda page: ShowCounselors(state.draft, page)),
            later,
            wizard_end(t, state.draft, None),
        ),
    )


def no_counselors(t: Texts, again: Callback, wait: Callback | None = None) -> Screen:
    """Nobody to book with at the moment; one may wait for those who come back."""
    return Screen(
        text=lines(t("No counselors available. Try later.")),
        rows=rows(tell_me(t, wait), retry(t, again), home(t)),
    )


def profile(t: Texts, state: ProfileState) -> Screen:
    """The profile card, opened from the picker."""
    counselor = state.card.counselor
    name = shown(counselor.name)
    pick = Tap(
        fitted(t("Book with {name}", name=name), ROOM[1]),
        PickCounselor(state.draft, counselor.id),
        Style.PRIMARY,
    )
    return Screen(
        text=paragraphs(
            lines(bold(name), rating_words(t, state.card.rating)),
            quoted(counselor.bio[:BIO]),
            lines(*(_offer(t, each) for each in state.session_types)),
            lines(_clock(t, counselor, state.now), _next_free(t, state.card)),
            latest_words(t, state.latest),
        ),
        rows=rows(pick, back(t, ShowCounselors(state.draft, state.page))),
    )


def _pick(t: Texts, draft: int, counselor: Counselor) -> Row:
    pick = Tap(fitted(shown(counselor.name), ROOM[2]), PickCounselor(draft, counselor.id), Style.PRIMARY)
    return (pick, Tap(t("ℹ️ Profile"), ShowProfile(draft, counselor.id)))


def _card(t: Texts, card: Card) -> Markup:
    blurb = fitted(" ".join(card.counselor.bio.split()), BLURB)
    name = bold(shown(card.counselor.name))
    return lines(dotted(name, rating_words(t, card.rating)), blurb, _next_free(t, card))


def _next_free(t: Texts, card: Card) -> str:
    if card.next_free is None:
        return t("No free time at the moment")
    return t("Next free: {time}", time=t.moment(card.next_free))


def _offer(t: Texts, kind: SessionType) -> Markup:
    lengths = ", ".join(t.duration(minutes) for minutes in kind.durations)
    return Markup("• ") + dotted(shown(kind.title), lengths, price(t, kind.price))


def _clock(t: Texts, counselor: Counselor, now: datetime) -> str | None:
    there = t.in_zone(ZoneInfo(counselor.zone))
    if there.zone == t.zone:
        return None
    return t("Their clock now: {time} ({zone})", time=there.time(now), zone=there.zone_short())
