"""When something that was due is late."""

from datetime import date, timedelta

import pytest

from planning.lateness import GRACE_DAYS, late_since
from planning.risks.long_term import GOALS_GRACE_DAYS

DUE = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("days_after", "late"),
    [(-1, False), (0, False), (1, False), (GRACE_DAYS, False), (GRACE_DAYS + 1, True), (400, True)],
)
def test_b09_late_is_due_and_grace_and_said_as_since_when(days_after, late):
    assert late_since(DUE, on=DUE + timedelta(days=days_after)) == (DUE if late else None)


def test_b09_the_rule_of_goals_gives_the_same_days_of_grace_as_everything_else():
    assert GOALS_GRACE_DAYS == GRACE_DAYS


def test_b09_without_a_date_nothing_is_late():
    assert late_since(None, on=DUE) is None
