"""Review meetings: their rhythm and dates, the agenda, moving, observing, holding and closing; their pages."""

import uuid
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEvent
from planning import reviews
from planning.models import Action, Observation, Review, ReviewSeries
from planning.risks.answer import Status
from planning.standing import standing
from tests.factories import (
    at_noon,
    make_action,
    make_adviser,
    make_answer,
    make_conflict,
    make_goal,
    make_leader,
    make_observation,
    make_practitioner,
    make_review,
    make_series,
    make_service,
)
from tests.planning.site import client_of, full_site, page

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


@pytest.mark.parametrize("rhythm", reviews.RHYTHMS)
@pytest.mark.parametrize("day", [1, 7, 8, 28, 29, 31])
def test_each_rhythm_begins_with_the_first_meeting_and_is_known_again(leader, rhythm, day):
    starts_at = oslo(f"2026-12-{day:02}T13:00")

    series = start(leader, rhythm=rhythm, starts_at=starts_at)

    assert days(leader.service)[0] == f"2026-12-{day:02} 13:00"
    assert reviews.rhythm_label(series) == str(reviews.RHYTHMS[rhythm][1])


def test_a_rule_of_another_making_is_shown_as_it_stands(leader):
    assert reviews.rhythm_label(make_series(leader.service, rule="FREQ=YEARLY")) == "FREQ=YEARLY"


def test_the_fifth_weekday_of_a_month_means_the_last():
    assert reviews.rule_for("monthly", oslo("2026-12-29T13:00")) == "FREQ=MONTHLY;BYDAY=-1TU"
    assert reviews.rule_for("monthly", oslo("2026-12-28T13:00")) == "FREQ=MONTHLY;BYDAY=4MO"


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


# The agenda


def test_b08_the_agenda_holds_open_flags_late_actions_unanswered_entries_and_overdue_goals():
    service = make_service()
    practitioner = make_practitioner(service)
    late = make_action(service, due_on=TODAY - 4 * DAY)
    make_action(service, due_on=TODAY - 3 * DAY)
    overdue = make_goal(service, due_on=TODAY - DAY)
    make_goal(service, due_on=TODAY)
    make_conflict(practitioner, named=True)
    make_answer(make_conflict(practitioner, named=True))

    agenda = reviews.agenda(service, standing(service, TODAY))

    assert agenda.late_actions == (late,)
    assert agenda.overdue_goals == (overdue,)
    assert agenda.unanswered == 1
    assert agenda.flags
    assert {flag.status for flag in agenda.flags} <= {Status.FLAGGED, Status.WATCH}
    assert not agenda.is_empty


def test_f14_the_agenda_counts_no_entry_before_its_release():
    service = make_service()
    make_conflict(make_practitioner(service))

    before = reviews.agenda(service, standing(service, TODAY + 4 * DAY))
    after = reviews.agenda(service, standing(service, TODAY + 5 * DAY))

    assert (before.unanswered, after.unanswered) == (0, 1)


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
    assert "Rhythm set. The next reviews are planned." in page(response)
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


def test_f04_a_meeting_goes_from_the_agenda_to_minutes_by_plain_forms(leader):
    service = leader.service
    practitioner = make_practitioner(service)
    review = make_review(service, starts_at=NOW - timedelta(hours=1))
    client, here = client_of(leader), f"/services/{service.key}/reviews/{review.pk}/"
    assert "Held? Close it" in page(client.get(f"/services/{service.key}/reviews/"))
    assert "Questions to go round the table with" in page(client.get(here))

    observed = client.post(f"{here}observe/", observation_form(), follow=True)
    assert observed.redirect_chain == [(here, 302)]
    acted = client.post(
        f"/services/{service.key}/actions/new/?entry=own-time&review={review.pk}",
        {"title": "Set two hours aside", "owner": leader.pk, "due_on": "2026-12-09"},
        follow=True,
    )
    assert acted.redirect_chain == [(here, 302)]
    closed = client.post(
        f"{here}close/", {"attendees": [leader.pk, practitioner.pk], "minutes": "Agreed."}, follow=True
    )

    text = page(closed)
    assert "Review closed." in text
    for words in ("Agreed.", "We read at home", "Set two hours aside", "Kari Nes and Per Dahl"):
        assert words in text
    observation = Observation.objects.get()
    assert (observation.review, observation.source, observation.on) == (review, "review", TODAY)
    action = Action.objects.get()
    assert (action.review, action.entry) == (review, "own-time")
    assert "Close the review" not in text


def test_the_minutes_of_a_closed_review_cannot_be_written_again(leader):
    review = make_review(leader.service, closed_at=NOW - DAY, minutes="As it was")

    response = client_of(leader).post(
        f"/services/{leader.service.key}/reviews/{review.pk}/close/", {"attendees": [leader.pk], "minutes": "Other"}
    )

    assert "This review is closed. What was recorded stands as it is." in page(response)
    review.refresh_from_db()
    assert review.minutes == "As it was"


def test_a_cancelled_review_is_gone(leader):
    review = make_review(leader.service, state="cancelled")

    assert client_of(leader).get(f"/services/{leader.service.key}/reviews/{review.pk}/").status_code == 404


def test_who_may_only_read_gets_no_buttons(leader):
    review = make_review(leader.service, starts_at=TUESDAY)
    url = f"/services/{leader.service.key}/reviews/{review.pk}/"

    for reader in (make_practitioner(leader.service), make_adviser(leader.service)):
        text = page(client_of(reader).get(url))
        assert "Agenda" in text
        assert "Close the review" not in text
        assert "Record an observation" not in text


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
