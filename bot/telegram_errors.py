"""What Telegram's refusals mean, told apart once."""

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

UNCHANGED = "message is not modified"
TOO_OLD = ("query is too old", "query id is invalid")
GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "there is no text in the message to edit",
)
NO_CHAT = ("chat not found", "user is deactivated")


def unchanged(error: TelegramError) -> bool:
    """The message shows this already."""
    return isinstance(error, BadRequest) and UNCHANGED in str(error).lower()


def too_old(error: TelegramError) -> bool:
    """Nobody waits for the answer to this tap any more."""
    return isinstance(error, BadRequest) and any(each in str(error).lower() for each in TOO_OLD)


def gone(error: TelegramError) -> bool:
    """The message is not there to be changed, or is a file that no text can take the place of."""
    return isinstance(error, BadRequest) and any(each in str(error).lower() for each in GONE)


def unreachable(error: TelegramError) -> bool:
    """The person has blocked the bot or left Telegram."""
    text = str(error).lower()
    return isinstance(error, Forbidden) or (isinstance(error, BadRequest) and any(e in text for e in NO_CHAT))


def wait_seconds(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
