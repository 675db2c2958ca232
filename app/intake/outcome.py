"""Whether a service helped: asked once per case and service, on a later visit than the one on which its card came."""

import hmac
from collections.abc import Iterator

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app import clock
from app.cases.correspondence import Access, Conversation, read_conversation
from app.intake import tabs
from app.intake.models import HelpMark
from app.referrals import outcomes
from app.referrals.counting import quarter_of, year_before
from app.referrals.stored import entries

PURPOSE = "vertel help mark"


def choose(session: Session, access: Access) -> str:
    """Return the service to ask about in this visit and remember that it was asked; empty when there is none.

    Call it before what stands there counts as seen. What is remembered names neither the case nor the service.
    """
    services = entries(session)
    for service_id in dict.fromkeys(_seen_before(read_conversation(session, access))):
        if service_id not in services or services[service_id].emergency:
            continue
        mark = hmac.digest(access.pair.private, f"{PURPOSE} {access.case_id} {service_id}".encode(), "sha256")
        if session.get(HelpMark, mark) is None:
            _remember(session, mark)
            return service_id
    return ""


def answer(session: Session, token: str, said: outcomes.Answer) -> None:
    """Count the answer about the service that this visit asks of; a second tap counts nothing."""
    state = tabs.held(session, token, "visit") or {}
    if state.get("helper"):
        outcomes.count(session, state["helper"], said)
        tabs.keep(session, token, "visit", {**state, "helper": ""})


def _seen_before(conversation: Conversation) -> Iterator[str]:
    """Yield the services whose cards came before today and were seen: what an adviser sent last, then the talk's."""
    today = clock.today()
    if conversation.withdrawn_on:
        return
    for message in reversed(conversation.messages):
        if not message.from_student and message.is_read and message.written_on < today:
            yield from message.help_ids
    if conversation.reported_on < today:
        yield from conversation.help_ids


def _remember(session: Session, mark: bytes) -> None:
    quarter = quarter_of(clock.today())
    session.execute(delete(HelpMark).where(HelpMark.quarter < year_before(quarter)))
    session.add(HelpMark(mark=mark, quarter=quarter))
