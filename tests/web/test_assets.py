import gzip
import re
from pathlib import Path

import pytest

from app.web.assets import FOLDER, TOKENS, TokensError, load, shrink_css, shrink_js
from tests.web.gallery import create_gallery, settings_in

TOKEN = re.compile(r"--[a-z0-9-]+(?=:)")
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|"
    r"(?<=[: ,])(?:white|black|gray|grey|red|green|blue|yellow|orange|purple|teal|navy|silver)(?![\w-])",
    re.IGNORECASE,
)


def test_shrinking_css_keeps_its_meaning() -> None:
    source = "/* why */\na :hover,\nb > c { color: red; margin: max(1px, (2px - 1px) / 2) 0; }\n"

    assert shrink_css(source) == "a :hover,b>c{color:red;margin:max(1px,(2px - 1px) / 2) 0}"


def test_shrinking_a_script_drops_only_comments_and_indentation() -> None:
    assert shrink_js("// why\n  const a = 'x // y';\n\n") == "const a = 'x // y';"


def test_the_style_in_each_page_stays_small() -> None:
    assert len(gzip.compress(load(FOLDER).style.encode(), 9)) < 3_800


def test_an_address_changes_with_its_file(tmp_path: Path) -> None:
    for text in ("a{b:c}", "a{b:d}"):
        (tmp_path / text[4]).mkdir()
        (tmp_path / text[4] / "style.css").write_text(text)
        (tmp_path / text[4] / TOKENS).touch()

    assert load(tmp_path / "c").url("style.css") != load(tmp_path / "d").url("style.css")


@pytest.mark.parametrize("name", ["style.css", "staff.css"])
def test_styles_know_no_left_or_right(name: str) -> None:
    style = load(FOLDER).files[name].body.decode()

    physical = re.findall(
        r"(?<![\w-])(?:left|right|(?:margin|padding|border)-(?:top|bottom|left|right)|width|height):", style
    )

    assert physical == []


@pytest.mark.parametrize("name", ["style.css", "staff.css"])
def test_every_colour_stands_in_the_tokens(name: str) -> None:
    assert COLOUR.findall((FOLDER / name).read_text()) == []


def test_the_tokens_hold_no_name_that_nothing_reads_and_miss_none() -> None:
    given = set(TOKEN.findall((FOLDER / TOKENS).read_text()))
    sheets = "".join((FOLDER / name).read_text() for name in ("style.css", "staff.css"))

    assert set(re.findall(r"var\((--[a-z0-9-]+)", sheets)) == given
    assert 35 <= len(given) <= 45


def test_what_is_a_colour_by_day_is_one_by_night() -> None:
    day, night = (FOLDER / TOKENS).read_text().split("@media (prefers-color-scheme: dark)")

    assert set(re.findall(r"(--[a-z0-9-]*color): ", day)) == set(re.findall(r"(--[a-z0-9-]*color): ", night))


def test_an_own_file_of_tokens_comes_after_ours_on_both_sides(tmp_path: Path) -> None:
    own = tmp_path / "school.css"
    own.write_text(":root { --utrecht-link-color: #123456; }")
    client = create_gallery(settings_in(tmp_path, tokens=own)).test_client()

    style = client.get("/").text.split("<style>")[1].split("</style>")[0]
    linked = client.get(re.findall(r'href="([^"]+style.css)"', client.get("/staff/desk").text)[0]).text

    assert style == linked
    assert style.index("#0b625c") < style.index("#86d8cc") < style.index("#123456") < style.index("body{")


def test_an_own_file_of_tokens_is_allowed_by_the_policy(tmp_path: Path) -> None:
    own = tmp_path / "school.css"
    own.write_text(":root { --vertel-space: 2rem; }")

    policies = [
        create_gallery(settings_in(tmp_path, tokens=tokens)).test_client().get("/").headers["Content-Security-Policy"]
        for tokens in (None, own)
    ]

    assert policies[0] != policies[1]
    assert load(FOLDER, own).style_hash in policies[1]


@pytest.mark.parametrize("text", [":root{--a:b}</style><script>", "<b>", ":root { --a: b;"])
def test_an_own_file_of_tokens_that_would_end_the_style_is_refused(tmp_path: Path, text: str) -> None:
    own = tmp_path / "school.css"
    own.write_text(text)

    with pytest.raises(TokensError, match=r"school\.css: write a style sheet"):
        load(FOLDER, own)
