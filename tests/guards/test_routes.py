"""Every address with who may open it; a new one, or a change, must be written down here to pass."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.accounts.roles import Role
from app.schools.slugs import RESERVED_SLUGS
from app.web.access import STATEMENT
from tests.guards.conftest import Site, csrf_token

ANYBODY = None
ADVISER, MANAGER, COORDINATOR, NETWORK, ANALYST = (
    frozenset({role}) for role in (Role.ADVISER, Role.MANAGER, Role.COORDINATOR, Role.NETWORK, Role.ANALYST)
)
OF_A_SCHOOL = MANAGER | COORDINATOR
PREVIEWERS = OF_A_SCHOOL | {Role.NETWORK, Role.TRANSLATOR}
SIGNED_IN = frozenset(Role)
Roles = frozenset[Role] | None

ROUTES: dict[str, Roles] = {
    "GET /": ANYBODY,
    "GET /<slug>": ANYBODY,
    "POST /<slug>": ANYBODY,
    "GET /<slug>/begin": ANYBODY,
    "POST /<slug>/begin": ANYBODY,
    "GET /<slug>/done": ANYBODY,
    "GET /<slug>/words": ANYBODY,
    "GET /code": ANYBODY,
    "POST /code": ANYBODY,
    "GET /help": ANYBODY,
    "GET /help/embed": ANYBODY,
    "GET /help.csv": ANYBODY,
    "GET /help.json": ANYBODY,
    "GET /w": ANYBODY,
    "GET /favicon.ico": ANYBODY,
    "GET /robots.txt": ANYBODY,
    "GET /static/<digest>/<name>": ANYBODY,
    "GET /staff/": ANYBODY,
    "POST /staff/": ANYBODY,
    "POST /staff/sign-out": ANYBODY,
    "GET /staff/welcome/<token>": ANYBODY,
    "POST /staff/welcome/<token>": ANYBODY,
    "GET /staff/account": SIGNED_IN,
    "POST /staff/account/password": SIGNED_IN,
    "POST /staff/account/sessions/<session_id>/end": SIGNED_IN,
    "POST /staff/account/sessions/end-others": SIGNED_IN,
    "GET /staff/audit": ADVISER,
    "GET /staff/cases": ADVISER,
    "GET /staff/cases/<case_id>": ADVISER,
    "GET /staff/cases/new": ADVISER,
    "POST /staff/cases/new": ADVISER,
    "GET /staff/training": ADVISER,
    "POST /staff/training": ADVISER,
    "POST /staff/training/stop": ADVISER,
    "GET /staff/cases/<case_id>/steps": ADVISER,
    "POST /staff/cases/<case_id>/steps": ADVISER,
    "POST /staff/cases/<case_id>/steps/<step_id>/ask": ADVISER,
    "POST /staff/cases/<case_id>/steps/<step_id>/done": ADVISER,
    "POST /staff/cases/<case_id>/steps/<step_id>/drop": ADVISER,
    "POST /staff/cases/<case_id>/steps/<step_id>/override": ADVISER,
    "GET /staff/cases/<case_id>/ledger": ADVISER,
    "POST /staff/cases/<case_id>/ledger": ADVISER,
    "POST /staff/cases/<case_id>/ledger/strike": ADVISER,
    "POST /staff/cases/<case_id>/ledger/who": ADVISER,
    "GET /staff/cases/<case_id>/duties": ADVISER,
    "GET /staff/cases/<case_id>/copies": ADVISER,
    "POST /staff/cases/<case_id>/copies": ADVISER,
    "POST /staff/cases/<case_id>/copies/<request_id>/allow": ADVISER,
    "POST /staff/cases/<case_id>/copies/<request_id>/file": ADVISER,
    "POST /staff/cases/<case_id>/copies/<request_id>/refuse": ADVISER,
    "GET /staff/cases/folded": ADVISER,
    "POST /staff/cases/folded": ADVISER,
    "GET /staff/cases/search": ADVISER,
    "POST /staff/cases/search": ADVISER,
    "GET /staff/cases/views": ADVISER,
    "POST /staff/cases/views": ADVISER,
    "POST /staff/cases/views/<view_id>/delete": ADVISER,
    "GET /staff/cases/<case_id>/close": ADVISER,
    "POST /staff/cases/<case_id>/close": ADVISER,
    "POST /staff/cases/<case_id>/labels": ADVISER,
    "POST /staff/cases/<case_id>/labels/remove": ADVISER,
    "GET /staff/cases/<case_id>/notes": ADVISER,
    "POST /staff/cases/<case_id>/notes": ADVISER,
    "POST /staff/cases/<case_id>/notes/own": ADVISER,
    "POST /staff/cases/<case_id>/handled": ADVISER,
    "POST /staff/cases/<case_id>/reopen": ADVISER,
    "POST /staff/cases/<case_id>/reply": ADVISER,
    "POST /staff/cases/<case_id>/unfold": ADVISER,
    "GET /staff/deeds": ADVISER,
    "POST /staff/deeds": ADVISER,
    "POST /staff/deeds/<deed_id>/approve": ADVISER,
    "POST /staff/deeds/<deed_id>/remove": ADVISER,
    "GET /staff/keys": ADVISER,
    "POST /staff/keys/members/<membership_id>/confirm": ADVISER,
    "POST /staff/keys/members/<membership_id>/refuse": ADVISER,
    "POST /staff/keys/people/<person_id>/rescue": ADVISER,
    "POST /staff/keys/recovery": ADVISER,
    "POST /staff/keys/recovery/second": ADVISER,
    "GET /staff/keys/drill": ADVISER,
    "POST /staff/keys/drill": ADVISER,
    "GET /staff/keys/rewrap": ADVISER,
    "POST /staff/keys/rewrap": ADVISER,
    "GET /staff/keys/recover": ADVISER,
    "POST /staff/keys/recover": ADVISER,
    "GET /staff/keys/leave": ADVISER,
    "POST /staff/keys/leave": ADVISER,
    "GET /staff/account/passkeys": SIGNED_IN,
    "POST /staff/account/passkeys": SIGNED_IN,
    "POST /staff/account/passkeys/add": SIGNED_IN,
    "POST /staff/account/passkeys/<passkey_id>/remove": SIGNED_IN,
    "GET /staff/account/recovery-code": SIGNED_IN,
    "POST /staff/account/recovery-code": SIGNED_IN,
    "POST /staff/account/recovery-code/sheet": SIGNED_IN,
    "POST /staff/account/recovery-code/check": SIGNED_IN,
    "POST /staff/account/recovery-code/try": SIGNED_IN,
    "GET /staff/recover": ANYBODY,
    "GET /staff/recover/password": ANYBODY,
    "POST /staff/recover/password": ANYBODY,
    "GET /staff/recover/phone": ANYBODY,
    "POST /staff/recover/phone": ANYBODY,
    "GET /staff/rescue/<token>": ANYBODY,
    "POST /staff/rescue/<token>": ANYBODY,
    "GET /staff/cases/<case_id>/readers": ADVISER,
    "POST /staff/cases/<case_id>/readers": ADVISER,
    "POST /staff/cases/<case_id>/readers/ask": ADVISER,
    "POST /staff/cases/<case_id>/readers/drop": ADVISER,
    "GET /staff/poster": OF_A_SCHOOL,
    "GET /staff/poster/file": OF_A_SCHOOL,
    "POST /staff/account/proof-mail": SIGNED_IN,
    "GET /staff/presence": ADVISER,
    "POST /staff/presence/absences": ADVISER,
    "POST /staff/presence/absences/<absence_id>/remove": ADVISER,
    "POST /staff/presence/days": ADVISER,
    "GET /staff/cases/promises": MANAGER,
    "POST /staff/people/members/<membership_id>/deputy": MANAGER,
    "GET /staff/people": MANAGER,
    "POST /staff/people": MANAGER,
    "POST /staff/people/invitations/<invitation_id>/withdraw": MANAGER,
    "POST /staff/people/members/<membership_id>/remove": MANAGER,
    "GET /staff/school": OF_A_SCHOOL,
    "POST /staff/school/alias": MANAGER,
    "POST /staff/school/close": MANAGER,
    "POST /staff/school/district": MANAGER,
    "POST /staff/school/exit": MANAGER,
    "POST /staff/school/holidays": MANAGER,
    "POST /staff/school/holidays/<holiday_id>/remove": MANAGER,
    "POST /staff/school/numbers": MANAGER,
    "POST /staff/school/open": MANAGER,
    "POST /staff/school/places": MANAGER,
    "GET /staff/schools": NETWORK,
    "GET /staff/social-map": NETWORK,
    "GET /staff/social-map/gaps": NETWORK,
    "GET /staff/social-map/links.csv": NETWORK,
    "GET /staff/social-map/map.csv": NETWORK,
    "GET /staff/social-map/services/<service_id>": NETWORK,
    "POST /staff/social-map/services/<service_id>/card": NETWORK,
    "POST /staff/social-map/services/<service_id>/number": NETWORK,
    "GET /staff/social-map/sheet": NETWORK,
    "POST /staff/social-map/sheet": NETWORK,
    "GET /staff/talk": PREVIEWERS,
    "GET /staff/talk/parts": MANAGER,
    "POST /staff/talk/parts": MANAGER,
    "GET /staff/talk/step/<flow>/<step>": PREVIEWERS,
    "GET /staff/talk/try": PREVIEWERS,
    "GET /city/": ANALYST,
    "GET /city/table.<form>": ANALYST,
    "GET /staff/cases/<case_id>/register": ADVISER,
    "POST /staff/cases/<case_id>/register": ADVISER,
    "GET /staff/register": OF_A_SCHOOL,
    "POST /staff/register/since": COORDINATOR,
    "GET /staff/register/new": COORDINATOR,
    "POST /staff/register/new": COORDINATOR,
    "GET /staff/register/incidents/<incident_id>": COORDINATOR,
    "POST /staff/register/incidents/<incident_id>": COORDINATOR,
    "POST /staff/register/incidents/<incident_id>/strike": COORDINATOR,
    "GET /staff/register/definitions": OF_A_SCHOOL,
    "GET /staff/register/import": OF_A_SCHOOL,
    "POST /staff/register/import": COORDINATOR,
    "POST /staff/register/import/go": COORDINATOR,
    "POST /staff/register/imports/<import_id>/undo": COORDINATOR,
    "GET /staff/register/blank.<kind>": OF_A_SCHOOL | NETWORK,
    "GET /staff/register/file": OF_A_SCHOOL,
    "GET /staff/register/file.<form>": OF_A_SCHOOL,
    "GET /staff/register/evaluation": OF_A_SCHOOL,
    "POST /staff/register/evaluation": OF_A_SCHOOL,
    "GET /staff/register/evaluation.<paper>": OF_A_SCHOOL,
    "GET /staff/register/schools": NETWORK,
    "POST /staff/register/schools": NETWORK,
}
GUARDED = {route: roles for route, roles in ROUTES.items() if roles is not None}
CLOSED = [(route, role) for route, roles in GUARDED.items() for role in Role if role not in roles]
OPEN = [(route, role) for route, roles in GUARDED.items() for role in sorted(roles) if route.startswith("GET")]


def routes_of(app: Flask) -> Iterator[tuple[str, Roles]]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield f"{method} {rule.rule}", getattr(view, STATEMENT)


def test_every_route_states_who_may_open_it(site: Site) -> None:
    assert dict(routes_of(site.app)) == ROUTES


@pytest.mark.parametrize("route", GUARDED)
def test_who_is_not_signed_in_is_sent_to_the_door(site: Site, route: str) -> None:
    method, path = route.split()
    browser = site.browser()

    data = {"csrf_token": csrf_token(browser)} if method == "POST" else None
    answer = browser.open(site.path_of(path), method=method, data=data)

    assert (answer.status_code, answer.location) == (303, "/staff/")


@pytest.mark.parametrize(("route", "role"), CLOSED)
def test_a_wrong_role_finds_nothing(site: Site, route: str, role: Role) -> None:
    method, path = route.split()
    browser = site.browser(role)

    data = {"csrf_token": csrf_token(browser)} if method == "POST" else None

    assert browser.open(site.path_of(path), method=method, data=data).status_code == 404


@pytest.mark.parametrize(("route", "role"), OPEN)
def test_a_right_role_finds_the_page(site: Site, route: str, role: Role) -> None:
    assert site.browser(role).get(site.path_of(route.split()[1])).status_code == 200


def test_no_school_can_take_an_address_of_the_site(site: Site) -> None:
    first_parts = {route.split()[1].split("/")[1] for route in ROUTES} - {"", "<slug>"}

    assert first_parts <= RESERVED_SLUGS
