"""Where the demo listens."""

import socket
from pathlib import Path

from click.testing import CliRunner

from app.demo.cli import demo
from app.demo.serving import HOST, free_port, is_free


def test_a_port_that_somebody_uses_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as other:
        taken = other.getsockname()[1]

        told = CliRunner().invoke(demo, ["--port", str(taken), "--instance", str(tmp_path / "demo")])

        assert told.exit_code == 1
        assert f"Port {taken} is in use" in told.output
        assert not (tmp_path / "demo").exists()


def test_a_free_port_is_free() -> None:
    assert is_free(free_port())
