"""Which handler does which kind of job, what runs once a period, and whom news concerns; one list per app."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

Handler = Callable[[Mapping[str, str]], None]
"""Does one job, given its payload, inside the app's context and outside any transaction."""
Periodic = Callable[[Session], object]
"""Runs in one transaction of its own, which the worker commits."""
Concern = Callable[[Session, str], bool]
"""Tells whether there is something new for a person (by id) now, when his mail is about to go out."""


@dataclass(frozen=True)
class PeriodicTask:
    """A function that some worker runs once in each interval."""

    name: str
    function: Periodic
    interval: timedelta


@dataclass
class Jobs:
    """What the worker of one app can do."""

    handlers: dict[str, Handler] = field(default_factory=dict)
    periodic: dict[str, PeriodicTask] = field(default_factory=dict)
    concerns: list[Concern] = field(default_factory=list)


def jobs_of(app: Flask) -> Jobs:
    """Return the jobs of *app*."""
    jobs: Jobs = app.extensions.setdefault("jobs", Jobs())
    return jobs


def register(app: Flask, kind: str, handler: Handler) -> None:
    """Let *handler* do the jobs of *kind*; it must bear being called twice for one job."""
    jobs_of(app).handlers[kind] = handler


def every(app: Flask, name: str, function: Periodic, interval: timedelta = timedelta(minutes=10)) -> None:
    """Run *function(session)* once in each *interval*, however many workers run; *name* must stay the same."""
    jobs_of(app).periodic[name] = PeriodicTask(name, function, interval)


def let_concern(app: Flask, concern: Concern) -> None:
    """Let *concern* say to whom news still matters: mail goes out when one of those that were named says so."""
    jobs_of(app).concerns.append(concern)


def has_news(app: Flask, session: Session, person_id: str) -> bool:
    """Tell whether there is something new for a person now; what he was told of may be gone or read by then."""
    concerns = jobs_of(app).concerns
    return not concerns or any(concern(session, person_id) for concern in concerns)
