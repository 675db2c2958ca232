"""The addresses of the desk on one screen; each view states who may open it where it stands."""

from flask import Blueprint
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.cases import (
    views_case,
    views_closing,
    views_duties,
    views_export,
    views_fold,
    views_ledger,
    views_notes,
    views_promises,
    views_queue,
    views_readers,
    views_record,
    views_registering,
    views_rekeying,
    views_search,
    views_steps,
    views_tell,
    views_training,
)

pages = Blueprint("cases", __name__, url_prefix="/staff/cases")
record_pages = Blueprint("record", __name__, url_prefix="/staff")
"""What is about a school's advisers and not about one case."""

pages.get("")(views_queue.queue)
pages.get("/views")(views_queue.show_views)
pages.post("/views")(views_queue.keep_view)
pages.post("/views/<view_id>/delete")(views_queue.forget_view)
pages.get("/search")(views_search.show_search)
pages.post("/search")(views_search.find)
pages.get("/folded")(views_fold.folded)
pages.post("/folded")(views_fold.act_on_fold)
pages.post("/<case_id>/unfold")(views_fold.unfold)
pages.get("/promises")(views_promises.promises)
pages.get("/new")(views_tell.tell)
pages.post("/new")(views_tell.write_told)
pages.get("/<case_id>")(views_case.show_case)
pages.post("/<case_id>/reply")(views_case.reply)
pages.get("/<case_id>/register")(views_registering.show_registering)
pages.post("/<case_id>/register")(views_registering.put_in_register)
pages.get("/<case_id>/close")(views_closing.show_close)
pages.post("/<case_id>/close")(views_closing.close)
pages.post("/<case_id>/handled")(views_case.mark_handled)
pages.post("/<case_id>/reopen")(views_case.reopen)
pages.get("/<case_id>/notes")(views_notes.show_notes)
pages.post("/<case_id>/notes")(views_notes.write_note)
pages.post("/<case_id>/notes/own")(views_notes.write_own_note)
pages.post("/<case_id>/labels")(views_notes.add_label)
pages.post("/<case_id>/labels/remove")(views_notes.remove_label)
pages.get("/<case_id>/steps")(views_steps.show_steps)
pages.post("/<case_id>/steps")(views_steps.plan_step)
pages.post("/<case_id>/steps/<step_id>/ask")(views_steps.ask_step)
pages.post("/<case_id>/steps/<step_id>/done")(views_steps.finish_step)
pages.post("/<case_id>/steps/<step_id>/drop")(views_steps.drop_step)
pages.post("/<case_id>/steps/<step_id>/override")(views_steps.override_step)
pages.get("/<case_id>/ledger")(views_ledger.show_ledger)
pages.post("/<case_id>/ledger")(views_ledger.write_entry)
pages.post("/<case_id>/ledger/strike")(views_ledger.strike_entry)
pages.post("/<case_id>/ledger/who")(views_ledger.who_knew)
pages.get("/<case_id>/duties")(views_duties.show_duties)
pages.get("/<case_id>/copies")(views_export.show_copies)
pages.post("/<case_id>/copies")(views_export.ask_copy)
pages.post("/<case_id>/copies/<request_id>/allow")(views_export.allow_copy)
pages.post("/<case_id>/copies/<request_id>/refuse")(views_export.refuse_copy)
pages.post("/<case_id>/copies/<request_id>/file")(views_export.fetch_copy)

pages.get("/<case_id>/readers")(views_readers.show_readers)
pages.post("/<case_id>/readers")(views_readers.give_key)
pages.post("/<case_id>/readers/ask")(views_readers.ask_reader)
pages.post("/<case_id>/readers/drop")(views_readers.drop_key)

record_pages.get("/keys/rewrap")(views_rekeying.show_rewrap)
record_pages.post("/keys/rewrap")(views_rekeying.rewrap)
record_pages.get("/keys/recover")(views_rekeying.show_recover)
record_pages.post("/keys/recover")(views_rekeying.recover)
record_pages.get("/keys/leave")(views_rekeying.show_leave)
record_pages.post("/keys/leave")(views_rekeying.leave)
record_pages.get("/training")(views_training.training)
record_pages.post("/training")(views_training.begin_training)
record_pages.post("/training/stop")(views_training.stop_training)
record_pages.get("/audit")(views_record.show_record)
record_pages.get("/deeds")(views_record.show_deeds)
record_pages.post("/deeds")(views_record.propose_deed)
record_pages.post("/deeds/<deed_id>/approve")(views_record.approve_deed)
record_pages.post("/deeds/<deed_id>/remove")(views_record.remove_deed)

for error in (OperationalError, PoolTimeoutError):
    pages.register_error_handler(error, views_case.keep_what_was_typed)
