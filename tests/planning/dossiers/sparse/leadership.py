"""Theme 2: leader engagement."""

from tests.planning.dossiers.sparse import (
    CLEAR,
    FLAGGED,
    JOINED,
    MISSING,
    TOO_FEW,
    WATCH,
    case,
    conflicts,
    day,
    empty,
    hours,
    ils,
    leader,
    practitioner,
    said,
    week,
)


def owned(by: str, many: int) -> list[dict]:
    """So many open actions of one person."""
    return [
        {"title": f"Thing {number}", "state": "open", "opened_on": day(10), "due_on": day(-20), "owner": by}
        for number in range(many)
    ]


def own(mean: float) -> dict:
    """The leader's own rating, shared."""
    every = dict.fromkeys(("proactive", "knowledgeable", "supportive", "perseverant"), mean)
    return {"leader": "leader", "rated_on": day(months=2), "shared_on": day(months=1), **every}


TEAM = [leader(), practitioner("p1"), practitioner("p2")]

CASES = [
    # no-leader
    case("a leader in post", "no-leader", CLEAR, members=[leader(started_on=day(years=1))]),
    case("the leader has left", "no-leader", FLAGGED, members=[leader(leaves_on=day(40)), practitioner()]),
    case("away for 30 days", "no-leader", FLAGGED, members=[leader(started_on=day(years=1), away_from=day(30))]),
    case("nobody known", "no-leader", MISSING),
    # leader-unconvinced, leader-knows-little
    case("supportive 1.99", "leader-unconvinced", FLAGGED, leadership=[ils(supportive=1.99)]),
    case("supportive 2.0", "leader-unconvinced", CLEAR, leadership=[ils(supportive=2)]),
    case(
        "four answers where five were agreed", "leader-unconvinced", TOO_FEW, leadership=[ils(answers=4, supportive=1)]
    ),
    case("14 months ago", "leader-unconvinced", "", leadership=[ils(on=day(months=14), supportive=1)]),
    case("13 months ago", "leader-unconvinced", FLAGGED, leadership=[ils(on=day(months=13), supportive=1)]),
    case(
        "the latest counts",
        "leader-unconvinced",
        CLEAR,
        leadership=[ils(supportive=1, on=day(months=6)), ils(supportive=3, on=day(months=1))],
    ),
    case("reported", "leader-unconvinced", FLAGGED, observations=[said("leader-unconvinced")]),
    case("knowledgeable 1.99", "leader-knows-little", FLAGGED, leadership=[ils(knowledgeable=1.99)]),
    case("knowledgeable 2.0", "leader-knows-little", CLEAR, leadership=[ils(knowledgeable=2)]),
    case("nothing known", "leader-knows-little", MISSING),
    # passive-support
    case("support 2.5, proactive 1.9", "passive-support", FLAGGED, leadership=[ils(supportive=2.5, proactive=1.9)]),
    case("support 2.5, perseverant 1.9", "passive-support", FLAGGED, leadership=[ils(supportive=2.5, perseverant=1.9)]),
    case(
        "support 2.5, both 2.0", "passive-support", CLEAR, leadership=[ils(supportive=2.5, proactive=2, perseverant=2)]
    ),
    case("support 2.4, proactive 1.9", "passive-support", "", leadership=[ils(supportive=2.4, proactive=1.9)]),
    case(
        "support as reported, proactive 1.9",
        "passive-support",
        FLAGGED,
        leadership=[ils(supportive=2.4, proactive=1.9)],
        observations=[said("leader-unconvinced", "helps")],
    ),
    case(
        "a conflict to answer for ten weeks, and nothing done",
        "passive-support",
        FLAGGED,
        service=JOINED,
        members=TEAM,
        conflicts=[conflicts(1, week(10))],
    ),
    # unanswered-conflicts: Mondays 23 November (2 days ago), 16 (9), 9 (16)
    case("16 days without an answer", "unanswered-conflicts", FLAGGED, conflicts=[conflicts(1, week(1))]),
    case("9 days without an answer", "unanswered-conflicts", WATCH, conflicts=[conflicts(1, week(0))]),
    case("answered", "unanswered-conflicts", CLEAR, conflicts=[conflicts(2, week(1), week(1), day(3))]),
    case("one of two answered", "unanswered-conflicts", FLAGGED, conflicts=[conflicts(2, week(1), week(0))]),
    case("nothing known", "unanswered-conflicts", MISSING),
    # self-image-gap
    case("1.0 above", "self-image-gap", FLAGGED, members=TEAM, leadership=[ils()], own_leadership=[own(4)]),
    case("0.9 above", "self-image-gap", CLEAR, members=TEAM, leadership=[ils()], own_leadership=[own(3.9)]),
    case("no own rating shared", "self-image-gap", MISSING, members=TEAM, leadership=[ils()]),
    case(
        "too few answers beside it",
        "self-image-gap",
        TOO_FEW,
        members=TEAM,
        leadership=[ils(answers=4)],
        own_leadership=[own(4)],
    ),
    # bottom-up
    case("the leader owns none of three", "bottom-up", FLAGGED, members=TEAM, actions=owned("p1", 2) + owned("p2", 1)),
    case(
        "practitioners own four of five",
        "bottom-up",
        FLAGGED,
        members=TEAM,
        actions=owned("p1", 4) + owned("leader", 1),
    ),
    case("the leader owns two of four", "bottom-up", CLEAR, members=TEAM, actions=owned("p1", 2) + owned("leader", 2)),
    case("two are too few to say", "bottom-up", MISSING, members=TEAM, actions=owned("p1", 2)),
    # lone-champion
    case("60 % of the hours", "lone-champion", FLAGGED, members=TEAM, allocations=[hours("p1", 6), hours("p2", 4)]),
    case(
        "the only one trained",
        "lone-champion",
        FLAGGED,
        service=JOINED,
        members=[practitioner("p1", trained_on=day(years=1)), practitioner("p2")],
    ),
    case(
        "half each, both trained",
        "lone-champion",
        CLEAR,
        members=[practitioner(ref, trained_on=day(years=1)) for ref in ("p1", "p2")],
        allocations=[hours("p1", 5), hours("p2", 5)],
    ),
    case("two of whom nothing is known", "lone-champion", MISSING, members=TEAM),
    # leader-unbacked
    case(
        "confirmed three months ago",
        "leader-unbacked",
        CLEAR,
        confirmations=[{"asked_on": day(months=4), "answered_on": day(months=3), "confirmed": True}],
    ),
    case(
        "confirmed a year ago",
        "leader-unbacked",
        FLAGGED,
        confirmations=[{"asked_on": day(months=13), "answered_on": day(months=12), "confirmed": True}],
    ),
    case(
        "answered with no",
        "leader-unbacked",
        FLAGGED,
        confirmations=[{"asked_on": day(months=4), "answered_on": day(months=3), "confirmed": False}],
    ),
    case("asked a year ago, no answer", "leader-unbacked", FLAGGED, confirmations=[{"asked_on": day(months=12)}]),
    case("asked last month, no answer", "leader-unbacked", MISSING, confirmations=[{"asked_on": day(months=1)}]),
    case("joined a year ago", "leader-unbacked", FLAGGED, service={"joined_on": day(months=12)}),
    case("said: no word", "leader-unbacked", FLAGGED, confirmed_empty=[empty("confirmations")]),
]
