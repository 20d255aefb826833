"""Theme 2: what staff and leader answered on the leadership scale."""

from datetime import date
from decimal import Decimal

from planning.risks.answer import Reason
from planning.risks.snapshot import LeadershipRating, OwnLeadershipRating

from .shape import Table, ago, conflicts, months_ago, observed, pause, review

FEW = Reason.TOO_FEW_PEOPLE
SUBSCALES = ("proactive", "knowledgeable", "supportive", "perseverant")


def by_staff(on=None, *, answers=6, minimum=5, rest="3", bounded=(), **figures) -> LeadershipRating:
    """A rating by staff; `rest` is the mean of every sub-scale that is not named."""
    means = {name: Decimal(figures.get(name, rest)) for name in SUBSCALES}
    return LeadershipRating(rated_on=on or ago(20), answers=answers, minimum=minimum, bounded=bounded, **means)


def limits(bound: str, *names: str) -> tuple:
    """Sub-scales of which only a limit is known, all four if none is named."""
    return tuple((name, bound) for name in names or SUBSCALES)


def own(on=None, *, rest="3", **figures) -> OwnLeadershipRating:
    """The leader's own rating, likewise."""
    return OwnLeadershipRating(on or ago(10), **{name: Decimal(figures.get(name, rest)) for name in SUBSCALES})


def on_one_subscale(entry: str, subscale: str, code: str) -> Table:
    """The cases of an entry that reads one sub-scale with the limit 2.0, and no other."""

    def rated(figure, on=None, **fields):
        others = {name: "0" if Decimal(figure) >= 2 else "4" for name in SUBSCALES if name != subscale}
        return {"leadership": (by_staff(on, **{subscale: figure}, **others, **fields),)}

    table = Table(entry)
    table.unknown("nobody was asked", joined_on=ago(900))
    table.flagged("a little under 2", code, since=ago(20), severity="2.001", **rated("1.999"))
    table.flagged("nearly 2, unrounded", code, since=ago(20), severity="2.0000000001", **rated("1.9999999999"))
    table.clear("2", code, since=ago(20), severity=2, **rated("2.0"))
    table.clear("a little over 2", code, since=ago(20), severity="1.999", **rated("2.001"))
    table.clear("the end of the scale", code, since=ago(20), severity=0, **rated("4"))
    table.flagged("nought", code, since=ago(20), severity=4, **rated("0"))
    table.flagged(
        "as many answered as were agreed", code, since=ago(20), severity=3, **rated("1", answers=5, minimum=5)
    )
    table.unknown("one fewer", "too_few_answers", reason=FEW, **rated("1", answers=4, minimum=5))
    table.flagged(
        "as many as a lower number agreed", code, since=ago(20), severity=3, **rated("1", answers=3, minimum=3)
    )
    table.unknown("one fewer than that", "too_few_answers", reason=FEW, **rated("1", answers=2, minimum=3))
    table.flagged("13 months old today", code, since=months_ago(13), severity=3, **rated("1", months_ago(13)))
    table.unknown("a day older", "staff_rating_too_old", **rated("1", months_ago(13, days=1)))
    table.unknown(
        "too old, and too few answered", "staff_rating_too_old", **rated("1", months_ago(13, days=1), answers=1)
    )
    table.flagged(
        "a day older, with a day of rest in between",
        code,
        since=months_ago(13, days=1),
        severity=3,
        pauses=(pause(9, 8),),
        **rated("1", months_ago(13, days=1)),
    )
    for as_of, oldest, counts in (
        (date(2027, 2, 28), date(2026, 1, 31), True),
        (date(2027, 3, 1), date(2026, 1, 31), False),
        (date(2028, 2, 29), date(2027, 1, 29), True),
        (date(2028, 2, 29), date(2027, 1, 28), False),
        (date(2029, 3, 29), date(2028, 2, 29), True),
        (date(2029, 3, 30), date(2028, 2, 29), False),
    ):
        record = rated("1", oldest) | {"as_of": as_of}
        if counts:
            table.flagged(f"of {oldest}, on {as_of}", code, since=oldest, severity=3, **record)
        else:
            table.unknown(f"of {oldest}, on {as_of}", "staff_rating_too_old", **record)
    table.flagged(
        "the latest counts, whatever the order",
        code,
        since=ago(20),
        severity=3,
        leadership=(*rated("1")["leadership"], *rated("4", ago(200))["leadership"]),
    )
    table.clear(
        "the latest is better",
        code,
        since=ago(20),
        severity=0,
        leadership=(*rated("1", ago(200))["leadership"], *rated("4")["leadership"]),
    )
    table.unknown(
        "an earlier one with more answers does not stand in",
        "too_few_answers",
        reason=FEW,
        leadership=(*rated("1", ago(200))["leadership"], *rated("4", answers=4)["leadership"]),
    )
    return table


