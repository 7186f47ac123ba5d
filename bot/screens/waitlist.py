"""The waitlist: choosing what to wait for, the list of it, and the offers."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from bot.callback_codec import Callback
from bot.callbacks import Book, JoinWait, LeaveWait, RefuseOffer, ShowMonth, TakeOffer, Waits
from bot.screens.booking_header import Chosen, header
from bot.screens.navigation import back, home, wizard_end
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.session import price, what, when, when_elsewhere
from bot.screens.wording import ROOM, bold, device_time, fitted, lines, paragraphs, shown
from core.domain.notification import Notification, OfferLapsed
from core.domain.waitlist import OFFER_MINUTES, WaitlistEntry
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What a client waits for: a session on one of the dates `first` to `last`.

    `offered_until` is set while a time is held for them.
    """

    entry_id: int
    counselor: str
    session_type: str
    minutes: int
    first: date
    last: date
    offered_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceState:
    """The days and weeks that may be waited for, each from its first to its last date."""

    draft: int
    chosen: Chosen
    spans: tuple[tuple[date, date], ...]
    back: Callback | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedState:
    """What is waited for from now on; `back` where the wizard has a calendar to go back to."""

    draft: int
    wait: Wait
    back: bool = True


def wait_choice(t: Texts, state: ChoiceState) -> Screen:
    """A button for each day or week."""
    buttons = (
        Tap(fitted(dates(t, first, last), ROOM[1]), JoinWait(state.draft, first, last))
        for first, last in state.spans
    )
    return Screen(
        text=paragraphs(
            header(t, state.chosen),
            t("When would you like a session? I will tell you as soon as something becomes free."),
        ),
        rows=rows(*buttons, wizard_end(t, state.draft, state.back)),
    )


def joined(t: Texts, state: JoinedState) -> Screen:
    """What happens next."""
    return Screen(
        text=paragraphs(
            bold(t("🔔 You are on the waitlist")),
            _wish(t, state.wait),
            t(
                "When a time becomes free, those who wait are asked one after the other. "
                "I keep it for you for {n} minutes and write to you here.",
                n=OFFER_MINUTES,
            ),
        ),
        rows=rows(
            Tap(t("🔔 My waitlist"), Waits()),
            (back(t, ShowMonth(state.draft)), home(t)) if state.back else home(t),
        ),
    )


def waits(t: Texts, every: tuple[Wait, ...]) -> Screen:
    """The list, each with a button to leave."""
    buttons = (Tap(t("✕ Leave {n}", n=n), LeaveWait(each.entry_id)) for n, each in enumerate(every, start=1))
    return Screen(
        text=paragraphs(
            bold(t("🔔 My waitlist")),
            None if every else t("You are not waiting for anything."),
            *(_numbered(t, n, each) for n, each in enumerate(every, start=1)),
        ),
        rows=rows(*buttons, None if every else Tap(t("📅 Book a session"), Book(), Style.PRIMARY), home(t)),
    )


def refused(t: Texts, wait: Wait) -> Screen:
    """The time goes to the next; the client may wait on or not."""
    return Screen(
        text=paragraphs(
            t("All right, I ask the next. You are still on the waitlist:"),
            _wish(t, wait),
        ),
        rows=rows(Tap(t("✕ Leave the waitlist"), LeaveWait(wait.entry_id)), home(t)),
    )


def offer_ended(t: Texts, *, waiting: bool) -> Screen:
    """An offer that is over."""
    still = t("You are still on the waitlist.") if waiting else None
    return Screen(
        text=paragraphs(lines(t("This time is no longer kept for you."), still)),
        rows=rows(
            Tap(t("🔔 My waitlist"), Waits()) if waiting else None,
            Tap(t("📅 Book a session"), Book()),
            home(t),
        ),
    )


def opening(t: Texts, n: Notification, now: datetime) -> Screen:
    """A time that is held for somebody waiting."""
    hold, name = n.booking, shown(n.counselor.name)
    until = hold.expires_at or hold.starts_at
    left_ = t.countdown((until - now).total_seconds())
    return Screen(
        text=paragraphs(
            bold(t("🔔 A time has become free")),
            lines(
                when(t, hold.starts_at, hold.ends_at),
                when_elsewhere(t, hold.starts_at, hold.ends_at, n.counselor.zone, name),
                device_time(t, hold.starts_at),
                what(t, n.session_type.title, hold.minutes, n.counselor.name),
                price(t, hold.price),
            ),
            t("⏳ Kept for you until {time} ({left} left)", time=t.time(until), left=left_),
        ),
        rows=rows(
            Tap(t("✅ Book it"), TakeOffer(hold.id), Style.SUCCESS),
            Tap(t("No, thanks"), RefuseOffer(hold.id)),
        ),
    )


def lapsed(t: Texts, told: OfferLapsed) -> Screen:
    """A time is no longer held for somebody who did not answer."""
    entry: WaitlistEntry = told.entry
    wait = Wait(
        entry_id=entry.id,
        counselor=told.counselor.name,
        session_type=told.session_type.title,
        minutes=entry.minutes,
        first=entry.first,
        last=entry.last,
    )
    return Screen(
        text=paragraphs(
            t("⌛ {time} is no longer kept for you.", time=t.moment(told.start)),
            lines(t("You are still on the waitlist:"), _wish(t, wait)),
        ),
        rows=rows(Tap(t("✕ Leave the waitlist"), LeaveWait(entry.id)), home(t)),
    )


def dates(t: Texts, first: date, last: date) -> str:
    """A day, or a week from its first to its last date."""
    return t.day(first) if first == last else t("{first} to {last}", first=t.day(first), last=t.day(last))


def left(t: Texts) -> str:
    """The toast after leaving."""
    return t("You no longer wait for this.")


def has_free_times(t: Texts) -> str:
    """The toast where there is nothing to wait for."""
    return t("There are free times now.")


def _wish(t: Texts, wait: Wait) -> Markup:
    return lines(
        what(t, wait.session_type, wait.minutes, wait.counselor), f"🗓 {dates(t, wait.first, wait.last)}"
    )


def _numbered(t: Texts, n: int, wait: Wait) -> Markup:
    kept = wait.offered_until
    return lines(
        Markup("{}. ").format(n) + _wish(t, wait),
        t("⏳ A time is kept for you until {time}.", time=t.time(kept)) if kept else None,
    )
