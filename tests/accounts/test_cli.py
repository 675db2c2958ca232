"""The operator's commands."""

from click.testing import Result

from app import db
from app.accounts.queries import readers_of
from app.accounts.roles import Role
from tests.accounts.people import SCHOOL_ID, Town

INVITE = [
    "people",
    "invite",
    "--school",
    "de-meeuw",
    "--role",
    "adviser",
    "--kind",
    "internal",
    "--name",
    "Noor Akkerman",
]


def run(town: Town, *words: str) -> Result:
    return town.app.test_cli_runner().invoke(args=list(words))


def test_an_invitation_prints_a_link_that_opens(town: Town) -> None:
    printed = run(town, *INVITE, "--email", "noor@school.example")

    link = printed.stdout.strip()
    assert link.startswith("http://localhost/staff/welcome/")
    assert town.app.test_client().get(link).status_code == 200


def test_the_city_is_invited_without_a_school(town: Town) -> None:
    for role in ("network", "analyst", "translator"):
        printed = run(town, "people", "invite", "--role", role, "--name", "Kees", "--email", f"{role}@city.example")

        assert printed.exit_code == 0


def test_a_mistake_is_named_with_its_cure(town: Town) -> None:
    unknown = run(
        town, "people", "invite", "--school", "nergens", "--role", "manager", "--name", "x", "--email", "a@b.nl"
    )
    missing = run(town, "people", "invite", "--role", "manager", "--name", "Ilse", "--email", "a@b.nl")

    assert (unknown.exit_code, missing.exit_code) == (1, 1)
    assert "flask schools list" in unknown.output
    assert "with a school" in missing.output


def test_the_list_names_people_and_no_address(town: Town) -> None:
    town.two_advisers()
    run(town, *INVITE, "--email", "noor@school.example")

    printed = run(town, "people", "list").output

    assert "active" in printed
    assert "invited" in printed
    assert "Noor Akkerman" in printed
    assert "@" not in printed


def test_somebody_is_disabled_by_address_or_id(town: Town) -> None:
    _mira, joris = town.two_advisers()

    assert run(town, "people", "disable", "mira@school.example").exit_code == 0
    assert run(town, "people", "disable", joris.person_id).exit_code == 0
    assert run(town, "people", "disable", joris.person_id).exit_code == 1

    with town.app.app_context(), db.reading() as session:
        assert readers_of(session, SCHOOL_ID) == ()
    assert Role.ADVISER not in run(town, "people", "list").output
