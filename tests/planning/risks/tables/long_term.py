"""Theme 3."""

from datetime import timedelta

from planning.risks.answer import Reason
from planning.risks.months import add_months
from planning.risks.snapshot import Vision

from .shape import TODAY, Table, ago, goal, leader, months_ago, practitioner, review, stand_in

NEAR = add_months(TODAY, 3)
DAY = timedelta(days=1)


def vision(*, published=100, horizon=NEAR + DAY, looked=None) -> Vision:
    return Vision(published_on=ago(published), horizon_on=horizon, looked_at_on=looked or ago(published))


no_vision = Table("no-vision")
no_vision.unknown("nothing is known")
no_vision.unknown("none, in the first days", joined_on=ago(59))
no_vision.flagged("none, after the first days", "no_vision", since=ago(60), severity=4, joined_on=ago(60))
no_vision.unknown("none, described only", joined_on=ago(600), described=True)
no_vision.clear("in force", "vision_in_force", since=ago(100), severity=0, vision=vision())
no_vision.flagged(
    "exactly three months to go", "vision_horizon_near", since=TODAY, severity=2, vision=vision(horizon=NEAR)
)
no_vision.flagged(
    "two months to go: since it was three",
    "vision_horizon_near",
    since=months_ago(1),
    severity=2,
    vision=vision(horizon=add_months(TODAY, 2)),
)
no_vision.flagged(
    "published with a month to go",
    "vision_horizon_near",
    since=ago(4),
    severity=2,
    vision=vision(published=4, horizon=add_months(TODAY, 1)),
)
no_vision.flagged("its last day", "vision_horizon_near", since=ago(92), severity=2, vision=vision(horizon=TODAY))
no_vision.flagged(
    "the day after", "vision_horizon_passed", since=ago(1), severity=3, described=True, vision=vision(horizon=ago(1))
)
no_vision.flagged(
    "not looked at for 12 months",
    "vision_not_looked_at",
    since=months_ago(12),
    severity=1,
    vision=vision(published=700, looked=months_ago(12)),
)
no_vision.clear(
    "looked at a day less ago",
    "vision_in_force",
    since=ago(700),
    severity=0,
    vision=vision(published=700, looked=months_ago(12) + DAY),
)
no_vision.flagged(
    "passed and not looked at: since the older of the two",
    "vision_horizon_passed",
    "vision_not_looked_at",
    since=ago(700),
    severity=3,
    vision=vision(published=700, horizon=ago(3)),
)

no_goals = Table("no-goals")
no_goals.unknown("nothing is known")
no_goals.unknown("none, in the first days", joined_on=ago(59))
no_goals.flagged("none, after the first days", "no_goals", since=ago(60), severity=100, joined_on=ago(60))
no_goals.flagged(
    "none since the last one was reached",
    "no_goals",
    since=ago(12),
    severity=100,
    joined_on=ago(600),
    last_goal_ended_on=ago(12),
)
no_goals.unknown("none, described only", joined_on=ago(600), described=True, last_goal_ended_on=ago(12))
for name, gap in (("a measure", {"measure": False}), ("an owner", {"owner": None}), ("a date", {"due": None})):
    no_goals.flagged(
        f"one without {name}",
        "goals_incomplete",
        since=ago(50),
        severity=100,
        joined_on=ago(60),
        last_goal_ended_on=ago(1),
        goals=(goal(**gap),),
    )
    no_goals.unknown(f"one without {name}, in the first days", joined_on=ago(59), goals=(goal(**gap),))
no_goals.flagged(
    "two that are incomplete: since the first was stated",
    "goals_incomplete",
    since=ago(80),
    severity=100,
    joined_on=ago(600),
    goals=(goal(1, owner=None), goal(2, due=None, stated=80)),
)
no_goals.clear("one that is complete", "goals_in_force", since=ago(50), severity=0, goals=(goal(),))
no_goals.clear("due today", "goals_in_force", since=ago(50), severity=0, goals=(goal(due=0),))
no_goals.watch("due yesterday", "goals_overdue", since=ago(1), severity=100, goals=(goal(due=-1),))
no_goals.watch(
    "a third overdue",
    "goals_overdue",
    since=ago(5),
    severity="66.7",
    goals=(goal(1), goal(2, owner=None), goal(3, due=-5)),
)
no_goals.clear(
    "a quarter overdue",
    "goals_in_force",
    since=ago(80),
    severity=50,
    goals=(goal(1), goal(2, measure=False, stated=90), goal(3, due=-5), goal(4, stated=80)),
)
no_goals.watch(
    "two of four overdue: since the first was",
    "goals_overdue",
    since=ago(9),
    severity=50,
    goals=(goal(1), goal(2), goal(3, due=-5), goal(4, due=-9)),
)
no_goals.watch("three overdue", "goals_overdue", since=ago(2), severity=100, goals=(goal(1, due=-2), goal(2, due=-1)))

