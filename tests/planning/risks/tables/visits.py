"""Theme 5: what comes with a visit: its recommendations, the organisation's rating; and months of rest."""

from datetime import date
from decimal import Decimal

from planning.risks.answer import Reason
from planning.risks.months import add_months
from planning.risks.snapshot import ConfirmedEmpty, OrganisationRating, Pause, Recommendation

from .shape import Table, ago, months_ago, pause, rated, said

LATER = Reason.NOT_APPLICABLE

advice = Table("feedback-unused")


def visit(days, *taken_up: bool) -> dict:
    """A visit so many days ago with these recommendations, each taken up or not."""
    return {
        "fidelity": (rated(ago(days), "4.2"),),
        "recommendations": tuple(
            Recommendation(number=number, given_on=ago(days), taken_up=one) for number, one in enumerate(taken_up)
        ),
    }


advice.unknown("nothing is known")
advice.unknown("month 7 ends today", reason=LATER, started_on=months_ago(7), joined_on=months_ago(7))
advice.unknown("month 7 ended yesterday", started_on=months_ago(7, days=1), joined_on=months_ago(7))
advice.unknown("month 7 ended, but for a day of rest", reason=LATER, started_on=ago(220), pauses=(pause(100, 90),))
advice.unknown("no recommendation is recorded", joined_on=ago(900), **visit(90))
advice.unknown("29 days", "recommendations_young", **visit(29, False, True))
advice.flagged("30 days", "recommendations_unused", since=ago(30), severity=1, **visit(30, False, True))
advice.flagged("31 days", "recommendations_unused", since=ago(31), severity=2, **visit(31, False, True, False))
advice.unknown("the only one, 29 days", "recommendations_young", **visit(29, False))
advice.unknown("two, 29 days", "recommendations_young", **visit(29, False, False))
advice.flagged("the only one, years ago", "recommendations_unused", since=ago(900), severity=1, **visit(900, False))
advice.unknown(
    "30 days, of which it rested for one", "recommendations_young", pauses=(pause(9, 8),), **visit(30, False)
)
advice.clear("all taken up on the day", "recommendations_taken_up", since=ago(0), severity=0, **visit(0, True, True))
advice.clear("all taken up", "recommendations_taken_up", since=ago(90), severity=0, **visit(90, True))
advice.unknown(
    "somebody says that there was none, a year ago",
    "nothing_recommended",
    reason=LATER,
    confirmed_empty=(ConfirmedEmpty("recommendations", months_ago(12)),),
    **visit(600),
)
advice.unknown(
    "a day more than a year ago",
    confirmed_empty=(ConfirmedEmpty("recommendations", months_ago(12, days=1)),),
    **visit(600),
)
advice.unknown(
    "said on the day of the visit",
    "nothing_recommended",
    reason=LATER,
    confirmed_empty=(said("recommendations", 50),),
    **visit(50),
)
advice.unknown("said the day before the visit", confirmed_empty=(said("recommendations", 51),), **visit(50))
advice.unknown("said of another list", confirmed_empty=(said("fidelity", 40),), **visit(50))
advice.flagged(
    "a recommendation outweighs what was said",
    "recommendations_unused",
    since=ago(50),
    severity=1,
    confirmed_empty=(said("recommendations", 1),),
    **visit(50, False),
)
advice.unknown(
    "those of an earlier visit do not count",
    fidelity=(rated(ago(40), "4.2"), rated(ago(400), "4.2")),
    recommendations=visit(400, False)["recommendations"],
)
advice.clear(
    "those of the last visit do",
    "recommendations_taken_up",
    since=ago(40),
    severity=0,
    fidelity=(rated(ago(400), "4.2"), rated(ago(40), "4.2")),
    recommendations=(*visit(400, False)["recommendations"], *visit(40, True)["recommendations"]),
)

organisation = Table("organisation-weak")


def index(*rated_on_and_mean) -> dict:
    return {"organisation": tuple(OrganisationRating(on, Decimal(mean)) for on, mean in rated_on_and_mean)}


