"""Entries from other published work: reach, the next level up."""

from datetime import date, timedelta

from planning.risks.answer import Reason
from planning.risks.snapshot import CaseloadMonth, Confirmation, ConfirmedEmpty

from .shape import TODAY, Table, ago, first_of, month, months_ago, pause, said

DAY = timedelta(days=1)


reach = Table("low-reach")
YEAR = {"started_on": months_ago(12)}


def counts(asked, eligible, **fields) -> dict:
    return YEAR | {"caseload": (month(1, asked=asked, eligible=eligible),)} | fields


reach.unknown("nothing is known", joined_on=ago(900))
reach.unknown("start unknown", caseload=(month(1, asked=1, eligible=40),))
reach.unknown(
    "a day before the year is over", reason=Reason.NOT_APPLICABLE, **counts(1, 40, started_on=months_ago(12) + DAY)
)
reach.unknown(
    "the year is over, but for a day of rest", reason=Reason.NOT_APPLICABLE, pauses=(pause(60, 59),), **counts(1, 40)
)
reach.unknown("no counts", **YEAR)
reach.unknown("eligible not known", **counts(9, None))
reach.unknown("asked not known", **counts(None, 40))
reach.unknown("nobody is eligible", **counts(0, 0))
LAST = first_of(1)
STARTED = TODAY  # the year is over today: later than the month of the count
reach.flagged("nobody asked", "reach", since=STARTED, severity=3, **counts(0, 40))
reach.flagged("1 of 40", "reach", since=STARTED, severity=2, **counts(1, 40))
reach.flagged("9 of 40", "reach", since=STARTED, severity=2, **counts(9, 40))
reach.watch("a quarter", "reach", since=STARTED, severity=1, **counts(10, 40))
reach.flagged("a little under a quarter", "reach", since=STARTED, severity=2, **counts(249, 1000))
reach.watch("a little over a quarter", "reach", since=STARTED, severity=1, **counts(251, 1000))
reach.watch("a little under a half", "reach", since=STARTED, severity=1, **counts(499, 1000))
reach.clear("a half", "reach", since=STARTED, severity=0, **counts(20, 40))
reach.clear("more than are eligible now", "reach", since=STARTED, severity=0, **counts(50, 40))
reach.watch("1 of 3", "reach", since=STARTED, severity=1, **counts(1, 3))
reach.flagged(
    "since the month of the count, when that is later",
    "reach",
    since=LAST,
    severity=2,
    **counts(1, 40, started_on=months_ago(30)),
)
AGO = {"started_on": months_ago(30)}
reach.flagged(
    "since the first of the months that say the same, also with a gap",
    "reach",
    since=first_of(5),
    severity=2,
    caseload=(month(1, asked=1, eligible=40), month(3, eligible=40), month(5, asked=8, eligible=40)),
    **AGO,
)
reach.flagged(
    "those asked until then were half of those eligible then",
    "reach",
    since=first_of(1),
    severity=2,
    caseload=(month(1, asked=1, eligible=80), month(2, eligible=16), month(3, asked=8, eligible=80)),
    **AGO,
)
reach.clear(
    "since as many were asked, not since they were counted",
    "reach",
    since=first_of(2),
    severity=0,
    caseload=(month(1, eligible=40), month(2, asked=1, eligible=40), month(3, asked=19, eligible=40)),
    **AGO,
)
reach.flagged(
    "nobody was eligible before",
    "reach",
    since=first_of(1),
    severity=2,
    caseload=(month(1, eligible=40), month(2, eligible=0), month(3, asked=1, eligible=40)),
    **AGO,
)
reach.clear(
    "asked is the sum of all months since that of the start, also the running one",
    "reach",
    since=STARTED,
    severity=0,
    caseload=(
        CaseloadMonth(month=months_ago(12).replace(day=1), asked=5),
        month(3, asked=5, eligible=4),
        month(2, individual_patients=3),
        month(1, asked=5, eligible=40),
        month(0, asked=5),
    ),
    **YEAR,
)
reach.watch(
    "not of the month before the start",
    "reach",
    since=STARTED,
    severity=1,
    caseload=(month(13, asked=30), month(1, asked=19, eligible=40)),
    **YEAR,
)
reach.flagged(
    "the latest count of eligible ones, whatever the order",
    "reach",
    since=STARTED,
    severity=2,
    caseload=(month(1, eligible=41), month(5, asked=10, eligible=10), month(0, asked=0)),
    **YEAR,
)
for as_of, told, fresh in (
    (date(2027, 6, 1), date(2026, 5, 1), True),
    (date(2027, 6, 2), date(2026, 5, 1), False),
    (date(2028, 3, 1), date(2027, 2, 1), True),
    (date(2028, 3, 2), date(2027, 2, 1), False),
):
    record = {
        "as_of": as_of,
        "started_on": date(2025, 1, 1),
        "caseload": (CaseloadMonth(month=told, asked=1, eligible=40),),
    }
    if fresh:
        reach.flagged(f"counted in {told}, on {as_of}", "reach", since=told, severity=2, **record)
    else:
        reach.unknown(f"counted in {told}, on {as_of}", **record)
