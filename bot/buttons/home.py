"""The menu, the first greeting and a cell that does nothing."""

from bot.callback_codec import Callback, route


@route("no")
class Noop(Callback):
    """A cell that does nothing."""


@route("ho")
class Home(Callback):
    """The menu."""


@route("co")
class Consent(Callback):
    """The answer to the privacy text."""

    agree: bool
