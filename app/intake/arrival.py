"""Says when a report reaches its readers: no finer than the window in which it is handed over."""

from flask import current_app

from app import clock
from app.i18n.translate import gettext as _
from app.schools.rules import next_window, opening_of
from app.settings import Settings


def arrival_text(*, may_be_urgent: bool = False) -> str:
    """Say when a report that is sent now comes in, if it has no haste; *may_be_urgent* adds what happens if it has."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.deliver_at_once:
        return _("Je verhaal komt meteen bij hen binnen.")
    waits = _waiting_text()
    return f"{waits} {_('Is het dringend? Dan komt het meteen.')}" if may_be_urgent else waits


def _waiting_text() -> str:
    now = clock.school_time()
    window = next_window(now)
    hour = opening_of(window).hour
    if window.day == now.date():
        return _("Je verhaal komt vandaag om %(hour)s uur bij hen binnen.", hour=hour)
    return _("Je verhaal komt morgen om %(hour)s uur bij hen binnen.", hour=hour)
