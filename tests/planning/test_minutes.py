"""Minutes of a held review: everything is in them, and nothing that happens afterwards changes a byte of them."""

import json
from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from planning import actions, agendas, conflicts, goals, reviews
from planning.minutes import from_the_record, minutes_of
from planning.models import Action, Decision, DecisionWanted, Goal, Observation
from tests.factories import (
    make_action,
    make_conflict,
    make_decision,
    make_goal,
    make_leader,
    make_observation,
    make_practitioner,
    make_review,
    make_vision,
)
from tests.planning.dossiers.samples import as_bytes, bring_in, take_out
from tests.planning.site import client_of, main_text, page

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
NOW = timezone.make_aware(datetime(2026, 11, 25, 9, 30))


@pytest.fixture
def held():
    """A meeting with something of everything, closed on 25 November 2026."""
    with time_machine.travel(NOW, tick=False):
        leader = make_leader()
        service = leader.service
        practitioner = make_practitioner(service)
        review = make_review(service, starts_at=NOW - timedelta(hours=1))
        make_goal(service, outcome="Two groups run", owner=practitioner, due_on=TODAY - 4 * DAY)
        make_action(service, title="Ask for a room", owner=practitioner, due_on=TODAY - 4 * DAY)
        make_conflict(practitioner, named=True, logged_at=NOW - 7 * DAY)
        DecisionWanted.objects.create(
            service=service, subject="continue", question="May IMR go on?", asked_on=TODAY, wanted_by=TODAY + DAY
        )
        agendas.add_topic(review, "The workbook", by=practitioner)
        for effect, text in (("hinders", "We read at home"), ("helps", "")):
            seen = Observation(entry="own-time", effect=effect, text=text, on=TODAY, source="review", review=review)
            reviews.observe(seen, by=leader)
        decision = Decision(kind="continue", text="IMR goes on", decided_on=TODAY, decided_by="together", review=review)
        reviews.decide(decision, by=leader)
        action = Action(title="Set two hours aside", owner=leader, due_on=TODAY + 7 * DAY, review=review)
        actions.save(action, by=leader, on=TODAY)
        at_once = Action(title="Call the head", owner=leader, due_on=TODAY, review=review)
        actions.set_state(actions.save(at_once, by=leader, on=TODAY), Action.State.DONE, by=leader, on=TODAY)
        agenda = agendas.agenda(service, reviews.standing(service, TODAY), review)
        agendas.keep_in_view(review, [row.code for row in agenda.rows], settled={"flag:no-goals"}, on=TODAY)
        return reviews.close(review, minutes="We agreed on cover.", attendees=[leader, practitioner], by=leader, at=NOW)


def url_of(review) -> str:
    return f"/services/{review.service.key}/reviews/{review.pk}/"


def leader_of(review):
    return review.service.members.get(role="leader")


WORDS = (
    "Kari Nes and Per Dahl",
    "We agreed on cover.",
    "We read at home",
    "IMR goes on",
    "Leader and practitioners together",
    "Set two hours aside",
    "Wed 2 Dec 2026",
    "The workbook",
    "Two groups run",
    "Ask for a room",
    "May IMR go on?",
    "1 entry",
    "Dealt with",
    "Carried to the next review",
)


def test_the_minutes_tell_who_was_there_what_was_gone_through_seen_decided_agreed_and_carried(held):
    text = page(client_of(leader_of(held)).get(url_of(held)))

    for words in WORDS:
        assert words in text, words
    minutes = minutes_of(held)
    assert [line.title for line in minutes.carried if not line.entry] == [
        "The workbook",
        "May IMR go on?",
        "Set two hours aside",
    ]
    assert "Call the head" in {line.title for line in minutes.actions}  # done in the meeting: nothing to carry
    assert "no-goals" not in {line.entry for line in minutes.carried}
    assert "no-vision" in {line.entry for line in minutes.carried}


@pytest.mark.parametrize("language", ["en", "nb"])
def test_b08_old_minutes_stay_byte_for_byte_whatever_happens_later(held, language):
    service, leader = held.service, leader_of(held)
    with time_machine.travel(NOW + DAY, tick=False):
        before = page(client_of(leader, language=language).get(url_of(held)))

    with time_machine.travel(NOW + 400 * DAY, tick=False):
        today = TODAY + 400 * DAY
        make_vision(service, published_on=today)
        make_observation(service, entry="own-time", effect="helps", on=today)
        for action in Action.objects.all():
            action.title, action.due_on = f"Other: {action.title}", today
            actions.save(action, by=leader, on=today)
            actions.set_state(action, Action.State.DONE, by=leader, on=today)
        goals.end(Goal.objects.get(), Goal.State.REACHED, by=leader, on=today)
        Goal.objects.update(outcome="Other")
        Observation.objects.update(text="Other", effect="helps")
        Decision.objects.update(text="Other", kind="stop")
        DecisionWanted.objects.update(question="Other", answer="yes", answered_on=today)
        conflicts.answer(conflict=service.conflicts.get(), state="seen", text="", by=leader, on=today)
        following = make_review(service, starts_at=NOW + 401 * DAY)
        agendas.gather(service, after=NOW)
        reviews.close(following, minutes="Later", attendees=[leader], by=leader, at=NOW + 401 * DAY)
        after = page(client_of(leader, language=language).get(url_of(held)))

    assert after == before


