import gzip
import re

import pytest
from flask.testing import FlaskClient


def address(client: FlaskClient, name: str) -> str:
    found = re.search(rf"/static/[0-9a-f]+/{re.escape(name)}", client.get("/staff/desk").text + client.get("/").text)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("name", "kind"), [("style.css", "text/css"), ("vertel.js", "text/javascript"), ("icon.svg", "image/svg+xml")]
)
def test_a_static_file_may_be_kept_for_ever(client: FlaskClient, name: str, kind: str) -> None:
    answer = client.get(address(client, name))

    assert answer.mimetype == kind
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert set(answer.vary) == {"Accept-Encoding"}


def test_a_static_file_goes_out_compressed_once(client: FlaskClient) -> None:
    path = address(client, "vertel.js")

    packed = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.data) == client.get(path).data
    assert len(packed.data) < 3_000


@pytest.mark.parametrize("path", ["/static/000000000000/style.css", "/static/x/none.css", "/static/x/..%2Fviews.py"])
def test_an_outdated_or_unknown_static_address_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_robots_may_read_that_they_may_not_index(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nAllow: /\n"


def test_the_icon_is_a_plain_dot(client: FlaskClient) -> None:
    assert b"<circle" in client.get("/favicon.ico").data
