"""Entries from other published work: practitioners who went, and those who stayed."""

from planning.risks.snapshot import ConfirmedEmpty

from .handover import FOUR, GONE, NEW, OLD, SUCCEEDED, SUPERVISOR, TOLD, TRAINED, people
from .shape import Table, ago, leader, months_ago, pause, practitioner, said

hands = Table("hands-lost")
hands.unknown("nothing is known", joined_on=ago(900))

# Practitioners

hands.flagged(
    "1 of 3 left",
    "practitioners_went_unprepared",
    since=ago(90),
    severity=1,
    **people(practitioner(1, **GONE), *FOUR[:2]),
)
hands.unknown("1 of 4 left", **people(practitioner(1, **GONE), *FOUR[:3]))
hands.flagged(
    "1 of 3 stopped",
    "practitioners_went_unprepared",
    since=ago(30),
    severity=1,
    **people(practitioner(1, stopped_on=ago(30)), *FOUR[:2]),
)
hands.flagged(
    "stopped today",
    "practitioners_went_unprepared",
    since=ago(0),
    severity=1,
    **people(practitioner(1, stopped_on=ago(0)), *FOUR[:2]),
)
hands.flagged(
    "the only one left", "practitioners_went_unprepared", since=ago(90), severity=1, **people(practitioner(1, **GONE))
)
hands.clear(
    "the only one left and handed over",
    "practitioners_went_prepared",
    since=ago(90),
    severity=0,
    **people(practitioner(1, **SUCCEEDED), practitioner(7, started_on=ago(80), **TOLD)),
)
hands.flagged(
    "stopped, then left: since the first of the two",
    "practitioners_went_unprepared",
    since=ago(200),
    severity=1,
    **people(practitioner(1, stopped_on=ago(200), leaves_on=ago(20)), *FOUR[:2]),
)
hands.unknown(
    "stopped long ago, then left",
    **people(practitioner(1, stopped_on=months_ago(12, days=1), leaves_on=ago(20)), *FOUR[:2]),
)
hands.flagged(
    "those who came within the 12 months do not make the share smaller",
    "practitioners_went_unprepared",
    since=ago(90),
    severity=1,
    **people(practitioner(1, **GONE), *FOUR[:2], *(practitioner(number, **NEW) for number in (8, 9))),
)
hands.unknown(
    "those who came a day earlier do",
    **people(practitioner(1, **GONE), *FOUR[:2], practitioner(8, **OLD)),
)
hands.unknown(
    "a third, or a quarter if the one without a date was there before",
    "turnover_not_dated",
    **people(practitioner(1, **GONE), *FOUR[:2], practitioner(8)),
)
hands.unknown(
    "two of whom nobody knows",
    "turnover_not_dated",
    **people(
        practitioner(1, **GONE), practitioner(2, **GONE), practitioner(6, **OLD), *map(practitioner, range(11, 15))
    ),
)
hands.flagged(
    "a third all the same",
    "practitioners_went_unprepared",
    since=ago(90),
    severity=1,
    **people(practitioner(1, **GONE), practitioner(2, **OLD), practitioner(8)),
)
hands.unknown("less than a third all the same", **people(practitioner(1, **GONE), *FOUR[:3], practitioner(8)))
hands.flagged(
    "2 of 6, one handed over",
    "practitioners_went_unprepared",
    since=ago(50),
    severity=1,
    **people(
        practitioner(1, **SUCCEEDED), practitioner(6, stopped_on=ago(50)), practitioner(7, **OLD, **TRAINED), *FOUR[:3]
    ),
)
hands.flagged(
    "2 of 6, none handed over",
    "practitioners_went_unprepared",
    since=ago(90),
    severity=2,
    **people(practitioner(1, **GONE), practitioner(6, stopped_on=ago(50)), *FOUR),
)
hands.unknown(
    "a leader left long ago, and a practitioner of four now",
    **people(leader(leaves_on=ago(900)), practitioner(1, **GONE), *FOUR[:3]),
)

# Several, and the share that nobody can say

