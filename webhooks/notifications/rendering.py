"""From a template to subject, text and HTML: one template for each kind, two forms of its pieces."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined

from core.kit.i18n import Texts

GAP = re.compile(r"\n{3,}")
PIECES = ("say", "facts", "button", "code", "quote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A mail's words; the subject is one line."""

    subject: str
    text: str
    html: str


def render(name: str, t: Texts, values: Mapping[str, Any]) -> Words:
    """The mail of a template, in the language and zone of `t`."""
    text, page = (_written(form, name, t, values) for form in ("txt", "html"))
    text = GAP.sub("\n\n", text).strip() + "\n"
    return Words(subject=text.partition("\n")[0], text=text, html=page)


def _written(form: str, name: str, t: Texts, values: Mapping[str, Any]) -> str:
    environment = _environment(form)
    ways = _Ways(
        t, cast("Callable[[str, str], str]", environment.globals["button"]), values["chat"], values["join"]
    )
    calls = {"t": t, "way_on": ways.way_on, "join_or_chat": ways.join_or_chat}
    return environment.get_template(f"{name}.j2").render({**values, **calls})


@dataclass(frozen=True, slots=True)
class _Ways:
    """The button of a mail, where there is anything to open."""

    t: Texts
    button: Callable[[str, str], str]
    chat: str | None
    join: str | None

    def way_on(self, label: str | None = None) -> str:
        """Into the chat."""
        t = self.t
        return self.button(label or t("Open in the chat"), self.chat) if self.chat else ""

    def join_or_chat(self) -> str:
        """To the meeting, and into the chat."""
        t = self.t
        joining = self.button(t("Join the session"), self.join) if self.join else ""
        return joining + self.way_on()


@cache
def _environment(form: str) -> Environment:
    """The templates for one form; what they call `layout` and the pieces differ between the two."""
    environment = Environment(
        loader=PackageLoader("webhooks.notifications"),
        autoescape=form == "html",  # noqa: S701 - plain text has nothing to escape
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals["layout"] = f"layout.{form}.j2"
    pieces = environment.get_template(f"parts.{form}.j2").module
    environment.globals.update({piece: getattr(pieces, piece) for piece in PIECES})
    return environment
