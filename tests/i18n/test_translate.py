"""Texts come in the language of the moment, and never empty."""

from pathlib import Path
from threading import Thread

import pytest

from app.i18n import catalogues
from app.i18n.translate import (
    MissingValueError,
    UnknownLanguageError,
    archived,
    current,
    gettext,
    language_of,
    lazy_gettext,
    ngettext,
    using,
)
from tests.i18n.conftest import WriteCatalogue

ENGLISH = """\
msgid "Verder"
msgstr "Continue"

msgid "Aan %(name)s"
msgstr "To %(name)s"

msgid "Van %(name)s"
msgstr "From %(nmae)s"

msgctxt "bank"
msgid "Zitten"
msgstr "Sitting"

msgid "%(num)s bericht"
msgid_plural "%(num)s berichten"
msgstr[0] "%(num)s message"
msgstr[1] "%(num)s messages"

msgid "%(num)s brief van %(name)s"
msgid_plural "%(num)s brieven van %(name)s"
msgstr[0] "%(num)s letter from %(name)s"
msgstr[1] "%(num)s letters from %(name)s"
"""


@pytest.fixture(autouse=True)
def _english(tmp_path: Path, write_catalogue: WriteCatalogue) -> None:
    write_catalogue("en", ENGLISH)
    catalogues.load(tmp_path / "translations")


def test_dutch_is_spoken_when_nobody_chose() -> None:
    assert current().tag == "nl"
    assert gettext("Verder") == "Verder"


def test_a_text_is_translated_inside_the_block_only() -> None:
    with using("en") as language:
        assert language == current()
        assert gettext("Verder") == "Continue"
    assert gettext("Verder") == "Verder"


def test_easy_dutch_falls_back_to_dutch_and_to_what_was_kept(tmp_path: Path, write_catalogue: WriteCatalogue) -> None:
    write_catalogue("nl-easy", 'msgid "Verder"\nmsgstr "Ga door"\n')
    catalogues.load(tmp_path / "translations")

    with using("nl-easy"), archived({"Wie zag het?": "Zag je het?"}):
        assert [gettext(text) for text in ("Verder", "Terug", "Wie zag het?")] == ["Ga door", "Terug", "Zag je het?"]
        assert [language_of(text).html_lang for text in ("Verder", "Terug")] == ["nl", "nl"]


def test_blocks_nest_and_end_also_on_an_error() -> None:
    with using("en"):
        with using("ar"):
            assert current().direction == "rtl"
        assert current().tag == "en"
        with pytest.raises(UnknownLanguageError), using("ar"), using("xx"):
            pass
        assert current().tag == "en"


def test_another_thread_speaks_its_own_language() -> None:
    heard: list[str] = []
    with using("en"):
        thread = Thread(target=lambda: heard.append(current().tag))
        thread.start()
        thread.join()
    assert heard == ["nl"]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguageError, match="'xx'"), using("xx"):
        pass


def test_a_missing_translation_shows_the_source() -> None:
    with using("en"):
        assert gettext("Terug") == "Terug"
        assert ngettext("%(num)s dag", "%(num)s dagen", 2) == "2 dagen"
    with using("ar"):
        assert gettext("Verder") == "Verder"


def test_an_empty_text_stays_empty() -> None:
    with using("en"):
        assert gettext("") == ""


def test_values_are_filled_in() -> None:
    with using("en"):
        assert gettext("Aan %(name)s", name="100 % Ali") == "To 100 % Ali"


def test_a_percent_sign_is_just_that() -> None:
    assert gettext("50 % korting voor %(name)s, 100%", name="Ali") == "50 % korting voor Ali, 100%"


def test_a_missing_value_is_named() -> None:
    with pytest.raises(MissingValueError, match=r"'Aan %\(name\)s' needs a value: pass name=\.\.\."):
        gettext("Aan %(name)s", school="x")
    with pytest.raises(MissingValueError, match="pass name="), using("en"):
        ngettext("%(num)s brief van %(name)s", "%(num)s brieven van %(name)s", 2)


def test_a_broken_translation_gives_way_to_its_source() -> None:
    with using("en"):
        assert gettext("Van %(name)s", name="Ali") == "Van Ali"


@pytest.mark.parametrize(
    ("number", "dutch", "english"), [(1, "1 bericht", "1 message"), (0, "0 berichten", "0 messages")]
)
def test_the_form_fits_the_number(number: int, dutch: str, english: str) -> None:
    assert ngettext("%(num)s bericht", "%(num)s berichten", number) == dutch
    with using("en"):
        assert ngettext("%(num)s bericht", "%(num)s berichten", number) == english


def test_a_plural_takes_other_values_too() -> None:
    with using("en"):
        text = ngettext("%(num)s brief van %(name)s", "%(num)s brieven van %(name)s", 2, name="Ali")
    assert text == "2 letters from Ali"


def test_a_lazy_text_is_translated_when_shown() -> None:
    text = lazy_gettext("Aan %(name)s", name="Ali")
    with using("en"):
        assert (str(text), f"{text}", f"{text:>8}", f"{text!s}") == ("To Ali", "To Ali", "  To Ali", "To Ali")
    assert str(text) == "Aan Ali"


def test_a_lazy_text_may_be_translated_by_gettext() -> None:
    with using("en"):
        assert gettext(lazy_gettext("Verder")) == "Continue"
        assert str(gettext(lazy_gettext("Terug"))) == "Terug"


def test_a_text_knows_in_which_language_it_comes_out() -> None:
    with using("en"):
        assert language_of("Verder").tag == "en"
        assert language_of("Terug").tag == "nl"
    assert language_of("Verder").tag == "nl"


def test_a_context_chooses_the_translation_and_is_never_shown() -> None:
    assert gettext("bank\x04Zitten") == "Zitten"
    with using("en"):
        assert gettext("bank\x04Zitten") == "Sitting"
        assert gettext("school\x04Zitten") == "Zitten"


def test_an_archived_text_speaks_where_the_catalogue_is_silent() -> None:
    kept = {"Terug": "Back", "Verder": "Go on", "school\x04Zitten": "Staying down"}
    with using("en"):
        with archived(kept):
            assert gettext("Terug") == "Back"
            assert gettext("school\x04Zitten") == "Staying down"
            assert gettext("Verder") == "Continue"
            assert language_of("Terug").tag == "en"
        assert gettext("Terug") == "Terug"
