"""Review meetings: their rhythm and dates, the agenda, moving, observing, holding and closing; their pages."""

import uuid
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEvent
from planning import reviews
from planning.models import Action, AgendaItem, Observation, Review, ReviewSeries
from tests.factories import (
    at_noon,
    make_action,
    make_adviser,
    make_decision,
    make_leader,
    make_observation,
    make_practitioner,
    make_review,
    make_series,
    make_service,
    make_topic,
)
from tests.planning.site import client_of, document, full_site, main_text, page

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


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


def start(leader, *, rhythm="weekly_4", starts_at=TUESDAY):
    return reviews.start_series(
        service=leader.service, rhythm=rhythm, starts_at=starts_at, by=leader, at=timezone.now()
    )


def days(service) -> list[str]:
    planned = service.reviews.planned().order_by("starts_at")
    return [timezone.localtime(review.starts_at).strftime("%Y-%m-%d %H:%M") for review in planned]


# The series


def test_starting_a_series_plans_two_meetings_and_is_in_the_trail(leader):
    series = start(leader)

    assert days(leader.service) == ["2026-12-01 13:00", "2026-12-29 13:00"]
    event = AuditEvent.objects.get()
    assert (event.code, event.actor, event.object_id) == (
        "review_series.started",
        leader.user.audit_id,
        str(series.pk),
    )


def test_a_new_rhythm_ends_the_old_one_and_its_meetings_to_come(leader):
    old = start(leader)
    past = make_review(leader.service, series=old, slot_at=NOW - DAY, starts_at=NOW - DAY)
    single = make_review(leader.service, starts_at=TUESDAY + 3 * DAY)

    new = start(leader, rhythm="weekly_2", starts_at=TUESDAY + DAY)

    old.refresh_from_db()
    assert old.ended_on == TODAY
    assert reviews.running_series(leader.service) == new
    assert set(leader.service.reviews.planned()) == {past, single, *new.reviews.all()}
    assert old.reviews.filter(state=Review.State.CANCELLED).count() == 2


def test_planning_ahead_twice_plans_nothing_twice(leader):
    series = start(leader)

    assert reviews.plan_ahead(series, at=NOW) == []
    assert reviews.keep_ahead(NOW) == 0
    assert len(days(leader.service)) == 2


def test_a_slot_is_used_once_whatever_became_of_its_meeting(leader):
    series = start(leader, rhythm="weekly_2")
    moved, cancelled = series.reviews.order_by("slot_at")
    reviews.move(moved, to=TUESDAY + DAY, by=leader)
    Review.objects.filter(pk=cancelled.pk).update(state=Review.State.CANCELLED)

    reviews.plan_ahead(series, at=NOW)

    assert days(leader.service) == ["2026-12-02 13:00", "2026-12-29 13:00"]


def test_meetings_are_planned_even_if_nobody_ever_closes_one(leader):
    """Found when two reviews had passed: no third one was ever planned, and no reminder went out."""
    start(leader)

    made = reviews.keep_ahead(TUESDAY + timedelta(days=28, hours=1))

    assert made == 2
    assert days(leader.service)[2:] == ["2027-01-26 13:00", "2027-02-23 13:00"]


def test_an_ended_series_plans_nothing(leader):
    make_series(leader.service, ended_on=TODAY)

    assert reviews.keep_ahead(NOW) == 0
    assert not Review.objects.exists()


def test_the_next_review_is_the_first_one_to_come(leader):
    make_review(leader.service, starts_at=NOW - DAY)
    make_review(leader.service, starts_at=TUESDAY + DAY)
    sooner = make_review(leader.service, starts_at=TUESDAY)
    make_review(leader.service, starts_at=NOW + DAY, state="cancelled")

    assert reviews.next_review(leader.service, at=NOW) == sooner
    assert reviews.next_review(make_service(), at=NOW) is None


# Moving, observing, closing


