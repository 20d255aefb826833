"""The sentences of theme 3: every form that a figure or a list can take."""

from datetime import date

import pytest
from django.utils import translation

from planning.risks import long_term, staff, upkeep
from planning.risks.answer import Status
from planning.risks.finding import measured
from planning.wording import evidence
from planning.wording.entries import TEXTS

DAY, UNTIL = date(2027, 3, 1), date(2027, 5, 31)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def said(code, **values) -> str:
    return evidence.sentence(measured(code, Status.FLAGGED, **values))


@pytest.mark.parametrize(
    ("code", "answers", "expected"),
    [
        ("expansion_lacks", ("no", "no", "no"), "without goals, hours or training behind it."),
        ("expansion_lacks", ("no", "yes", "no"), "without goals or training behind it."),
        ("expansion_lacks", ("absent", "no", "yes"), "without hours behind it."),
        (
            "expansion_not_said",
            ("absent", "yes", "absent"),
            "Whether it has goals or training behind it is not recorded.",
        ),
    ],
)
def test_an_expansion_says_what_is_not_behind_it_and_what_nobody_recorded(code, answers, expected):
    goals, hours, training = answers
    text = said(code, decided_on=DAY, goals=goals, hours=hours, training=training)

    assert text.startswith("It was decided on 1 March 2027 to expand IMR")
    assert text.endswith(expected)


@pytest.mark.parametrize(
    ("code", "done", "expected"),
    [
        ("not_prepared", ("no", "no", "no"), "eligible patients, weekly capacity for a year and briefing."),
        ("not_prepared", ("yes", "no", "absent"), "Recorded as not checked: weekly capacity for a year."),
        ("prepared", ("yes", "yes", "yes"), "eligible patients, weekly capacity for a year and briefing."),
        (
            "preparation_not_said",
            ("yes", "absent", "absent"),
            "checked: eligible patients. Nothing is recorded of this: weekly capacity for a year and briefing.",
        ),
    ],
)
def test_preparations_are_told_by_what_is_recorded_of_each(code, done, expected):
    eligible, capacity, briefing = done

    assert said(code, eligible=eligible, capacity=capacity, briefing=briefing).endswith(expected)


@pytest.mark.parametrize(
    ("patients", "groups", "who"),
    [
        (12, 2, "12 patients in individual IMR and 2 groups."),
        (12, None, "12 patients in individual IMR."),
        ("<5", 0, "<5 patients in individual IMR."),
        (0, 1, "1 group."),
        (None, 3, "3 groups."),
    ],
)
def test_who_is_in_the_programme_is_told_by_the_counts_there_are(patients, groups, who):
    text = said("patients_in_programme", patients=patients, groups=groups, until=UNTIL)

    assert text == f"In the programme by the count up to 31 May 2027: {who}"


@pytest.mark.parametrize(
    ("code", "values", "expected"),
    [
        (
            "nobody_in_programme",
            {"months": 3, "since": DAY, "until": UNTIL},
            "Nobody was in the programme from 1 March 2027 to 31 May 2027, by the counts of 3 months.",
        ),
        (
            "few_started",
            {"started": "<5", "planned": 12, "months": 6, "until": UNTIL},
            "Planned to start: 12. Started: <5. Counted over 6 months up to 31 May 2027.",
        ),
        (
            "few_started",
            {"started": "<5", "planned": "<8", "months": 3, "until": UNTIL},
            "Planned to start: <8. Started: <5. Counted over 3 months up to 31 May 2027.",
        ),
        (
            "starts_as_planned",
            {"started": 7, "planned": 8, "months": 1, "until": UNTIL},
            "Planned to start: 8. Started: 7. Counted over 1 month up to 31 May 2027.",
        ),
        (
            "no_supervision",
            {"none_since": DAY, "days": 60},
            "No supervision has been logged since 1 March 2027, 60 days or more ago.",
        ),
        ("all_trained", {"total": 1}, "The one active practitioner is trained."),
        ("all_trained", {"total": 4}, "All 4 active practitioners are trained."),
    ],
)
def test_counts_are_told_in_plain_words(code, values, expected):
    assert said(code, **values) == expected


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("no-vision", long_term.VISION_LOOK_MONTHS),
        ("leaving-soon", staff.LEAVING_MONTHS),
        ("alone-in-the-system", upkeep.ALONE_MONTHS),
        ("supervision-lapsed", upkeep.SUPERVISION_DAYS),
    ],
)
def test_b01_what_clears_an_entry_names_the_number_it_is_decided_on(key, number):
    assert f" {number} " in str(TEXTS[key].clears)