def test_a_name_stands_there_as_long_as_the_person_is_in_the_record(held):
    """Of people the minutes keep who they are and not what they are called: who is erased is erased here, too."""
    assert "Per Dahl" not in str(held.held_agenda)

    held.service.members.filter(role="practitioner").update(name="Somebody")

    text = page(client_of(leader_of(held)).get(url_of(held)))
    assert "Kari Nes and Somebody" in text
    assert "Per Dahl" not in text


def test_a_review_from_before_there_were_such_minutes_shows_what_the_record_says():
    leader = make_leader()
    old = make_review(leader.service, closed_at=NOW - 400 * DAY, minutes="A year ago")
    make_observation(leader.service, review=old, text="Nobody had time")
    make_action(leader.service, review=old, title="Ask for cover", due_on=None)

    text = page(client_of(leader).get(url_of(old)))

    for words in ("A year ago", "Nobody had time", "Ask for cover"):
        assert words in text
    assert old.held_agenda is None


def old_review(leader) -> tuple:
    """One that was closed before minutes were kept, with something of everything."""
    old = make_review(leader.service, closed_at=NOW - 400 * DAY, minutes="A year ago")
    seen = make_observation(leader.service, review=old, text="Nobody had time")
    decision = make_decision(leader.service, review=old, text="IMR goes on")
    late, undated = (
        make_action(leader.service, review=old, owner=owner, title=title, due_on=due_on)
        for title, owner, due_on in (("Ask for cover", leader, TODAY), ("Find a room", None, None))
    )
    make_action(leader.service, review=old, title="Call the head", state="done", closed_on=TODAY)
    make_review(leader.service, closed_at=NOW - 500 * DAY)
    return old, (seen, decision, late, undated)


def change_everything(seen, decision, late, undated) -> None:
    """What the record is later corrected to."""
    Observation.objects.filter(pk=seen.pk).update(text="Other", effect="helps")
    decision.delete()
    Action.objects.filter(pk=late.pk).update(title="Other", due_on=TODAY + DAY, state="done", closed_on=TODAY)
    undated.delete()


def test_b08_minutes_that_came_in_a_dossier_stay_as_they_are():
    leader = make_leader()
    _old, _rows = old_review(leader)
    content = json.loads(take_out(leader.service, TODAY)) | {"service": {"key": "again", "name": "Again"}}
    service = bring_in(as_bytes(content))
    held = service.reviews.get(minutes="A year ago")
    client = client_of(make_leader(service, name="Ada Lie"))
    before = main_text(client.get(url_of(held)))
    for words in ("A year ago", "Nobody had time", "IMR goes on", "Ask for cover", "Find a room", "Call the head"):
        assert words in before
    assert [line.title for line in minutes_of(held).carried] == ["Ask for cover", "Find a room"]

    change_everything(
        held.observations.get(),
        held.decisions.get(),
        held.actions.get(title="Ask for cover"),
        held.actions.get(title="Find a room"),
    )

    assert main_text(client.get(url_of(held))) == before


def test_b08_older_minutes_are_kept_by_the_migration_as_they_are_kept_of_a_dossier(held):
    as_closed = held.held_agenda
    leader = leader_of(held)
    old, rows = old_review(leader)
    planned = make_review(held.service, starts_at=NOW + DAY)
    before = minutes_of(old)

    migration = import_module("planning.migrations.0005_another_act_and_minutes_kept")
    migration.keep_minutes(apps, None)

    for review in (old, held, planned):
        review.refresh_from_db()
    assert old.held_agenda == from_the_record(old)
    assert minutes_of(old) == before
    assert (held.held_agenda, planned.held_agenda) == (as_closed, None)
    change_everything(*rows)
    assert minutes_of(old) == before
    migration.keep_minutes(apps, None)
    assert minutes_of(old) == before


def test_an_entry_that_the_catalogue_no_longer_has_breaks_no_old_minutes(held):
    held.held_agenda["rows"].append(
        held.held_agenda["rows"][0] | {"entry": "gone", "status": "flagged", "section": "flags"}
    )
    held.held_agenda["observations"].append({"entry": "gone", "effect": "helps", "text": "It was so"})
    held.held_agenda["accepted"].append("gone")

    minutes = minutes_of(held)

    assert minutes.observations[-1].who == "gone"
    assert any(line.title == "gone" for _heading, lines in minutes.sections for line in lines)
