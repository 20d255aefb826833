"""Theme 3: preparation and recruitment."""

from planning.risks.snapshot import ReadinessCheck

from .shape import TODAY, Table, ago, first_of, month, pause

unprepared = Table("unprepared-start")


def checked(on=50, **items):
    """Of each item whether it was done, as of so many days ago."""
    return tuple(ReadinessCheck(item=item, done=done, on=ago(on)) for item, done in items.items())


ALL_DONE = {"eligible": True, "capacity": True, "briefing": True}
unprepared.unknown("nothing is known", joined_on=ago(900))
unprepared.clear("all done", "prepared", since=ago(50), severity=0, readiness=checked(**ALL_DONE))
unprepared.clear(
    "all done: since the last one was",
    "prepared",
    since=ago(5),
    severity=0,
    readiness=(*checked(eligible=True, capacity=True), *checked(5, briefing=True)),
)
for item in ALL_DONE:
    unprepared.flagged(
        f"{item} not done", "not_prepared", since=ago(50), severity=1, readiness=checked(**{**ALL_DONE, item: False})
    )
    unprepared.flagged(
        f"{item} not done, the others not said",
        "not_prepared",
        since=ago(900),
        severity=1,
        readiness=checked(900, **{item: False}),
    )
    unprepared.unknown(
        f"{item} not said",
        "preparation_not_said",
        readiness=tuple(one for one in checked(**ALL_DONE) if one.item != item),
    )
unprepared.flagged(
    "two not done: since the older of them",
    "not_prepared",
    since=ago(80),
    severity=2,
    readiness=(*checked(90, eligible=True), *checked(80, capacity=False), *checked(70, briefing=False)),
)
unprepared.clear(
    "done later", "prepared", since=ago(5), severity=0, readiness=(*checked(capacity=False), *checked(5, **ALL_DONE))
)
unprepared.flagged(
    "said both on one day",
    "not_prepared",
    since=ago(5),
    severity=1,
    readiness=(*checked(5, capacity=False), *checked(5, **ALL_DONE)),
)

recruitment = Table("no-recruitment")
EMPTY = {"individual_patients": 0, "groups": 0}


def months(*backs, **counts):
    return tuple(month(back, **counts) for back in backs)


def empty(*backs):
    return months(*backs, **EMPTY)


recruitment.unknown("nothing is known", joined_on=ago(900))
recruitment.unknown("only other counts", caseload=months(1, 2, 3, sessions_held=0, asked=0))
for count, text in ((1, "one month"), (2, "two months")):
    recruitment.unknown(f"nobody in {text}", "nobody_in_programme", caseload=empty(*range(1, count + 1)))
recruitment.watch(
    "nobody in three months", "nobody_in_programme", since=first_of(3), severity=3, caseload=empty(1, 2, 3)
)
recruitment.watch("in five", "nobody_in_programme", since=first_of(5), severity=3, caseload=empty(1, 2, 3, 4, 5))
recruitment.flagged("in six", "nobody_in_programme", since=first_of(6), severity=3, caseload=empty(1, 2, 3, 4, 5, 6))
recruitment.flagged("in nine", "nobody_in_programme", since=first_of(9), severity=3, caseload=empty(*range(1, 10)))
recruitment.unknown("this month is not over", "nobody_in_programme", caseload=empty(0, 1, 2))
recruitment.unknown("a gap ends the run", "nobody_in_programme", caseload=empty(1, 2, 4, 5, 6, 7, 8, 9))
recruitment.unknown(
    "and so does somebody",
    "nobody_in_programme",
    caseload=(*empty(1, 2), month(3, individual_patients=1, groups=0), *empty(4, 5, 6, 7, 8, 9)),
)
recruitment.watch(
    "no groups known",
    "nobody_in_programme",
    since=first_of(3),
    severity=3,
    caseload=months(1, 2, 3, individual_patients=0),
)
recruitment.watch(
    "no patients known", "nobody_in_programme", since=first_of(3), severity=3, caseload=months(1, 2, 3, groups=0)
)
recruitment.watch(
    "the latest is from April",
    "nobody_in_programme",
    since=first_of(4),
    severity=3,
    caseload=empty(2, 3, 4),
)
recruitment.unknown("the latest began more than three months ago", caseload=empty(*range(4, 12)))
recruitment.watch(
    "months in which it rested are passed over",
    "nobody_in_programme",
    since=first_of(6),
    severity=3,
    caseload=(*empty(1, 5, 6), month(3, individual_patients=9)),
    pauses=(pause((TODAY - first_of(4)).days + 0, (TODAY - first_of(2)).days - 9),),
)
recruitment.unknown(
    "the latest before it rested tells of today",
    "nobody_in_programme",
    caseload=empty(7, 8),
    pauses=(pause((TODAY - first_of(6)).days, (TODAY - first_of(0)).days),),
)
for name, counts in (
    ("patients", {"individual_patients": 1}),
    ("groups", {"groups": 1}),
    ("groups and no patients", {"individual_patients": 0, "groups": 1}),
    ("patients and no groups", {"individual_patients": 12, "groups": 0}),
    ("both", {"individual_patients": 4, "groups": 2}),
):
    recruitment.clear(
        f"somebody: {name}", "patients_in_programme", since=first_of(1), severity=0, caseload=months(1, **counts)
    )
