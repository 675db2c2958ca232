"""Nothing that we ship writes down who asked for what: no access log, and no logger that knows of a request."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from app.settings import ROOT

READ_BY_OPERATORS = ("*.md", "docs/*.md", "**/*.service", "**/Containerfile*", "**/Dockerfile*", "**/*.conf", ".ci/*")
OUTSIDE = {".venv", ".git", "node_modules"}
QUIET = ("--no-access-log", "--log-level error")
OF_A_REQUEST = {
    "remote_addr",
    "access_route",
    "user_agent",
    "REMOTE_ADDR",
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "X-Forwarded-For",
    "User-Agent",
}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log_exception"}
WEIGHS_SOURCES = {"app/intake/judging.py", "app/intake/crowd.py"}
"""What may ask where a request is from: it keeps a keyed hash of the network in memory."""


def shipped() -> Iterator[Path]:
    for pattern in READ_BY_OPERATORS:
        for path in ROOT.glob(pattern):
            if path.is_file() and not OUTSIDE & set(path.relative_to(ROOT).parts):
                yield path


def commands_of_servers(text: str) -> list[str]:
    """Return the command lines that start a web server."""
    whole = text.replace("\\\n", " ")
    return re.findall(r"^.*\b(?:granian|gunicorn|uwsgi|flask run)\s+--?\w.*$", whole, re.MULTILINE)


def test_no_document_or_unit_starts_a_server_with_an_access_log() -> None:
    commands = [(path, line) for path in shipped() for line in commands_of_servers(path.read_text("utf-8"))]

    assert any(path.name == "operations.md" for path, _line in commands)
    for path, line in commands:
        assert all(flag in line for flag in QUIET), f"{path.relative_to(ROOT)}: {line}"


def test_no_program_of_ours_starts_a_server_with_an_access_log() -> None:
    starting = [path for path in ROOT.glob("app/**/*.py") if '"granian"' in path.read_text("utf-8")]

    assert starting
    for path in starting:
        words = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)]
        assert "--no-access-log" in words, path
        assert words[words.index("--log-level") + 1] == "error", path


def test_the_proxy_in_the_documents_writes_nothing_down() -> None:
    text = (ROOT / "docs/operations.md").read_text("utf-8")

    assert "access_log off" in text
    assert "error_log /dev/null" in text
    for path in shipped():
        assert not re.findall(r"access_log\s+(?!off)[/\w]", path.read_text("utf-8")), path


def test_only_what_weighs_sources_asks_who_sent_a_request_and_it_logs_nothing() -> None:
    asking = {path for path in ROOT.glob("app/**/*.py") if names_in(path) & OF_A_REQUEST}

    assert {str(path.relative_to(ROOT)) for path in asking} <= WEIGHS_SOURCES
    for path in asking:
        assert not names_in(path) & LEVELS, path


def names_in(path: Path) -> set[str]:
    """Return the attributes and the texts in a module."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return texts | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_the_guard_sees_a_loud_command() -> None:
    assert commands_of_servers("granian --interface wsgi \\\n  wsgi:app\ngunicorn -w 2 app") == [
        "granian --interface wsgi    wsgi:app",
        "gunicorn -w 2 app",
    ]
