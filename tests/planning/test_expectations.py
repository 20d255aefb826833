"""What is expected of practitioners: its versions, who takes note of it, and who sees who has."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from accounts import audit
from accounts.forms import SUBMISSION
from accounts.models import AuditEvent
from planning import expectations
from planning.models import Acknowledgement, Expectation
from planning.risks.people import active_practitioners
from planning.snapshots import take_snapshot
from tests.factories import (
    make_acknowledgement,
    make_adviser,
    make_confirmed_empty,
    make_expectation,
    make_leader,
    make_member,
    make_practitioner,
    make_service,
)
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
ADDRESS = "/services/f/plan/expectations/"


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def leader(service):
    return make_leader(service)


@pytest.fixture
def practitioner(service):
    return make_practitioner(service)


def sent(**data) -> dict:
    return data | {SUBMISSION: str(uuid.uuid4())}


def seen(member, address=ADDRESS, language="en") -> str:
    return main_text(client_of(member, language=language).get(address))


# Versions


def test_a_new_version_takes_the_place_of_the_one_before_which_stays_as_it_was(service, leader):
    first = expectations.publish(service=service, text="Two patients each.", by=leader, on=TODAY - 9 * DAY)
    second = expectations.publish(service=service, text="Three patients each.", by=leader, on=TODAY)

    assert (first.version, second.version) == (1, 2)
    assert expectations.in_force(service, on=TODAY) == second
    assert expectations.in_force(service, on=TODAY - DAY) == first
    assert Expectation.objects.get(version=1).text == "Two patients each."
    assert [event.code for event in AuditEvent.objects.order_by("pk")] == ["expectation.published"] * 2


def test_whoever_read_the_last_version_is_asked_to_read_the_new_one(service, leader, practitioner):
    expectations.publish(service=service, text="Two patients each.", by=leader, on=TODAY - 9 * DAY)
    expectations.acknowledge(practitioner, on=TODAY - 8 * DAY)
    assert expectations.unread_by(practitioner, on=TODAY) is None

    second = expectations.publish(service=service, text="Three patients each.", by=leader, on=TODAY)

    assert expectations.unread_by(practitioner, on=TODAY) == second
    assert list(expectations.without_note(second, on=TODAY)) == [practitioner]


def test_without_the_line_in_the_trail_nothing_is_published(service, leader, monkeypatch):
    def fail(**_kwargs):
        raise OSError("no room")

    monkeypatch.setattr(audit, "record", fail)

    with pytest.raises(OSError, match="no room"):
        expectations.publish(service=service, text="Two patients each.", by=leader, on=TODAY)
    assert not Expectation.objects.exists()


# Taking note


def test_taking_note_twice_keeps_the_first_time(service, leader, practitioner):
    make_expectation(service)

    first = expectations.acknowledge(practitioner, on=TODAY - DAY)
    again = expectations.acknowledge(practitioner, on=TODAY)
    told = expectations.record_told(practitioner, on=TODAY, by=leader)

    assert first == again == told
    note = Acknowledgement.objects.get()
    assert (note.how, note.on) == ("read", TODAY - DAY)
    assert AuditEvent.objects.filter(code="expectation.acknowledged").count() == 1


def test_there_is_nothing_to_take_note_of_before_something_is_published(practitioner):
    with pytest.raises(expectations.NothingIsExpected):
        expectations.acknowledge(practitioner, on=TODAY)


def test_the_database_keeps_one_note_for_each_person_and_version(service, practitioner):
    expectation = make_expectation(service)
    make_acknowledgement(expectation, practitioner)

    with pytest.raises(IntegrityError):
        make_acknowledgement(expectation, practitioner, how="told")


def test_it_concerns_the_same_people_as_the_rule(service):
    make_leader(service)
    make_practitioner(service, name="Active")
    make_practitioner(service, name="Last day today", leaves_on=TODAY)
    make_practitioner(service, name="Began today", started_on=TODAY)
    make_practitioner(service, name="Stops tomorrow", stopped_on=TODAY + DAY)
    make_practitioner(service, name="No login", login=False)
    make_practitioner(service, name="Left", leaves_on=TODAY - DAY)
    make_practitioner(service, name="Stopped", stopped_on=TODAY)
    make_practitioner(service, name="Begins tomorrow", started_on=TODAY + DAY)
    make_practitioner(service, name="Guest", guest=True)

    concerned = expectations.concerned(service, on=TODAY)

    assert sorted(person.name for person in concerned) == [
        "Active",
        "Began today",
        "Last day today",
        "No login",
        "Stops tomorrow",
    ]
    ruled = {person.number for person in active_practitioners(take_snapshot(service, TODAY))}
    assert {person.pk for person in concerned} == ruled


# Pages


def test_a_practitioner_reads_it_from_the_first_page_with_one_button_and_is_not_asked_again(service, practitioner):
    make_expectation(service, text="Two patients each.")
    client = client_of(practitioner)
    home = document(client.get("/services/f/"))
    (way,) = [link.get("href") for link in home.xpath("//main//a") if "What is expected of you" in link.text_content()]

    opened = client.get(way)
    form = document(opened).get_element_by_id("page-form")
    assert "Two patients each." in main_text(opened)
    assert {one.get("type") for one in form.xpath(".//input")} == {"hidden"}
    assert form.xpath("string(.//button)") == "I have read this"
    data = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    once, twice = client.post(way, data), client.post(way, sent(version="1"))

    assert once.url == twice.url == ADDRESS
    assert Acknowledgement.objects.get().member == practitioner
    assert "You read this on Wed 25 Nov." in seen(practitioner)
    assert "What is expected of you" not in seen(practitioner, "/services/f/")
    assert "You read this on Wed 25 Nov." in seen(practitioner, "/services/f/plan/")
    assert not document(client.get(way)).xpath("//form[@id='page-form']")


def test_a_version_that_was_not_shown_is_not_noted_as_read(service, practitioner):
    make_expectation(service, text="Two patients each.", version=1)
    client = client_of(practitioner)
    way = f"{ADDRESS}read/"
    opened = dict(document(client.get(way)).get_element_by_id("page-form").form_values())
    second = make_expectation(service, text="Three patients each.", version=2)

    answer = client.post(way, opened)

    assert not Acknowledgement.objects.exists()
    assert "A new version was published after you opened this page." in main_text(answer)
    assert "Three patients each." in main_text(answer)
    again = dict(document(answer).get_element_by_id("page-form").form_values())
    client.post(way, again)
    assert Acknowledgement.objects.get().expectation == second


def test_f13_above_the_button_stands_who_will_see_it_by_name(service, leader, practitioner):
    make_adviser(service)
    make_practitioner(service, name="Asta Ro")
    make_expectation(service)

    shown = seen(practitioner, f"{ADDRESS}read/")

    assert f"Seen by {leader.name}." in shown
    assert "Asta Ro" not in shown


def test_leaders_see_by_name_who_has_taken_note_and_others_only_themselves(service, leader, practitioner):
    expectation = make_expectation(service)
    colleague = make_practitioner(service, name="Asta Ro")
    make_practitioner(service, name="Odd Vang", login=False)
    make_acknowledgement(expectation, colleague)

    to_leader = seen(leader)
    assert "Asta Ro read it on Wed 25 Nov" in to_leader
    assert "Odd Vang has no login: tell them in person" in to_leader
    assert "Per Dahl" in to_leader
    assert "2 practitioners have not taken note yet" in seen(leader, "/services/f/plan/")
    for reader in (practitioner, colleague, make_adviser(service)):
        for address in (ADDRESS, "/services/f/plan/"):
            shown = seen(reader, address)
            for name in ("Asta Ro", "Odd Vang", "Per Dahl", "have not taken note"):
                assert name not in shown
    assert "I have read this" in seen(practitioner)
    assert "You read this on" in seen(colleague)


def test_a_leader_records_who_was_told_and_only_those_without_a_note_are_offered(service, leader, practitioner):
    expectation = make_expectation(service, published_on=TODAY - 10 * DAY)
    told = make_practitioner(service, name="Odd Vang", login=False)
    make_acknowledgement(expectation, practitioner)
    client = client_of(leader)
    address = f"{ADDRESS}told/"

    offered = document(client.get(address)).xpath("//select[@name='member']/option[@value!='']/text()")
    too_early = client.post(address, sent(member=told.pk, on=str(TODAY - 11 * DAY)))
    ahead = client.post(address, sent(member=told.pk, on=str(TODAY + DAY)))
    already = client.post(address, sent(member=practitioner.pk, on=str(TODAY)))
    taken = client.post(address, sent(member=told.pk, on=str(TODAY - 10 * DAY)), follow=True)

    assert offered == ["Odd Vang"]
    assert "on or after the one on which this text was published" in main_text(too_early)
    assert "Give today or an earlier day" in main_text(ahead)
    assert "There is a problem" in main_text(already)
    assert "Recorded: Odd Vang was told." in main_text(taken)
    note = Acknowledgement.objects.get(member=told)
    assert (note.how, note.on, note.expectation) == ("told", TODAY - 10 * DAY, expectation)
    assert "Everybody whom it concerns has taken note of this version." in main_text(taken)


def test_people_of_other_services_are_not_offered(service, leader):
    make_expectation(service)
    stranger = make_practitioner(name="Else Where")

    response = client_of(leader).post(f"{ADDRESS}told/", sent(member=stranger.pk, on=str(TODAY)))

    assert response.status_code == 200
    assert not Acknowledgement.objects.exists()


def test_a_leader_writes_a_new_version_from_the_one_in_force(service, leader):
    make_expectation(service, text="Two patients each.")
    client = client_of(leader)
    address = f"{ADDRESS}new/"

    opened = document(client.get(address)).xpath("string(//textarea[@name='text'])").strip()
    saved = client.post(address, sent(text="Three patients each."), follow=True)

    assert opened == "Two patients each."
    assert "Published, version 2." in main_text(saved)
    assert "Versions and what changed" in main_text(saved)


def test_what_is_absent_and_what_is_said_to_be_nothing_are_told_apart(service, leader):
    assert "/record/nothing/expectations/" in client_of(leader).get(ADDRESS).content.decode()
    make_confirmed_empty(service, list="expectations", on=TODAY - DAY)
    assert "Said to be empty on Tue 24 Nov." in seen(leader)

    make_expectation(service)
    make_practitioner(service)
    assert "/record/nothing/acknowledgements/" in client_of(leader).get(ADDRESS).content.decode()
    make_confirmed_empty(service, list="acknowledgements", on=TODAY)
    assert "Said to be nobody on Wed 25 Nov." in seen(leader)


def test_the_page_asks_the_database_no_more_for_more_people_and_versions(service, leader, django_assert_num_queries):
    make_expectation(service)
    client = client_of(leader)

    for number in range(2, 5):
        expectation = make_expectation(service, version=number)
        for _one in range(4):
            make_acknowledgement(expectation, make_member(service))
            make_practitioner(service)
        # session, user, membership, hearts; text, empty list, versions, draft, missing, notes
        with django_assert_num_queries(10):
            client.get(ADDRESS)
