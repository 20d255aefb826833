"""Theme 3: what is decided."""

from datetime import timedelta

from planning.risks.answer import Reason
from planning.risks.months import add_months

from .shape import TODAY, Table, ago, decision, months_ago, pause, said

DAY = timedelta(days=1)

undecided = Table("undecided-future")
SIX = add_months(TODAY, 6)
undecided.unknown("nothing is known")
undecided.unknown("joined long ago", joined_on=ago(900))
undecided.unknown(
    "the project ends in more than six months",
    "project_runs",
    reason=Reason.NOT_APPLICABLE,
    project_ends_on=SIX + DAY,
)
undecided.flagged("in six months", "project_ends_undecided", since=TODAY, severity=2, project_ends_on=SIX)
undecided.flagged(
    "in two months: since it was six",
    "project_ends_undecided",
    since=months_ago(4),
    severity=2,
    project_ends_on=add_months(TODAY, 2),
)
undecided.flagged("today", "project_ends_undecided", since=months_ago(6), severity=2, project_ends_on=TODAY)
undecided.flagged(
    "it ended yesterday",
    "project_ended_undecided",
    since=add_months(ago(1), -6),
    severity=3,
    project_ends_on=ago(1),
)
undecided.flagged(
    "nothing is decided, somebody says",
    "no_decision_said",
    since=ago(5),
    severity=1,
    confirmed_empty=(said("decisions", 5),),
)
undecided.flagged(
    "nothing is decided, somebody says, and it ends",
    "project_ended_undecided",
    "no_decision_said",
    since=add_months(ago(1), -6),
    severity=3,
    project_ends_on=ago(1),
    confirmed_empty=(said("decisions", 5),),
)
undecided.unknown(
    "nothing is decided, somebody says, and it runs for long yet",
    "project_runs",
    reason=Reason.NOT_APPLICABLE,
    project_ends_on=SIX + DAY,
    confirmed_empty=(said("decisions", 5),),
)
for kind in ("continue", "expand"):
    for who in ("leader", "together", "next_level"):
        undecided.clear(
            f"decided to {kind}, {who}",
            "goes_on",
            since=ago(300),
            severity=0,
            project_ends_on=ago(1),
            decisions=(decision(kind, 300, decided_by=who),),
        )
    undecided.flagged(
        f"left to practitioners to {kind}",
        "left_to_practitioners",
        since=ago(300),
        severity=1,
        project_ends_on=SIX + DAY,
        decisions=(decision(kind, 300, decided_by="practitioners"),),
    )
undecided.unknown(
    "nobody says who decided", "decided_by_not_said", project_ends_on=ago(1), decisions=(decision("continue", 300),)
)
undecided.clear(
    "the latest of two counts",
    "goes_on",
    since=ago(8),
    severity=0,
    decisions=(decision("continue", 8, decided_by="leader"), decision("expand", 9, 2, decided_by="practitioners")),
)
undecided.flagged(
    "of two on one day the later number counts",
    "left_to_practitioners",
    since=ago(9),
    severity=1,
    decisions=(decision("continue", 9, 1, decided_by="leader"), decision("continue", 9, 2, decided_by="practitioners")),
)
undecided.flagged(
    "an adaptation is no decision to continue",
    "project_ended_undecided",
    since=add_months(ago(1), -6),
    severity=3,
    project_ends_on=ago(1),
    decisions=(decision("adapt", 5, decided_by="leader"),),
)
undecided.clear(
    "an adaptation takes none away",
    "goes_on",
    since=ago(9),
    severity=0,
    decisions=(decision("adapt", 5, 2), decision("continue", 9, decided_by="leader")),
)
STOPPED_AND_BACK = {
    "decisions": (decision("continue", 300, 1, decided_by="leader"), decision("stop", 200, 2)),
    "pauses": (pause(199, 100),),
}
undecided.unknown("stopped and started again", **STOPPED_AND_BACK)
undecided.flagged(
    "stopped and started again, and it ends",
    "project_ends_undecided",
    since=TODAY,
    severity=2,
    project_ends_on=SIX,
    **STOPPED_AND_BACK,
)
undecided.unknown(
    "said before the last decision",
    confirmed_empty=(said("decisions", 200),),
    **STOPPED_AND_BACK,
)
undecided.flagged(
    "said after it",
    "no_decision_said",
    since=ago(199),
    severity=1,
    confirmed_empty=(said("decisions", 199),),
    **STOPPED_AND_BACK,
)
undecided.clear(
    "stopped, and decided again",
    "goes_on",
    since=ago(9),
    severity=0,
    decisions=(decision("continue", 9, 3, decided_by="leader"), *STOPPED_AND_BACK["decisions"]),
)
undecided.unknown(
    "stopped", "project_ended_undecided", reason=Reason.PAUSED, project_ends_on=ago(1), decisions=(decision("stop", 9),)
)

