"""The small tables fit the packaged social map."""

from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.tables import choices, synonyms, table_faults

BILL = "violence sexual intimidation threat bullying vandalism theft drugs weapon"
HELP_ONLY = "discrimination online recruited home other"


def test_the_packaged_tables_have_no_faults() -> None:
    assert list(table_faults(read_sheet(PACKAGED))) == []


def test_a_withdrawn_service_that_a_table_names_is_a_fault_with_its_line() -> None:
    left = [entry for entry in read_sheet(PACKAGED) if entry.id != "113"]

    assert any("synonyms.csv:" in fault and "'113'" in fault for fault in table_faults(left))


def test_every_category_of_a_talk_has_services() -> None:
    assert {*BILL.split(), *HELP_ONLY.split()} <= choices().keys()


def test_no_synonym_stands_there_twice() -> None:
    words = [one.words for one in synonyms()]

    assert len(words) == len(set(words))
