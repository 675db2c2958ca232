"""What a student reads is critical; what only staff read is not."""

import pytest

from app.i18n.audience import is_critical


@pytest.mark.parametrize(
    "file",
    [
        "flows/emergency.yaml",
        "app/intake/views_talk.py",
        "app/intake/templates/step.html",
        "app/web/templates/base.html",
        "app/referrals/data/social-map.csv",
        "app/cases/correspondence.py",
        "app/cases/wording.py",
    ],
)
def test_what_a_student_reads_is_critical(file: str) -> None:
    assert is_critical([(file, 3)])
    assert is_critical([(file, None)])


@pytest.mark.parametrize(
    "file",
    [
        "app/accounts/forms.py",
        "app/cases/templates/queue.html",
        "app/cases/views.py",
        "app/statistics/views.py",
        "app/talks/cli.py",
        "flows/tests/one.yaml.txt",
    ],
)
def test_what_only_staff_read_is_not(file: str) -> None:
    assert not is_critical([(file, 3)])


def test_one_critical_place_is_enough() -> None:
    assert is_critical([("app/accounts/forms.py", 1), ("app/intake/forms.py", 2)])


def test_a_text_from_nowhere_is_critical_to_be_safe() -> None:
    assert is_critical([])
