"""Lists as spreadsheets: for exactly those, and of exactly that, which the page shows."""

import contextlib
import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from lxml import html

from accounts.access import may
from accounts.models import AuditEvent
from accounts.pages import FormPage
from accounts.sheet_pages import SheetOut
from accounts.templatetags import holdfast as words
from planning import conflicts
from planning.wording import figures
from tests.factories import (
    make_adviser,
    make_agreement,
    make_allocation,
    make_answer,
    make_caseload_month,
    make_conflict,
    make_decision,
    make_goal,
    make_leader,
    make_member,
    make_outcome_round,
    make_own_leadership_rating,
    make_practitioner,
    make_service,
    make_week_check_in,
)
from tests.planning.site import client_of, full_site, main_text, oslo, service_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]

SHEETS = {address.name: address.view for address in service_addresses() if issubclass(address.view, SheetOut)}
PAGES = {address.view: address.name for address in service_addresses()}
ROLES = ("leader", "practitioner", "adviser")
TODAY = date(2026, 11, 25)


def take_out(member, name: str, language: str = "en"):
    """The answer to the button."""
    return client_of(member, language=language).post(reverse(name, args=[member.service.key]))


def rows(member, name: str, language: str = "en") -> list[list[str]]:
    """The file's rows, its headings first."""
    response = take_out(member, name, language)
    assert response.status_code == 200
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if language == "nb" else ","))


def records(member, name: str) -> list[dict]:
    """The rows by their headings."""
    headings, *others = rows(member, name)
    return [dict(zip(headings, row, strict=True)) for row in others]


@pytest.fixture
def service():
    return make_service("f")


# ------------------------------------------------------------------------------------------------
# What holds for every list
# ------------------------------------------------------------------------------------------------


def test_every_list_that_people_see_can_be_taken_out():
    assert {name.removesuffix("_csv") for name in SHEETS} >= {
        "actions",
        "adaptations",
        "caseload",
        "confirmations",
        "conflicts",
        "decisions",
        "fidelity",
        "fundings",
        "goals",
        "leadership_ratings",
        "observations",
        "organisation_ratings",
        "outcome_rounds",
        "pauses",
        "people",
        "reviews",
        "supervisions",
        "supports",
        "time",
        "week_check_in",
    }


@pytest.mark.parametrize("name", SHEETS)
def test_s09_a_button_hands_out_a_file_and_the_trail_says_who_took_what(name):
    site = full_site("north-2")
    view = SHEETS[name]
    member = site.leader if may(site.leader, view.permission) else site.practitioner
    client = client_of(member)
    page = client.get(site.url(PAGES[view.page]))
    AuditEvent.objects.all().delete()

    assert client.get(site.url(name)).status_code == 405
    assert not AuditEvent.objects.exists()
    response = client.post(site.url(name))

    assert f'action="{site.url(name)}"' in page.content.decode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    file = response["Content-Disposition"].removeprefix('attachment; filename="').rstrip('"')
    assert file == f"north-2-{name.removesuffix('_csv').replace('_', '-')}-2026-11-25.csv"
    assert file.isascii()
    assert "no-store" in response["Cache-Control"]
    headings, *others = rows(member, name)
    assert all(headings)
    assert len(set(headings)) == len(headings)
    assert others, "tests/planning/site.py has nothing for this list"
    assert {len(row) for row in others} == {len(headings)}
    events = [(event.code, event.actor, event.details) for event in AuditEvent.objects.order_by("pk")[:1]]
    taken = ("list.taken_out", member.user.audit_id, {"list": name.removesuffix("_csv")})
    assert events == ([] if view.page.only_own else [taken])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Took out a list as a spreadsheet: What took time from IMR"),
        ("nb", "Tok ut en liste som regneark: Dette tok tid fra IMR"),
    ],
)
def test_s09_the_trail_names_the_list_in_the_readers_language(service, language, sentence):
    leader = make_leader(service)
    take_out(leader, "conflicts_csv")

    with translation.override(language):
        title = str(SHEETS["conflicts_csv"].page.title)
    text = main_text(client_of(leader, language=language).get("/services/f/audit/"))

    assert title in text
    assert language == "nb" or sentence in text


def ways(cell: str) -> set[str]:
    """How a page may say what stands in a cell."""
    said = {cell, cell.removeprefix("'")}
    for pattern, length in (("%Y-%m-%d", 10), ("%d.%m.%Y", 10), ("%Y-%m-%d %H:%M", 16), ("%d.%m.%Y %H:%M", 16)):
        if len(cell) == length:
            try:
                day = datetime.strptime(cell, pattern).date()
            except ValueError:
                continue
            said |= {words.day(day, TODAY), words.day(day), words.short_day(day, TODAY), figures.day(day)}
            said |= {words.formats.date_format(day), words.distance(day, TODAY)}
    if week := re.fullmatch(r"\d{4}-W(\d\d)", cell):
        said |= {f"week {int(week[1])}", f"uke {int(week[1])}"}
    if month := re.fullmatch(r"(\d{4})-(\d\d)", cell):
        first = date(int(month[1]), int(month[2]), 1)
        said |= {words.formats.date_format(first, "F Y"), words.formats.date_format(first, "M Y")}
    with contextlib.suppress(InvalidOperation):
        said |= {words.figure(Decimal(cell.replace(",", ".")))}
    return {" ".join(text.split()).casefold() for text in said}


