"""Pages of a service and their forms: sent once, sent twice, sent at the same time, in another language."""

import re
import threading
import uuid

import pytest
from django.db import connection
from django.test import Client

from accounts.models import AuditEvent, Member, Role, Service, Submission, User

pytestmark = pytest.mark.urls("tests.accounts.pages_urls")

GOOD = {
    "wish": "More time",
    "why": "",
    "on": "2026-12-24",
    "hours": "2.5",
    "email": "leader@example.org",
    "kind": "a",
    "days": ["mo"],
    "agreed": "on",
}


def leader_of(key="f", email="leader@example.org"):
    service = Service.objects.create(key=key, name=f"Service {key.upper()}")
    user = User.objects.create_user(email, name="Kari Nes", language="en")
    Member.objects.create(service=service, user=user, name="Kari Nes", role=Role.LEADER)
    return user


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def submission_in(response) -> str:
    return re.search(r'name="submission" value="([0-9a-f-]{36})"', response.content.decode())[1]


@pytest.mark.django_db
def test_a_form_is_saved_and_leads_to_its_page():
    client = client_of(leader_of())
    key = submission_in(client.get("/services/f/wish/"))

    response = client.post("/services/f/wish/", {**GOOD, "submission": key}, follow=True)

    event = AuditEvent.objects.get(code="wish.sent")
    assert response.redirect_chain == [(f"/services/f/wishes/{event.pk}/", 302)]
    assert "Your wish was sent." in response.content.decode()
    assert Submission.objects.get().success_url == f"/services/f/wishes/{event.pk}/"


@pytest.mark.django_db
def test_f06_the_same_submission_sent_again_leads_to_the_same_page_and_saves_nothing():
    client = client_of(leader_of())
    data = {**GOOD, "submission": str(uuid.uuid4())}

    first = client.post("/services/f/wish/", data)
    again = client.post("/services/f/wish/", data)

    assert again.status_code == 302
    assert again.url == first.url
    assert AuditEvent.objects.filter(code="wish.sent").count() == 1


@pytest.mark.django_db
def test_f06_a_done_submission_is_answered_even_when_it_would_not_be_valid_any_more():
    client = client_of(leader_of())
    key = str(uuid.uuid4())

    first = client.post("/services/f/wish/", {**GOOD, "submission": key})
    again = client.post("/services/f/wish/", {"submission": key})

    assert again.url == first.url


@pytest.mark.django_db
def test_f06_two_fillings_in_are_two():
    client = client_of(leader_of())

    for _filling in range(2):
        client.post("/services/f/wish/", {**GOOD, "submission": submission_in(client.get("/services/f/wish/"))})

    assert AuditEvent.objects.filter(code="wish.sent").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("spoilt", ["", "nonsense", None])
def test_a_missing_or_spoilt_submission_counts_as_a_new_one(spoilt):
    client = client_of(leader_of())
    data = GOOD if spoilt is None else {**GOOD, "submission": spoilt}

    response = client.post("/services/f/wish/", data)

    assert response.status_code == 302
    assert AuditEvent.objects.filter(code="wish.sent").count() == 1


@pytest.mark.django_db
def test_a_submission_of_somebody_else_is_refused_and_saves_nothing():
    owner = leader_of()
    stranger = leader_of("g", "other@example.org")
    key = str(uuid.uuid4())
    client_of(owner).post("/services/f/wish/", {**GOOD, "submission": key})

    response = client_of(stranger).post("/services/g/wish/", {**GOOD, "submission": key})

    assert response.status_code == 400
    assert AuditEvent.objects.filter(code="wish.sent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_f06_the_same_submission_sent_twice_at_the_same_time_is_saved_once():
    user = leader_of()
    data = {**GOOD, "submission": str(uuid.uuid4())}
    clients = [client_of(user) for _sender in range(4)]
    together = threading.Barrier(len(clients))
    answers = []

    def send(client):
        together.wait(20)
        try:
            answers.append(client.post("/services/f/wish/", data))
        finally:
            connection.close()

    senders = [threading.Thread(target=send, args=(client,)) for client in clients]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)

    assert [answer.status_code for answer in answers] == [302] * len(clients)
    assert len({answer.url for answer in answers}) == 1
    assert AuditEvent.objects.filter(code="wish.sent").count() == 1
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_an_anticipated_failure_undoes_everything_and_is_shown_in_the_summary():
    client = client_of(leader_of())

    response = client.post("/services/f/wish/", {**GOOD, "wish": "the moon", "submission": str(uuid.uuid4())})

    assert "The moon is not to be had." in response.content.decode()
    assert not AuditEvent.objects.filter(code="wish.sent").exists()
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_a06_changing_the_language_keeps_the_page_and_what_was_typed():
    client = client_of(leader_of())
    typed = {**GOOD, "wish": "Half a sent", "hours": "nonsense", "submission": str(uuid.uuid4())}

    response = client.post("/services/f/wish/", {**typed, "switch_language": "nb"})
    page = response.content.decode()

    assert response.status_code == 200
    assert '<html lang="nb">' in page
    assert response.cookies["django_language"].value == "nb"
    assert 'value="Half a sent"' in page
    assert 'value="nonsense"' in page
    assert 'id="id_kind_0" checked' in page
    assert 'id="id_days_0" checked' in page
    assert typed["submission"] in page
    assert 'class="summary"' not in page
    assert not AuditEvent.objects.filter(code="wish.sent").exists()


@pytest.mark.django_db
def test_a_form_page_marks_where_it_is_and_offers_a_way_out():
    page = client_of(leader_of()).get("/services/f/wish/").content.decode()

    assert "<title>A wish · Service F · Holdfast</title>" in page
    assert '<a class="way-out" href="/services/f/">' in page
    assert page.index(">Send the wish<") < page.index("way-out")
