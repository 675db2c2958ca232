"""The addresses of the accounts' pages on one screen; each view states who may open it where it stands."""

from flask import Blueprint
from werkzeug.exceptions import Conflict, ServiceUnavailable
from werkzeug.wrappers import Response

from app.accounts import (
    views_account,
    views_entry,
    views_keys,
    views_own_code,
    views_passkeys,
    views_people,
    views_poster,
    views_presence,
    views_recover,
    views_rescue,
    views_school,
    views_school_recovery,
    views_welcome,
)
from app.i18n.translate import gettext as _
from app.vault.errors import BusyError, DamagedError
from app.web.errors import show

pages = Blueprint("accounts", __name__, url_prefix="/staff")

pages.get("/")(views_entry.entry)
pages.post("/")(views_entry.sign_in)
pages.post("/sign-out")(views_entry.sign_out)
pages.get("/welcome/<token>")(views_welcome.welcome)
pages.post("/welcome/<token>")(views_welcome.accept)
pages.get("/account")(views_account.account)
pages.post("/account/password")(views_account.change_password)
pages.post("/account/sessions/<session_id>/end")(views_account.end_session)
pages.post("/account/sessions/end-others")(views_account.end_other_sessions)
pages.get("/account/passkeys")(views_passkeys.show_passkeys)
pages.post("/account/passkeys")(views_passkeys.ask_passkey)
pages.post("/account/passkeys/add")(views_passkeys.add_passkey)
pages.post("/account/passkeys/<passkey_id>/remove")(views_passkeys.remove_passkey)
pages.get("/account/recovery-code")(views_own_code.show_code)
pages.post("/account/recovery-code")(views_own_code.make_code)
pages.post("/account/recovery-code/sheet")(views_own_code.show_sheet)
pages.post("/account/recovery-code/check")(views_own_code.check_code)
pages.post("/account/recovery-code/try")(views_own_code.try_code)
pages.get("/recover")(views_recover.recover)
pages.get("/recover/password")(views_recover.lost_password)
pages.post("/recover/password")(views_recover.renew_password)
pages.get("/recover/phone")(views_recover.lost_phone)
pages.post("/recover/phone")(views_recover.renew_phone)
pages.get("/presence")(views_presence.show_presence)
pages.post("/presence/days")(views_presence.set_weekdays)
pages.post("/presence/absences")(views_presence.add_absence)
pages.post("/presence/absences/<absence_id>/remove")(views_presence.remove_absence)
pages.post("/account/proof-mail")(views_presence.send_proof)
pages.post("/people/members/<membership_id>/deputy")(views_presence.set_deputy)
pages.get("/keys")(views_keys.keys)
pages.post("/keys/members/<membership_id>/confirm")(views_keys.confirm_colleague)
pages.post("/keys/members/<membership_id>/refuse")(views_keys.refuse_colleague)
pages.post("/keys/people/<person_id>/rescue")(views_keys.let_in_again)
pages.post("/keys/recovery")(views_school_recovery.begin_recovery)
pages.post("/keys/recovery/second")(views_school_recovery.finish_recovery)
pages.get("/keys/drill")(views_school_recovery.show_drill)
pages.post("/keys/drill")(views_school_recovery.drill)
pages.get("/rescue/<token>")(views_rescue.rescue_colleague)
pages.post("/rescue/<token>")(views_rescue.accept_rescue)
pages.get("/people")(views_people.people)
pages.post("/people")(views_people.invite)
pages.post("/people/invitations/<invitation_id>/withdraw")(views_people.withdraw)
pages.post("/people/members/<membership_id>/remove")(views_people.remove)
pages.get("/school")(views_school.school)
pages.post("/school/alias")(views_school.rename)
pages.post("/school/places")(views_school.set_places)
pages.post("/school/numbers")(views_school.set_numbers)
pages.post("/school/holidays")(views_school.add_holiday)
pages.post("/school/holidays/<holiday_id>/remove")(views_school.remove_holiday)
pages.post("/school/district")(views_school.confirm_district)
pages.post("/school/exit")(views_school.set_exit)
pages.post("/school/open")(views_school.open_school)
pages.post("/school/close")(views_school.close_school)
pages.get("/poster")(views_poster.poster)
pages.get("/poster/file")(views_poster.poster_file)
pages.get("/schools")(views_school.schools)


@pages.errorhandler(DamagedError)
def show_damaged(_error: DamagedError) -> Response:
    return show(
        Conflict(
            _(
                "Iets van dit account is beschadigd of veranderd. Van de meldingen is niets weg. Vraag een collega of "
                "wie Vertel beheert om hulp."
            )
        )
    )


@pages.errorhandler(BusyError)
def show_busy(error: BusyError) -> Response:
    return show(ServiceUnavailable(retry_after=error.retry_after_seconds))
