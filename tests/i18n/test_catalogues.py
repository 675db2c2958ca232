"""Catalogues are compiled in memory with the plural forms of CLDR."""

from gettext import c2py
from pathlib import Path

import pytest

from app.i18n import catalogues, languages
from app.i18n.catalogues import CatalogueError
from tests.i18n.conftest import WriteCatalogue

WHOLE = 'msgid "Verder"\nmsgstr "Continue"\n'


def offered() -> list[str]:
    return [language.tag for language in languages.offered()]


def test_a_complete_catalogue_is_offered(tmp_path: Path, write_catalogue: WriteCatalogue) -> None:
    write_catalogue("en", WHOLE)
    catalogues.load(tmp_path / "translations")
    assert offered() == ["nl", "en"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        'msgid "Verder"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "Verder"\nmsgstr "Continue"\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n',
    ],
)
def test_an_incomplete_catalogue_is_not_offered(tmp_path: Path, write_catalogue: WriteCatalogue, body: str) -> None:
    write_catalogue("en", body)
    catalogues.load(tmp_path / "translations")
    assert offered() == ["nl"]


def body(critical: int, critical_gaps: int, rest: int, rest_gaps: int) -> str:
    """Return a catalogue with so many texts of each kind, of which so many are untranslated."""
    places = ["flows/report.yaml"] * critical + ["app/cases/views.py"] * rest
    gaps = {*range(critical_gaps), *range(critical, critical + rest_gaps)}
    return "".join(
        f'#: {place}\nmsgid "text {index}"\nmsgstr "{"" if index in gaps else "x"}"\n\n'
        for index, place in enumerate(places)
    )


@pytest.mark.parametrize(
    ("counts", "is_offered"),
    [
        ((10, 0, 100, 0), True),
        ((10, 0, 100, 5), True),
        ((10, 0, 100, 6), False),
        ((100, 1, 100, 0), False),
        ((10, 0, 0, 0), True),
        ((0, 0, 20, 1), True),
        ((0, 0, 19, 1), False),
    ],
)
def test_a_language_is_offered_when_every_critical_text_and_nearly_all_others_are_there(
    tmp_path: Path, write_catalogue: WriteCatalogue, counts: tuple[int, int, int, int], *, is_offered: bool
) -> None:
    write_catalogue("en", body(*counts))
    catalogues.load(tmp_path / "translations")
    assert ("en" in offered()) is is_offered


@pytest.mark.parametrize(
    ("body", "is_offered"),
    [
        ('msgid "Verder"\nmsgstr "Ga door"\n\n#: flows/report.yaml\nmsgid "Terug"\nmsgstr ""\n', True),
        ('msgid "Verder"\nmsgstr ""\n', False),
        ('#, fuzzy\nmsgid "Verder"\nmsgstr "Ga door"\n', False),
        ("", False),
    ],
)
def test_easy_dutch_is_offered_as_soon_as_it_has_a_text(
    tmp_path: Path, write_catalogue: WriteCatalogue, body: str, *, is_offered: bool
) -> None:
    write_catalogue("nl-easy", body)
    catalogues.load(tmp_path / "translations")
    assert ("nl-easy" in offered()) is is_offered


def test_a_ready_catalogue_with_a_gap_is_not_complete(write_catalogue: WriteCatalogue) -> None:
    read = catalogues.read_catalogue(write_catalogue("en", body(10, 0, 100, 5)))
    readiness = catalogues.readiness_of(read)
    assert (readiness.critical, readiness.rest) == (10, 100)
    assert (len(readiness.critical_gaps), len(readiness.rest_gaps)) == (0, 5)
    assert readiness.is_ready
    assert not catalogues.is_complete(read)


def test_a_context_keeps_equal_texts_apart(tmp_path: Path, write_catalogue: WriteCatalogue) -> None:
    write_catalogue("en", 'msgid "Bank"\nmsgstr "Bank"\n\nmsgctxt "meubel"\nmsgid "Bank"\nmsgstr "Couch"\n')
    catalogues.load(tmp_path / "translations")
    compiled = catalogues.compiled("en")
    assert compiled is not None
    assert [compiled.gettext(text) for text in ("Bank", "meubel\x04Bank", "geld\x04Bank")] == ["Bank", "Couch", ""]


