"""Theme 4."""

from .shape import Table, ago, hours, leader, practitioner

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

TABLES = (fatigue, stopping)
