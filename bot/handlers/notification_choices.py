"""What a person is told of where, and when reminders wait."""

from datetime import time

from bot.callbacks import NotificationMenu, QuietMenu, SetQuiet, SwitchTopic
from bot.screens import notification_choices as screens
from bot.turn import Reply, Turn
from core.domain.channel import Choices, QuietHours
from core.domain.errors import Invalid


async def notification_menu(turn: Turn, _: NotificationMenu) -> Reply:
    """What is chosen."""
    return _menu(turn, await turn.core.choices.get(turn.actor))


async def switch_topic(turn: Turn, tap: SwitchTopic) -> Reply:
    """Turn a topic on or off on a channel."""
    return _menu(turn, await turn.core.choices.switch(turn.actor, tap.topic, tap.channel, on=tap.on))


async def quiet_menu(turn: Turn, _: QuietMenu) -> Reply:
    """The quiet hours that may be chosen."""
    choices = await turn.core.choices.get(turn.actor)
    return Reply(screen=screens.quiet_menu(turn.texts, choices.quiet))


async def set_quiet(turn: Turn, tap: SetQuiet) -> Reply:
    """Leave the person in peace between these hours."""
    if max(tap.start, tap.end) > 23:
        raise Invalid("bad_hours")
    chosen = QuietHours(start=time(tap.start), end=time(tap.end)) if tap.start != tap.end else None
    return _menu(turn, await turn.core.choices.set_quiet(turn.actor, chosen))


def _menu(turn: Turn, choices: Choices) -> Reply:
    state = screens.ChoicesState(choices=choices, email=turn.person.email is not None)
    return Reply(screen=screens.notification_menu(turn.texts, state))