unconvinced = on_one_subscale("leader-unconvinced", "supportive", "support_rated")
knows_little = on_one_subscale("leader-knows-little", "knowledgeable", "knowledge_rated")

passive = Table("passive-support")
RATED = {"since": ago(20)}
passive.unknown("support fine and too few answered", "too_few_answers", reason=FEW, leadership=(by_staff(answers=4),))
passive.unknown(
    "rated too long ago",
    "staff_rating_too_old",
    leadership=(by_staff(months_ago(13, days=1), proactive="1"),),
)
passive.clear(
    "support 2.5, both others 2",
    "engagement_rated",
    severity=0,
    leadership=(by_staff(rest="2", supportive="2.5"),),
    **RATED,
)
passive.unknown(
    "support a little under 2.5, both others 2",
    "engagement_rated",
    leadership=(by_staff(rest="2", supportive="2.4999"),),
)
for low in ("proactive", "perseverant"):
    passive.flagged(
        f"support 2.5, {low} a little under 2",
        "engagement_rated",
        severity=1,
        leadership=(by_staff(rest="2", supportive="2.5", **{low: "1.9999"}),),
        **RATED,
    )
    passive.unknown(
        f"support a little under 2.5, {low} too: that is another entry's",
        "engagement_rated",
        leadership=(by_staff(rest="2", supportive="2.4999", **{low: "1.9999"}),),
    )
passive.flagged(
    "both others under 2, knowledge plays no part",
    "engagement_rated",
    severity=2,
    leadership=(by_staff(rest="1.9", supportive="4", knowledgeable="4"),),
    **RATED,
)
passive.clear(
    "knowledge under 2 plays no part",
    "engagement_rated",
    severity=0,
    leadership=(by_staff(knowledgeable="0"),),
    **RATED,
)
LOW = {"leadership": (by_staff(rest="1.5", supportive="2.4"),)}
passive.flagged(
    "support reported to help, though not rated 2.5",
    "engagement_rated",
    "support_reported",
    severity=2,
    observations=(observed("leader-unconvinced", "helps", on=months_ago(6)),),
    **LOW,
    **RATED,
)
passive.unknown(
    "the report is a day older",
    "engagement_rated",
    observations=(observed("leader-unconvinced", "helps", on=months_ago(6, days=1)),),
    **LOW,
)
passive.unknown(
    "reported to hinder afterwards",
    "engagement_rated",
    observations=(
        observed("leader-unconvinced", "helps", on=ago(30)),
        observed("leader-unconvinced", "hinders", on=ago(29), number=2),
    ),
    **LOW,
)
passive.unknown(
    "reported of a group only",
    "engagement_rated",
    observations=(observed("leader-unconvinced", "helps", of_group=True),),
    **LOW,
)
passive.unknown(
    "another entry reported to help",
    "engagement_rated",
    observations=(observed("leader-knows-little", "helps"),),
    **LOW,
)
passive.unknown(
    "reported to help, nothing low, support not rated 2.5",
    "engagement_rated",
    observations=(observed("leader-unconvinced", "helps"),),
    leadership=(by_staff(rest="2", supportive="2.4"),),
)
passive.flagged(
    "reported to help, and rated so as well",
    "engagement_rated",
    severity=1,
    observations=(observed("leader-unconvinced", "helps"),),
    leadership=(by_staff(supportive="2.5", proactive="1"),),
    **RATED,
)
passive.flagged(
    "the leader acts, the ratings speak",
    "leader_acts",
    "engagement_rated",
    severity=2,
    conflicts=conflicts(90, answered=((200, 59),)),
    leadership=(by_staff(proactive="1"),),
    **RATED,
)
passive.flagged(
    "the ratings are fine, nothing is done",
    "no_leader_act",
    "engagement_rated",
    since=ago(60),
    severity=1,
    joined_on=ago(60),
    conflicts=conflicts(7),
    leadership=(by_staff(),),
)
passive.flagged(
    "both speak",
    "no_leader_act",
    "engagement_rated",
    since=ago(60),
    severity=3,
    joined_on=ago(60),
    conflicts=conflicts(7),
    leadership=(by_staff(rest="1", supportive="3"),),
)
passive.clear(
    "both are fine: since the older fact",
    "leader_acts",
    "engagement_rated",
    since=ago(40),
    severity=0,
    reviews=(review(held=40),),
    leadership=(by_staff(),),
)
passive.clear(
    "nothing waits, the ratings are fine",
    "nothing_waits_for_leader",
    "engagement_rated",
    severity=0,
    joined_on=ago(60),
    leadership=(by_staff(),),
    **RATED,
)
passive.clear(
    "the leader acts, too few answered",
    "leader_acts",
    "too_few_answers",
    since=ago(40),
    severity=0,
    reviews=(review(held=40),),
    leadership=(by_staff(answers=1),),
)
passive.unknown(
    "60 days, of which it rested for one", joined_on=ago(60), conflicts=conflicts(30), pauses=(pause(20, 19),)
)
passive.clear(
    "acted 60 days ago, of which it rested for one",
    "leader_acts",
    since=ago(60),
    severity=0,
    reviews=(review(held=60),),
    pauses=(pause(20, 19),),
)
passive.unknown(
    "waited for 7 days, of which it rested for one",
    "nothing_waits_for_leader",
    joined_on=ago(90),
    conflicts=conflicts(7),
    pauses=(pause(6, 5),),
)

