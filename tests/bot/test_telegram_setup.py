"""Telling Telegram about the bot: commands for everybody, for those who work here, and the webhook."""

from collections.abc import Sequence

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.screens.commands import commands
from bot.telegram_setup import (
    ALLOWED_UPDATES,
    MOST_CONNECTIONS,
    set_commands,
    set_descriptions,
    set_own_commands,
    use_webhook,
)
from core.domain.person import Person, Role
from core.domain.zones import zone
from core.kit.i18n import texts
from tests.servers.troubled_telegram import TroubledTelegram

WORDS = texts("en", zone("UTC"))
CLIENT = [name for name, _ in commands(WORDS, frozenset({Role.CLIENT}))]
EVERYTHING = [name for name, _ in commands(WORDS, frozenset(Role))]
WORKING_HERE = frozenset(Role)


def names(menu: Sequence[BotCommand]) -> list[str]:
    return [each.command for each in menu]


async def test_everybody_sees_a_client_s_commands_in_their_language(api: Bot) -> None:
    await set_commands(api)
    everybody = BotCommandScopeAllPrivateChats()
    menus = {
        language: await api.get_my_commands(everybody, language_code=language)
        for language in (None, "en", "de", "fr")
    }
    assert {language: names(menu) for language, menu in menus.items()} == {
        None: CLIENT,
        "en": CLIENT,
        "de": CLIENT,
        "fr": [],
    }
    assert menus[None] == menus["en"]
    assert [each.description for each in menus["de"]] != [each.description for each in menus["en"]]


async def test_the_bot_describes_itself_in_each_language_and_only_once(
    api: Bot, telegram: TroubledTelegram
) -> None:
    """In general and in German; English is the same as in general."""
    for _ in range(2):
        await set_descriptions(api, "Riverside")
    assert telegram.calls.count("setmydescription") == telegram.calls.count("setmyshortdescription") == 2
    english, german, general = [await api.get_my_description(each) for each in ("en", "de", "fr")]
    assert english == general != german
    for each in (english, german):
        assert each.description.startswith("Riverside: ")
    shorts = [(await api.get_my_short_description(each)).short_description for each in ("en", "de")]
    assert shorts[0] != shorts[1]


async def test_those_who_work_here_see_more_in_their_own_chat(api: Bot, telegram: TroubledTelegram) -> None:
    await set_commands(api)
    for who in ("Dora", "Emil"):
        await telegram.phone(who).start()
    dora, emil = telegram.phone("Dora").person.id, telegram.phone("Emil").person.id
    await set_own_commands(
        api, [Person(id=1, name="Dora", telegram_id=dora, locale="de", roles=WORKING_HERE)]
    )
    own = await api.get_my_commands(BotCommandScopeChat(dora))
    assert names(own) == EVERYTHING
    german = await api.get_my_commands(BotCommandScopeAllPrivateChats(), language_code="de")
    assert own[: len(CLIENT)] == german
    assert await api.get_my_commands(BotCommandScopeChat(emil)) == ()


async def test_who_has_never_written_is_left_out_and_stops_nobody_else(
    api: Bot, telegram: TroubledTelegram
) -> None:
    await telegram.phone("Dora").start()
    dora, emil = telegram.phone("Dora").person.id, telegram.phone("Emil").person.id
    people = [
        Person(id=number, name="Somebody", telegram_id=telegram_id, roles=WORKING_HERE)
        for number, telegram_id in enumerate((None, 10**9, emil, dora))
    ]
    await set_own_commands(api, people)
    assert names(await api.get_my_commands(BotCommandScopeChat(dora))) == EVERYTHING
    assert telegram.calls.count("setmycommands") == 3


async def test_the_webhook_asks_for_what_is_handled_and_keeps_what_waits(
    api: Bot, telegram: TroubledTelegram
) -> None:
    await telegram.phone("Dora").send("waiting")
    await use_webhook(api, "https://confer.example.org/webhooks/telegram", "a-secret-of-the-webhook")
    told = await api.get_webhook_info()
    assert (told.url, told.max_connections) == (
        "https://confer.example.org/webhooks/telegram",
        MOST_CONNECTIONS,
    )
    assert list(told.allowed_updates) == list(ALLOWED_UPDATES)
    assert told.pending_update_count == 1
    await api.delete_webhook(drop_pending_updates=False)
