"""Samples of cancelling and of offering another time."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.callbacks import CancelReason
from bot.screens.booking_date import MonthState, month
from bot.screens.booking_header import Chosen
from bot.screens.cancelling import CancelState, cancel_reasons, confirm_cancel, confirm_instead
from bot.screens.refusal import too_long
from bot.screens.reschedule import OfferState, offer
from bot.screens.screen import Screen
from core.domain.actions import Party
from core.domain.cancellation import Reason, refund
from core.domain.money import Money
from core.domain.policy import Policy
from core.domain.side import Side
from core.kit.i18n import Texts
from tests.bot.screens.samples.booking import MONTH
from tests.bot.screens.samples.cards import NEW_START, OFFER, case
from tests.bot.screens.samples.people import (
    ANN,
    EXTREME_NAMES,
    HOUR,
    INTRO,
    LONG_NAME,
    LONG_NOTE,
    NOW,
    START,
    booking,
)

CANCEL = CancelState(
    case=case(),
    session_type=INTRO.title,
    counselor=ANN.name,
    client="Dora Client",
    back=refund(booking(), Side.CLIENT, NOW, Policy()),
    draft=5,
    reason=Reason.ILL,
)
LATE = replace(
    CANCEL,
    case=case(now=START - 3 * HOUR),
    back=refund(booking(), Side.CLIENT, START - 3 * HOUR, Policy()),
)
FREE = replace(booking(), price=Money(minor=0, currency="USD"))
STRANGE = replace(
    CANCEL,
    session_type=EXTREME_NAMES[2],
    counselor=LONG_NAME,
    client=EXTREME_NAMES[1],
    draft=2**63 - 1,
    details=LONG_NOTE[:500],
)
MOVE = OfferState(
    draft=5,
    session_type=INTRO.title,
    other=ANN.name,
    other_zone="America/New_York",
    old=(START, START + HOUR),
    new=(NEW_START, NEW_START + HOUR),
    expires_at=OFFER.expires_at,
    request=False,
)
MOVING: MonthState = replace(
    MONTH,
    chosen=Chosen(counselor=ANN.name, session_type=INTRO.title, minutes=60, moved_from=START),
    back=None,
)

SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    "cancel: reasons": lambda t: cancel_reasons(t, CANCEL),
    "cancel: reasons, late": lambda t: cancel_reasons(t, LATE),
    "cancel: reasons, the counselor's": lambda t: cancel_reasons(
        t, replace(CANCEL, case=case(party=Party.COUNSELOR))
    ),
    "cancel: reasons, the admin's": lambda t: cancel_reasons(
        t, replace(CANCEL, case=case(party=Party.ADMIN))
    ),
    "cancel: reasons, none required": lambda t: cancel_reasons(
        t,
        replace(
            CANCEL,
            case=replace(case(FREE), policy=Policy(chosen={"require_cancellation_reason": False})),
        ),
    ),
    "cancel: confirm": lambda t: confirm_cancel(t, CANCEL),
    "cancel: confirm, late": lambda t: confirm_cancel(t, replace(LATE, details="A cold. Sorry!")),
    "cancel: confirm, the counselor's": lambda t: confirm_cancel(
        t, replace(CANCEL, case=case(party=Party.COUNSELOR))
    ),
    "cancel: confirm, no reason": lambda t: confirm_cancel(t, replace(CANCEL, reason=None, case=case(FREE))),
    "cancel: confirm, extreme": lambda t: confirm_cancel(t, STRANGE),
    "cancel: words too long": lambda t: too_long(t, 500, 612, CancelReason(42, Reason.ILL)),
    "cancel: instead": lambda t: confirm_instead(t, CANCEL, 8, 1),
    "cancel: instead, extreme": lambda t: confirm_instead(t, STRANGE, 2**63 - 1, 2**31),
    "move: month": lambda t: month(t, MOVING),
    "move: offer": lambda t: offer(t, MOVE),
    "move: offer, for a request": lambda t: offer(
        t, replace(MOVE, other="Dora Client", other_zone=None, request=True)
    ),
    "move: offer, extreme": lambda t: offer(
        t,
        replace(
            MOVE, draft=2**63 - 1, session_type=LONG_NAME, other=EXTREME_NAMES[1], other_zone="Asia/Kathmandu"
        ),
    ),
}