gap = Table("self-image-gap")
gap.unknown("nothing is known", joined_on=ago(900))
gap.unknown("the leader has not shared it", leadership=(by_staff(),))
gap.unknown("not shared, and too few answered", leadership=(by_staff(answers=1),))
gap.unknown("staff were not asked", own_leadership=(own(),))
gap.unknown(
    "too few answered",
    "too_few_answers",
    reason=FEW,
    own_leadership=(own(),),
    leadership=(by_staff(answers=4),),
)
gap.flagged(
    "a whole point: since both are known",
    "own_and_staff_rated",
    since=ago(10),
    severity=1,
    own_leadership=(own(rest="3"),),
    leadership=(by_staff(rest="2"),),
)
gap.flagged(
    "since the staff answered, when that was later",
    "own_and_staff_rated",
    since=ago(20),
    severity=1,
    own_leadership=(own(ago(30)),),
    leadership=(by_staff(rest="2"),),
)
gap.clear(
    "a little less",
    "own_and_staff_rated",
    since=ago(10),
    severity="0.999",
    own_leadership=(own(rest="3"),),
    leadership=(by_staff(rest="2.001"),),
)
gap.clear(
    "less by the last decimal, on one sub-scale",
    "own_and_staff_rated",
    since=ago(10),
    severity="0.999999999975",
    own_leadership=(own(rest="3"),),
    leadership=(by_staff(rest="2", perseverant="2.0000000001"),),
)
gap.flagged(
    "a little more",
    "own_and_staff_rated",
    since=ago(10),
    severity="1.001",
    own_leadership=(own(rest="3.001"),),
    leadership=(by_staff(rest="2"),),
)
for high in SUBSCALES:
    gap.flagged(
        f"all of it on {high}: each of the four counts alike",
        "own_and_staff_rated",
        since=ago(10),
        severity=1,
        own_leadership=(own(rest="0", **{high: "4"}),),
        leadership=(by_staff(rest="0"),),
    )
    gap.flagged(
        f"staff miss {high}",
        "own_and_staff_rated",
        since=ago(10),
        severity=1,
        own_leadership=(own(rest="4"),),
        leadership=(by_staff(rest="4", **{high: "0"}),),
    )
gap.clear(
    "the leader is the humbler",
    "own_and_staff_rated",
    since=ago(10),
    severity=0,
    own_leadership=(own(rest="1"),),
    leadership=(by_staff(rest="3"),),
)
gap.flagged(
    "both 13 months old today",
    "own_and_staff_rated",
    since=months_ago(13),
    severity=2,
    own_leadership=(own(months_ago(13)),),
    leadership=(by_staff(months_ago(13), rest="1"),),
)
gap.unknown(
    "the leader's own a day older",
    "own_rating_too_old",
    own_leadership=(own(months_ago(13, days=1)),),
    leadership=(by_staff(months_ago(13)),),
)
gap.unknown(
    "that of staff a day older",
    "staff_rating_too_old",
    own_leadership=(own(months_ago(13)),),
    leadership=(by_staff(months_ago(13, days=1)),),
)
gap.flagged(
    "the latest of each counts",
    "own_and_staff_rated",
    since=ago(10),
    severity=1,
    own_leadership=(own(rest="3"), own(ago(11), rest="2")),
    leadership=(by_staff(ago(21), rest="3"), by_staff(ago(20), rest="2")),
)
gap.flagged(
    "of two own ones on a day the higher",
    "own_and_staff_rated",
    since=ago(10),
    severity=1,
    own_leadership=(own(rest="3"), own(rest="2"), own(ago(11), rest="0")),
    leadership=(by_staff(rest="2"),),
)

