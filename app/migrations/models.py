"""Every table of every feature, so that `Base.metadata` is complete."""

import app.accounts.models
import app.audit.models
import app.cases.models
import app.intake.models
import app.notifications.models
import app.referrals.models
import app.register.models
import app.schools.models
import app.statistics.models
import app.talks.models  # noqa: F401 -- imported for their tables
