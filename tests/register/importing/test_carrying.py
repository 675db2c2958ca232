"""A sheet on its way between two pages."""

import base64
import json
import zlib

import pytest

from app.register.importing.carrying import packed, unpacked, words_of
from app.register.importing.faults import SheetError
from app.register.importing.reading import MOST_COLUMNS, open_sheet
from tests.register.importing.sheets import text


def carried(whole: object) -> str:
    return base64.b64encode(zlib.compress(json.dumps(whole).encode())).decode()


def test_a_sheet_comes_back_as_it_was() -> None:
    sheet = open_sheet(
        text([["Datum", "Soort"], ["1-11-2026", "Diefstal"], ["2-11-2026", ""], ["3-11-2026", "Diefstal"]])
    )

    assert unpacked(packed(sheet)) == sheet


def test_the_words_of_a_column_come_with_their_number_the_most_frequent_first() -> None:
    sheet = open_sheet(text([["Datum", "Soort"], *([f"{day}-11-2026", word] for day, word in enumerate("baab a", 1))]))

    assert list(words_of(sheet, "Soort").items()) == [("a", 3), ("b", 2)]


@pytest.mark.parametrize(
    "posted",
    [
        "",
        "no base 64!",
        base64.b64encode(b"not packed").decode(),
        carried([["A"], [1], [[{}, [0]]]]),
        carried([["A"], [1], [[["x"], [7]]]]),
        carried([["A"], [1, 2], [[["x"], [0]]]]),
        carried([["A"], [float("inf")], [[["x"], [0]]]]),
        carried({"A": 1}),
        carried(None),
        carried([[f"C{number}" for number in range(MOST_COLUMNS + 1)], [], [[[], []]] * (MOST_COLUMNS + 1)]),
        base64.b64encode(zlib.compress(b"[" * 200_000)).decode(),
    ],
)
def test_a_sheet_that_was_changed_on_the_way_is_a_broken_file(posted: str) -> None:
    with pytest.raises(SheetError) as raised:
        unpacked(posted)

    assert [fault.code for fault in raised.value.faults] == ["broken"]
