"""The links in e-mails with which a person turns off what they do not want to get by e-mail."""

from dataclasses import dataclass

from core.domain.channel import Topic
from core.domain.person import Person
from core.kit.links import Links


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsubscribeLinks:
    """Makes and reads the capabilities; `base` is the address of this service, None where it has none."""

    links: Links
    base: str | None = None

    def address(self, person: Person, topic: Topic) -> str | None:
        """The link of a person for a topic; None where nobody could open it."""
        return self.base and f"{self.base}/unsubscribe/{self.links.seal(_kind(topic), person.id)}"

    def open(self, capability: str) -> tuple[int, Topic] | None:
        """Whose link this is and for which topic; None unless we made it."""
        for topic in Topic:
            sealed = self.links.open(_kind(topic), capability)
            if sealed is not None:
                return sealed.row, topic
        return None


def _kind(topic: Topic) -> str:
    return f"unsubscribe/{topic}"
