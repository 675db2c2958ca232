"""A passkey in memory: what a browser and its device answer, as JSON, to what stands in our pages."""

import hashlib
import html
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

UP_AND_VERIFIED = 0x05
WITH_KEY = 0x40


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "===")


def asked_on(page: str) -> str:
    """The challenge of a page that lets one in."""
    found = re.search(r'data-passkey="([^"]+)"', page)
    assert found
    return found[1]


def options_on(page: str) -> dict[str, Any]:
    found = re.search(r'data-new-passkey="([^"]+)"', page)
    assert found
    options: dict[str, Any] = json.loads(html.unescape(found[1]))
    return options


@dataclass
class Authenticator:
    """One passkey; *origin*, *host* and *count* may be made wrong."""

    origin: str = "http://localhost"
    host: str = "localhost"
    count: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, challenge: str) -> str:
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        made = {"fmt": "none", "attStmt": {}, "authData": self._data(UP_AND_VERIFIED | WITH_KEY) + held}
        return self._json(
            clientDataJSON=self._said("webauthn.create", challenge), attestationObject=text(cbor2.dumps(made))
        )

    def answer(self, challenge: str) -> str:
        self.count += 1
        data, said = self._data(UP_AND_VERIFIED), self._said("webauthn.get", challenge)
        signature = self.key.sign(data + hashlib.sha256(raw(said)).digest(), ec.ECDSA(SHA256()))
        return self._json(clientDataJSON=said, authenticatorData=text(data), signature=text(signature))

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, what: str, challenge: str) -> str:
        return text(json.dumps({"type": what, "challenge": challenge, "origin": self.origin}).encode())

    def _json(self, **response: str) -> str:
        return json.dumps({"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response})
