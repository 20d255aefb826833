"""Theme 1: other duties, and what is expected."""

from datetime import timedelta

from planning.risks.answer import Reason

from .shape import Table, ago, conflicts, expectation, hours, leader, monday, pause, practitioner, said, week

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
    severity="33.3",
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
    severity="33.3",
    logging_since=ago(300),
    conflicts=conflicts(29, 35, 36),
)
crowded.watch(
    "two in 30 days, whether the log is open or not",
    "conflicts_lately",
    since=ago(29),
    severity="66.7",
    conflicts=conflicts(0, 29),
)
crowded.clear(
    "the second one 30 days ago",
    "conflicts_lately",
    since=ago(0),
    severity="33.3",
    logging_since=ago(300),
    conflicts=conflicts(0, 30),
)
crowded.flagged("three in 30 days", "conflicts_lately", since=ago(29), severity=100, conflicts=conflicts(0, 12, 29))
crowded.watch(
    "the third one 30 days ago", "conflicts_lately", since=ago(12), severity="66.7", conflicts=conflicts(0, 12, 30)
)
crowded.flagged(
    "four, answered or not",
    "conflicts_lately",
    since=ago(20),
    severity="133.3",
    conflicts=conflicts(1, 1, answered=((20, 19), (15, 1))),
)

# By the hours, of the last four full weeks.
crowded.flagged(
    "a fifth lost",
    "hours_lost",
    since=monday(4),
    severity=100,
    weeks=(week(5, kept="0"), week(4), week(3), week(2), week(1, kept="2")),
)
crowded.watch(
    "nearly a fifth lost",
    "hours_lost",
    since=monday(4),
    severity="99.8",
    weeks=(week(4), week(3), week(2), week(1, kept="2.02")),
)
crowded.watch(
    "a tenth lost", "hours_lost", since=monday(2), severity=50, weeks=(week(2), week(1, kept="8"), week(5, kept="0"))
)
crowded.clear(
    "nearly a tenth lost", "hours_lost", since=monday(2), severity="49.8", weeks=(week(2), week(1, kept="8.01"))
)
crowded.clear("nothing lost in the one week", "hours_lost", since=monday(4), severity=0, weeks=(week(4),))
crowded.unknown("only a week before the last four", weeks=(week(5, kept="0"),))
crowded.clear(
    "only a week before the last four, without the days of a pause",
    "hours_lost",
    since=monday(5),
    severity=0,
    weeks=(week(5),),
    pauses=(pause(20, 13),),
)
crowded.unknown("a day less of a pause is not enough", weeks=(week(5),), pauses=(pause(20, 14),))
crowded.clear(
    "on the Monday after the week", "hours_lost", as_of=monday(0), since=monday(1), severity=0, weeks=(week(1),)
)
crowded.unknown("on the Sunday of the week", as_of=monday(0) - timedelta(days=1), weeks=(week(1),))
crowded.clear(
    "four weeks back on a Sunday",
    "hours_lost",
    as_of=monday(-1) - timedelta(days=1),
    since=monday(4),
    severity=0,
    weeks=(week(4),),
)
crowded.unknown("five weeks back on the next day", as_of=monday(-1), weeks=(week(4),))
crowded.unknown(
    "reported by too few", "too_few_reported", reason=Reason.TOO_FEW_PEOPLE, weeks=(week(1, reported=2, kept="0"),)
)
crowded.unknown(
    "reported by too few lately", "too_few_reported", reason=Reason.TOO_FEW_PEOPLE, weeks=(week(1, reported=2), week(5))
)
crowded.unknown("nobody who reported had hours", weeks=(week(1, set_aside="0", kept="0"),))
crowded.unknown(
    "no share is told, though hours are set aside",
    "share_not_told",
    reason=Reason.TOO_FEW_PEOPLE,
    allocations=(hours(1, "session"),),
    weeks=(week(1, set_aside="0", kept="0"),),
)
crowded.clear(
    "reported by too few, with the log in use",
    "conflicts_lately",
    "too_few_reported",
    since=ago(300),
    severity=0,
    logging_since=ago(300),
    conflicts=conflicts(60),
    weeks=(week(1, reported=2, kept="0"),),
)
crowded.clear(
    "nothing lost, and a log nobody has used",
    "log_unused",
    "hours_lost",
    since=monday(1),
    severity=0,
    logging_since=ago(300),
    weeks=(week(1),),
)
crowded.clear(
    "nothing lost, and a single conflict",
    "conflicts_lately",
    "hours_lost",
    since=monday(1),
    severity="33.3",
    conflicts=conflicts(3),
    weeks=(week(1),),
)
crowded.watch(
    "two conflicts, though nothing was lost",
    "conflicts_lately",
    "hours_lost",
    since=ago(9),
    severity="66.7",
    conflicts=conflicts(3, 9),
    weeks=(week(1),),
)
crowded.flagged(
    "half is lost, though the log is quiet",
    "conflicts_lately",
    "hours_lost",
    since=monday(1),
    severity=250,
    logging_since=ago(300),
    conflicts=conflicts(60),
    weeks=(week(1, kept="5"),),
)
crowded.flagged(
    "three conflicts within 30 days without those of a pause",
    "conflicts_lately",
    since=ago(39),
    severity=100,
    conflicts=conflicts(0, 5, 39),
    pauses=(pause(20, 10),),
)
crowded.unknown(
    "the log open for 30 days, ten of them in a pause",
    logging_since=ago(39),
    pauses=(pause(20, 10),),
)
crowded.clear(
    "quiet since the last but one left the 30 days, and those of a pause",
    "conflicts_lately",
    since=ago(5),
    severity="33.3",
    logging_since=ago(300),
    conflicts=conflicts(29, 45, 46),
    pauses=(pause(20, 10),),
)

