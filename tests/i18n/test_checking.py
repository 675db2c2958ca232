"""Each fault in a text or a translation is named with its file, line and cure."""

from collections.abc import Callable

import pytest
from babel.messages import Catalog

from app.i18n import catalogues
from app.i18n.checking import Sheet, sheet_faults, shortfall, source_faults
from app.i18n.easy import hard_sentences
from tests.i18n.conftest import WriteCatalogue

FindFaults = Callable[..., list[str]]
PLURAL = ("%(num)s brief van %(name)s", "%(num)s brieven van %(name)s")


def template(*texts: str | tuple[str, str]) -> Catalog:
    catalogue = Catalog()
    for line, text in enumerate(texts, start=1):
        catalogue.add(text, locations=[("app/views.py", line)])
    return catalogue


@pytest.fixture
def faults(write_catalogue: WriteCatalogue) -> FindFaults:
    def find(tag: str, body: str, *texts: str | tuple[str, str]) -> list[str]:
        sheet = Sheet(tag, f"{tag}.po", catalogues.read_catalogue(write_catalogue(tag, body)))
        return [str(fault) for fault in sheet_faults(sheet, template(*texts))]

    return find


def plural_body(*forms: str) -> str:
    lines = "".join(f'msgstr[{index}] "{form}"\n' for index, form in enumerate(forms))
    return f'msgid "{PLURAL[0]}"\nmsgid_plural "{PLURAL[1]}"\n{lines}'


def test_a_good_catalogue_has_no_fault(faults: FindFaults) -> None:
    body = 'msgid "Aan %(name)s"\nmsgstr "To %(name)s"\n\n' + plural_body("One letter from %(name)s", *PLURAL[1:])
    assert faults("en", body, "Aan %(name)s", PLURAL) == []


def test_a_missing_translation_is_a_fault(faults: FindFaults) -> None:
    assert faults("en", 'msgid "Verder"\nmsgstr ""\n', "Verder") == [
        'en.po:6: "Verder" has no translation in en, translate it'
    ]


def test_a_missing_plural_form_is_a_fault(faults: FindFaults) -> None:
    (fault,) = faults("en", plural_body("%(name)s", ""), PLURAL)
    assert "has no translation in en" in fault


def test_a_new_text_is_a_fault_at_its_source(faults: FindFaults) -> None:
    assert faults("en", "", "Verder") == ['app/views.py:1: "Verder" is not in en.po, run `flask translations update`']


def test_an_obsolete_text_is_a_fault_in_the_catalogue(faults: FindFaults) -> None:
    assert faults("en", 'msgid "Oud"\nmsgstr "Old"\n') == [
        'en.po:6: "Oud" is no longer a text of the project, run `flask translations update`'
    ]


def test_a_text_that_became_a_plural_is_stale(faults: FindFaults) -> None:
    found = faults("en", f'msgid "{PLURAL[0]}"\nmsgstr "%(num)s letter from %(name)s"\n', PLURAL)
    assert [fault.split('"')[2].split(",")[0] for fault in found] == [
        " is not in en.po",
        " is no longer a text of the project",
    ]


def test_a_fuzzy_translation_is_a_fault(faults: FindFaults) -> None:
    (fault,) = faults("en", '#, fuzzy\nmsgid "Verder"\nmsgstr "Continue"\n', "Verder")
    assert fault.endswith("is marked fuzzy, check it and take the mark away")


@pytest.mark.parametrize(
    "translation", ["To you", "To %(nmae)s", "To %(name)s and %(other)s", "To %(name)s %(name)", "%s"]
)
def test_other_placeholders_are_a_fault(faults: FindFaults, translation: str) -> None:
    (fault,) = faults("en", f'msgid "Aan %(name)s"\nmsgstr "{translation}"\n', "Aan %(name)s")
    assert fault.endswith("has other placeholders than its translation, keep exactly these: name")


def test_a_placeholder_out_of_nothing_is_a_fault(faults: FindFaults) -> None:
    (fault,) = faults("en", 'msgid "Verder"\nmsgstr "On %(name)s"\n', "Verder")
    assert fault.endswith("keep exactly these: none")


def test_a_plural_form_may_leave_out_only_the_number(faults: FindFaults) -> None:
    (fault,) = faults("en", plural_body("One letter", "%(num)s letters from %(name)s"), PLURAL)
    assert "placeholders" in fault


def test_the_same_text_in_another_context_is_another_text(faults: FindFaults) -> None:
    found = faults("en", 'msgctxt "meubel"\nmsgid "Bank"\nmsgstr ""\n', "Bank")
    assert found == [
        'app/views.py:1: "Bank" is not in en.po, run `flask translations update`',
        'en.po:7: "Bank" (meubel) is no longer a text of the project, run `flask translations update`',
    ]


def test_a_gap_in_a_language_that_the_project_need_not_complete_is_no_fault(faults: FindFaults) -> None:
    assert faults("tr", '#, fuzzy\nmsgid "Verder"\nmsgstr ""\n', "Verder") == []
    (fault,) = faults("tr", 'msgid "Verder"\nmsgstr "%s"\n', "Verder %(name)s")[1:]
    assert "is no longer a text" in fault


def test_easy_dutch_need_not_have_every_text_and_is_never_told_to_fall_short(
    faults: FindFaults, write_catalogue: WriteCatalogue
) -> None:
    assert faults("nl-easy", 'msgid "Verder"\nmsgstr "Ga door"\n', "Verder", "Terug") == []
    sheet = Sheet("nl-easy", "a.po", catalogues.read_catalogue(write_catalogue("nl-easy", 'msgid "a"\nmsgstr ""\n')))
    assert list(shortfall(sheet)) == []


