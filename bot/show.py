"""Showing a reply in Telegram: edits are repeated safely, new messages never blindly."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, TypeVar

from telegram import Bot, InputFile, InputMediaPhoto, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.markup import extras, markup
from bot.screens.screen import Screen
from bot.telegram_errors import gone, too_old, unchanged, unreachable, wait_seconds
from bot.turn import Document, Photo, Reply
from core.services.drafts import Drafts

log = logging.getLogger(__name__)

ATTEMPTS = 3
LONGEST_WAIT = 10.0
T = TypeVar("T")
Call: TypeAlias = dict[str, Any]
"""A call in the answer to a webhook; see "Making requests when getting updates" in the Bot API."""


def tap_answer(update: Update, reply: Reply) -> Call | None:
    """The call of the Bot API that ends a tap's spinner with the reply's toast; None without a tap."""
    if update.callback_query is None:
        return None
    call = {"method": "answerCallbackQuery", "callback_query_id": update.callback_query.id}
    return call if reply.toast is None else call | {"text": reply.toast, "show_alert": reply.alert}


class Show:
    """Answers taps and texts in the chat they came from."""

    def __init__(self, bot: Bot, drafts: Drafts) -> None:
        self._bot = bot
        self._drafts = drafts

    async def reply(self, update: Update, reply: Reply) -> None:
        """Show a reply; the tap's spinner ends at the same time."""
        if update.callback_query is None:
            await self._show(update, reply)
            return
        await asyncio.gather(self._answer(update.callback_query.id, reply), self._show(update, reply))

    async def reply_but_for_the_tap(self, update: Update, reply: Reply) -> Call | None:
        """Show a reply; gives the call that ends the tap's spinner, for whoever can spare us making it."""
        await self._show(update, reply)
        return tap_answer(update, reply)

    async def apology(self, update: Update, reply: Reply) -> None:
        """Say that something went wrong, as far as Telegram still lets us."""
        try:
            await self.reply(update, reply)
        except TelegramError as error:
            log.warning("apology not delivered: %s", error)

    async def _answer(self, query_id: str, reply: Reply) -> None:
        try:
            await self._bot.answer_callback_query(query_id, text=reply.toast, show_alert=reply.alert)
        except TelegramError as error:
            if not too_old(error):
                log.warning("tap not answered: %s", error)

    async def _show(self, update: Update, reply: Reply) -> None:
        if update.effective_chat is None:
            return
        chat_id = update.effective_chat.id
        try:
            if reply.before is not None:
                await self._send(chat_id, reply.before)
            if reply.document is not None:
                await self._send_document(chat_id, reply.document)
            if reply.screen is not None:
                await self._show_screen(chat_id, _tapped(update), reply, reply.screen)
        except TimedOut:
            log.warning("Telegram did not say whether the message arrived")
        except TelegramError as error:
            if not unreachable(error):
                raise
            log.info("chat is unreachable")

    async def _show_screen(self, chat_id: int, tapped: Message | None, reply: Reply, screen: Screen) -> None:
        in_place = None if reply.fresh or screen.keyboard is not None else tapped
        if in_place is not None and await self._change(chat_id, in_place, reply.photo, screen):
            return
        message = await self._send(chat_id, screen, reply.photo)
        if in_place is not None and in_place.photo:
            await self._delete(chat_id, in_place.message_id)
        if reply.draft is None:
            return
        await self._drafts.shown(reply.draft, message.message_id)
        if reply.draft.message_id is not None and reply.draft.message_id != message.message_id:
            await self._delete(chat_id, reply.draft.message_id)

    async def _change(self, chat_id: int, tapped: Message, photo: Photo | None, screen: Screen) -> bool:
        """Whether the message shows the screen now; False when it is no longer there, or cannot become that.

        A text may get a photo and a photo another one, but Telegram never makes a text of a photo.
        """
        if photo is None and tapped.photo:
            return False
        try:
            await _persistently(lambda: self._edit(chat_id, tapped.message_id, photo, screen))
        except TelegramError as error:
            if unchanged(error):
                return True
            if gone(error):
                return False
            raise
        return True

    async def _edit(self, chat_id: int, message_id: int, photo: Photo | None, screen: Screen) -> object:
        if photo is None:
            return await self._bot.edit_message_text(
                screen.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                api_kwargs=extras(screen),
            )
        return await self._bot.edit_message_media(
            InputMediaPhoto(photo.content, caption=screen.text, parse_mode=ParseMode.HTML),
            chat_id=chat_id,
            message_id=message_id,
            api_kwargs={"reply_markup": markup(screen)},
        )

    async def _send(self, chat_id: int, screen: Screen, photo: Photo | None = None) -> Message:
        if photo is not None:
            return await _patiently(
                lambda: self._bot.send_photo(
                    chat_id,
                    photo.content,
                    caption=screen.text,
                    parse_mode=ParseMode.HTML,
                    api_kwargs={"reply_markup": markup(screen)},
                )
            )
        return await _patiently(
            lambda: self._bot.send_message(
                chat_id,
                screen.text,
                parse_mode=ParseMode.HTML,
                api_kwargs=extras(screen),
            )
        )

    async def _send_document(self, chat_id: int, document: Document) -> None:
        file = InputFile(document.content, filename=document.name)
        await _patiently(lambda: self._bot.send_document(chat_id, file, caption=document.caption or None))

    async def _delete(self, chat_id: int, message_id: int) -> None:
        try:
            await self._bot.delete_message(chat_id, message_id)
        except TelegramError as error:
            log.info("old message stays: %s", error)


def _tapped(update: Update) -> Message | None:
    """The message with the tapped button; None also when Telegram does not show it any more."""
    query = update.callback_query
    return query.message if query and isinstance(query.message, Message) else None


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """The call, once more after the wait that Telegram asks for."""
    try:
        return await call()
    except RetryAfter as error:
        if wait_seconds(error) > LONGEST_WAIT:
            raise
        await asyncio.sleep(wait_seconds(error))
        return await call()


async def _persistently(call: Callable[[], Awaitable[T]]) -> T:
    """The call, repeated while the network fails: only for what may safely happen twice."""
    for attempt in range(1, ATTEMPTS):
        try:
            return await _patiently(call)
        except NetworkError as error:
            if isinstance(error, BadRequest):
                raise
            await asyncio.sleep(0.2 * 2**attempt)
    return await _patiently(call)
