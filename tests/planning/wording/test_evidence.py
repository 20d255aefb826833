"""Evidence and rules in words: every code has a sentence, every number comes from the rule's own constant."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from planning.risks import ENTRIES, assess
from planning.risks.answer import Evidence, Status
from planning.risks.finding import measured
from planning.wording import evidence
from tests.planning.risks.tables import CASES
from tests.planning.risks.tables.codes import constants, emitted
from tests.planning.risks.tables.shape import observed

LANGUAGES = pytest.mark.parametrize("language", ["en", "nb"])
REPORTED = {"hinders", "hinders_old", "helps", "helps_old", "group_hinders", "group_helps"}
EVIDENCE = [one for case in CASES for answer in assess(case.snapshot) for one in answer.evidence]
LEFT_OVER = re.compile(
    r"%|[{}]|None(?! of)|\(\)|  | [.,;]|\b1 (people|conflicts|reviews|actions|days|months|practitioners)\b"
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def said(code: str, **values) -> str:
    return evidence.sentence(measured(code, Status.FLAGGED, **values))


def test_b01_every_code_has_a_sentence_and_every_sentence_a_code():
    assert set(evidence.SENTENCES) == emitted() | REPORTED


@LANGUAGES
def test_b01_every_piece_of_evidence_reads_as_one_plain_sentence(language):
    with translation.override(language):
        for one in EVIDENCE:
            text = evidence.sentence(one)
            assert type(text) is str
            assert not LEFT_OVER.search(text), text
            assert text[0].isupper() or text[0].isdigit()
            assert text.endswith(".")
            assert len(text) <= 180


def test_b01_every_day_and_figure_in_the_values_is_in_words():
    for one in EVIDENCE:
        text = evidence.sentence(one)
        for name, value in one.values:
            if isinstance(value, date):
                assert f"{value.day} {value:%B} {value.year}" in text or name == "due_on"


@pytest.mark.parametrize(
    ("code", "values", "expected"),
    [
        ("picked", {"picked": 2, "total": 3}, "2 of 3 practitioners were asked in passing or appointed."),
        ("picked", {"picked": 1, "total": 2}, "1 of 2 practitioners was asked in passing or appointed."),
        ("picked", {"picked": 1, "total": 1}, "The one practitioner was asked in passing or appointed."),
        (
            "conflicts_lately",
            {"count": 0, "days": 30},
            "No priority conflict in the last 30 days, with the log in use.",
        ),
        ("conflicts_lately", {"count": 1, "days": 30}, "1 priority conflict in the last 30 days."),
        ("conflicts_lately", {"count": 3, "days": 30}, "3 priority conflicts in the last 30 days."),
        (
            "leader_acts",
            {"days": 60, "answered": 2, "held": 0, "moved": 1},
            "From the leader in the last 60 days: 2 conflicts answered, 1 action moved.",
        ),
        (
            "no_leader_act",
            {"idle_since": date(2026, 5, 3), "conflicts": 1, "reviews": 2, "actions": 0},
            "Since 3 May 2026 the leader has answered no conflict, held no review and moved no action. "
            "Waiting: 1 conflict, 2 reviews past their day.",
        ),
        (
            "rating",
            {"total": Decimal("4.69230769"), "rated_on": date(2026, 5, 3)},
            "Fidelity was judged at 4.69 of 5 on 3 May 2026.",
        ),
        (
            "rating_fell",
            {"fall": Decimal("0.53846153"), "total_before": Decimal("4.6"), "rated_before_on": date(2026, 5, 3)},
            "Fidelity fell by 0.54 from 4.60, where it was judged on 3 May 2026.",
        ),
        ("theme_has_flags", {"theme": 2, "count": 2}, "Theme 2, Leader engagement, has 2 flags."),
        (
            "time_set_aside",
            {"hours": Decimal("7.50")},
            "Hours set aside for IMR each week: 7.5. How many are needed is not known.",
        ),
        ("monitoring_time", {"hours": Decimal("10")}, "Hours set aside for monitoring each week: 10."),
        (
            "time_against_need",
            {
                "hours": Decimal("8.00"),
                "low": Decimal("6.7"),
                "typical": Decimal("10.0"),
                "high": Decimal("13.1"),
                "month_on": date(2026, 5, 1),
            },
            "Hours set aside for IMR each week: 8. Needed for the patients and groups of the month from 1 May 2026: "
            "about 10 (6.7 to 13.1).",
        ),
        (
            "work_short",
            {"work": "preparation", "hours": Decimal(0), "needed": Decimal("3.9")},
            "Preparation and notes: 0 hours a week set aside, about 3.9 needed.",
        ),
        (
            "work_short",
            {"work": "session", "hours": Decimal("0.5"), "needed": None},
            "Sessions: 0.5 hours a week set aside, and more are needed.",
        ),
        (
            "hours_lost",
            {"percent": Decimal("12.5"), "counted": 1, "weeks": 4},
            "Of the hours set aside, 12.5 percent were lost in the last 4 weeks, of which 1 counts.",
        ),
        (
            "decided_on_few",
            {"kind": "continue", "decided_on": date(2026, 5, 3), "patients": "<5", "limit": 5},
            "The decision of 3 May 2026 to continue rests on outcomes of fewer than 5 patients.",
        ),
        (
            "decided_on_few",
            {"kind": "stop", "decided_on": date(2026, 5, 3), "patients": 0, "limit": 5},
            "The decision of 3 May 2026 to stop rests on outcomes of no patients.",
        ),
        (
            "decided_on_outcomes",
            {"kind": "adapt", "decided_on": date(2026, 5, 3), "patients": 12},
            "The decision of 3 May 2026 to change the programme rests on outcomes of 12 patients.",
        ),
        (
            "adaptations_unplanned",
            {"unplanned": 1, "total": 1, "reason": 0, "evidence": 1, "decision": 0, "look_again": 1},
            "The one change to IMR in use lacks: something that speaks for it, a date to look at it again.",
        ),
        (
            "adaptations_unplanned",
            {"unplanned": 2, "total": 3, "reason": 2, "evidence": 0, "decision": 1, "look_again": 0},
            "2 of 3 changes to IMR in use lack something: a reason (2), a decision (1).",
        ),
    ],
)
def test_sentences_count_in_plain_words(code, values, expected):
    assert said(code, **values) == expected


def reported(code: str, **fields) -> Evidence:
    one = observed("no-leader", on=date(2026, 10, 12), **fields)
    values = (("on", one.on), ("source", one.source), ("passage", one.passage))
    return Evidence("reported", code, Status.FLAGGED, values=values)


@pytest.mark.parametrize(
    ("source", "passage", "where"),
    [
        ("focus_group", "Results, Leader Engagement", " (focus group; Results, Leader Engagement)"),
        ("review", "", " (review meeting)"),
        ("site_visit", "", " (site visit)"),
        ("supervision", "", " (supervision)"),
        ("other", "Discussion", " (Discussion)"),
        ("other", "", ""),
    ],
)
def test_reports_say_when_and_where_and_never_who(source, passage, where):
    text = evidence.sentence(reported("hinders", source=source, passage=passage))

    assert text == f"Reported on 12 October 2026: this hinders{where}."


def test_reports_that_fade_say_so():
    assert evidence.sentence(reported("hinders_old")) == (
        "Reported on 12 October 2026, more than 6 months ago: this hinders (review meeting)."
    )
    assert evidence.sentence(reported("helps_old")) == (
        "Reported on 12 October 2026: this helps (review meeting). That is more than 6 months ago and no longer counts."
    )
    assert evidence.sentence(reported("group_hinders")) == (
        "Reported on 12 October 2026 of a group of services that this one belongs to: this hinders (review meeting)."
    )


@LANGUAGES
def test_every_figure_says_how_it_came_about(language):
    with translation.override(language):
        labels = {evidence.kind_label(one) for one in EVIDENCE}
        judged = evidence.kind_label(measured("rating", Status.CLEAR))
        computed = evidence.kind_label(measured("hours_shared", Status.CLEAR))
        counted = evidence.kind_label(measured("picked", Status.CLEAR))

    assert all(labels)
    assert len({judged, computed, counted}) == 3
    assert {judged, computed, counted} <= labels


def test_an_unknown_code_or_entry_has_no_words():
    with pytest.raises(KeyError):
        said("nonsense")
    with pytest.raises(KeyError):
        evidence.rule_text("nonsense")


# Rules


def all_rules() -> dict[str, str]:
    return {entry.key: evidence.rule_text(entry.key) for entry in ENTRIES} | {"": evidence.reports_text()}


@LANGUAGES
@pytest.mark.parametrize("key", [entry.key for entry in ENTRIES])
def test_b01_every_entry_has_its_rule_in_words(language, key):
    with translation.override(language):
        text = evidence.rule_text(key)

    assert text[0].isupper()
    assert text.endswith(".")
    assert not re.search(r"%|[{}]|None(?! of)|  ", text)


NOT_SHOWN = {
    "SCALE_TOP",  # the end of the scale, not a limit
    "FALSE_SECURITY_THEMES",
    "FEWEST_SHOWN",  # how counts are shown
}
CONSTANTS = [(module, name) for module, name in constants() if name not in NOT_SHOWN]


@pytest.mark.parametrize(("module", "name"), CONSTANTS, ids=lambda one: getattr(one, "__name__", one))
def test_b01_the_numbers_in_a_rule_are_those_it_is_decided_on(monkeypatch, module, name):
    before = all_rules()
    value = getattr(module, name)
    monkeypatch.setattr(module, name, Fraction(5, 7) if isinstance(value, Fraction) else value + 1)

    assert all_rules() != before


def test_no_rule_says_that_its_record_is_still_to_come():
    assert evidence.rule_text("money-undecided").startswith(
        "Flagged when money or posts are not decided beyond the next 6 months"
    )
    for text in all_rules().values():
        assert not re.search(r"no record of this|not recorded yet|not yet in the record", text)


def test_the_rule_of_preparation_says_that_it_does_not_fade():
    assert "does not fade" in evidence.rule_text("unprepared-start")
