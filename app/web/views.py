"""Addresses that belong to no feature: static files, the icon, and what robots may read."""

from flask import Blueprint, Response, abort, request

from app.web import assets
from app.web.access import public
from app.web.assets import Asset

ONE_YEAR = "public, max-age=31536000, immutable"
ONE_DAY = "public, max-age=86400"
pages = Blueprint("web", __name__)


@pages.get("/static/<digest>/<name>")
@public
def static_file(digest: str, name: str) -> Response:
    asset = assets.current().files.get(name)
    if asset is None or asset.digest != digest:
        abort(404)
    return _answer(asset, ONE_YEAR)


@pages.get("/favicon.ico")
@public
def favicon() -> Response:
    return _answer(assets.current().files["icon.svg"], ONE_DAY)


@pages.get("/robots.txt")
@public
def robots() -> Response:
    # A page that may not be fetched cannot say that it wants no index; the header on each page says so.
    return Response("User-agent: *\nAllow: /\n", content_type="text/plain; charset=utf-8")


def _answer(asset: Asset, cache: str) -> Response:
    packs = request.accept_encodings.quality("gzip") > 0
    response = Response(asset.packed if packs else asset.body, content_type=asset.content_type)
    response.headers["Cache-Control"] = cache
    response.vary.add("Accept-Encoding")
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    return response
