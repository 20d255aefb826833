"""What is proposed as an action: for whom, the same wherever it is proposed, and opened once."""

import threading
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from accounts.models import Member
from planning import actions, proposals
from planning.models import Action
from planning.presenters import flag_links
from planning.standing import standing
from planning.wording.entries import TEXTS
from tests.factories import (
    make_leader,
    make_observation,
    make_practitioner,
    make_rating,
    make_recommendation,
    make_review,
    make_service,
    make_sponsor,
    make_stand_in,
)
from tests.planning.site import client_of, main_text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
FOR_PRACTITIONERS = next(
    (key, number)
    for key, text in TEXTS.items()
    for number, act in enumerate(text.acts)
    if act.owner_role == "practitioner"
)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


@pytest.fixture
def leader():
    return make_leader(make_service("f"))


# For whom

PEOPLE = [
    # (who is there, for which role, whose task it is: the number of the person)
    (("leader", "practitioner"), "practitioner", 1),
    (("leader", "practitioner", "practitioner"), "practitioner", 0),
    (("practitioner", "practitioner", "leader"), "practitioner", 2),
    (("leader",), "practitioner", 0),
    (("leader", "adviser"), "adviser", 1),
    (("leader", "adviser", "adviser"), "adviser", 0),
    (("stand_in", "leader"), "leader", 1),
    (("practitioner", "stand_in"), "leader", 1),
    (("leader", "stand_in"), "stand_in", 1),
    (("practitioner", "stand_in", "practitioner"), "practitioner", 1),
    (("leader", "leader"), "leader", 0),
    (("stand_in", "leader"), "sponsor", 1),
    (("practitioner", "practitioner"), "leader", None),
    ((), "leader", None),
]


@pytest.mark.parametrize(("present", "role", "whose"), PEOPLE)
def test_a_task_is_that_of_the_only_one_with_the_role_else_of_whoever_leads(present, role, whose):
    people = [Member(pk=number, role=one) for number, one in enumerate(present, start=1)]

    assert proposals.whose_task(role, people) == (None if whose is None else people[whose])


def test_people_who_left_and_the_level_above_are_not_proposed(leader):
    make_sponsor(leader.service)
    make_practitioner(leader.service, leaves_on=TODAY - DAY)

    assert proposals.people_of(leader.service, on=TODAY) == [leader]


@pytest.mark.parametrize("make_leading", [make_leader, make_stand_in])
def test_the_agenda_a_flag_and_a_visit_propose_the_same_person(make_leading):
    """Found in a review: with a stand-in alone the agenda proposed the stand-in, a flag whoever clicked."""
    service = make_service("f")
    leading = make_leading(service)
    for name in ("Per Dahl", "Asta Ro"):
        make_practitioner(service, name=name)
    make_observation(service, entry="no-vision", on=TODAY)
    review = make_review(service)
    advised = make_recommendation(make_rating(service), text="Plan supervision")
    people = proposals.people_of(service, on=TODAY)

    form = client_of(leading).get(f"/services/f/reviews/{review.pk}/hold/").context["form"]
    stands = standing(service, TODAY)
    (link,) = flag_links([stands.entry("no-vision")], member=leading, today=TODAY)

    assert form.initial["flag-no-vision-owner"] == str(leading.pk)
    assert link.take_up.proposal.owner == leading
    assert proposals.of_recommendation(advised, people=people, on=TODAY).owner == leading
    assert proposals.of_act(*FOR_PRACTITIONERS, people=people, on=TODAY).owner == leading


def test_where_nobody_can_be_proposed_whoever_takes_it_up_owns_it(leader):
    proposal = proposals.of_act("no-vision", 0, people=(), on=TODAY)

    action, is_new = proposals.take_up(proposal, by=leader, on=TODAY)

    assert proposal.owner is None
    assert (action.owner, is_new) == (leader, True)


# Once


def test_the_same_thing_taken_up_from_two_tabs_is_opened_once(leader):
    client, address = client_of(leader), "/services/f/standing/no-vision/take-up/0/"

    first = client.post(address, {"submission": uuid.uuid4()}, follow=True)
    second = client.post(address, {"submission": uuid.uuid4()}, follow=True)

    action = Action.objects.get()
    assert "Opened: " in main_text(first)
    said = f"This was under way already: {action.title.rstrip('.')}. Nothing was opened twice. Change"
    assert said in main_text(second)
    assert f"/services/f/actions/{action.pk}/" in second.content.decode()


def test_what_a_visit_advised_is_taken_up_once_for_each_recommendation(leader):
    rating = make_rating(leader.service)
    one, two = (make_recommendation(rating, text="Plan supervision") for _number in range(2))

    for recommendation in (one, two, one):
        proposal = proposals.of_recommendation(recommendation, people=[leader], on=TODAY)
        proposals.take_up(proposal, by=leader, on=TODAY)

    assert list(Action.objects.order_by("pk").values_list("recommendation", flat=True)) == [one.pk, two.pk]


def test_another_act_of_the_entry_and_one_that_is_over_are_opened_anew(leader):
    def take_up(number):
        proposal = proposals.of_act("no-vision", number, people=[leader], on=TODAY)
        return proposals.take_up(proposal, by=leader, on=TODAY)

    action, _is_new = take_up(0)
    assert take_up(1)[1]
    actions.set_state(action, Action.State.DONE, by=leader, on=TODAY)

    again, is_new = take_up(0)
    assert is_new
    assert again.pk != action.pk


def test_an_action_of_another_service_is_not_taken_for_the_same(leader):
    other = make_leader(make_service("other"))
    proposal = proposals.of_act("no-vision", 0, people=(), on=TODAY)

    assert proposals.take_up(proposal, by=other, on=TODAY)[1]
    assert proposals.take_up(proposal, by=leader, on=TODAY)[1]


@pytest.mark.django_db(transaction=True)
def test_two_who_take_up_the_same_thing_at_the_same_moment_open_it_once(leader):
    proposal = proposals.of_act("no-vision", 0, people=[leader], on=TODAY)
    start = threading.Barrier(2)
    taken_up, trouble = [], []

    def run():
        try:
            start.wait(10)
            taken_up.append(proposals.take_up(proposal, by=leader, on=TODAY))
        except Exception as problem:
            trouble.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _time in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert trouble == []
    assert sorted(is_new for _action, is_new in taken_up) == [False, True]
    assert Action.objects.count() == 1
