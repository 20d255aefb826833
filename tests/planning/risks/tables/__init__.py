"""A table per measured entry: below, at and above each limit, and with missing data."""

from . import (
    decisions,
    fidelity,
    leadership,
    long_term,
    outcomes,
    priorities,
    protected_time,
    reception,
    recruitment,
    upkeep,
    weeks,
)

TABLES = (
    *protected_time.TABLES,
    *weeks.TABLES,
    *priorities.TABLES,
    *leadership.TABLES,
    *long_term.TABLES,
    *decisions.TABLES,
    *recruitment.TABLES,
    *upkeep.TABLES,
    *outcomes.TABLES,
    *reception.TABLES,
    *fidelity.TABLES,
)
CASES = tuple(case for table in TABLES for case in table.cases)