unspoken = Table("expectations-unspoken")
unspoken.unknown("nothing is known")
unspoken.unknown("nothing written on the 59th day after joining", joined_on=ago(59))
unspoken.flagged(
    "nothing written on the 60th day after joining", "no_expectations", joined_on=ago(60), since=ago(60), severity=100
)
unspoken.unknown("nothing written, described only", described=True, joined_on=ago(600))
unspoken.flagged(
    "said to be unwritten in the first days",
    "no_expectations_said",
    joined_on=ago(9),
    since=ago(4),
    severity=100,
    confirmed_empty=(said("expectations", 4),),
)
unspoken.flagged(
    "missing, and said to be unwritten",
    "no_expectations",
    "no_expectations_said",
    joined_on=ago(100),
    since=ago(100),
    severity=100,
    confirmed_empty=(said("expectations", 4),),
)
unspoken.flagged(
    "said to be unwritten after it was published",
    "no_expectations_said",
    since=ago(39),
    severity=100,
    people=(practitioner(),),
    expectation=expectation(40, noted=((1, 30),)),
    confirmed_empty=(said("expectations", 39),),
)
unspoken.clear(
    "published on the day on which it was said to be unwritten",
    "expectations_known",
    since=ago(30),
    severity=0,
    people=(practitioner(),),
    expectation=expectation(40, noted=((1, 30),)),
    confirmed_empty=(said("expectations", 40),),
)
unspoken.unknown(
    "nobody practises",
    joined_on=ago(600),
    people=(leader(), practitioner(stopped_on=ago(0))),
    expectation=expectation(40),
)
unspoken.clear(
    "all have taken note: since the last of them",
    "expectations_known",
    since=ago(12),
    severity=0,
    joined_on=ago(600),
    people=(practitioner(1), practitioner(2), practitioner(3, leaves_on=ago(1)), leader()),
    expectation=expectation(40, noted=((1, 30), (2, 12), (9, 3))),
)
unspoken.clear(
    "told before it was published",
    "expectations_known",
    since=ago(40),
    severity=0,
    people=(practitioner(),),
    expectation=expectation(40, noted=((1, 45),)),
)
unspoken.flagged(
    "one of three has not",
    "expectations_unread",
    since=ago(40),
    severity="33.3",
    joined_on=ago(600),
    people=(practitioner(1), practitioner(2), practitioner(3, started_on=ago(400))),
    expectation=expectation(40, noted=((1, 30), (2, 12))),
)
unspoken.flagged(
    "nobody has, and one of them began later",
    "expectations_unread",
    since=ago(20),
    severity=100,
    joined_on=ago(600),
    people=(practitioner(1, started_on=ago(5)), practitioner(2, started_on=ago(20))),
    expectation=expectation(40),
)
unspoken.flagged(
    "counted from joining when that is later",
    "expectations_unread",
    since=ago(3),
    severity=100,
    joined_on=ago(3),
    people=(practitioner(),),
    expectation=expectation(40),
)
unspoken.unknown(
    "nobody has, described only",
    "expectations_unread",
    described=True,
    joined_on=ago(600),
    people=(practitioner(),),
    expectation=expectation(40),
)
unspoken.flagged(
    "one of two has, described only",
    "expectations_unread",
    since=ago(40),
    severity=50,
    described=True,
    people=(practitioner(1), practitioner(2)),
    expectation=expectation(40, noted=((2, 30),)),
)
unspoken.flagged(
    "somebody said that nobody has, described only",
    "expectations_unread",
    since=ago(39),
    severity=100,
    described=True,
    people=(practitioner(),),
    expectation=expectation(40),
    confirmed_empty=(said("acknowledgements", 39),),
)
unspoken.unknown(
    "somebody said so of an earlier version",
    "expectations_unread",
    described=True,
    people=(practitioner(),),
    expectation=expectation(40),
    confirmed_empty=(said("acknowledgements", 40),),
)

TABLES = (
    crowded,
    unspoken,
)
