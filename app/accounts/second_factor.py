"""Six digits from an authenticator app (TOTP, RFC 6238), each of which works once."""

import base64
import hmac

import pyotp
import segno

from app import clock
from app.accounts.installation import current_pepper
from app.vault.sealing import Context, seal, unseal

ISSUER = "Vertel"
_STEP_SECONDS = 30
_SECRET_BYTES = 20
_SLACK_STEPS = (0, -1, 1)
"""A phone's clock may be half a minute off."""


def secret_for(seed: str) -> str:
    """Return the secret (base32) that *seed* gives here each time, so that none is stored before it is accepted."""
    return base64.b32encode(current_pepper().mac("totp", seed)[:_SECRET_BYTES]).decode()


def address_for_app(secret: str, account: str) -> str:
    """Return the otpauth address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def qr_of(address: str) -> str:
    """Return *address* as SVG markup for inside a page, dark on light in any theme."""
    return str(segno.make(address, micro=False).svg_inline(scale=4, border=4, dark="#000", light="#fff"))


def matching_step(secret: str, code: str, last_step: int) -> int | None:
    """Return the time step whose code *code* is, or None; codes up to *last_step* were used already."""
    totp = pyotp.TOTP(secret)
    present = int(clock.now().timestamp()) // _STEP_SECONDS
    typed = "".join(code.split()).encode("utf-8", "replace")
    # All are compared, so that the time taken does not tell which one was near.
    found = [
        present + slack
        for slack in _SLACK_STEPS
        if hmac.compare_digest(totp.generate_otp(present + slack).encode(), typed)
    ]
    return next((step for step in found if step > last_step), None)


def seal_secret(secret: str, person_id: str) -> bytes:
    """Seal *secret* for that person's row."""
    return seal(current_pepper().key("totp"), secret.encode(), Context("totp", person_id))


def open_secret(sealed: bytes, person_id: str) -> str:
    """Return the secret that was sealed for that person's row.

    Raises: DamagedError.
    """
    return unseal(current_pepper().key("totp"), sealed, Context("totp", person_id)).decode()