def test_moving_a_review_keeps_its_slot(leader):
    review = make_review(leader.service, starts_at=TUESDAY, slot_at=TUESDAY, series=make_series(leader.service))

    moved = reviews.move(review, to=TUESDAY + DAY, by=leader)

    assert (moved.starts_at, moved.slot_at) == (TUESDAY + DAY, TUESDAY)
    assert AuditEvent.objects.get().code == "review.moved"


@pytest.mark.parametrize("values", [{"closed_at": NOW}, {"state": "cancelled"}])
def test_a_review_that_is_over_is_not_changed_again(leader, values):
    review = make_review(leader.service, **values)
    observation = Observation(entry="no-vision", effect="helps", text="x", on=TODAY, source="review", review=review)

    with pytest.raises(reviews.ReviewIsClosed):
        reviews.move(review, to=TUESDAY, by=leader)
    with pytest.raises(reviews.ReviewIsClosed):
        reviews.close(review, minutes="other", attendees=[], by=leader, at=NOW)
    with pytest.raises(reviews.ReviewIsClosed):
        reviews.observe(observation, by=leader)
    assert not Observation.objects.exists()
    assert not AuditEvent.objects.exists()


def test_an_observation_belongs_to_the_service_of_who_made_it(leader):
    observation = Observation(entry="no-vision", effect="helps", text="We have one", on=TODAY, source="review")

    reviews.observe(observation, by=leader)

    assert (observation.service, observation.by) == (leader.service, leader)
    event = AuditEvent.objects.get()
    assert (event.code, event.details) == ("observation.recorded", {"entry": "no-vision", "effect": "helps"})


def test_closing_keeps_minutes_and_who_was_there_and_plans_the_next_one(leader):
    series = start(leader)
    first, _second = series.reviews.order_by("starts_at")
    practitioner = make_practitioner(leader.service)
    at = TUESDAY + timedelta(hours=1)

    closed = reviews.close(first, minutes="We agreed on cover", attendees=[leader, practitioner], by=leader, at=at)

    closed.refresh_from_db()
    assert (closed.state, closed.minutes, closed.closed_at, closed.starts_at) == (
        Review.State.HELD,
        "We agreed on cover",
        at,
        TUESDAY,
    )
    assert set(closed.attendees.all()) == {leader, practitioner}
    assert days(leader.service) == ["2026-12-29 13:00", "2027-01-26 13:00"]


def test_a_review_held_before_its_time_took_place_today(leader):
    review = make_review(leader.service, starts_at=TUESDAY)

    assert reviews.close(review, minutes="x", attendees=[leader], by=leader, at=NOW).on == TODAY


def test_closing_changes_nothing_of_open_actions(leader):
    review = make_review(leader.service)
    action = make_action(leader.service, review=review)

    reviews.close(review, minutes="x", attendees=[leader], by=leader, at=NOW)

    action.refresh_from_db()
    assert action.state == Action.State.OPEN


# The pages


def observation_form(**fields):
    return {"entry": "own-time", "effect": "hinders", "text": "We read at home", "submission": uuid.uuid4()} | fields


def test_f04_a_rhythm_is_set_by_a_plain_form(leader):
    client = client_of(leader)
    key = leader.service.key

    response = client.post(
        f"/services/{key}/reviews/rhythm/",
        {"rhythm": "weekly_4", "day": "2026-12-01", "time": "13:00", "submission": uuid.uuid4()},
        follow=True,
    )

    assert response.redirect_chain == [(f"/services/{key}/reviews/", 302)]
    assert "Rhythm set: Every fourth week, from Tuesday 1 December 2026 at 13:00." in page(response)
    assert "Every fourth week" in page(response)
    assert "Tue 1 Dec 13:00" in page(response)
    assert ReviewSeries.objects.get().starts_at == TUESDAY


