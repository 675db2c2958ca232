"""Commands with which the operator invites the first people, and sees and disables anybody."""

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.accounts import confirming, services
from app.accounts.addresses import address_mac
from app.accounts.fingerprints import words_of
from app.accounts.models import Person
from app.accounts.queries import everybody
from app.accounts.roles import Kind, Role
from app.accounts.rules import INVITATION_LIFE
from app.schools.queries import school_by_id, school_by_slug
from app.settings import Settings

people = AppGroup("people", help="Invite, list and disable people who sign in.")


@people.command("invite")
@click.option("--school", "slug", default="", help="The school's slug; not for network, analyst and translator.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Of an adviser.")
@click.option("--name", required=True, help="As students know this person.")
@click.option("--email", required=True)
def invite_person(slug: str, role: str, kind: str | None, name: str, email: str) -> None:
    """Print a one-time link; hand it over yourself, nothing is mailed."""
    settings: Settings = current_app.config["SETTINGS"]
    try:
        with db.transaction() as session:
            invitation = services.NewInvitation(
                name=name, email=email, role=Role(role), kind=kind or "", school_id=_school_id(session, slug)
            )
            token = services.invite(session, invitation)
    except services.InvitationRefusedError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{settings.base_url}/staff/welcome/{token}")
    click.echo(f"This link works once, for {INVITATION_LIFE.days} days; it is not shown again.", err=True)


@people.command("list")
def list_people() -> None:
    """Print id, state, role, school and name of everybody; addresses stay sealed."""
    with db.reading() as session:
        for member in everybody(session):
            school = school_by_id(session, member.school_id) if member.school_id else None
            state = "active" if member.is_active else "expired" if member.is_expired else "invited"
            role = f"{member.role} {member.kind}".strip()
            where = school.slug if school else "-"
            click.echo(f"{member.person_id or '-':32}  {state:8}{role:18}{where:32}{member.name}")


@people.command("disable")
@click.argument("person")
def disable(person: str) -> None:
    """Sign PERSON (an id or an e-mail address) out for good; a new invitation brings him back with a new key."""
    with db.transaction() as session:
        wanted = Person.address_mac == address_mac(person) if "@" in person else Person.id == person
        found = session.scalar(select(Person.id).where(wanted, Person.is_disabled.is_(False)))
        if found is None:
            raise click.ClickException("nobody who can sign in has this id or address; see `flask people list`")
        services.disable_person(session, found, by=None)
    click.echo(f"{found} is disabled and signed out everywhere")


@people.command("keys")
@click.option("--school", "slug", required=True, help="The school's slug.")
def list_keys(slug: str) -> None:
    """Print who holds a key at a school: state, kind, day, name and the six words of the fingerprint."""
    with db.reading() as session:
        for holder in confirming.key_holders(session, _school_id(session, slug) or ""):
            state = "confirmed" if holder.is_confirmed else "waiting"
            since = holder.since.isoformat() if holder.since else "-"
            words = " ".join(words_of(holder.fingerprint))
            click.echo(f"{holder.person_id}  {state:11}{holder.kind:10}{since:12}{holder.name}  ({words})")


@people.command("confirm")
@click.option("--school", "slug", required=True, help="The school's slug.")
@click.argument("person")
def confirm_person(slug: str, person: str) -> None:
    """Let reports go to the adviser PERSON (an id), at a school where no adviser is left who can confirm him."""
    with db.transaction() as session:
        try:
            confirming.confirm_as_operator(session, _school_id(session, slug) or "", person)
        except (confirming.OthersCanConfirmError, services.MemberNotFoundError) as error:
            raise click.ClickException(
                str(error) or "no adviser of this school has this id; see `flask people keys`"
            ) from error
    click.echo(f"{person} reads new reports from now on")
    click.echo("Every adviser of the school is shown for a month that the operator did this.", err=True)


def _school_id(session: Session, slug: str) -> str | None:
    if not slug:
        return None
    school = school_by_slug(session, slug)
    if school is None:
        raise click.ClickException(f"no school has the slug {slug!r}; see `flask schools list`")
    return school.id
