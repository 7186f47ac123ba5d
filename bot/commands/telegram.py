"""`confer telegram`: where Telegram delivers updates, as a step of deploying."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC

import typer
from telegram import Bot, WebhookInfo

from bot.commands.telegram_bot import telegram_bot
from bot.commands.trouble import Misused
from bot.telegram_setup import use_webhook
from core.kit.config import load_settings
from core.kit.settings import Settings
from webhooks.telegram import PATH


def telegram(action: str) -> None:
    """Carry out `register`, `status` or `remove`."""
    asyncio.run(_act(action))


async def _act(action: str) -> None:
    settings = load_settings()
    if settings.telegram_token is None:
        raise Misused("CONFER_TELEGRAM_TOKEN: expected a bot token, got none")
    async with telegram_bot(settings, settings.telegram_token.get_secret_value()) as bot:
        await _ACTIONS[action](bot, settings)


async def _register(bot: Bot, settings: Settings) -> None:
    if settings.base_url is None:
        raise Misused("CONFER_BASE_URL: expected a public https address, got none")
    url = f"{settings.base_url}{PATH}"
    await use_webhook(bot, url, settings.telegram_webhook_secret.get_secret_value())
    typer.echo(f"@{bot.username}: updates go to {url}")


async def _remove(bot: Bot, _settings: Settings) -> None:
    await bot.delete_webhook(drop_pending_updates=False)
    typer.echo(f"@{bot.username}: no webhook; what waits is kept for `confer run`")


async def _status(bot: Bot, _settings: Settings) -> None:
    for line in _lines(await bot.get_webhook_info()):
        typer.echo(f"@{bot.username}: {line}")


def _lines(info: WebhookInfo) -> list[str]:
    lines = [f"updates go to {info.url}" if info.url else "no webhook is set"]
    lines.append(f"{info.pending_update_count} waiting")
    if info.last_error_date is not None:
        at = info.last_error_date.astimezone(UTC)
        lines.append(f"last failure {at:%Y-%m-%d %H:%M} UTC: {info.last_error_message}")
    return lines


_ACTIONS: Mapping[str, Callable[[Bot, Settings], Awaitable[None]]] = {
    "register": _register,
    "status": _status,
    "remove": _remove,
}
