"""The text with which a school tells parents and students about Vertel."""

from collections.abc import Iterator

from app.i18n.translate import gettext as _
from app.i18n.translate import using
from app.schools.queries import SchoolInfo


def newsletter(school: SchoolInfo, start_url: str, tag: str) -> str:
    """Return the text for a newsletter of *school* in one language: a title, then paragraphs.

    Raises: UnknownLanguageError.
    """
    with using(tag):
        return "\n\n".join(_paragraphs(school, start_url))


def _paragraphs(school: SchoolInfo, start_url: str) -> Iterator[str]:
    yield _("Vertellen hoe het op school gaat")
    yield _(
        "Leerlingen van %(school)s kunnen op hun telefoon vertellen wat er op school gebeurt: %(address)s. "
        "We vragen geen naam. Het kan in meer talen.",
        school=school.name,
        address=start_url,
    )
    yield _(
        "Een vertrouwenspersoon leest het. Wie dat is, staat op de eerste pagina. De leerling kan iemand weghalen. "
        "Daar staat ook op welke dag er uiterlijk een antwoord is. Met een code leest de leerling dat antwoord."
    )
    yield _(
        "We beloven niet dat niemand kan raden wie iets schreef. En de wet stelt een grens: hoort iemand die op school "
        "werkt dat een medewerker misschien iets met seks deed bij een leerling? Dan moet die dat aan het bestuur "
        "vertellen."
    )
    yield _(
        "Schrijf liever op je eigen telefoon dan op een laptop van school. Is er nu gevaar? Wacht dan niet op een "
        "antwoord: op de site staat wie je meteen kunt bellen."
    )
