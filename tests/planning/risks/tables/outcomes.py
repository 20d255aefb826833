"""Theme 4: patient outcomes, whether they are measured, used and shown."""

from .shape import TODAY, Table, ago, decision, hours, months_ago, outcomes, pause, practitioner, review, said

unmonitored = Table("no-outcome-monitoring")
unmonitored.unknown("nothing is known")
unmonitored.unknown("none, described only", described=True, joined_on=ago(600))
unmonitored.unknown("none, a day less than four months after joining", joined_on=months_ago(4, days=-1))
unmonitored.watch(
    "none for four months after joining", "no_outcomes", joined_on=months_ago(4), since=months_ago(4), severity=2
)
unmonitored.watch(
    "none, a day less than six months after joining",
    "no_outcomes",
    joined_on=months_ago(6, days=-1),
    since=months_ago(6, days=-1),
    severity=2,
)
unmonitored.flagged(
    "none for six months after joining", "no_outcomes", joined_on=months_ago(6), since=months_ago(6), severity=4
)
unmonitored.watch(
    "none for six months, some of them in a pause",
    "no_outcomes",
    joined_on=months_ago(6),
    since=months_ago(6),
    severity=2,
    pauses=(pause(30, 29),),
)
unmonitored.flagged(
    "said to be none",
    "no_outcomes_said",
    joined_on=ago(9),
    since=ago(5),
    severity=4,
    confirmed_empty=(said("outcomes", 5),),
)
unmonitored.flagged(
    "said to be none, where a watch was due",
    "no_outcomes",
    "no_outcomes_said",
    joined_on=months_ago(5),
    since=ago(5),
    severity=4,
    confirmed_empty=(said("outcomes", 5),),
)
unmonitored.flagged(
    "said to be none since the last, which was used",
    "no_outcomes_said",
    since=ago(5),
    severity=2,
    outcomes=(outcomes(ago(6)),),
    decisions=(decision("continue", 6, basis="outcomes"),),
    confirmed_empty=(said("outcomes", 5),),
)
unmonitored.unknown(
    "measured on the day on which there were said to be none",
    "outcomes_measured",
    outcomes=(outcomes(ago(5)),),
    confirmed_empty=(said("outcomes", 5),),
)
unmonitored.unknown("measured lately, used never", "outcomes_measured", outcomes=(outcomes(ago(9)),))
unmonitored.clear(
    "measured and used within four months: since the earlier of the two",
    "outcomes_measured",
    "outcomes_used",
    since=months_ago(4, days=-1),
    severity=0,
    outcomes=(outcomes(months_ago(4, days=-1)), outcomes(months_ago(30))),
    decisions=(decision("continue", 9, basis="outcomes"),),
)
unmonitored.clear(
    "looked at in a review",
    "outcomes_measured",
    "outcomes_used",
    since=ago(20),
    severity=0,
    outcomes=(outcomes(ago(20)),),
    reviews=(review(1, held=9, outcomes=True), review(2, held=3)),
)
unmonitored.clear(
    "the latest use counts",
    "outcomes_measured",
    "outcomes_used",
    since=ago(20),
    severity=0,
    outcomes=(outcomes(ago(20)),),
    reviews=(review(held=9, outcomes=True),),
    decisions=(decision("continue", 300, basis="outcomes"),),
)
unmonitored.watch(
    "measured four months ago, used lately",
    "no_outcomes",
    since=months_ago(4),
    severity=1,
    outcomes=(outcomes(months_ago(4)),),
    reviews=(review(held=9, outcomes=True),),
)
unmonitored.flagged(
    "measured six months ago, used lately",
    "no_outcomes",
    since=months_ago(6),
    severity=2,
    outcomes=(outcomes(months_ago(6)),),
    reviews=(review(held=9, outcomes=True),),
)
unmonitored.watch(
    "measured lately, used four months ago",
    "outcomes_unused",
    since=months_ago(4),
    severity=1,
    outcomes=(outcomes(months_ago(20)), outcomes(ago(9))),
    decisions=(decision("expand", (TODAY - months_ago(4)).days, basis="outcomes"),),
)
unmonitored.flagged(
    "measured lately, used six months ago",
    "outcomes_unused",
    since=months_ago(6),
    severity=2,
    outcomes=(outcomes(months_ago(20)), outcomes(ago(9))),
    decisions=(
        decision("expand", (TODAY - months_ago(6)).days, basis="outcomes"),
        decision("continue", 5, 2, basis="impressions"),
    ),
)
unmonitored.flagged(
    "measured lately, used never since the first",
    "outcomes_unused",
    since=months_ago(6),
    severity=2,
    outcomes=(outcomes(months_ago(6)), outcomes(ago(9))),
    reviews=(review(held=9),),
)
unmonitored.watch(
    "used before the first was on record",
    "outcomes_unused",
    since=months_ago(5),
    severity=1,
    outcomes=(outcomes(months_ago(5)), outcomes(ago(9))),
    decisions=(decision("continue", 300, basis="outcomes"),),
)
unmonitored.flagged(
    "measured five months ago, used seven months ago",
    "no_outcomes",
    "outcomes_unused",
    since=months_ago(7),
    severity=3,
    outcomes=(outcomes(months_ago(20)), outcomes(months_ago(5))),
    decisions=(decision("continue", (TODAY - months_ago(7)).days, basis="outcomes"),),
)
unmonitored.unknown(
    "long ago, and the service has just joined",
    "outcomes_measured",
    "outcomes_used",
    joined_on=ago(9),
    outcomes=(outcomes(months_ago(7)),),
    decisions=(decision("continue", 200, basis="outcomes"),),
)
unmonitored.unknown(
    "measured lately, used long ago, and the service has just joined",
    "outcomes_measured",
    "outcomes_used",
    joined_on=ago(9),
    outcomes=(outcomes(ago(5)),),
    decisions=(decision("continue", 200, basis="outcomes"),),
)
unmonitored.clear(
    "measured and used four months ago, less a pause",
    "outcomes_measured",
    "outcomes_used",
    since=months_ago(4),
    severity=0,
    outcomes=(outcomes(months_ago(4)),),
    decisions=(decision("continue", (TODAY - months_ago(4)).days, basis="outcomes"),),
    pauses=(pause(30, 29),),
)

