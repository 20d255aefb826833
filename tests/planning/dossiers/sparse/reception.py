"""Theme 4: patient reception."""

from tests.planning.dossiers.sparse import (
    CLEAR,
    FLAGGED,
    MISSING,
    WATCH,
    case,
    day,
    empty,
    hours,
    month,
    practitioner,
    said,
)


def measured(on: str, **fields) -> dict:
    """Twelve patients answered."""
    return {"measured_on": on, "form": "patient", "patients": 12} | fields


def decided(**fields) -> dict:
    """To continue, a month ago."""
    return {"kind": "continue", "decided_on": day(months=1)} | fields


USED = {"kind": "adapt", "decided_on": day(30), "basis": "outcomes", "patients": 12}
ADAPTED = {"what": "Parts only", "in_use_from": day(100)}
CONSIDERED = {"reason": "Time", "evidence": "Advice", "decided_on": day(110), "look_again_on": day(-100)}

CASES = [
    # no-outcome-monitoring
    case(
        "measured two months ago, and used",
        "no-outcome-monitoring",
        CLEAR,
        outcomes=[measured(day(months=2))],
        decisions=[USED],
    ),
    case(
        "measured two months ago, looked at in a review",
        "no-outcome-monitoring",
        CLEAR,
        outcomes=[measured(day(months=2))],
        reviews=[{"starts_at": day(30), "state": "held", "looked_at_outcomes": True}],
    ),
    case(
        "measured four months ago", "no-outcome-monitoring", WATCH, outcomes=[measured(day(months=4))], decisions=[USED]
    ),
    case(
        "measured six months ago",
        "no-outcome-monitoring",
        FLAGGED,
        outcomes=[measured(day(months=6))],
        decisions=[USED],
    ),
    case(
        "measured again and again, used never",
        "no-outcome-monitoring",
        FLAGGED,
        outcomes=[measured(day(months=7)), measured(day(months=1))],
    ),
    case(
        "joined six months ago, nothing measured",
        "no-outcome-monitoring",
        FLAGGED,
        service={"joined_on": day(months=6)},
    ),
    case("said: none", "no-outcome-monitoring", FLAGGED, confirmed_empty=[empty("outcomes")]),
    case("nothing known", "no-outcome-monitoring", MISSING),
    # judged-by-few
    case("on impressions", "judged-by-few", FLAGGED, decisions=[decided(basis="impressions")]),
    case("on four patients", "judged-by-few", FLAGGED, decisions=[decided(basis="outcomes", patients=4)]),
    case("on five patients", "judged-by-few", CLEAR, decisions=[decided(basis="outcomes", patients=5)]),
    case("on an unknown number", "judged-by-few", MISSING, decisions=[decided(basis="outcomes")]),
    case("on money", "judged-by-few", "", decisions=[decided(basis="resources")]),
    case(
        "the latest decision is in force",
        "judged-by-few",
        CLEAR,
        decisions=[decided(basis="impressions", decided_on=day(200)), decided(basis="outcomes", patients=12)],
    ),
    case(
        "a change on impressions beside a decision to go on",
        "judged-by-few",
        FLAGGED,
        decisions=[decided(basis="outcomes", patients=12), decided(kind="adapt", basis="impressions")],
    ),
    case(
        "stopped on impressions: it still speaks",
        "judged-by-few",
        FLAGGED,
        decisions=[decided(kind="stop", basis="impressions")],
    ),
    # unplanned-adaptation
    case("nothing written down", "unplanned-adaptation", FLAGGED, adaptations=[ADAPTED]),
    case("all written down", "unplanned-adaptation", CLEAR, adaptations=[ADAPTED | CONSIDERED]),
    case(
        "no day to look at it again",
        "unplanned-adaptation",
        FLAGGED,
        adaptations=[ADAPTED | {name: CONSIDERED[name] for name in ("reason", "evidence", "decided_on")}],
    ),
    case("no longer in use", "unplanned-adaptation", MISSING, adaptations=[ADAPTED | {"in_use_until": day(10)}]),
    case("said: none", "unplanned-adaptation", CLEAR, confirmed_empty=[empty("adaptations")]),
    case(
        "said 13 months ago: none",
        "unplanned-adaptation",
        MISSING,
        confirmed_empty=[empty("adaptations", day(months=13))],
    ),
    # monitoring-fatigue
    case("not fed back in 31 days", "monitoring-fatigue", FLAGGED, outcomes=[measured(day(31))]),
    case("fed back after 31 days", "monitoring-fatigue", FLAGGED, outcomes=[measured(day(90), fed_back_on=day(59))]),
    case(
        "fed back in time, with hours for it",
        "monitoring-fatigue",
        CLEAR,
        members=[practitioner()],
        allocations=[hours(work="monitoring", amount=0.5)],
        outcomes=[measured(day(90), fed_back_on=day(60))],
    ),
    case("tired of it", "monitoring-fatigue", FLAGGED, observations=[said("monitoring-fatigue")]),
    case("nothing known", "monitoring-fatigue", MISSING),
    # use-stopping
    case(
        "one has stopped",
        "use-stopping",
        FLAGGED,
        members=[practitioner(trained_on=day(years=1), started_on=day(years=1), stopped_on=day(20))],
    ),
    case(
        "two months without a session",
        "use-stopping",
        FLAGGED,
        caseload=[{"month": month(back), "sessions_held": 0} for back in (1, 2)],
    ),
    case(
        "sessions last month",
        "use-stopping",
        CLEAR,
        members=[practitioner(trained_on=day(years=1), started_on=day(years=1))],
        caseload=[{"month": month(), "sessions_held": 9}],
    ),
    case("nothing known", "use-stopping", MISSING),
    # programme-burden
    case("too demanding", "programme-burden", FLAGGED, observations=[said("programme-burden")]),
    case(
        "too demanding, seven months ago",
        "programme-burden",
        WATCH,
        observations=[said("programme-burden", on=day(months=7))],
    ),
    case("it helps", "programme-burden", CLEAR, observations=[said("programme-burden", "helps")]),
    case("nothing known", "programme-burden", MISSING),
]