@pytest.mark.parametrize(("day", "time", "ahead"), [("2026-11-25", "09:30", False), ("2026-11-25", "09:31", True)])
def test_a_first_meeting_lies_ahead(leader, day, time, ahead):
    response = client_of(leader).post(
        f"/services/{leader.service.key}/reviews/rhythm/", {"rhythm": "weekly_4", "day": day, "time": time}
    )

    assert ReviewSeries.objects.exists() is ahead
    assert ahead or "Give a date and time ahead." in page(response)


@pytest.mark.parametrize(("day", "near"), [("2027-11-25", True), ("2027-11-26", False), ("9999-12-31", False)])
def test_a_meeting_is_at_most_a_year_ahead(leader, day, near):
    review = make_review(leader.service, starts_at=TUESDAY)
    client, place = client_of(leader), f"/services/{leader.service.key}/reviews/"

    set_rhythm = client.post(f"{place}rhythm/", {"rhythm": "monthly", "day": day, "time": "13:00"})
    moved = client.post(f"{place}{review.pk}/move/", {"day": day, "time": "13:00"})

    for response in (set_rhythm, moved):
        assert (response.status_code == 302) is near
        assert near or "at most twelve months ahead" in page(response)
    assert ReviewSeries.objects.exists() is near


def test_f04_a_review_is_moved_by_a_plain_form(leader):
    review = make_review(leader.service, starts_at=TUESDAY)
    url = f"/services/{leader.service.key}/reviews/{review.pk}/move/"
    client = client_of(leader)
    assert 'value="2026-12-01"' in page(client.get(url))
    assert 'value="13:00"' in page(client.get(url))

    response = client.post(url, {"day": "2026-12-03", "time": "14:30"}, follow=True)

    assert "Review moved to Thursday 3 December 2026 at 14:30." in page(response)
    review.refresh_from_db()
    assert review.starts_at == oslo("2026-12-03T14:30")


def test_a_weekday_of_the_month_is_chosen_by_a_plain_form(leader):
    data = {"rhythm": "monthly", "place": "1", "weekday": "TU", "day": "2026-12-02", "time": "13:00"}

    response = client_of(leader).post(f"/services/{leader.service.key}/reviews/rhythm/", data, follow=True)

    assert "The first Tuesday of every month, from Tuesday 5 January 2027 at 13:00." in page(response)
    assert days(leader.service) == ["2027-01-05 13:00", "2027-02-02 13:00"]
    assert ReviewSeries.objects.get().starts_at == oslo("2027-01-05T13:00")


@pytest.mark.parametrize(
    ("half", "message"),
    [({"place": "1"}, "Choose the weekday, too"), ({"weekday": "TU"}, "Choose which one of the month")],
)
def test_f09_half_a_weekday_of_the_month_is_asked_about(leader, half, message):
    data = {"rhythm": "monthly", "day": "2026-12-02", "time": "13:00"} | half

    response = client_of(leader).post(f"/services/{leader.service.key}/reviews/rhythm/", data)

    assert message in page(response)
    assert not ReviewSeries.objects.exists()


def test_a_new_rhythm_keeps_what_was_held(leader):
    series = start(leader)
    first, _second = series.reviews.order_by("starts_at")
    reviews.close(first, minutes="x", attendees=[leader], by=leader, at=NOW)

    start(leader, rhythm="monthly_1TH", starts_at=TUESDAY)

    first.refresh_from_db()
    assert (first.state, first.series) == (Review.State.HELD, series)
    assert days(leader.service) == ["2026-12-03 13:00", "2027-01-07 13:00"]


# Exceptions


def test_a_meeting_is_left_out_with_a_sentence_and_the_others_stay(leader):
    series = start(leader)
    first, second = series.reviews.order_by("starts_at")

    reviews.skip(first, because="Christmas", by=leader, at=NOW)

    first.refresh_from_db()
    assert (first.state, first.cancelled_because) == (Review.State.CANCELLED, "Christmas")
    assert days(leader.service) == ["2026-12-29 13:00", "2027-01-26 13:00"]
    assert reviews.next_review(leader.service, at=NOW) == second
    assert AuditEvent.objects.filter(code="review.skipped").count() == 1