hands.flagged(
    "leader, supervisor and practitioner: since the first that was not handed over",
    "leader_changed_prepared",
    "supervisor_left_unprepared",
    "practitioners_went_unprepared",
    since=ago(90),
    severity=2,
    **people(
        leader(101, leaves_on=ago(300), successor=7),
        leader(7, started_on=ago(300), **TOLD),
        SUPERVISOR,
        practitioner(1, stopped_on=ago(40)),
    ),
)
hands.flagged(
    "the leader was not replaced, the share is not known",
    "leader_changed_unprepared",
    "turnover_not_dated",
    since=ago(90),
    severity=1,
    **people(leader(**GONE), practitioner(1, **GONE), *FOUR[:2], practitioner(8)),
)
hands.unknown(
    "the leader handed over, the share is not known",
    "leader_changed_prepared",
    "turnover_not_dated",
    **people(leader(**SUCCEEDED), leader(7, **TOLD), practitioner(1, **GONE), *FOUR[:2], practitioner(8)),
)

# Nobody changed

HERE = (leader(**OLD), practitioner(1, **OLD))
hands.clear("all there for more than 12 months", "all_stayed", since=ago(1), severity=0, **people(*HERE))
hands.clear(
    "since the newest was",
    "all_stayed",
    since=ago(1),
    severity=0,
    **people(leader(started_on=ago(3000)), practitioner(1, started_on=ago(2500)), practitioner(2, **OLD)),
)
hands.unknown("one practitioner for a day less", **people(*HERE, practitioner(2, **NEW)))
hands.unknown("of one practitioner it is not recorded", **people(*HERE, practitioner(2)))
hands.unknown("of one leader it is not recorded", **people(*HERE, leader(102)))
hands.unknown("no leader", **people(practitioner(1, **OLD)))
hands.unknown("no practitioner", **people(leader(**OLD)))
hands.unknown("the leader left long ago", **people(leader(leaves_on=ago(900), **OLD), practitioner(1, **OLD)))
hands.clear(
    "who stopped long ago does not count",
    "all_stayed",
    since=ago(1),
    severity=0,
    **people(*HERE, practitioner(2, stopped_on=ago(900))),
)
hands.clear(
    "one of many left: the others stayed",
    "all_stayed",
    since=ago(1),
    severity=0,
    **people(leader(**OLD), practitioner(1, **GONE), *FOUR),
)
hands.unknown(
    "there for more than 12 months, of which it rested for a day",
    **people(leader(started_on=ago(3000)), practitioner(1, **OLD), pauses=(pause(60, 59),)),
)
hands.clear(
    "somebody says there was none",
    "no_change_said",
    since=months_ago(12),
    severity=0,
    confirmed_empty=(ConfirmedEmpty("staff_changes", months_ago(12)),),
)
hands.unknown(
    "said a day more than 12 months ago",
    confirmed_empty=(ConfirmedEmpty("staff_changes", months_ago(12, days=1)),),
)
hands.clear(
    "said, and all there for long",
    "all_stayed",
    "no_change_said",
    since=ago(5),
    severity=0,
    **people(
        leader(started_on=ago(3000)),
        practitioner(1, started_on=months_ago(12, days=4)),
        confirmed_empty=(said("staff_changes", 5),),
    ),
)
hands.flagged(
    "said, and the leader left all the same",
    "leader_changed_unprepared",
    since=ago(90),
    severity=1,
    **people(leader(**GONE), confirmed_empty=(said("staff_changes", 5),)),
)
hands.clear(
    "said after one of many left",
    "no_change_said",
    since=ago(89),
    severity=0,
    **people(practitioner(1, **GONE), *FOUR, confirmed_empty=(said("staff_changes", 89),)),
)
hands.unknown(
    "said after one of many left, and before another",
    **people(
        practitioner(1, **GONE),
        practitioner(6, stopped_on=ago(40)),
        *FOUR,
        practitioner(7, **OLD),
        confirmed_empty=(said("staff_changes", 60),),
    ),
)
hands.unknown(
    "said on the day one of many left",
    **people(practitioner(1, **GONE), *FOUR, confirmed_empty=(said("staff_changes", 90),)),
)
hands.unknown(
    "said, and the share is not known",
    "turnover_not_dated",
    **people(practitioner(1, **GONE), *FOUR[:2], practitioner(8), confirmed_empty=(said("staff_changes", 5),)),
)

TABLES = (hands,)
