"""What one process runs now: the newest files that were in order, looked at again when a talk begins."""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock as Mutex

from flask import current_app, has_app_context

from app import clock
from app.flows.faults import FlowError
from app.flows.lock import Lock
from app.flows.model import FlowSet
from app.flows.watching import WatchLists
from app.recognition.model import Packs
from app.talks.loading import Loaded, files_in, load, load_release, stamp_of

EXTENSION = "talks"
LOOK_EVERY = timedelta(seconds=3)

log = logging.getLogger("vertel.talks")


class Library:
    """The talks of one process with their word lists and rule packs; always of one and the same set of files."""

    def __init__(self, folder: Path, release: str | None = None) -> None:
        """Load the files in *folder*; where they are not in order, those of the last good *release*, if there is one.

        Raises: FlowError.
        """
        self.faults: tuple[str, ...] = ()
        """What is wrong with the files now, a sentence each; empty when they are what runs."""
        self._folder = folder
        self._stamp = stamp_of(folder)
        self._looked = clock.now()
        self._busy = Mutex()
        try:
            self._loaded = load(files_in(folder), folder.name)
        except FlowError as error:
            self._loaded = _fallen_back(error, release, folder.name)
            self.faults = tuple(map(str, error.faults))

    @property
    def loaded(self) -> Loaded:
        """Return everything that runs as one value, for whoever needs two things of it."""
        return self._loaded

    @property
    def current(self) -> FlowSet:
        """Return the talks that run."""
        return self._loaded.flows

    @property
    def lists(self) -> WatchLists:
        """Return the words that are watched."""
        return self._loaded.lists

    @property
    def packs(self) -> Packs:
        """Return the rules that find what tells who wrote."""
        return self._loaded.packs

    @property
    def lock(self) -> Lock:
        """Return what was released, and what was recalled."""
        return self._loaded.lock

    def refresh(self) -> None:
        """Take over the files when they changed and are in order; else what runs goes on and the fault is logged once.

        Looks at the folder at most once in `LOOK_EVERY`, and never waits for another thread that does so.
        """
        now = clock.now()
        if abs(now - self._looked) < LOOK_EVERY or not self._busy.acquire(blocking=False):
            return
        try:
            self._look(now)
        finally:
            self._busy.release()

    def _look(self, now: datetime) -> None:
        self._looked = now
        stamp = stamp_of(self._folder)
        if stamp != self._stamp:
            self._stamp = stamp
            self._take_over()

    def _take_over(self) -> None:
        try:
            loaded = load(files_in(self._folder), self._folder.name)
        except FlowError as error:
            self.faults = tuple(map(str, error.faults))
            log.error("the talks are not in order, version %s goes on:\n%s", self.current.hash[:12], error)  # noqa: TRY400 -- the place in our code says nothing
            return
        self.faults = ()
        if loaded.release != self._loaded.release:
            self._loaded = loaded
            log.warning("the talks are now version %s", loaded.flows.hash[:12])


def _fallen_back(error: FlowError, release: str | None, name: str) -> Loaded:
    try:
        loaded = load_release(release, name) if release else None
    except FlowError:
        loaded = None  # It was in order for an older program.
    if loaded is None:
        raise error
    log.critical(
        "the talks are NOT in order; the last good version %s runs instead, until this is mended:\n%s",
        loaded.flows.hash[:12],
        error,
    )
    return loaded


def library() -> Library:
    """Return the talks of the current app."""
    found: Library = current_app.extensions[EXTENSION]
    return found


def running() -> Loaded | None:
    """Return what the current app runs; None outside an app, and in one without talks."""
    found: Library | None = current_app.extensions.get(EXTENSION) if has_app_context() else None
    return found.loaded if found else None
