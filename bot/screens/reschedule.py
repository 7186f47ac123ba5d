"""Offering another time for a session: the old and the new one, before the other side is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import SendOffer, ShowTimes
from bot.screens.navigation import wizard_end
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.session import what, when_elsewhere
from bot.screens.wording import bold, device_time, lines, paragraphs, shown
from core.domain.side import Side
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferState:
    """Another time about to be offered to `other`: from `old` to `new`, each a start and an end.

    `expires_at` is until when it can be answered, `other_zone` None while it is not known; `request` says
    that the session is only asked for. `moves` are the present and the new start of each where several of a
    series would move together.
    """

    draft: int
    session_type: str
    other: str
    other_zone: str | None
    old: tuple[datetime, datetime]
    new: tuple[datetime, datetime]
    expires_at: datetime
    request: bool
    moves: tuple[tuple[datetime, datetime], ...] = ()


def offer(t: Texts, state: OfferState) -> Screen:
    """The old and the new time, what happens next, and the button that asks the other side."""
    name = shown(state.other)
    minutes = int((state.new[1] - state.new[0]).total_seconds()) // 60
    return Screen(
        text=paragraphs(
            bold(t("Propose this time?")),
            lines(
                what(t, state.session_type, minutes, state.other),
                compared(t, state.old, state.new),
                theirs(t, state.new, state.other_zone, name),
                device_time(t, state.new[0]),
            ),
            _moves(t, state.moves) if len(state.moves) > 1 else None,
            t(
                "{name} has until {time} to answer. Until then the session stays at the old time.",
                name=name,
                time=t.moment(state.expires_at),
            ),
            t("Accepting also confirms the session.") if state.request else None,
        ),
        rows=rows(
            Tap(t("📨 Send the proposal"), SendOffer(state.draft), Style.SUCCESS),
            wizard_end(t, state.draft, ShowTimes(state.draft)),
        ),
    )


def pairs(t: Texts, moves: Sequence[tuple[datetime, datetime]]) -> Markup:
    """From when to when each session would go, one a line."""
    return lines(
        *(
            f"{number}. {t.day(old)}, {t.time(old)} → {t.day(new)}, {t.time(new)}"
            for number, (old, new) in enumerate(moves, start=1)
        )
    )


def _moves(t: Texts, moves: Sequence[tuple[datetime, datetime]]) -> Markup:
    every = t.n("{n} session moves:", "{n} sessions move together, all or none:", len(moves))
    return lines(every, pairs(t, moves))


def compared(t: Texts, old: tuple[datetime, datetime], new: tuple[datetime, datetime]) -> Markup:
    """The old and the new time on the reader's clock."""
    return lines(t("🗓 Now: {time}", time=t.span(*old)), bold(t("🔄 New: {time}", time=t.span(*new))))


def theirs(t: Texts, span: tuple[datetime, datetime], their_zone: str | None, name: str) -> str | None:
    """A time on the clock of the other side, where that is known and shows another."""
    return when_elsewhere(t, *span, their_zone, name) if their_zone else None


def accept_refused(t: Texts, code: str, side: Side) -> str:
    """Why a new time cannot be accepted any more, in a toast."""
    if code == "client_busy" and side is Side.CLIENT:
        return t("You have another session at the new time. Propose another, or keep the old one.")
    if code == "client_busy":
        return t("The client has another session at the new time. Propose another, or keep the old one.")
    return t("The new time has been taken meanwhile. Propose another, or keep the old one.")


def sent(t: Texts, name: str) -> str:
    """The toast when an offer is on its way."""
    return t("Sent. {name} is asked now.", name=shown(name))


def agreed(t: Texts, start: datetime) -> str:
    """The toast when a session has moved."""
    return t("Moved to {time}.", time=t.moment(start))


def stays(t: Texts) -> str:
    """The toast when an offer has come to nothing."""
    return t("The session stays where it is.")
