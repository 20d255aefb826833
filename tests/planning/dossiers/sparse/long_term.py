"""Theme 3: long-term priorities."""

from tests.planning.dossiers.sparse import (
    CLEAR,
    FLAGGED,
    JOINED,
    MISSING,
    NOT_APPLICABLE,
    PAUSED,
    WATCH,
    case,
    day,
    empty,
    leader,
    month,
    practitioner,
    said,
)


def vision(**fields) -> dict:
    """Published two months ago, for two years ahead."""
    return {"text": "It lasts.", "horizon_on": day(years=-2), "published_on": day(60)} | fields


def goal(**fields) -> dict:
    """With a measure, an owner and a date."""
    return {
        "outcome": "All are asked",
        "doing_measure": "Offers",
        "owner": "leader",
        "due_on": day(-90),
        "state": "active",
        "stated_on": day(90),
    } | fields


def decided(kind: str = "continue", **fields) -> dict:
    """Decided by leader and practitioners three months ago."""
    return {"kind": kind, "decided_on": day(months=3), "decided_by": "together"} | fields


def months(many: int, **counts) -> list[dict]:
    """The same counts in the last months that have ended."""
    return [{"month": month(back), **counts} for back in range(1, many + 1)]


def review(starts_at: str, ref: str = "r1") -> dict:
    return {"ref": ref, "starts_at": starts_at, "state": "held"}


RHYTHM = [{"rule": "FREQ=WEEKLY;INTERVAL=4", "starts_at": f"{day(200)}T13:00", "created_on": day(210)}]
READY = {"on": day(years=1), "done": True}
TRAINED = {"trained_on": day(years=2), "started_on": day(years=2)}
LED = [leader()]

