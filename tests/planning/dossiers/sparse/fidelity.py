"""Theme 5: fidelity in its place."""

from tests.planning.dossiers.sparse import (
    CLEAR,
    FLAGGED,
    MISSING,
    NOT_APPLICABLE,
    WATCH,
    case,
    day,
    empty,
    said,
)


def rated(mean: float, on: str = "", **fields) -> dict:
    """A visit two months ago."""
    return {"rated_on": on or day(months=2), "mean": mean, **fields}


def advised(on: str) -> dict:
    """A visit with two recommendations."""
    return rated(4, on, recommendations=[{"ref": "f1", "text": "More goals"}, {"ref": "f2", "text": "Relatives"}])


def taken_up(*refs: str) -> list[dict]:
    """An open action for each."""
    return [{"title": "Do it", "state": "open", "opened_on": day(5), "recommendation": ref} for ref in refs]


# Of themes 1 to 4 half of the entries, rounded up: 3 of 5, 5 of 9, 7 of 14, 3 of 6.
WELL = (
    "unprotected-time",
    "own-time",
    "crowded-out",
    "no-leader",
    "leader-unconvinced",
    "passive-support",
    "unanswered-conflicts",
    "bottom-up",
    "no-vision",
    "no-goals",
    "undecided-future",
    "picked-in-passing",
    "leaving-soon",
    "no-regular-review",
    "money-undecided",
    "no-outcome-monitoring",
    "judged-by-few",
    "use-stopping",
)

CASES = [
    # fidelity-unknown
    case(
        "eight months after the start, the record kept here",
        "fidelity-unknown",
        FLAGGED,
        service={"started_on": day(months=8), "joined_on": day(months=8)},
    ),
    case(
        "eight months after the start, said: none",
        "fidelity-unknown",
        FLAGGED,
        service={"started_on": day(months=8)},
        confirmed_empty=[empty("fidelity")],
    ),
    case(
        "eight months after the start, nothing said", "fidelity-unknown", MISSING, service={"started_on": day(months=8)}
    ),
    case("six months after the start", "fidelity-unknown", NOT_APPLICABLE, service={"started_on": day(months=6)}),
    case("rated", "fidelity-unknown", CLEAR, service={"started_on": day(months=8)}, fidelity=[rated(4)]),
    case(
        "none for 14 months",
        "fidelity-unknown",
        FLAGGED,
        service={"started_on": day(years=4)},
        fidelity=[rated(4, day(months=14))],
    ),
    case("no start known", "fidelity-unknown", MISSING),
    # fidelity-low
    case("2.99", "fidelity-low", FLAGGED, fidelity=[rated(2.99)]),
    case("3.0", "fidelity-low", WATCH, fidelity=[rated(3)]),
    case("3.996 is not yet 4", "fidelity-low", WATCH, fidelity=[rated(3.996)]),
    case("4.0", "fidelity-low", CLEAR, fidelity=[rated(4)]),
    case("a fall of 0.5", "fidelity-low", WATCH, fidelity=[rated(4.9, day(months=8)), rated(4.4)]),
    case("a fall of 0.4", "fidelity-low", CLEAR, fidelity=[rated(4.8, day(months=8)), rated(4.4)]),
    case("nothing known", "fidelity-low", ""),
    # feedback-unused
    case("one of two taken up", "feedback-unused", FLAGGED, fidelity=[advised(day(31))], actions=taken_up("f1")),
    case("both taken up", "feedback-unused", CLEAR, fidelity=[advised(day(31))], actions=taken_up("f1", "f2")),
    case("20 days ago", "feedback-unused", "", fidelity=[advised(day(20))]),
    case("none written down", "feedback-unused", MISSING, fidelity=[rated(4)]),
    case(
        "said: none", "feedback-unused", NOT_APPLICABLE, fidelity=[rated(4)], confirmed_empty=[empty("recommendations")]
    ),
    # organisation-weak
    case("2.99", "organisation-weak", FLAGGED, organisation=[rated(2.99)]),
    case("3.99", "organisation-weak", WATCH, organisation=[rated(3.99)]),
    case("4.0", "organisation-weak", CLEAR, organisation=[rated(4)]),
    case("14 months ago", "organisation-weak", "", organisation=[rated(2, day(months=14))]),
    case("nothing known", "organisation-weak", MISSING),
    # false-security
    case("4.0 with a weak organisation", "false-security", FLAGGED, fidelity=[rated(4)], organisation=[rated(2.5)]),
    case(
        "4.0 with two flags in one theme",
        "false-security",
        FLAGGED,
        fidelity=[rated(4)],
        observations=[said("no-vision"), said("no-goals")],
    ),
    case(
        "flags of a group do not count",
        "false-security",
        MISSING,
        fidelity=[rated(4)],
        observations=[said("no-vision", of_group=True), said("no-goals", of_group=True)],
    ),
    case(
        "one flag in each theme",
        "false-security",
        MISSING,
        fidelity=[rated(4)],
        observations=[said(key) for key in ("own-time", "bottom-up", "no-vision", "programme-burden")],
    ),
    case(
        "4.0, and half of each theme known to be well",
        "false-security",
        CLEAR,
        fidelity=[rated(4)],
        observations=[said(key, "helps") for key in WELL],
    ),
    case(
        "4.0, and less than half of one theme known",
        "false-security",
        MISSING,
        fidelity=[rated(4)],
        observations=[said(key, "helps") for key in WELL[1:]],
    ),
    case("under 4.0", "false-security", NOT_APPLICABLE, fidelity=[rated(3.99)]),
]
