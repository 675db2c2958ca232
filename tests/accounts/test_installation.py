"""The pepper and the database belong together."""

import pytest
from flask import Flask

from app.accounts.installation import PEPPER_FILE, PepperMismatchError, current_pepper, load_pepper
from app.settings import Settings


def pepper_file(app: Flask):  # noqa: ANN201
    settings: Settings = app.config["SETTINGS"]
    return settings.instance / PEPPER_FILE


def test_a_second_start_finds_the_same_pepper(app: Flask) -> None:
    with app.app_context():
        before = current_pepper().fingerprint

        assert load_pepper(app).fingerprint == before


def test_another_pepper_is_refused_with_the_cure(app: Flask) -> None:
    pepper_file(app).write_bytes(b"x" * 32)

    with app.app_context(), pytest.raises(PepperMismatchError, match="put that file back from its own backup"):
        load_pepper(app)


def test_a_missing_pepper_is_not_quietly_replaced(app: Flask) -> None:
    pepper_file(app).unlink()

    with app.app_context(), pytest.raises(PepperMismatchError, match="is missing"):
        load_pepper(app)

    assert not pepper_file(app).exists()
