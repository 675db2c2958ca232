"""What the student's pages post: field lists only, never the whole form."""

from wtforms import HiddenField, SelectMultipleField, StringField, SubmitField, TextAreaField

from app.web.forms import Form


class TalkForm(Form):
    """One action in a talk: an answer to a step, or one of the other buttons, called `do`.

    `seen` marks the readers that a review showed, `person` names one of them, `mark` a proposal for other words.
    """

    step = HiddenField()
    do = HiddenField()
    seen = HiddenField()
    person = HiddenField()
    mark = HiddenField()
    answer = SelectMultipleField(validate_choice=False)
    skip = SubmitField()


class CodeForm(Form):
    """The code to come back with; the school only where it is not known."""

    code = StringField()
    school = HiddenField()


class WriteForm(Form):
    """A message in a conversation, or leaving it."""

    do = HiddenField()
    text = TextAreaField()
