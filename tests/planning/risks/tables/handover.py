"""Entries from other published work: who changed, and whether it was handed over."""

from datetime import date

from planning.risks.snapshot import Person

from .shape import Table, ago, ahead, leader, months_ago, pause, practitioner, stand_in

OLD = {"started_on": months_ago(12, days=1)}  # there for more than 12 months
NEW = {"started_on": months_ago(12)}
GONE = {"started_on": ago(2000), "leaves_on": ago(90)}
TRAINED = {"trained_on": ago(400)}
TOLD = {"handed_over_on": ago(80)}

hands = Table("hands-lost")
hands.unknown("nothing is known", joined_on=ago(900))


def people(*persons: Person, **record) -> dict:
    """A service that began long before."""
    return {"people": persons, "started_on": ago(2000)} | record


# The leader

hands.flagged(
    "the leader left, nobody named",
    "leader_changed_unprepared",
    since=ago(90),
    severity=1,
    **people(leader(**GONE)),
)
hands.unknown(
    "the leader's last day is today", **people(leader(started_on=ago(90), leaves_on=ago(0)), started_on=ago(90))
)
hands.flagged(
    "it was yesterday",
    "leader_changed_unprepared",
    since=ago(1),
    severity=1,
    **people(leader(leaves_on=ago(1))),
)
hands.unknown("the leader will leave", **people(leader(leaves_on=ahead(30))))
hands.flagged(
    "left 12 months ago",
    "leader_changed_unprepared",
    since=months_ago(12),
    severity=1,
    **people(leader(leaves_on=months_ago(12))),
)
hands.unknown("left a day earlier", **people(leader(leaves_on=months_ago(12, days=1))))
hands.flagged(
    "left a day earlier, and it rested for a day",
    "leader_changed_unprepared",
    since=months_ago(12, days=1),
    severity=1,
    **people(leader(leaves_on=months_ago(12, days=1)), pauses=(pause(60, 59),)),
)
hands.flagged(
    "left on 29 February, a year later on the 28th",
    "leader_changed_unprepared",
    since=date(2028, 2, 29),
    severity=1,
    as_of=date(2029, 2, 28),
    **people(leader(leaves_on=date(2028, 2, 29))),
)
hands.unknown(
    "left on 29 February, the day after that",
    as_of=date(2029, 3, 1),
    **people(leader(leaves_on=date(2028, 2, 29))),
)
SUCCEEDED = {**GONE, "successor": 7}
for name, successor, prepared in (
    ("neither trained nor handed over to", {}, False),
    ("trained", TRAINED, True),
    ("handed over to", TOLD, True),
    ("both", {**TRAINED, **TOLD}, True),
):
    for role in (leader, stand_in, practitioner):
        record = people(leader(**SUCCEEDED), role(7, **successor))
        what = f"a successor who is {name}: a {role.__name__}"
        if prepared:
            hands.clear(what, "leader_changed_prepared", since=ago(90), severity=0, **record)
        else:
            hands.flagged(what, "leader_changed_unprepared", since=ago(90), severity=1, **record)
