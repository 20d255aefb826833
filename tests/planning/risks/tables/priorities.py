"""Theme 1."""

from .shape import Table, ago, conflicts, hours, practitioner

unprotected = Table("unprotected-time")
unprotected.unknown("nothing is known")
unprotected.unknown("no hours on the 59th day after joining", joined_on=ago(59))
unprotected.flagged(
    "no hours on the 60th day after joining", "no_time_set_aside", joined_on=ago(60), since=ago(60), severity=100
)
unprotected.unknown("no hours, described only", joined_on=ago(600), described=True)
unprotected.unknown(
    "hours without the need", "time_set_aside", joined_on=ago(600), allocations=(hours(1, "session", "2.25"),)
)
unprotected.flagged(
    "only hours of somebody who has left",
    "no_time_set_aside",
    joined_on=ago(600),
    since=ago(600),
    severity=100,
    people=(practitioner(1, leaves_on=ago(1)),),
    allocations=(hours(1, "session"),),
)
unprotected.unknown(
    "hours on somebody's last day",
    "time_set_aside",
    joined_on=ago(600),
    people=(practitioner(1, leaves_on=ago(0)),),
    allocations=(hours(1, "session"),),
)
unprotected.flagged(
    "only hours of somebody who stopped today, and none at all",
    "no_time_set_aside",
    joined_on=ago(600),
    since=ago(600),
    severity=100,
    people=(practitioner(1, stopped_on=ago(0)),),
    allocations=(hours(1, "session"), hours(2, "session", "0")),
)

own = Table("own-time")
own.unknown("nothing is known")
own.unknown("hours, but none for sessions", allocations=(hours(1, "supervision"),))
own.flagged(
    "sessions without preparation",
    "sessions_without_preparation",
    since=ago(40),
    severity=1,
    allocations=(hours(1, "session", starts_on=ago(40)),),
)
own.flagged(
    "one of two without, though the other has plenty",
    "sessions_without_preparation",
    since=ago(30),
    severity=1,
    allocations=(
        hours(1, "session", starts_on=ago(90)),
        hours(1, "preparation", "5", starts_on=ago(90)),
        hours(2, "session", starts_on=ago(30)),
        hours(2, "session", starts_on=ago(20)),
        hours(2, "supervision", starts_on=ago(99)),
    ),
)
own.flagged(
    "two of two without",
    "sessions_without_preparation",
    since=ago(90),
    severity=2,
    allocations=(hours(1, "session", starts_on=ago(90)), hours(2, "session", starts_on=ago(30))),
)
own.clear(
    "everybody with sessions has preparation",
    "preparation_set_aside",
    since=ago(60),
    severity=0,
    allocations=(
        hours(1, "session", starts_on=ago(90)),
        hours(1, "preparation", "0.25", starts_on=ago(60)),
        hours(2, "preparation", starts_on=ago(80)),
    ),
)
own.clear(
    "two of two have preparation",
    "preparation_set_aside",
    since=ago(92),
    severity=0,
    allocations=tuple(hours(n, work, starts_on=ago(90 + n)) for n in (1, 2) for work in ("session", "preparation")),
)

crowded = Table("crowded-out")
crowded.unknown("nothing is known")
crowded.unknown("the log has been open for 29 days", logging_since=ago(29))
crowded.unknown("the log is open and nobody has ever used it", "log_unused", logging_since=ago(30))
crowded.unknown("one conflict, the log closed", "conflicts_lately", conflicts=conflicts(3))
crowded.unknown("one conflict 29 days after opening", "conflicts_lately", logging_since=ago(29), conflicts=conflicts(3))
crowded.clear(
    "one conflict 30 days after opening",
    "conflicts_lately",
    since=ago(30),
    severity=1,
    logging_since=ago(30),
    conflicts=conflicts(3),
)
crowded.clear(
    "none lately, in a log that is used",
    "conflicts_lately",
    since=ago(300),
    severity=0,
    logging_since=ago(300),
    conflicts=conflicts(60),
)
crowded.clear(
    "quiet since the last but one left the 30 days",
    "conflicts_lately",
    since=ago(5),
    severity=1,
    logging_since=ago(300),
    conflicts=conflicts(29, 35, 36),
)
crowded.watch(
    "two in 30 days, whether the log is open or not",
    "conflicts_lately",
    since=ago(29),
    severity=2,
    conflicts=conflicts(0, 29),
)
crowded.clear(
    "the second one 30 days ago",
    "conflicts_lately",
    since=ago(0),
    severity=1,
    logging_since=ago(300),
    conflicts=conflicts(0, 30),
)
crowded.flagged("three in 30 days", "conflicts_lately", since=ago(29), severity=3, conflicts=conflicts(0, 12, 29))
crowded.watch(
    "the third one 30 days ago", "conflicts_lately", since=ago(12), severity=2, conflicts=conflicts(0, 12, 30)
)
crowded.flagged(
    "four, answered or not",
    "conflicts_lately",
    since=ago(20),
    severity=4,
    conflicts=conflicts(1, 1, answered=((20, 19), (15, 1))),
)

TABLES = (unprotected, own, crowded)
