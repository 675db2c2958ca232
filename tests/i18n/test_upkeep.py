"""An updated catalogue keeps what was translated and changes only when a text does."""

from io import BytesIO

from babel.messages import Catalog
from babel.messages.pofile import read_po

from app.i18n.upkeep import updated

PLURAL = ("%(num)s brief", "%(num)s brieven")


def template(*texts: str | tuple[str, str], shift: int = 0) -> Catalog:
    catalogue = Catalog()
    for line, text in enumerate(texts, start=1 + shift):
        catalogue.add(text, locations=[("app/views.py", line)], auto_comments=["a trail"])
    return catalogue


def read(contents: bytes) -> Catalog:
    return read_po(BytesIO(contents), abort_invalid=True)


def filled(texts: Catalog, tag: str = "en") -> Catalog:
    old = read(updated(texts, None, tag))
    for message in old:
        if message.id:
            message.string = tuple("abcdef")[: old.num_plurals] if message.pluralizable else "translated"
    return old


def test_a_new_catalogue_holds_every_text_untranslated() -> None:
    contents = updated(template("Verder", "100 % doorgaan {x}", PLURAL), None, "ar").decode()

    assert contents.startswith("# Vertel; ")
    assert '"Language: ar\\n"' in contents
    assert contents.count("nplurals=6") == 1
    assert '#. a trail\n#: app/views.py\nmsgid "Verder"\nmsgstr ""\n' in contents
    assert '#: app/views.py\nmsgid "100 % doorgaan {x}"' in contents
    assert '#, python-format\nmsgid "%(num)s brief"\nmsgid_plural "%(num)s brieven"\nmsgstr[0] ""\n' in contents
    assert 'msgstr[5] ""' in contents


def test_the_file_holds_no_date_and_no_line_number() -> None:
    contents = updated(template("Verder"), None, "en")
    assert b"Date" not in contents
    assert contents == updated(template("Verder", shift=40), None, "en")


def test_translations_and_marks_stay() -> None:
    texts = template("Verder", PLURAL)
    old = filled(texts)
    old["Verder"].user_comments = ["checked by two"]
    old["Verder"].flags.add("fuzzy")

    new = read(updated(texts, old, "en"))

    assert new["Verder"].string == "translated"
    assert new["Verder"].fuzzy
    assert new["Verder"].user_comments == ["checked by two"]
    assert new[PLURAL].string == ("a", "b")


def test_a_critical_text_is_marked_so_and_the_mark_follows_its_places() -> None:
    texts, moved = Catalog(), Catalog()
    texts.add("Verder", locations=[("app/intake/views.py", 1)])
    moved.add("Verder", locations=[("app/cases/views.py", 1)])
    old = filled(texts)
    old["Verder"].flags.add("fuzzy")

    marked = updated(texts, old, "en")

    assert b'#, critical, fuzzy\nmsgid "Verder"\nmsgstr "translated"\n' in marked
    assert b'#, fuzzy\nmsgid "Verder"\nmsgstr "translated"\n' in updated(moved, read(marked), "en")


def test_each_context_keeps_its_own_translation() -> None:
    texts = Catalog()
    for context in (None, "meubel"):
        texts.add("Bank", locations=[("flows/report.yaml", 1)], context=context)
    old = read(updated(texts, None, "en"))
    for message, translation in ((old.get("Bank"), "Bank"), (old.get("Bank", "meubel"), "Couch")):
        assert message is not None
        message.string = translation

    contents = updated(texts, old, "en")

    assert b'msgctxt "meubel"\nmsgid "Bank"\nmsgstr "Couch"\n' in contents
    assert b'#, critical\nmsgid "Bank"\nmsgstr "Bank"\n' in contents
    assert updated(texts, read(contents), "en") == contents


def test_updating_twice_changes_nothing() -> None:
    texts = template("Verder", PLURAL)
    once = updated(texts, filled(texts), "en")
    assert updated(texts, read(once), "en") == once


def test_obsolete_texts_go_and_nothing_is_guessed() -> None:
    new = updated(template("Verder gaan"), filled(template("Verder gaat")), "en")
    assert b"Verder gaat" not in new
    assert b"translated" not in new


def test_a_text_that_became_a_plural_starts_anew() -> None:
    new = read(updated(template(PLURAL), filled(template(PLURAL[0])), "en"))
    assert new[PLURAL].string == ("", "")
    back = read(updated(template(PLURAL[0]), filled(template(PLURAL)), "en"))
    assert back[PLURAL[0]].string == ""


def test_a_catalogue_with_too_few_forms_gets_the_rest() -> None:
    texts = template(PLURAL)
    new = read(updated(texts, filled(texts, "en"), "ar"))
    assert new[PLURAL].string == ("a", "b", "", "", "", "")


def test_long_texts_stay_on_one_line() -> None:
    text = "woord " * 40 + "."
    assert f'msgid "{text}"'.encode() in updated(template(text), None, "zh-Hant")
