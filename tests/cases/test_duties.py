"""The duties compass: every row has its source, and what is known of a case chooses the rows."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import db
from app.cases.duties import FILE, OWN, load_compass
from app.cases.duty_rules import KNOWN, Duty, Facts, Told, applicable, facts_from
from app.flows.faults import FlowError
from app.referrals.queries import cards_by_id
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet

COMPASS = load_compass(OWN)
facts = st.fixed_dictionaries({name: st.sampled_from(list(KNOWN)) for name in COMPASS.fact_names})


def told(reader: str = "internal", *categories: str, watch: tuple[str, ...] = (), **answers: str) -> Told:
    said = {step: tuple(codes.split()) for step, codes in answers.items()}
    return Told(reader, frozenset(categories), frozenset(watch), said)


def found(facts: Facts) -> dict[str, bool]:
    return {each.duty.id: each.is_certain for each in applicable(COMPASS.duties, facts)}


@pytest.mark.parametrize("duty", COMPASS.duties, ids=lambda duty: duty.id)
def test_every_duty_names_its_article_and_what_to_tell_first(duty: Duty) -> None:
    assert "art." in duty.source.article
    assert duty.source.read
    assert duty.source.on
    assert duty.tell_first
    assert 1 <= len(duty.what_to_do) <= 3


def test_every_service_of_a_duty_exists_and_shows_no_number_that_is_not_verified(database: db.Database) -> None:
    wanted = {duty.service for duty in COMPASS.duties}
    with database.writer.begin() as session:
        import_entries(session, read_sheet(PACKAGED))
        cards = {card.id: card for card in cards_by_id(session, wanted)}

    assert set(cards) == wanted
    assert cards["vertrouwensinspecteur"].phone
    assert not cards["school-antipest"].phone


@given(facts)
def test_certain_duties_stand_first_and_none_is_certain_by_a_fact_nobody_knows(facts: Facts) -> None:
    rows = applicable(COMPASS.duties, facts)

    assert [row.is_certain for row in rows] == sorted((row.is_certain for row in rows), reverse=True)
    for row in rows:
        assert row.is_certain == all(facts[name] == ("yes" if wish else "no") for name, wish in row.duty.when.items())


@given(facts, st.sampled_from(sorted(COMPASS.fact_names)), st.sampled_from(["yes", "no"]))
def test_knowing_more_never_brings_a_duty_that_was_ruled_out(facts: Facts, name: str, known: str) -> None:
    unknown = {**facts, name: KNOWN["unknown"]}

    assert set(found({**facts, name: KNOWN[known]})) <= set(found(unknown))


def test_an_internal_reader_must_tell_the_board_and_an_external_one_need_not() -> None:
    about: dict[str, Any] = {"who": "staff", "what": "touched", "danger": "not_now"}

    internal = found(facts_from(told("internal", "sexual", **about)))
    external = found(facts_from(told("external", "sexual", **about)))

    assert internal["staff_sexual_internal"]
    assert "staff_sexual_internal" not in external
    assert external["staff_sexual_external"]


def test_whoever_is_not_named_may_be_staff() -> None:
    rows = found(facts_from(told("internal", "sexual", who="_unsure", what="touched")))

    assert rows["staff_sexual_internal"] is False


def test_another_pupil_is_not_staff() -> None:
    assert "staff_sexual_internal" not in found(facts_from(told("internal", "sexual", who="student", what="touched")))


def test_a_list_of_words_makes_nothing_certain() -> None:
    rows = facts_from(told(watch=("sexual", "home", "life"), what="mean", danger="not_now"))

    assert {rows["sexual"], rows["home"], rows["danger"]} == {"unknown"}


@pytest.mark.parametrize(
    ("answers", "weapon", "injury"),
    [
        ({}, "unknown", "unknown"),
        ({"what": "mean"}, "no", "no"),
        ({"what": "hurt", "kind_hurt": "hit"}, "no", "no"),
        ({"what": "hurt", "kind_hurt": "injured"}, "no", "yes"),
        ({"what": "hurt", "kind_hurt": "_skip"}, "unknown", "unknown"),
        ({"what": "hurt"}, "unknown", "unknown"),
        ({"what": "risky", "kind_risky": "drugs"}, "no", "no"),
    ],
)
def test_a_question_that_was_skipped_leaves_its_fact_unknown(answers: dict[str, Any], weapon: str, injury: str) -> None:
    facts = facts_from(told(**answers))

    assert (facts["weapon"], facts["injury"]) == (weapon, injury)


def test_a_category_makes_its_fact_certain() -> None:
    facts = facts_from(told("internal", "weapon", "bullying", what="_skip"))

    assert (facts["weapon"], facts["bullying"], facts["discrimination"]) == ("yes", "yes", "unknown")
    assert facts_from(told(what="mean"))["bullying"] == "no"


def test_no_mix_of_facts_is_without_advice() -> None:
    for values in product(KNOWN.values(), repeat=2):
        assert found(dict(zip(("staff", "sexual"), values, strict=True)))["no_promise"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("when: {danger: true}", "when: {dangr: true}", 'unknown fact "dangr"'),
        ("    overrides: true\n", "    overides: true\n", 'unknown key "overides": did you mean "overrides"?'),
        ("    deadline: Meteen\n", "", '"deadline" is missing'),
        ("      - Zeg alleen wat nodig is om te helpen.\n", "      - Een.\n      - Twee.\n", "more than 3 lines"),
    ],
)
def test_a_wrong_row_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    written = (OWN / FILE).read_text("utf-8")
    (tmp_path / "desk").mkdir()
    (tmp_path / FILE).write_text(written.replace(old, new, 1), "utf-8")

    with pytest.raises(FlowError) as refused:
        load_compass(tmp_path)

    assert said in str(refused.value)
    assert f"{FILE}:" in str(refused.value)


def test_a_missing_or_empty_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FlowError, match="put it back"):
        load_compass(tmp_path)

    (tmp_path / "desk").mkdir()
    (tmp_path / FILE).write_text("", "utf-8")
    with pytest.raises(FlowError, match="write the duties"):
        load_compass(tmp_path)
