"""Results of rounds from a file: the results alone come in, and of a file with more in it nothing is kept."""

import io
import logging
import uuid
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import Workbook, load_workbook

from accounts.forms import SUBMISSION
from accounts.models import AuditEvent
from assessments import outcome_sheet
from assessments.models import OutcomeRound
from assessments.outcome_sheet import FIRST_ROW, NOW
from tests.factories import make_adviser, make_leader, make_outcome_round, make_practitioner, make_service
from tests.planning.site import client_of, document, main_text, oslo

pytestmark = pytest.mark.django_db

HERE = "/services/f/assessments/outcomes/"
HEADINGS = ["When", "Form", "Patients", "Mean", "Standard deviation", "Better", "About the same", "Worse",
            "Too few answers", "Shown to the practitioners"]  # fmt: skip
ROW = ["2026-11-10", "Filled in by patients", "12", "3.4123456789012", "0.61", "4", "5", "1", "2", ""]
UNUSED = ["", "Filled in by practitioners", "0", "", "", "", "", "", "0", ""]
SECRET = "4173"  # stands in an answer's place, and must turn up nowhere


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(oslo("2026-11-25T09:30"), tick=False):
        yield


@pytest.fixture
def leader():
    return make_leader(make_service("f"))


def csv_of(*rows, delimiter=";") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")


