"""Reading YAML: what every reader takes alike, and nothing that grows."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.flows.loader import FlowError, load_flows
from app.flows.reading import MOST_BYTES, MOST_STEPS, read

PIECES = st.sampled_from(
    (
        *(
            "a: b\n",
            "steps:\n",
            "  a: {say: x}\n",
            "within_days: 7",
            "- ",
            "? ",
            ": ",
            "|",
            "|9\n",
            ">-\n",
            "&a ",
            "*a",
        ),
        *(
            "!!str ",
            "!x ",
            "%YAML 1.1\n---\n",
            "%YAML 9.9\n---\n",
            "%TAG ! x\n",
            "---\n",
            "...\n",
            "<<: ",
            "{",
            "}",
            "[",
        ),
        *(
            "]",
            ",",
            "#",
            "'",
            '"',
            '"\\U00110000"',
            '"\\ud800"',
            '"\\x04"',
            "\t",
            "\r\n",
            "\u2028",
            "\ufeff",
            "\0",
            "1",
            "@",
        ),
    )
)


def _fault(content: str | bytes) -> str:
    document = read("flows/talk.yaml", content if isinstance(content, bytes) else content.encode())
    (fault,) = document.faults
    return str(fault)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("title: Één\n".encode("latin-1"), ":1: [E00] the file is not UTF-8 text: save it as UTF-8"),
        ("title: T\n".encode("utf-16"), ":1: [E00] the file is not UTF-8 text"),
        ("a: b\nc: \x07", ":2: [E00] this is not YAML: U+0007 cannot be printed: remove it"),
        ("a:\n\tb: c", ":2: [E00] a tab stands before this line: indent with spaces"),
        ("a: b\nc:\td", ":2: [E00] a tab stands here: write spaces"),
        ("a: b\n c: d", ":2: [E00] this is not YAML: mapping values are not allowed here: look at the quotes"),
        ("a: 'b", ":1: [E00] this is not YAML: found unexpected end of stream"),
        ('a: "\\U00110000"', ":1: [E00] this is not YAML: an escape in it stands for no character: remove it"),
        ("a: b\n---\nc: d", ":3: [E00] a second document begins here: keep one conversation in a file"),
        ("a: b\nc: &x d", ":2: [E00] anchors are not used here: write the text out"),
        ("a: b\n<<: *x", ":2: [E00] anchors are not used here"),
        ("a: b\n*x : c", ":2: [E00] anchors are not used here"),
        ("a: b\n&x c: d", ":2: [E00] anchors are not used here"),
        ("a: !!int b", ":1: [E00] tags are not used here: remove the word that begins with !"),
        ("a: !!map {b: [c, {d: e}]}", ":1: [E00] tags are not used here"),
        ("? [a, {b: c}]\n: {d: e}", ":1: [E00] a key is a single word: write it without brackets"),
        ("a: b\nc: d\na: {e: [f]}", ':3: [E02] "a" stands here twice, first on line 1: rename or remove one'),
        ("a: [b,\n  no]", ":2: [E05] no is read as a boolean, a number or nothing by some readers: put it in quotes"),
        ("- 0x1f", ":1: [E05] 0x1f is read as"),
        ("a:", ':1: [E06] "a" is empty: write a text or leave it out'),
        ("-", ':1: [E06] "file" is empty'),
        ('a: "b\\ud800"', ':1: [E00] "a" has a sign that nobody sees (U+D800): remove it'),
        ('a: "b\\u202ec"', ':1: [E00] "a" has a sign that nobody sees (U+202E): remove it'),
        ('a: "b\\u2067c"', ':1: [E00] "a" has a sign that nobody sees (U+2067): remove it'),
        ('a: "b\\u200bc"', ':1: [E00] "a" has a sign that nobody sees (U+200B): remove it'),
    ],
)
def test_writing_that_readers_take_differently_is_refused(content: str | bytes, message: str) -> None:
    assert _fault(content).startswith(f"flows/talk.yaml{message}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a" * (MOST_BYTES + 1), ":1: [E00] the file is larger than 256 kB: make more than one conversation of it"),
        (b"a:\n " + b"[" * 100_000, ":2: [E00] more than 12 maps and lists stand inside each other"),
        (b"? " + b"[" * 13 + b"]" * 13, ":1: [E00] more than 12 maps and lists"),
        (b"a: &x " + b"[" * 13 + b"]" * 13, ":1: [E00] more than 12 maps and lists"),
        (
            b"steps:\n" + b"".join(b"  s%d: {say: x}\n" % number for number in range(MOST_STEPS + 1)),
            ":502: [E00] the file has more than 500 steps: make more than one conversation of it",
        ),
        (
            b"steps:\n  s:\n    steps:\n" + b"".join(b"      s%d: {say: x}\n" % number for number in range(MOST_STEPS)),
            ":503: [E00] the file has more than 500 steps",
        ),
    ],
    ids=["bytes", "nesting", "key", "anchor", "steps", "section"],
)
def test_a_file_larger_than_any_conversation_is_refused_in_one_sentence(content: bytes, message: str) -> None:
    assert _fault(content).startswith(f"flows/talk.yaml{message}")


def test_as_much_as_may_be_is_read() -> None:
    steps = b"".join(b"  s%d: {say: x}\n" % number for number in range(MOST_STEPS))
    text = b"steps:\n" + steps + b"#" * (MOST_BYTES - len(steps) - 7)

    assert not read("talk.yaml", text).faults
    assert read("talk.yaml", b"[" * 12 + b"x" + b"]" * 12).faults == []


def test_a_file_that_doubles_itself_is_refused_and_not_unfolded() -> None:
    layers = "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    document = read("talk.yaml", f"a: &a [x, x]\n{layers}".encode())

    assert document.data == dict.fromkeys("abcdefghi")
    assert {fault.message for fault in document.faults} == {"anchors are not used here: write the text out"}


def test_a_plain_number_counts_days_and_nothing_else() -> None:
    document = read("talk.yaml", b"a: {within_days: 7}\nb: {within_days: '7'}\nc: {within_days: 1e3}\nd: '7'")

    assert document.data == {"a": {"within_days": 7}, "b": {"within_days": "7"}, "c": {"within_days": "1e3"}, "d": "7"}
    assert document.faults == []


def test_each_value_knows_its_line_and_whether_it_stands_bare_in_brackets() -> None:
    document = read("talk.yaml", '\ufeffa: b\r\nc:\r\n  - {d: e f, g: "h"}\r\n  - true\r\n'.encode())

    assert document.data == {"a": "b", "c": [{"d": "e f", "g": "h"}, True]}
    assert [document.line(place) for place in [("a",), ("c", 0, "g"), ("c", 1), ("c", 1, "z"), ("z",)]] == [
        1,
        3,
        4,
        4,
        1,
    ]
    assert document.bare == {("c", 0, "d")}


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=40), st.lists(PIECES, max_size=12).map(lambda pieces: "".join(pieces).encode())))
def test_whatever_a_file_holds_reading_ends_and_each_fault_stands_on_a_line_of_it(content: bytes) -> None:
    lines = len(content.decode(errors="replace").splitlines()) + 1

    assert all(1 <= fault.line <= lines for fault in read("talk.yaml", content).faults)


def test_two_faults_of_writing_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text("flow: talk\ntitle: no\nsteps: {a: {say: *x}}\n")

    with pytest.raises(FlowError) as refused:
        load_flows(tmp_path)

    assert [(fault.line, fault.rule) for fault in refused.value.faults] == [(2, "E05"), (3, "E00")]
