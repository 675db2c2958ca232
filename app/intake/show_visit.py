"""Builds the pages of coming back and of the conversation; reads only."""

from collections.abc import Mapping
from typing import Any

from flask import g, request, url_for
from flask import session as browser
from sqlalchemy.orm import Session

from app import db
from app.cases.consent_wording import question_of
from app.cases.correspondence import Access, Conversation, read_conversation
from app.cases.desk import CaseNotFoundError
from app.i18n.formats import format_date
from app.i18n.languages import SOURCE
from app.i18n.translate import current
from app.i18n.translate import gettext as _
from app.intake import reprisal, visits
from app.intake.code_keys import opens_of
from app.intake.forms import CodeForm
from app.intake.helping import Told, fitting_cards
from app.intake.homework import shown_code
from app.intake.pages import ComeBackPage, ConversationPage, Errors, OtherTalkPage
from app.intake.show import cards_in
from app.intake.transcript import crisis_bubbles
from app.referrals.cards import Card
from app.referrals.queries import cards_by_id
from app.schools.queries import SchoolInfo, open_schools, school_by_id, school_by_slug
from app.talks.library import library
from app.vault.words import word_list
from app.web.pages import render

MOST_IN_VIEW = 3
"""How many messages stand open above the field; more would push it off a phone's screen."""

SINCE, HAPPENED = "since", "happened"
"""The last action was to say that something happened since, by itself or as the answer to a check-in."""


def conversation_page(thread: str = "", errors: Errors = (), typed: str = "") -> str | None:
    """Render the conversation that this browser holds open, at *thread* or where it was looked at last.

    None when there is none or its case is deleted.
    """
    token = browser.get("visit", "")
    with db.reading() as session:
        try:
            access, state = visits.access_of(session, token, thread), visits.state_of(session, token)
            conversation = read_conversation(session, access)
            surroundings = _surroundings(session, access)
        except (visits.VisitGoneError, CaseNotFoundError):
            return None
        page = ConversationPage(
            title=_wrong_title(_("Jouw gesprek"), errors),
            thread=access.case_id,
            conversation=conversation,
            **_asked(conversation),
            older=conversation.messages[:-MOST_IN_VIEW],
            newest=conversation.messages[-MOST_IN_VIEW:],
            did=_did_text(state.get("did", ""), conversation),
            is_since_offered=state.get("did") in (SINCE, HAPPENED),
            is_happened=state.get("did") == HAPPENED,
            **surroundings,
            **_help(session, conversation, state, surroundings["school"].district),
            errors=errors,
            typed=typed or state.get("drafts", {}).get(access.case_id, ""),
        )
    return render(page)


def _asked(conversation: Conversation) -> dict[str, Any]:
    return {
        "questions": tuple(question_of(step) for step in conversation.steps),
        "check_words": _check_words(conversation),
    }


