"""What the bot says of itself in Telegram: in a chat that has not begun yet, and on its profile."""

from core.kit.i18n import Texts

LONGEST, LONGEST_SHORT = 512, 120
"""Characters (Bot API, setMyDescription and setMyShortDescription)."""


def description(t: Texts, practice: str) -> str:
    """What is read before Start is pressed."""
    return t(
        "{practice}: book sessions with our counselors here in the chat, move them or call them off. Your "
        "counselor agrees, and reminders come by themselves, in your language and on your clock.",
        practice=practice,
    )


def short_description(t: Texts) -> str:
    """What stands on the profile, and beside links to the chat."""
    return t("Book and move sessions with our counselors here in the chat, with reminders.")
