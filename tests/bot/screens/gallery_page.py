"""The gallery as one HTML page: every screen as a bubble on a phone, light and dark."""

from collections.abc import Iterable

from markupsafe import Markup

from bot.screens.screen import Button, Link, LocationKeyboard, Screen, Tap

STYLE = Markup("""
:root { color-scheme: light dark; --room: #dfe7ec; --bubble: #fff; --ink: #111; --soft: #5b6b76;
  --key: #0000001f; --key-ink: #fff; --link: #2a7ab8 }
@media (prefers-color-scheme: dark) { :root { --room: #0e1621; --bubble: #182533; --ink: #f1f4f6;
  --soft: #8fa2b2; --key: #ffffff1f; --link: #6ab3f3 } }
* { box-sizing: border-box }
body { margin: 0; padding: 24px; font: 15px/1.35 system-ui, sans-serif; background: var(--room);
  color: var(--ink) }
main { display: grid; grid-template-columns: repeat(auto-fill, 340px); gap: 28px; align-items: start }
h2 { grid-column: 1 / -1; margin: 16px 0 0 }
.phone { width: 340px }
.phone > header { color: var(--soft); font-size: 12px; margin: 0 0 4px 4px }
.bubble { background: var(--bubble); border-radius: 14px 14px 14px 4px; padding: 8px 12px;
  white-space: pre-wrap; overflow-wrap: anywhere }
blockquote { display: inline-block; width: 100%; margin: 2px 0; padding: 2px 8px; border-radius: 4px;
  border-left: 3px solid var(--link);
  background: color-mix(in srgb, var(--link) 10%, transparent) }
code, tg-time { color: var(--link) }
.row { display: flex; gap: 4px; margin-top: 4px }
.row span { flex: 1 1 0; min-width: 0; padding: 9px 2px; border-radius: 8px; background: #6f8796;
  color: var(--key-ink); text-align: center; font-size: 14px; font-weight: 500; overflow: hidden;
  white-space: nowrap; text-overflow: clip }
.row .primary { background: #3390ec }
.row .success { background: #31a24c }
.row .danger { background: #e04545 }
""")


def render_gallery(screens: Iterable[tuple[str, str, Screen]]) -> str:
    """The page for (language, name, screen) triples, a section for each language."""
    parts: list[Markup] = []
    section = ""
    for language, name, screen in screens:
        if language != section:
            section = language
            parts.append(Markup("<h2>{}</h2>").format(language))
        parts.append(_phone(name, screen))
    head = Markup("<!doctype html><html lang=en><meta charset=utf-8><title>Gallery</title>")
    return (
        head
        + Markup("<style>{}</style>").format(STYLE)
        + Markup("<main>{}</main></html>").format(Markup("\n").join(parts))
    )


def _phone(name: str, screen: Screen) -> Markup:
    rows = [*(Markup().join(map(_button, row)) for row in screen.rows)]
    if isinstance(screen.keyboard, LocationKeyboard):
        rows.append(Markup("<span>⌨ {}</span>").format(screen.keyboard.label))
    return Markup(
        '<section class="phone"><header>{}</header><div class="bubble">{}</div>{}</section>'
    ).format(
        name, screen.text, Markup().join(Markup('<div class="row">{}</div>').format(row) for row in rows)
    )


def _button(button: Button) -> Markup:
    style = button.style or "" if isinstance(button, Tap) else ""
    mark = " ↗" if isinstance(button, Link) else ""
    return Markup('<span class="{}">{}{}</span>').format(style, button.label, mark)
