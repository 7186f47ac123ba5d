"""The languages of the interface and their message catalogs, read straight from the `.po` files."""

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
LANGUAGES = {"en": "English", "de": "Deutsch"}
FOLDER = Path(__file__).parent / "locale"


def guess(language_code: str | None) -> str:
    """The supported language nearest to an IETF tag such as `de-AT` from Telegram, else `en`."""
    language = (language_code or "").replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else SOURCE


def po_file(language: str, folder: Path = FOLDER) -> Path:
    """Where the catalog of a language lies."""
    return folder / language / "LC_MESSAGES" / "confer.po"


@cache
def translations(language: str) -> NullTranslations:
    """The catalog of a supported language, ready for look-ups; the source language needs none."""
    if language == SOURCE:
        return NullTranslations()
    compiled = io.BytesIO()
    with po_file(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