hands.flagged(
    "somebody is trained, but another one is named",
    "leader_changed_unprepared",
    since=ago(90),
    severity=1,
    **people(leader(**SUCCEEDED), practitioner(7), practitioner(8, **TRAINED)),
)
hands.flagged(
    "the one named is not recorded",
    "leader_changed_unprepared",
    since=ago(90),
    severity=1,
    **people(leader(**SUCCEEDED), leader(8, **TRAINED, **OLD)),
)
hands.clear(
    "a new leader whom nobody named takes over, trained",
    "leader_changed_prepared",
    since=ago(90),
    severity=0,
    **people(leader(**GONE), leader(7, started_on=ago(60), **TRAINED)),
)
hands.flagged(
    "a new leader whom nobody named takes over, unprepared",
    "leader_changed_unprepared",
    since=ago(90),
    severity=1,
    **people(leader(**GONE), leader(7, started_on=ago(60))),
)
hands.flagged(
    "a second leader who stays did not take over",
    "leader_changed_unprepared",
    since=ago(90),
    severity=1,
    **people(leader(**GONE), leader(7, **OLD, **TRAINED)),
)
hands.flagged(
    "two new ones whom nobody named, one unprepared",
    "leader_changed_unprepared",
    since=ago(90),
    severity=1,
    **people(leader(**GONE), leader(7, started_on=ago(60), **TRAINED), leader(8, started_on=ago(50))),
)
hands.flagged(
    "two left, one handed over",
    "leader_changed_unprepared",
    since=ago(40),
    severity=1,
    **people(leader(**SUCCEEDED), leader(102, leaves_on=ago(40), successor=8), leader(7, **TOLD), leader(8)),
)
hands.flagged(
    "two left, none handed over: since the first",
    "leader_changed_unprepared",
    since=ago(90),
    severity=2,
    **people(leader(102, leaves_on=ago(40)), leader(**GONE)),
)
hands.flagged(
    "a new leader, nobody left",
    "leader_changed_unprepared",
    since=ago(60),
    severity=1,
    **people(leader(started_on=ago(60))),
)
hands.clear(
    "a new leader, nobody left, trained",
    "leader_changed_prepared",
    since=ago(60),
    severity=0,
    **people(leader(started_on=ago(60), **TRAINED)),
)
hands.clear(
    "a new leader, nobody left, handed over to",
    "leader_changed_prepared",
    since=ago(60),
    severity=0,
    **people(leader(started_on=ago(60), **TOLD)),
)
hands.flagged(
    "a new leader 12 months ago",
    "leader_changed_unprepared",
    since=months_ago(12),
    severity=1,
    **people(leader(**NEW)),
)
hands.unknown("a day earlier", **people(leader(**OLD)))
hands.unknown("it began with this leader", **people(leader(started_on=ago(60)), started_on=ago(60)))
hands.flagged(
    "the leader came a day after the start",
    "leader_changed_unprepared",
    since=ago(59),
    severity=1,
    **people(leader(started_on=ago(59)), started_on=ago(60)),
)
hands.unknown("nobody says when it began", people=(leader(started_on=ago(60)),))
hands.unknown("nobody says when the leader came", **people(leader()))
hands.flagged(
    "the named successor counts once",
    "leader_changed_unprepared",
    since=ago(90),
    severity=1,
    **people(leader(**SUCCEEDED), leader(7, started_on=ago(60))),
)
hands.flagged(
    "named by somebody who left long before: counts alone",
    "leader_changed_unprepared",
    since=ago(60),
    severity=1,
    **people(leader(leaves_on=ago(900), successor=7), leader(7, started_on=ago(60))),
)
hands.flagged(
    "one named and one more came",
    "leader_changed_unprepared",
    since=ago(60),
    severity=1,
    **people(leader(**SUCCEEDED), leader(7, started_on=ago(80), **TOLD), leader(8, started_on=ago(60))),
)
hands.flagged(
    "came and went within the 12 months",
    "leader_changed_unprepared",
    since=ago(20),
    severity=1,
    **people(leader(started_on=ago(60), leaves_on=ago(20), **TRAINED)),
)
hands.unknown("a stand-in left", **people(stand_in(leaves_on=ago(20))))

# The supervisor

SUPERVISOR = Person(number=301, role="supervisor", supervises=True, leaves_on=ago(90))
hands.flagged(
    "the supervisor left, nobody named",
    "supervisor_left_unprepared",
    since=ago(90),
    severity=1,
    **people(SUPERVISOR),
)
hands.clear(
    "the supervisor left, the successor is trained",
    "supervisor_left_prepared",
    since=ago(90),
    severity=0,
    **people(
        Person(number=301, role="supervisor", supervises=True, leaves_on=ago(90), successor=302),
        Person(number=302, role="supervisor", supervises=True, trained_on=ago(400)),
    ),
)
hands.unknown(
    "the supervisor left a day more than 12 months ago",
    **people(Person(number=301, role="supervisor", supervises=True, leaves_on=months_ago(12, days=1))),
)
hands.unknown(
    "the supervisor is still there",
    **people(Person(number=301, role="supervisor", supervises=True, leaves_on=ago(0))),
)
hands.flagged(
    "a leader who supervised counts once, as the leader",
    "leader_changed_unprepared",
    since=ago(90),
    severity=1,
    **people(leader(supervises=True, **GONE)),
)
FOUR = tuple(practitioner(number, **OLD) for number in range(2, 6))
hands.flagged(
    "a practitioner who supervised left: the supervisor, whatever the share",
    "supervisor_left_unprepared",
    since=ago(90),
    severity=1,
    **people(practitioner(1, supervises=True, **GONE), *FOUR),
)
hands.flagged(
    "a practitioner who supervised is in the share, and counts once",
    "supervisor_left_unprepared",
    "practitioners_went_unprepared",
    since=ago(90),
    severity=2,
    **people(practitioner(1, supervises=True, **GONE), practitioner(6, stopped_on=ago(50), **OLD), *FOUR),
)
hands.unknown(
    "a practitioner who supervises stopped using IMR: one of five",
    **people(practitioner(1, supervises=True, stopped_on=ago(50), **OLD), *FOUR),
)

TABLES = (hands,)