CASES = [
    # no-vision
    case("published, two years ahead", "no-vision", CLEAR, visions=[vision()]),
    case("horizon passed", "no-vision", FLAGGED, visions=[vision(horizon_on=day(1))]),
    case("horizon within three months", "no-vision", FLAGGED, visions=[vision(horizon_on=day(-60))]),
    case("not looked at for a year", "no-vision", FLAGGED, visions=[vision(published_on=day(1, years=1))]),
    case(
        "looked at since",
        "no-vision",
        CLEAR,
        visions=[vision(published_on=day(1, years=1), looked_at_on=day(months=3))],
    ),
    case(
        "a draft alone",
        "no-vision",
        FLAGGED,
        service=JOINED,
        visions=[{"text": "A draft.", "horizon_on": day(years=-2)}],
    ),
    case("nothing known", "no-vision", MISSING),
    case("joined 59 days ago", "no-vision", MISSING, service={"joined_on": day(59)}),
    case("joined 60 days ago", "no-vision", FLAGGED, service={"joined_on": day(60)}),
    case("described, whenever it joined", "no-vision", MISSING, service={"joined_on": day(years=3), "described": True}),
    case("said: none", "no-vision", FLAGGED, confirmed_empty=[empty("vision")]),
    case(
        "said a year and a half ago: none",
        "no-vision",
        CLEAR,
        visions=[vision()],
        confirmed_empty=[empty("vision", day(500))],
    ),
    # no-goals
    case("a goal with everything", "no-goals", CLEAR, members=LED, goals=[goal()]),
    case("one of three overdue", "no-goals", WATCH, members=LED, goals=[goal(), goal(), goal(due_on=day(4))]),
    case("one of three in its grace", "no-goals", CLEAR, members=LED, goals=[goal(), goal(), goal(due_on=day(3))]),
    case("one of four overdue", "no-goals", CLEAR, members=LED, goals=[goal(), goal(), goal(), goal(due_on=day(4))]),
    case(
        "reached, and no other",
        "no-goals",
        FLAGGED,
        service=JOINED,
        members=LED,
        goals=[goal(state="reached", ended_on=day(70))],
    ),
    case("said: none", "no-goals", FLAGGED, confirmed_empty=[empty("goals")]),
    case("nothing known", "no-goals", MISSING),
    # undecided-future
    case("decided to continue", "undecided-future", CLEAR, decisions=[decided()]),
    case("left to practitioners", "undecided-future", FLAGGED, decisions=[decided(decided_by="practitioners")]),
    case("the project has ended", "undecided-future", FLAGGED, service={"project_ends_on": day(60)}),
    case("the project ends in six months", "undecided-future", FLAGGED, service={"project_ends_on": day(months=-6)}),
    case(
        "the project ends in seven months",
        "undecided-future",
        NOT_APPLICABLE,
        service={"project_ends_on": day(months=-7)},
    ),
    case("no project known", "undecided-future", MISSING),
    case("said: nothing is decided", "undecided-future", FLAGGED, confirmed_empty=[empty("decisions")]),
    case(
        "an expansion is a decision to go on",
        "undecided-future",
        CLEAR,
        service={"project_ends_on": day(60)},
        decisions=[decided("expand")],
    ),
    # expansion-without-plan
    case(
        "no goals for it",
        "expansion-without-plan",
        FLAGGED,
        decisions=[decided("expand", goals_behind=False, hours_behind=True, training_behind=True)],
    ),
    case(
        "goals, hours, training",
        "expansion-without-plan",
        CLEAR,
        decisions=[decided("expand", goals_behind=True, hours_behind=True, training_behind=True)],
    ),
    case("only goals are known", "expansion-without-plan", MISSING, decisions=[decided("expand", goals_behind=True)]),
    case("said: none", "expansion-without-plan", NOT_APPLICABLE, confirmed_empty=[empty("expansions")]),
    case("none in a record that is kept here", "expansion-without-plan", NOT_APPLICABLE, service=JOINED),
    case("nothing known", "expansion-without-plan", MISSING),
    # picked-in-passing
    case(
        "half asked in passing",
        "picked-in-passing",
        FLAGGED,
        members=[practitioner("p1", how_chosen="in_passing"), practitioner("p2", how_chosen="jointly")],
    ),
    case(
        "half appointed",
        "picked-in-passing",
        FLAGGED,
        members=[practitioner("p1", how_chosen="appointed"), practitioner("p2", how_chosen="volunteered")],
    ),
    case("jointly", "picked-in-passing", CLEAR, members=[practitioner("p1", how_chosen="jointly")]),
    case("nothing known", "picked-in-passing", MISSING, members=[practitioner()]),
    # leaving-soon
    case(
        "a trained one in a year", "leaving-soon", FLAGGED, members=[practitioner(leaves_on=day(months=-12), **TRAINED)]
    ),
    case("the leader in a month", "leaving-soon", FLAGGED, members=[leader(leaves_on=day(-30))]),
    case(
        "somebody takes over",
        "leaving-soon",
        CLEAR,
        members=[leader(leaves_on=day(-30), successor="p1"), practitioner()],
    ),
    case("whether anybody leaves is not known", "leaving-soon", MISSING, members=[practitioner(**TRAINED)]),
    # unprepared-start
    case(
        "capacity not checked",
        "unprepared-start",
        FLAGGED,
        readiness=[{"item": "capacity", "done": False, "on": day(years=3)}],
    ),
    case(
        "all three done",
        "unprepared-start",
        CLEAR,
        readiness=[READY | {"item": item} for item in ("eligible", "capacity", "briefing")],
    ),
    case(
        "two of three done",
        "unprepared-start",
        MISSING,
        readiness=[READY | {"item": item} for item in ("eligible", "briefing")],
    ),
    case(
        "made good later",
        "unprepared-start",
        CLEAR,
        readiness=[
            {"item": "capacity", "done": False, "on": day(years=3)},
            *(READY | {"item": item} for item in ("eligible", "capacity", "briefing")),
        ],
    ),
    case(
        "reported, however long ago",
        "unprepared-start",
        FLAGGED,
        observations=[said("unprepared-start", on=day(years=5))],
    ),
    # no-recruitment
    case("nobody for six months", "no-recruitment", FLAGGED, caseload=months(6, individual_patients=0, groups=0)),
    case("nobody for three months", "no-recruitment", WATCH, caseload=months(3, individual_patients=0, groups=0)),
    case("nobody for two months", "no-recruitment", "", caseload=months(2, individual_patients=0, groups=0)),
    case(
        "half of those planned, for six months",
        "no-recruitment",
        FLAGGED,
        caseload=months(6, planned_starts=2, started=1, individual_patients=3),
    ),
    case(
        "half of those planned, for three months",
        "no-recruitment",
        WATCH,
        caseload=months(3, planned_starts=2, started=1, individual_patients=3),
    ),
    case("somebody in the programme", "no-recruitment", CLEAR, caseload=months(1, individual_patients=3)),
    case(
        "nothing newer than four months",
        "no-recruitment",
        "",
        caseload=[{"month": month(back), "individual_patients": 0, "groups": 0} for back in range(4, 10)],
    ),
    case("nothing known", "no-recruitment", MISSING),
    # no-regular-review
    case(
        "held six weeks ago, a barrier looked at",
        "no-regular-review",
        CLEAR,
        review_series=RHYTHM,
        reviews=[review(day(42))],
        observations=[said("own-time", on=day(42), review="r1")],
    ),
    case(
        "held 43 days ago, every four weeks",
        "no-regular-review",
        FLAGGED,
        review_series=RHYTHM,
        reviews=[review(day(43))],
        observations=[said("own-time", on=day(43), review="r1")],
    ),
    case(
        "the last two without a barrier",
        "no-regular-review",
        FLAGGED,
        review_series=RHYTHM,
        reviews=[review(day(60)), review(day(20), "r2")],
    ),
    case("no rhythm", "no-regular-review", FLAGGED, service=JOINED),
    case("said: none", "no-regular-review", FLAGGED, confirmed_empty=[empty("reviews")]),
    case("nothing known", "no-regular-review", MISSING),
    # alone-in-the-system
    case(
        "asked eleven months ago",
        "alone-in-the-system",
        CLEAR,
        support=[{"level": "other", "wanted": "A room", "asked_on": day(months=11)}],
    ),
    case(
        "asked a year ago",
        "alone-in-the-system",
        FLAGGED,
        support=[{"level": "other", "wanted": "A room", "asked_on": day(1, months=12)}],
    ),
    case("said: none", "alone-in-the-system", FLAGGED, confirmed_empty=[empty("support")]),
    case("nothing known", "alone-in-the-system", MISSING),
    # supervision-lapsed
    case(
        "59 days ago, all trained",
        "supervision-lapsed",
        CLEAR,
        members=[practitioner(**TRAINED)],
        supervision=[{"held_on": day(59)}],
    ),
    case(
        "60 days ago",
        "supervision-lapsed",
        FLAGGED,
        members=[practitioner(**TRAINED)],
        supervision=[{"held_on": day(60)}],
    ),
    case("said: none", "supervision-lapsed", FLAGGED, confirmed_empty=[empty("supervision")]),
    case("nothing known", "supervision-lapsed", MISSING),
    # money-undecided
    case(
        "until in six months",
        "money-undecided",
        FLAGGED,
        funding=[{"kind": "money", "decided_on": day(100), "until": day(months=-6)}],
    ),
    case(
        "until in eleven months",
        "money-undecided",
        WATCH,
        funding=[{"kind": "posts", "decided_on": day(100), "until": day(months=-11)}],
    ),
    case(
        "until in a year",
        "money-undecided",
        CLEAR,
        funding=[{"kind": "posts", "decided_on": day(100), "until": day(months=-12)}],
    ),
    case("until further notice", "money-undecided", CLEAR, funding=[{"kind": "posts", "decided_on": day(100)}]),
    case(
        "start-up money alone",
        "money-undecided",
        FLAGGED,
        funding=[{"kind": "start_up", "decided_on": day(100), "until": day(years=-3)}],
    ),
    case("said: none", "money-undecided", FLAGGED, confirmed_empty=[empty("funding")]),
    case("nothing known", "money-undecided", MISSING, service=JOINED),
    # hands-lost
    case(
        "a new leader, neither trained nor handed over to",
        "hands-lost",
        FLAGGED,
        service={"started_on": day(years=3)},
        members=[leader(started_on=day(months=5))],
    ),
    case(
        "a new leader, handed over to",
        "hands-lost",
        CLEAR,
        service={"started_on": day(years=3)},
        members=[leader(started_on=day(months=5), handed_over_on=day(months=5))],
    ),
    case(
        "the supervisor left, nobody follows",
        "hands-lost",
        FLAGGED,
        members=[{"ref": "s", "role": "adviser", "supervises": True, "leaves_on": day(months=3)}],
    ),
    case(
        "one of three practitioners left, nobody follows",
        "hands-lost",
        FLAGGED,
        members=[
            practitioner("p1", leaves_on=day(months=3), **TRAINED),
            practitioner("p2", **TRAINED),
            practitioner("p3", **TRAINED),
        ],
    ),
    case("said: nobody changed", "hands-lost", CLEAR, confirmed_empty=[empty("staff_changes")]),
    case("nothing known", "hands-lost", MISSING),
    # low-reach
    case(
        "9 of 40",
        "low-reach",
        FLAGGED,
        service={"started_on": day(years=2)},
        caseload=[{"month": month(), "asked": 9, "eligible": 40}],
    ),
    case(
        "10 of 40",
        "low-reach",
        WATCH,
        service={"started_on": day(years=2)},
        caseload=[{"month": month(), "asked": 10, "eligible": 40}],
    ),
    case(
        "20 of 40",
        "low-reach",
        CLEAR,
        service={"started_on": day(years=2)},
        caseload=[{"month": month(), "asked": 20, "eligible": 40}],
    ),
    case(
        "eleven months after the start",
        "low-reach",
        NOT_APPLICABLE,
        service={"started_on": day(months=11)},
        caseload=[{"month": month(), "asked": 1, "eligible": 40}],
    ),
    case("no start known", "low-reach", MISSING, caseload=[{"month": month(), "asked": 1, "eligible": 40}]),
    # Pauses
    case("paused", "no-vision", PAUSED, service=JOINED, pauses=[{"paused_on": day(20)}]),
    case(
        "paused, then started again",
        "no-vision",
        FLAGGED,
        service=JOINED,
        pauses=[{"paused_on": day(40), "restarted_on": day(20)}],
    ),
    case("decided to stop", "no-vision", PAUSED, service=JOINED, decisions=[decided("stop")]),
    case(
        "60 days, 20 of them paused",
        "supervision-lapsed",
        CLEAR,
        members=[practitioner(**TRAINED)],
        supervision=[{"held_on": day(70)}],
        pauses=[{"paused_on": day(40), "restarted_on": day(20)}],
    ),
]
