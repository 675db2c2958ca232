"""The addresses of the register on one screen; each view states who may open it where it stands."""

from flask import Blueprint

from app.register import views_file, views_import, views_network, views_own, views_record

pages = Blueprint("register", __name__, url_prefix="/staff/register")

pages.get("")(views_own.show_register)
pages.post("/since")(views_own.set_since)
pages.get("/new")(views_record.show_new)
pages.post("/new")(views_record.record)
pages.get("/incidents/<incident_id>")(views_record.show_incident)
pages.post("/incidents/<incident_id>")(views_record.change)
pages.post("/incidents/<incident_id>/strike")(views_record.strike)
pages.get("/definitions")(views_record.show_definitions)
pages.get("/import")(views_import.show_imports)
pages.post("/import")(views_import.read_file)
pages.post("/import/go")(views_import.take_over)
pages.post("/imports/<import_id>/undo")(views_import.undo)
pages.get("/blank.<kind>")(views_import.blank_file)
pages.get("/file")(views_file.show_file)
pages.get("/file.<form>")(views_file.download_file)
pages.get("/evaluation")(views_file.show_evaluation)
pages.post("/evaluation")(views_file.keep_evaluation)
pages.get("/evaluation.<paper>")(views_file.evaluation_file)
pages.get("/schools")(views_network.show_schools)
pages.post("/schools")(views_network.keep_steps)
