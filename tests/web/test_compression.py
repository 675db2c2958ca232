import gzip

from flask.testing import FlaskClient


def test_a_page_goes_out_compressed_and_comes_back_the_same(client: FlaskClient) -> None:
    plain = client.get("/").data
    packed = client.get("/", headers={"Accept-Encoding": "br, gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content_length == len(packed.data) < len(plain)
    assert gzip.decompress(packed.data) == plain


def test_who_does_not_accept_gzip_gets_plain_text(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": "gzip;q=0, br"}).headers


def test_a_short_answer_stays_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/token", headers={"Accept-Encoding": "gzip"}).headers
