"""What the desk needs before the first request: its clean-up, and a word in whom mail goes to."""

from datetime import timedelta

from flask import Flask

from app.accounts.following import Followers, let_follow
from app.audit.services import anchor
from app.cases import deletion, escalating, rekeying, training
from app.cases.concerning import has_unseen
from app.cases.duties import compass
from app.cases.phrases import phrase_book
from app.notifications import jobs


def init_app(app: Flask) -> None:
    """Let the worker of *app* delete each day what was kept long enough, and mail only who has something to see.

    Raises: FlowError, when the sentences or the duties of the desk are not in order.
    """
    with app.app_context():
        phrase_book()
        compass()
    jobs.every(app, "cases", deletion.delete_expired, timedelta(days=1))
    jobs.every(app, "keys of deleted cases", deletion.shred, timedelta(days=1))
    jobs.every(app, "practice", training.wipe_left_over, timedelta(days=1))
    jobs.every(app, "record", anchor, timedelta(days=1))
    jobs.every(app, "late answers", escalating.escalate)
    jobs.every(app, "reminders", escalating.remind, timedelta(days=1))
    jobs.let_concern(app, has_unseen)
    let_follow(app, Followers(left=rekeying.take_keys_back, renewed=rekeying.forget_old_key))
