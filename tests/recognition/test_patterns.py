import pytest

from app.recognition.faults import PatternError
from app.recognition.patterns import MOST_CHARACTERS, alternatives, compiled

LISTS = {"month": alternatives(["mei", "mei.", "half mei", "'s mei"])}


@pytest.mark.parametrize(
    ("find", "text", "found"),
    [
        ("ik heet", "en Ik  Heet", "Ik  Heet"),
        ("'s avonds", "om ’s avonds", "’s avonds"),
        ("{month}", "in half mei", "half mei"),
        ("{month}", "in ‘s mei", "‘s mei"),
        (r"[1-6][a-z]{0,2}\d?", "3b en", "3b"),
        (r"(?P<year>\d)(?:e|de) {month}", "de 3e mei", "3e mei"),
        (r"\(a\)|(?<=b)c(?!d)(?=e)|f(?<!g)", "(a)", "(a)"),
        ("{word}", "3b één", "één"),
        ("(?:ab){2}", "abab", "abab"),
    ],
)
def test_a_pattern_finds_whole_words_with_its_lists(find: str, text: str, found: str) -> None:
    match = compiled(find, LISTS, is_cased=False).search(text)

    assert match
    assert match[0] == found


def test_capitals_count_only_where_the_rule_says_so() -> None:
    assert compiled("{Cap}", {}, is_cased=True).findall("ik zag Roos") == ["Roos"]
    assert compiled("zag", {}, is_cased=False).findall("ZAG") == ["ZAG"]


@pytest.mark.parametrize(
    ("find", "fault"),
    [
        ("a*", r'"\*" has no end'),
        ("a+", r'"\+" has no end'),
        ("a{2,}", r'"\{2,\}" has no end'),
        ("a{3,2}", "the smaller number first"),
        ("a{1,999}", "at most 200"),
        ("(?:a{1,3}){1,3}", "repeats what already varies"),
        ("(?:(?:a?b)c){2}", "repeats what already varies"),
        ("{word}{1,3}", "repeats what already varies"),
        ("a{0,200}b{0,200}c{0,200}", "too many ways"),
        ("(a)", 'a bare "\\("'),
        ("a)", "closes nothing"),
        ("(?:a", "no regular expression"),
        ("(?<=a{1,2})b", "no regular expression"),
        ("[a", "no regular expression"),
        ("(?P<a>b)(?P<a>c)", "no regular expression"),
        ("{moth}", 'unknown list "moth": did you mean "month"'),
        ("a?", "finds nothing at all"),
        ("a" * (MOST_CHARACTERS + 1), "two rules of it"),
    ],
)
def test_a_pattern_that_could_take_long_or_means_nothing_is_refused(find: str, fault: str) -> None:
    with pytest.raises(PatternError, match=fault):
        compiled(find, LISTS, is_cased=False)
