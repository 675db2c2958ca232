"""Catalogues go to translators and come back, as spreadsheets and as PO."""

import io
from pathlib import Path

import pytest
from babel.messages import Catalog
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from app.i18n.catalogues import read_catalogue
from app.i18n.cli import translations
from app.i18n.exchange import COLUMNS, ExchangeError, as_xlsx, from_po, from_xlsx, merge
from app.i18n.status import marked, status_of

SOURCE = '_("Verder met %(name)s", name=1)\nngettext("%(num)s brief", "%(num)s brieven", 2)\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app" / "intake").mkdir(parents=True)
    (tmp_path / "app" / "intake" / "views.py").write_text(SOURCE)
    assert run(tmp_path, "update").exit_code == 0
    assert run(tmp_path, "add", "pl").exit_code == 0
    return tmp_path


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(translations, [*words, "--root", str(root)])


def catalogue(root: Path) -> Catalog:
    return read_catalogue(root / "translations/pl/LC_MESSAGES/messages.po")


def filled(root: Path, changes: dict[int, tuple[str, str]]) -> Path:
    """Export, let a translator write (translation, status) by row, and return the file."""
    path = root / "pl.xlsx"
    assert run(root, "export", "pl", str(path)).exit_code == 0
    book = load_workbook(path)
    for row, (translation, status) in changes.items():
        book["translations"].cell(row, COLUMNS.index("translation") + 1).value = translation
        book["translations"].cell(row, COLUMNS.index("status") + 1).value = status
    book.save(path)
    return path


FORMS = {3: ("%(num)s list", ""), 4: ("%(num)s listy", ""), 5: ("%(num)s listów", ""), 6: ("%(num)s listu", "checked")}


def test_a_spreadsheet_has_a_row_for_each_plural_form_and_says_where_a_text_stands(project: Path) -> None:
    path = filled(project, {})

    rows = list(load_workbook(path)["translations"].iter_rows(values_only=True))

    assert rows[0] == COLUMNS
    assert [row[7] for row in rows[1:]] == [None, "0", "1", "2", "3"]
    assert [row[4] for row in rows[1:]] == ["Verder met %(name)s", "%(num)s brief", *["%(num)s brieven"] * 3]
    assert all(row[1] and row[1].startswith("Student: ") and row[2] == "critical" for row in rows[1:])


def test_what_a_translator_wrote_comes_back_with_its_status(project: Path) -> None:
    path = filled(project, {2: ("Dalej: %(name)s", "approved"), **FORMS})

    assert run(project, "import", "pl", str(path)).output == "pl: 2 texts changed\n"
    assert run(project, "import", "pl", str(path)).output == "pl: 0 texts changed\n"

    first, second = [message for message in catalogue(project) if message.id]
    assert (first.string, status_of(first)) == ("Dalej: %(name)s", "approved")
    assert second.string == ("%(num)s list", "%(num)s listy", "%(num)s listów", "%(num)s listu")
    assert status_of(second) == "checked"


def test_empty_cells_change_nothing(project: Path) -> None:
    run(project, "import", "pl", str(filled(project, {2: ("Dalej: %(name)s", "checked")})))

    again = filled(project, {2: ("", "")})

    assert run(project, "import", "pl", str(again)).output == "pl: 0 texts changed\n"
    assert catalogue(project).get("Verder met %(name)s").string == "Dalej: %(name)s"  # type: ignore[union-attr]


def test_a_translation_that_changes_beside_an_old_status_is_a_draft_again(project: Path) -> None:
    run(project, "import", "pl", str(filled(project, {2: ("Dalej: %(name)s", "approved")})))

    run(project, "import", "pl", str(filled(project, {2: ("Idź dalej: %(name)s", "approved")})))

    message = catalogue(project).get("Verder met %(name)s")
    assert message is not None
    assert (message.string, status_of(message)) == ("Idź dalej: %(name)s", "draft")


def test_a_lost_placeholder_is_named_by_row_and_nothing_changes(project: Path) -> None:
    path = filled(project, {2: ("Dalej", "approved"), **FORMS})
    before = catalogue(project)

    result = run(project, "import", "pl", str(path))

    assert result.exit_code == 1
    assert 'pl.xlsx:2: "Verder met %(name)s" has other placeholders' in result.output
    assert "nothing was changed" in result.output
    assert [message.string for message in before] == [message.string for message in catalogue(project)]


