"""Settings: language and reminders."""

from bot.callbacks import LanguageMenu, SetLocale, Settings, ToggleReminders
from bot.handlers.start import greeting
from bot.screens.settings import SettingsState, languages, settings
from bot.turn import Reply, Turn


async def show_settings(turn: Turn, _: Settings) -> Reply:
    """What is set."""
    return settings_reply(turn)


async def language_menu(turn: Turn, _: LanguageMenu) -> Reply:
    """The languages."""
    return Reply(screen=languages(turn.texts))


async def set_locale(turn: Turn, tap: SetLocale) -> Reply:
    """Speak this language; before the agreement the greeting is said again in it."""
    turn = turn.as_person(await turn.core.people.set_locale(turn.actor, tap.locale))
    shown = settings_reply(turn) if turn.person.consented_at else greeting(turn)
    return Reply(screen=shown.screen, menu_changed=True)


async def toggle_reminders(turn: Turn, tap: ToggleReminders) -> Reply:
    """Whether the person wants reminders."""
    return settings_reply(turn.as_person(await turn.core.people.set_reminders(turn.actor, on=tap.on)))


def settings_reply(turn: Turn) -> Reply:
    """The settings as they are."""
    state = SettingsState(
        reminders=turn.person.reminders,
        now=turn.now,
        mails=turn.core.addresses.offered,
        email=turn.person.email,
    )
    return Reply(screen=settings(turn.texts, state))