def test_a_meeting_that_was_left_out_is_planned_again(leader):
    first = start(leader).reviews.order_by("starts_at").first()
    reviews.skip(first, because="Christmas", by=leader, at=NOW)

    reviews.plan_again(first, by=leader, at=NOW)

    first.refresh_from_db()
    assert (first.state, first.cancelled_because) == (Review.State.PLANNED, "")
    assert days(leader.service)[0] == "2026-12-01 13:00"


def test_it_is_not_planned_again_when_its_time_or_its_rhythm_is_over(leader):
    first, second = start(leader).reviews.order_by("starts_at")
    for review in (first, second):
        reviews.skip(review, because="Away", by=leader, at=NOW)

    with pytest.raises(reviews.TooLateToPlan):
        reviews.plan_again(first, by=leader, at=TUESDAY)
    start(leader, rhythm="weekly_2")
    with pytest.raises(reviews.TooLateToPlan):
        reviews.plan_again(second, by=leader, at=NOW)


def test_what_is_planned_already_stays_so_and_what_was_held_is_closed(leader):
    planned, held = make_review(leader.service, starts_at=TUESDAY), make_review(leader.service, closed_at=NOW - DAY)

    assert reviews.plan_again(planned, by=leader, at=NOW) == planned
    with pytest.raises(reviews.ReviewIsClosed):
        reviews.plan_again(held, by=leader, at=NOW)
    assert not AuditEvent.objects.exists()


# What was begun is never out of reach


BEGUN = {
    "minutes": lambda review, leader: Review.objects.filter(pk=review.pk).update(minutes="Half a thought"),
    "outcomes": lambda review, leader: Review.objects.filter(pk=review.pk).update(looked_at_outcomes=True),
    "attendees": lambda review, leader: review.attendees.set([leader]),
    "observation": lambda review, leader: make_observation(review.service, review=review),
    "decision": lambda review, leader: make_decision(review.service, review=review),
    "action": lambda review, leader: make_action(review.service, review=review),
    "dealt with": lambda review, leader: make_topic(review, by=leader, settled=True),
}


@pytest.mark.parametrize("begin", BEGUN.values(), ids=BEGUN)
def test_a_new_rhythm_does_away_with_no_meeting_in_which_something_is_kept(leader, begin):
    first, second = start(leader).reviews.order_by("starts_at")
    make_topic(second, by=leader, code="topic:2")
    begin(first, leader)

    series = start(leader, rhythm="weekly_2", starts_at=TUESDAY + DAY)

    for review in (first, second):
        review.refresh_from_db()
    assert (first.state, first.series, first.slot_at) == (Review.State.PLANNED, None, None)
    assert second.state == Review.State.CANCELLED
    assert set(leader.service.reviews.planned()) == {first, *series.reviews.all()}
    here = f"/services/{leader.service.key}/reviews/"
    assert client_of(leader).get(f"{here}{first.pk}/hold/").status_code == 200
    assert client_of(leader).get(f"{here}{second.pk}/").status_code == 404


def test_what_is_kept_of_a_meeting_left_out_can_be_read_and_the_draft_by_leaders_alone(leader):
    service = leader.service
    review = make_review(service, starts_at=NOW - DAY, minutes="Half a thought")
    make_observation(service, review=review, text="We read at home")
    make_decision(service, review=review, text="IMR goes on")
    make_action(service, review=review, title="Ask for a room", owner=leader)
    reviews.skip(review, because="Nobody came", by=leader, at=NOW)
    here = f"/services/{service.key}/reviews/"

    shown = main_text(client_of(leader).get(f"{here}{review.pk}/"))
    others = main_text(client_of(make_practitioner(service)).get(f"{here}{review.pk}/"))
    for words in ("Nobody came", "We read at home", "IMR goes on", "Ask for a room", "did not take place"):
        assert words in shown
        assert words in others
    assert "Half a thought" in shown
    assert "Plan it again" in shown
    assert "Half a thought" not in others
    assert "Plan it again" not in others
    assert f'href="{here}{review.pk}/"' in page(client_of(leader).get(here))
    origins = document(client_of(leader).get(f"/services/{service.key}/actions/")).xpath("//main//a/@href")
    assert f"{here}{review.pk}/" in origins  # where the action came from is a page that is there


