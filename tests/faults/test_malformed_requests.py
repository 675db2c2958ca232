"""The web server's own log never names who asked, also when it cannot read the request."""

import socket
from collections.abc import Iterable
from contextlib import suppress

from tests.faults.conftest import House
from tests.faults.traces import forms_of_text, hits
from tests.plain_browser import PlainBrowser
from tests.servers import GRANIAN, HOST, Server, serving

ADDRESS = "127.0.0.77"
AGENT = "Waterhoen/1.0"
NEEDLES = {"address": forms_of_text(ADDRESS), "agent": forms_of_text(AGENT), "path": forms_of_text("kwartelzang")}
MALFORMED = (
    b"kwartelzang\r\n\r\n",
    b"GET /kwartelzang HTTP/9.9\r\nUser-Agent: Waterhoen/1.0\r\n\r\n",
    b"GET /kwartelzang HTTP/1.1\r\nUser-Agent: Waterhoen/1.0\r\nno colon\r\n\r\n",
    b"GET /kwartelzang HTTP/1.1\r\nHost: evil.example\r\nUser-Agent: Waterhoen/1.0\r\n\r\n",
    b"POST /kwartelzang HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Waterhoen/1.0\r\nContent-Length: -1\r\n\r\n",
    b"POST /kwartelzang HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nkwartelzang\r\n",
    b"GET /" + b"kwartelzang" * 50_000 + b" HTTP/1.1\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03kwartelzang",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nkwartelzang",
)


def send_all(server: Server, requests: Iterable[bytes]) -> None:
    for request in requests:
        with socket.create_connection((HOST, server.port), timeout=5, source_address=(ADDRESS, 0)) as connection:
            _exchange(connection, request)


def _exchange(connection: socket.socket, request: bytes) -> None:
    with suppress(OSError):  # The server may hang up before it heard everything.
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass


def test_malformed_requests_leave_no_address_in_the_log(sqlite_house: House) -> None:
    with serving(sqlite_house.host) as server:
        send_all(server, MALFORMED)
        assert PlainBrowser(server.url).get(f"/{sqlite_house.slug}").status == 200

    assert hits([sqlite_house.host.folder], NEEDLES) == []


def test_the_search_finds_an_access_log_that_is_left_on(sqlite_house: House) -> None:
    options = tuple({"--no-access-log": "--access-log", "error": "info"}.get(word, word) for word in GRANIAN)

    with serving(sqlite_house.host, options) as server:
        PlainBrowser(server.url, source=ADDRESS).get("/kwartelzang")

    assert {name for name, _file in hits([sqlite_house.host.logs], NEEDLES)} == {"address", "path"}
