"""The reasons to decline a request, as the counselor chooses them and as the client reads them."""

from collections.abc import Mapping

from bot.callbacks import DeclineReason
from core.kit.i18n import Texts, msgid

CHOICES = {
    DeclineReason.TIME: msgid("This time does not suit me"),
    DeclineReason.FULL: msgid("No room for more sessions"),
    DeclineReason.OTHER_COUNSELOR: msgid("A colleague fits better"),
    DeclineReason.MORE_DETAILS: msgid("I need to know more first"),
    DeclineReason.OTHER: msgid("Another reason"),
}

TOLD: Mapping[str, str] = {
    DeclineReason.TIME: msgid("This time does not suit the counselor."),
    DeclineReason.FULL: msgid("The counselor has no room for more sessions at the moment."),
    DeclineReason.OTHER_COUNSELOR: msgid("The counselor thinks that a colleague fits better."),
    DeclineReason.MORE_DETAILS: msgid(
        "The counselor would like to know more first. A note with your request helps."
    ),
}


def decline_words(t: Texts, reason: str) -> str | None:
    """What the client is told of the reason kept with a booking; nothing where there is none to tell."""
    return t(TOLD[reason]) if reason in TOLD else None
