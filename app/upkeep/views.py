"""The addresses of keeping the social map on one screen; each view states who may open it where it stands."""

from flask import Blueprint

from app.upkeep import views_check, views_sheet

pages = Blueprint("upkeep", __name__, url_prefix="/staff/social-map")

pages.get("")(views_check.overview)
pages.get("/gaps")(views_check.gaps)
pages.get("/services/<service_id>")(views_check.service)
pages.post("/services/<service_id>/number")(views_check.check_number)
pages.post("/services/<service_id>/card")(views_check.check_card)
pages.get("/sheet")(views_sheet.sheet)
pages.post("/sheet")(views_sheet.take_over)
pages.get("/map.csv")(views_sheet.map_file)
pages.get("/links.csv")(views_sheet.links_file)
