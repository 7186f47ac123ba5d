"""The doctor's look at Telegram: the token, and where updates go."""

from datetime import UTC, datetime, timedelta

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.commands.finding import Finding
from bot.commands.telegram_bot import telegram_bot
from core.kit.settings import Settings
from webhooks.telegram import PATH

RECENT = timedelta(hours=1)
WHAT = "telegram"


async def look_at_telegram(settings: Settings) -> list[Finding]:
    """Whether the token is good and updates arrive the way this mode wants them."""
    if settings.mode == "sandbox" or settings.telegram_token is None:
        return [Finding(WHAT, True, "no token, so `confer run` plays Telegram itself (sandbox)")]
    try:
        async with telegram_bot(settings, settings.telegram_token.get_secret_value()) as bot:
            return [_judge(settings, bot.username, await bot.get_webhook_info(), datetime.now(UTC))]
    except InvalidToken:
        return [
            Finding(WHAT, False, "it does not know CONFER_TELEGRAM_TOKEN; @BotFather shows the right one")
        ]
    except TelegramError as error:
        return [Finding(WHAT, False, f"{settings.telegram_api_url} cannot be asked: {error}")]


def _judge(settings: Settings, name: str, info: WebhookInfo, now: datetime) -> Finding:
    wanted = f"{settings.base_url}{PATH}" if settings.mode == "webhook" else ""
    if info.url != wanted:
        goes = f"updates go to {info.url}" if info.url else "no webhook is set"
        return Finding(
            WHAT, False, f"@{name}, but {goes}; `confer run` in {settings.mode} mode puts it right"
        )
    if info.last_error_date is not None and now - info.last_error_date < RECENT:
        at = f"{info.last_error_date:%Y-%m-%d %H:%M} UTC"
        return Finding(WHAT, False, f"@{name}, but the delivery at {at} failed: {info.last_error_message}")
    way = f"updates go to {info.url}" if info.url else "updates are fetched"
    return Finding(WHAT, True, f"@{name}, {way}, {info.pending_update_count} waiting")