organisation.unknown("nothing is known", joined_on=ago(900), started_on=ago(900))
for mean, status, severity in (
    ("1", "flagged", 4),
    ("2.9999999999", "flagged", "2.0000000001"),
    ("3.0", "watch", 2),
    ("3.0000000001", "watch", "1.9999999999"),
    ("3.996", "watch", "1.004"),
    ("3.9999999999", "watch", "1.0000000001"),
    ("4.0", "clear", 1),
    ("4.0000000001", "clear", "0.9999999999"),
    ("5", "clear", 0),
):
    add = getattr(organisation, status)
    add(f"a mean of {mean}", "organisation_rated", since=ago(20), severity=severity, **index((ago(20), mean)))
organisation.flagged(
    "13 months old today", "organisation_rated", since=months_ago(13), severity=3, **index((months_ago(13), "2"))
)
organisation.unknown("a day older", "organisation_rating_too_old", **index((months_ago(13, days=1), "2")))
organisation.flagged(
    "a day older, of which it rested for one",
    "organisation_rated",
    since=months_ago(13, days=1),
    severity=3,
    pauses=(pause(9, 8),),
    **index((months_ago(13, days=1), "2")),
)
organisation.clear(
    "of 31 January, on 28 February of the next year",
    "organisation_rated",
    since=date(2026, 1, 31),
    severity=0,
    as_of=date(2027, 2, 28),
    **index((date(2026, 1, 31), "5")),
)
organisation.unknown(
    "of 31 January, on 1 March of the next year",
    "organisation_rating_too_old",
    as_of=date(2027, 3, 1),
    **index((date(2026, 1, 31), "5")),
)
organisation.clear(
    "the latest counts", "organisation_rated", since=ago(20), severity=1, **index((ago(20), "4"), (ago(21), "1"))
)
organisation.flagged(
    "of two on a day the lower",
    "organisation_rated",
    since=ago(20),
    severity=4,
    **index((ago(20), "4"), (ago(20), "1")),
)

