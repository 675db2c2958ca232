"""Whether a service helped: asked once, later, and counted without a trace of who said it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.cases.services import reply
from app.intake.models import HelpMark
from app.referrals.models import HelpAnswer
from tests.intake import rows
from tests.intake.adviser import case_id
from tests.intake.test_conversation import NOON, Talking, talking

__all__ = ["talking"]

ASKED = "data-helped"
