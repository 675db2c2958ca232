"""Words for codes: roles, what is missing, why something was refused."""

from collections.abc import Mapping

from app.accounts import services
from app.accounts.roles import Role
from app.accounts.rules import Gap
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext

_ROLES: Mapping[str, object] = {
    "adviser-internal": lazy_gettext("Interne vertrouwenspersoon"),
    "adviser-external": lazy_gettext("Externe vertrouwenspersoon"),
    Role.COORDINATOR: lazy_gettext("Veiligheidscoördinator"),
    Role.MANAGER: lazy_gettext("Beheerder van de school"),
    Role.NETWORK: lazy_gettext("Ondersteuner van de scholen in de stad"),
    Role.ANALYST: lazy_gettext("Onderzoeker bij de gemeente"),
    Role.TRANSLATOR: lazy_gettext("Vertaler"),
}
_GAPS: Mapping[Gap, object] = {
    Gap.SECOND_ADVISER: lazy_gettext("Er moeten twee vertrouwenspersonen zijn die hun uitnodiging hebben aangenomen."),
    Gap.EXTERNAL_ADVISER: lazy_gettext(
        "Een van hen moet een externe vertrouwenspersoon zijn, die niet bij de school werkt."
    ),
}
_WEAK: Mapping[str, object] = {
    "too_short": lazy_gettext("Dit wachtwoord is te kort. Neem minstens 15 tekens, zoals vier losse woorden."),
    "too_long": lazy_gettext("Dit wachtwoord is te lang. Neem hoogstens 256 tekens."),
    "common": lazy_gettext(
        "Dit wachtwoord is te makkelijk te raden. Neem vier losse woorden die niet bij elkaar horen."
    ),
    "about_you": lazy_gettext(
        "In dit wachtwoord staat je naam of adres. Neem woorden die niets met jou te maken hebben."
    ),
}
_SETTINGS: Mapping[str, object] = {
    "text": lazy_gettext("Schrijf één regel, die niet te lang is."),
    "exit_url": lazy_gettext("Schrijf een adres zoals https://www.knmi.nl/"),
    "too_many_places": lazy_gettext("Dit zijn te veel plekken. Noem er hoogstens 30."),
    "place_twice": lazy_gettext("Een plek staat er twee keer. Noem elke plek één keer."),
    "days": lazy_gettext("Kies een eerste en een laatste dag. De laatste dag komt niet vóór de eerste."),
    "numbers": lazy_gettext(
        "Kijk de getallen na. Een klas heeft hoogstens 200 leerlingen, en niet meer dan de hele school."
    ),
    "unknown_district": lazy_gettext("Kies een stadsdeel uit de lijst."),
}
WEEKDAYS = (
    lazy_gettext("maandag"),
    lazy_gettext("dinsdag"),
    lazy_gettext("woensdag"),
    lazy_gettext("donderdag"),
    lazy_gettext("vrijdag"),
)
_DONE: Mapping[str, object] = {
    "password": lazy_gettext("Je wachtwoord is veranderd. Op andere plekken ben je uitgelogd."),
    "passkey": lazy_gettext("Je passkey staat erbij. Probeer hem de volgende keer dat je inlogt."),
    "code": lazy_gettext("Je nieuwe herstelcode geldt vanaf nu. Een ouder papier kun je weggooien."),
    "tried": lazy_gettext("Je herstelcode werkt. Leg het papier weer op zijn plek."),
    "recovered": lazy_gettext(
        "Je bent weer binnen. Op andere plekken ben je uitgelogd. Je herstelcode is op: maak nu een nieuwe."
    ),
}
INVITED_ROLES = ("adviser-internal", "adviser-external", Role.COORDINATOR.value, Role.MANAGER.value)
"""What a manager may invite people as."""


def role_label(role: Role, kind: str) -> str:
    """Return what somebody is, in the current language."""
    return str(_ROLES[f"{role}-{kind}" if kind else role])


def invited_role_choices() -> list[tuple[str, str]]:
    """Return (code, label) of what a manager may invite people as."""
    return [(code, str(_ROLES[code])) for code in INVITED_ROLES]


def gap_label(gap: Gap) -> str:
    """Return what a school still lacks."""
    return str(_GAPS[gap])


def done(code: str) -> str:
    """Return what somebody just did to his account, "" for nothing known."""
    return str(_DONE.get(code, ""))


def weak_password(reason: str) -> str:
    """Return why a password was refused and what a good one is."""
    return str(_WEAK[reason])


def refused_setting(reason: str) -> str:
    """Return why a setting of a school was refused."""
    return str(_SETTINGS.get(reason, _SETTINGS["text"]))


def refused_invitation(error: services.InvitationRefusedError) -> str:
    """Return why somebody cannot be invited."""
    if isinstance(error, services.AddressError):
        return _("Dit is geen e-mailadres. Schrijf het zoals naam@school.nl.")
    if isinstance(error, services.AlreadyMemberError):
        return _("Deze persoon heeft die rol al op deze school.")
    if isinstance(error, services.RolesClashError):
        return _("Wie de school beheert, kan geen meldingen lezen. Nodig iemand anders uit.")
    return _("Kijk de naam en de rol na.")