def shown_to(site, member, page: str, language: str) -> str:
    """What the list's page shows, with the pages of single records that it leads to, but no form."""
    client, found = client_of(member, language=language), []
    addresses = [site.url(page)]
    for position, address in enumerate(addresses):
        if address in addresses[:position]:  # a page leads to itself, too
            continue
        response = client.get(address)
        if response.status_code != 200 or isinstance(response.context["view"], FormPage):
            continue
        document = html.document_fromstring(response.content.decode())
        (main,) = document.xpath("//main")
        found.append(" ".join(" ".join(main.itertext()).split()))
        if address == site.url(page):
            addresses += [link for link in main.xpath(".//a/@href") if link.startswith(site.url(page))]
            if page == "plan":
                addresses += [link for link in main.xpath(".//a/@href") if "/plan/goals/" in link]
    return " ".join(found).casefold()


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("role", ROLES)
def test_f16_a_file_holds_nothing_that_its_readers_page_does_not(role, language):
    site = full_site()
    member = site.people[role]
    yes_no = {"en": {"Yes", "No"}, "nb": {"Ja", "Nei"}}[language]

    for name, view in SHEETS.items():
        if not may(member, view.permission):
            assert take_out(member, name, language).status_code == 403
            continue
        shown = shown_to(site, member, PAGES[view.page], language)
        with translation.override(language):
            hidden = [
                (name, cell)
                for row in rows(member, name, language)[1:]
                for cell in row
                if cell and cell not in yes_no and not any(way in shown for way in ways(cell))
            ]
        assert hidden == []


# ------------------------------------------------------------------------------------------------
# Single lists
# ------------------------------------------------------------------------------------------------


def test_in_bokmaal_a_spreadsheet_opens_it_by_a_click(service):
    make_allocation(make_practitioner(service), hours_per_week="1.5", starts_on=date(2026, 10, 5))

    headings, row = rows(make_leader(service), "time_csv", "nb")

    assert row == ["Per Dahl", row[1], "1,50", "05.10.2026", ""]
    assert len(set(headings)) == 5


def test_what_a_colleague_wrote_runs_in_nobodys_spreadsheet(service):
    make_goal(service, outcome='=HYPERLINK("http://x.example";"Click")', doing_measure="@SUM(1)", target="-1")

    (goal,) = records(make_leader(service), "goals_csv")

    assert goal["Goal"] == '\'=HYPERLINK("http://x.example";"Click")'
    assert [cell for cell in goal.values() if cell.startswith(("=", "+", "-", "@"))] == []


def test_drafts_of_goals_are_the_leaders(service):
    make_goal(service, outcome="Not yet said aloud", state="draft")

    assert [goal["Goal"] for goal in records(make_leader(service), "goals_csv")] == ["Not yet said aloud"]
    assert records(make_practitioner(service), "goals_csv") == []


def test_f15_hours_of_single_people_are_in_the_leaders_file_alone(service):
    make_allocation(make_practitioner(service, name="Asta Ro"), hours_per_week=3)
    make_allocation(make_practitioner(service, name="Odd Vang"), hours_per_week="1.5")
    make_allocation(make_practitioner(service, name="Per Dahl"), hours_per_week=4, starts_on=date(2026, 12, 1))

    assert [row["Who"] for row in records(make_leader(service), "time_csv")] == ["Asta Ro", "Odd Vang", "Per Dahl"]
    for reader in (make_practitioner(service), make_adviser(service)):
        found = rows(reader, "time_csv")
        assert found[:2] == [["For what", "Hours a week"], ["Sessions", "4.50"]]
        assert {row[1] for row in found[2:]} == {"0"}


PERSONAL = ("Day", "Hours", "What would help", "Note", "Whose")


def test_f14_an_unnamed_conflict_is_its_week_and_its_reason_in_every_file(service):
    make_agreement(service)
    author, colleague = make_practitioner(service, name="Per Dahl"), make_practitioner(service, name="Asta Ro")
    leader = make_leader(service)
    with time_machine.travel(oslo("2026-11-18T10:00"), tick=False):
        make_conflict(author, hours="1.5", wanted_help="cover", note="Twice now", happened_on=date(2026, 11, 17))

    for reader in (leader, colleague):
        (entry,) = records(reader, "conflicts_csv")
        assert (entry["Week"], entry["Reason"]) == ("2026-W47", "Acute patient")
        assert {name: entry[name] for name in PERSONAL} == dict.fromkeys(PERSONAL, "")
    (own,) = records(author, "conflicts_csv")
    assert (own["Whose"], own["Hours"], own["Note"]) == ("yours, without your name", "1.50", "Twice now")
    assert rows(make_adviser(service), "conflicts_csv") == [
        ["Reason", "Entries in the last 90 days"],
        ["Acute patient", "1"],
    ]


