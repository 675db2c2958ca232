"""What the student's pages post: field lists only, never the whole form."""

from wtforms import HiddenField, SelectMultipleField, StringField, SubmitField, TextAreaField

from app.web.forms import Form


class TalkForm(Form):
    """One action in a talk: an answer to a step, or one of the other buttons, called `do`.

    `seen` marks the readers that a review showed, `person` names one of them, `mark` a proposal for other words,
    `ticket` is what the brake asks of a device that sends.
    """

    step = HiddenField()
    do = HiddenField()
    seen = HiddenField()
    person = HiddenField()
    mark = HiddenField()
    ticket = HiddenField()
    answer = SelectMultipleField(validate_choice=False)
    skip = SubmitField()


class BeginForm(Form):
    """The beginning of a talk; `poster` is the word that the link of a poster carries."""

    poster = HiddenField()


class CodeForm(Form):
    """The code to come back with; the school only where it is not known, `over` to let go of another talk."""

    code = StringField()
    school = HiddenField()
    over = HiddenField()


class VisitForm(Form):
    """A message in a conversation, or another action on it, called `do`.

    `thread` is the case whose page it stands on, `to` another thread to look at, `answer` that to a check-in, `over` to
    let go of another talk, `consent` an answer to a step with its id ("yes:ID"), or `step` and `answer` apart,
    `helped` what a service did for the student.
    """

    do = HiddenField()
    consent = HiddenField()
    helped = HiddenField()
    step = HiddenField()
    thread = HiddenField()
    to = HiddenField()
    answer = HiddenField()
    over = HiddenField()
    text = TextAreaField()
