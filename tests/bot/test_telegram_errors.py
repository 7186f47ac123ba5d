"""What Telegram's refusals mean: the words of the sandbox and of the real server."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram_errors import gone, too_old, unchanged, unreachable, wait_seconds
from tests.servers.troubled_telegram import TroubledTelegram, wait

MEANINGS = (unchanged, too_old, gone, unreachable)
KNOWN = [
    (
        BadRequest("Message is not modified: specified new message content and reply markup are ..."),
        unchanged,
    ),
    (BadRequest("Query is too old and response timeout expired or query ID is invalid"), too_old),
    (BadRequest("Query id is invalid"), too_old),
    (BadRequest("Message to edit not found"), gone),
    (BadRequest("Message can't be edited"), gone),
    (BadRequest("Message to delete not found"), gone),
    (BadRequest("Message can't be deleted for everyone"), gone),
    (BadRequest("Chat not found"), unreachable),
    (Forbidden("Forbidden: bot was blocked by the user"), unreachable),
    (Forbidden("Forbidden: user is deactivated"), unreachable),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), unreachable),
    (BadRequest("User is deactivated"), unreachable),
    (BadRequest("Can't parse entities: unsupported start tag"), None),
    (BadRequest("Message is too long"), None),
    (NetworkError("Message is not modified"), None),
    (TelegramError("Chat not found"), None),
    (TimedOut(), None),
]


@pytest.mark.parametrize(("error", "meaning"), KNOWN, ids=[str(error)[:40] for error, _ in KNOWN])
def test_a_refusal_means_one_thing(
    error: TelegramError, meaning: Callable[[TelegramError], bool] | None
) -> None:
    assert [each for each in MEANINGS if each(error)] == ([meaning] if meaning else [])


@pytest.mark.parametrize("seconds", [7, timedelta(seconds=7), timedelta(seconds=7, milliseconds=500)])
def test_a_wait_is_told_in_seconds(seconds: int | timedelta) -> None:
    wanted = seconds.total_seconds() if isinstance(seconds, timedelta) else float(seconds)
    assert wait_seconds(RetryAfter(seconds)) == wanted


async def refusal(call: Awaitable[object]) -> TelegramError:
    with pytest.raises(TelegramError) as refused:
        await call
    return refused.value


async def test_the_refusals_of_a_real_server_are_understood(telegram: TroubledTelegram, api: Bot) -> None:
    dora = telegram.phone("Dora")
    await dora.start()
    me = dora.person.id
    shown = await api.send_message(me, "Words")
    assert unchanged(await refusal(api.edit_message_text("Words", me, shown.message_id)))
    assert gone(await refusal(api.edit_message_text("Other words", me, 10**6)))
    assert gone(await refusal(api.delete_message(me, 10**6)))
    assert too_old(await refusal(api.answer_callback_query("1")))
    assert unreachable(await refusal(api.send_message(telegram.phone("Emil").person.id, "Words")))
    telegram.troubles["sendmessage"].append(wait(9))
    waiting = await refusal(api.send_message(me, "Words"))
    assert isinstance(waiting, RetryAfter)
    assert wait_seconds(waiting) == 9.0
    await dora.block()
    assert unreachable(await refusal(api.send_message(me, "Words")))
