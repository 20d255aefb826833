"""Theme 2."""

from .shape import Table, action, ago, ahead, conflicts, goal, hours, leader, pause, practitioner, review, stand_in

no_leader = Table("no-leader")
no_leader.unknown("nobody is recorded")
no_leader.unknown("no leader was ever recorded", people=(practitioner(), stand_in()))
no_leader.clear(
    "a leader is there",
    "leader_in_post",
    since=ago(400),
    severity=0,
    people=(leader(started_on=ago(400)), leader(102, started_on=ago(90))),
)
no_leader.clear("since when is not recorded", "leader_in_post", severity=0, people=(leader(),))
no_leader.clear("on the last day", "leader_in_post", severity=0, people=(leader(leaves_on=ago(0)),))
no_leader.flagged(
    "the last one left",
    "post_empty",
    since=ago(1),
    severity=2,
    people=(leader(leaves_on=ago(1)), leader(102, leaves_on=ago(9))),
)
no_leader.flagged(
    "the last one left, with a stand-in",
    "post_empty_with_stand_in",
    since=ago(5),
    severity=2,
    people=(leader(leaves_on=ago(5)), stand_in()),
)
no_leader.flagged(
    "the stand-in has left too",
    "post_empty",
    since=ago(5),
    severity=2,
    people=(leader(leaves_on=ago(5)), stand_in(leaves_on=ago(2))),
)
no_leader.clear("one left, another came", "leader_in_post", severity=0, people=(leader(leaves_on=ago(5)), leader(102)))
no_leader.clear("away for 29 days", "leader_in_post", severity=0, people=(leader(away_from=ago(29)),))
no_leader.flagged(
    "away for 30 days", "leader_away", since=ago(30), severity=1, people=(leader(away_from=ago(30), away_until=ago(0)),)
)
no_leader.clear(
    "away for 30 days, of which it rested for one",
    "leader_in_post",
    severity=0,
    people=(leader(away_from=ago(30)),),
    pauses=(pause(9, 8),),
)
no_leader.clear(
    "was away and is back", "leader_in_post", severity=0, people=(leader(away_from=ago(80), away_until=ago(1)),)
)
no_leader.clear("will be away", "leader_in_post", severity=0, people=(leader(away_from=ahead(1)),))
no_leader.clear(
    "away with a stand-in", "stand_in_covers", since=ago(50), severity=0, people=(leader(away_from=ago(50)), stand_in())
)
no_leader.flagged(
    "away, and the stand-in too",
    "leader_away",
    since=ago(50),
    severity=1,
    people=(leader(away_from=ago(50)), stand_in(away_from=ago(30))),
)
no_leader.clear(
    "away, and the stand-in on a short leave",
    "stand_in_covers",
    since=ago(50),
    severity=0,
    people=(leader(away_from=ago(50)), stand_in(away_from=ago(29))),
)
no_leader.flagged(
    "two leaders away: since the last one went",
    "leader_away",
    since=ago(40),
    severity=1,
    people=(leader(away_from=ago(90)), leader(102, away_from=ago(40)), leader(103, leaves_on=ago(200))),
)
no_leader.clear(
    "one of two leaders away", "leader_in_post", severity=0, people=(leader(away_from=ago(90)), leader(102))
)

passive = Table("passive-support")
IDLE = {"joined_on": ago(60)}
passive.unknown("nothing is known")
passive.unknown("something waits, nobody says since when the service is here", conflicts=conflicts(70))
passive.unknown("described only", joined_on=ago(600), described=True, conflicts=conflicts(70))
passive.unknown("joined 59 days ago", joined_on=ago(59), conflicts=conflicts(50))
passive.unknown("nothing waits", "nothing_waits_for_leader", **IDLE)
passive.flagged(
    "a conflict has waited for 7 days", "no_leader_act", since=ago(60), severity=1, conflicts=conflicts(7), **IDLE
)
passive.unknown("a conflict has waited for 6 days", "nothing_waits_for_leader", conflicts=conflicts(6), **IDLE)
passive.flagged(
    "a review is 7 days past its day", "no_leader_act", since=ago(60), severity=1, review_due_on=(ago(7),), **IDLE
)
passive.unknown("a review is 6 days past its day", "nothing_waits_for_leader", review_due_on=(ago(6),), **IDLE)
passive.flagged(
    "an action has been open for 7 days",
    "no_leader_act",
    since=ago(60),
    severity=1,
    actions=(action(opened=7), action(2, opened=50, closed=3)),
    **IDLE,
)
passive.unknown("an action has been open for 6 days", "nothing_waits_for_leader", actions=(action(opened=6),), **IDLE)
passive.flagged(
    "counted from the last act, when that is later",
    "no_leader_act",
    since=ago(60),
    severity=4,
    joined_on=ago(600),
    conflicts=conflicts(90, answered=((200, 60),)),
    reviews=(review(held=300),),
    review_due_on=(ago(300), ago(40), ago(10)),
    leader_moved_on=(ago(61),),
    actions=(action(opened=20),),
)
passive.flagged(
    "counted from the last act of a service that never joined",
    "no_leader_act",
    since=ago(70),
    severity=1,
    conflicts=conflicts(90, answered=((200, 70),)),
)
passive.unknown(
    "a later review makes up for a missed one",
    "nothing_waits_for_leader",
    joined_on=ago(600),
    reviews=(review(1, held=80), review(2, held=300)),
    review_due_on=(ago(90), ago(80)),
)
passive.clear(
    "a conflict was answered 59 days ago",
    "leader_acts",
    since=ago(59),
    severity=1,
    joined_on=ago(600),
    conflicts=conflicts(90, answered=((200, 59),)),
)
passive.clear("a review was held", "leader_acts", since=ago(59), severity=0, reviews=(review(held=59),))
passive.clear(
    "actions were moved: since the first within the 60 days",
    "leader_acts",
    since=ago(50),
    severity=0,
    leader_moved_on=(ago(5), ago(50), ago(60)),
)

