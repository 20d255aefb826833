"""A table per measured entry: below, at and above each limit, and with missing data."""

from . import (
    decisions,
    fidelity,
    handover,
    leadership,
    long_term,
    money,
    outcomes,
    priorities,
    protected_time,
    published,
    ratings,
    reception,
    recruitment,
    turnover,
    upkeep,
    visits,
    weeks,
)

TABLES = (
    *protected_time.TABLES,
    *weeks.TABLES,
    *priorities.TABLES,
    *leadership.TABLES,
    *ratings.TABLES,
    *long_term.TABLES,
    *decisions.TABLES,
    *recruitment.TABLES,
    *upkeep.TABLES,
    *outcomes.TABLES,
    *reception.TABLES,
    *fidelity.TABLES,
    *visits.TABLES,
    *money.TABLES,
    *handover.TABLES,
    *turnover.TABLES,
    *published.TABLES,
)
CASES = tuple(case for table in TABLES for case in table.cases)