# Of three answers a mean is shown up to 2.56, of three again from 1.44; beyond, it may lie anywhere up to the end.
TOP, BOTTOM = "2.5555555556", "1.4444444444"
gap.unknown(
    "staff at the top or a little under it: the gap may be nothing",
    "own_and_staff_within",
    reason=FEW,
    own_leadership=(own(rest="4"),),
    leadership=(by_staff(answers=3, minimum=3, rest=TOP, bounded=limits("most")),),
)
gap.unknown(
    "staff near nought: the gap may be a point or not",
    "own_and_staff_within",
    reason=FEW,
    own_leadership=(own(rest="1.6"),),
    leadership=(by_staff(answers=3, minimum=3, rest=BOTTOM, bounded=limits("least")),),
)
gap.flagged(
    "staff near nought, and the leader a point above all that it may be",
    "own_and_staff_within",
    since=ago(10),
    severity="1.0000000001",
    own_leadership=(own(rest="2.4444444445"),),
    leadership=(by_staff(answers=3, minimum=3, rest=BOTTOM, bounded=limits("least")),),
)
gap.clear(
    "staff near nought, and the leader too",
    "own_and_staff_within",
    since=ago(10),
    severity=0,
    own_leadership=(own(rest="0.9999999999"),),
    leadership=(by_staff(answers=3, minimum=3, rest=BOTTOM, bounded=limits("least")),),
)
gap.clear(
    "staff near the top, and the leader less than a point above the least that it may be",
    "own_and_staff_within",
    since=ago(10),
    severity=0,
    own_leadership=(own(rest="3.5"),),
    leadership=(by_staff(answers=3, minimum=3, rest=TOP, bounded=limits("most")),),
)
gap.unknown(
    "bounds on both sides leave it open",
    "own_and_staff_within",
    reason=FEW,
    own_leadership=(own(rest="3"),),
    leadership=(
        by_staff(
            rest=BOTTOM,
            supportive=TOP,
            answers=3,
            minimum=3,
            bounded=(*limits("least", "proactive", "knowledgeable", "perseverant"), *limits("most", "supportive")),
        ),
    ),
)
for table, name, code in (
    (unconvinced, "supportive", "support_rated"),
    (knows_little, "knowledgeable", "knowledge_rated"),
):
    table.flagged(
        "a limit under 2, and the mean under that",
        code,
        since=ago(20),
        severity="2.001",
        leadership=(by_staff(bounded=limits("least", name), **{name: "1.999"}),),
    )
    table.clear(
        "a limit of 2, and the mean above that",
        code,
        since=ago(20),
        severity=2,
        leadership=(by_staff(bounded=limits("most", name), **{name: "2"}),),
    )
    table.unknown(
        "a limit over 2, and the mean somewhere under that",
        code,
        reason=FEW,
        leadership=(by_staff(bounded=limits("least", name), **{name: "2.001"}),),
    )
    table.unknown(
        "a limit under 2, and the mean somewhere above that",
        code,
        reason=FEW,
        leadership=(by_staff(bounded=limits("most", name), **{name: "1.999"}),),
    )
passive.unknown(
    "support from 2.4 upwards may be in doubt",
    "engagement_rated",
    leadership=(by_staff(rest="1", supportive="2.4", bounded=limits("most", "supportive")),),
)
passive.flagged(
    "support is fine, whatever lies above its limit, and one of the two is too low, whatever lies under its",
    "engagement_rated",
    since=ago(20),
    severity=1,
    leadership=(
        by_staff(
            supportive="2.5", proactive="1.9", bounded=(*limits("most", "supportive"), *limits("least", "proactive"))
        ),
    ),
)
passive.unknown(
    "proactive up to 2.1 may be fine or too low",
    "engagement_rated",
    leadership=(by_staff(proactive="2.1", bounded=limits("least", "proactive")),),
)

TABLES = (unconvinced, knows_little, passive, gap)
