"""The bot as commands ask Telegram about it."""

from telegram import Bot
from telegram.error import TelegramError

from bot.transport import AiohttpRequest
from core.kit.settings import Settings


async def bot_name(settings: Settings) -> str | None:
    """The username, or None where there is no token or nobody to ask."""
    if settings.telegram_token is None:
        return None
    try:
        async with telegram_bot(settings, settings.telegram_token.get_secret_value()) as bot:
            return bot.username
    except TelegramError:
        return None


def telegram_bot(settings: Settings, token: str) -> Bot:
    """The bot of a token at the server that the settings name; to be entered with `async with`."""
    return Bot(
        token,
        base_url=f"{settings.telegram_api_url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=2),
    )