reach.flagged(
    "counted over 13 months ago, but for a day of rest",
    "reach",
    since=date(2026, 5, 1),
    severity=2,
    as_of=date(2027, 6, 2),
    started_on=date(2025, 1, 1),
    caseload=(CaseloadMonth(month=date(2026, 5, 1), asked=1, eligible=40),),
    pauses=(pause(60, 59),),
)
reach.flagged(
    "began on 29 February: the year is over on the 28th",
    "reach",
    since=date(2029, 2, 28),
    severity=3,
    as_of=date(2029, 2, 28),
    started_on=date(2028, 2, 29),
    caseload=(CaseloadMonth(month=date(2029, 1, 1), asked=0, eligible=40),),
)
reach.unknown(
    "began on 29 February: the day before",
    reason=Reason.NOT_APPLICABLE,
    as_of=date(2029, 2, 27),
    started_on=date(2028, 2, 29),
    caseload=(CaseloadMonth(month=date(2029, 1, 1), asked=0, eligible=40),),
)

backing = Table("leader-unbacked")


def asked(on: date, answered: date | None = None, *, confirmed: bool | None = None, number=1) -> Confirmation:
    return Confirmation(number=number, asked_on=on, answered_on=answered, confirmed=confirmed)


def yes(on: date, number=1) -> Confirmation:
    return asked(on - DAY, on, confirmed=True, number=number)


def no(on: date, number=1) -> Confirmation:
    return asked(on - DAY, on, confirmed=False, number=number)


