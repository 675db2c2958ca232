"""Searches everything that an installation leaves on disk for what must never be there."""

import base64
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from socket import inet_aton
from urllib.parse import quote, quote_plus

Needles = Mapping[str, frozenset[bytes]]
_EMPTY_SPACE = re.compile(rb"\0{64,}")


def forms_of_text(text: str) -> frozenset[bytes]:
    """Return how a text may stand in a file: plain, wide, as hexadecimal digits, in a form's body, in Base64."""
    plain = text.encode()
    written = {plain, text.encode("utf-16-le"), text.encode("utf-16-be"), plain.hex().encode()}
    written |= {quote(text).encode(), quote_plus(text).encode(), json.dumps(text).strip('"').encode()}
    return frozenset(written | {_base64_core(plain, shift) for shift in range(3)})


def _base64_core(plain: bytes, shift: int) -> bytes:
    """Return the letters that are the same whatever stands before and after, at one of three alignments."""
    encoded = base64.b64encode(b"\0" * shift + plain).rstrip(b"=")
    return encoded[4 if shift else 0 : len(encoded) - 2]


def forms_of_address(address: str) -> frozenset[bytes]:
    """Return an address as text, and packed; four packed bytes may be met by chance in large files."""
    return forms_of_text(address) | {inet_aton(address), inet_aton(address)[::-1]}


def forms_of_code(digits: str, words: str) -> frozenset[bytes]:
    """Return a code as digits, as words and as the numbers that it stands for."""
    groups = [digits[start : start + 4] for start in range(0, len(digits), 4)]
    texts = [sign.join(groups) for sign in ("", " ", "-")]
    texts += [sign.join(words.split()) for sign in (" ", "-", ",", ", ", '", "', "")]
    forms = frozenset().union(*(forms_of_text(text) for text in texts))
    numbers = [int(number).to_bytes(8, "big") for number in (digits, digits[:-1])]
    return forms | {order for number in numbers for order in (number, number[::-1])}


def forms_of_cookies(cookies: Iterable[str]) -> frozenset[bytes]:
    """Return signed cookies and every token inside them."""
    tokens = {token for cookie in cookies for token in (cookie, *_tokens_in(cookie))}
    return frozenset().union(*(forms_of_text(token) for token in tokens))


def _tokens_in(cookie: str) -> Iterator[str]:
    payload = cookie.removeprefix(".").split(".")[0]
    opened = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    content = json.loads(zlib.decompress(opened) if cookie.startswith(".") else opened)
    values = [*content.values(), *content.get("talks", {}).values()]
    yield from (value for value in values if isinstance(value, str) and len(value) >= 20)


def hits(folders: Iterable[Path], needles: Needles, *, since: float = 0.0) -> list[tuple[str, str]]:
    """Return (name of the needle, file) for all that is found in files written after *since* (seconds)."""
    found = []
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        content = _content(path, since)
        found += [(name, path.name) for name, forms in needles.items() if any(form in content for form in forms)]
    return found


def _content(path: Path, since: float) -> bytes:
    with suppress(FileNotFoundError):  # A running database server removes files at any moment.
        if path.is_file() and path.stat().st_mtime >= since:
            # A database server's files are mostly zeros, and every needle would have to cross them.
            return _EMPTY_SPACE.sub(b"\0" * 64, path.read_bytes())
    return b""