unanswered = Table("unanswered-conflicts")
unanswered.unknown("nothing is logged", joined_on=ago(600), logging_since=ago(300))
unanswered.unknown("the only one is 6 days old", "conflicts_too_young", conflicts=conflicts(6))
unanswered.watch("7 days", "conflicts_waiting", since=ago(7), severity=1, conflicts=conflicts(7))
unanswered.watch("13 days", "conflicts_waiting", since=ago(13), severity=2, conflicts=conflicts(13, 9, 3))
unanswered.flagged("14 days", "conflicts_waiting", since=ago(14), severity=1, conflicts=conflicts(14))
unanswered.flagged(
    "several: since the oldest that flags",
    "conflicts_waiting",
    "conflicts_waiting",
    since=ago(30),
    severity=3,
    conflicts=conflicts(30, 14, 8, 1, answered=((200, 190),)),
)
unanswered.clear(
    "all answered in time: since the first answer",
    "conflicts_answered",
    since=ago(95),
    severity=0,
    conflicts=conflicts(answered=((100, 95), (50, 44))),
)
unanswered.clear(
    "since the last answer that came late",
    "conflicts_answered",
    since=ago(40),
    severity=0,
    conflicts=conflicts(6, answered=((100, 95), (80, 60), (47, 40), (30, 29))),
)
unanswered.watch(
    "14 days, of which it rested for one",
    "conflicts_waiting",
    since=ago(14),
    severity=1,
    conflicts=conflicts(14),
    pauses=(pause(9, 8),),
)
unanswered.unknown(
    "7 days, of which it rested for one", "conflicts_too_young", conflicts=conflicts(7), pauses=(pause(6, 5),)
)
unanswered.clear(
    "answered after 8 days, of which it rested for two: in time",
    "conflicts_answered",
    since=ago(95),
    severity=0,
    conflicts=conflicts(answered=((100, 95), (50, 42))),
    pauses=(pause(48, 46),),
)
unanswered.clear(
    "answered after 8 days, of which it rested for one: late",
    "conflicts_answered",
    since=ago(42),
    severity=0,
    conflicts=conflicts(answered=((100, 95), (50, 42))),
    pauses=(pause(48, 47), pause(30, 20)),
)

bottom_up = Table("bottom-up")
bottom_up.unknown("nothing is open", actions=(action(owner="practitioner", closed=1),))
bottom_up.unknown(
    "nobody owns anything", goals=(goal(owner=None),), actions=(action(owner=None), action(2, owner=None))
)
bottom_up.unknown(
    "two, none the leader's",
    "too_few_owned",
    goals=(goal(owner="practitioner"),),
    actions=(action(owner="practitioner"), action(2, owner="leader", closed=2)),
)
bottom_up.flagged(
    "three, none the leader's",
    "leader_owns_none",
    since=ago(70),
    severity=100,
    goals=(goal(owner="practitioner", stated=70),),
    actions=(action(owner="practitioner"), action(2, owner="practitioner")),
)
bottom_up.unknown(
    "three, of which one has no owner",
    "too_few_owned",
    actions=(action(owner="practitioner"), action(2, owner="practitioner"), action(3, owner=None)),
)
bottom_up.flagged(
    "practitioners own 4 of 5",
    "practitioners_own_most",
    since=ago(62),
    severity=80,
    goals=(goal(owner="leader", stated=99),),
    actions=tuple(action(n, opened=58 + n, owner="practitioner") for n in range(1, 5)),
)
bottom_up.clear(
    "practitioners own a little less",
    "leader_owns_some",
    since=ago(50),
    severity="79.3",
    actions=tuple(action(n, owner="practitioner" if n < 23 else "leader") for n in range(29)),
)
bottom_up.clear(
    "practitioners own 7 of 9",
    "leader_owns_some",
    since=ago(50),
    severity="77.8",
    actions=(
        *(action(n, owner="practitioner", opened=90) for n in range(7)),
        action(8, owner="stand_in", opened=50),
        action(9, owner="leader", opened=40),
    ),
)
bottom_up.clear(
    "the leader owns the only one", "leader_owns_some", since=ago(50), severity=0, goals=(goal(owner="leader"),)
)
bottom_up.flagged(
    "three of other people",
    "leader_owns_none",
    since=ago(50),
    severity=100,
    actions=tuple(action(n, owner="sponsor") for n in range(3)),
)