picked = Table("picked-in-passing")


def chosen(*how):
    return tuple(
        practitioner(n, how_chosen=one, trained_on=ago(300 + n), started_on=ago(280)) for n, one in enumerate(how)
    )


picked.unknown("nobody is recorded")
picked.unknown("nobody's way in is recorded", people=chosen(None, None))
picked.flagged("half", "picked", since=ago(301), severity=50, people=chosen("jointly", "in_passing"))
picked.flagged("half, the other half unknown", "picked", since=ago(300), severity=50, people=chosen("appointed", None))
picked.unknown("one of three, two unknown", "choice_not_recorded", people=chosen("in_passing", None, None))
picked.unknown("one unknown could make it half", "choice_not_recorded", people=chosen("jointly", None))
picked.clear(
    "a third", "chosen_together", since=ago(302), severity="33.3", people=chosen("in_passing", "volunteered", "jointly")
)
picked.clear(
    "two of three, one unknown",
    "chosen_together",
    since=ago(302),
    severity=0,
    people=chosen(None, "jointly", "jointly"),
)
picked.flagged(
    "three, when nobody says",
    "picked",
    severity=100,
    people=tuple(practitioner(n, how_chosen="in_passing") for n in range(3)),
)
picked.flagged("the only one", "picked", since=ago(300), severity=100, people=chosen("appointed"))
picked.clear("the only one, chosen", "chosen_together", since=ago(300), severity=0, people=chosen("jointly"))
picked.clear(
    "who stopped, left or leads does not count",
    "chosen_together",
    severity=0,
    people=(
        practitioner(1, how_chosen="jointly"),
        practitioner(2, how_chosen="in_passing", stopped_on=ago(1)),
        practitioner(3, how_chosen="in_passing", leaves_on=ago(1)),
        leader(how_chosen="in_passing"),
    ),
)

leaving = Table("leaving-soon")
YEAR = add_months(TODAY, 12)
LEAVER = {"trained_on": ago(300), "leaves_on": YEAR}
leaving.unknown("nobody is recorded", joined_on=ago(10))
leaving.unknown("nobody leaves, and the record is not kept here", people=(leader(),))
leaving.unknown("nobody leaves", reason=Reason.NOT_APPLICABLE, joined_on=ago(10), people=(leader(),))
leaving.unknown("described only", joined_on=ago(10), described=True, people=(leader(),))
leaving.flagged("in exactly 12 months", "leaving_unreplaced", since=TODAY, severity=1, people=(practitioner(**LEAVER),))
leaving.unknown(
    "a day later",
    reason=Reason.NOT_APPLICABLE,
    joined_on=ago(10),
    people=(practitioner(trained_on=ago(300), leaves_on=YEAR + DAY),),
)
leaving.flagged(
    "the leader, today", "leaving_unreplaced", since=months_ago(12), severity=1, people=(leader(leaves_on=TODAY),)
)
leaving.unknown(
    "the leader, yesterday",
    reason=Reason.NOT_APPLICABLE,
    joined_on=ago(10),
    people=(leader(leaves_on=ago(1)), practitioner(trained_on=ago(300))),
)
leaving.clear(
    "with a successor",
    "leaving_replaced",
    since=TODAY,
    severity=0,
    people=(practitioner(successor=9, **LEAVER),),
)
leaving.flagged(
    "one with a successor, one without",
    "leaving_unreplaced",
    since=TODAY,
    severity=1,
    people=(practitioner(1, **LEAVER), leader(leaves_on=add_months(TODAY, 2), successor=9)),
)
leaving.flagged(
    "two without: since the first came near",
    "leaving_unreplaced",
    since=months_ago(10),
    severity=2,
    people=(practitioner(1, **LEAVER), leader(leaves_on=add_months(TODAY, 2))),
)
leaving.clear(
    "two with successors",
    "leaving_replaced",
    since=TODAY,
    severity=0,
    people=tuple(practitioner(n, successor=9, **LEAVER) for n in (1, 2)),
)
leaving.unknown(
    "untrained, stopped, or standing in",
    reason=Reason.NOT_APPLICABLE,
    joined_on=ago(10),
    people=(
        practitioner(1, leaves_on=YEAR),
        practitioner(2, stopped_on=ago(1), **LEAVER),
        stand_in(leaves_on=YEAR),
        practitioner(4, trained_on=ago(1)),
    ),
)

