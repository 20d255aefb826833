"""Nothing is logged before the service has recorded what the log is for, nor long after that was to be looked at."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from planning.models import LoggingAgreement, PriorityConflict
from tests.factories import (
    make_adviser,
    make_agreement,
    make_leader,
    make_practitioner,
    make_service,
    make_sponsor,
)
from tests.planning.site import client_of, document, main_text, oslo, page, tap

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 11, 25)

AGREEMENT = {
    "purpose": "To make room for IMR",
    "ground": "public_task",
    "discussed_on": "2026-11-20",
    "discussed_with": "The shop steward",
    "information": "Entries are for planning only",
    "keep_months": "12",
    "evaluate_on": "2027-11-25",
}


def test_s10_while_the_log_is_closed_a_post_stores_nothing_and_says_why(clock):
    author = make_practitioner(make_service("f"))
    client = client_of(author)

    opened = client.get("/services/f/conflicts/new/")
    sent = client.post("/services/f/conflicts/new/", {"reason": "acute", "named": ""})

    assert document(opened).xpath("//main//form") == []
    assert "The log is closed. It opens once the leader has recorded what it is for." in main_text(opened)
    assert sent.status_code == 200
    assert "The log is closed. Your leader opens it by recording what it is for." in main_text(sent)
    assert document(sent).xpath("string(//title)").startswith("Error: ")
    target = document(sent).xpath("//*[@class='summary']//a/@href")[0][1:]
    assert document(sent).get_element_by_id(target) is not None
    assert not PriorityConflict.objects.exists()
    assert not AuditEvent.objects.exists()


def test_s10_the_leader_records_what_it_is_for_and_practitioners_read_it_and_log(clock):
    service = make_service("f")
    leader, practitioner = make_leader(service), make_practitioner(service)
    assert "The log is closed." in main_text(client_of(leader).get("/services/f/conflicts/"))
    assert "Closed until you record what it is for." in main_text(client_of(leader).get("/services/f/"))
    assert "The leader has not recorded it yet." in main_text(
        client_of(practitioner).get("/services/f/conflicts/agreement/")
    )

    response = client_of(leader).post("/services/f/conflicts/agreement/", AGREEMENT, follow=True)

    assert "Recorded. Practitioners can log conflicts from now on." in main_text(response)
    assert LoggingAgreement.objects.get().recorded_by == leader
    text = main_text(client_of(practitioner).get("/services/f/conflicts/agreement/"))
    for words in (
        "To make room for IMR",
        "A task in the public interest",
        "Fri 20 Nov, The shop steward",
        "Entries are for planning only",
        "12 months",
        "Thu 25 Nov 2027",
    ):
        assert words in text
    assert tap(client_of(practitioner), "f").status_code == 302


@pytest.mark.parametrize("missing", AGREEMENT)
def test_s10_nothing_of_it_may_be_missing(clock, missing):
    leader = make_leader(make_service("f"))

    response = client_of(leader).post("/services/f/conflicts/agreement/", AGREEMENT | {missing: ""})

    assert response.status_code == 200
    assert len(document(response).xpath("//*[@class='summary']//li")) == 1
    assert not LoggingAgreement.objects.exists()


def test_s10_only_leaders_record_it(clock):
    service = make_service("f")

    for member in (make_practitioner(service), make_adviser(service), make_sponsor(service)):
        assert client_of(member).post("/services/f/conflicts/agreement/", AGREEMENT).status_code == 403
    assert not LoggingAgreement.objects.exists()


@pytest.mark.parametrize(
    ("evaluate_on", "warning", "open_"),
    [
        ("2026-12-26", None, True),
        ("2026-12-25", "To be looked at again by Fri 25 Dec.", True),
        ("2026-09-27", "To be looked at again by Sun 27 Sep.", True),
        ("2026-09-26", "The log is closed: this was to be looked at again", False),
    ],
)
def test_s10_warned_thirty_days_before_paused_sixty_days_after(clock, evaluate_on, warning, open_):
    service = make_service("f")
    leader, practitioner = make_leader(service), make_practitioner(service)
    make_agreement(service, evaluate_on=date.fromisoformat(evaluate_on), recorded_at=oslo("2026-01-05T12:00"))

    home = main_text(client_of(leader).get("/services/f/"))
    agreement = main_text(client_of(leader).get("/services/f/conflicts/agreement/"))
    taken = client_of(practitioner).post("/services/f/conflicts/new/", {"reason": "acute"})

    due, still = "is due to be looked at.", "The log stands still until you have looked at its agreement again."
    assert (due in home) is (warning is not None and open_)
    assert (still in home) is not open_
    assert warning is None or warning in agreement
    assert (taken.status_code == 302) is open_
    assert PriorityConflict.objects.exists() is open_


NOT_RECORDED, OVERDUE = "once the leader has recorded", "was to be looked at again by Sat 26 Sep"
SAYS_WHY = {  # who, where, and what it says: before anything was recorded, and when what was recorded is overdue
    ("practitioner", "/services/f/"): ("once your leader has recorded what it is for", OVERDUE),
    ("practitioner", "/services/f/conflicts/"): (NOT_RECORDED, OVERDUE),
    ("practitioner", "/services/f/conflicts/new/"): (NOT_RECORDED, OVERDUE),
    ("adviser", "/services/f/conflicts/"): (NOT_RECORDED, OVERDUE),
    ("leader", "/services/f/conflicts/"): ("once you have recorded", OVERDUE),
    ("leader", "/services/f/"): ("Closed until you record what it is for.", "until you have looked at its agreement"),
}


@pytest.mark.parametrize(("role", "address"), SAYS_WHY)
@pytest.mark.parametrize("overdue", [False, True])
def test_s10_every_page_says_which_of_two_things_the_closed_log_waits_for(clock, role, address, overdue):
    service = make_service("f")
    makers = {"leader": make_leader, "practitioner": make_practitioner, "adviser": make_adviser}
    if overdue:
        make_agreement(service, evaluate_on=date(2026, 9, 26), recorded_at=oslo("2026-01-05T12:00"))

    text = main_text(client_of(makers[role](service)).get(address))

    said, not_said = SAYS_WHY[role, address][:: -1 if overdue else 1]
    assert said in text
    assert not_said not in text


@pytest.mark.parametrize(
    ("overdue", "why"),
    [
        (False, "The log is closed. Your leader opens it by recording what it is for."),
        (True, "The log stands still. Your leader opens it by looking again at what it is for."),
    ],
)
def test_s10_a_tap_on_the_closed_log_says_which_of_two_things_it_waits_for(clock, overdue, why):
    author = make_practitioner(make_service("f"))
    if overdue:
        make_agreement(author.service, evaluate_on=date(2026, 9, 26), recorded_at=oslo("2026-01-05T12:00"))

    sent = client_of(author).post("/services/f/conflicts/new/", {"reason": "acute"})

    assert why in main_text(sent)
    assert not PriorityConflict.objects.exists()


def test_an_adviser_is_not_asked_to_look_at_the_agreement(clock):
    adviser = make_adviser(make_service("f"))
    make_agreement(adviser.service, evaluate_on=WEDNESDAY)

    home = client_of(adviser).get("/services/f/")

    assert "due to be looked at" not in main_text(home)
    assert "/agreement/" not in page(home)
