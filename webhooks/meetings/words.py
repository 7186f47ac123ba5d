"""What the page at the door of a meeting says, by how the door is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.meeting import Door, closes_at, opens_at
from core.kit.i18n import Texts
from core.services.joining import Guest


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The values of the template; `door` is a class name for its looks."""

    door: str
    heading: str
    lines: tuple[str, ...] = ()
    practice: str = ""
    when: str = ""
    device: dict[str, str] | None = None
    countdown: dict[str, Any] | None = None
    join: str = ""
    again: str = ""


def at_the_door(t: Texts, guest: Guest) -> Page:
    """The page for somebody with a link of theirs."""
    return _PAGES[guest.door](t, guest)


def in_trouble(t: Texts, guest: Guest) -> Page:
    """The provider does not answer."""
    return Page(
        door="trouble",
        heading=_heading(t, guest),
        practice=guest.practice.name,
        when=_when(t, guest),
        lines=(
            t("The meeting cannot be opened right now. Please try again in a minute."),
            t("Your session stays as it is."),
        ),
        join=t("Try again"),
    )


def nowhere(t: Texts) -> Page:
    """A link that is not ours, or void."""
    return Page(
        door="nowhere",
        heading=t("This link does not lead anywhere (any more)."),
        lines=(t("The chat and the newest message about your session have the right one."),),
    )


def preview(t: Texts) -> Page:
    """For programs that look at links on behalf of others: nothing about anybody."""
    return Page(door="preview", heading=t("Your meeting"), lines=(t("Open this link to join."),))


def _early(t: Texts, guest: Guest) -> Page:
    booking, opens = guest.booking, opens_at(guest.booking)
    left = (opens - guest.now).total_seconds()
    return Page(
        door="early",
        heading=_heading(t, guest),
        practice=guest.practice.name,
        when=_when(t, guest),
        device={
            "starts": _iso(booking.starts_at),
            "zone": t.zone.key,
            "words": t("On your device:"),
        },
        countdown={
            "words": t("The meeting opens in"),
            "seconds": max(1, round(left)),
            "left": t.countdown(left),
            "units": " ".join((t("d"), t("h"), t("min"), t("s"))),
        },
        lines=(t("You can join from {time} on. This link stays the same.", time=t.time(opens)),),
        again=t("Look again"),
    )


def _open(t: Texts, guest: Guest) -> Page:
    return Page(
        door="open",
        heading=_heading(t, guest),
        practice=guest.practice.name,
        when=_when(t, guest),
        lines=(
            t("The meeting is open."),
            t("You can come back by this link until {time}.", time=t.time(closes_at(guest.booking))),
        ),
        join=t("Join"),
    )


def _over(t: Texts, guest: Guest) -> Page:
    return Page(
        door="over",
        heading=t("This session is over"),
        practice=guest.practice.name,
        when=_when(t, guest),
        lines=(t("Thank you, and see you soon!"), t("You can close this page.")),
    )


def _called_off(t: Texts, guest: Guest) -> Page:
    return Page(
        door="off",
        heading=t("This session does not take place"),
        practice=guest.practice.name,
        when=_when(t, guest),
        lines=(t("The chat says why, and helps you to find another time."),),
    )


def _not_agreed(t: Texts, guest: Guest) -> Page:
    return Page(
        door="off",
        heading=t("This session is not confirmed yet"),
        practice=guest.practice.name,
        when=_when(t, guest),
        lines=(t("You will be told as soon as it is."),),
        again=t("Look again"),
    )


def _elsewhere(t: Texts, guest: Guest) -> Page:
    return Page(
        door="elsewhere",
        heading=t("This session takes place in person"),
        practice=guest.practice.name,
        when=_when(t, guest),
        lines=(guest.booking.address,) if guest.booking.address else (),
    )


def _heading(t: Texts, guest: Guest) -> str:
    return t("Your session with {name}", name=guest.other)


def _when(t: Texts, guest: Guest) -> str:
    return t.span(guest.booking.starts_at, guest.booking.ends_at)


def _iso(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


_PAGES = {
    Door.EARLY: _early,
    Door.OPEN: _open,
    Door.OVER: _over,
    Door.CALLED_OFF: _called_off,
    Door.NOT_AGREED: _not_agreed,
    Door.ELSEWHERE: _elsewhere,
}
