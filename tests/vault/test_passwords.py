import pytest

from app.vault.errors import WeakPasswordError
from app.vault.passwords import check_password

ABOUT = ["Noor de Wit-Jansen", "n.jansen@haagselinde.example", "Haags Lindecollege"]


@pytest.mark.parametrize(
    "password",
    [
        "regen fiets lepel wolk",
        "849302847562910",
        "x9#Lq!27vbTTz-0",
        "correct paard wolk mosterd",
        "تفاحة زرقاء على السطح",
        "🐯🥄🌧🚲🌷🐳🍋🎈🎹🪁🧦🏕🦉🌋🧭",
        "ß" * 3 + " vier paraplu's buiten",
        "lang " + "en nog wat tuinhek " * 12,
    ],
)
def test_a_password_that_nobody_foresees_is_taken_whatever_its_characters(password: str) -> None:
    check_password(password, about=ABOUT)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "too_short"),
        ("veertien teken", "too_short"),
        ("zin " * 65, "too_long"),
        ("aaaaaaaaaaaaaaa", "common"),
        ("abcabcabcabcabc", "common"),
        ("qwertyuiop12345", "common"),
        ("1qaz2wsx3edc4rfv", "common"),
        ("poiuytrewq098765", "common"),
        ("abcdefghijklmnop", "common"),
        ("!@#$%^&*()!@#$%^", "common"),
        ("Wachtwoord2024!!", "common"),
        ("wachtwoordwachtwoord", "common"),
        ("P@ssw0rdP@ssw0rd1", "common"),
        ("W3lk0m-W3lk0m-01", "common"),
        ("Correct Horse Battery Staple", "common"),
        ("Ik hou van jou voor altijd!", "common"),
        ("Zomer2025 Herfst2025", "common"),
        ("een twee drie vier vijf", "common"),
        ("fietsen met Jansen in de regen", "about_you"),
        ("j4n53n en de regenboog", "about_you"),
        ("onder de haagselinde zitten", "about_you"),
        ("lindecollege met een tuinhek", "about_you"),
    ],
)
def test_a_password_that_others_foresee_is_refused_with_the_reason(password: str, reason: str) -> None:
    with pytest.raises(WeakPasswordError) as refusal:
        check_password(password, about=ABOUT)

    assert refusal.value.reason == reason


def test_short_names_and_nothing_known_refuse_nothing() -> None:
    check_password("tuinhek in de ochtendmist", about=["", "De In", "@"])


def test_a_refusal_does_not_repeat_the_password() -> None:
    with pytest.raises(WeakPasswordError) as refusal:
        check_password("wachtwoordwachtwoord", about=[])

    assert "wachtwoord" not in str(refusal.value)
