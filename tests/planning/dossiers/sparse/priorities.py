"""Theme 1: priorities."""

from tests.planning.dossiers.sparse import (
    CLEAR,
    FLAGGED,
    JOINED,
    MISSING,
    NOT_APPLICABLE,
    TOO_FEW,
    WATCH,
    case,
    conflicts,
    day,
    empty,
    hours,
    kept,
    month,
    practitioner,
    said,
    week,
)

# The capacity model's vector: four practitioners, four individual patients and one group need 598 hours a year,
# 13.59 a week.
FOUR = [practitioner(f"p{number}", started_on=day(years=2)) for number in range(1, 5)]
LOAD = {"month": month(), "individual_patients": 4, "groups": 1}

CASES = [
    # unprotected-time
    case(
        "77 % of the need", "unprotected-time", FLAGGED, members=FOUR, caseload=[LOAD], allocations=[hours(amount=10.5)]
    ),
    case("81 % of the need", "unprotected-time", WATCH, members=FOUR, caseload=[LOAD], allocations=[hours(amount=11)]),
    case(
        "99 % of the need", "unprotected-time", WATCH, members=FOUR, caseload=[LOAD], allocations=[hours(amount=13.5)]
    ),
    case(
        "101 % of the need", "unprotected-time", CLEAR, members=FOUR, caseload=[LOAD], allocations=[hours(amount=13.75)]
    ),
    case(
        "the need by the service's own figure: 44 working weeks are 22, so the week needs twice as much",
        "unprotected-time",
        FLAGGED,
        members=FOUR,
        caseload=[LOAD],
        allocations=[hours(amount=13.75)],
        capacity=[{"name": "working_weeks", "value": 22}],
    ),
    case("hours without a caseload", "unprotected-time", MISSING, members=FOUR, allocations=[hours(amount=30)]),
    case(
        "a caseload that is four months old",
        "unprotected-time",
        MISSING,
        members=FOUR,
        caseload=[LOAD | {"month": month(4)}],
        allocations=[hours(amount=30)],
    ),
    case(
        "nobody, nothing: no need",
        "unprotected-time",
        NOT_APPLICABLE,
        caseload=[{"month": month(), "individual_patients": 0, "groups": 0}],
    ),
    case("no hours two years after joining", "unprotected-time", FLAGGED, service=JOINED, members=FOUR),
    case("said: no hours", "unprotected-time", FLAGGED, members=FOUR, confirmed_empty=[empty("allocations")]),
    # own-time
    case("sessions without preparation", "own-time", FLAGGED, members=[practitioner()], allocations=[hours()]),
    case(
        "an hour and a half in own time",
        "own-time",
        FLAGGED,
        members=[practitioner()],
        allocations=[hours(), hours(work="preparation")],
        hours=[kept(8, 100, own_time=1.5)],
    ),
    case(
        "own time more than 90 days ago",
        "own-time",
        CLEAR,
        members=[practitioner()],
        allocations=[hours(), hours(work="preparation")],
        hours=[kept(14, 100, own_time=1.5), kept(1, 100)],
    ),
    case("nothing known", "own-time", MISSING),
    # crowded-out
    case(
        "three conflicts in 30 days", "crowded-out", FLAGGED, conflicts=[conflicts(1, week(1)), conflicts(2, week(2))]
    ),
    case("two conflicts in 30 days", "crowded-out", WATCH, conflicts=[conflicts(2, week(0))]),
    case("20 % lost in four weeks", "crowded-out", FLAGGED, hours=[kept(0, 70), kept(3, 90)]),
    case("19.5 % lost in four weeks", "crowded-out", WATCH, hours=[kept(0, 71), kept(3, 90)]),
    case("10 % lost in four weeks", "crowded-out", WATCH, hours=[kept(0, 90)]),
    case("5 % lost in four weeks", "crowded-out", CLEAR, hours=[kept(0, 95)]),
    case("lost longer ago than four weeks", "crowded-out", "", hours=[kept(4, 10)]),
    case("nothing known", "crowded-out", MISSING),
    # fading-time
    case("15 points less", "fading-time", FLAGGED, hours=[kept(0, 75), kept(7, 75), kept(8, 90), kept(15, 90)]),
    case("14 points less", "fading-time", CLEAR, hours=[kept(0, 76), kept(8, 90)]),
    case("only the last eight weeks", "fading-time", MISSING, hours=[kept(0, 50), kept(7, 90)]),
    case("weeks in which too few reported", "fading-time", TOO_FEW, service=JOINED),
    # expectations-unspoken
    case(
        "one of two has taken note",
        "expectations-unspoken",
        FLAGGED,
        members=[practitioner(), practitioner("p2")],
        expectations=[
            {
                "text": "Two patients each.",
                "published_on": day(30),
                "acknowledgements": [{"member": "p1", "how": "told", "on": day(20)}],
            }
        ],
    ),
    case(
        "both have taken note",
        "expectations-unspoken",
        CLEAR,
        members=[practitioner(), practitioner("p2"), practitioner("p3", leaves_on=day(10))],
        expectations=[
            {
                "text": "Two patients each.",
                "published_on": day(30),
                "acknowledgements": [
                    {"member": "p1", "how": "told", "on": day(20)},
                    {"member": "p2", "how": "read", "on": day(19)},
                ],
            }
        ],
    ),
    case(
        "a new version that nobody has read",
        "expectations-unspoken",
        FLAGGED,
        service=JOINED,
        members=[practitioner()],
        expectations=[
            {
                "text": "Two patients each.",
                "published_on": day(300),
                "acknowledgements": [{"member": "p1", "how": "read", "on": day(290)}],
            },
            {"text": "Three patients each.", "published_on": day(3)},
        ],
    ),
    case(
        "whether anybody has read it is not said",
        "expectations-unspoken",
        MISSING,
        members=[practitioner()],
        expectations=[{"text": "Two patients each.", "published_on": day(30)}],
    ),
    case(
        "said: nobody has taken note",
        "expectations-unspoken",
        FLAGGED,
        members=[practitioner()],
        expectations=[{"text": "Two patients each.", "published_on": day(30)}],
        confirmed_empty=[empty("acknowledgements")],
    ),
    case("said: nothing is written", "expectations-unspoken", FLAGGED, confirmed_empty=[empty("expectations")]),
    case("joined 59 days ago", "expectations-unspoken", MISSING, service={"joined_on": day(59)}),
    case("joined 60 days ago", "expectations-unspoken", FLAGGED, service={"joined_on": day(60)}),
    # What was said
    case("a hindrance of six months ago", "crowded-out", FLAGGED, observations=[said("crowded-out", on=day(months=6))]),
    case("an older hindrance", "crowded-out", WATCH, observations=[said("crowded-out", on=day(1, months=6))]),
    case(
        "a help of six months ago", "crowded-out", CLEAR, observations=[said("crowded-out", "helps", on=day(months=6))]
    ),
    case("an older help", "crowded-out", "", observations=[said("crowded-out", "helps", on=day(1, months=6))]),
    case("of a group", "crowded-out", WATCH, observations=[said("crowded-out", of_group=True)]),
    case(
        "the same day both: it hinders",
        "crowded-out",
        FLAGGED,
        observations=[said("crowded-out", "helps"), said("crowded-out")],
    ),
    case(
        "a help after a hindrance",
        "crowded-out",
        CLEAR,
        observations=[said("crowded-out", on=day(90)), said("crowded-out", "helps", on=day(30))],
    ),
    case(
        "measured and reported: the worse counts",
        "crowded-out",
        FLAGGED,
        observations=[said("crowded-out")],
        hours=[kept(0, 100)],
    ),
]