def test_f14_before_its_monday_an_unnamed_conflict_is_in_its_authors_file_alone(service):
    make_agreement(service)
    author = make_practitioner(service)
    make_conflict(author)

    assert len(records(author, "conflicts_csv")) == 1
    for reader in (make_leader(service), make_practitioner(service), make_adviser(service)):
        assert records(reader, "conflicts_csv") == []


def test_f13_a_name_is_in_the_leaders_file_and_in_no_colleagues(service):
    make_agreement(service)
    author, leader = make_practitioner(service), make_leader(service)
    with time_machine.travel(oslo("2026-11-18T10:00"), tick=False):
        entry = make_conflict(author, named=True, hours=2, happened_on=date(2026, 11, 17))
    with time_machine.travel(oslo("2026-11-19T10:00"), tick=False):
        make_answer(entry, state="planned", text="We swap", by=leader)

    (to_leader,) = records(leader, "conflicts_csv")
    assert (to_leader["Whose"], to_leader["Day"], to_leader["Hours"]) == ("Per Dahl", "2026-11-17", "2.00")
    assert (to_leader["Answer"], to_leader["What was answered"]) == ("Planned", "We swap")
    (to_colleague,) = records(make_practitioner(service, name="Asta Ro"), "conflicts_csv")
    assert {name: to_colleague[name] for name in PERSONAL} == dict.fromkeys(PERSONAL, "")
    # Answered on the Thursday: before its Monday none without a name could have been.
    (to_author,) = records(author, "conflicts_csv")
    told = [record["Answered on"] for record in (to_leader, to_author, to_colleague)]
    assert told == ["2026-11-19", "2026-11-19", "2026-11-23"]


def test_f14_files_have_the_entries_in_the_pages_order(service):
    make_agreement(service)
    authors = [make_practitioner(service) for _each in range(3)]
    for reason, author in zip(("other", "acute", "meeting"), authors, strict=True):
        make_conflict(author, reason=reason, logged_at=oslo("2026-11-11T10:00"))
    leader = make_leader(service)

    listed = [entry.reason_label for entry in conflicts.list_for(leader, on=TODAY)]

    assert [entry["Reason"] for entry in records(leader, "conflicts_csv")] == listed


def test_exact_counts_of_patients_are_the_teams(service):
    make_caseload_month(service, individual_patients=3, eligible=None)
    make_decision(service, patients=3)
    make_outcome_round(service, patients=3, mean=None)
    adviser = make_adviser(service)

    (month,) = rows(make_practitioner(service), "caseload_csv")[1:]
    assert month[:2] == ["2026-10", "3"]
    assert take_out(adviser, "caseload_csv").status_code == 403
    for reader in (adviser, make_leader(service)):
        assert records(reader, "decisions_csv")[0]["Patients"] == "<5"
        assert records(reader, "outcome_rounds_csv")[0]["How many patients"] == "<5"


def test_of_others_a_practitioners_file_has_name_role_and_discipline_and_nobodys_address(service):
    leader = make_leader(service)
    reader = make_practitioner(service, name="Asta Ro", how_chosen="jointly")
    make_practitioner(service, name="Per Dahl", how_chosen="in_passing", discipline="nursing", experience_years=17)
    make_member(service, name="Gone Away", leaves_on=date(2026, 11, 1))

    headings, *to_reader = rows(reader, "people_csv")
    to_leader = rows(leader, "people_csv")[1:]

    of_others = {row[0]: [cell for cell in row[1:] if cell] for row in to_reader}
    assert of_others == {
        "Kari Nes": ["Leader"],
        "Asta Ro": ["Practitioner", "Together, by willingness and capacity"],
        "Per Dahl": ["Practitioner", "Nurse or social educator"],
    }
    assert "17" in to_leader[2]
    assert [row[0] for row in to_leader] == ["Kari Nes", "Asta Ro", "Per Dahl", "Gone Away"]
    assert "@" not in str([headings, to_leader, to_reader])


def test_ones_own_weeks_are_in_ones_own_file_and_the_trail_is_not_told(service):
    mine, colleague = make_practitioner(service), make_practitioner(service, name="Asta Ro")
    make_week_check_in(mine, own_time_hours="1.5")
    make_week_check_in(colleague, own_time_hours=7)
    AuditEvent.objects.all().delete()

    assert rows(mine, "week_check_in_csv")[1:] == [["2026-11-16", "4.00", "Most of it", "1.50"]]
    assert take_out(make_leader(service), "week_check_in_csv").status_code == 403
    assert not AuditEvent.objects.exists()


def test_a_leaders_own_rating_is_in_nobodys_file(service):
    leader = make_leader(service)
    make_own_leadership_rating(leader, proactive=Decimal("3.77"))

    assert records(leader, "leadership_ratings_csv") == []
