"""The pepper of this installation, checked against the database it belongs to."""

from flask import Flask, current_app
from sqlalchemy.orm import Session

from app import db
from app.accounts.models import Installation
from app.settings import Settings
from app.vault import kdf
from app.vault.pepper import Pepper

PEPPER_FILE = "pepper"
WAITING = 8
"""Requests that may wait for a slow hash: a quarter of the 32 threads of a web process, so that pages still answer."""
_THE_ROW = 1


class PepperMismatchError(RuntimeError):
    """Raised at start when the pepper file is not the one that this database was written with."""


def load_pepper(app: Flask) -> Pepper:
    """Load the pepper into *app*, at the very first start make it and note its fingerprint in the database.

    Raises: PepperMismatchError, PepperError.
    """
    settings: Settings = app.config["SETTINGS"]
    path = settings.instance / PEPPER_FILE
    was_there = path.exists()
    with db.transaction() as session:
        known = session.get(Installation, _THE_ROW)
        if known is not None and not was_there:
            raise PepperMismatchError(
                f"{path} is missing, but this database was written with a pepper ({known.pepper_fingerprint}): "
                "put the file back from its own backup; without it no code and no password works"
            )
        pepper = Pepper.load_or_create(path)
        _check(session, known, pepper, str(path))
    app.extensions["pepper"] = pepper
    return pepper


def limit_hashing(processes: int) -> None:
    """Let *processes* web processes on one host share its cores: each slow hash takes one core and 64 MiB."""
    kdf.configure(kdf.permits_for(processes), WAITING)


def current_pepper() -> Pepper:
    """Return the pepper of the current app."""
    pepper: Pepper = current_app.extensions["pepper"]
    return pepper


def _check(session: Session, known: Installation | None, pepper: Pepper, path: str) -> None:
    if known is None:
        session.add(Installation(id=_THE_ROW, pepper_fingerprint=pepper.fingerprint))
    elif known.pepper_fingerprint != pepper.fingerprint:
        raise PepperMismatchError(
            f"{path} holds pepper {pepper.fingerprint}, but this database was written with {known.pepper_fingerprint}: "
            "put that file back from its own backup, or point the settings to the right database"
        )
