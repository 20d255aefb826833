"""Bringing in a spreadsheet: look first, then all of it or nothing, once only; and nothing is lost on the way."""

import csv
import io
import re
import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from accounts.forms import SUBMISSION
from accounts.models import AuditEvent, Submission
from planning.models import Allocation, CaseloadMonth
from planning.sheets.fates import Kind
from planning.sheets.table import MOST_BYTES
from planning.views.sheets import FATE_WORDS
from tests.factories import (
    make_adviser,
    make_allocation,
    make_caseload_month,
    make_leader,
    make_practitioner,
    make_service,
    make_sponsor,
    make_stranger,
)
from tests.planning.form_samples import LANGUAGES
from tests.planning.site import client_of, document, main_text
from tests.planning.test_form_pages import check_error_page, everything

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]

NATIONAL_ID = "15108695088"  # a made-up one with right check digits
MONTHS = "Month;Individual;Groups\n2026-10;4;1\n2026-09;3;\n"
HOURS = "Who;For what;Hours a week;From;Until\nPer Dahl;Sessions;1,5;01.12.2026;\n"
PAGES = {"caseload": "/services/f/time/caseload/import/", "allocations": "/services/f/time/import/"}
SHEETS = {"caseload": MONTHS, "allocations": HOURS}


@pytest.fixture
def leader():
    service = make_service("f")
    make_practitioner(service)
    return make_leader(service)


@pytest.fixture
def client(leader):
    return client_of(leader)


def look(client, text="", page="caseload", **more):
    """What comes after a sheet was pasted."""
    return client.post(PAGES[page], {"pasted": text, SUBMISSION: str(uuid.uuid4())} | more)


def form_of(response) -> dict:
    """What the button of the preview would send."""
    form = document(response).get_element_by_id("page-form")
    return {one.get("name"): one.get("value") for one in form.xpath(".//input")}


