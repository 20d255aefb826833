"""Entries from other published work: money and posts."""

from datetime import date, timedelta

from planning.risks.months import add_months
from planning.risks.snapshot import Funding

from .shape import TODAY, Table, ago, months_ago, said

DAY = timedelta(days=1)


def in_months(months: int, *, days: int = 0) -> date:
    return add_months(TODAY, months) + timedelta(days=days)


money = Table("money-undecided")


def decided(*kind_and_until, days=500) -> dict:
    """Decided so many days ago, one day after another, with the day until which it holds."""
    return {
        "fundings": tuple(
            Funding(number=number, kind=kind, decided_on=ago(days - number), until=until)
            for number, (kind, until) in enumerate(kind_and_until)
        )
    }


money.unknown("nothing is recorded, however long ago it joined", joined_on=ago(900), started_on=ago(900))
money.flagged(
    "until 6 months from now",
    "money_decided_until",
    since=ago(0),
    severity=2,
    **decided(("money", in_months(6))),
)
money.watch(
    "a day longer",
    "money_decided_until",
    since=months_ago(6) + DAY,
    severity=1,
    **decided(("posts", in_months(6, days=1))),
)
money.watch(
    "a day less than 12 months",
    "money_decided_until",
    since=ago(1),
    severity=1,
    **decided(("money", in_months(12, days=-1))),
)
money.clear("12 months", "money_decided_until", since=ago(500), severity=0, **decided(("money", in_months(12))))
money.clear(
    "a day longer", "money_decided_until", since=ago(500), severity=0, **decided(("posts", in_months(12, days=1)))
)
money.clear(
    "until further notice", "money_until_further_notice", since=ago(500), severity=0, **decided(("posts", None))
)
money.flagged(
    "5 months from now: since it came near",
    "money_decided_until",
    since=months_ago(1),
    severity=2,
    **decided(("money", in_months(5))),
)
money.flagged(
    "decided after it had come near",
    "money_decided_until",
    since=ago(3),
    severity=2,
    **decided(("money", in_months(5)), days=3),
)
money.flagged(
    "the last day is today", "money_decided_until", since=months_ago(6), severity=2, **decided(("money", TODAY))
)
money.flagged(
    "it ended yesterday", "money_ended", since=months_ago(6, days=1), severity=3, **decided(("money", ago(1)))
)
money.clear(
    "what lasts longest counts",
    "money_decided_until",
    since=ago(499),
    severity=0,
    **decided(("money", in_months(3)), ("posts", in_months(24)), ("money", ago(3))),
)
money.clear(
    "of two that last as long the one decided first",
    "money_decided_until",
    since=ago(500),
    severity=0,
    **decided(("money", in_months(24)), ("posts", in_months(24))),
)
money.clear(
    "one without an end lasts longest",
    "money_until_further_notice",
    since=ago(499),
    severity=0,
    **decided(("money", in_months(24)), ("money", None)),
)
money.flagged(
    "nothing but start-up money, for years",
    "start_up_money_ends",
    since=ago(500),
    severity=2,
    **decided(("start_up", in_months(40))),
)
money.flagged(
    "nothing but start-up money, and it ended",
    "start_up_money_ends",
    since=ago(500),
    severity=3,
    **decided(("start_up", ago(1))),
)
money.flagged(
    "start-up money whose last day is today",
    "start_up_money_ends",
    since=ago(500),
    severity=2,
    **decided(("start_up", TODAY)),
)
money.flagged(
    "start-up money lasts longer than the rest",
    "start_up_money_ends",
    "money_decided_until",
    since=ago(499),
    severity=2,
    **decided(("money", in_months(24)), ("start_up", in_months(24, days=1))),
)
money.flagged(
    "start-up money lasts as long as the rest: nothing comes after it",
    "start_up_money_ends",
    "money_decided_until",
    since=ago(499),
    severity=2,
    **decided(("posts", in_months(24)), ("start_up", in_months(24))),
)
money.clear(
    "something lasts a day longer than start-up money",
    "money_decided_until",
    since=ago(500),
    severity=0,
    **decided(("money", in_months(24, days=1)), ("start_up", in_months(24))),
)
money.clear(
    "start-up money is over, and posts go on",
    "money_until_further_notice",
    since=ago(500),
    severity=0,
    **decided(("posts", None), ("start_up", ago(1))),
)
money.watch(
    "start-up money is over, and money ends in 7 months",
    "money_decided_until",
    since=months_ago(5),
    severity=1,
    **decided(("money", in_months(7)), ("start_up", ago(1))),
)
money.flagged(
    "all of it has ended",
    "start_up_money_ends",
    "money_ended",
    since=ago(799),
    severity=3,
    **decided(("money", ago(90)), ("start_up", ago(80)), days=800),
)
money.flagged(
    "somebody says there is none", "no_money_said", since=ago(9), severity=4, confirmed_empty=(said("funding", 9),)
)
money.flagged(
    "says so after the last decision",
    "no_money_said",
    since=ago(499),
    severity=4,
    confirmed_empty=(said("funding", 499),),
    **decided(("money", None)),
)
money.clear(
    "says so on the day of the decision",
    "money_until_further_notice",
    since=ago(500),
    severity=0,
    confirmed_empty=(said("funding", 500),),
    **decided(("money", None)),
)
money.clear(
    "says so before one of two decisions",
    "money_until_further_notice",
    since=ago(500),
    severity=0,
    confirmed_empty=(said("funding", 499),),
    **decided(("money", None), ("start_up", ago(9))),
)
money.clear(
    "says so of another list",
    "money_until_further_notice",
    since=ago(500),
    severity=0,
    confirmed_empty=(said("support", 5),),
    **decided(("money", None)),
)
for as_of, until, status in (
    (date(2027, 8, 31), date(2028, 2, 29), "flagged"),
    (date(2027, 8, 31), date(2028, 3, 1), "watch"),
    (date(2027, 8, 30), date(2028, 2, 29), "flagged"),
    (date(2027, 2, 28), date(2027, 8, 28), "flagged"),
    (date(2027, 2, 28), date(2027, 8, 29), "watch"),
    (date(2028, 2, 29), date(2029, 2, 27), "watch"),
    (date(2028, 2, 29), date(2029, 2, 28), "clear"),
):
    getattr(money, status)(
        f"until {until}, on {as_of}",
        "money_decided_until",
        since=as_of,
        severity={"flagged": 2, "watch": 1, "clear": 0}[status],
        as_of=as_of,
        fundings=(Funding(number=1, kind="money", decided_on=as_of, until=until),),
    )

TABLES = (money,)
