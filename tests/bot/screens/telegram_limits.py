"""What Telegram (Bot API) and a phone's width allow of a screen."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from bot.callback_codec import LIMIT, pack
from bot.callbacks import unpack
from bot.screens.booking_date import EMPTY_CELL
from bot.screens.screen import Button, Copy, Link, LocationKeyboard, Screen, Tap
from bot.screens.wording import ROOM, width

TAGS = frozenset({"b", "i", "code", "blockquote", "tg-time"})
LONGEST_TEXT = 4096
LONGEST_COPY = 256
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8


class _Text(HTMLParser):
    """The text of a message as it is after its entities are taken out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag not in TAGS or names != ({"unix", "format"} if tag == "tg-time" else set()):
            self.wrong.append(f"<{tag}> with {sorted(names)}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text += data


def plain_text(screen: Screen) -> str:
    """The text of a screen without its markup."""
    parser = _Text()
    parser.feed(str(screen.text))
    parser.close()
    return parser.text


def problems(screen: Screen) -> list[str]:
    """What Telegram would refuse or a phone would cut off; empty when all is well."""
    return [*_in_text(screen), *_in_rows(screen), *_in_keyboard(screen)]


def _in_text(screen: Screen) -> Iterator[str]:
    parser = _Text()
    parser.feed(str(screen.text))
    parser.close()
    yield from parser.wrong
    yield from (f"<{tag}> stays open" for tag in parser.open)
    length = len(parser.text.encode("utf-16-le")) // 2
    if not 0 < length <= LONGEST_TEXT or not parser.text.strip():
        yield f"the text has {length} units"
    if "{" in parser.text or "\n\n\n" in parser.text or parser.text != parser.text.strip():
        yield "the text has a hole"


def _in_rows(screen: Screen) -> Iterator[str]:
    if sum(map(len, screen.rows)) > MOST_BUTTONS:
        yield "more than 100 buttons"
    for row in screen.rows:
        if not 1 <= len(row) <= MOST_IN_A_ROW:
            yield f"a row of {len(row)} buttons"
        for button in row:
            yield from (f"{button.label!r}: {each}" for each in _in_button(button, ROOM[len(row)]))


def _in_button(button: Button, room: int) -> Iterator[str]:
    if not button.label.strip() or "\n" in button.label or "{" in button.label:
        yield "no label"
    if width(button.label) > room and button.label != EMPTY_CELL:
        yield f"{width(button.label)} wide where {room} fit"
    match button:
        case Tap(callback=callback):
            data = pack(callback)
            if len(data.encode()) > LIMIT or unpack(data) != callback:
                yield f"{data!r} does not come back"
        case Link(url=url):
            parts = urlsplit(url)
            if parts.scheme != "https" or not parts.netloc or not url.isascii():
                yield f"{url!r} is no address"
        case Copy(text=text):
            if not 0 < len(text) <= LONGEST_COPY:
                yield "nothing or too much to copy"


def _in_keyboard(screen: Screen) -> Iterator[str]:
    if screen.keyboard and screen.rows:
        yield "two kinds of keyboard"
    if isinstance(screen.keyboard, LocationKeyboard) and not 0 < len(screen.keyboard.placeholder) <= 64:
        yield "the placeholder has 1 to 64 characters"
