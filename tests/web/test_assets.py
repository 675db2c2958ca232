import gzip
import re
from pathlib import Path

import pytest

from app.web.assets import FOLDER, load, shrink_css, shrink_js


def test_shrinking_css_keeps_its_meaning() -> None:
    source = "/* why */\na :hover,\nb > c { color: red; margin: max(1px, (2px - 1px) / 2) 0; }\n"

    assert shrink_css(source) == "a :hover,b>c{color:red;margin:max(1px,(2px - 1px) / 2) 0}"


def test_shrinking_a_script_drops_only_comments_and_indentation() -> None:
    assert shrink_js("// why\n  const a = 'x // y';\n\n") == "const a = 'x // y';"


def test_the_style_in_each_page_stays_small() -> None:
    assert len(gzip.compress(load(FOLDER).style.encode(), 9)) < 3_072


def test_an_address_changes_with_its_file(tmp_path: Path) -> None:
    for text in ("a{b:c}", "a{b:d}"):
        (tmp_path / text[4]).mkdir()
        (tmp_path / text[4] / "style.css").write_text(text)

    assert load(tmp_path / "c").url("style.css") != load(tmp_path / "d").url("style.css")


@pytest.mark.parametrize("name", ["style.css", "staff.css"])
def test_styles_know_no_left_or_right(name: str) -> None:
    style = load(FOLDER).files[name].body.decode()

    physical = re.findall(
        r"(?<![\w-])(?:left|right|(?:margin|padding|border)-(?:top|bottom|left|right)|width|height):", style
    )

    assert physical == []