reviews = Table("no-regular-review")
TWICE = {"review_interval_days": 28}
reviews.unknown("nothing is known")
reviews.unknown("no schedule, in the first days", joined_on=ago(59))
reviews.flagged("no schedule, after the first days", "no_review_schedule", since=ago(60), severity=1, joined_on=ago(60))
reviews.unknown("described only", joined_on=ago(600), described=True)
reviews.unknown("a schedule and nothing else", **TWICE)
reviews.unknown("joined 1.5 intervals ago, none held", joined_on=ago(42), **TWICE)
reviews.flagged("joined longer ago, none held", "review_late", since=ago(43), severity=1, joined_on=ago(43), **TWICE)
reviews.clear(
    "held 1.5 intervals ago", "reviews_running", since=ago(42), severity=0, reviews=(review(held=42),), **TWICE
)
reviews.flagged(
    "held a day before that",
    "review_late",
    since=ago(43),
    severity=1,
    joined_on=ago(600),
    reviews=(review(held=43),),
    **TWICE,
)
reviews.clear(
    "both of the last two examined one: since the first of them",
    "reviews_running",
    since=ago(30),
    severity=0,
    reviews=(review(1, held=5), review(2, held=30), review(3, held=60)),
    **TWICE,
)
reviews.unknown(
    "held long before joining",
    "review_held",
    joined_on=ago(42),
    reviews=(review(1, held=200), review(2, held=230)),
    **TWICE,
)
reviews.unknown("one held, no barrier examined", "review_held", reviews=(review(held=5, barrier=False),), **TWICE)
reviews.flagged(
    "two held, no barrier examined",
    "no_barrier_examined",
    since=ago(30),
    severity=1,
    reviews=(review(1, held=5, barrier=False), review(2, held=30, barrier=False), review(3, held=60)),
    **TWICE,
)
reviews.clear(
    "one of the last two examined one",
    "reviews_running",
    since=ago(30),
    severity=0,
    reviews=(review(1, held=5, barrier=False), review(2, held=30), review(3, held=60)),
    **TWICE,
)
reviews.unknown(
    "held, in the first days without a schedule", "review_held", joined_on=ago(10), reviews=(review(held=5),)
)
reviews.flagged(
    "two on one day: the later number is the later review",
    "no_barrier_examined",
    since=ago(5),
    severity=1,
    reviews=(review(3, held=5, barrier=False), review(1, held=5), review(2, held=5, barrier=False)),
    **TWICE,
)
reviews.flagged(
    "all at once",
    "review_late",
    "no_barrier_examined",
    since=ago(90),
    severity=2,
    reviews=(review(1, held=50, barrier=False), review(2, held=90, barrier=False)),
    **TWICE,
)

supervision = Table("supervision-lapsed")
supervision.unknown("nobody is recorded", joined_on=ago(600))
supervision.unknown("untrained, in the first days", joined_on=ago(59), people=(practitioner(),))
supervision.flagged(
    "untrained, after them", "untrained", since=ago(60), severity=1, joined_on=ago(60), people=(practitioner(),)
)
supervision.unknown("untrained, described only", joined_on=ago(600), described=True, people=(practitioner(),))
supervision.unknown(
    "trained, supervision unknown", "all_trained", joined_on=ago(600), people=(practitioner(trained_on=ago(9)),)
)
supervision.unknown(
    "two trained", "all_trained", people=(practitioner(1, trained_on=ago(9)), practitioner(2, trained_on=ago(9)))
)
supervision.flagged(
    "two of three: since the first began",
    "untrained",
    since=ago(300),
    severity=2,
    joined_on=ago(600),
    people=(
        practitioner(1, trained_on=ago(9)),
        practitioner(2, started_on=ago(300)),
        practitioner(3, started_on=ago(20)),
    ),
)
supervision.flagged(
    "one of two: nobody counts from before joining",
    "untrained",
    since=ago(200),
    severity=1,
    joined_on=ago(200),
    people=(practitioner(1, trained_on=ago(9)), practitioner(2, started_on=ago(300))),
)
supervision.unknown(
    "who stopped, left or leads does not count",
    joined_on=ago(600),
    people=(practitioner(1, stopped_on=ago(1)), practitioner(2, leaves_on=ago(1)), leader()),
)

TABLES = (no_vision, no_goals, picked, leaving, reviews, supervision)
