"""Gives templates `_`, `gettext` and `ngettext`: texts and values are escaped, Markup values keep their tags."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from app.i18n import catalogues, translate


def install(environment: Environment) -> None:
    """Add the functions to *environment*, instead of Jinja's own i18n extension, which trips over a percent sign."""
    environment.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)


@pass_eval_context
def _gettext(context: EvalContext, msgid: str, /, **values: object) -> str:
    if not values and context.autoescape:
        return _plain(catalogues.compiled(translate.current().tag), msgid)
    return _fill(context, translate.candidates(msgid), values)


@lru_cache(maxsize=4096)
def _plain(_catalogue: object, msgid: str) -> Markup:
    """Return a text without values, escaped; a page has a dozen, so each is made once for each catalogue."""
    return escape(translate.gettext(msgid))


@pass_eval_context
def _ngettext(context: EvalContext, one: str, many: str, num: int, /, **values: object) -> str:
    return _fill(context, translate.plural_candidates(one, many, num), {"num": num} | values)


def _fill(context: EvalContext, texts: Iterable[str], values: Mapping[str, object]) -> str:
    if not context.autoescape:
        return translate.fill(texts, values)
    safe = {name: escape(value) for name, value in values.items()}
    return Markup(translate.fill((str(escape(text)) for text in texts), safe))  # noqa: S704 -- all parts are escaped above
