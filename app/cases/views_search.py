"""Search: sent as a form, so that what is sought stands in no address, history or log."""

from app import db
from app.accounts.access import require
from app.accounts.roles import Role
from app.cases.at_desk import Answer, at_desk
from app.cases.filters import Filters
from app.cases.pages import SearchPage
from app.cases.queue_forms import SearchForm
from app.cases.search import Found, SearchBusyError, search
from app.cases.views_queue import filters_asked
from app.cases.words_sought import terms_of
from app.i18n.translate import gettext as _
from app.web.errors import RETRY_SECONDS
from app.web.pages import render

Busy = tuple[str, int, dict[str, str]]


@require(Role.ADVISER)
def show_search() -> Answer:
    return _page(SearchForm(formdata=None), filters_asked())


@require(Role.ADVISER)
def find() -> Answer | Busy:
    form, filters = SearchForm(), filters_asked()
    if not form.validate():
        return _page(form, filters), 422
    try:
        with at_desk(db.reading) as (session, desk):
            found = search(session, desk, terms_of(form.words.data or ""), filters)
    except SearchBusyError:
        return _page(form, filters, is_busy=True), 503, {"Retry-After": str(RETRY_SECONDS)}
    return _page(form, filters, found)


def _page(form: SearchForm, filters: Filters, found: Found | None = None, *, is_busy: bool = False) -> str:
    page = SearchPage(
        title=_("Zoeken"),
        form=form,
        filters=filters,
        found=found,
        is_busy=is_busy,
        errors=tuple((name, str(text)) for name, texts in form.errors.items() for text in texts),
    )
    return render(page)
