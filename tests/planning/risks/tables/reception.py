"""Theme 4: what decisions rest on, changes to the programme, and whether IMR is used."""

from datetime import timedelta

from planning.risks.answer import Reason

from .shape import (
    TODAY,
    Table,
    adaptation,
    ago,
    decision,
    first_of,
    leader,
    month,
    months_ago,
    pause,
    practitioner,
    said,
)

judged = Table("judged-by-few")
judged.unknown("nothing is known")
judged.unknown(
    "nothing was decided", reason=Reason.NOT_APPLICABLE, confirmed_empty=(said("decisions", 400), said("goals", 2))
)
judged.unknown("what it rests on is not recorded", "decided_on_nothing_known", decisions=(decision("continue", 9),))
judged.unknown("money alone", "decided_on_resources", decisions=(decision("stop", 9, basis="resources"),))
judged.flagged(
    "impressions",
    "decided_on_impressions",
    since=ago(900),
    severity=1,
    decisions=(decision("adapt", 900, basis="impressions", patients=30),),
)
judged.unknown(
    "outcomes of nobody knows how many",
    "decided_on_outcomes_of_unknown_many",
    decisions=(decision("expand", 9, basis="outcomes"),),
)
judged.flagged(
    "outcomes of four patients",
    "decided_on_few",
    since=ago(9),
    severity=1,
    decisions=(decision("continue", 9, basis="outcomes", patients=4),),
)
judged.flagged(
    "outcomes of no patients",
    "decided_on_few",
    since=ago(9),
    severity=1,
    decisions=(decision("continue", 9, basis="outcomes", patients=0),),
)
judged.clear(
    "outcomes of five patients",
    "decided_on_outcomes",
    since=ago(9),
    severity=0,
    decisions=(decision("continue", 9, basis="outcomes", patients=5),),
)
judged.clear(
    "an earlier decision on impressions is no longer in force",
    "decided_on_outcomes",
    since=ago(9),
    severity=0,
    decisions=(
        decision("continue", 9, 1, basis="outcomes", patients=5),
        decision("stop", 10, 2, basis="impressions"),
    ),
)
judged.flagged(
    "a later one on impressions takes its place",
    "decided_on_impressions",
    since=ago(8),
    severity=1,
    decisions=(
        decision("continue", 9, 2, basis="outcomes", patients=5),
        decision("stop", 8, 1, basis="impressions"),
    ),
)
judged.flagged(
    "the change rests on impressions, to go on does not",
    "decided_on_outcomes",
    "decided_on_impressions",
    since=ago(300),
    severity=1,
    decisions=(
        decision("continue", 9, 1, basis="outcomes", patients=5),
        decision("adapt", 300, 2, basis="impressions"),
    ),
)
judged.flagged(
    "both",
    "decided_on_few",
    "decided_on_impressions",
    since=ago(300),
    severity=2,
    decisions=(
        decision("continue", 9, 1, basis="outcomes", patients=1),
        decision("expand", 300, 2, basis="impressions"),
    ),
)
judged.clear(
    "the latest to expand or to change counts",
    "decided_on_outcomes",
    "decided_on_outcomes",
    since=ago(20),
    severity=0,
    decisions=(
        decision("continue", 9, 1, basis="outcomes", patients=50),
        decision("adapt", 30, 2, basis="impressions"),
        decision("expand", 20, 3, basis="outcomes", patients=5),
    ),
)
judged.unknown(
    "one rests on outcomes, one on money",
    "decided_on_outcomes",
    "decided_on_resources",
    decisions=(
        decision("continue", 9, 1, basis="outcomes", patients=50),
        decision("adapt", 30, 2, basis="resources"),
    ),
)
judged.flagged(
    "two of one day, the worse counts",
    "decided_on_outcomes",
    "decided_on_impressions",
    since=ago(9),
    severity=1,
    decisions=(
        decision("stop", 9, 2, basis="impressions"),
        decision("continue", 9, 1, basis="outcomes", patients=50),
    ),
)
judged.flagged(
    "to stop on impressions: it speaks while the practice rests",
    "decided_on_impressions",
    since=ago(9),
    severity=1,
    decisions=(decision("stop", 9, basis="impressions"),),
    pauses=(pause(3),),
)