def uploaded(data: bytes, name="sheet.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# Look, then import


def test_what_is_pasted_is_shown_row_by_row_and_written_only_by_the_second_button(client, leader):
    make_caseload_month(leader.service, month=date(2026, 9, 1), individual_patients=2, groups=1)
    before = everything()

    seen = look(client, MONTHS)

    text = main_text(seen)
    assert seen.status_code == 200
    assert "1 new · 1 changed" in text
    assert "Row 2 · October 2026: New Patients in individual IMR: 4 · IMR groups: 1" in text
    assert "Row 3 · September 2026: Will be changed Patients in individual IMR: 2 → 3" in text
    assert everything() == before

    done = client.post(PAGES["caseload"], form_of(seen), follow=True)

    assert done.redirect_chain == [("/services/f/time/caseload/", 302)]
    assert "2 rows imported." in main_text(done)
    months = CaseloadMonth.objects.order_by("month").values_list("month", "individual_patients", "groups")
    assert list(months) == [(date(2026, 9, 1), 3, 1), (date(2026, 10, 1), 4, 1)]
    assert sorted(AuditEvent.objects.values_list("code", flat=True)) == ["record.added", "record.changed"]


def test_time_set_aside_is_brought_in_with_a_decimal_comma(client, leader):
    seen = look(client, HOURS, "allocations")
    client.post(PAGES["allocations"], form_of(seen))

    allocation = Allocation.objects.get()
    assert (allocation.service, allocation.member.name) == (leader.service, "Per Dahl")
    assert (allocation.work, allocation.hours_per_week) == ("session", Decimal("1.5"))
    assert (allocation.starts_on, allocation.ends_on) == (date(2026, 12, 1), None)
    assert AuditEvent.objects.get().code == "allocation.set"


@pytest.mark.parametrize("page", PAGES)
def test_the_same_again_changes_nothing(client, page):
    client.post(PAGES[page], form_of(look(client, SHEETS[page], page)))
    before = everything()

    again = look(client, SHEETS[page], page)

    assert "There is nothing to import: everything in it is there already" in main_text(again)
    assert document(again).xpath("//main//button") == []
    client.post(PAGES[page], form_of(again))
    assert everything() == before


def test_a_file_does_what_pasted_cells_do(client):
    data = workbook(["Måned", "Groups"], [date(2026, 10, 1), 2], ["2026-09", 1])

    for content, name in ((data, "a.xlsx"), ("Month;IMR groups\n2026-10;2\n".encode("cp1252"), "a.csv")):
        seen = client.post(PAGES["caseload"], {"file": uploaded(content, name), "pasted": ""})
        assert "Row 2 · October 2026: New IMR groups: 2" in main_text(seen)


@pytest.mark.parametrize("page", PAGES)
def test_f06_the_same_import_twice_is_done_once_and_leads_to_the_same_page(client, page):
    sent = form_of(look(client, SHEETS[page], page))

    first = client.post(PAGES[page], sent)
    before = everything()
    second = client.post(PAGES[page], sent)

    assert (second.status_code, second.url) == (302, first.url)
    assert everything() == before
    assert Submission.objects.count() == 1
    assert "This had reached us already. It is saved once." in main_text(client.get(second.url))


def test_all_of_it_or_nothing(client, leader, monkeypatch):
    sent = form_of(look(client, MONTHS))
    saved = CaseloadMonth.save

    def fail_at_the_second(self, *args, **kwargs):
        if CaseloadMonth.objects.exists():
            raise RuntimeError("the power went")
        return saved(self, *args, **kwargs)

    monkeypatch.setattr(CaseloadMonth, "save", fail_at_the_second)
    client.raise_request_exception = False
    client.post(PAGES["caseload"], sent)

    assert not CaseloadMonth.objects.exists()
    assert not AuditEvent.objects.exists()
    monkeypatch.undo()
    assert client.post(PAGES["caseload"], sent).status_code == 302
    assert CaseloadMonth.objects.count() == 2


# What happens in between


def test_what_changed_since_the_look_is_looked_at_again(client, leader):
    sent = form_of(look(client, MONTHS))
    make_caseload_month(leader.service, month=date(2026, 10, 1), individual_patients=7, groups=1)

    refused = client.post(PAGES["caseload"], sent)

    assert "What is on record has changed since you looked. Look at it once more, then import." in main_text(refused)
    assert "Patients in individual IMR: 7 → 4" in main_text(refused)
    assert document(refused).xpath("string(//title)").startswith("Error: ")
    assert CaseloadMonth.objects.get().individual_patients == 7

    assert client.post(PAGES["caseload"], form_of(refused)).status_code == 302
    assert CaseloadMonth.objects.get(month=date(2026, 10, 1)).individual_patients == 4


def test_a_row_that_went_wrong_since_the_look_cannot_be_imported(client, leader):
    sent = form_of(look(client, HOURS, "allocations"))
    leader.service.members.filter(name="Per Dahl").update(name="Per Dal")

    refused = client.post(PAGES["allocations"], sent)

    assert "A2: nobody in the service is called “Per Dahl”." in main_text(refused)
    assert document(refused).xpath("//main//button") == []
    assert not Allocation.objects.exists()


def test_a_preview_is_taken_from_the_person_and_for_the_service_and_the_sheet_it_was_made_for(client, leader):
    sent = form_of(look(client, MONTHS))
    other = make_leader(leader.service, name="Tor Berg")
    elsewhere = make_leader(make_service("g"), user=leader.user)

    tries = [
        client_of(other).post(PAGES["caseload"], sent),
        client_of(elsewhere).post("/services/g/time/caseload/import/", sent),
        client.post(PAGES["allocations"], sent),
        client.post(PAGES["caseload"], sent | {"content": sent["content"][:-2] + "xx"}),
    ]

    for refused in tries:
        assert refused.status_code == 200
        assert "What you looked at is too old to be imported. Bring the sheet in once more." in main_text(refused)
    assert not CaseloadMonth.objects.exists()


def test_a_preview_of_yesterday_is_too_old(client, leader, clock):
    sent = form_of(look(client, MONTHS))
    clock.shift(13 * 3600)
    client.force_login(leader.user)  # the session has ended by then, too

    refused = client.post(PAGES["caseload"], sent)

    assert "too old to be imported" in main_text(refused)
    assert document(refused).get_element_by_id("id_file") is not None
    assert not CaseloadMonth.objects.exists()


# What is wrong with it


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "text",
    ["", "   \n ", "Nothing;of the kind\n1;2\n", "Month;Month\n1;2\n", "Month\n", 'Month;Groups\n"1;2\n', "\x01\n"],
)
def test_f07_f09_what_cannot_be_taken_is_told_and_kept(leader, page, language, text):
    before = everything()

    response = look(client_of(leader, language=language), text, page)

    tree, lines = check_error_page(response, language, form=response.context["form"])
    assert lines
    assert tree.get_element_by_id("id_pasted").text.replace("\r", "").removeprefix("\n") == text
    assert everything() == before