def test_easy_dutch_promises_no_more_than_dutch_and_keeps_its_placeholders(faults: FindFaults) -> None:
    (fault,) = faults("nl-easy", 'msgid "Verder"\nmsgstr "Dit blijft geheim."\n', "Verder")
    assert 'promises too much in nl-easy ("geheim")' in fault
    (fault,) = faults("nl-easy", 'msgid "Aan %(name)s"\nmsgstr "Aan jou"\n', "Aan %(name)s")
    assert "has other placeholders" in fault
    (fault,) = faults("nl-easy", 'msgid "Oud"\nmsgstr "Niet nieuw"\n')
    assert "is no longer a text of the project" in fault


def test_a_long_sentence_of_easy_dutch_is_a_fault(faults: FindFaults) -> None:
    long = " ".join(["woord"] * 16) + "."
    (fault, other) = faults(
        "nl-easy",
        f'msgid "Verder"\nmsgstr "Kort. {long} Kort."\n\nmsgid "Terug"\nmsgstr "{long[6:]}"\n',
        "Verder",
        "Terug",
    )
    assert fault.endswith("has a sentence of 16 words in easy Dutch, write at most 15")
    assert other.endswith("has 15 words in a sentence of easy Dutch, write 12 on average")
    assert faults("tr", f'msgid "Verder"\nmsgstr "{long}"\n', "Verder") == []


@pytest.mark.parametrize(
    ("text", "is_easy"),
    [
        ("Een twee drie vier vijf zes zeven acht negen tien elf twaalf.", True),
        ("Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien.", False),
        ("Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien. Kort.", True),
        ("Om 8.30 uur, %(name)s: dit is kort", True),
        ("…", True),
        ("", True),
    ],
)
def test_a_text_is_easy_by_its_longest_sentence_and_by_their_average(text: str, *, is_easy: bool) -> None:
    assert (not list(hard_sentences(text))) is is_easy


def test_a_language_that_falls_short_is_told_how_much(write_catalogue: WriteCatalogue) -> None:
    body = (
        '#: flows/report.yaml\nmsgid "Verder"\nmsgstr ""\n\n'
        '#: flows/report.yaml\n#, fuzzy\nmsgid "Terug"\nmsgstr "Geri"\n\n'
        '#: app/cases/views.py\nmsgid "Rol"\nmsgstr ""\n'
    )
    sheet = Sheet("tr", "tr.po", catalogues.read_catalogue(write_catalogue("tr", body)))
    assert [str(lack) for lack in shortfall(sheet)] == [
        "tr.po:1: tr is not offered: 2 of 2 critical texts and 1 of 1 others have no certain translation,"
        " translate the critical ones first",
        'tr.po:7: "Verder" has no translation in tr, translate it',
        'tr.po:12: "Terug" is marked fuzzy, check it and take the mark away',
    ]


def test_only_the_first_critical_gaps_are_listed(write_catalogue: WriteCatalogue) -> None:
    body = "".join(f'#: flows/report.yaml\nmsgid "text {number}"\nmsgstr ""\n\n' for number in range(40))
    sheet = Sheet("tr", "tr.po", catalogues.read_catalogue(write_catalogue("tr", body)))
    assert len(list(shortfall(sheet))) == 11


def test_a_language_that_is_ready_lacks_nothing(write_catalogue: WriteCatalogue) -> None:
    path = write_catalogue("tr", 'msgid "Verder"\nmsgstr "Devam"\n')
    assert list(shortfall(Sheet("tr", "tr.po", catalogues.read_catalogue(path)))) == []


def test_other_plural_forms_than_those_of_cldr_are_a_fault(write_catalogue: WriteCatalogue) -> None:
    path = write_catalogue("ar", "")
    path.write_text(path.read_text("utf-8").replace("nplurals=6", "nplurals=5"), "utf-8")
    (fault,) = sheet_faults(Sheet("ar", "ar.po", catalogues.read_catalogue(path)), template())
    assert str(fault) == "ar.po:1: Plural-Forms is not the rule of CLDR, run `flask translations update`"


def test_a_promise_in_a_translation_is_a_fault(faults: FindFaults) -> None:
    (fault,) = faults("en", 'msgid "Zonder naam"\nmsgstr "A secret"\n', "Zonder naam")
    assert fault == ('en.po:6: "Zonder naam" promises too much in en ("secret"), say who can read it and who cannot')


def test_html_in_a_translation_is_a_fault(faults: FindFaults) -> None:
    (fault,) = faults("ar", 'msgid "Verder"\nmsgstr "<b>تابع</b>"\n', "Verder")
    assert fault.endswith("has HTML in ar, write plain text; tags belong in the template")


def test_the_dutch_texts_are_checked_too() -> None:
    found = [
        str(fault) for fault in source_faults(template("Goed %(a)s", "Dit is geheim", "<i>nu</i>", "Aan %(name)d"))
    ]
    assert [fault.split(",")[0] for fault in found] == [
        'app/views.py:2: "Dit is geheim" promises too much in nl ("geheim")',
        'app/views.py:3: "<i>nu</i>" has HTML in nl',
        'app/views.py:4: "Aan %(name)d" has a broken placeholder',
    ]


def test_a_long_text_is_shown_by_its_beginning() -> None:
    (fault,) = source_faults(template("geheim " * 20))
    assert len(fault.message.split('"')[1]) == 60
    assert '..."' in fault.message