def test_a_begun_meeting_is_planned_again_when_its_time_and_its_rhythm_are_over(leader):
    review = start(leader).reviews.order_by("starts_at").first()
    Review.objects.filter(pk=review.pk).update(minutes="Half a thought")
    reviews.skip(review, because="By mistake", by=leader, at=NOW)
    start(leader, rhythm="weekly_2", starts_at=TUESDAY + 3 * DAY)

    with time_machine.travel(TUESDAY + DAY, tick=False):
        here = f"/services/{leader.service.key}/reviews/"
        shown = client_of(leader).post(f"{here}{review.pk}/again/", {}, follow=True)
        assert "Held? Close it" in main_text(shown)
        closed = reviews.close(review, minutes="It took place", attendees=[leader], by=leader, at=timezone.now())

    assert (closed.state, closed.series, closed.slot_at) == (Review.State.HELD, None, None)


def test_what_was_agreed_in_a_meeting_left_out_is_on_the_agenda_of_the_next_until_it_takes_place(leader):
    service = leader.service
    left_out, following = (make_review(service, starts_at=TUESDAY + number * 7 * DAY) for number in (0, 1))
    agreed = make_action(service, review=left_out, due_on=TODAY + 40 * DAY)
    make_action(service, review=left_out, state="done", closed_on=TODAY)
    make_action(service, due_on=TODAY + 40 * DAY)

    reviews.skip(left_out, because="Holiday", by=leader, at=NOW)
    item = following.agenda_items.get()
    assert (item.code, item.carried_from, item.first_on) == (f"action:{agreed.pk}", left_out, left_out.on)

    reviews.plan_again(left_out, by=leader, at=NOW)
    assert not AgendaItem.objects.exists()  # there it is agreed, and goes on when the meeting is closed
    reviews.close(left_out, minutes="x", attendees=[leader], by=leader, at=TUESDAY)
    assert following.agenda_items.filter(code=f"action:{agreed.pk}", carried_from=left_out).count() == 1


def test_what_was_agreed_in_a_meeting_left_out_waits_for_the_next_one(leader):
    review = make_review(leader.service, starts_at=NOW - DAY)
    agreed = make_action(leader.service, review=review, due_on=TODAY - 10 * DAY)
    row = AgendaItem.objects.create(review=review, code=f"action:{agreed.pk}", first_on=review.on)  # it is late
    reviews.skip(review, because="Holiday", by=leader, at=NOW)

    extra = reviews.plan_extra(starts_at=TUESDAY, by=leader, at=NOW)

    assert extra.agenda_items.get().code == row.code
    assert extra.agenda_items.get().carried_from == review


@pytest.mark.parametrize(
    ("starts_at", "begun", "words"),
    [
        (TUESDAY, False, "You can plan it again."),
        (NOW - DAY, False, "Its time is past, so you cannot plan it again."),
        (NOW - DAY, True, "You can plan it again."),
    ],
)
def test_leaving_out_promises_only_what_holds(leader, starts_at, begun, words):
    review = make_review(leader.service, starts_at=starts_at, minutes="Half a thought" if begun else "")
    client, here = client_of(leader), f"/services/{leader.service.key}/reviews/"
    assert words in main_text(client.get(f"{here}{review.pk}/skip/"))

    client.post(f"{here}{review.pk}/skip/", {"because": "Half of us are away"})

    again = client.get(f"{here}{review.pk}/again/")
    shown = client.get(f"{here}{review.pk}/")
    assert "Half of us are away" in main_text(shown)
    if words.startswith("You can"):
        assert again.status_code == 200
        assert "Plan it again" in main_text(shown)
    else:
        assert again.url == f"{here}{review.pk}/"
        assert "Plan an extra review instead." in main_text(shown)
        refused = client.post(f"{here}{review.pk}/again/", {})
        assert "Its time is past, or the rhythm it belonged to is over." in main_text(refused)