fatigue = Table("monitoring-fatigue")
fatigue.unknown("nothing is known", joined_on=ago(600))
fatigue.flagged(
    "hours, none for monitoring",
    "no_monitoring_time",
    since=ago(100),
    severity=1,
    allocations=(hours(1, "session"), hours(2, "preparation", starts_on=ago(20))),
)
fatigue.unknown(
    "hours for monitoring too",
    "monitoring_time",
    allocations=(hours(1, "session"), hours(2, "monitoring", "0.25"), hours(3, "monitoring", "0.5")),
)
fatigue.flagged(
    "only somebody who has left had hours for it",
    "no_monitoring_time",
    since=ago(100),
    severity=1,
    people=(practitioner(2, leaves_on=ago(1)),),
    allocations=(hours(1, "session"), hours(2, "monitoring")),
)

MONITORED = {"allocations": (hours(1, "session"), hours(2, "monitoring", "0.25", starts_on=ago(90)))}
fatigue.clear(
    "time, and fed back on the 30th day",
    "monitoring_time",
    "fed_back",
    since=ago(90),
    severity=0,
    outcomes=(outcomes(ago(70), fed_back=30),),
    **MONITORED,
)
fatigue.clear(
    "fed back before there was time for it",
    "monitoring_time",
    "fed_back",
    since=ago(299),
    severity=0,
    outcomes=(outcomes(ago(300), fed_back=1),),
    **MONITORED,
)
fatigue.clear(
    "since the first of them had time for it",
    "monitoring_time",
    "fed_back",
    since=ago(80),
    severity=0,
    allocations=(hours(1, "monitoring", starts_on=ago(20)), hours(2, "monitoring", starts_on=ago(80))),
    outcomes=(outcomes(ago(70), fed_back=3), outcomes(ago(70), fed_back=9)),
)
fatigue.clear(
    "since both of one day were shown",
    "monitoring_time",
    "fed_back",
    since=ago(61),
    severity=0,
    allocations=(hours(1, "monitoring", starts_on=ago(20)),),
    outcomes=(outcomes(ago(70), fed_back=3), outcomes(ago(70), fed_back=9)),
)
fatigue.flagged(
    "time, and fed back on the 31st day",
    "monitoring_time",
    "not_fed_back",
    since=ago(70),
    severity=1,
    outcomes=(outcomes(ago(70), fed_back=31),),
    **MONITORED,
)
fatigue.unknown("time, and the 30th day is today", "monitoring_time", outcomes=(outcomes(ago(30)),), **MONITORED)
fatigue.flagged(
    "time, and the 30th day was yesterday",
    "monitoring_time",
    "not_fed_back",
    since=ago(31),
    severity=1,
    outcomes=(outcomes(ago(31)),),
    **MONITORED,
)
fatigue.unknown(
    "time, and the 30th day was yesterday but for a pause",
    "monitoring_time",
    outcomes=(outcomes(ago(31)),),
    pauses=(pause(20, 19),),
    **MONITORED,
)
fatigue.clear(
    "fed back on the 31st day, one of them in a pause",
    "monitoring_time",
    "fed_back",
    since=ago(90),
    severity=0,
    outcomes=(outcomes(ago(70), fed_back=31),),
    pauses=(pause(60, 59), pause(20, 10)),
    **MONITORED,
)
fatigue.flagged(
    "the latest that was due counts",
    "monitoring_time",
    "not_fed_back",
    since=ago(70),
    severity=1,
    outcomes=(outcomes(ago(100), fed_back=3), outcomes(ago(70)), outcomes(ago(20), fed_back=2)),
    **MONITORED,
)
fatigue.clear(
    "an earlier one does not",
    "monitoring_time",
    "fed_back",
    since=ago(90),
    severity=0,
    outcomes=(outcomes(ago(100)), outcomes(ago(70), fed_back=3)),
    **MONITORED,
)
fatigue.flagged(
    "of two of one day the worse",
    "monitoring_time",
    "not_fed_back",
    since=ago(70),
    severity=1,
    outcomes=(outcomes(ago(70), fed_back=3), outcomes(ago(70))),
    **MONITORED,
)
fatigue.unknown("fed back, and no hours are recorded", "fed_back", outcomes=(outcomes(ago(70), fed_back=3),))
fatigue.flagged(
    "neither time nor results",
    "no_monitoring_time",
    "not_fed_back",
    since=ago(100),
    severity=2,
    allocations=(hours(1, "session"),),
    outcomes=(outcomes(ago(70)),),
)
fatigue.flagged(
    "results, and no time",
    "no_monitoring_time",
    "fed_back",
    since=ago(100),
    severity=1,
    allocations=(hours(1, "session"),),
    outcomes=(outcomes(ago(70), fed_back=3),),
)

TABLES = (unmonitored, fatigue)
