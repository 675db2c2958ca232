"""What shows that this program made somebody an adviser: a row that was written by hand has no such mark."""

import hmac

from app.accounts.installation import current_pepper
from app.accounts.models import Membership


def proof_of(row: Membership, public: bytes) -> bytes:
    """Return the mark of an adviser at one school with the key *public*; another key or kind needs another one."""
    return current_pepper().mac("membership", row.school_id or "", row.person_id, row.kind, public.hex())


def is_confirmed(row: Membership, public: bytes | None) -> bool:
    """Return whether reports may go to this adviser: somebody confirmed him, with this very key."""
    if row.confirmed_on is None or row.proof is None or not public:
        return False
    return hmac.compare_digest(row.proof, proof_of(row, public))
