"""What a file of the social map may hold."""

import csv
import io
from pathlib import Path

import pytest

from app.referrals.sheet import COLUMNS, DUTCH_TEXTS, PACKAGED, SheetError, read_sheet


def rows() -> list[dict[str, str]]:
    with PACKAGED.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(folder: Path, changed: list[dict[str, str]]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(changed[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(changed)
    path = folder / "map.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(SheetError) as caught:
        read_sheet(path)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("service", "number"),
    [
        ("kindertelefoon", "0800-0432"),
        ("veilig-thuis", "0800-2000"),
        ("113", "113"),
        ("csg", "0800-0188"),
        ("mma", "0800-7000"),
    ],
)
def test_the_best_known_numbers_belong_to_the_right_service(service: str, number: str) -> None:
    owners = [entry.id for entry in read_sheet(PACKAGED) if entry.phone == number]

    assert owners == [service]


def test_the_packaged_file_has_every_text_in_dutch_and_no_number_inside_a_text() -> None:
    for entry in read_sheet(PACKAGED):
        assert all(getattr(entry, name) for name in DUTCH_TEXTS), entry.id


def test_no_dutch_text_speaks_of_sources_or_memory() -> None:
    texts = " ".join(row[name] for row in rows() for name in DUTCH_TEXTS).casefold()

    assert not [word for word in ("memory", "stored", "geheugen", "bron", "confirm") if word in texts]


def test_a_file_without_dutch_texts_is_accepted(tmp_path: Path) -> None:
    plain = [{name: value for name, value in row.items() if name not in DUTCH_TEXTS} for row in rows()]

    assert {entry.what_they_do_nl for entry in read_sheet(write(tmp_path, plain))} == {""}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "Has Spaces"),
        ("name_nl", " "),
        ("phone", "call us"),
        ("phone", "070-123"),
        ("website", "javascript:alert(1)"),
        ("website", "https://user@site.example"),
        ("website", "https://[half"),
        ("chat_url", "ftp://site.example"),
        ("min_age", "twelve"),
        ("min_age", "-1"),
        ("max_age", "999"),
        ("verified", "maybe"),
        ("emergency", "yes"),
        ("anonymous_possible", ""),
        ("area", "mars"),
        ("opening_hours_nl", "Bel 0800-0432"),
        ("source", ""),
        ("what_they_do_en", "a\0b"),
    ],
)
def test_a_wrong_cell_is_named_with_file_line_and_column(tmp_path: Path, column: str, value: str) -> None:
    changed = rows()
    changed[5][column] = value

    (fault, *rest) = faults(write(tmp_path, changed))

    assert fault.startswith(f"{tmp_path / 'map.csv'}:7: column {column}")
    assert not rest


@pytest.mark.parametrize("service", ["mma", "kindertelefoon", "politie"])
def test_a_known_number_may_not_wander_to_another_service(tmp_path: Path, service: str) -> None:
    changed = rows()
    next(row for row in changed if row["id"] == service)["phone"] = "0800-2000"

    assert "column phone: 0800-2000 is the number of 'veilig-thuis'" in faults(write(tmp_path, changed))[0]


@pytest.mark.parametrize("number", ["", "0800-0433"])
def test_a_known_service_keeps_its_own_number(tmp_path: Path, number: str) -> None:
    changed = rows()
    next(row for row in changed if row["id"] == "kindertelefoon")["phone"] = number

    assert "is not a known number of 'kindertelefoon'" in faults(write(tmp_path, changed))[0]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    changed = rows()
    changed[0]["verified"] = "x"
    changed[1]["id"] = changed[0]["id"]
    changed[2] |= {"min_age": "18", "max_age": "12"}

    found = faults(write(tmp_path, changed))

    assert [fault.split(": ")[1] for fault in found] == ["column verified", "column id", "column min_age"]
    assert "line 2 too" in found[1]


def test_a_missing_and_an_unknown_column_are_named(tmp_path: Path) -> None:
    changed = [{("telephone" if name == "phone" else name): value for name, value in row.items()} for row in rows()]

    found = faults(write(tmp_path, changed))

    assert "column phone is missing" in found[0]
    assert "column 'telephone' is unknown" in found[1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is missing"),
        (b"\xff\xfe", "not UTF-8"),
        (",".join(COLUMNS).encode(), "no services"),
        ((",".join(COLUMNS) + '\n"open').encode(), "check its quotes"),
        ((",".join([*COLUMNS, "id"]) + "\n").encode(), "twice"),
        ((",".join(COLUMNS) + "\n" + "a," * 40).encode(), "more cells"),
    ],
)
def test_a_file_that_is_no_social_map_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes(content)

    assert words in faults(path)[0]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "no such file" in faults(tmp_path / "none.csv")[0]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes(b"\xef\xbb\xbf" + PACKAGED.read_bytes())

    assert len(read_sheet(path)) == len(rows())
