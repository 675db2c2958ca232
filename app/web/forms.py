"""Base of every form: CSRF by Flask-WTF, each single field at most once, and no text that cannot be stored."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from typing_extensions import override
from werkzeug.exceptions import BadRequest
from wtforms import Field, SelectMultipleField

MAX_TEXT = 10_000
"""Longest text a person may write in one field, in characters."""


class RepeatedFieldError(BadRequest):
    """A field that may stand once came more than once; nothing was stored."""


class Form(FlaskForm):
    """A form whose single fields may not be repeated (ASVS 5.0, 15.3.7)."""

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if request.method == "POST":
            for field in self._fields.values():
                _refuse_repeats(field)


def _refuse_repeats(field: Field) -> None:
    if not isinstance(field, SelectMultipleField) and len(request.form.getlist(field.name)) > 1:
        raise RepeatedFieldError(field.name)
