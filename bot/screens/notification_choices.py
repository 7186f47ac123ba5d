"""What a person is told of where, and when reminders wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from bot.callbacks import EmailMenu, NotificationMenu, QuietMenu, SetQuiet, Settings, SwitchTopic
from bot.screens.navigation import back, home
from bot.screens.screen import Screen, Style, Tap, in_columns, rows
from bot.screens.wording import bold, lines, paragraphs
from core.domain.channel import Channel, Choices, QuietHours, Topic
from core.kit.i18n import Texts, msgid

TOPICS: Mapping[Topic, str] = {
    Topic.BOOKINGS: msgid("Bookings"),
    Topic.CHANGES: msgid("Changes"),
    Topic.REMINDERS: msgid("Reminders"),
    Topic.AFTERWARDS: msgid("Afterwards"),
    Topic.OFFERS: msgid("Free times"),
}
MEANINGS: Mapping[Topic, str] = {
    Topic.BOOKINGS: msgid("Bookings: requests and answers to them"),
    Topic.CHANGES: msgid("Changes: cancelled and moved sessions"),
    Topic.REMINDERS: msgid("Reminders: before a session"),
    Topic.AFTERWARDS: msgid("Afterwards: how it went, and reviews"),
    Topic.OFFERS: msgid("Free times: the waitlist, and sessions still to schedule"),
}
SIGNS = {Channel.CHAT: "💬", Channel.MAIL: "✉️"}
QUIET = ((21, 7), (22, 7), (22, 8), (23, 8))
"""The quiet hours that are offered: from and to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesState:
    """What is chosen; `email` says whether the person has an address."""

    choices: Choices
    email: bool


def notification_menu(t: Texts, state: ChoicesState) -> Screen:
    """A button for each topic on each channel; it turns over what it shows."""
    channels = (Channel.CHAT, Channel.MAIL) if state.email else (Channel.CHAT,)
    switches = (_switch(t, state.choices, topic, channel) for topic in Topic for channel in channels)
    how = (
        t("💬 is this chat, ✉️ is e-mail. Tap to turn on or off.")
        if state.email
        else t("Tap to turn on or off. With an e-mail address you can get them there, too.")
    )
    return Screen(
        text=paragraphs(bold(t("📬 Notifications")), lines(*(t(each) for each in MEANINGS.values())), how),
        rows=rows(
            *in_columns(switches, len(channels)),
            Tap(_quiet(t, state.choices.quiet), QuietMenu()),
            None if state.email else Tap(t("✉️ E-mail"), EmailMenu()),
            (back(t, Settings()), home(t)),
        ),
    )


def quiet_menu(t: Texts, quiet: QuietHours | None) -> Screen:
    """The quiet hours that may be chosen."""
    taps = (
        Tap(
            _hours(t, start, end),
            SetQuiet(start, end),
            Style.PRIMARY if quiet == QuietHours(start=time(start), end=time(end)) else None,
        )
        for start, end in QUIET
    )
    none = Tap(t("No quiet hours"), SetQuiet(0, 0), None if quiet else Style.PRIMARY)
    return Screen(
        text=paragraphs(
            bold(t("🌙 Quiet hours")),
            t("Reminders that would come then wait until they are over, or come before."),
            t("All times are {zone}.", zone=t.zone_short()),
        ),
        rows=rows(*in_columns(taps, 2), none, (back(t, NotificationMenu()), home(t))),
    )


def _switch(t: Texts, choices: Choices, topic: Topic, channel: Channel) -> Tap:
    on = (topic, channel) not in choices.muted
    label = f"{SIGNS[channel]} {t(TOPICS[topic])} {'✓' if on else '✕'}"
    return Tap(label, SwitchTopic(topic, channel, on=not on))


def _quiet(t: Texts, quiet: QuietHours | None) -> str:
    if quiet is None:
        return t("🌙 Quiet hours: none")
    return t("🌙 Quiet hours: {hours}", hours=_hours(t, quiet.start.hour, quiet.end.hour))


def _hours(t: Texts, start: int, end: int) -> str:
    return f"{t.hour(start)} – {t.hour(end)}"
