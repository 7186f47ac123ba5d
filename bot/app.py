"""The one path of every update, from polling and from the webhook alike."""

import logging
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from telegram import Bot, Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.callbacks import BadCallback, Callback, unpack
from bot.errors import explained, unexpected
from bot.handlers.routes import BEFORE_CONSENT, TAPS
from bot.handlers.start import greeting, must_agree_first
from bot.handlers.typed import typed
from bot.handlers.zone import place_shared
from bot.screens.refusal import out_of_date
from bot.show import Call, Show
from bot.telegram_setup import set_own_commands
from bot.turn import Reply, Turn
from core.domain.access import Actor
from core.domain.errors import DomainError
from core.domain.person import Person
from core.domain.practice import Practice
from core.domain.zones import zone
from core.kit.i18n import texts
from core.kit.logs import log_context
from core.kit.metrics import Metrics
from core.ports.calendar_files import CalendarFile
from core.ports.clock import Clock
from core.services.people import Contact
from core.services.use_cases import UseCases

log = logging.getLogger(__name__)

SOURCE = "telegram"
Shown: TypeAlias = Callable[[Update, Reply], Awaitable[Call | None]]
"""Shows a reply, and gives what is left to do."""


class Chat:
    """Handles updates: each once, one person's strictly one after the other, different people's at once."""

    def __init__(
        self, bot: Bot, core: UseCases, clock: Clock, metrics: Metrics, calendar_file: CalendarFile
    ) -> None:
        self._bot = bot
        self._core = core
        self._clock = clock
        self._metrics = metrics
        self._seconds = metrics.handler_seconds.labels("telegram")
        self._calendar_file = calendar_file
        self._show = Show(bot, core.drafts)

    async def handle(self, update: Update) -> None:
        """Carry out one update; it is kept as done only after that, so that a failure brings it again."""
        await self._handle(update, self._show.reply)

    async def handle_posted(self, update: Update) -> Call | None:
        """As `handle`; gives the call that ends a tap, to go with the answer to the webhook."""
        return await self._handle(update, self._show.reply_but_for_the_tap)

    async def _handle(self, update: Update, show: Shown) -> Call | None:
        user = update.effective_user
        if user is None or user.is_bot or not _private(update) or not _asks(update):
            return None
        async with self._core.turn(user.id):
            with log_context(update_id=update.update_id), self._seconds.time():
                return await self._carry_out(update, user, show)

    async def _carry_out(self, update: Update, user: User, show: Shown) -> Call | None:
        key = str(update.update_id)
        async with self._core.snapshot():
            met = await self._core.people.meet_once(_contact(user), SOURCE, key)
            if met is None:
                return await show(update, Reply())
            reply = await self._reply(update, *met)
            await self._keep_place(update, reply, met[0])
        left = await show(update, reply)
        if reply.menu_changed:
            await self._change_menu(met[0].id)
        self._metrics.updates.labels("telegram", "done").inc()
        await self._core.inbox.finish(SOURCE, key)
        return left

    async def _reply(self, update: Update, person: Person, practice: Practice) -> Reply:
        if update.my_chat_member is not None:
            await self._membership(update, person)
            return Reply()
        turn = self._turn(update, person, practice)
        callback = _callback(update)
        try:
            return await _answer(turn, update, callback)
        except DomainError as error:
            return await explained(turn, error, callback)
        except Exception:
            self._metrics.updates.labels("telegram", "failed").inc()
            await self._show.apology(update, unexpected(turn, callback))
            raise

    async def _keep_place(self, update: Update, reply: Reply, person: Person) -> None:
        """Know which message shows a draft: the end of a hold is told there, and in no other screen."""
        query = update.callback_query
        if query is None or query.message is None or reply.screen is None or reply.fresh:
            return
        if reply.draft is None:
            await self._core.drafts.left(Actor(person=person), query.message.message_id)
        elif reply.draft.message_id is None:
            await self._core.drafts.shown(reply.draft, query.message.message_id)

    async def _change_menu(self, person_id: int) -> None:
        """Show the commands of what the person is now; if Telegram does not take them, at the next start."""
        try:
            await set_own_commands(self._bot, [await self._core.people.get(person_id)])
        except TelegramError as error:
            log.warning("commands not changed: %s", error)

    async def _membership(self, update: Update, person: Person) -> None:
        change = update.my_chat_member
        if change and change.new_chat_member.status == ChatMemberStatus.BANNED:
            await self._core.people.blocked(person.id)

    def _turn(self, update: Update, person: Person, practice: Practice) -> Turn:
        query, message = update.callback_query, update.message
        return Turn(
            core=self._core,
            person=person,
            practice=practice,
            texts=texts(person.locale, zone(person.zone or practice.zone)),
            now=self._clock.now(),
            bot_name=self._bot.username,
            calendar_file=self._calendar_file,
            message_id=query.message.message_id if query and query.message else None,
            language=update.effective_user.language_code if update.effective_user else None,
            text=(message.text or message.caption or "") if message else "",
            text_id=message.message_id if message else None,
        )


async def _answer(turn: Turn, update: Update, callback: Callback | None) -> Reply:
    if callback is not None:
        if must_agree_first(turn.person) and type(callback) not in BEFORE_CONSENT:
            return greeting(turn)
        return await TAPS[type(callback)](turn, callback)
    if update.callback_query is not None:
        return Reply(toast=out_of_date(turn.texts), alert=True)
    message = update.message
    if must_agree_first(turn.person) and not turn.text.startswith("/"):
        return greeting(turn)
    if message is not None and message.location is not None:
        return await place_shared(turn, message.location.latitude, message.location.longitude)
    return await typed(turn)


def _callback(update: Update) -> Callback | None:
    """What the tapped button means; None for a text, and for data that we never made."""
    if update.callback_query is None:
        return None
    try:
        return unpack(update.callback_query.data or "")
    except BadCallback:
        return None


def _asks(update: Update) -> bool:
    """Whether somebody wants something; that an old message was edited asks for nothing."""
    return any((update.message, update.callback_query, update.my_chat_member))


def _private(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type == ChatType.PRIVATE


def _contact(user: User) -> Contact:
    return Contact(telegram_id=user.id, name=user.full_name, language=user.language_code)