def xlsx_of(sheets: dict[str, list[list]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append([cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(member, content: bytes, *, name="results.csv", **data):
    return client_of(member).post(f"{HERE}import/", {"file": SimpleUploadedFile(name, content)} | data)


def said(response) -> list[str]:
    """What is wrong with the file."""
    assert response.status_code == 200
    return response.context["form"].errors["file"]


@pytest.mark.parametrize("content", [
    csv_of(HEADINGS, ROW, UNUSED),
    csv_of(HEADINGS, ROW, delimiter=","),
    xlsx_of({"Results": [HEADINGS, ROW, UNUSED]}),
    xlsx_of({"Sheet1": [], "Resultater": [HEADINGS, ROW]}),
    csv_of(["Når", "Skjema", "Pasienter", "Gjennomsnitt", "Standardavvik", "Bedre", "Omtrent som før",
            "Dårligere", "For få svar"],
           ["10.11.2026", "Fylt ut av pasienter", "12", "3,4123456789012", "0,61", "4", "5", "1", "2"]),
])  # fmt: skip
def test_f04_the_results_come_in_as_if_they_were_typed(leader, content):
    assert bring(leader, content).status_code == 302

    (measured,) = OutcomeRound.objects.all()
    assert (measured.service, measured.measured_on, measured.form) == (leader.service, date(2026, 11, 10), "patient")
    assert (measured.patients, measured.mean, measured.sd) == (12, Decimal("3.4123456789"), Decimal("0.61"))
    assert (measured.better, measured.same, measured.worse, measured.missing) == (4, 5, 1, 2)
    assert (measured.fed_back_on, measured.version) == (None, "2007.1")


def answers_in(where: str, *, hidden: bool = False) -> bytes:
    """The sheet as it is filled in, with one patient's answer on one of its sheets."""
    with translation.override("en"):
        book = load_workbook(io.BytesIO(outcome_sheet.workbook()))
    book[where].cell(FIRST_ROW, NOW.first, SECRET)
    book[where].sheet_state = "veryHidden" if hidden else "visible"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("content", [
    answers_in("Patients"),
    answers_in("Practitioners", hidden=True),
    xlsx_of({"Results": [HEADINGS, ROW], "Answers": [[SECRET]]}),
    xlsx_of({"Answers": [["", SECRET]], "Results": [HEADINGS, ROW]}),
    xlsx_of({"Results": [HEADINGS, ROW], "results ": [[SECRET]]}),
])  # fmt: skip
def test_f12_a_file_with_answers_of_patients_is_refused_and_nothing_of_it_is_kept_or_logged(leader, content, caplog):
    before = AuditEvent.objects.count()

    with caplog.at_level(logging.DEBUG):
        response = bring(leader, content, name="outcomes.xlsx")

    assert said(response) == [
        "This file holds more than the sheet “Results”. Answers of single patients stay in the service: save only that "
        "sheet, as CSV or in a new file, and bring that one. Nothing of this file was kept."
    ]
    assert SECRET not in response.content.decode()
    assert SECRET not in caplog.text
    assert (OutcomeRound.objects.count(), AuditEvent.objects.count()) == (0, before)


@pytest.mark.parametrize(("content", "sentence"), [
    (csv_of([*HEADINGS, "Patient 7"], [*ROW, SECRET]), "The first row must hold the headings of the results"),
    (csv_of(HEADINGS, [*ROW, SECRET]), "The first row must hold the headings of the results"),
    (csv_of(HEADINGS[:2], ROW[:2]), "The column “Patients” is missing."),
    (csv_of(["When", "When", "Form", "Patients"], ["", "", "", ""]), "There is only one row"),
    (csv_of(HEADINGS, UNUSED), "There is no round in it: give the day"),
    (csv_of(HEADINGS, ROW, ROW), "Row 3: the same day and form stand in another row."),
    (csv_of(HEADINGS, *[ROW] * 41), "That is more than 40 rounds."),
    (xlsx_of({"Sheet1": []}), "There is no sheet called “Results” in it."),
    (xlsx_of({"Results": [HEADINGS]}), "There is no round in it."),
    (b"PK\x03\x04 nothing", "This file cannot be read."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This file cannot be read."),
    (b"\x89PNG\x00\x01", "This file cannot be read."),
    (b"x" * 1_000_001, "That is more than 1 MB."),
])  # fmt: skip
def test_f09_a_file_that_is_no_list_of_results_gets_a_sentence(leader, content, sentence):
    response = bring(leader, content)

    assert said(response)[0].startswith(sentence)
    assert SECRET not in response.content.decode()
    assert not OutcomeRound.objects.exists()


@pytest.mark.parametrize(("heading", "value", "sentence"), [
    ("When", "2026-11-26", "Row 2, When: Give today or an earlier day"),
    ("When", "yesterday", "Row 2, When: “When” must be a date"),
    ("Form", "Filled in by robots", "Row 2, Form: Choose one of the answers"),
    ("Patients", "4", "Row 2, Mean: A mean is kept of five patients or more"),
    ("Patients", "some", "Row 2, Patients: “How many patients” must be a whole number"),
    ("Mean", "6", "Row 2, Mean: “Mean” can be at most 5."),
    ("Mean", "NaN", "Row 2, Mean: “Mean” must be a number"),
    ("Mean", "-", "Row 2, Standard deviation: A standard deviation needs a mean."),
    ("Better", "40", "Row 2, Better: Better, about the same and worse are 46 together"),
    ("Form", "01010750160", "Row 2: nothing about a patient belongs here."),
])  # fmt: skip
def test_f09_a_row_is_judged_as_if_it_were_typed_and_says_where(leader, heading, value, sentence):
    row = [value if one == heading else cell for one, cell in zip(HEADINGS, ROW, strict=True)]

    response = bring(leader, csv_of(HEADINGS, row))

    assert any(one.startswith(sentence) for one in said(response)), said(response)
    assert not OutcomeRound.objects.exists()


def test_f09_all_rows_come_in_or_none(leader):
    wrong = ["2026-10-10", "Filled in by practitioners", "3", "3.4", "", "", "", "", "", ""]

    assert said(bring(leader, csv_of(HEADINGS, ROW, wrong)))
    assert not OutcomeRound.objects.exists()


SHORT = ["When", "Form", "Patients", "Better", "About the same", "Worse"]
PATIENTS = "Filled in by patients"


def test_f09_a_row_is_held_against_the_round_before_it_in_the_same_file(leader):
    """Whatever order they stand in and however their days are written; nothing of a refused file is kept."""
    earlier, later = ["05.01.2026", PATIENTS, "6", "", "", ""], ["2026-04-05", PATIENTS, "12", "4", "4", "2"]
    sentence = "Better: Better, about the same and worse are more together than the patients of the round before."

    assert said(bring(leader, csv_of(SHORT, earlier, later))) == [f"Row 3, {sentence}"]
    assert said(bring(leader, csv_of(SHORT, later, earlier))) == [f"Row 2, {sentence}"]
    assert not OutcomeRound.objects.exists()
    assert not AuditEvent.objects.filter(code="record.added").exists()

    earlier[2] = "10"
    assert bring(leader, csv_of(SHORT, later, earlier)).status_code == 302
    assert list(OutcomeRound.objects.order_by("measured_on").values_list("measured_on", "patients")) == [
        (date(2026, 1, 5), 10),
        (date(2026, 4, 5), 12),
    ]


def test_f09_the_same_day_written_in_two_ways_is_one_day(leader):
    rows = ["2026-01-05", PATIENTS, "12", "", "", ""], ["05.01.2026", PATIENTS, "13", "", "", ""]

    assert said(bring(leader, csv_of(SHORT, *rows))) == ["Row 3: the same day and form stand in another row."]
    other = [["Filled in by practitioners" if cell == PATIENTS else cell for cell in rows[1]]]
    assert bring(leader, csv_of(SHORT, rows[0], *other)).status_code == 302


def test_f06_the_same_file_sent_twice_is_taken_once(leader):
    sent = {SUBMISSION: str(uuid.uuid4())}

    for _time in range(2):
        assert bring(leader, csv_of(HEADINGS, ROW), **sent).status_code == 302

    assert OutcomeRound.objects.count() == 1


def test_f09_a_round_that_is_there_already_is_not_taken_again(leader):
    make_outcome_round(leader.service, measured_on=date(2026, 11, 10))

    assert said(bring(leader, csv_of(HEADINGS, ROW))) == [
        "Row 2, When: There is a round of that day and form already. Give another day."
    ]


def test_what_comes_in_is_noted_without_its_figures(leader):
    bring(leader, csv_of(HEADINGS, ROW))

    (event,) = AuditEvent.objects.filter(code="record.added")
    assert "3.41" not in str(vars(event))


@pytest.mark.parametrize("make_reader", [make_leader, make_adviser])
def test_the_sheet_is_handed_out_to_those_who_bring_it_back(make_reader):
    reader = make_reader(make_service("f"))
    page = client_of(reader).get(f"{HERE}import/")
    (link,) = [a for a in document(page).xpath("//main//a") if a.text_content() == "Get the sheet"]

    response = client_of(reader).get(link.get("href"))

    assert response["Content-Type"] == outcome_sheet.XLSX
    assert load_workbook(io.BytesIO(response.content)).sheetnames == ["How to", "Results", "Patients", "Practitioners"]


def test_the_way_to_the_sheet_stands_on_the_list_for_those_who_may(leader):
    words = "Bring in a round from a sheet that does the sums"

    assert words in main_text(client_of(leader).get(HERE))
    assert words not in main_text(client_of(make_practitioner(leader.service)).get(HERE))
