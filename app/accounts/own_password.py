"""Who is signed in proves once more that it is he, before something that cannot be taken back (ASVS 5.0, 7.5.1)."""

from app import db
from app.accounts.access import current_person
from app.accounts.installation import current_pepper
from app.accounts.proving import account_by_id
from app.vault.errors import WrongPasswordError
from app.vault.staff_keys import unlock


def is_own_password(password: str) -> bool:
    """Tell whether *password* is that of who is signed in; one slow hash, so call it outside a transaction.

    Raises: BusyError.
    """
    with db.reading() as session:
        account = account_by_id(session, current_person().id)
    if account is None:
        return False
    try:
        unlock(account.key, password, current_pepper(), account.person_id)
    except WrongPasswordError:
        return False
    return True
