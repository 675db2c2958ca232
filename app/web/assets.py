"""Static files: read, made smaller, compressed and fingerprinted once at start, then served from memory."""

import gzip
import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app
from markupsafe import Markup

from app.settings import Settings, SettingsError

FOLDER = Path(__file__).parent / "static"
TOKENS = "tokens.css"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """One static file as it goes over the wire."""

    name: str
    body: bytes
    packed: bytes
    digest: str

    @property
    def content_type(self) -> str:
        """Return the value of its Content-Type header."""
        return TYPES[Path(self.name).suffix]

    @property
    def href(self) -> str:
        """Return the address, which changes whenever the content does."""
        return f"/static/{self.digest}/{self.name}"


@dataclass(frozen=True)
class Assets:
    """All static files by name, and the style that public pages carry inline."""

    files: Mapping[str, Asset]
    style: Markup
    style_hash: str

    def url(self, name: str) -> str:
        """Return the address of the file called *name*."""
        return self.files[name].href


class TokensError(SettingsError):
    """Raised when the operator's own tokens hold what would end the style of a page."""


def init_app(app: Flask, settings: Settings) -> None:
    """Load the static files and give templates `static_url(name)` and `inline_style()`.

    Raises: TokensError when the file of `settings.tokens` is no style sheet.
    """
    assets = load(FOLDER, settings.tokens)
    app.extensions["assets"] = assets
    app.jinja_env.globals.update(static_url=assets.url, inline_style=lambda: assets.style)


def current() -> Assets:
    """Return the static files of the current app."""
    assets: Assets = current_app.extensions["assets"]
    return assets


def load(folder: Path, tokens: Path | None = None) -> Assets:
    """Read the static files in *folder*; `style.css` begins with our tokens, then the operator's *tokens*.

    Raises: TokensError when the file *tokens* is no style sheet.
    """
    texts = {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir()) if path.suffix in TYPES}
    texts["style.css"] = texts.pop(TOKENS) + (_own_tokens(tokens) if tokens else "") + texts["style.css"]
    files = {name: _asset(name, text) for name, text in texts.items()}
    style = files["style.css"].body
    return Assets(
        files=files,
        style=Markup(style.decode()),  # noqa: S704 -- our own file; its hash is in the policy
        style_hash="sha256-" + b64encode(hashlib.sha256(style).digest()).decode(),
    )


def _own_tokens(path: Path) -> str:
    text = path.read_text("utf-8", errors="replace")
    # The style stands in the page itself, where "<" could end it.
    if "<" in text or text.count("{") != text.count("}"):
        message = f'{path}: write a style sheet: without "<", and with a closing brace for each opening one'
        raise TokensError(message)
    return text


def _asset(name: str, text: str) -> Asset:
    shrink = {".css": shrink_css, ".js": shrink_js}.get(Path(name).suffix, str.strip)
    body = shrink(text).encode()
    return Asset(name, body, gzip.compress(body, 9, mtime=0), hashlib.sha256(body).hexdigest()[:12])


def shrink_css(text: str) -> str:
    """Drop comments and the white space that a style sheet does not need."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text)
    # A space before a colon matters ("a :hover"), after it only in a selector, where nobody writes one.
    return re.sub(r": ", ":", text).replace(";}", "}").strip()


def shrink_js(text: str) -> str:
    """Drop indentation, empty lines and lines that hold only a comment."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