unplanned = Table("unplanned-adaptation")
unplanned.unknown("nothing is known", joined_on=ago(600))
unplanned.clear(
    "said to be none twelve months ago",
    "no_adaptations_said",
    since=months_ago(12),
    severity=0,
    confirmed_empty=(said("adaptations", (TODAY - months_ago(12)).days),),
)
unplanned.unknown(
    "said to be none a day earlier", confirmed_empty=(said("adaptations", (TODAY - months_ago(12)).days + 1),)
)
unplanned.clear("planned", "adaptations_planned", since=ago(50), severity=0, adaptations=(adaptation(),))
for lacking in ({"has_reason": False}, {"has_evidence": False}, {"decided_on": None}, {"look_again_on": None}):
    unplanned.flagged(
        f"without {next(iter(lacking))}",
        "adaptations_unplanned",
        since=ago(50),
        severity=1,
        adaptations=(adaptation(**lacking),),
        confirmed_empty=(said("adaptations", 5),),
    )
unplanned.clear(
    "two of two planned: since the first",
    "adaptations_planned",
    since=ago(70),
    severity=0,
    adaptations=(adaptation(1), adaptation(2, since=70)),
)
unplanned.flagged(
    "two of three are not planned: since the first of them",
    "adaptations_unplanned",
    since=ago(60),
    severity=2,
    adaptations=(
        adaptation(1, since=90),
        adaptation(2, since=30, has_reason=False, decided_on=None),
        adaptation(3, since=60, has_reason=False, has_evidence=False),
    ),
)
unplanned.flagged(
    "one of two is not planned",
    "adaptations_unplanned",
    since=ago(30),
    severity=1,
    adaptations=(adaptation(1, since=90), adaptation(2, since=30, look_again_on=None)),
)

