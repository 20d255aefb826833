"""Caseload by month: exact counts for the team, a minute to fill in, and nothing known is not nought."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from planning.models import CaseloadMonth
from planning.risks.months import add_months
from tests.factories import (
    make_adviser,
    make_caseload_month,
    make_leader,
    make_practitioner,
    make_service,
    make_sponsor,
    make_stranger,
)
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]  # 25 November 2026

LIST = "/services/f/time/caseload/"
NEW = "/services/f/time/caseload/new/"


@pytest.fixture
def leader():
    return make_leader(make_service("f"))


def cells(response) -> list[list[str]]:
    """The rows of the table, as they are read."""
    rows = document(response).xpath("//main//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td")] for row in rows]


def choices(response) -> list[str]:
    return [option.text_content() for option in document(response).xpath("//select[@name='month']/option")]


def help_of(response, name: str) -> str:
    return document(response).xpath(f"string(//*[@id='id_{name}_helptext'])").strip()


# The table


def test_months_stand_the_latest_first_with_the_running_one_marked(leader):
    make_caseload_month(leader.service, month=date(2026, 9, 1), individual_patients=0, groups=None, sessions_held=12)
    make_caseload_month(leader.service, month=date(2026, 11, 1), individual_patients=3, groups=1, sessions_held=None)

    shown = cells(client_of(leader).get(LIST))

    assert [row[0] for row in shown] == ["November 2026 (still running)", "September 2026"]
    assert [row[1:4] for row in shown] == [["3", "1", "–"], ["0", "–", "12"]]


def test_the_team_sees_exact_counts_and_nobody_else_does(leader):
    service = leader.service
    record = make_caseload_month(service, individual_patients=2)
    practitioner = make_practitioner(service)

    of_practitioner = client_of(practitioner).get(LIST)

    assert cells(of_practitioner)[0][1] == "2"
    assert f"{LIST}{record.pk}/" not in of_practitioner.content.decode()
    assert "Record a month" not in main_text(of_practitioner)
    for member in (make_adviser(service), make_sponsor(service)):
        assert client_of(member).get(LIST).status_code == 403
    assert client_of(make_stranger()).get(LIST).status_code == 404


def test_an_empty_table_says_what_to_do(leader):
    assert "No month is recorded, so nobody can tell how many hours IMR needs." in main_text(
        client_of(leader).get(LIST)
    )
    practitioner = make_practitioner(leader.service)
    assert "No month is recorded yet. The leader records it." in main_text(client_of(practitioner).get(LIST))


def test_a_practitioner_may_not_record(leader):
    client = client_of(make_practitioner(leader.service))

    assert client.get(NEW).status_code == 403
    assert client.post(NEW, {"month": "2026-10-01", "groups": "1"}).status_code == 403


def test_the_page_says_that_it_is_about_nobody(leader):
    for address in (LIST, NEW):
        assert "Counts only, nothing about anybody." in main_text(client_of(leader).get(address))


# Recording


def test_a_month_is_recorded_and_what_was_left_empty_is_not_known(leader):
    client = client_of(leader)

    done = client.post(NEW, {"month": "2026-10-01", "individual_patients": "4", "dropped_out": "0"}, follow=True)

    record = CaseloadMonth.objects.get()
    assert done.redirect_chain == [(LIST, 302)]
    assert "Saved: October 2026." in main_text(done)
    assert (record.service, record.month) == (leader.service, date(2026, 10, 1))
    assert (record.individual_patients, record.dropped_out, record.groups, record.asked) == (4, 0, None, None)
    assert AuditEvent.objects.get().code == "record.added"


def test_the_last_24_months_can_be_recorded_the_newest_that_is_missing_first(leader):
    make_caseload_month(leader.service, month=date(2026, 11, 1))
    make_caseload_month(leader.service, month=date(2026, 9, 1))

    offered = choices(client_of(leader).get(NEW))

    assert offered[:2] == ["October 2026", "August 2026"]
    assert offered[-1] == "December 2024"
    assert len(offered) == 22


def test_when_every_month_is_recorded_the_page_says_so(leader):
    for back in range(24):
        make_caseload_month(leader.service, month=add_months(date(2026, 11, 1), -back))

    opened = client_of(leader).get(NEW)

    assert choices(opened) == []
    assert help_of(opened, "month") == "The last 24 months are all recorded. Change one of them instead."


def test_the_running_month_is_told_from_those_that_are_over(leader):
    assert choices(client_of(leader).get(NEW))[:2] == ["November 2026 (still running)", "October 2026"]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"month": "2026-12-01", "groups": "1"}, "Choose one of the answers shown for “Month”."),
        ({"month": "2024-11-01", "groups": "1"}, "Choose one of the answers shown for “Month”."),
        ({"month": "2026-10-15", "groups": "1"}, "Choose one of the answers shown for “Month”."),
        ({"month": "2026-10-01"}, "Write at least one figure. 0 is a figure; empty means not known."),
        ({"month": "2026-10-01", "groups": "-1"}, "“IMR groups” must be at least 0."),
        ({"month": "2026-10-01", "groups": "1.5"}, "“IMR groups” must be a whole number, as in 3."),
        ({"month": "2026-10-01", "asked": "100000"}, "“Patients asked whether they want IMR” can be at most 99999."),
        ({"month": "2026-10-01", "asked": "<5"}, "“Patients asked whether they want IMR” must be a whole number"),
    ],
)
def test_what_cannot_be_recorded_is_told(leader, sent, message):
    response = client_of(leader).post(NEW, sent)

    assert message in main_text(response)
    assert not CaseloadMonth.objects.exists()


def test_a_month_that_is_there_cannot_be_recorded_again(leader):
    make_caseload_month(leader.service, month=date(2026, 10, 1))

    client_of(leader).post(NEW, {"month": "2026-10-01", "groups": "5"})

    assert CaseloadMonth.objects.get().groups == 1


def test_the_last_months_figures_stand_beside_the_fields(leader):
    client = client_of(leader)
    assert help_of(client.get(NEW), "groups") == ""
    make_caseload_month(leader.service, month=date(2026, 8, 1), individual_patients=9, asked=7)
    october = make_caseload_month(leader.service, month=date(2026, 10, 1), individual_patients=0, groups=None)

    new = client.get(NEW)
    change = client.get(f"{LIST}{october.pk}/")

    assert help_of(new, "individual_patients") == "In October 2026: 0"
    assert (help_of(new, "groups"), help_of(new, "asked")) == ("", "")
    assert (help_of(change, "individual_patients"), help_of(change, "asked")) == (
        "In August 2026: 9",
        "In August 2026: 7",
    )


def test_a_month_is_put_right_and_taken_out(leader):
    record = make_caseload_month(leader.service, month=date(2026, 10, 1))
    make_caseload_month(leader.service, month=date(2026, 9, 1))
    client = client_of(leader)
    page = f"{LIST}{record.pk}/"

    assert choices(client.get(page))[:2] == ["November 2026 (still running)", "October 2026"]
    assert "September 2026" not in choices(client.get(page))
    client.post(page, {"month": "2026-11-01", "groups": "2"})
    record.refresh_from_db()
    assert (record.month, record.groups, record.individual_patients) == (date(2026, 11, 1), 2, None)

    asked = client.get(f"{page}remove/")
    client.post(f"{page}remove/")
    assert "Take out November 2026?" in main_text(asked)
    assert [one.month for one in CaseloadMonth.objects.all()] == [date(2026, 9, 1)]


def test_a_month_of_long_ago_can_still_be_put_right(leader):
    record = make_caseload_month(leader.service, month=date(2020, 3, 1))
    page = f"{LIST}{record.pk}/"
    client = client_of(leader)

    assert choices(client.get(page))[-1] == "March 2020"
    assert client.post(page, {"month": "2020-03-01", "groups": "2"}).status_code == 302


def test_another_services_month_is_not_there(leader):
    record = make_caseload_month(make_stranger().service)

    assert client_of(leader).get(f"{LIST}{record.pk}/").status_code == 404


def test_in_bokmaal_months_are_norwegian(leader):
    make_caseload_month(leader.service, month=date(2026, 10, 1))
    client = client_of(leader, language="nb")

    assert cells(client.get(LIST))[0][0] == "Oktober 2026"
    assert help_of(client.get(NEW), "groups") == "I oktober 2026: 1"
