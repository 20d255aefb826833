"""A table per measured entry: below, at and above each limit, and with missing data."""

from . import fidelity, leadership, long_term, priorities, reception

TABLES = (
    *priorities.TABLES,
    *leadership.TABLES,
    *long_term.TABLES,
    *reception.TABLES,
    *fidelity.TABLES,
)
CASES = tuple(case for table in TABLES for case in table.cases)