@pytest.mark.parametrize("form", ["move", "skip", "observe", "hold", "topics/new"])
@pytest.mark.parametrize("values", [{"closed_at": NOW}, {"state": "cancelled", "cancelled_because": "Holiday"}])
def test_no_form_opens_for_a_review_that_is_over(leader, form, values):
    """Found in a review: the forms of a held one opened as ever, and refused what had been typed into them."""
    review = make_review(leader.service, **values)
    here = f"/services/{leader.service.key}/reviews/{review.pk}/"

    response = client_of(leader).get(f"{here}{form}/")

    assert (response.status_code, response.headers["Location"]) == (302, here)


def test_what_was_typed_while_somebody_else_left_it_out_stays_in_the_form(leader):
    review = make_review(leader.service, starts_at=TUESDAY)
    reviews.skip(review, because="Holiday", by=leader, at=NOW)

    response = client_of(leader).post(
        f"/services/{leader.service.key}/reviews/{review.pk}/observe/", observation_form(text="Typed meanwhile")
    )

    assert "Typed meanwhile" in page(response)
    assert "This review was left out meanwhile." in main_text(response)
    assert not Observation.objects.exists()


def test_an_extra_meeting_stands_outside_the_series(leader):
    series = start(leader)

    extra = reviews.plan_extra(starts_at=TUESDAY + DAY, by=leader, at=NOW)

    assert extra.series is None
    start(leader, rhythm="weekly_2", starts_at=TUESDAY + 3 * DAY)
    assert extra in leader.service.reviews.planned()
    assert series.reviews.planned().count() == 0


def test_f04_exceptions_are_made_by_plain_forms(leader):
    review = start(leader).reviews.order_by("starts_at").first()
    client, place = client_of(leader), f"/services/{leader.service.key}/reviews/"

    left_out = client.post(f"{place}{review.pk}/skip/", {"because": "Half of us are away"}, follow=True)
    assert "Half of us are away" in page(left_out)
    again = client.post(f"{place}{review.pk}/again/", {}, follow=True)
    assert "Review planned for Tuesday 1 December 2026 at 13:00." in page(again)
    assert "Half of us are away" not in page(again)
    extra = client.post(f"{place}new/", {"day": "2026-12-08", "time": "09:00"}, follow=True)
    assert "Tue 8 Dec 09:00" in page(extra)


def test_a_topic_is_put_there_by_a_practitioner_and_taken_off_by_nobody_else(leader):
    practitioner, colleague = make_practitioner(leader.service), make_practitioner(leader.service, name="Asta Ro")
    review = make_review(leader.service, starts_at=TUESDAY)
    here = f"/services/{leader.service.key}/reviews/{review.pk}/"

    shown = client_of(practitioner).post(f"{here}topics/new/", {"text": "The room on Tuesdays"}, follow=True)
    assert "The room on Tuesdays" in page(shown)
    assert "Per Dahl" in page(client_of(leader).get(here))
    item = AgendaItem.objects.get()
    for other in (leader, colleague):
        assert client_of(other).post(f"{here}topics/{item.pk}/remove/").status_code == 404
    client_of(practitioner).post(f"{here}topics/{item.pk}/remove/")
    assert not AgendaItem.objects.exists()


def test_a_draft_is_in_nobodys_spreadsheet(leader):
    make_review(leader.service, starts_at=TUESDAY, minutes="Half a thought")

    sheet = client_of(make_practitioner(leader.service)).post(f"/services/{leader.service.key}/reviews/csv/")

    assert "Half a thought" not in b"".join(sheet).decode("utf-8-sig")


