"""Measures the talk itself: replaying, loading with every check, and whether a page minds how much there is."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from app import db
from app.flows.checking import check_folder
from app.flows.engine import replay
from app.flows.loader import load_flows
from app.flows.lock import read_lock, renewed, write_lock
from app.flows.model import Flow, FlowSet, Step
from app.flows.surroundings import Surroundings
from app.flows.variants import SchoolParts, with_parts
from app.i18n.catalogues import read_catalogue
from app.settings import ROOT
from app.talks.services import keep
from tests.installations import Installation, installed
from tests.intake.student import Student

STEPS, CONDITIONS, MORE = 60, 40, 20
ROUNDS, PAGES = 9, 40


def median_ms(work: Callable[[], object], times: int) -> float:
    """Return the median time of *work* in milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def long_talk() -> FlowSet:
    """Return a talk of STEPS questions of which CONDITIONS depend on the two before them."""
    steps = {f"s{number}": _question(number) for number in range(STEPS)}
    return FlowSet({"long": Flow(id="long", title="Lang", steps=steps)}, "")


def _question(number: int) -> Step:
    name, chips = f"s{number}", {"yes": "Ja", "no": "Nee"}
    if number < STEPS - CONDITIONS:
        return Step(id=name, kind="chips", ask="?", chips=chips)
    condition = {f"s{number - 1}": "yes", "any": [{f"s{number - 2}": ["yes", "no"]}, {"answered": "s0"}]}
    return Step(id=name, kind="chips", ask="?", chips=chips, only_if=condition)


def replaying() -> str:
    flows = long_talk()
    answers = {f"s{number}": ("yes",) for number in range(STEPS)}
    assert len(replay(flows, "long", answers).steps) == STEPS
    took = median_ms(lambda: replay(flows, "long", answers), 500)
    return f"replaying {STEPS} steps with {CONDITIONS} conditions {took:.2f} ms (bar: 1 ms)"


def loading() -> str:
    catalogues = {tag: _texts(tag) for tag in ("en", "ar")}
    around = Surroundings(languages=("nl", "en", "ar"), catalogues=catalogues, lock=True)
    report = check_folder(ROOT / "flows", around)
    assert report.flows is not None, report.faults
    took = median_ms(lambda: check_folder(ROOT / "flows", around), 7)
    return f"loading and checking all talks with three languages {took:.0f} ms (bar: 1000 ms)"


def _texts(tag: str) -> Mapping[str, str]:
    catalogue = read_catalogue(ROOT / "translations" / tag / "LC_MESSAGES/messages.po")
    return {str(message.id): str(message.string) for message in catalogue if isinstance(message.id, str)}


def page_with_more() -> str:
    """Compare one question page of a plain installation with one that has MORE times as much of everything."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        with installed(f"sqlite:///{top / 'a.db'}", _made(top / "a")) as small:
            few = _question_page(small)
            one = statistics.median(median_ms(few, PAGES) for _ in range(ROUNDS))
        with installed(f"sqlite:///{top / 'b.db'}", _made(top / "b"), **_crowded(top)) as large:
            _old_versions(large)
            many = _question_page(large)
            other = statistics.median(median_ms(many, PAGES) for _ in range(ROUNDS))
    what = f"{MORE} times the flows, versions and languages"
    return f"question page {one:.2f} ms, with {what} {other:.2f} ms, ratio {other / one:.2f}"


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder


def _crowded(top: Path) -> dict[str, Path]:
    flows, languages = top / "flows", top / "translations"
    shutil.copytree(ROOT / "flows", flows)
    for number in range(MORE * len(list(flows.glob("*.yaml")))):
        text = (flows / "crisis_home.yaml").read_text().replace("flow: crisis_home", f"flow: more_{number}")
        (flows / f"more_{number}.yaml").write_text(f"{text}\nroutes: [{{to: [external], else_to: [internal]}}]\n")
    _renew_lock(flows)
    tags = ("en", "ar", "tr", "pl", "uk", "ti", "fa", "ps", "so", "ku", "ckb", "ur", "am", "om", "bg", "ro")
    for tag in (*tags, "es", "pt", "fr", "de", "it", "ru", "sq", "hi", "fil", "pap", "fy", "hu", "hy", "ka"):
        target = languages / tag / "LC_MESSAGES"
        target.mkdir(parents=True)
        shutil.copy(ROOT / "translations/en/LC_MESSAGES/messages.po", target)
    return {"flows": flows, "translations": languages}


def _renew_lock(flows: Path) -> None:

    lock = read_lock((flows / "flows.lock").read_text(), "flows.lock")
    (flows / "flows.lock").write_text(write_lock(renewed(lock, load_flows(flows))))


def _old_versions(installation: Installation) -> None:
    current = installation.app.extensions["talks"].current
    for number in range(MORE):
        older = with_parts(current, "report", SchoolParts(intro=f"Versie {'i' * (number + 1)}."))
        with db.transaction() as session:
            keep(session, older, current.hash)


def _question_page(installation: Installation) -> Callable[[], object]:
    student = Student(installation.app, installation.school.slug).begin()
    student.answer("danger", "not_now")
    return lambda: student.get(student.home)


if __name__ == "__main__":
    print(replaying())
    print(loading())
    print(page_with_more())