def test_a_text_that_is_gone_is_named_and_the_rest_is_taken(project: Path) -> None:
    path = filled(project, {2: ("Dalej: %(name)s", ""), **FORMS})
    (project / "app" / "intake" / "views.py").write_text(SOURCE.splitlines()[1])
    run(project, "update")

    result = run(project, "import", "pl", str(path))

    assert "pl.xlsx:2: this text is no longer in the project" in result.output
    assert "pl: 1 texts changed" in result.output


def test_only_what_is_missing_or_unapproved_can_be_exported(project: Path) -> None:
    run(project, "import", "pl", str(filled(project, {2: ("Dalej: %(name)s", "approved")})))

    told = [run(project, "export", "pl", str(project / "a.po"), "--only", which) for which in ("missing", "unapproved")]

    assert [result.output.rsplit(": ")[-1] for result in told] == ["1 texts of pl\n"] * 2
    assert "Verder" not in (project / "a.po").read_text()


def test_a_po_file_goes_out_and_comes_back(project: Path) -> None:
    path = project / "pl.po"
    run(project, "export", "pl", str(path))
    path.write_text(path.read_text().replace('%(name)s"\nmsgstr ""', '%(name)s"\nmsgstr "Dalej: %(name)s"'))

    assert run(project, "import", "pl", str(path)).output == "pl: 1 texts changed\n"


def test_a_tool_that_drops_comments_takes_no_approval_away(project: Path) -> None:
    run(project, "import", "pl", str(filled(project, {2: ("Dalej: %(name)s", "approved")})))
    path = project / "pl.po"
    run(project, "export", "pl", str(path))
    bare = "\n".join(line for line in path.read_text().splitlines() if not line.startswith("# "))
    approved = path.read_text()

    read = catalogue(project)
    assert not merge(read, from_po(bare.encode())).changed
    for message in read:
        message.user_comments = marked(message, "draft")
    assert [line for _, line in merge(read, from_po(approved.encode())).changed]


def book_of(*rows: list[object]) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no workbook", "save it as .xlsx"),
        (book_of(["id", "status"]), "the first row lacks where, critical"),
        (book_of([]), "the first row lacks id"),
        (book_of([*COLUMNS], ["a", "", "", "done", "", "", "x", ""]), "row 2: status 'done'; write draft, checked"),
        (book_of([*COLUMNS], ["a", "", "", "", "", "", "x", "first"]), "row 2: form 'first'"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(data: bytes, said: str) -> None:
    with pytest.raises(ExchangeError, match=said):
        from_xlsx(data)


@pytest.mark.parametrize("data", [b"nonsense\n", "msgid ï".encode("latin-1")])
def test_a_broken_po_file_says_so(data: bytes) -> None:
    with pytest.raises(ExchangeError, match="no PO file in UTF-8"):
        from_po(data)


def test_rows_without_an_id_are_no_texts() -> None:
    assert from_xlsx(book_of([*COLUMNS], ["", "", "", "", "a note of the translator", "", "", ""])) == []


def test_a_language_without_a_catalogue_and_a_file_of_another_kind_are_refused(project: Path) -> None:
    (project / "a.csv").write_text("x")

    assert "`flask translations add uk` makes one" in run(project, "export", "uk", "a.po").output
    assert "must end in .xlsx or .po" in run(project, "export", "pl", "a.csv").output
    assert "must end in .xlsx or .po" in run(project, "import", "pl", str(project / "a.csv")).output


def test_a_broken_workbook_ends_the_import_with_its_name(project: Path) -> None:
    (project / "a.xlsx").write_bytes(b"no workbook")

    assert "a.xlsx: this is no XLSX workbook" in run(project, "import", "pl", str(project / "a.xlsx")).output


def test_a_language_is_begun_once_and_only_when_it_is_known(project: Path) -> None:
    assert "pl has a catalogue already" in run(project, "add", "pl").output
    assert "'xx' is unknown; add it to app/i18n/languages.py" in run(project, "add", "xx").output


def test_no_cell_of_an_export_is_a_formula() -> None:
    texts = Catalog(locale="pl")
    texts.add("=1+1", "=2", locations=[("app/intake/a.py", 1)])

    page = load_workbook(io.BytesIO(as_xlsx([message for message in texts if message.id], Catalog())))["translations"]

    assert [page.cell(2, column).data_type for column in (5, 7)] == ["s", "s"]