stopping = Table("use-stopping")
stopping.unknown("nobody is recorded", joined_on=ago(600))
stopping.unknown(
    "trained and started", joined_on=ago(600), people=(practitioner(trained_on=ago(90), started_on=ago(10)),)
)
stopping.flagged("stopped today", "stopped", since=ago(0), severity=1, people=(practitioner(stopped_on=ago(0)),))
stopping.unknown(
    "stopped and left",
    joined_on=ago(600),
    people=(practitioner(stopped_on=ago(9), leaves_on=ago(1)), leader(stopped_on=ago(9))),
)
stopping.unknown("trained 59 days ago, not started", joined_on=ago(600), people=(practitioner(trained_on=ago(59)),))
stopping.flagged(
    "trained 60 days ago, not started",
    "not_started",
    since=ago(60),
    severity=1,
    joined_on=ago(600),
    people=(practitioner(trained_on=ago(60)),),
)
stopping.flagged(
    "two trained long ago: since the first of them",
    "not_started",
    since=ago(90),
    severity=2,
    joined_on=ago(600),
    people=(practitioner(1, trained_on=ago(70)), practitioner(2, trained_on=ago(90))),
)
stopping.unknown("the service joined 59 days ago", joined_on=ago(59), people=(practitioner(trained_on=ago(300)),))
stopping.flagged(
    "the service joined 60 days ago",
    "not_started",
    since=ago(60),
    severity=1,
    joined_on=ago(60),
    people=(practitioner(trained_on=ago(300)),),
)
stopping.unknown("nobody says when it joined", people=(practitioner(trained_on=ago(300)),))
stopping.unknown("described only", joined_on=ago(600), described=True, people=(practitioner(trained_on=ago(300)),))
stopping.unknown("not trained, not started", joined_on=ago(600), people=(practitioner(),))
stopping.flagged(
    "two of four stopped, two not started",
    "stopped",
    "not_started",
    since=ago(200),
    severity=4,
    joined_on=ago(600),
    people=(
        practitioner(1, stopped_on=ago(3), trained_on=ago(500)),
        practitioner(2, stopped_on=ago(200)),
        practitioner(3, trained_on=ago(100)),
        practitioner(4, trained_on=ago(150)),
    ),
)
stopping.unknown("no session last month, nothing known before", caseload=(month(1, sessions_held=0),))
stopping.flagged(
    "no session for two months",
    "no_sessions",
    since=first_of(2),
    severity=1,
    caseload=(month(2, sessions_held=0), month(1, sessions_held=0), month(0, sessions_held=9)),
)
stopping.flagged(
    "no session for three months: since the first of them",
    "no_sessions",
    since=first_of(3),
    severity=1,
    caseload=tuple(month(back, sessions_held=held) for back, held in ((5, 0), (4, 1), (3, 0), (2, 0), (1, 0))),
)
stopping.unknown(
    "a month without a record ends the count", caseload=(month(3, sessions_held=0), month(1, sessions_held=0))
)
stopping.unknown("last month is not recorded", caseload=(month(3, sessions_held=0), month(2, sessions_held=0)))
stopping.unknown(
    "a month whose sessions are not recorded",
    caseload=(month(2, sessions_held=0), month(1, individual_patients=0)),
)
stopping.clear(
    "sessions last month: since the first of the months with some",
    "sessions_held",
    since=first_of(2),
    severity=0,
    people=(practitioner(trained_on=ago(90), started_on=ago(10)),),
    caseload=(month(4, sessions_held=3), month(2, sessions_held=1), month(1, sessions_held=5)),
)
stopping.clear(
    "sessions last month, none before",
    "sessions_held",
    since=first_of(1),
    severity=0,
    caseload=(month(2, sessions_held=0), month(1, sessions_held=1)),
)
stopping.unknown(
    "sessions two months ago, none last month", caseload=(month(2, sessions_held=4), month(1, sessions_held=0))
)
stopping.unknown("sessions this month only", caseload=(month(0, sessions_held=4),))
stopping.flagged(
    "sessions last month, but somebody stopped",
    "stopped",
    since=ago(3),
    severity=1,
    people=(practitioner(stopped_on=ago(3)), practitioner(2)),
    caseload=(month(1, sessions_held=4),),
)
stopping.flagged(
    "nobody started, and no sessions",
    "not_started",
    "no_sessions",
    since=first_of(2),
    severity=2,
    joined_on=ago(600),
    people=(practitioner(trained_on=ago(60)),),
    caseload=(month(2, sessions_held=0), month(1, sessions_held=0)),
)
stopping.unknown(
    "trained 60 days ago, without one of a pause",
    joined_on=ago(600),
    people=(practitioner(trained_on=ago(60)),),
    pauses=(pause(20, 19),),
)
stopping.flagged(
    "a month with a pause in it is passed over",
    "no_sessions",
    since=first_of(3),
    severity=1,
    caseload=(month(3, sessions_held=0), month(2, sessions_held=0), month(1, sessions_held=2)),
    pauses=(pause(30, 25),),
)
stopping.unknown(
    "no sessions in a month with a pause",
    caseload=(month(2, sessions_held=0), month(1, sessions_held=0)),
    pauses=(pause(30, 25),),
)
stopping.unknown(
    "the month ends today",
    as_of=first_of(0) - timedelta(days=1),
    caseload=(month(2, sessions_held=0), month(1, sessions_held=0)),
)
stopping.flagged(
    "the month ended yesterday",
    "no_sessions",
    as_of=first_of(0),
    since=first_of(2),
    severity=1,
    caseload=(month(2, sessions_held=0), month(1, sessions_held=0)),
)

TABLES = (judged, unplanned, stopping)
