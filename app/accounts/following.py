"""What other features do when an adviser leaves a school or gets a new key; accounts must not know any case."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy.orm import Session

_NAME = "key_followers"


@dataclass(frozen=True)
class Followers:
    """What is called inside the transaction: with school and person who left, and with the person whose key is new."""

    left: Callable[[Session, str, str], None]
    renewed: Callable[[Session, str], None]


def let_follow(app: Flask, followers: Followers) -> None:
    """Let *followers* hear what happens to the keys of advisers."""
    app.extensions[_NAME] = followers


def tell_left(session: Session, school_id: str, person_id: str) -> None:
    """Say that an adviser left a school."""
    followers: Followers | None = current_app.extensions.get(_NAME)
    if followers:
        followers.left(session, school_id, person_id)


def tell_renewed(session: Session, person_id: str) -> None:
    """Say that the old key of an adviser is gone for good."""
    followers: Followers | None = current_app.extensions.get(_NAME)
    if followers:
        followers.renewed(session, person_id)
