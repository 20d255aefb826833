"""Sentences of measured evidence: figures never contradict the limit they are held against, and one is not many."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from planning.risks.answer import Status
from planning.risks.finding import measured, small
from planning.wording import evidence, figures

DAY = date(2026, 5, 3)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def said(code: str, **values) -> str:
    return evidence.sentence(measured(code, Status.FLAGGED, **values))


@pytest.mark.parametrize(
    ("figure", "limits", "shown"),
    [
        ("2", ["2"], "2.00"),
        ("1.994", ["2"], "1.99"),
        ("1.995", ["2"], "1.995"),
        ("1.996", ["2"], "1.996"),
        ("1.9999999999", ["2"], "1.999"),
        ("1.9999999999", [], "2.00"),
        ("2.0000000001", ["2"], "2.00"),
        ("2.4999", ["2.5"], "2.499"),
        ("2.505", ["2.5"], "2.51"),
        ("0.9999", ["1"], "0.999"),
        ("2.9999", ["3", "4"], "2.999"),
        ("3.9999", ["3", "4"], "3.999"),
    ],
)
def test_a_mean_is_never_rounded_to_the_other_side_of_a_limit(figure, limits, shown):
    assert figures.on_scale(Decimal(figure), *map(Decimal, limits)) == shown


ENGAGEMENT = {
    "answers": 6,
    "rated_on": DAY,
    "supportive": Decimal(3),
    "proactive": Decimal(2),
    "perseverant": Decimal(2),
}
VISIT = {"visit_on": DAY, "days": 30}
WENT = {"gone": 2, "total": 6, "months": 12, "first_on": DAY}
UNPREPARED = "a successor who is trained or has had IMR handed over."
UNPREPARED_MANY = "successors who are trained or have had IMR handed over."


@pytest.mark.parametrize(
    ("code", "values", "expected"),
    [
        (
            "support_rated",
            {"answers": 6, "rating": Decimal("1.9999"), "rated_on": DAY},
            "6 of the staff rated the leader's support at 1.999 of 4 on 3 May 2026.",
        ),
        (
            "knowledge_rated",
            {"answers": 6, "rating": Decimal("1.9999"), "rated_on": DAY},
            "6 of the staff rated the leader's knowledge of IMR at 1.999 of 4 on 3 May 2026.",
        ),
        (
            "engagement_rated",
            ENGAGEMENT | {"supportive": Decimal("2.4999"), "perseverant": Decimal("1.9999")},
            "6 of the staff rated the leader on 3 May 2026: supportive 2.499 of 4, proactive 2.00, perseverant 1.999.",
        ),
        (
            "engagement_rated",
            ENGAGEMENT | {"proactive": Decimal("1.9999"), "supportive": Decimal("1.9999")},
            "6 of the staff rated the leader on 3 May 2026: supportive 2.00 of 4, proactive 1.999, perseverant 2.00.",
        ),
        (
            "own_and_staff_rated",
            {"answers": 6, "own": Decimal("3.25"), "staff": Decimal("2.2501"), "gap": Decimal("0.9999")},
            "The leader's own mean on the leadership scale is 3.25 of 4, that of 6 of the staff 2.25: 0.999 apart.",
        ),
        (
            "own_and_staff_rated",
            {"answers": 6, "own": Decimal(1), "staff": Decimal("2.5"), "gap": Decimal("-1.5")},
            "The leader's own mean on the leadership scale is 1.00 of 4, that of 6 of the staff 2.50: 1.50 apart.",
        ),
        (
            "support_rated",
            {"answers": 3, "rating": Decimal("2.5555555556"), "rating_bound": "most", "rated_on": DAY},
            "3 of the staff rated the leader's support at 2.56 or more of 4 on 3 May 2026.",
        ),
        (
            "knowledge_rated",
            {"answers": 3, "rating": Decimal("1.4444444444"), "rating_bound": "least", "rated_on": DAY},
            "3 of the staff rated the leader's knowledge of IMR at 1.44 or less of 4 on 3 May 2026.",
        ),
        (
            "engagement_rated",
            ENGAGEMENT | {"proactive": Decimal("0.8666666667"), "proactive_bound": "least"},
            "6 of the staff rated the leader on 3 May 2026: supportive 3.00 of 4, proactive 0.87 or less, "
            "perseverant 2.00.",
        ),
        (
            "own_and_staff_within",
            {"answers": 3, "own": Decimal(4), "least": Decimal("2.5555555556"), "most": Decimal(4)},
            "The leader's own mean on the leadership scale is 4.00 of 4. That of 3 of the staff lies between 2.56 and "
            "4.00: of so few no more is known.",
        ),
        (
            "too_few_answers",
            {"answers": 1, "minimum": 5, "rated_on": DAY},
            "1 person rated the leadership on 3 May 2026. It takes 5, as was agreed beforehand.",
        ),
        (
            "organisation_rated",
            {"mean": Decimal("2.9999"), "rated_on": DAY},
            "The General Organizational Index was judged at 2.999 of 5 on 3 May 2026.",
        ),
        (
            "organisation_rated",
            {"mean": Decimal("3.9999"), "rated_on": DAY},
            "The General Organizational Index was judged at 3.999 of 5 on 3 May 2026.",
        ),
        (
            "recommendations_unused",
            VISIT | {"unused": 1, "total": 1},
            "The one recommendation of the visit on 3 May 2026 has no action.",
        ),
        (
            "recommendations_unused",
            VISIT | {"unused": 1, "total": 3},
            "1 of 3 recommendations of the visit on 3 May 2026 has no action.",
        ),
        (
            "recommendations_unused",
            VISIT | {"unused": 2, "total": 3},
            "2 of 3 recommendations of the visit on 3 May 2026 have no action.",
        ),
        (
            "recommendations_taken_up",
            VISIT | {"total": 1},
            "The one recommendation of the visit on 3 May 2026 has an action.",
        ),
        (
            "recommendations_taken_up",
            VISIT | {"total": 2},
            "All 2 recommendations of the visit on 3 May 2026 have an action.",
        ),
        (
            "leader_changed_unprepared",
            {"count": 1, "first_on": DAY},
            f"The leader changed on 3 May 2026, without {UNPREPARED}",
        ),
        (
            "leader_changed_unprepared",
            {"count": 2, "first_on": DAY},
            f"2 changes of leader since 3 May 2026, without {UNPREPARED_MANY}",
        ),
        (
            "practitioners_went_unprepared",
            WENT | {"count": 1},
            f"2 of 6 practitioners left or stopped within 12 months; 1, on 3 May 2026, without {UNPREPARED}",
        ),
        (
            "practitioners_went_unprepared",
            WENT | {"count": 2},
            f"2 of 6 practitioners left or stopped within 12 months; 2, since 3 May 2026, without {UNPREPARED_MANY}",
        ),
        (
            "practitioners_went_unprepared",
            WENT | {"gone": 1, "total": 1, "count": 1},
            f"The one practitioner left or stopped on 3 May 2026, without {UNPREPARED}",
        ),
        (
            "reach",
            {"asked": small(4), "eligible": small(5), "started_on": DAY},
            "Patients asked since the start on 3 May 2026: <5. Patients IMR could be for: 5.",
        ),
        (
            "reach",
            {"asked": small(4), "eligible": "<17", "started_on": DAY},
            "Patients asked since the start on 3 May 2026: <5. Patients IMR could be for: <17.",
        ),
        (
            "reach",
            {"asked": small(0), "eligible": small(1), "started_on": DAY},
            "Patients asked since the start on 3 May 2026: 0. Patients IMR could be for: <5.",
        ),
    ],
)
def test_sentences_count_in_plain_words(code, values, expected):
    assert said(code, **values) == expected


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("rating", "Judged by raters"),
        ("organisation_rated", "Judged by raters"),
        ("support_rated", "Judged by those who answered"),
        ("knowledge_rated", "Judged by those who answered"),
        ("engagement_rated", "Judged by those who answered"),
        ("own_and_staff_rated", "Judged by those who answered"),
        ("own_and_staff_within", "Judged by those who answered"),
        ("reach", "Counted in the record"),
    ],
)
def test_a_mean_says_whose_judgement_it_is(code, label):
    assert evidence.kind_label(measured(code, Status.CLEAR)) == label
