"""Languages that nobody speaks show what is missing, short, or not mirrored."""

from pathlib import Path

import pytest

from app.i18n import catalogues, languages
from app.i18n.pseudo import LONG, MIRRORED, pseudo_text
from app.i18n.translate import gettext, ngettext, using
from tests.i18n.conftest import WriteCatalogue


def test_accents_stand_on_letters_and_a_text_gets_twice_as_long() -> None:
    made = pseudo_text("Verder naar %(place)s", LONG)

    assert made.startswith("Véŕdéŕ ñááŕ %(place)s ")
    assert len(made) >= 1.8 * len("Verder naar %(place)s")


def test_the_other_runs_from_right_to_left_and_keeps_placeholders_readable() -> None:
    assert pseudo_text("Verder naar %(place)s", MIRRORED) == "\u202eVerder\u202c \u202enaar\u202c %(place)s"
    assert languages.LANGUAGES[MIRRORED].direction == "rtl"


@pytest.mark.parametrize("tag", languages.PSEUDO)
def test_every_text_has_a_translation_with_all_plural_forms(
    tmp_path: Path, write_catalogue: WriteCatalogue, tag: str
) -> None:
    write_catalogue(
        "en", 'msgid "Ja"\nmsgstr ""\n\nmsgid "%(num)s brief"\nmsgid_plural "%(num)s brieven"\nmsgstr[0] ""\n'
    )
    catalogues.load(tmp_path / "translations", is_pseudo_offered=True)

    with using(tag):
        texts = [gettext("Ja"), *(ngettext("%(num)s brief", "%(num)s brieven", number) for number in range(12))]

    assert tag in [one.tag for one in languages.offered()]
    assert not {"Ja", "%(num)s brieven"} & set(texts)


def test_they_are_not_offered_unless_somebody_asks(tmp_path: Path, write_catalogue: WriteCatalogue) -> None:
    write_catalogue("en", 'msgid "Ja"\nmsgstr "Yes"\n')
    catalogues.load(tmp_path / "translations")

    assert [one.tag for one in languages.offered()] == ["nl", "en"]
