"""A call that gives other values than its text asks for is found without running it."""

from pathlib import Path

import pytest

from app.i18n.calls import call_faults


def faults(root: Path, name: str, source: str) -> list[str]:
    path = root / "app" / name
    path.parent.mkdir(parents=True)
    path.write_text(source, "utf-8")
    return [str(fault) for fault in call_faults(root)]


@pytest.mark.parametrize(
    "call",
    [
        '_("Verder")',
        '_("Aan %(name)s", name=x)',
        '_("Aan %(name)s", **x)',
        "_(x, name=x)",
        'ngettext("%(num)s brief", "%(num)s brieven", x)',
        'ngettext("een brief", "%(num)s brieven van %(name)s", x, name=x)',
        'ngettext("een", x, x, name=x)',
        'other("Aan %(name)s")',
        'x.gettext("Aan %(name)s")',
    ],
)
def test_a_call_that_fits_is_no_fault(tmp_path: Path, call: str) -> None:
    assert faults(tmp_path, "web/views.py", call) == []
    assert faults(tmp_path, "web/templates/base.html", "{{ " + call + " }}") == []


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ('_("Aan %(name)s")', "a text asks for 'name', pass name=..."),
        ('gettext("Verder", name=x)', "no text asks for 'name', take name=... away"),
        ('ngettext("een", "%(num)s van %(name)s", 2)', "a text asks for 'name', pass name=..."),
    ],
)
def test_a_call_that_does_not_fit_is_a_fault(tmp_path: Path, call: str, fault: str) -> None:
    assert faults(tmp_path / "a", "web/views.py", "\n" + call) == [f"app/web/views.py:2: {fault}"]
    template = "\n{{ " + call + " }}"
    assert faults(tmp_path / "b", "web/templates/base.html", template) == [f"app/web/templates/base.html:2: {fault}"]
