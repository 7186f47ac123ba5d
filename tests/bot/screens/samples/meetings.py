"""Samples of meetings: the address in the chat, and the question that knows who was seen."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.screens.meeting import join_message
from bot.screens.notification import notification_screen
from bot.screens.screen import Screen
from core.domain.meeting import Attendance, Visit
from core.domain.notification import Kind
from core.domain.side import Side
from core.kit.i18n import Texts
from tests.bot.screens.samples import afterwards, messages
from tests.bot.screens.samples.people import EXTREME_NAMES, HOUR, NOW, START, person

MINUTE = timedelta(minutes=1)


def visit(side: Side | None, since: int, until: int | None = None) -> Visit:
    """A stay by minutes after the start."""
    end = None if until is None else START + until * MINUTE
    return Visit(who=f"{side}", side=side, since=START + since * MINUTE, until=end)


COUNSELOR_ALONE = Attendance(visits=(visit(Side.COUNSELOR, 0, 20),))
CLIENT_ALONE = Attendance(visits=(visit(Side.CLIENT, 0, 20),))
BOTH = Attendance(visits=(visit(Side.COUNSELOR, 0, 50), visit(Side.CLIENT, 1, 48)))
STILL_THERE = Attendance(visits=(visit(Side.COUNSELOR, 0), visit(Side.CLIENT, 1, 48)))
SEEN = {
    "counselor alone": COUNSELOR_ALONE,
    "client alone": CLIENT_ALONE,
    "both": BOTH,
    "still there": STILL_THERE,
}


def asked(seen: Attendance, name: str = "Dora Client") -> Callable[[Texts], Screen]:
    """The question after the end of a session."""
    question = replace(afterwards.NOTIFICATIONS[Kind.OUTCOME_ASKED], seen=seen, client=person(name=name))
    return lambda t: notification_screen(question, t, START + HOUR)


def invited(t: Texts) -> Screen:
    """A confirmed session with the client's own link."""
    told = replace(
        messages.NOTIFICATIONS[Kind.REMINDER], join="https://confer.example.org/meeting/" + "A" * 59
    )
    return notification_screen(told, t, NOW)


SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    **{f"meeting: asked, {name}": asked(seen) for name, seen in SEEN.items()},
    "meeting: asked, extreme": asked(COUNSELOR_ALONE, EXTREME_NAMES[0]),
    "meeting: reminder with a link": invited,
    "meeting: address": lambda t: join_message(t, "https://meet.example.org/confer-abc?jwt=def"),
    "meeting: address written out": lambda t: join_message(t, "http://localhost:8000/<confer>&x=1"),
}
