"""The agenda of a review: what it goes through, topics people put there, what is carried over, exactly once."""

import threading
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from planning import actions, agendas, goals, reviews
from planning.models import Action, AgendaItem, DecisionWanted, GoalCheckIn, Review
from planning.risks.answer import Status
from planning.standing import standing
from tests.factories import (
    make_acceptance,
    make_action,
    make_answer,
    make_conflict,
    make_goal,
    make_leader,
    make_practitioner,
    make_review,
    make_series,
    make_service,
    make_topic,
    make_vision,
)
from tests.planning.site import client_of, main_text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
WEEK = 7 * DAY


def oslo(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


NOW = oslo("2026-11-25T09:30")
TUESDAY = oslo("2026-12-01T13:00")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def leader():
    return make_leader()


def of(service, review=None, on=TODAY) -> agendas.Agenda:
    return agendas.agenda(service, standing(service, on), review)


def subjects(agenda, section) -> list:
    return [row.subject for row in agenda.of(section)]


def ask(service, **fields) -> DecisionWanted:
    fields = {
        "subject": "continue",
        "question": "May IMR go on?",
        "asked_on": TODAY,
        "wanted_by": TODAY + WEEK,
    } | fields
    return DecisionWanted.objects.create(service=service, **fields)


def close(review, leader, *, at=None) -> Review:
    return reviews.close(review, minutes="x", attendees=[leader], by=leader, at=at or review.starts_at)


def codes(review, **only) -> set[str]:
    return set(review.agenda_items.filter(**only).values_list("code", flat=True))


# What the record gives


def test_b08_the_agenda_holds_flags_late_actions_unanswered_entries_overdue_goals_and_open_questions():
    service = make_service()
    practitioner = make_practitioner(service)
    late = make_action(service, due_on=TODAY - 4 * DAY)
    make_action(service, due_on=TODAY)
    overdue = make_goal(service, due_on=TODAY - 4 * DAY)
    make_goal(service, due_on=TODAY - 3 * DAY)
    make_conflict(practitioner, named=True, logged_at=NOW - WEEK)
    make_answer(make_conflict(practitioner, named=True, logged_at=NOW - WEEK))
    wanted = ask(service)
    ask(service, withdrawn_on=TODAY)
    ask(service, answer="yes", answered_on=TODAY)

    agenda = of(service)

    assert subjects(agenda, "actions") == [late]
    assert subjects(agenda, "goals") == [overdue]
    assert subjects(agenda, "conflicts") == [1]
    assert subjects(agenda, "wanted") == [wanted]  # not those that were answered or taken back
    flags = subjects(agenda, "flags")
    assert flags
    assert {flag.status for flag in flags} <= {Status.FLAGGED, Status.WATCH}
    assert [flag.theme for flag in flags] == sorted(flag.theme for flag in flags)
    assert [code for code, _heading, _parts in agenda.sections] == ["flags", "conflicts", "actions", "goals", "wanted"]
    assert agenda.unknown
    assert not agenda.is_empty


def test_f11_a_goal_stands_on_the_agenda_from_its_day_to_be_looked_at_on_until_somebody_did(leader):
    goal = make_goal(leader.service, check_in_on=TODAY)
    make_goal(leader.service, check_in_on=TODAY + DAY)
    make_goal(leader.service, check_in_on=TODAY, state="draft")
    make_goal(leader.service, check_in_on=TODAY, state="dropped", ended_on=TODAY)
    shown = subjects(of(leader.service), "goals")

    goals.check_in(GoalCheckIn(progress="slow"), goal=goal, by=leader, on=TODAY)

    assert shown == [goal]
    assert subjects(of(leader.service), "goals") == []


def test_b09_what_is_in_its_days_of_grace_is_not_called_late_on_the_agenda(leader):
    review = make_review(leader.service, starts_at=NOW)
    make_goal(leader.service, due_on=TODAY - 3 * DAY, check_in_on=TODAY, outcome="A goal")
    action = make_action(leader.service, due_on=TODAY - 3 * DAY, review=review)
    review.agenda_items.create(code=f"action:{action.pk}", first_on=TODAY)

    text = main_text(client_of(leader).get(f"/services/{leader.service.key}/reviews/{review.pk}/"))

    assert "A goal" in text
    assert "to be looked at again since Wed 25 Nov" in text
    assert "late since" not in text.lower()
    with time_machine.travel(NOW + DAY, tick=False):
        text = main_text(client_of(leader).get(f"/services/{leader.service.key}/reviews/{review.pk}/"))
    assert text.lower().count("late since sun 22 nov") == 3  # goal and action on the agenda, and among its actions


def test_flags_are_grouped_by_theme_and_nothing_stands_there_twice():
    service = make_service()
    agenda = of(service)
    (_code, _heading, parts) = agenda.sections[0]

    assert [name for name, _rows in parts] == list(dict.fromkeys(row.subject.theme_name for row in agenda.of("flags")))
    assert len({row.code for row in agenda.rows}) == len(agenda.rows)


def test_a_flag_that_somebody_lives_with_for_a_time_is_no_row():
    service = make_service()
    make_leader(service)
    make_acceptance(service, entry="no-vision", severity=10_000)

    agenda = of(service)

    assert "flag:no-vision" not in {row.code for row in agenda.rows}
    assert [entry.key for entry in agenda.accepted] == ["no-vision"]


@pytest.mark.parametrize("named", [False, True])
def test_f14_the_agenda_counts_no_entry_before_everybody_may_know_of_it(named):
    service = make_service()
    make_conflict(make_practitioner(service), named=named)

    for number in range(5):
        assert subjects(of(service, on=TODAY + number * DAY), "conflicts") == []
    assert subjects(of(service, on=TODAY + 5 * DAY), "conflicts") == [1]


@pytest.mark.parametrize("named", [False, True])
def test_f14_what_a_closed_review_keeps_of_its_agenda_tells_of_no_entry_before_everybody_may_know(leader, named):
    review = make_review(leader.service, starts_at=NOW - timedelta(hours=1))
    make_conflict(make_practitioner(leader.service), named=named)
    agenda = of(leader.service, review)
    agendas.keep_in_view(review, [row.code for row in agenda.rows], settled=set(), on=TODAY)

    closed = close(review, leader, at=NOW)

    assert "conflicts" not in codes(closed)
    kept = {row["code"] for row in closed.held_agenda["rows"]}
    assert kept
    assert "conflicts" not in kept


# Topics


def test_a_topic_gets_a_number_of_its_own_and_is_in_the_trail_without_its_words(leader):
    practitioner = make_practitioner(leader.service)
    first, second = (make_review(leader.service, starts_at=TUESDAY + number * WEEK) for number in (0, 4))

    one = agendas.add_topic(first, "The room", by=practitioner)
    two = agendas.add_topic(second, "The workbook", by=leader)

    assert (one.code, two.code) == ("topic:1", "topic:2")
    assert (one.first_on, one.added_by) == (first.on, practitioner)
    assert subjects(of(leader.service, first), "topics") == ["The room"]
    assert [event.code for event in AuditEvent.objects.order_by("pk")] == ["topic.added", "topic.added"]
    assert "room" not in str(AuditEvent.objects.values_list("details", flat=True))


@pytest.mark.parametrize("values", [{"closed_at": NOW}, {"state": "cancelled"}])
def test_nothing_is_put_on_the_agenda_of_a_meeting_that_is_over(leader, values):
    review = make_review(leader.service, **values)

    with pytest.raises(agendas.ReviewIsClosed):
        agendas.add_topic(review, "Late", by=leader)


# Carrying over


def test_b08_closing_carries_what_is_open_and_leaves_what_is_dealt_with(leader):
    service = leader.service
    review = make_review(service, starts_at=NOW)
    following = make_review(service, starts_at=TUESDAY)
    open_topic = make_topic(review, by=leader)
    make_topic(review, by=leader, code="topic:2", settled=True)
    here = make_action(service, review=review, due_on=TODAY + WEEK)
    make_action(service, review=review, state="done", closed_on=TODAY)
    elsewhere = make_action(service, due_on=TODAY - 4 * DAY)
    wanted = ask(service)
    AgendaItem.objects.create(review=review, code="flag:no-goals", first_on=review.on, settled=True)

    close(review, leader)

    carried = codes(following)
    assert {open_topic.code, f"action:{here.pk}", f"wanted:{wanted.pk}", "flag:no-vision"} <= carried
    assert not {"topic:2", "flag:no-goals", f"action:{elsewhere.pk}", "conflicts"} & carried
    assert set(following.agenda_items.values_list("carried_from", "first_on")) == {(review.pk, review.on)}
    assert sum(code.startswith("action:") for code in carried) == 1
    agenda = of(service, following)
    assert {row.code for row in agenda.of("carried")} == carried
    assert not {row.code for row in agenda.of("flags")} & carried
    assert [row.code for row in agenda.of("actions")] == [f"action:{elsewhere.pk}"]


def test_b08_it_keeps_the_day_it_first_stood_on_an_agenda(leader):
    first, second, third = (make_review(leader.service, starts_at=NOW + number * WEEK) for number in range(3))
    agendas.add_topic(first, "The room", by=leader)

    close(first, leader)
    close(second, leader)

    (row,) = [row for row in of(leader.service, third).of("carried") if row.kind == "topic"]
    assert (row.title, row.carried_from, row.first_on) == ("The room", second.on, first.on)
    assert row.item.added_by == leader


def test_what_is_settled_meanwhile_is_shown_and_not_carried_again(leader):
    service = leader.service
    first, second, third = (make_review(service, starts_at=NOW + number * WEEK) for number in range(3))
    action = make_action(service, review=first, due_on=TODAY + WEEK)
    close(first, leader)

    actions.set_state(action, Action.State.DONE, by=leader, on=TODAY + DAY)
    make_vision(service, published_on=TODAY)

    shown = {row.code: row for row in of(service, second).of("carried")}
    assert shown[f"action:{action.pk}"].subject.state == Action.State.DONE
    assert shown["flag:no-vision"].subject.status is Status.CLEAR
    close(second, leader)
    assert not {f"action:{action.pk}", "flag:no-vision"} & codes(third)


def test_without_a_next_review_the_items_wait_until_one_is_planned(leader):
    review = make_review(leader.service, starts_at=NOW)
    agendas.add_topic(review, "The room", by=leader)
    close(review, leader)
    assert AgendaItem.objects.filter(code="topic:1").count() == 1

    extra = reviews.plan_extra(starts_at=TUESDAY, by=leader, at=NOW)
    reviews.plan_extra(starts_at=TUESDAY + WEEK, by=leader, at=NOW)

    assert AgendaItem.objects.filter(code="topic:1").count() == 2
    assert extra.agenda_items.get(code="topic:1").carried_from == review


def test_an_extra_review_before_the_next_one_takes_over_what_was_carried(leader):
    review, following = (make_review(leader.service, starts_at=NOW + number * 4 * WEEK) for number in (0, 1))
    agendas.add_topic(review, "The room", by=leader)
    agendas.add_topic(following, "For that day", by=leader)
    close(review, leader)

    extra = reviews.plan_extra(starts_at=TUESDAY, by=leader, at=NOW)

    assert "topic:1" in codes(extra)
    assert codes(following) == {"topic:2"}  # what was put there stays there


def test_what_stood_on_the_agenda_of_a_review_left_out_goes_to_the_next_and_comes_back(leader):
    left_out, following = (make_review(leader.service, starts_at=TUESDAY + number * WEEK) for number in (0, 1))
    agendas.add_topic(left_out, "The room", by=leader)

    reviews.skip(left_out, because="Holiday", by=leader, at=NOW)
    assert following.agenda_items.get().carried_from == left_out

    reviews.plan_again(left_out, by=leader, at=NOW)
    assert codes(following) == set()
    item = left_out.agenda_items.get()
    assert (item.code, item.carried_from, item.first_on) == ("topic:1", None, left_out.on)


def test_a_new_rhythm_takes_the_agenda_with_it(leader):
    reviews.start_series(service=leader.service, rhythm="weekly_4", starts_at=TUESDAY, by=leader, at=NOW)
    agendas.add_topic(reviews.next_review(leader.service, at=NOW), "The room", by=leader)

    reviews.start_series(service=leader.service, rhythm="monthly_1TH", starts_at=TUESDAY, by=leader, at=NOW)

    assert codes(reviews.next_review(leader.service, at=NOW)) == {"topic:1"}


def test_a_review_that_fell_out_without_a_word_keeps_nothing_to_itself(leader):
    """Found in the made-up service: what was carried into a meeting nobody closed never came up again."""
    fell_out, following = (make_review(leader.service, starts_at=NOW + number * WEEK) for number in (0, 1))
    agendas.add_topic(fell_out, "The room", by=leader)
    later = TODAY + WEEK

    assert not of(leader.service, following, on=TODAY).of("carried")  # its day is not over yet
    (row,) = of(leader.service, following, on=later).of("carried")
    assert (row.title, row.carried_from, row.settled) == ("The room", fell_out.on, False)
    close(following, leader)

    assert following.agenda_items.get(code="topic:1").carried_from == fell_out
    close(fell_out, leader, at=following.starts_at + DAY)
    third = reviews.plan_extra(starts_at=NOW + 3 * WEEK, by=leader, at=NOW + 2 * WEEK)
    assert third.agenda_items.filter(code="topic:1").count() == 1
    assert third.agenda_items.get(code="topic:1").carried_from == following


@pytest.mark.parametrize(("answer", "goes_on"), [("", True), ("talk", True), ("yes", False), ("no", False)])
def test_b08_a_question_is_carried_while_nobody_said_yes_or_no(leader, answer, goes_on):
    """Found in a review: "let us talk about it" left it off the next agenda's list of what is carried over."""
    review, following = (make_review(leader.service, starts_at=NOW + number * WEEK) for number in (0, 1))
    wanted = ask(leader.service)
    other = ask(leader.service, subject="money", withdrawn_on=TODAY)
    AgendaItem.objects.create(review=review, code=f"wanted:{wanted.pk}", first_on=review.on)
    AgendaItem.objects.create(review=review, code=f"wanted:{other.pk}", first_on=review.on)
    wanted.answer, wanted.answered_on = answer, TODAY if answer else None
    wanted.save()

    close(review, leader)

    assert (f"wanted:{wanted.pk}" in codes(following)) is goes_on
    assert [row.subject for row in of(leader.service, following).of("carried") if row.kind == "wanted"] == (
        [wanted] if goes_on else []
    )
    assert f"wanted:{other.pk}" not in codes(following)
    review.refresh_from_db()
    rows = {row["code"]: row["goes_on"] for row in review.held_agenda["rows"]}
    assert rows[f"wanted:{wanted.pk}"] is goes_on


def test_what_is_moved_back_before_where_it_had_gone_on_to_goes_on_from_there(leader):
    """A missed meeting whose agenda had gone on into the next one was moved ahead of it: its items were lost."""
    missed, following = (make_review(leader.service, starts_at=NOW + number * WEEK) for number in (0, 1))
    agendas.add_topic(missed, "The room", by=leader)
    later = TODAY + 2 * DAY
    agendas.keep_in_view(following, ["topic:1"], settled=set(), on=later)

    reviews.move(missed, to=NOW + 3 * DAY, by=leader, at=NOW + 2 * DAY)
    close(missed, leader, at=NOW + 3 * DAY)

    item = following.agenda_items.get(code="topic:1")
    assert (item.carried_from, item.settled, item.passed_on) == (missed, False, False)


def test_what_waits_stands_in_the_meeting_that_the_rhythm_plans_by_itself(leader):
    """Two meetings of the rhythm were missed and an extra one was held: what was open then came up nowhere."""
    series = reviews.start_series(service=leader.service, rhythm="weekly_4", starts_at=TUESDAY, by=leader, at=NOW)
    last = series.reviews.order_by("starts_at").last()
    extra = reviews.plan_extra(starts_at=last.starts_at + DAY, by=leader, at=NOW)
    agendas.add_topic(extra, "The room", by=leader)
    close(extra, leader)
    assert AgendaItem.objects.waiting().filter(code="topic:1").exists()

    assert reviews.keep_ahead(extra.starts_at + DAY) == 2

    following = reviews.next_review(leader.service, at=extra.starts_at)
    assert following.agenda_items.get(code="topic:1").carried_from == extra
    assert not AgendaItem.objects.waiting().exists()


def test_gathering_twice_changes_nothing(leader):
    review, following = (make_review(leader.service, starts_at=NOW + number * WEEK) for number in (0, 1))
    agendas.add_topic(review, "The room", by=leader)
    close(review, leader)
    before = list(AgendaItem.objects.order_by("pk").values())

    agendas.gather(leader.service, after=NOW)

    assert list(AgendaItem.objects.order_by("pk").values()) == before
    assert codes(following)


def test_nothing_is_carried_into_another_service(leader):
    review = make_review(leader.service, starts_at=NOW)
    other = make_review(make_service("other"), starts_at=TUESDAY)
    agendas.add_topic(review, "The room", by=leader)

    close(review, leader)

    assert codes(other) == set()


@pytest.mark.django_db(transaction=True)
def test_b08_two_who_close_at_the_same_time_carry_everything_once(leader):
    series = make_series(leader.service, starts_at=NOW)
    review = make_review(leader.service, series=series, slot_at=NOW, starts_at=NOW)
    agendas.add_topic(review, "The room", by=leader)
    start = threading.Barrier(2)
    closed, refused, trouble = [], [], []

    def run():
        try:
            start.wait(10)
            closed.append(close(review, leader, at=NOW + DAY))
        except agendas.ReviewIsClosed as late:
            refused.append(late)
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
    assert (len(closed), len(refused)) == (1, 1)
    assert AgendaItem.objects.filter(code="topic:1").count() == 2
    assert AuditEvent.objects.filter(code="review.closed").count() == 1
    assert leader.service.reviews.planned().count() == reviews.KEPT_AHEAD