expansion = Table("expansion-without-plan")


def expanding(days=50, number=1, *, goals=True, hours=True, training=True):
    return decision("expand", days, number, goals_behind=goals, hours_behind=hours, training_behind=training)


expansion.unknown("nothing is known")
expansion.unknown("described only", described=True, joined_on=ago(900))
expansion.unknown("none, and the record is kept here", reason=Reason.NOT_APPLICABLE, joined_on=ago(1))
expansion.unknown("other decisions", decisions=(decision("continue", 9), decision("adapt", 8, 2)))
expansion.clear("all three", "expansion_has_plan", since=ago(50), severity=0, decisions=(expanding(),))
for lacking in ("goals", "hours", "training"):
    expansion.flagged(
        f"no {lacking}", "expansion_lacks", since=ago(50), severity=1, decisions=(expanding(**{lacking: False}),)
    )
    expansion.unknown(f"{lacking} not said", "expansion_not_said", decisions=(expanding(**{lacking: None}),))
expansion.flagged(
    "one missing, two not said",
    "expansion_lacks",
    since=ago(50),
    severity=1,
    decisions=(expanding(goals=False, hours=None, training=None),),
)
expansion.flagged(
    "all missing",
    "expansion_lacks",
    since=ago(900),
    severity=3,
    decisions=(expanding(900, goals=False, hours=False, training=False),),
)
expansion.unknown(
    "nothing of it said", "expansion_not_said", decisions=(expanding(goals=None, hours=None, training=None),)
)
expansion.clear(
    "the latest of two counts",
    "expansion_has_plan",
    since=ago(8),
    severity=0,
    decisions=(expanding(8), expanding(9, 2, goals=False)),
)
expansion.flagged(
    "of two on one day the later number counts",
    "expansion_lacks",
    since=ago(9),
    severity=1,
    decisions=(expanding(9, 2, goals=False), expanding(9, 1)),
)
expansion.unknown(
    "none is planned, somebody says",
    "no_expansion_said",
    reason=Reason.NOT_APPLICABLE,
    confirmed_empty=(said("expansions", 5),),
)
expansion.unknown(
    "none was planned 12 months ago",
    "no_expansion_said",
    reason=Reason.NOT_APPLICABLE,
    confirmed_empty=(said("expansions", (TODAY - months_ago(12)).days),),
)
expansion.unknown(
    "none was planned a day before that", confirmed_empty=(said("expansions", (TODAY - months_ago(12, days=1)).days),)
)
expansion.flagged(
    "none was planned before it was decided",
    "expansion_lacks",
    since=ago(5),
    severity=1,
    decisions=(expanding(5, goals=False),),
    confirmed_empty=(said("expansions", 5),),
)
expansion.unknown(
    "given up since",
    "no_expansion_said",
    reason=Reason.NOT_APPLICABLE,
    decisions=(expanding(5, goals=False),),
    confirmed_empty=(said("expansions", 4),),
)

TABLES = (undecided, expansion)
