"""the social map as HSDS documents, what was checked of it, and counts"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# A plain HSDS document of what the columns held; the next import of the file makes it whole.

_SPACE = uuid5(NAMESPACE_URL, "https://vertel.example/social-map")
_EDITION = "0005"
_AREAS = {"national": "Nederland", "den-haag": "Den Haag", "district": "Stadsdeel of school"}
_SAME = {
    "name_nl": "name",
    "what_they_do_nl": "description",
    "for_whom_nl": "eligibility_description",
    "opening_hours_nl": "hours_description",
    "cost_nl": "fees_description",
    "website": "url",
    "source": "source",
    "min_age": "minimum_age",
    "max_age": "maximum_age",
}
_ENGLISH = {
    "name_en": "name",
    "what_they_do_en": "description",
    "for_whom": "eligibility_description",
    "opening_hours": "hours_description",
    "cost": "fees_description",
}
_TEXTS = [*_SAME, *_ENGLISH, "phone", "chat_url", "anonymous_possible", "languages", "area", "topics", "keywords_nl"]
_NUMBERS = {"min_age", "max_age"}


def _columns() -> list[sa.schema.SchemaItem]:
    texts = [name for name in _TEXTS if name not in _NUMBERS | {"phone", "anonymous_possible"}]
    return [
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in sorted(_NUMBERS)),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("anonymous_possible", sa.String(length=10), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    ]


def _new_columns() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    ]


def upgrade() -> None:
    rows = [dict(row) for row in op.get_bind().execute(sa.text("SELECT * FROM service")).mappings()]
    op.drop_table("service")
    table = op.create_table("service", *_new_columns())
    told = [
        {
            "id": row["id"],
            "position": row["position"],
            "edition": _EDITION,
            "document": json.dumps(_document(row), ensure_ascii=False),
        }
        for row in rows
    ]
    op.bulk_insert(table, told)
    _create_upkeep()


def _create_upkeep() -> None:
    op.create_table(
        "service_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_check")),
        sa.UniqueConstraint(
            "service_id", "number", "account_id", name=op.f("uq_service_check_service_id_number_account_id")
        ),
    )
    counts = {
        "search_gap": (sa.Column("month", sa.String(length=7)), sa.Column("word", sa.String(length=40))),
        "help_answer": (
            sa.Column("quarter", sa.String(length=7)),
            sa.Column("service_id", sa.String(length=40)),
            sa.Column("answer", sa.String(length=10)),
        ),
    }
    for name, keys in counts.items():
        key = sa.PrimaryKeyConstraint(*(column.name for column in keys), name=op.f(f"pk_{name}"))
        op.create_table(name, *keys, sa.Column("count", sa.Integer(), nullable=False), key)
    op.create_table(
        "help_mark",
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_help_mark")),
    )


def downgrade() -> None:
    for name in ("help_mark", "help_answer", "search_gap", "service_check"):
        op.drop_table(name)
    rows = [dict(row) for row in op.get_bind().execute(sa.text("SELECT * FROM service")).mappings()]
    op.drop_table("service")
    table = op.create_table("service", *_columns())
    op.bulk_insert(table, [_row(row, json.loads(row["document"])) for row in rows])


def _document(row: Mapping[str, Any]) -> dict[str, Any]:
    known = uuid5(_SPACE, row["id"])
    texts = {key: row[name] for name, key in _SAME.items() if row[name] not in {None, ""}}
    lists = {
        "phones": [{"number": row["phone"], "type": "voice"}] if row["phone"] else [],
        "additional_urls": [{"label": "Chat", "url": row["chat_url"]}] if row["chat_url"] else [],
        "service_areas": [{"name": _AREAS.get(row["area"], ""), "extent": row["area"], "extent_type": "text"}],
        "languages": [{"code": code} for code in _words(row["languages"])],
        "attributes": _attributes(row),
    }
    return {
        "id": str(known),
        "slug": row["id"],
        "status": "active",
        **texts,
        "translations": {"en": {key: row[name] for name, key in _ENGLISH.items() if row[name]}},
        "verified": bool(row["verified"]),
        **{
            name: [{"id": str(uuid5(known, f"{name} {number}"))} | one for number, one in enumerate(items)]
            for name, items in lists.items()
            if items
        },
    }


def _attributes(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    told = [("topic", "", word) for word in _words(row["topics"])]
    told += [("keyword", "nl", word) for word in _words(row["keywords_nl"])]
    found: list[dict[str, Any]] = []
    for kind, language, word in told:
        term = {"id": str(uuid5(_SPACE, f"{kind} {language} {word}")), "name": word, "description": ""}
        found.append({"link_type": kind, "taxonomy_term": term | ({"language": language} if language else {})})
    if row["anonymous_possible"] != "unknown":
        found.append({"link_type": "anonymous_possible", "value": row["anonymous_possible"]})
    return [*found, {"link_type": "emergency", "value": "yes"}] if row["emergency"] else found


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(";") if word.strip()]


def _row(row: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    english = (document.get("translations") or {}).get("en") or {}
    terms = document.get("attributes") or []
    values = {one.get("link_type"): one.get("value") for one in terms}
    first = {name: (document.get(name) or [{}])[0] for name in ("phones", "additional_urls", "service_areas")}
    texts = {name: document.get(key) or "" for name, key in _SAME.items() if name not in _NUMBERS}
    return {
        "id": row["id"],
        "position": row["position"],
        **texts,
        **{name: english.get(key) or "" for name, key in _ENGLISH.items()},
        **{name: document.get(_SAME[name]) for name in _NUMBERS},
        "phone": str(first["phones"].get("number") or "")[:20],
        "chat_url": first["additional_urls"].get("url") or "",
        "anonymous_possible": values.get("anonymous_possible") or "unknown",
        "languages": ";".join(one.get("code") or "" for one in document.get("languages") or []),
        "area": first["service_areas"].get("extent") or "national",
        "topics": ";".join(_named(terms, "topic")),
        "keywords_nl": ";".join(_named(terms, "keyword")),
        "emergency": values.get("emergency") == "yes",
        "verified": document.get("verified") is True,
    }


def _named(terms: list[dict[str, Any]], kind: str) -> list[str]:
    found = [one.get("taxonomy_term") or {} for one in terms if one.get("link_type") == kind]
    return [term.get("name") or "" for term in found if term.get("language") in {None, "nl"}]
