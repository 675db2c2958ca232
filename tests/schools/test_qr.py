"""The QR code of a start page."""

from xml.etree import ElementTree as ET

import segno

from app.schools.qr import start_page_qr, start_page_qr_file

URL = "https://vertel.example/de-linde?a=1&b=2"


def test_the_code_in_a_page_needs_no_style_and_is_dark_on_light() -> None:
    svg = start_page_qr(URL)

    assert svg.startswith("<svg ")
    assert "style" not in svg
    assert 'fill="#fff"' in svg
    assert 'stroke="#000"' in svg


def test_the_code_has_error_level_m_and_a_quiet_zone_of_four_modules() -> None:
    modules = segno.make(URL, error="m", micro=False, boost_error=False).symbol_size(border=4)[0]

    assert ET.fromstring(start_page_qr(URL)).get("width") == str(modules * 5)  # noqa: S314 -- our own markup


def test_the_file_is_a_whole_svg_document_with_the_address_as_title() -> None:
    root = ET.fromstring(start_page_qr_file(URL))  # noqa: S314 -- our own markup

    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root[0].text == URL
