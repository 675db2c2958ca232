"""Passkeys (WebAuthn, read 2026-11-23): each stands in for the six digits of its owner, and opens no key."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from webauthn import generate_registration_options as registration_options
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import (
    options_to_json_dict,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    RegistrationCredential,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from app import clock
from app.accounts.challenges import Asked, is_fresh, new_challenge, spend
from app.accounts.installation import current_pepper
from app.accounts.models import Passkey
from app.accounts.second_factor import ISSUER
from app.audit.services import note

MOST = 10
NAME_LENGTH = 40
MAX_ANSWER = 8_000
"""Longest answer of a browser that is read, in characters."""
_WRONG = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What the library raises on an answer that is not one: it does not wrap all that its parts raise."""
_Credential = TypeVar("_Credential", AuthenticationCredential, RegistrationCredential)


class PasskeyRefusedError(ValueError):
    """Raised when a new passkey is not what was asked for, is known already, or came too late."""


@dataclass(frozen=True)
class PasskeyInfo:
    """A passkey in its owner's list."""

    id: str
    name: str
    added_on: date


@dataclass(frozen=True)
class StoredKey:
    """What is needed to check the answer of a passkey."""

    id: str
    person_id: str
    public_key: bytes
    sign_count: int


@dataclass(frozen=True)
class Assertion:
    """What a browser answered, and whose passkey it names; None when nobody has it."""

    credential: AuthenticationCredential = field(repr=False)
    asked: Asked
    key: StoredKey | None


@dataclass(frozen=True)
class UsedPasskey:
    """A passkey that answered rightly; to be marked in the transaction that it lets begin."""

    id: str
    old_count: int
    new_count: int
    challenge: bytes


def passkeys_of(session: Session, person_id: str) -> tuple[PasskeyInfo, ...]:
    """Return the passkeys of that person, the oldest first."""
    rows = session.scalars(
        select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.added_on, Passkey.name, Passkey.id)
    )
    return tuple(PasskeyInfo(row.id, row.name, row.added_on) for row in rows)


def options_for(session: Session, person_id: str, address: str, asked: Asked) -> dict[str, Any]:
    """Return what the browser needs to make a passkey for that person, who is shown there under *address*."""
    known = session.scalars(select(Passkey.credential_id).where(Passkey.person_id == person_id))
    options = registration_options(
        rp_id=asked.rp_id,
        rp_name=ISSUER,
        user_name=address,
        # Not his id: what a device keeps must lead to no row of a stolen database.
        user_id=current_pepper().mac("passkey user", person_id),
        challenge=new_challenge(asked),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return options_to_json_dict(options)


def add_passkey(session: Session, person_id: str, name: str, text: str, asked: Asked) -> None:
    """Keep the passkey that the browser made.

    Raises: PasskeyRefusedError.
    """
    credential = _parsed(text, parse_registration_credential_json)
    challenge = _challenge(credential, asked)
    if credential is None or challenge is None or not spend(session, challenge):
        raise PasskeyRefusedError("this answer is not to a question of ours, or came too late")
    made = _registered(credential, challenge, asked)
    if _is_known(session, made.credential_id) or len(passkeys_of(session, person_id)) >= MOST:
        raise PasskeyRefusedError("this passkey is known, or there are too many")
    session.add(
        Passkey(
            id=secrets.token_hex(16),
            person_id=person_id,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=name[:NAME_LENGTH],
            added_on=clock.today(),
        )
    )
    note(session, school_id=None, person_id=person_id, what="passkey.added", subject=person_id)


def _registered(credential: RegistrationCredential, challenge: bytes, asked: Asked) -> VerifiedRegistration:
    try:
        return verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=asked.rp_id,
            expected_origin=asked.origin,
        )
    except _WRONG as error:
        raise PasskeyRefusedError("the passkey does not fit what was asked") from error


def remove_passkey(session: Session, person_id: str, passkey_id: str) -> None:
    """Forget one passkey of that person; somebody else's is left alone."""
    session.execute(delete(Passkey).where(Passkey.id == passkey_id, Passkey.person_id == person_id))
    note(session, school_id=None, person_id=person_id, what="passkey.removed", subject=person_id)


def read_assertion(session: Session, text: str, asked: Asked | None) -> Assertion | None:
    """Return what a browser answered, with the passkey that it names; None when that is no answer at all."""
    credential = _parsed(text, parse_authentication_credential_json)
    if credential is None or asked is None:
        return None
    row = session.scalar(select(Passkey).where(Passkey.credential_id == credential.raw_id))
    key = StoredKey(row.id, row.person_id, row.public_key, row.sign_count) if row else None
    return Assertion(credential, asked, key)


def verified(assertion: Assertion, person_id: str) -> UsedPasskey | None:
    """Return the passkey with which that person answered a fresh challenge of ours; None when anything is wrong."""
    key, challenge = assertion.key, _challenge(assertion.credential, assertion.asked)
    if key is None or challenge is None or key.person_id != person_id:
        return None
    try:
        answer = verify_authentication_response(
            credential=assertion.credential,
            expected_challenge=challenge,
            expected_rp_id=assertion.asked.rp_id,
            expected_origin=assertion.asked.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    except _WRONG:
        return None
    return UsedPasskey(key.id, key.sign_count, answer.new_sign_count, challenge)


def mark_used(session: Session, used: UsedPasskey) -> bool:
    """Mark passkey and challenge as used; return False when another request was first."""
    counted = session.execute(
        update(Passkey)
        .where(Passkey.id == used.id, Passkey.sign_count == used.old_count)
        .values(sign_count=used.new_count)
    )
    return bool(counted.rowcount) and spend(session, used.challenge)  # type: ignore[attr-defined]  # DML has it


def _parsed(text: str, parse: Callable[[dict[str, Any]], _Credential]) -> _Credential | None:
    try:
        # Loaded here, since the library lets text that is nested too deep fall through.
        return parse(json.loads(text)) if len(text) <= MAX_ANSWER else None
    except _WRONG:
        return None


def _is_known(session: Session, credential_id: bytes) -> bool:
    return session.scalar(select(Passkey.id).where(Passkey.credential_id == credential_id)) is not None


def _challenge(credential: AuthenticationCredential | RegistrationCredential | None, asked: Asked) -> bytes | None:
    """Return the challenge that was answered, if it is a fresh one of ours."""
    if credential is None:
        return None
    try:
        challenge = parse_client_data_json(credential.response.client_data_json).challenge
    except _WRONG:
        return None
    return challenge if is_fresh(challenge, asked) else None
