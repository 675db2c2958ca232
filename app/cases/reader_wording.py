"""Who reads along from some day on, or no longer, in words."""

from collections.abc import Mapping

from app.i18n.translate import gettext as _


def readers_text(content: Mapping[str, str], *, is_own: bool) -> str:
    """Return in the present language who began or stopped reading along; *is_own* is for the student himself."""
    name, what = content.get("name", ""), content.get("what", "")
    if what == "left":
        return _for_leaving(name, is_own=is_own)
    if what == "recovered":
        return _for_recovery(name, is_own=is_own)
    if is_own:
        return _("%(name)s kan jouw bericht vanaf nu ook lezen en je antwoorden.", name=name)
    return _("%(name)s kan deze melding vanaf nu ook lezen.", name=name)


def _for_leaving(name: str, *, is_own: bool) -> str:
    if is_own:
        return _("%(name)s leest vanaf nu niet meer mee.", name=name)
    return _("%(name)s heeft de eigen sleutel weggedaan en leest niet meer mee.", name=name)


def _for_recovery(name: str, *, is_own: bool) -> str:
    if is_own:
        return _(
            "%(name)s kon jouw bericht niet openen. Met de reservesleutel van de school kan dat nu weer.",
            name=name,
        )
    return _("Met de herstelsleutel van de school kan %(name)s deze melding weer lezen.", name=name)