champion = Table("lone-champion")
champion.unknown("nothing is known", joined_on=ago(600))
champion.flagged(
    "one holds 60 percent",
    "one_holds_most_hours",
    since=ago(80),
    severity=60,
    allocations=(
        hours(1, "session", "1.5", starts_on=ago(20)),
        hours(1, "supervision", "1.5", starts_on=ago(80)),
        hours(2, "session", "2", starts_on=ago(90)),
    ),
)
champion.unknown(
    "one holds a little less, training unknown",
    "hours_shared",
    allocations=(hours(1, "session", "2.99"), hours(2, "session", "2")),
)
champion.flagged(
    "all hours are one person's",
    "one_holds_most_hours",
    since=ago(100),
    severity=100,
    allocations=(hours(1, "session"),),
)
TRAINED = {"trained_on": ago(300)}
champion.flagged(
    "the only practitioner is trained",
    "one_trained",
    since=ago(300),
    severity=100,
    people=(practitioner(1, **TRAINED),),
)
champion.unknown(
    "one of two trained, in the first days", joined_on=ago(59), people=(practitioner(1, **TRAINED), practitioner(2))
)
champion.flagged(
    "one of two trained, after the first days",
    "one_trained",
    since=ago(300),
    severity=100,
    joined_on=ago(60),
    people=(practitioner(1, **TRAINED), practitioner(2)),
)
champion.unknown("nobody is trained", joined_on=ago(600), people=(practitioner(1), practitioner(2)))
champion.flagged(
    "alone since the last other one stopped",
    "one_trained",
    since=ago(15),
    severity=100,
    people=(
        practitioner(1, **TRAINED),
        practitioner(2, stopped_on=ago(15), **TRAINED),
        practitioner(3, leaves_on=ago(40), **TRAINED),
        practitioner(4, stopped_on=ago(3)),
        leader(**TRAINED),
    ),
)
champion.flagged(
    "alone since the other one stopped today",
    "one_trained",
    since=ago(0),
    severity=100,
    people=(practitioner(1, **TRAINED), practitioner(2, stopped_on=ago(0), **TRAINED)),
)
champion.unknown(
    "two trained, hours unknown",
    "several_trained",
    joined_on=ago(600),
    people=(practitioner(1, **TRAINED), practitioner(2, **TRAINED)),
)
champion.clear(
    "two trained, hours shared",
    "hours_shared",
    "several_trained",
    since=ago(200),
    severity=50,
    people=(practitioner(1, **TRAINED), practitioner(2, trained_on=ago(200)), practitioner(3)),
    allocations=(hours(1, "session", starts_on=ago(90)), hours(2, "session", starts_on=ago(10))),
)
champion.clear(
    "shared as it now is since the last hours were set aside",
    "hours_shared",
    "several_trained",
    since=ago(50),
    severity=50,
    people=(practitioner(1, **TRAINED), practitioner(2, trained_on=ago(50))),
    allocations=(hours(1, "session", starts_on=ago(90)), hours(2, "session", starts_on=ago(10))),
)
champion.flagged(
    "two trained, hours with one",
    "one_holds_most_hours",
    "several_trained",
    since=ago(100),
    severity="66.7",
    people=(practitioner(1, **TRAINED), practitioner(2, **TRAINED)),
    allocations=(hours(1, "session", "2"), hours(2, "session", "1")),
)
champion.flagged(
    "one trained, hours shared",
    "hours_shared",
    "one_trained",
    since=ago(300),
    severity=100,
    joined_on=ago(600),
    people=(practitioner(1, **TRAINED), practitioner(2)),
    allocations=(hours(1, "session"), hours(2, "session")),
)
champion.flagged(
    "the hours of somebody who left do not count",
    "one_holds_most_hours",
    since=ago(100),
    severity=100,
    people=(practitioner(2, leaves_on=ago(1)),),
    allocations=(hours(1, "session"), hours(2, "session")),
)

TABLES = (no_leader, passive, unanswered, bottom_up, champion)
