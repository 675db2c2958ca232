"""Notes wait in their session until its transaction ends, and are tied to their chains then, all at once.

Whoever commits takes the heads of his chains last of all his locks and in one order, so no two transactions can tie a
note to the same place, and none waits for another that waits for it.
"""

from dataclasses import dataclass

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from app.audit.chaining import START, Content, hash_of
from app.audit.models import AuditHead, AuditNote
from app.db import insert_into

_KEY = "audit: notes that wait"


@dataclass(frozen=True)
class Pending:
    """A note without its place yet, and the savepoint in which it was made."""

    content: Content
    savepoint: SessionTransaction | None


def wait(session: Session, content: Content) -> None:
    """Let a note wait for the end of the transaction; a rollback forgets it."""
    if session.get_transaction() is None:  # A rollback has to end something.
        session.begin()
    session.info.setdefault(_KEY, []).append(Pending(content, session.get_nested_transaction()))


def waiting(session: Session) -> tuple[Content, ...]:
    """Return the notes that wait in *session*, oldest first."""
    return tuple(each.content for each in session.info.get(_KEY, ()))


def _write(session: Session) -> None:
    if session.in_nested_transaction() or not waiting(session):
        return
    session.flush()  # What else is to be locked is locked before the first head.
    contents = waiting(session)
    session.info.pop(_KEY)
    for school, chain in sorted({_chain_of(content) for content in contents}):
        head = _locked_head(session, school, chain)
        for content in contents:
            if _chain_of(content) == (school, chain):
                session.add(_tied(content, head))
    session.flush()


def _chain_of(content: Content) -> tuple[str, str]:
    return content.school_id or "", content.chain


def _locked_head(session: Session, school: str, chain: str) -> AuditHead:
    first = insert_into(session, AuditHead).values(school_id=school, chain=chain, place=0, hash=START)
    session.execute(first.on_conflict_do_nothing())
    found = select(AuditHead).where(AuditHead.school_id == school, AuditHead.chain == chain)
    return session.scalars(found.with_for_update().execution_options(populate_existing=True)).one()


def _tied(content: Content, head: AuditHead) -> AuditNote:
    """Return the row of a note at the next place of its chain, and move the head there."""
    values = {**vars(content), "place": head.place + 1}
    head.place, head.hash = head.place + 1, hash_of(Content(**values), head.hash)
    return AuditNote(**values, hash=head.hash)


def _forget(session: Session, ended: SessionTransaction) -> None:
    if not ended.nested:
        session.info.pop(_KEY, None)
        return
    kept = [each for each in session.info.get(_KEY, ()) if not _is_within(each.savepoint, ended)]
    session.info[_KEY] = kept


def _is_within(savepoint: SessionTransaction | None, ended: SessionTransaction) -> bool:
    while savepoint is not None and savepoint is not ended:
        savepoint = savepoint.parent
    return savepoint is not None


def _close(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(_KEY, None)


event.listen(Session, "before_commit", _write)
event.listen(Session, "after_soft_rollback", _forget)
event.listen(Session, "after_transaction_end", _close)
