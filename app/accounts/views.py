"""The addresses of the accounts' pages on one screen; each view states who may open it where it stands."""

from flask import Blueprint
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response

from app.accounts import views_account, views_entry, views_people, views_poster, views_school, views_welcome
from app.vault.errors import BusyError
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


@pages.errorhandler(BusyError)
def show_busy(error: BusyError) -> Response:
    return show(ServiceUnavailable(retry_after=error.retry_after_seconds))
