"""Languages: which one a person gets, and that catalogs answer."""

import pytest

from core.kit.translations import LANGUAGES, guess, po_file, translations


@pytest.mark.parametrize(
    ("code", "language"),
    [("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("en-GB", "en"), ("fr", "en"), ("", "en"), (None, "en")],
)
def test_the_nearest_supported_language_is_guessed(code: str | None, language: str) -> None:
    assert guess(code) == language


def test_languages_call_themselves_by_their_own_name() -> None:
    assert LANGUAGES == {"en": "English", "de": "Deutsch"}


def test_every_language_but_the_source_has_a_catalog() -> None:
    assert [language for language in LANGUAGES if po_file(language).is_file()] == ["de"]


def test_catalogs_translate_and_pass_on_what_they_do_not_know() -> None:
    assert translations("de").gettext("{city} time") == "Ortszeit {city}"
    assert translations("en").gettext("{city} time") == "{city} time"
    assert translations("de").gettext("never said") == "never said"
    assert translations("de").ngettext("{n} x", "{n} xs", 2) == "{n} xs"