def test_a_cancelled_review_is_gone(leader):
    review = make_review(leader.service, state="cancelled")

    assert client_of(leader).get(f"/services/{leader.service.key}/reviews/{review.pk}/").status_code == 404


def test_who_may_only_read_gets_no_buttons(leader):
    review = make_review(leader.service, starts_at=TUESDAY)
    url = f"/services/{leader.service.key}/reviews/{review.pk}/"

    for reader in (make_practitioner(leader.service), make_adviser(leader.service)):
        text = page(client_of(reader).get(url))
        assert "Agenda" in text
        assert "Move it" not in text
        assert "Hold the review" not in text


def test_the_observation_page_starts_from_the_flag_one_came_from(leader):
    review = make_review(leader.service)
    url = f"/services/{leader.service.key}/reviews/{review.pk}/observe/"
    client = client_of(leader)

    assert '<option value="own-time" selected>' in page(client.get(f"{url}?entry=own-time"))
    assert "selected" not in page(client.get(f"{url}?entry=nonsense")).replace('value="" selected', "")


def test_old_minutes_stay_as_they_are_when_their_observations_are_old(leader):
    held = make_review(leader.service, closed_at=at_noon(TODAY - 400 * DAY), minutes="A year ago")
    make_observation(leader.service, review=held, on=TODAY - 400 * DAY, text="Nobody had time")

    text = page(client_of(leader).get(f"/services/{leader.service.key}/reviews/{held.pk}/"))

    assert "A year ago" in text
    assert "Nobody had time" in text


def test_the_agenda_page_of_a_full_service_links_to_what_it_names():
    site = full_site()

    text = page(client_of(site.leader).get(site.url("review")))

    assert "Late and nobody&#x27;s" in text
    assert "A goal that is late" in text
    assert f'href="{site.url("conflicts")}"' in text


def test_b08_a_new_rhythm_takes_in_a_begun_meeting_that_lies_at_one_of_its_dates(leader):
    """Else there were two at the same moment, and one of them was never held."""
    reviews.start_series(service=leader.service, rhythm="weekly_4", starts_at=TUESDAY, by=leader, at=NOW)
    begun = reviews.next_review(leader.service, at=NOW)
    Review.objects.filter(pk=begun.pk).update(minutes="Begun")

    reviews.start_series(service=leader.service, rhythm="weekly_2", starts_at=TUESDAY, by=leader, at=NOW)

    planned = leader.service.reviews.upcoming(NOW)
    assert len({review.starts_at for review in planned}) == len(planned)
    begun.refresh_from_db()
    assert (begun.state, begun.minutes, begun.series) == ("planned", "Begun", reviews.running_series(leader.service))


def test_b08_what_was_left_out_is_not_planned_again_beside_another_at_the_same_moment(leader):
    review = make_review(leader.service, starts_at=TUESDAY)
    reviews.skip(review, because="Holiday", by=leader, at=NOW)
    make_review(leader.service, starts_at=TUESDAY)

    with pytest.raises(reviews.AnotherThen):
        reviews.plan_again(review, by=leader, at=NOW)


def test_f07_what_was_typed_while_a_new_rhythm_did_away_with_the_meeting_stays_in_the_form(leader):
    reviews.start_series(service=leader.service, rhythm="weekly_4", starts_at=TUESDAY, by=leader, at=NOW)
    review = reviews.next_review(leader.service, at=NOW)
    reviews.start_series(service=leader.service, rhythm="weekly_2", starts_at=TUESDAY + DAY, by=leader, at=NOW)

    response = client_of(leader).post(
        f"/services/{leader.service.key}/reviews/{review.pk}/observe/", observation_form(text="Typed meanwhile")
    )

    assert "Typed meanwhile" in page(response)
    assert "This review was left out meanwhile." in main_text(response)
