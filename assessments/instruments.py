"""The instruments as data: keys and figures. Their words are in `assessments.wording`.

Pure: standard library only. Never change what is published here; a new version of an instrument is a new entry,
as the ratings that are kept were made with the one they name by its keys.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Instrument:
    """A scale with its items. `fewest` is how many rated items a total needs; that is our convention."""

    key: str
    version: str
    items: tuple[str, ...]
    lowest: int
    highest: int
    fewest: int


# The thirteen items of the revision of 24 March 2005, as printed in Egeland and others 2019
# (doi 10.1007/s10488-019-00992-5, table 3), in its order.
IMR_FIDELITY = Instrument(
    key="imr_fidelity",
    version="2005-03-24",
    items=(
        "people_in_session",
        "program_length",
        "curriculum",
        "handouts",
        "significant_others",
        "goal_setting",
        "goal_followup",
        "motivation",
        "education",
        "cbt",
        "coping_skills",
        "relapse_prevention",
        "behavioral_tailoring",
    ),
    lowest=1,
    highest=5,
    fewest=12,
)

# The same cut-points for totals and single items (Roosenschoon and others 2016). Decided on the unrounded value.
HIGH = Decimal(4)
MODERATE = Decimal(3)

# A smaller change of a total is about three item-points, and shown as none: our convention.
SMALLEST_CHANGE = Decimal("0.25")