@pytest.mark.parametrize(
    ("page", "text", "lines"),
    [
        (
            "caseload",
            "Month;Groups\n2026-10;x\n2026-11;-1\n",
            ["B2: “x” is not a whole", "B3: “-1” is below 0."],
        ),
        ("caseload", "Month;Groups\n2026-10;1\noct 2026;1\n", ["A3: the same as row 2."]),
        ("caseload", "Month;Groups\n2026-10;=B1\n", ["B2: there is a formula in it. Write the figure itself"]),
        ("caseload", "Month;Shoe size\n2026-10;1\n", ["B1: no column is called “Shoe size”. Take it out, or give"]),
        ("allocations", HOURS.replace("Per Dahl", "Nobody"), ["A2: nobody in the service is called “Nobody”."]),
        ("allocations", HOURS.replace("01.12.2026", "12/1/2026"), ["D2: “12/1/2026” is not a date, as in 24.12.2026."]),
    ],
)
def test_what_is_wrong_names_the_cell_and_nothing_is_written(client, page, text, lines):
    response = look(client, text, page)

    _tree, said = check_error_page(response, "en", form=response.context["form"])
    assert len(said) == len(lines)
    assert all(sentence.startswith(line) for sentence, line in zip(said, lines, strict=True))
    assert not CaseloadMonth.objects.exists()
    assert not Allocation.objects.exists()


def test_of_many_mistakes_the_first_are_told_and_the_others_counted(client):
    response = look(client, "Month;Groups\n" + "".join(f"{year}-01;x\n" for year in range(2000, 2026)))

    _tree, said = check_error_page(response, "en", form=response.context["form"])
    assert len(said) == 21
    assert said[-1] == "6 more things of this kind."


