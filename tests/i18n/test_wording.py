"""Words that promise too much are found, and honest words are not."""

import pytest

from app.i18n.wording import forbidden_in, has_markup


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("nl", "Dit blijft geheim."),
        ("nl", "GEHEIME plek"),
        ("nl", "Je bent 100 % anoniem"),
        ("nl", "Je bent 100% anoniem"),
        ("nl", "100\u00a0% anoniem"),
        ("nl", "honderd procent anoniem"),
        ("nl", "Niemand komt erachter."),
        ("nl", "niemand komt er ooit achter"),
        ("nl", "niemand komt dit te weten"),
        ("en", "It is a Secret."),
        ("en", "100% anonymous"),
        ("en", "You are fully anonymous"),
        ("en", "No one will ever find out"),
        ("ar", "هذا سري"),
        ("ar", "سِرِّيّ"),
        ("ar", "بسرية تامة"),
        ("ar", "للسرية"),
        ("ar", "هذا سرّ"),
        ("ar", "أسرار"),
        ("ar", "أنت مجهول 100%"),
        ("ar", "مجهول الهوية ١٠٠٪"),
        ("ar", "مجهول تمامًا"),
        ("ar", "100٪ مجهول"),
        ("ar", "لن يعرف أحد"),
    ],
)
def test_a_promise_that_nobody_can_keep_is_found(tag: str, text: str) -> None:
    assert forbidden_in(text, tag)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("nl", "De huisarts heeft beroepsgeheim."),
        ("nl", "Je vertelt dit zonder naam."),
        ("en", "Ask the secretary."),
        ("en", "We do not know your name."),
        ("ar", "اتصل بنا بسرعة، سريع"),
        ("ar", "الأسرة"),
        ("ar", "كسر الباب"),
        ("ar", "نحن لا نعرف اسمك"),
        ("tr", "secret geheim"),
    ],
)
def test_honest_words_pass(tag: str, text: str) -> None:
    assert not forbidden_in(text, tag)


@pytest.mark.parametrize("text", ["<b>nu</b>", "<br>", "</p>", "a&nbsp;b", "&#39;", "&#x27;", "<!-- -->"])
def test_html_is_found(text: str) -> None:
    assert has_markup(text)


@pytest.mark.parametrize("text", ["a < b", "<3", "Jip & Janneke"])
def test_plain_signs_are_not_html(text: str) -> None:
    assert not has_markup(text)
