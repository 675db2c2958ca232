"""The addresses of the desk on one screen; each view states who may open it where it stands."""

from flask import Blueprint
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.cases import views_case, views_queue

pages = Blueprint("cases", __name__, url_prefix="/staff/cases")

pages.get("")(views_queue.queue)
pages.get("/folded")(views_queue.folded)
pages.post("/<case_id>/unfold")(views_queue.unfold)
pages.get("/<case_id>")(views_case.show_case)
pages.post("/<case_id>/reply")(views_case.reply)
pages.post("/<case_id>/close")(views_case.close)
pages.post("/<case_id>/handled")(views_case.mark_handled)
pages.post("/<case_id>/reopen")(views_case.reopen)

for error in (OperationalError, PoolTimeoutError):
    pages.register_error_handler(error, views_case.keep_what_was_typed)
