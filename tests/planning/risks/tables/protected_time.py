"""Theme 1: the hours set aside against those that are needed."""

from datetime import timedelta
from decimal import Decimal

from planning.risks.answer import Reason

from .shape import Table, ago, first_of, hours, leader, month, months_ago, pause, practitioner, said

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

unprotected.flagged(
    "said to be none in the first days",
    "no_time_said",
    joined_on=ago(9),
    since=ago(5),
    severity=100,
    confirmed_empty=(said("allocations", 5),),
)
unprotected.flagged(
    "said to be none, described only",
    "no_time_said",
    described=True,
    since=ago(5),
    severity=100,
    confirmed_empty=(said("allocations", 5), said("allocations", 3), said("goals", 7)),
)
unprotected.flagged(
    "missing, and said to be none",
    "no_time_set_aside",
    "no_time_said",
    joined_on=ago(60),
    since=ago(60),
    severity=100,
    confirmed_empty=(said("allocations", 5),),
)
unprotected.flagged(
    "said to be none the day after the last hours were set aside",
    "no_time_said",
    since=ago(99),
    severity=100,
    allocations=(hours(1, "session"),),
    confirmed_empty=(said("allocations", 99),),
)
unprotected.unknown(
    "hours set aside on the day on which they were said to be none",
    "time_set_aside",
    allocations=(hours(1, "session"), hours(1, "travel", starts_on=ago(120))),
    confirmed_empty=(said("allocations", 100),),
)
unprotected.unknown("59 days without those of a pause", joined_on=ago(100), pauses=(pause(50, 9),))
unprotected.flagged(
    "60 days without those of a pause",
    "no_time_set_aside",
    joined_on=ago(100),
    since=ago(100),
    severity=100,
    pauses=(pause(50, 10),),
)
# Ten patients take 510 hours a year: with 51 working weeks ten a week, of which 5.88 for sessions.
TEN_HOURS = {"capacity": (("working_weeks", Decimal(51)),)}
TEN_PATIENTS = {**TEN_HOURS, "caseload": (month(0, individual_patients=10),)}
SHORT = ("time_against_need", "work_short", "work_short")  # hours for sessions alone: preparation, monitoring
unprotected.unknown("the need is known and the hours are not, in the first days", joined_on=ago(59), **TEN_PATIENTS)
unprotected.flagged(
    "the need is known and the hours are missing",
    "no_time_set_aside",
    joined_on=ago(60),
    since=ago(60),
    severity=100,
    **TEN_PATIENTS,
)
unprotected.flagged(
    "under four fifths",
    *SHORT,
    since=first_of(0),
    severity="20.1",
    allocations=(hours(1, "session", "7.99"),),
    **TEN_PATIENTS,
)
unprotected.watch(
    "four fifths", *SHORT, since=first_of(0), severity=20, allocations=(hours(1, "session", "8"),), **TEN_PATIENTS
)
unprotected.watch(
    "nearly all",
    *SHORT,
    since=first_of(0),
    severity="0.1",
    allocations=(hours(1, "session", "4.99"), hours(2, "session", "5")),
    **TEN_PATIENTS,
)
unprotected.clear(
    "all that is needed, though not of every kind",
    *SHORT,
    since=first_of(0),
    severity=0,
    allocations=(hours(1, "session", "10"),),
    **TEN_PATIENTS,
)
unprotected.clear(
    "more than is needed, of every kind: since the last hours came",
    "time_against_need",
    since=ago(3),
    severity=0,
    allocations=(
        hours(1, "session", "6"),
        hours(1, "preparation", "4", starts_on=ago(3)),
        hours(2, "monitoring", "0.25"),
    ),
    **TEN_PATIENTS,
)
unprotected.flagged(
    "none for sessions: since the first of the hours came",
    "time_against_need",
    "work_short",
    since=ago(8),
    severity=50,
    allocations=(
        hours(1, "preparation", "4", starts_on=ago(8)),
        hours(1, "monitoring", starts_on=ago(3)),
    ),
    **TEN_PATIENTS,
)
unprotected.watch(
    "since the first of the months that gave a watch, one after the other",
    *SHORT,
    since=first_of(2),
    severity=10,
    allocations=(hours(1, "session", "9"),),
    **TEN_HOURS,
    caseload=(
        month(4, individual_patients=10),
        month(3, individual_patients=9),
        month(2, individual_patients=11),
        month(1, sessions_held=12),
        month(0, individual_patients=10),
    ),
)
unprotected.clear(
    "a group alone: three hours with 62 working weeks",
    "time_against_need",
    "work_short",
    "work_short",
    since=first_of(2),
    severity=0,
    capacity=(("working_weeks", Decimal(62)),),
    caseload=(month(2, groups=1), month(0, sessions_held=9)),
    allocations=(hours(1, "session", "3"),),
)
unprotected.flagged(
    "a group and a patient, with one hour for two",
    "time_against_need",
    "work_short",
    "work_short",
    "work_short",
    since=first_of(1),
    severity="81.4",
    caseload=(month(1, individual_patients=1, groups=1),),
    allocations=(hours(1, "travel"),),
)
DAY_MONTH_ENDS = {"capacity": TEN_HOURS["capacity"], "caseload": (month(3, individual_patients=10),)}
unprotected.clear(
    "the month began three months ago",
    *SHORT,
    as_of=first_of(0),
    since=first_of(3),
    severity=0,
    allocations=(hours(1, "session", "10", starts_on=ago(200)),),
    **DAY_MONTH_ENDS,
)
unprotected.unknown(
    "the month began three months and a day ago",
    "time_set_aside",
    as_of=first_of(0) + timedelta(days=1),
    allocations=(hours(1, "session", "10", starts_on=ago(200)),),
    **DAY_MONTH_ENDS,
)
unprotected.clear(
    "the month began three months ago, without the days of a pause",
    *SHORT,
    since=first_of(3),
    severity=0,
    allocations=(hours(1, "session", "10", starts_on=ago(200)),),
    pauses=(pause(30, 16),),
    **DAY_MONTH_ENDS,
)
unprotected.unknown(
    "nothing is needed",
    reason=Reason.NOT_APPLICABLE,
    joined_on=ago(600),
    caseload=(month(0, individual_patients=0, groups=0),),
    allocations=(hours(1, "session"),),
)
unprotected.unknown(
    "nothing is needed, and no hours are set aside",
    reason=Reason.NOT_APPLICABLE,
    joined_on=ago(600),
    people=(practitioner(stopped_on=ago(1)), leader()),
    caseload=(month(0, individual_patients=0),),
    confirmed_empty=(said("allocations", 3),),
)
# Each practitioner takes an hour a week for supervision, a new one another for training.
TRAINED = {
    "capacity": (("working_weeks", Decimal(51)), ("boosters", Decimal(0)), ("training_days", Decimal("6.8"))),
    "caseload": (month(0, individual_patients=10),),
    "allocations": (hours(1, "session", "10"), hours(1, "supervision", "1")),
}
unprotected.clear(
    "a practitioner who began a year ago",
    *SHORT,
    since=first_of(0),
    severity=0,
    people=(practitioner(started_on=months_ago(12)), practitioner(2, stopped_on=ago(0)), leader()),
    **TRAINED,
)
unprotected.watch(
    "a practitioner who began less than a year ago",
    *SHORT,
    since=first_of(0),
    severity="8.3",
    people=(practitioner(started_on=months_ago(12, days=-1)),),
    **TRAINED,
)
unprotected.watch(
    "less than a year without the days of a pause",
    *SHORT,
    since=first_of(0),
    severity="8.3",
    people=(practitioner(started_on=months_ago(12)),),
    pauses=(pause(200, 199),),
    **TRAINED,
)

TABLES = (unprotected,)
