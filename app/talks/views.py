"""The addresses of the talk's pages on one screen; each view states who may open it where it stands."""

from flask import Blueprint

from app.talks import views_parts, views_preview, views_try

pages = Blueprint("talks", __name__, url_prefix="/staff/talk")

pages.get("")(views_preview.talk)
pages.get("/step/<flow>/<step>")(views_preview.step)
pages.get("/try")(views_try.try_out)
pages.get("/parts")(views_parts.parts)
pages.post("/parts")(views_parts.set_parts)
