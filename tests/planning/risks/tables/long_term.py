"""Theme 3: the vision, the goals, and the people."""

from datetime import timedelta

from planning.risks.answer import Reason
from planning.risks.months import add_months
from planning.risks.snapshot import Vision

from .shape import TODAY, Table, ago, goal, leader, months_ago, pause, practitioner, said, stand_in

NEAR = add_months(TODAY, 3)
DAY = timedelta(days=1)


def vision(*, published=100, horizon=NEAR + DAY, looked=None) -> Vision:
    return Vision(published_on=ago(published), horizon_on=horizon, looked_at_on=looked or ago(published))


no_vision = Table("no-vision")
no_vision.unknown("nothing is known")
no_vision.unknown("none, in the first days", joined_on=ago(59))
no_vision.flagged("none, after the first days", "no_vision", since=ago(60), severity=4, joined_on=ago(60))
no_vision.unknown("none, described only", joined_on=ago(600), described=True)
no_vision.flagged(
    "none, and somebody says so",
    "no_vision_said",
    since=ago(5),
    severity=4,
    joined_on=ago(10),
    confirmed_empty=(said("vision", 5), said("goals", 20)),
)
no_vision.flagged(
    "described only, and somebody says so: since the first who did",
    "no_vision_said",
    since=ago(500),
    severity=4,
    described=True,
    confirmed_empty=(said("vision", 5), said("vision", 500)),
)
no_vision.flagged(
    "none after the first days, and somebody says so",
    "no_vision",
    "no_vision_said",
    since=ago(60),
    severity=4,
    joined_on=ago(60),
    confirmed_empty=(said("vision", 5),),
)
no_vision.clear(
    "one in force, whatever was said",
    "vision_in_force",
    since=ago(100),
    severity=0,
    vision=vision(),
    confirmed_empty=(said("vision", 5),),
)
no_vision.unknown("the first days, of which it rested one", joined_on=ago(60), pauses=(pause(30, 29),))
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
no_vision.clear(
    "not looked at for 12 months, of which it rested a day",
    "vision_in_force",
    since=ago(700),
    severity=0,
    vision=vision(published=700, looked=months_ago(12)),
    pauses=(pause(30, 29),),
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
no_goals.flagged(
    "none, and somebody says so",
    "no_goals_said",
    since=ago(5),
    severity=100,
    joined_on=ago(10),
    last_goal_ended_on=ago(6),
    confirmed_empty=(said("goals", 5),),
)
no_goals.unknown(
    "none, and somebody said so before the last one was reached",
    joined_on=ago(10),
    last_goal_ended_on=ago(5),
    confirmed_empty=(said("goals", 5),),
)
no_goals.flagged(
    "none after the first days, and somebody says so",
    "no_goals",
    "no_goals_said",
    since=ago(60),
    severity=100,
    joined_on=ago(60),
    confirmed_empty=(said("goals", 5),),
)
no_goals.unknown(
    "an incomplete one in the first days, whatever was said",
    joined_on=ago(10),
    goals=(goal(measure=False, stated=9),),
    confirmed_empty=(said("goals", 5),),
)
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
no_goals.clear("3 days past its date", "goals_in_force", since=ago(50), severity=0, goals=(goal(due=-3),))
no_goals.watch("4 days past its date", "goals_overdue", since=ago(4), severity=100, goals=(goal(due=-4),))
no_goals.clear(
    "a third past its date, in the days of grace",
    "goals_in_force",
    since=ago(50),
    severity="33.3",
    goals=(goal(1), goal(2, owner=None), goal(3, due=-3)),
)
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
no_goals.watch("all overdue", "goals_overdue", since=ago(5), severity=100, goals=(goal(1, due=-5), goal(2, due=-4)))

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

TABLES = (no_vision, no_goals, picked, leaving)
