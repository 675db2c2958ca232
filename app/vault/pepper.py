"""The pepper: one secret of the installation that lives in a file, never in the database or its backups."""

import hashlib
import hmac
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Self

from typing_extensions import override

from app.vault.errors import PepperError
from app.vault.sealing import canonical, derive_key

PEPPER_BYTES = 32
_FINGERPRINT_CHARACTERS = 16
_OTHERS = 0o077


class Pepper:
    """A secret of 32 bytes from which purposes derive their own; its `repr` shows only the fingerprint."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != PEPPER_BYTES:
            raise PepperError(f"a pepper is {PEPPER_BYTES} bytes, not {len(secret)}")
        self._secret = secret

    @override
    def __repr__(self) -> str:
        return f"Pepper({self.fingerprint})"

    @classmethod
    def load_or_create(cls, path: Path) -> Self:
        """Read the pepper at *path*, or make one (mode 0600) when there is none.

        Raises: PepperError when others may read the file or it has the wrong size.
        """
        if not path.exists():
            with suppress(FileExistsError):  # Another process was first; its pepper is the one.
                _create(path)
        return cls(_read(path))

    @property
    def fingerprint(self) -> str:
        """Return 16 hex characters that tell peppers apart and give nothing away."""
        return self.mac("fingerprint").hex()[:_FINGERPRINT_CHARACTERS]

    def mac(self, purpose: str, *parts: str) -> bytes:
        """Return 32 bytes that depend on the pepper, *purpose* and *parts* (HMAC-SHA256)."""
        return hmac.digest(self._secret, canonical(purpose, *parts), hashlib.sha256)

    def key(self, purpose: str) -> bytes:
        """Return the key (32 bytes) with which the installation itself seals things of one *purpose*."""
        return derive_key(self._secret, "pepper " + purpose)


def _create(path: Path) -> None:
    """Write a new pepper beside *path* and link it into place whole, so that no crash leaves half of one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(PEPPER_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read(path: Path) -> bytes:
    facts = path.stat()
    if stat.S_IMODE(facts.st_mode) & _OTHERS:
        raise PepperError(
            f"{path}: others may read the pepper (mode {stat.S_IMODE(facts.st_mode):04o}); run `chmod 600 {path}`"
        )
    if facts.st_size != PEPPER_BYTES:
        raise PepperError(
            f"{path}: a pepper is {PEPPER_BYTES} bytes, this file has {facts.st_size}; restore it from its backup,"
            " since no code opens its conversation without it"
        )
    return path.read_bytes()
