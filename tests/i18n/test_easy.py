"""The project's own easy Dutch: short sentences, and nothing that Dutch does not ask for."""

from collections.abc import Iterator

from babel.messages import Message

from app.i18n.catalogues import read_catalogue
from app.i18n.easy import hard_sentences
from app.i18n.languages import EASY
from app.i18n.messages import PLACEHOLDER, texts_of
from app.i18n.wording import forbidden_in
from app.settings import ROOT

PATH = ROOT / "translations" / EASY / "LC_MESSAGES" / "messages.po"
DUTY = "Eerst iets wat je moet weten. Als iemand die op school werkt misschien iets met seks deed bij een leerling"


def messages() -> Iterator[Message]:
    return (message for message in read_catalogue(PATH) if message.id)


def easy_texts() -> dict[str, str]:
    return {str(message.id): text for message in messages() for text in texts_of(message)}


def test_every_text_of_easy_dutch_is_short_promises_nothing_and_asks_for_the_same_values() -> None:
    for message in messages():
        (text,) = texts_of(message)
        assert text not in {"", message.id}, message.id
        assert not message.fuzzy, text
        assert not list(hard_sentences(text)), text
        assert not forbidden_in(text, "nl"), text
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(str(message.id))), text


def test_the_duty_by_law_says_the_same_in_easy_dutch() -> None:
    (duty,) = (text for source, text in easy_texts().items() if source.startswith(DUTY))

    assert "moet een vertrouwenspersoon van school dat aan het bestuur vertellen. Dat staat in de wet." in duty
    assert "misschien" in duty
    assert duty.endswith("Een vertrouwenspersoon van buiten hoeft dat niet.")


def test_nothing_that_may_happen_is_ruled_out_in_easy_dutch() -> None:
    """Where Dutch says that parents may hear of it or that help may be sought, so does easy Dutch."""
    for source, text in easy_texts().items():
        for word in ("ouders", "politie", "alarmnummer", "belt niemand"):
            assert (word in source) == (word in text), source
