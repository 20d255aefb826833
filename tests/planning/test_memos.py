"""The memo where people meet it: first on a sponsor's page; its addressees on its own; the pack for leaders alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from planning import memos, reminders
from planning.documents import issuing, making, pages
from planning.models import Document
from tests import factories as make
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = timezone.timedelta(days=1)
HOME = "/services/f/"


@pytest.fixture
def service():
    return make.make_service("f")


@pytest.fixture
def leader(service):
    return make.make_leader(service)


@pytest.fixture
def sponsor(service):
    return make.make_sponsor(service, name="Anna Berg")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Documents that take no time, and no mail."""
    made = pages.Made(pdf=b"%PDF-1.7", page_one=None, pages=1)
    monkeypatch.setattr(making, "make_file", lambda document: made)
    monkeypatch.setattr(reminders, "plan_ready", lambda document: None)


def issued(leader, kind=Document.Kind.MEMO, *, ready: bool = True) -> Document:
    found = issuing.issue(service=leader.service, by=leader, language="en", as_of=timezone.localdate(), kind=kind)
    if ready:
        making.make(found.pk, at=timezone.now())
    return found


def test_a_sponsor_reads_what_to_decide_by_when_then_the_memo_then_the_plan(leader, sponsor):
    make.make_decision_wanted(leader.service, asked_of=sponsor)
    issued(leader, Document.Kind.ACTION_PLAN)
    issued(leader)

    text = main_text(client_of(sponsor).get(HOME))

    in_order = [
        "1 decision is wanted of you, by",
        "Will the half post be paid for another year?",
        "Memo no. 1",
        "It asks for",
        "To Anna Berg.",
        "Download the PDF, 1 page",
        "Action plans",
        "The five themes",
    ]
    places = [text.find(words) for words in in_order]
    assert -1 not in places
    assert places == sorted(places)


def test_the_memo_leads_to_its_page_and_its_pdf(leader, sponsor):
    issued(leader)
    client = client_of(sponsor)

    links = document(client.get(HOME)).xpath("//main//a/@href")

    assert {"/services/f/documents/memo/1/", "/services/f/documents/memo/1/pdf/"} <= set(links)
    assert client.get("/services/f/documents/memo/1/").status_code == 200
    assert client.get("/services/f/documents/memo/1/pdf/").content == b"%PDF-1.7"


def test_the_latest_memo_that_is_made_counts_and_those_before_it_are_at_hand(leader, sponsor):
    issued(leader)
    issued(leader)
    issued(leader, ready=False)

    page = document(client_of(sponsor).get(HOME))

    assert memos.in_force(leader.service).document.number == 2
    (earlier,) = page.xpath("//details[summary='Earlier memos']//a/@href")
    assert earlier == "/services/f/documents/memo/1/"
    assert "Memo no. 3" not in page.xpath("//main")[0].text_content()


def test_without_a_memo_it_says_who_issues_one(sponsor, leader):
    text = main_text(client_of(sponsor).get(HOME))

    assert "No decision is wanted of you now." in text
    assert "No memo has been issued yet. The leader issues it." in text


def test_a_question_answered_today_is_wanted_no_more(leader, sponsor):
    today = timezone.localdate()
    make.make_decision_wanted(leader.service, answer="yes", answered_on=today, answered_by=sponsor)

    assert "No decision is wanted of you now." in main_text(client_of(sponsor).get(HOME))


def test_the_leader_sees_to_whom_the_memo_is_addressed(leader, sponsor):
    issued(leader)

    assert "To Anna Berg." in main_text(client_of(leader).get("/services/f/documents/memo/1/"))


def test_where_nobody_of_the_next_level_is_known_the_leader_is_told_what_to_do(leader):
    issued(leader)

    page = document(client_of(leader).get("/services/f/documents/memo/1/"))

    assert "print it and hand it over" in page.xpath("//main")[0].text_content()
    assert page.xpath("//main//a[.='Invite somebody of the next level']/@href") == ["/services/f/people/"]


def test_a_plan_names_no_addressee(leader, sponsor):
    issued(leader, Document.Kind.ACTION_PLAN)

    assert "To Anna Berg." not in main_text(client_of(leader).get("/services/f/documents/plan/1/"))


@pytest.mark.parametrize("role", ["practitioner", "adviser", "sponsor"])
@pytest.mark.parametrize("page", ["", "pdf/", "verify/"])
def test_p11_a_handover_pack_opens_for_leaders_alone(leader, role, page):
    issued(leader, Document.Kind.HANDOVER)
    address = "/services/f/verify/handover/1/" if page == "verify/" else f"/services/f/documents/handover/1/{page}"

    assert client_of(leader).get(address).status_code == 200
    assert client_of(make.make_stand_in(leader.service)).get(address).status_code == 200
    assert client_of(getattr(make, f"make_{role}")(leader.service)).get(address).status_code == 403


def test_r02_a_sponsors_page_asks_the_database_as_often_for_one_memo_as_for_many(leader, sponsor):
    counted = []
    for number in (2, 7):
        for _time in range(number):
            issued(leader)
        with CaptureQueriesContext(connection) as queries:
            client_of(sponsor).get(HOME)
        counted.append(len(queries))

    assert counted[0] == counted[1]
