"""The demo's folder."""

from pathlib import Path

import click
import pytest

from app import create_app, db
from app.demo.seeding import demo_settings, open_demo
from app.schools.queries import open_schools

HOOKS = {"url", "student_urls", "advisers", "city", "coordinator"}


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")

    with pytest.raises(click.ClickException, match="empty folder"):
        open_demo(tmp_path, 8000)

    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_demo_opens_again_with_the_same_people(tmp_path: Path) -> None:
    first = open_demo(tmp_path / "demo", 8001)
    second = open_demo(tmp_path / "demo", 8002)

    assert HOOKS <= set(first.as_json())
    assert set(first.advisers[0]) >= {"email", "password", "totp_secret", "school", "kind"}
    assert second.accounts == first.accounts
    assert second.student_urls[0].startswith("http://127.0.0.1:8002/")
    assert oct((tmp_path / "demo" / "demo.json").stat().st_mode)[-3:] == "600"
    app = create_app(demo_settings(tmp_path / "demo", 8002))
    with app.app_context(), db.reading() as session:
        assert [school.slug for school in open_schools(session)]
    db.connect(app.config["SETTINGS"].database).engine.dispose()
