"""The sheet that scores a round of patient outcomes: its formulas, worked out by a reader of their own."""

import io
import random
from fractions import Fraction
from statistics import stdev

import pytest
from django.utils import translation
from openpyxl import load_workbook

from assessments import outcome_sheet, scoring
from assessments.instruments import IMRS
from assessments.models import OutcomeRound
from assessments.outcome_sheet import BEFORE, FIRST_ROW, NOW, ROOM
from tests.assessments.sheet_formulas import Reader

SHEETS = {"patient": "Patients", "practitioner": "Practitioners"}
RELIABLE = {"patient": 0.79, "practitioner": 0.86}
ROWS_OF_RESULTS = {"patient": 2, "practitioner": 3}


def opened():
    with translation.override("en"):
        return load_workbook(io.BytesIO(outcome_sheet.workbook()))


def answers_of(chance: random.Random, *, asked: float) -> list[int | None]:
    """One patient's answers to fifteen items; some did not answer all, some none."""
    if chance.random() > asked:
        return [None] * 15
    left_out = chance.choice([0, 0, 0, 1, 3, 4, 9])
    places = set(chance.sample(range(15), left_out))
    level = chance.choice([1, 2, 3, 4])
    return [None if place in places else chance.randint(level, level + 1) for place in range(15)]


def filled(form: str, patients: list[tuple[list, list]]):
    """The sheet with these patients' answers, before and now."""
    book = opened()
    page = book[SHEETS[form]]
    for row, both in enumerate(patients, start=FIRST_ROW):
        for block, answers in zip((BEFORE, NOW), both, strict=True):
            for place, answer in enumerate(answers):
                page.cell(row, block.first + place, answer)
    return book


def results(book, form: str) -> dict:
    """What the results say of a form, by the sheet's headings."""
    reader, page = Reader(book), book["Results"]
    return {
        page.cell(1, column).value: reader.value("Results", page.cell(ROWS_OF_RESULTS[form], column).coordinate)
        for column in range(1, page.max_column + 1)
    }


def scored(answers: list) -> Fraction | None:
    """The product's own score of one patient."""
    given = {item: answer for item, answer in zip(IMRS.items, answers, strict=True) if answer is not None}
    return scoring.score(given, IMRS).total


def expected(form: str, patients: list[tuple[list, list]]) -> dict:
    """The same from the scoring of the product and the reference's own words."""
    both = [(scored(before), scored(now)) for before, now in patients]
    before, now = ([one for one in column if one is not None] for column in zip(*both, strict=True))
    changes = [float(after - first) for first, after in both if None not in (first, after)]
    deviation = stdev(map(float, before)) if len(before) >= 20 else 0.5
    limit = 1.96 * 2**0.5 * deviation * (1 - RELIABLE[form]) ** 0.5
    enough, twice = len(now) >= 5, len(changes) >= 5
    better, worse = (sum(sign * change > limit for change in changes) for sign in (1, -1))
    return {
        "Patients": len(now),
        "Mean": float(sum(now) / len(now)) if enough else "",
        "Standard deviation": stdev(map(float, now)) if enough else "",
        "Better": better if twice else "",
        "About the same": len(changes) - better - worse if twice else "",
        "Worse": worse if twice else "",
        "Too few answers": sum(0 < sum(one is not None for one in answers) < 12 for _before, answers in patients),
    }


@pytest.mark.parametrize("form", SHEETS)
@pytest.mark.parametrize("seed", range(12))
def test_f05_the_formulas_of_the_sheet_score_as_the_product_does(form, seed):
    chance = random.Random(seed)
    count = chance.choice([3, 4, 5, 6, 19, 20, 21, ROOM])
    patients = [(answers_of(chance, asked=0.9), answers_of(chance, asked=0.95)) for _one in range(count)]
    wanted = expected(form, patients)

    said = results(filled(form, patients), form)

    for name, value in wanted.items():
        assert said[name] == (pytest.approx(value) if isinstance(value, float) else value), (name, seed)


@pytest.mark.parametrize(("answered", "mean"), [(11, ""), (12, 3.0), (15, 3.0)])
def test_f05_a_mean_in_the_sheet_needs_twelve_of_fifteen_answers(answered, mean):
    one = [3] * answered + [None] * (15 - answered)

    said = results(filled("patient", [(one, one)] * 5), "patient")

    assert (said["Mean"], said["Patients"]) == (mean, 5 if mean else 0)
    assert said["Too few answers"] == (0 if mean else 5)


@pytest.mark.parametrize(("patients", "mean"), [(4, ""), (5, 3.0)])
def test_f15_the_sheet_gives_no_figure_of_fewer_than_five_patients(patients, mean):
    said = results(filled("practitioner", [([3] * 15, [3] * 15)] * patients), "practitioner")

    assert said["Mean"] == mean
    assert said["About the same"] == (5 if mean else "")


def test_f05_the_limits_of_the_sheet_are_those_of_the_reference():
    book = opened()
    limits = {form: Reader(book).value(title, outcome_sheet.sum_cell("limit")) for form, title in SHEETS.items()}

    assert {form: round(limit, 2) for form, limit in limits.items()} == {"patient": 0.64, "practitioner": 0.52}


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_sheet_has_room_for_sixty_on_both_forms_and_names_every_item(language):
    with translation.override(language):
        book = load_workbook(io.BytesIO(outcome_sheet.workbook()))
        names = [str(getattr(item.name, language)) for item in IMRS.described]
        forms = [str(title) for title in outcome_sheet.FORM_SHEETS.values()]

    for title in forms:
        page = book[title]
        for block in (BEFORE, NOW):
            columns = range(block.first, block.last + 1)
            assert [page.cell(2, column).value for column in columns] == list(range(1, 16))
            assert [page.cell(3, column).value for column in columns] == names
        assert page.cell(FIRST_ROW + ROOM - 1, 1).value == ROOM == 60


def test_the_sheet_has_no_place_for_a_name():
    """Beside the answers there are the number of the row and what is worked out."""
    page = opened()["Patients"]
    empty = [
        page.cell(3, column).value
        for column in range(1, outcome_sheet.TOO_FEW + 1)
        if page.cell(FIRST_ROW, column).value is None
    ]

    assert empty == [item.name.en for item in IMRS.described] * 2


def test_headings_and_forms_are_known_in_both_languages():
    for language in ("en", "nb"):
        with translation.override(language):
            headings = [str(words) for words in outcome_sheet.HEADINGS.values()]
            labels = [str(form.label) for form in OutcomeRound.Form]
        with translation.override("en"):
            assert [outcome_sheet.field_of(one) for one in headings] == list(outcome_sheet.HEADINGS)
            assert [outcome_sheet.form_of(one) for one in labels] == list(OutcomeRound.Form.values)
    assert outcome_sheet.field_of("Patient no. 7") is None
