"""E-mail addresses: found by a keyed hash and kept sealed, so that the database alone gives none away."""

from app.accounts.installation import current_pepper
from app.vault.sealing import Context, seal, unseal


def normalised(address: str) -> str:
    """Return *address* as it is compared: without outer spaces, in small letters."""
    return address.strip().casefold()


def address_mac(address: str) -> bytes:
    """Return the 32 bytes by which the database finds *address*."""
    return current_pepper().mac("mail", normalised(address))


def seal_address(address: str, owner_id: str) -> bytes:
    """Seal *address* for the row *owner_id*."""
    return seal(current_pepper().key("mail"), address.strip().encode(), Context("mail", owner_id))


def open_address(sealed: bytes, owner_id: str) -> str:
    """Return the address that was sealed for the row *owner_id*.

    Raises: DamagedError.
    """
    return unseal(current_pepper().key("mail"), sealed, Context("mail", owner_id)).decode()
