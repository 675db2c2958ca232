"""The social map as open data: one page of the HSDS API, and the flat table that a spreadsheet opens."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from flask import Blueprint, request

from app import db
from app.referrals.cards import honest
from app.referrals.entries import Entry
from app.referrals.hsds import ENGLISH
from app.referrals.hsds_file import write_hsds
from app.referrals.hsds_writing import document_of
from app.referrals.sheet_writing import write_sheet
from app.referrals.stored import entries
from app.web.access import public
from app.web.headers import OpenData

pages = Blueprint("open_data", __name__)

ADDRESS_ON_THE_WEB = re.compile(r"https?://[^\s;,()]+")
HSDS, TABLE = "application/json", "text/csv; charset=utf-8"
Writing = Callable[[Mapping[str, Entry]], str]
_written: dict[Writing, tuple[Mapping[str, Entry], bytes, str]] = {}
"""By what wrote it: the social map, which is the same object while nothing changes, its bytes and their name."""


@pages.get("/help.json")
@public
def hsds_page() -> OpenData:
    return _answer(_hsds, HSDS)


@pages.get("/help.csv")
@public
def table() -> OpenData:
    return _answer(_table, TABLE)


def published(entry: Entry) -> Entry:
    """Return what the world may read of *entry*: no number that nobody verified, and no remark for ourselves.

    Of the source only addresses: the rest says how sure we are, to us.
    """
    phone = entry.phone if entry.verified else ""
    honestly: dict[str, Any] = {name: honest(getattr(entry, name)) for name in ENGLISH if name != "name_en"}
    source = "; ".join(ADDRESS_ON_THE_WEB.findall(entry.source))
    return replace(entry, **honestly, phone=phone, verified=bool(phone), source=source)


def _hsds(services: Mapping[str, Entry]) -> str:
    # Written anew from what we know, so that nothing comes along that somebody else's document held beside it.
    return write_hsds([document_of(published(one)) for one in services.values()])


def _table(services: Mapping[str, Entry]) -> str:
    return write_sheet([published(one) for one in services.values()])


def _answer(writing: Writing, kind: str) -> OpenData:
    with db.reading() as session:
        services = entries(session)
    known, body, name = _written.get(writing, (None, b"", ""))
    if known is not services:
        body = writing(services).encode()
        name = sha256(body).hexdigest()[:32]
        _written[writing] = services, body, name
    answer = OpenData(body, content_type=kind)
    answer.set_etag(name, weak=True)  # Weak: compressed it has other bytes.
    answer.make_conditional(request)
    return answer
