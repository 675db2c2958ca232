"""What people of the network found when they called a number or looked a card over; a person counts once."""

import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app import clock
from app.i18n.translate import lazy_gettext
from app.referrals.entries import NUMBER_OF_LIFE, Entry
from app.referrals.hsds import entry_of
from app.referrals.models import Service, ServiceCheck

WHOLE_CARD = ""
"""Stands in the place of the number when the whole card was looked over."""
ENOUGH = 2
"""So many different people must have called a number before it is shown."""
BY = lazy_gettext("het netwerk")
"""Who checked, as students read it; never a name."""
EDITION_BYTES = 8


class UnknownNumberError(ValueError):
    """The service is gone or has another number by now: what was checked does not stand on its card."""


@dataclass(frozen=True)
class Check:
    """What one person found; `order` is higher the later he did."""

    order: int
    service_id: str
    number: str
    is_right: bool
    checked_on: date
    account_id: str


def all_checks(session: Session) -> tuple[Check, ...]:
    """Return everything that was found, the oldest first."""
    rows = session.scalars(select(ServiceCheck).order_by(ServiceCheck.id))
    return tuple(
        Check(row.id, row.service_id, row.number, row.is_right, row.checked_on, row.account_id) for row in rows
    )


def combined(entry: Entry, checks: Iterable[Check]) -> Entry:
    """Return *entry* as it holds after *checks*, which are all about it."""
    checks = tuple(checks)
    days = [check.checked_on for check in checks if check.number == WHOLE_CARD and check.is_right]
    newest = max([*days, *([entry.checked_on] if entry.checked_on else [])], default=None)
    return replace(
        entry,
        verified=bool(entry.phone) and is_number_held(entry, checks),
        checked_on=newest,
        checked_by=BY[:] if newest in days else entry.checked_by,
    )


def is_number_held(entry: Entry, checks: Iterable[Check]) -> bool:
    """Return whether the number may be shown: the file vouches for it, or two people do, and nobody said no since.

    Who says that it is wrong hides it until he says otherwise or two others have called it after him.
    """
    if entry.id in NUMBER_OF_LIFE:
        return entry.verified
    about = [check for check in checks if check.number == entry.phone]
    wrong = max((check.order for check in about if not check.is_right), default=0)
    return (entry.verified and not wrong) or len(confirmations(about, since=wrong)) >= ENOUGH


def confirmations(checks: Collection[Check], since: int = 0) -> frozenset[str]:
    """Return who found the number of *checks* right, later than the one in the order *since*."""
    return frozenset(check.account_id for check in checks if check.is_right and check.order > since)


def check_number(session: Session, service_id: str, number: str, account_id: str, *, is_right: bool) -> None:
    """Keep what somebody found who called *number*.

    Raises: UnknownNumberError when another number stands there by now.
    """
    service = session.get(Service, service_id)
    if service is None or not number or entry_of(json.loads(service.document)).phone != number:
        raise UnknownNumberError
    _keep(session, (service_id, number, account_id), is_right=is_right)


def check_card(session: Session, service_id: str, account_id: str) -> None:
    """Keep that somebody looked the whole card over and that all of it holds.

    Raises: UnknownNumberError when there is no such service.
    """
    if session.get(Service, service_id) is None:
        raise UnknownNumberError
    _keep(session, (service_id, WHOLE_CARD, account_id), is_right=True)


def _keep(session: Session, key: tuple[str, str, str], *, is_right: bool) -> None:
    service_id, number, account_id = key
    mine = (ServiceCheck.service_id == service_id, ServiceCheck.account_id == account_id)
    session.execute(delete(ServiceCheck).where(*mine, ServiceCheck.number == number))
    found = {"service_id": service_id, "number": number, "account_id": account_id}
    session.add(ServiceCheck(**found, is_right=is_right, checked_on=clock.today()))
    session.flush()
    # Every process reads the social map again only when this differs.
    session.execute(update(Service).values(edition=secrets.token_hex(EDITION_BYTES)))
