"""The catalogue as a whole: its order, its version, and what it may lean on."""

import ast
import sys
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import planning.capacity
from planning.risks import CATALOGUE_VERSION, ENTRIES, assess, fidelity
from planning.risks.snapshot import Snapshot
from tests.planning.risks.tables.codes import RULES, constants
from tests.planning.risks.tables.shape import TODAY

# What an answer is decided on. A change here is a change of the catalogue: raise CATALOGUE_VERSION with it.
THRESHOLDS = {
    "1": {
        "FIRST_DAYS": 60,
        "REPORTED_MONTHS": 6,
        "UNPROTECTED_FLAG_PERCENT": 80,
        "UNPROTECTED_WATCH_PERCENT": 100,
        "OWN_TIME_DAYS": 90,
        "CROWDED_DAYS": 30,
        "CROWDED_FLAG_CONFLICTS": 3,
        "CROWDED_WATCH_CONFLICTS": 2,
        "CROWDED_LOST_WEEKS": 4,
        "CROWDED_FLAG_LOST_PERCENT": 20,
        "CROWDED_WATCH_LOST_PERCENT": 10,
        "FADING_POINTS": 15,
        "FADING_WEEKS": 8,
        "NO_LEADER_AWAY_DAYS": 30,
        "UNCONVINCED_RATING": Decimal("2.0"),
        "PASSIVE_DAYS": 60,
        "PASSIVE_WAITING_DAYS": 7,
        "PASSIVE_SUPPORTIVE_RATING": Decimal("2.5"),
        "PASSIVE_RATING": Decimal("2.0"),
        "KNOWS_LITTLE_RATING": Decimal("2.0"),
        "UNANSWERED_FLAG_DAYS": 14,
        "UNANSWERED_WATCH_DAYS": 7,
        "SELF_IMAGE_GAP": Decimal("1.0"),
        "BOTTOM_UP_ITEMS": 3,
        "BOTTOM_UP_PERCENT": 80,
        "CHAMPION_PERCENT": 60,
        "CHAMPION_TRAINED": 2,
        "VISION_HORIZON_MONTHS": 3,
        "VISION_LOOK_MONTHS": 12,
        "GOALS_OVERDUE_SHARE": Fraction(1, 3),
        "UNDECIDED_MONTHS": 6,
        "PICKED_SHARE": Fraction(1, 2),
        "LEAVING_MONTHS": 12,
        "RECRUITMENT_PERCENT": 50,
        "RECRUITMENT_WATCH_MONTHS": 3,
        "RECRUITMENT_FLAG_MONTHS": 6,
        "REVIEW_LATE_INTERVALS": Decimal("1.5"),
        "REVIEWS_COMPARED": 2,
        "ALONE_MONTHS": 12,
        "SUPERVISION_DAYS": 60,
        "OUTCOME_FLAG_MONTHS": 6,
        "OUTCOME_WATCH_MONTHS": 4,
        "JUDGED_PATIENTS": 5,
        "FEEDBACK_DAYS": 30,
        "NOT_STARTED_DAYS": 60,
        "IDLE_MONTHS": 2,
        "RATING_MONTHS": 13,
        "FIRST_RATING_MONTH": 7,
        "SECOND_RATING_MONTH": 13,
        "LOW_FLAG_TOTAL": Decimal("3.0"),
        "LOW_WATCH_TOTAL": Decimal("4.0"),
        "LOW_FALL": Decimal("0.5"),
        "SCALE_TOP": Decimal(5),
        "FEEDBACK_UNUSED_DAYS": 30,
        "ORGANISATION_FLAG_MEAN": Decimal("3.0"),
        "ORGANISATION_WATCH_MEAN": Decimal("4.0"),
        "FALSE_SECURITY_TOTAL": Decimal("4.0"),
        "FALSE_SECURITY_FLAGS": 2,
        "FALSE_SECURITY_THEMES": (1, 2, 3, 4),
        "FALSE_SECURITY_KNOWN_PARTS": 2,
        "MONEY_FLAG_MONTHS": 6,
        "MONEY_WATCH_MONTHS": 12,
        "HANDS_MONTHS": 12,
        "HANDS_SHARE_PARTS": 3,
        "REACH_MONTHS": 12,
        "REACH_FLAG_PERCENT": 25,
        "REACH_WATCH_PERCENT": 50,
        "UNBACKED_MONTHS": 12,
    }
}
THRESHOLDS["2"] = THRESHOLDS["1"] | {
    "CONFIRMED_MONTHS": 12,
    "COUNTS_FOR_MONTHS": 3,
    "COUNTED_REPORTERS": 3,
    "NEW_FOR_MONTHS": 12,
    "REACH_COUNT_MONTHS": 13,
    "FEWEST_SHOWN": 5,
}
THRESHOLDS["3"] = THRESHOLDS["2"] | {"GOALS_GRACE_DAYS": 3}
THRESHOLDS["4"] = THRESHOLDS["3"]  # the same limits; a mean of which only a limit is known decides only what is sure


def test_b03_another_threshold_is_another_version():
    found = {name: getattr(module, name) for module, name in constants()}

    assert found == THRESHOLDS[CATALOGUE_VERSION]
    assert max(THRESHOLDS) == CATALOGUE_VERSION


def test_there_are_39_entries_in_the_order_of_the_themes_with_the_other_published_work_last():
    assert [entry.theme for entry in ENTRIES] == [1] * 5 + [2] * 8 + [3] * 11 + [4] * 5 + [5] * 5 + [3, 3, 3, 2, 4]
    assert [entry.key for entry in ENTRIES[-5:]] == [
        "money-undecided",
        "hands-lost",
        "low-reach",
        "leader-unbacked",
        "programme-burden",
    ]
    assert Counter(entry.key for entry in ENTRIES).most_common(1)[0][1] == 1


def test_answers_come_in_the_catalogues_order_with_their_themes():
    found = assess(Snapshot(as_of=TODAY))

    assert [(one.key, one.theme) for one in found] == [(entry.key, entry.theme) for entry in ENTRIES]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_each_rule_says_what_it_rests_on(entry):
    rule = fidelity.false_security if entry.key == "false-security" else entry.rule
    words = rule.__doc__

    assert "Why: " in words
    assert "Threshold: " in words
    silent = "goes by what is reported" in words or "Reported only" in words
    assert silent or ("Ignores: " in words and "Severity: " in words)


PURE = [*RULES, Path(planning.capacity.__file__)]


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.name)
def test_b03_rules_lean_on_the_standard_library_and_the_hours_needed_alone(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module]
        else:
            continue
        others = {name.split(".")[0] for name in names if name != "planning.capacity"}
        assert others <= sys.stdlib_module_names


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.name)
def test_b03_rules_know_no_clock_no_chance_and_no_machine(path):
    source = path.read_text()

    for word in ("today()", "now(", "random", "environ", "open(", "time.time", "global "):
        assert word not in source