def test_loading_again_forgets_what_was_loaded(tmp_path: Path, write_catalogue: WriteCatalogue) -> None:
    write_catalogue("en", WHOLE)
    catalogues.load(tmp_path / "translations")
    catalogues.load(tmp_path / "elsewhere")
    assert catalogues.compiled("en") is None
    assert offered() == ["nl"]


def test_a_fuzzy_translation_is_never_used(tmp_path: Path, write_catalogue: WriteCatalogue) -> None:
    write_catalogue("en", '#, fuzzy\nmsgid "Verder"\nmsgstr "Stop"\n')
    catalogues.load(tmp_path / "translations")
    compiled = catalogues.compiled("en")
    assert compiled is not None
    assert compiled.gettext("Verder") == ""


def test_an_unknown_language_is_named_and_nothing_changes(tmp_path: Path, write_catalogue: WriteCatalogue) -> None:
    write_catalogue("en", WHOLE)
    catalogues.load(tmp_path / "translations")
    (tmp_path / "translations" / "xx" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "translations" / "xx" / "LC_MESSAGES" / "messages.po").write_text(WHOLE)
    with pytest.raises(CatalogueError, match=r"xx: unknown language 'xx'; add it to app/i18n/languages\.py"):
        catalogues.load(tmp_path / "translations")
    assert offered() == ["nl", "en"]


def test_a_broken_file_is_named_with_its_line(write_catalogue: WriteCatalogue) -> None:
    path = write_catalogue("en", "this is no catalogue\n")
    with pytest.raises(CatalogueError, match=r"en/LC_MESSAGES/messages\.po:6: "):
        catalogues.read_catalogue(path)


def test_a_file_that_is_not_utf8_is_named(write_catalogue: WriteCatalogue) -> None:
    path = write_catalogue("en", WHOLE)
    path.write_bytes(path.read_bytes() + b'\nmsgid "caf\xe9"\nmsgstr ""\n')
    with pytest.raises(CatalogueError, match="not UTF-8"):
        catalogues.read_catalogue(path)


@pytest.mark.parametrize(
    ("tag", "forms"),
    [
        ("nl", [1, 0, 1, 1, 1]),
        ("en", [1, 0, 1, 1, 1]),
        ("ar", [0, 1, 2, 3, 4]),
        ("ti", [0, 0, 1, 1, 1]),
        ("fa", [0, 0, 1, 1, 1]),
        ("pl", [2, 0, 1, 1, 2]),
        ("srn", [1, 0, 1, 1, 1]),
    ],
)
def test_plural_forms_follow_cldr(tag: str, forms: list[int]) -> None:
    rule = c2py(catalogues.plural_forms(tag).split("plural=")[1].rstrip(";"))
    assert [rule(number) for number in (0, 1, 2, 3, 11)] == forms


@pytest.mark.parametrize("tag", languages.LANGUAGES)
def test_gettext_understands_the_plural_forms_of_every_language(tag: str, write_catalogue: WriteCatalogue) -> None:
    catalogue = catalogues.read_catalogue(write_catalogue(tag, WHOLE))
    assert catalogues.compile_catalogue(catalogue, tag).ngettext("een", "veel", 1_000_000) == ""


def test_arabic_has_a_form_for_two(tmp_path: Path, write_catalogue: WriteCatalogue) -> None:
    forms = "".join(f'msgstr[{index}] "form {index}"\n' for index in range(6))
    write_catalogue("ar", f'msgid "een"\nmsgid_plural "veel"\n{forms}')
    catalogues.load(tmp_path / "translations")
    compiled = catalogues.compiled("ar")
    assert compiled is not None
    assert [compiled.ngettext("een", "veel", number) for number in (0, 1, 2, 7, 40, 100)] == [
        f"form {index}" for index in range(6)
    ]
