"""Looks at a talk on its way to the desk and says in which lane it comes in; it refuses nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from flask import current_app, has_request_context, request
from sqlalchemy.orm import Session

from app import clock
from app.accounts.queries import Reader
from app.flows.engine import outcome
from app.intake import brake, budgets, crowd
from app.intake.lanes import (
    CALM_HOUR,
    HASTE_SECONDS,
    LONG_CHARACTERS,
    Budget,
    Lane,
    Signals,
    asks_shorter,
    lane_of,
)
from app.intake.rules import own_words
from app.intake.running import Running
from app.schools.queries import SchoolInfo
from app.settings import Settings


class TooLongNowError(Exception):
    """The school is flooded today, so that a long text is asked to be shorter; the talk is kept."""


@dataclass(frozen=True)
class Judged:
    """The lane of a report, and what its card tells the adviser of why: numbers by name, "alike" and "fast"."""

    lane: Lane = "normal"
    signals: Mapping[str, int] = field(default_factory=dict)


def judge(
    session: Session, running: Running, school: SchoolInfo, ticket: str = "", readers: Iterable[Reader] = ()
) -> Judged:
    """Count a talk that goes to *readers*, in the transaction that sends it, and say in which lane it comes in.

    Counts and ticket fall away with a transaction that fails; what the process remembers knows the talk again.
    Raises: TooLongNowError (nothing is counted).
    """
    words = " ".join(text for _step, text in own_words(running.path))
    sent_today = budgets.sent_today(session, school.id) if len(words) > LONG_CHARACTERS else 0
    if asks_shorter(len(words), sent_today):
        raise TooLongNowError
    reader_ids = frozenset(reader.person_id for reader in readers)
    alike = crowd.current().alike(school.id, running.talk.submit_id, _pieces(running, words), reader_ids)
    signals = replace(_signals(session, running, words, ticket), alike=alike)
    return Judged(lane_of(signals, _budget(session, school)), signals.sealed)


def _budget(session: Session, school: SchoolInfo) -> Budget:
    settings: Settings = current_app.config["SETTINGS"]
    hour = budgets.count(session, school.id)
    # Only a busy hour is compared with the usual one: a calm one is normal anyway.
    usual_hour = budgets.usual_hour(session, school.id) if hour >= CALM_HOUR else 0
    return Budget(hour=hour, usual_hour=usual_hour, asks_ticket=settings.brake)


def _signals(session: Session, running: Running, words: str, ticket: str) -> Signals:
    talk, remembered = running.talk, crowd.current()
    result = outcome(running.flows, talk.flow_id, running.path.answers)
    return Signals(
        has_words=bool(words.strip()),
        is_fast=_is_fast(talk.began),
        is_bursting=remembered.is_bursting(_address(), talk.submit_id),
        is_urgent=result.urgency == "now" or bool(result.watch),
        has_ticket=brake.spend(session, ticket),
        has_word=talk.has_poster,
        is_follow_up=talk.is_follow_up,
    )


def _pieces(running: Running, words: str) -> frozenset[str]:
    """Return the pieces of the words; of a talk without words its answers in one piece, for they are all it says."""
    answers = sorted((step, tuple(values)) for step, values in running.path.answers.items())
    return crowd.pieces_of(words) or frozenset({str(answers)})


def _is_fast(began: int) -> bool:
    return bool(began) and clock.now().timestamp() - began < HASTE_SECONDS


def _address() -> str:
    # Only to be forgotten: crowd.py keeps a keyed hash of its network for a minute.
    return (request.remote_addr or "") if has_request_context() else ""