def test_f12_a_national_identity_number_is_refused_and_not_repeated(client):
    data = workbook(["Month", "Groups"], ["2026-10", NATIONAL_ID])

    response = client.post(PAGES["caseload"], {"file": uploaded(data), "pasted": ""})

    text = main_text(response)
    assert "B2: This looks like a national identity number." in text
    assert f"national identity number. Take it out: nothing about a patient belongs here. {NATIONAL_ID}" not in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "There is nothing in the file. Choose another one."),
        (b"x" * (MOST_BYTES + 1), "That is more than 1 MB."),
        (b"%PDF-1.7\n\0\0", "This is no spreadsheet that can be read here."),
        (b"PK\x03\x04 and nothing more", "This file is damaged or no spreadsheet."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence_at_the_field(client, data, words):
    response = client.post(PAGES["caseload"], {"file": uploaded(data), "pasted": ""})

    _tree, said = check_error_page(response, "en", form=response.context["form"])
    assert len(said) == 1
    assert said[0].startswith(words)


def test_a_file_and_pasted_cells_at_once_are_not_guessed_between(client):
    response = client.post(PAGES["caseload"], {"file": uploaded(b"Month\n2026-10\n"), "pasted": MONTHS})

    assert "Choose a file or paste cells, not both: nobody could tell which one counts." in main_text(response)
    assert "2026-10;4;1" in document(response).get_element_by_id("id_pasted").text


def test_what_arrives_without_being_a_file_is_no_file(client):
    response = client.post(PAGES["caseload"], {"file": "sheet.xlsx", "pasted": ""})

    assert "Choose a file, or paste cells below." in main_text(response)


# The two steps as pages


@pytest.mark.parametrize("page", PAGES)
def test_f08_f10_how_the_form_looks_when_it_opens(client, page):
    tree = document(client.get(PAGES[page]))
    form = tree.get_element_by_id("page-form")

    assert (form.get("method"), form.get("enctype")) == ("post", "multipart/form-data")
    assert "novalidate" in form.attrib
    for attribute in ("required", "placeholder", "disabled", "maxlength"):
        assert form.xpath(f".//*[@{attribute}]") == []
    assert [one.text_content().strip() for one in form.xpath(".//label")] == ["A file", "Or cells that you copied"]
    assert form.xpath(".//button")[0].text_content() == "Look at what it does"


@pytest.mark.parametrize("page", PAGES)
def test_a06_the_language_can_be_switched_at_both_steps(client, page):
    at_first = look(client, SHEETS[page], page, switch_language="nb")
    sent = form_of(look(client, SHEETS[page], page))
    at_second = client.post(PAGES[page], sent | {"switch_language": "nb"})

    assert (document(at_first).get("lang"), document(at_second).get("lang")) == ("nb", "nb")
    assert document(at_first).get_element_by_id("id_pasted").text.strip() == SHEETS[page].strip()
    assert form_of(at_second)["content"] == sent["content"]
    assert not CaseloadMonth.objects.exists()
    assert client.post(PAGES[page], form_of(at_second)).status_code == 302
    assert CaseloadMonth.objects.exists() or Allocation.objects.exists()


def test_hours_that_come_on_top_of_others_are_told_in_the_preview(client, leader):
    make_allocation(leader.service.members.get(name="Per Dahl"), hours_per_week="2", starts_on=date(2026, 1, 1))

    assert "Comes on top of 2 h a week that are set aside already." in main_text(look(client, HOURS, "allocations"))


# A sheet to start from


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_to_start_from_is_in_the_readers_language_and_does_nothing_when_it_comes_back(leader, page, language):
    client = client_of(leader, language=language)
    tree = document(client.get(PAGES[page]))
    links = {link.text_content(): link.get("href") for link in tree.xpath("//main//a[contains(@href, '/sheet/')]")}

    files = {name: client.get(url) for name, url in links.items()}

    assert set(files) == {"XLSX", "CSV"}
    for name, response in files.items():
        assert re.fullmatch(rf'attachment; filename="holdfast-{page}\.{name.lower()}"', response["Content-Disposition"])
        before = everything()
        seen = client.post(PAGES[page], {"file": uploaded(response.content, f"a.{name.lower()}"), "pasted": ""})
        assert seen.status_code == 200
        assert seen.context["rows"][0].number == 2
        assert not seen.context["can_import"]
        assert everything() == before
    rows = list(csv.reader(io.StringIO(files["CSV"].content.decode("utf-8-sig")), delimiter=";"))
    cells = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(files["XLSX"].content)).active.rows]
    assert rows[0] == cells[0] == [str(label) for label in seen.context["columns"]]
    assert rows[1][0].startswith("Example: " if language == "en" else "Eksempel: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_hands_out_changes_nothing_when_it_is_brought_in(leader, language):
    service = leader.service
    make_caseload_month(service, month=date(2026, 9, 1), groups=None, eligible=1200)
    make_caseload_month(service, month=date(2026, 10, 1))
    make_allocation(service.members.get(name="Per Dahl"), hours_per_week="1.5", ends_on=date(2027, 6, 30))
    make_allocation(make_practitioner(service, name="Åse Gone", leaves_on=date(2026, 11, 1)), hours_per_week="0.25")
    client = client_of(leader, language=language)

    for name, page in (("caseload", "caseload"), ("time", "allocations")):
        out = client.post(reverse(f"{name}_csv", args=["f"]))
        seen = client.post(PAGES[page], {"file": uploaded(out.content, "a.csv"), "pasted": ""})

        assert seen.context["form"].errors == {}
        with translation.override(language):
            assert {row.fate for row in seen.context["rows"]} == {str(FATE_WORDS[Kind.SAME])}
        assert len(seen.context["rows"]) == 2


def test_only_leaders_bring_in_and_only_into_their_own_service(leader):
    service = leader.service
    for member in (make_practitioner(service, name="Asta Ro"), make_adviser(service), make_sponsor(service)):
        for page in PAGES.values():
            assert client_of(member).get(page).status_code == 403
            assert client_of(member).post(page, {"pasted": MONTHS}).status_code == 403
    for page in PAGES.values():
        assert client_of(make_stranger()).post(page, {"pasted": MONTHS}).status_code == 404
