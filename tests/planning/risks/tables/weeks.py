"""Theme 1: what weekly check-ins tell of own time, and of the time that is kept."""

from datetime import timedelta

from planning.risks.answer import Reason

from .shape import Table, ago, hours, monday, pause, week

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

own.flagged(
    "own time in a week that counts",
    "own_time_spent",
    since=monday(3),
    severity=1,
    weeks=(week(4), week(3, own="0.25"), week(2)),
)
own.clear("weeks that count, without own time", "no_own_time", since=monday(4), severity=0, weeks=(week(2), week(4)))
own.unknown(
    "weeks that too few reported",
    "too_few_reported",
    reason=Reason.TOO_FEW_PEOPLE,
    weeks=(week(1, reported=2, own="2"), week(2, reported=1)),
)
own.clear(
    "one of two weeks was reported by three",
    "no_own_time",
    since=monday(2),
    severity=0,
    weeks=(week(1, reported=2, own="2"), week(2, reported=3)),
)
own.unknown(
    "a week of which nobody tells how many reported",
    "too_few_reported",
    reason=Reason.TOO_FEW_PEOPLE,
    weeks=(week(1, reported=0),),
)
own.clear(
    "preparation is set aside, and too few reported",
    "preparation_set_aside",
    "too_few_reported",
    since=ago(60),
    severity=0,
    allocations=(hours(1, "session"), hours(1, "preparation", starts_on=ago(60))),
    weeks=(week(1, reported=2),),
)
own.flagged(
    "preparation is set aside, and there is own time all the same",
    "preparation_set_aside",
    "own_time_spent",
    since=monday(5),
    severity=2,
    allocations=(hours(1, "session"), hours(1, "preparation")),
    weeks=(week(1, own="1.5"), week(5, own="2"), week(7)),
)
own.flagged(
    "no preparation, no own time",
    "sessions_without_preparation",
    "no_own_time",
    since=ago(100),
    severity=1,
    allocations=(hours(1, "session"),),
    weeks=(week(1),),
)
own.flagged(
    "both",
    "sessions_without_preparation",
    "own_time_spent",
    since=ago(100),
    severity=2,
    allocations=(hours(1, "session"),),
    weeks=(week(1, own="1"),),
)
own.flagged(
    "the week began 89 days ago",
    "own_time_spent",
    as_of=monday(12) + timedelta(days=89),
    since=monday(12),
    severity=1,
    weeks=(week(12, own="1"),),
)
own.unknown("on the Sunday of the week", as_of=monday(0) - timedelta(days=1), weeks=(week(1, own="1"),))
own.flagged(
    "on the Monday after the week",
    "own_time_spent",
    as_of=monday(0),
    since=monday(1),
    severity=1,
    weeks=(week(1, own="1"),),
)
own.unknown("the week began 90 days ago", as_of=monday(12) + timedelta(days=90), weeks=(week(12, own="1"),))
own.flagged(
    "the week began 89 days ago, without those of a pause",
    "own_time_spent",
    as_of=monday(12) + timedelta(days=99),
    since=monday(12),
    severity=1,
    weeks=(week(12, own="1"),),
    pauses=(pause(30, 20),),
)

fading = Table("fading-time")
fading.unknown("nothing is known")
fading.unknown("nothing before the last eight weeks", weeks=(week(1), week(8)))
fading.unknown("nothing in the last eight weeks", weeks=(week(9), week(16)))
fading.unknown("nothing in the eight before, but long ago", weeks=(week(1), week(17)))
fading.flagged(
    "fell by fifteen points",
    "kept_share_fell",
    since=monday(8),
    severity=15,
    weeks=(week(17, kept="0"), week(16, kept="9"), week(9, kept="9"), week(8, kept="7"), week(1, kept="8")),
)
fading.clear(
    "fell by nearly fifteen points",
    "kept_share_holds",
    since=monday(8),
    severity="14.9",
    weeks=(week(9, kept="9"), week(8, kept="7.51")),
)
fading.clear("rose", "kept_share_holds", since=monday(1), severity=0, weeks=(week(16, kept="2"), week(1, kept="8")))
fading.flagged(
    "summed over the weeks of a period, not averaged",
    "kept_share_fell",
    since=monday(2),
    severity=50,
    weeks=(week(9), week(2, set_aside="1", kept="1"), week(1, set_aside="5", kept="2")),
)
fading.unknown(
    "reported by too few in the last eight weeks",
    "too_few_reported",
    reason=Reason.TOO_FEW_PEOPLE,
    weeks=(week(9), week(1, reported=2)),
)
fading.unknown(
    "reported by too few in the eight before",
    "too_few_reported",
    reason=Reason.TOO_FEW_PEOPLE,
    weeks=(week(9, reported=2), week(1)),
)
fading.flagged(
    "weeks of too few are left out",
    "kept_share_fell",
    since=monday(1),
    severity=100,
    weeks=(week(9), week(10, reported=2, kept="0"), week(1, kept="0"), week(2, reported=2)),
)
fading.unknown("nobody who reported had hours lately", weeks=(week(9), week(1, set_aside="0", kept="0")))
for hidden in (1, 9):
    fading.unknown(
        f"no share is told of week {hidden}, though hours are set aside",
        "share_not_told",
        reason=Reason.TOO_FEW_PEOPLE,
        allocations=(hours(1, "session"),),
        weeks=(week(10 - hidden), week(hidden, set_aside="0", kept="0")),
    )
fading.unknown(
    "no week that counts lately, though hours are set aside", allocations=(hours(1, "session"),), weeks=(week(9),)
)
fading.flagged(
    "with a week of a pause the ninth week back is among the last eight",
    "kept_share_fell",
    since=monday(9),
    severity=100,
    weeks=(week(17), week(9, kept="0")),
    pauses=(pause(20, 13),),
)

TABLES = (
    own,
    fading,
)
