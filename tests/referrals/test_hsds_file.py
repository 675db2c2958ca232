"""What a file of HSDS services may hold, and how its faults are told."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.referrals.hsds_file import read_hsds
from app.referrals.sheet import MOST_BYTES, SheetError, read_sheet

PLAIN: dict[str, Any] = {"id": "made-up", "name": "Made up", "status": "active"}


def written(folder: Path, told: object) -> Path:
    path = folder / "map.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(SheetError) as caught:
        read_hsds(path)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("told", [PLAIN, [PLAIN], {"total_pages": 1, "contents": [PLAIN]}], ids=["one", "list", "page"])
def test_one_service_a_list_and_a_page_are_read(tmp_path: Path, told: object) -> None:
    assert read_hsds(written(tmp_path, told)) == (PLAIN,)


def deep(levels: int) -> object:
    return {"x": deep(levels - 1)} if levels else 1


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "a status of its own": ({"status": "fine"}, "status: input should be 'active'"),
    "a number as name": ({"name": 5}, "name: input should be a valid string"),
    "a phone without a number": ({"phones": [{"id": "1"}]}, "phones.0.number: is missing; HSDS 3 requires it"),
    "a script as address": ({"url": "javascript:alert(1)"}, "url: 'javascript:alert(1)' is wrong; write a whole"),
    "a number in a text": ({"description": "Bel 0800-1234"}, "description: holds a phone number; a number stands in"),
    "ages turned round": ({"minimum_age": 18, "maximum_age": 12}, "minimum_age: 18 is above max_age 12; swap them"),
    "an endless age": ({"minimum_age": float("1e400")}, "minimum_age"),
    "an endless number of another's": ({"x_more": [1e308 * 10]}, "x_more.0"),
    "no text": ({"x_more": "a\0"}, "x_more: holds a character that no text has (NUL or half a pair); remove it"),
    "half a pair": ({"x_more": {"a": "\ud800"}}, "x_more.a: holds a character"),
    "a name that is no text": ({"a\0": 1}, "(a name): holds a character"),
    "a deep nest": ({"x_more": deep(40)}, "is nested deeper than 30 levels; leave out what no reader needs"),
    "a whole book": ({"x_more": "a" * 200_001}, "service: is longer than 200000 characters; leave out"),
    "a capital id": ({"slug": "Made Up"}, "slug (or id): 'Made Up' is wrong; write small letters"),
    "a number of another": (
        {"phones": [{"id": "1", "number": "0800-0432"}]},
        "phones: 0800-0432 is the number of 'kindertelefoon'",
    ),
    "its own word": (
        {"phones": [{"id": "1", "number": "0800-1234"}], "verified": True},
        "verified: a file cannot vouch",
    ),
}


@pytest.mark.parametrize(("more", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_names_service_property_and_cure(tmp_path: Path, more: dict[str, Any], words: str) -> None:
    path = written(tmp_path, json.dumps([PLAIN, {**PLAIN, "id": "other", **more}]).replace("Infinity", "1e999"))

    found = faults(path)

    assert found[0].startswith(f"{path}: service 2: ")
    assert words in found[0]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    found = faults(written(tmp_path, [{"id": "a"}, 5, PLAIN, PLAIN]))

    assert [line.split(": ")[1] for line in found] == ["service 1", "service 1", "service 2", "service 4"]
    assert "that of service 3 too; give each its own" in found[-1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "cannot be read as JSON"),
        (b"{", ":1: cannot be read as JSON"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not UTF-8; save the file as UTF-8"),
        (b"\0\0\0", "cannot be read as JSON"),
        (b"5", "holds no HSDS services"),
        (b"[]", "has no services; a file with none would withdraw every help line"),
        (b"[NaN]", "NaN is no number"),
        (b"[" * 100_000, "cannot be read as JSON"),
        (b"1" * 5_000, "cannot be read as JSON"),
        (b'{"total_pages": 3, "contents": []}', "is one page of 3; ask for all services on one page"),
        (b'{"total_pages": "many", "contents": []}', "is one page of 'many'"),
        (b'{"contents": 7}', "service 1: service:"),
    ],
)
def test_a_file_that_is_no_hsds_is_refused_kindly(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "map.json"
    path.write_bytes(content)

    assert words in faults(path)[0]


@pytest.mark.parametrize("read", [read_hsds, read_sheet])
def test_a_huge_file_is_not_even_opened(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "map.json"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)

    with pytest.raises(SheetError, match="is larger than 100 MB"):
        read(path)


def test_a_place_that_is_no_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.symlink_to(path)

    assert "cannot be read" in faults(path)[0]
