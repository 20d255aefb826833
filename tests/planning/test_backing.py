"""Support from outside, the next level's word, money and posts: what they take, refuse and show."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from planning.models import Confirmation, ConfirmedEmpty, Funding, Support
from tests.factories import (
    make_adviser,
    make_confirmation,
    make_funding,
    make_leader,
    make_practitioner,
    make_service,
    make_support,
)
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 11, 25)


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def leader(service):
    return client_of(make_leader(service))


def said(response) -> list[str]:
    """The lines of the error summary."""
    return [str(line.message) for line in response.context["form"].summary]


ASKED = {"level": "municipality", "wanted": "A room", "asked_on": "2026-11-02"}


def test_f04_support_is_recorded_and_its_answer_later(service, leader):
    leader.post("/services/f/record/support/new/", ASKED)
    support = Support.objects.get()
    assert (support.service, support.level, support.asked_on) == (service, "municipality", date(2026, 11, 2))
    assert (support.answer, support.answered_on) == ("open", None)

    leader.post(f"/services/f/record/support/{support.pk}/", ASKED | {"answer": "refused", "answered_on": "2026-11-20"})

    support.refresh_from_db()
    assert (support.answer, support.answered_on) == ("refused", date(2026, 11, 20))
    text = main_text(leader.get("/services/f/record/support/"))
    assert "A room Municipality · asked on 2 November 2026 · Refused on 20 November 2026" in text
    assert list(AuditEvent.objects.order_by("pk").values_list("code", "object_kind")) == [
        ("record.added", "support"),
        ("record.changed", "support"),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"asked_on": "2026-11-26"}, "Give today or an earlier day: it has to have been asked."),
        ({"answer": "agreed"}, "Give the day of the answer."),
        ({"answer": "none", "answered_on": "2026-11-20"}, "Choose what was answered"),
        ({"answered_on": "2026-11-20"}, "Choose what was answered"),
        ({"answer": "agreed", "answered_on": "2026-11-01"}, "Give a day on or after the one on which you asked."),
        ({"answer": "agreed", "answered_on": "2026-11-26"}, "leave it empty until there is an answer"),
        ({"answer": "agreed", "answered_on": "2026-11-02"}, None),
        ({"answer": "none"}, None),
    ],
)
def test_f09_an_answer_and_its_day_belong_together(service, leader, changes, message):
    response = leader.post("/services/f/record/support/new/", ASKED | changes)

    if message is None:
        assert response.status_code == 302
    else:
        (line,) = said(response)
        assert message in line
        assert not Support.objects.exists()


def test_support_with_half_an_answer_cannot_be_stored(service):
    for fields in (
        {"answer": "agreed"},
        {"answered_on": TODAY},
        {"answer": "refused", "answered_on": date(2020, 1, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_support(service, **fields)


def test_an_answer_can_be_taken_back(service, leader):
    support = make_support(service, asked_on=date(2026, 11, 2), answer="agreed", answered_on=TODAY)

    response = leader.post(f"/services/f/record/support/{support.pk}/", ASKED | {"answer": "none", "answered_on": ""})

    assert response.status_code == 302
    support.refresh_from_db()
    assert (support.answer, support.answered_on) == ("open", None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, None),
        ({"confirmed": "True", "answered_on": "2026-11-20"}, None),
        ({"confirmed": "False", "answered_on": "2026-11-20"}, None),
        ({"confirmed": "False"}, "Give the day of the answer."),
        ({"answered_on": "2026-11-20"}, "Choose what was answered"),
        ({"asked_on": ""}, "Give the day on which you sent the memo or asked."),
    ],
)
def test_f09_the_next_level_said_yes_or_no_or_nothing_yet(service, leader, changes, message):
    response = leader.post("/services/f/record/next-level/new/", {"asked_on": "2026-11-02"} | changes)

    if message is None:
        assert response.status_code == 302
        wanted = {"True": True, "False": False}.get(changes.get("confirmed"))
        assert Confirmation.objects.get().confirmed is wanted
    else:
        (line,) = said(response)
        assert message in line


def test_what_the_next_level_said_is_told_in_words(service):
    make_confirmation(service, asked_on=date(2026, 1, 7), confirmed=True, answered_on=date(2026, 1, 20))
    make_confirmation(service, asked_on=date(2026, 6, 3), confirmed=False, answered_on=date(2026, 6, 4))
    make_confirmation(service, asked_on=date(2026, 11, 2))

    text = main_text(client_of(make_adviser(service)).get("/services/f/record/next-level/"))

    last, no, yes = (
        text.index(words)
        for words in ("No answer yet", "IMR is not confirmed as a priority", "IMR is confirmed as a priority")
    )
    assert last < no < yes


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, None),
        ({"until": "2026-11-20"}, None),
        ({"until": "2026-11-19"}, "Give a day on or after the one of the decision, or leave it empty."),
        ({"kind": "start_up"}, "Start-up money ends: give its last day."),
        ({"kind": "start_up", "until": "2027-06-30"}, None),
        ({"decided_on": "2026-11-26"}, "Give today or an earlier day: it has to have been decided."),
        ({"kind": ""}, "Choose what was decided."),
    ],
)
def test_f09_money_and_posts(service, leader, changes, message):
    good = {"kind": "money", "decided_on": "2026-11-20"}

    response = leader.post("/services/f/record/money-and-posts/new/", good | changes)

    if message is None:
        assert response.status_code == 302
        assert Funding.objects.count() == 1
    else:
        (line,) = said(response)
        assert message in line


def test_money_without_an_end_holds_until_further_notice(service):
    make_funding(service, kind="posts", until=None)

    text = main_text(client_of(make_practitioner(service)).get("/services/f/record/money-and-posts/"))

    assert "Posts decided on 26 September 2026 · until further notice" in text
    assert "Record money or posts" not in text


@pytest.mark.parametrize(
    ("folder", "confirms", "words"),
    [
        ("support", ConfirmedEmpty.List.SUPPORT, "Nothing was asked for"),
        ("next-level", ConfirmedEmpty.List.CONFIRMATIONS, "Nobody was asked"),
        ("money-and-posts", ConfirmedEmpty.List.FUNDING, "Nothing is decided"),
    ],
)
def test_each_list_can_be_said_to_be_empty(service, leader, folder, confirms, words):
    address = f"/services/f/record/{folder}/"
    (link,) = [one for one in document(leader.get(address)).xpath("//main//a") if one.text_content() == words]

    leader.post(link.get("href"), {})

    confirmed = service.confirmed_empty.get()
    assert (confirmed.list, confirmed.on) == (confirms, TODAY)
    assert "Said to be empty on Wed 25 Nov." in main_text(leader.get(address))


def test_what_was_a_mistake_is_taken_out_and_the_trail_says_so(service, leader):
    funding = make_funding(service)

    leader.post(f"/services/f/record/money-and-posts/{funding.pk}/remove/", {})

    assert not Funding.objects.exists()
    assert AuditEvent.objects.get().code == "record.removed"
    assert "Took out of the record: Money and posts" in main_text(leader.get("/services/f/audit/"))
