"""Templates translate with the same functions as Python does."""

from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import Markup

from app.i18n import catalogues, jinja, translate
from app.i18n.translate import lazy_gettext, using
from tests.i18n.conftest import WriteCatalogue

ENGLISH = """\
msgid "Aan %(name)s"
msgstr "To <%(name)s>"

msgid "%(num)s bericht"
msgid_plural "%(num)s berichten"
msgstr[0] "%(num)s message"
msgstr[1] "%(num)s messages"
"""


@pytest.fixture(autouse=True)
def _english(tmp_path: Path, write_catalogue: WriteCatalogue) -> None:
    write_catalogue("en", ENGLISH)
    catalogues.load(tmp_path / "translations")


def render(source: str, *, autoescape: bool = True, **values: object) -> str:
    environment = Environment(autoescape=autoescape)  # noqa: S701 -- a test of both
    jinja.install(environment)
    with using("en"):
        return environment.from_string(source).render(values)


def test_texts_and_values_are_escaped() -> None:
    assert render("{{ _('Aan %(name)s', name=name) }}", name="<b>") == "To &lt;&lt;b&gt;&gt;"


def test_a_value_that_is_markup_keeps_its_tags() -> None:
    assert render("{{ gettext('Aan %(name)s', name=name) }}", name=Markup("<b>A</b>")) == "To &lt;<b>A</b>&gt;"


def test_a_plural_fits_its_number() -> None:
    assert render("{{ ngettext('%(num)s bericht', '%(num)s berichten', 3) }}") == "3 messages"


def test_a_percent_sign_needs_no_doubling() -> None:
    assert render("{{ _('100 % doorgaan') }}") == "100 % doorgaan"


def test_plain_text_is_not_escaped() -> None:
    assert render("{{ _('Aan %(name)s', name='<b>') }}", autoescape=False) == "To <<b>>"


def test_a_forgotten_value_is_named() -> None:
    with pytest.raises(translate.MissingValueError, match="pass name="):
        render("{{ _('Aan %(name)s', school='x') }}")


def test_a_schools_own_words_may_hold_any_sign() -> None:
    assert render("{{ _(text) }}", text="Zaal 50%(of)s") == "Zaal 50%(of)s"


def test_a_lazy_text_is_translated_and_escaped() -> None:
    assert render("{{ text }}", text=lazy_gettext("Aan %(name)s", name="A")) == "To &lt;A&gt;"