backing.unknown("nothing is known")
backing.unknown("joined a day less than 12 months ago", joined_on=months_ago(12) + DAY)
backing.flagged(
    "joined 12 months ago", "priority_not_confirmed", since=months_ago(12), severity=2, joined_on=months_ago(12)
)
backing.unknown("joined 12 months ago, of which it rested for a day", joined_on=months_ago(12), pauses=(pause(9, 8),))
backing.unknown("described only", described=True, joined_on=ago(900))
backing.clear(
    "confirmed a day less than 12 months ago",
    "priority_confirmed",
    since=months_ago(12) + DAY,
    severity=0,
    joined_on=ago(900),
    confirmations=(yes(months_ago(12) + DAY),),
)
backing.flagged(
    "confirmed 12 months ago",
    "priority_not_confirmed",
    since=months_ago(12),
    severity=2,
    confirmations=(yes(months_ago(12)),),
)
backing.clear(
    "confirmed 12 months ago, of which it rested for a day",
    "priority_confirmed",
    since=months_ago(12),
    severity=0,
    confirmations=(yes(months_ago(12)),),
    pauses=(pause(9, 8),),
)
backing.unknown("confirmed before it joined, and long ago", joined_on=ago(90), confirmations=(yes(months_ago(12)),))
backing.flagged(
    "confirmed before it joined, and 12 months since it did",
    "priority_not_confirmed",
    since=months_ago(12),
    severity=2,
    joined_on=months_ago(12),
    confirmations=(yes(ago(900)),),
)
backing.clear(
    "the latest confirmation counts",
    "priority_confirmed",
    since=ago(30),
    severity=0,
    confirmations=(yes(ago(30)), yes(ago(900), 2)),
)
backing.flagged("the answer was no", "priority_refused", since=ago(30), severity=3, confirmations=(no(ago(30)),))
backing.flagged("no, years ago", "priority_refused", since=ago(900), severity=3, confirmations=(no(ago(900)),))
backing.flagged(
    "no after a yes",
    "priority_refused",
    since=ago(30),
    severity=3,
    confirmations=(yes(ago(60)), no(ago(30), 2)),
)
backing.flagged(
    "no, yes and no again",
    "priority_refused",
    since=ago(30),
    severity=3,
    confirmations=(no(ago(900), 3), yes(ago(60)), no(ago(30), 2)),
)
backing.flagged(
    "no and yes on one day",
    "priority_refused",
    since=ago(30),
    severity=3,
    confirmations=(yes(ago(30)), no(ago(30), 2)),
)
backing.clear(
    "yes after a no",
    "priority_confirmed",
    since=ago(30),
    severity=0,
    confirmations=(no(ago(31), 2), yes(ago(30))),
)
backing.flagged(
    "no, and not confirmed for long",
    "priority_refused",
    "priority_not_confirmed",
    since=months_ago(13),
    severity=3,
    confirmations=(yes(months_ago(13)), no(ago(30), 2)),
)
backing.unknown(
    "the memo waits for a day less than 12 months", "memo_waits", confirmations=(asked(months_ago(12) + DAY),)
)
backing.flagged(
    "the memo has waited for 12 months",
    "memo_waits",
    since=months_ago(12),
    severity=1,
    confirmations=(asked(months_ago(12)),),
)
backing.unknown(
    "the memo has waited for 12 months, of which it rested for a day",
    "memo_waits",
    confirmations=(asked(months_ago(12)),),
    pauses=(pause(9, 8),),
)
backing.flagged(
    "the memo has waited, though it was confirmed meanwhile",
    "priority_confirmed",
    "memo_waits",
    since=months_ago(12),
    severity=1,
    confirmations=(asked(months_ago(12)), asked(months_ago(14), ago(40), confirmed=True, number=2)),
)
backing.clear(
    "an older memo waits, the last one is answered",
    "priority_confirmed",
    since=ago(30),
    severity=0,
    confirmations=(asked(months_ago(20)), yes(ago(30), 2)),
)
backing.clear(
    "confirmed, and a new memo waits",
    "priority_confirmed",
    "memo_waits",
    since=ago(30),
    severity=0,
    confirmations=(yes(ago(30)), asked(ago(3), number=2)),
)
backing.flagged(
    "of two memos on a day one waits",
    "priority_confirmed",
    "memo_waits",
    since=months_ago(12),
    severity=1,
    confirmations=(asked(months_ago(12)), asked(months_ago(12), ago(300), confirmed=True, number=2)),
)
backing.flagged(
    "joined and waiting for 12 months",
    "priority_not_confirmed",
    "memo_waits",
    since=months_ago(14),
    severity=2,
    joined_on=months_ago(12),
    confirmations=(asked(months_ago(14)),),
)
backing.flagged(
    "somebody says that there is none, in the first days",
    "nobody_asked_said",
    since=ago(3),
    severity=2,
    joined_on=ago(10),
    confirmed_empty=(said("confirmations", 3),),
)
backing.flagged(
    "says so after the last answer",
    "priority_confirmed",
    "nobody_asked_said",
    since=ago(29),
    severity=2,
    confirmations=(yes(ago(30)),),
    confirmed_empty=(said("confirmations", 29),),
)
backing.clear(
    "says so on the day of the answer",
    "priority_confirmed",
    since=ago(30),
    severity=0,
    confirmations=(yes(ago(30)),),
    confirmed_empty=(said("confirmations", 30),),
)
backing.unknown(
    "says so on the day of the last memo",
    "memo_waits",
    confirmations=(asked(ago(20)),),
    confirmed_empty=(said("confirmations", 20),),
)
backing.flagged(
    "said long ago, and it has not changed",
    "nobody_asked_said",
    since=months_ago(30),
    severity=2,
    confirmed_empty=(ConfirmedEmpty("confirmations", months_ago(30)),),
)
backing.flagged(
    "confirmed on 29 February, a year later on the 28th",
    "priority_not_confirmed",
    since=date(2028, 2, 29),
    severity=2,
    as_of=date(2029, 2, 28),
    confirmations=(yes(date(2028, 2, 29)),),
)
backing.clear(
    "confirmed on 29 February, the day before",
    "priority_confirmed",
    since=date(2028, 2, 29),
    severity=0,
    as_of=date(2029, 2, 27),
    confirmations=(yes(date(2028, 2, 29)),),
)

TABLES = (reach, backing)
