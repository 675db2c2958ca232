"""What a web process does not load."""

import subprocess
import sys


def test_the_solvers_are_no_part_of_a_web_process() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import app, sys; print({'scipy', 'highspy'} & set(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == "set()"