def _check_words(conversation: Conversation) -> tuple[str, ...]:
    """Spell the check number in two words, in one language whatever the page's: they are to be compared later."""
    number, words = conversation.check_number, word_list(SOURCE).words
    return () if number is None else (words[number // len(words) % len(words)], words[number % len(words)])


def _wrong_title(title: str, errors: Errors) -> str:
    return _("Fout: %(title)s", title=title) if errors else title


def _surroundings(session: Session, access: Access) -> dict[str, Any]:
    school = school_of(session, access.school_id)
    held = browser.get("talks", {}).get(school.slug, "")
    shown = shown_code(session, held, school)
    return {
        "school": school,
        "has_homework": shown is not None and shown.opens == opens_of(access.pair),
        "has_follow_up": reprisal.follows(session, held, school.id),
    }


def _sent_cards(session: Session, conversation: Conversation) -> dict[str, Card]:
    sent = [service for message in conversation.messages for service in message.help_ids]
    return {card.id: card for card in cards_by_id(session, sent)}


def _helper(session: Session, state: Mapping[str, Any]) -> Card | None:
    return next(iter(cards_by_id(session, [one] if (one := state.get("helper")) else [])), None)


def _help(session: Session, conversation: Conversation, state: Mapping[str, Any], district: str) -> dict[str, Any]:
    crisis = crisis_bubbles(library().current, tuple(state.get("topics", ())))
    crisis_cards = cards_in(session, crisis)
    told = Told(
        help_ids=conversation.help_ids,
        categories=conversation.categories,
        words=conversation.words,
        district=district,
    )
    sent_cards = _sent_cards(session, conversation)
    return {
        "crisis": crisis,
        "crisis_cards": crisis_cards,
        "sent_cards": sent_cards,
        "helper": _helper(session, state),
        "cards": tuple(card for card in fitting_cards(session, told) if card.id not in {*crisis_cards, *sent_cards}),
    }


def _did_text(did: str, conversation: Conversation) -> str:
    """Say what the last action came to."""
    day = format_date(conversation.kept_until)
    return {
        "code": _("Je nieuwe code werkt. De oude opent niets meer."),
        "extend": _("We bewaren dit gesprek nu tot en met %(day)s.", day=day),
        "end": _("Je hebt dit gesprek afgesloten."),
        "restore": _("Je verhaal is terug. Wie het mocht lezen, kan het weer lezen."),
        "consented": _("Je antwoord staat in je gesprek. Wie dit gesprek kan lezen, krijgt bericht."),
        "too_late": _("Hier verandert nu niets meer aan. Wil je er iets over zeggen? Schrijf het hieronder."),
        "fine": _("Dank je. Je antwoord staat in je gesprek."),
        "no_answer": _("Dat is goed. Je antwoord is aan niemand verteld."),
        "helped": _("Dank je. Je antwoord is geteld, zonder je gesprek erbij."),
        "told": _("Het staat in je gesprek. Wie dit gesprek kan lezen, krijgt bericht."),
    }.get(did, "")


def _waiting_href() -> str:
    """Return the address of a talk in this browser that was told but not sent; empty when there is none."""
    with db.reading() as session:
        for slug, token in browser.get("talks", {}).items():
            school = school_by_slug(session, slug)
            if school and visits.holds_unsent_talk(session, token, school.id):
                return url_for("intake.school_page", slug=slug)
    return ""


def come_back_page(form: CodeForm, errors: Errors = (), *, typed: str = "", other_href: str = "") -> str:
    """Render the field for the code, with what was wrong and what was typed."""
    school = named_school(form.school.data or request.args.get("school", ""))
    with db.reading() as session:
        schools = open_schools(session)
    page = ComeBackPage(
        title=_wrong_title(_("Terugkomen met je code"), errors),
        form=form,
        schools={choice.slug: choice.name for choice in schools},
        known_school=school,
        words=word_list(current().tag).words,
        errors=errors,
        typed=typed,
        other_href=other_href,
        waiting_href="" if errors else _waiting_href(),
    )
    return render(page)


def other_talk_page(slug: str, thread: str) -> str:
    """Render the choice between a talk that this browser holds and one about what happened after a report."""
    other_href = url_for("intake.school_page", slug=slug)
    return render(OtherTalkPage(title=_("Je was nog bezig"), other_href=other_href, thread=thread))


def school_of(session: Session, school_id: str) -> SchoolInfo:
    """Return the school of an open conversation."""
    school = school_by_id(session, school_id)
    if school is None:  # Nothing deletes a school that has cases.
        raise CaseNotFoundError
    g.school_slug, g.school_district = school.slug, school.district
    return school


def named_school(slug: str) -> SchoolInfo | None:
    """Return the school that the form, the link or this browser's own talk names."""
    names = [slug, *browser.get("talks", {})]
    with db.reading() as session:
        found = next((school for name in names if name and (school := school_by_slug(session, name))), None)
    if found:
        g.school_slug, g.school_district = found.slug, found.district
    return found