recruitment.clear(
    "somebody again, after a year with nobody",
    "patients_in_programme",
    since=first_of(1),
    severity=0,
    caseload=(*months(1, groups=1), *empty(*range(2, 14))),
)
IN = {"individual_patients": 8}
recruitment.clear(
    "nothing was planned",
    "patients_in_programme",
    since=first_of(2),
    severity=0,
    caseload=months(2, planned_starts=0, started=0, **IN),
)
for count in (1, 2):
    recruitment.unknown(
        f"half of the plan came in {count}: too short to speak, and no strength",
        "patients_in_programme",
        "few_started",
        caseload=months(*range(1, count + 1), planned_starts=2, started=1, **IN),
    )
    recruitment.clear(
        f"more than half came in {count}",
        "patients_in_programme",
        "starts_as_planned",
        since=first_of(count),
        severity=0,
        caseload=months(*range(1, count + 1), planned_starts=3, started=2, **IN),
    )
for count in (3, 5):
    recruitment.watch(
        f"half came in {count}",
        "patients_in_programme",
        "few_started",
        since=first_of(3),
        severity=1,
        caseload=months(*range(1, count + 1), planned_starts=2, started=1, **IN),
    )
recruitment.flagged(
    "half came in six",
    "patients_in_programme",
    "few_started",
    since=first_of(6),
    severity=1,
    caseload=months(*range(1, 7), planned_starts=2, started=1, **IN),
)
recruitment.clear(
    "one more than half in six",
    "patients_in_programme",
    "starts_as_planned",
    since=first_of(3),
    severity=0,
    caseload=(*months(1, planned_starts=2, started=2, **IN), *months(*range(2, 7), planned_starts=2, started=1)),
)
recruitment.watch(
    "more than half in six, half in the last three",
    "patients_in_programme",
    "few_started",
    since=first_of(3),
    severity=1,
    caseload=(
        *months(1, 2, 3, planned_starts=2, started=1, **IN),
        *months(4, 5, 6, planned_starts=2, started=2),
    ),
)
recruitment.flagged(
    "none of those planned came, and none of the counts is in a row",
    "few_started",
    since=first_of(12),
    severity=2,
    caseload=months(2, 4, 6, 8, 10, 12, planned_starts=1, started=0),
)
recruitment.unknown(
    "as many as planned, and nobody says who is in the programme",
    "starts_as_planned",
    caseload=months(1, 2, 3, planned_starts=1, started=1),
)
recruitment.clear(
    "plans that are long past",
    "patients_in_programme",
    since=first_of(1),
    severity=0,
    caseload=(month(1, **IN), *months(*range(4, 12), planned_starts=9, started=0)),
)
recruitment.clear(
    "a plan without a count, a count without a plan",
    "patients_in_programme",
    since=first_of(1),
    severity=0,
    caseload=(month(1, planned_starts=9, **IN), *months(2, 3, started=0), *months(4, 5, 6, planned_starts=9)),
)
recruitment.flagged(
    "nobody, and none of those planned came",
    "nobody_in_programme",
    "few_started",
    since=first_of(6),
    severity=3,
    caseload=months(*range(1, 7), planned_starts=1, started=0, **EMPTY),
)
recruitment.watch(
    "nobody in three, though they came",
    "nobody_in_programme",
    "starts_as_planned",
    since=first_of(3),
    severity=3,
    caseload=months(1, 2, 3, planned_starts=1, started=1, **EMPTY),
)

TABLES = (unprepared, recruitment)