unrated = Table("fidelity-unknown")
OVER = months_ago(7, days=1)  # so that month 7 ended yesterday
unrated.flagged(
    "somebody says there is none, month 7 over, never joined",
    "said_never_rated",
    since=ago(30),
    severity=1,
    started_on=OVER,
    confirmed_empty=(said("fidelity", 30),),
)
unrated.unknown(
    "somebody says there is none, and none is due yet",
    reason=LATER,
    started_on=months_ago(7),
    confirmed_empty=(said("fidelity", 30),),
)
unrated.unknown("somebody says there is none, start unknown", confirmed_empty=(said("fidelity", 30),))
unrated.flagged(
    "somebody says so of a service that was only described",
    "said_never_rated",
    since=ago(30),
    severity=1,
    described=True,
    joined_on=OVER,
    started_on=OVER,
    confirmed_empty=(said("fidelity", 30),),
)
unrated.flagged(
    "somebody says so, and it joined lately",
    "said_never_rated",
    since=ago(30),
    severity=2,
    started_on=months_ago(13, days=1),
    joined_on=ago(40),
    confirmed_empty=(said("fidelity", 30),),
)
unrated.flagged(
    "somebody says so, and it joined long ago",
    "never_rated",
    "said_never_rated",
    since=OVER,
    severity=1,
    started_on=OVER,
    joined_on=OVER,
    confirmed_empty=(said("fidelity", 30),),
)
unrated.flagged(
    "a rating from before the start, and nothing since",
    "said_never_rated",
    since=ago(30),
    severity=1,
    started_on=OVER,
    fidelity=(rated(months_ago(8), "2"),),
    confirmed_empty=(said("fidelity", 30),),
)
unrated.flagged(
    "somebody says so, and by the months since it joined less is missing than since the start",
    "never_rated",
    "said_never_rated",
    since=OVER,
    severity=2,
    started_on=months_ago(13, days=1),
    joined_on=OVER,
    confirmed_empty=(said("fidelity", 30),),
)
unrated.unknown(
    "said between two ratings from before the start",
    started_on=OVER,
    fidelity=(rated(months_ago(8), "2"), rated(months_ago(10), "2")),
    confirmed_empty=(ConfirmedEmpty("fidelity", months_ago(9)),),
)
unrated.unknown(
    "said on the day of a rating from before the start",
    started_on=OVER,
    fidelity=(rated(months_ago(8), "2"),),
    confirmed_empty=(ConfirmedEmpty("fidelity", months_ago(8)),),
)
unrated.clear(
    "a rating outweighs what was said",
    "rated_in_time",
    since=ago(20),
    severity=0,
    started_on=OVER,
    fidelity=(rated(ago(20), "4"),),
    confirmed_empty=(said("fidelity", 30),),
)
REST = {"pauses": (pause(60, 59),)}
unrated.unknown("month 7 over, but for a day of rest", reason=LATER, started_on=OVER, joined_on=OVER, **REST)
unrated.flagged(
    "month 7 over, and rested for less",
    "never_rated",
    since=months_ago(7, days=2),
    severity=1,
    started_on=months_ago(7, days=2),
    joined_on=months_ago(7, days=2),
    **REST,
)
unrated.flagged(
    "rested before the start only",
    "never_rated",
    since=OVER,
    severity=1,
    started_on=OVER,
    joined_on=OVER,
    pauses=(pause(300, 280),),
)
unrated.clear(
    "13 months and a day after the last one, of which it rested for one",
    "rated_in_time",
    since=months_ago(13, days=1),
    severity=0,
    started_on=months_ago(40),
    fidelity=(rated(months_ago(13, days=1), "4"),),
    **REST,
)
unrated.flagged(
    "two days after, of which it rested for one",
    "rating_overdue",
    since=months_ago(13, days=2),
    severity=1,
    started_on=months_ago(40),
    fidelity=(rated(months_ago(13, days=2), "4"),),
    **REST,
)
TWICE = {
    "started_on": date(2024, 1, 1),
    "fidelity": (rated(date(2026, 1, 1), "4"),),
    # 20 days, and 10 into which the due day moves only because of the 20: due on 3 March instead of 1 February
    "pauses": (Pause(date(2026, 5, 11), date(2026, 5, 31)), Pause(date(2027, 2, 5), date(2027, 2, 15))),
}
unrated.clear(
    "rested twice, on the day it is due",
    "rated_in_time",
    since=date(2026, 1, 1),
    severity=0,
    as_of=date(2027, 3, 3),
    **TWICE,
)
unrated.flagged(
    "rested twice, the day after",
    "rating_overdue",
    since=date(2026, 1, 1),
    severity=1,
    as_of=date(2027, 3, 4),
    **TWICE,
)
unrated.flagged(
    "rested twice, and another 13 months later",
    "rating_overdue",
    since=date(2026, 1, 1),
    severity=2,
    as_of=date(2028, 4, 4),
    **TWICE,
)
unrated.unknown(
    "paused when it came due, and still",
    "rated_in_time",
    reason=Reason.PAUSED,
    started_on=months_ago(40),
    fidelity=(rated(months_ago(14), "4"),),
    pauses=(pause(90),),
)
HALFWAY = months_ago(13, days=1)
unrated.clear(
    "month 13 over, but for a day of rest",
    "rated_in_time",
    since=add_months(HALFWAY, 7),
    severity=0,
    started_on=HALFWAY,
    fidelity=(rated(add_months(HALFWAY, 7), "3"),),
    **REST,
)

low = Table("fidelity-low")
low.flagged(
    "13 months and a day old, of which it rested for one",
    "rating",
    since=months_ago(13, days=1),
    severity=3,
    fidelity=(rated(months_ago(13, days=1), "2"),),
    **REST,
)
low.unknown(
    "two days, of which it rested for one",
    "rating_too_old",
    fidelity=(rated(months_ago(13, days=2), "2"),),
    **REST,
)

TABLES = (advice, organisation, unrated, low)
