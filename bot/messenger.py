"""The messenger port over Telegram: at Telegram's pace, and each trouble with its meaning."""

import logging
from collections.abc import Awaitable, Callable

from aiolimiter import AsyncLimiter
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter, TelegramError, TimedOut

from bot.drafts import load
from bot.handlers.wizard import chosen
from bot.markup import extras
from bot.screens.admin_no_show import dispute_message
from bot.screens.booking_conflict import ConflictState, hold_expired
from bot.screens.email import mail_refused
from bot.screens.notification import later_nudge, notification_screen
from bot.screens.screen import Screen
from bot.screens.waitlist import lapsed as lapsed_message
from bot.telegram_errors import gone, unchanged, unreachable, wait_seconds
from core.domain.access import Actor
from core.domain.errors import NotFound
from core.domain.notification import Dispute, HoldEnded, LaterNudge, Notification, OfferLapsed
from core.domain.person import Person
from core.domain.zones import zone
from core.kit.i18n import Texts, texts
from core.kit.metrics import Metrics
from core.ports.clock import Clock
from core.ports.messenger import Unreachable
from core.ports.trouble import Rejected, Unavailable
from core.services.drafts import Drafts

log = logging.getLogger(__name__)

MESSAGES_PER_SECOND = 25
"""A little under the 30 that Telegram allows a bot in all its chats together (Bots FAQ)."""


class NoWord(Unavailable):
    """The call was sent and not answered: it may have been carried out."""


class TelegramMessenger:
    """Sends the screens of notifications; see `core.ports.messenger`."""

    def __init__(self, bot: Bot, drafts: Drafts, clock: Clock, metrics: Metrics) -> None:
        self._bot = bot
        self._drafts = drafts
        self._clock = clock
        self._metrics = metrics
        self._pace = AsyncLimiter(MESSAGES_PER_SECOND, 1)

    async def notify(self, notification: Notification) -> bool:
        """Deliver a message about a booking."""
        words = _texts(notification.to, notification.counselor.zone)
        screen = notification_screen(notification, words, self._clock.now())
        return await self._deliver(notification.to, screen, notification.kind)

    async def dispute(self, dispute: Dispute) -> bool:
        """Deliver what the two sides say of a session to an admin."""
        screen = dispute_message(dispute, _texts(dispute.to, dispute.counselor.zone))
        return await self._deliver(dispute.to, screen, "no_show_disputed")

    async def offer_lapsed(self, lapsed: OfferLapsed) -> bool:
        """Tell somebody waiting that a time is no longer kept for them."""
        screen = lapsed_message(_texts(lapsed.to, lapsed.counselor.zone), lapsed)
        return await self._deliver(lapsed.to, screen, "waitlist_lapsed")

    async def nudge_later(self, nudge: LaterNudge) -> bool:
        """Deliver the reminder of sessions still to be scheduled."""
        return await self._deliver(
            nudge.to, later_nudge(nudge, _texts(nudge.to, "UTC")), "schedule_later_nudge"
        )

    async def mail_refused(self, person: Person) -> bool:
        """Say that e-mails to the person's address do not arrive any more."""
        screen = mail_refused(_texts(person, "UTC"), person.email or "")
        return await self._deliver(person, screen, "mail_refused")

    async def hold_ended(self, ended: HoldEnded) -> None:
        """Say so in the wizard's own message, unless it shows something else by now."""
        try:
            row = await self._drafts.get(Actor(person=ended.to), ended.draft_id)
        except NotFound:
            return
        draft = load(row.payload)
        if row.message_id is None or draft.hold_id != ended.hold_id or draft.booked_id or not draft.start:
            return
        practice = await self._drafts.practice()
        state = ConflictState(
            draft=row.id, chosen=chosen(practice, draft), code="hold_expired", start=draft.start
        )
        screen = hold_expired(_texts(ended.to, practice.zone), state)
        await self._call(
            lambda: self._bot.edit_message_text(
                screen.text,
                chat_id=ended.to.telegram_id,
                message_id=row.message_id,
                parse_mode=ParseMode.HTML,
                api_kwargs=extras(screen),
            )
        )

    async def _deliver(self, to: Person, screen: Screen, kind: str) -> bool:
        result = "failed"
        try:
            async with self._pace:
                confirmed = await self._send(to, screen)
            result = "sent" if confirmed else "unconfirmed"
        except Unreachable:
            result = "unreachable"
            raise
        finally:
            self._metrics.notifications.labels(kind, "telegram", result).inc()
        return confirmed

    async def _send(self, to: Person, screen: Screen) -> bool:
        """Whether Telegram says that the message has arrived; without a word it is not sent again."""
        if to.telegram_id is None:
            raise Unreachable
        chat_id = to.telegram_id
        try:
            await self._call(
                lambda: self._bot.send_message(
                    chat_id,
                    screen.text,
                    parse_mode=ParseMode.HTML,
                    api_kwargs=extras(screen),
                )
            )
        except NoWord:
            log.warning("Telegram did not say whether the message arrived")
            return False
        return True

    async def _call(self, call: Callable[[], Awaitable[object]]) -> None:
        try:
            await call()
        except RetryAfter as error:
            raise Unavailable("Telegram asks to wait", wait_seconds(error)) from error
        except TimedOut as error:
            raise NoWord(str(error)) from error
        except TelegramError as error:
            if unchanged(error) or gone(error):
                return
            if unreachable(error):
                raise Unreachable from error
            if isinstance(error, BadRequest):
                raise Rejected(str(error)) from error
            raise Unavailable(str(error)) from error


def _texts(to: Person, fallback_zone: str) -> Texts:
    return texts(to.locale, zone(to.zone or fallback_zone))
