"""A person's own calendar: what stands in it, for whom, and that reading it does nothing else."""

import re
from datetime import date, timedelta
from itertools import islice

import pytest
import recurring_ical_events
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from accounts.models import AuditEvent, Role
from planning import calendar_feeds, reviews
from planning.models import CalendarFeed, Review
from planning.recurrence import occurrences
from tests.factories import make_action, make_conflict, make_goal, make_visit
from tests.planning.calendar_reading import names_in, read
from tests.planning.mail_samples import a_member, a_review, a_service, oslo

pytestmark = pytest.mark.django_db
AT = oslo("2026-11-24 09:00")
TODAY = AT.date()
DAY = timedelta(days=1)
SECRET_WORDS = ("TITLE-TEXT", "GOAL-TEXT", "NOTE-TEXT", "Ola Vik", "Kari Nes", "MINUTES-TEXT", "REASON-TEXT", "IMR")


@pytest.fixture(autouse=True)
def the_day():
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield


def titles(content: bytes) -> list[str]:
    return [event.title for event in read(content)[1]]


def path_of(member) -> str:
    return f"/calendar/{calendar_feeds.make(member.user, at=AT)}.ics"


def got(member) -> list[str]:
    response = Client().get(path_of(member))
    assert response.status_code == 200
    return titles(response.content)


def a_full_service(key="f"):
    """A service with something of everything, told in words that must not leave it."""
    service = a_service(key)
    leader = a_member(service, name="Kari Nes")
    worker = a_member(service, Role.PRACTITIONER, name="Ola Vik")
    a_review(service, "2026-12-01 13:00", minutes="MINUTES-TEXT")
    for owner in (leader, worker):
        make_action(service, owner=owner, title="TITLE-TEXT", due_on=TODAY + 3 * DAY)
        make_goal(service, owner=owner, outcome="GOAL-TEXT", due_on=TODAY + 30 * DAY, state="active")
    make_visit(service, planned_on=TODAY + 20 * DAY, raters=(leader, a_member(service, Role.ADVISER, name="Anne Ås")))
    make_conflict(worker, note="NOTE-TEXT", named=False)
    return service, leader, worker


# What stands in it


def test_m10_a_calendar_holds_the_reviews_and_what_is_due_of_ones_own():
    _service, leader, _worker = a_full_service()

    assert got(leader) == [
        "Review meeting: Service F",
        "Due: an action (Service F)",
        "Due: a goal (Service F)",
        "Visit: Service F",
    ]


@pytest.mark.parametrize("role", Role.values)
def test_m14_no_names_no_conflicts_and_no_text_of_the_record_leave_by_the_calendar(role):
    service, _leader, _worker = a_full_service()
    reader = a_member(service, role, name="Reader")
    make_action(service, owner=reader, title="TITLE-TEXT", due_on=TODAY + 4 * DAY)

    content = Client().get(path_of(reader)).content.decode().replace("\r\n ", "")

    assert not [word for word in SECRET_WORDS if word in content]
    assert not re.search(r"conflict|konflikt", content, re.IGNORECASE)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.LEADER, {"Review meeting: Service F", "Visit: Service F"}),
        (Role.STAND_IN, {"Review meeting: Service F", "Visit: Service F"}),
        (Role.PRACTITIONER, {"Review meeting: Service F", "Visit: Service F"}),
        (Role.ADVISER, {"Review meeting: Service F", "Visit: Service F"}),
        (Role.SPONSOR, set()),
    ],
)
def test_s01_each_role_sees_what_its_pages_show(role, seen):
    service, _leader, _worker = a_full_service()

    assert set(got(a_member(service, role, name="Reader"))) == seen


def test_s01_nothing_of_other_services_and_all_of_ones_own():
    _service, leader, _worker = a_full_service("f")
    other, _leader, _worker = a_full_service("g")
    assert not [title for title in got(leader) if "Service G" in title]

    a_member(other, Role.ADVISER, name="Kari Nes", login=False)
    other.members.filter(user__isnull=True).update(user=leader.user)

    assert {"Review meeting: Service F", "Review meeting: Service G"} <= set(got(leader))


def test_what_is_done_left_out_or_far_away_is_not_there():
    service = a_service()
    leader = a_member(service)
    make_action(service, owner=leader, due_on=TODAY, state="done", closed_on=TODAY)
    make_goal(service, owner=leader, due_on=TODAY, state="dropped", ended_on=TODAY)
    make_goal(service, owner=leader, due_on=TODAY, state="draft")
    make_action(service, owner=leader, due_on=None)
    make_action(service, owner=leader, due_on=TODAY - 91 * DAY)
    make_action(service, owner=leader, due_on=TODAY + 401 * DAY)
    a_review(service, "2026-12-02 13:00", state="cancelled", cancelled_because="Holiday")
    a_review(service, "2026-12-03 13:00", state="cancelled")
    assert got(leader) == []

    make_action(service, owner=leader, due_on=TODAY - 90 * DAY)
    make_action(service, owner=leader, due_on=TODAY + 400 * DAY)
    a_review(service, "2026-08-26 23:30")

    assert len(got(leader)) == 3


def test_it_speaks_its_readers_language_and_links_to_the_pages():
    service = a_service()
    reader = a_member(service, language="nb")
    review = a_review(service)

    (event,) = read(Client().get(path_of(reader)).content)[1]

    assert event.title == "Gjennomgang: Service F"
    assert event.description == f"{settings.SITE_URL}/services/f/reviews/{review.pk}/"


def test_m10_a_series_comes_out_on_its_own_dates_across_both_changes_of_clocks():
    service = a_service()
    leader = a_member(service)
    series = reviews.start_series(
        service=service, rhythm="weekly_4", starts_at=oslo("2026-12-01 13:00"), by=leader, at=AT
    )
    dates = list(islice(occurrences(series.rule, series.starts_at), 14))
    for slot in dates[reviews.KEPT_AHEAD :]:
        Review.objects.create(service=service, series=series, slot_at=slot, starts_at=slot)

    calendar = Calendar.from_ical(Client().get(path_of(leader)).content)
    found = recurring_ical_events.of(calendar).between(date(2026, 1, 1), date(2029, 1, 1))

    assert sorted(event.start for event in found) == dates
    assert {f"{event.start:%H:%M}" for event in found} == {"13:00"}
    assert dates[-1] > oslo("2027-10-31 12:00")


def test_m10_the_id_of_a_review_stays_and_its_sequence_grows():
    service = a_service()
    leader = a_member(service)
    review = reviews.plan_extra(starts_at=oslo("2026-12-01 13:00"), by=leader, at=AT)
    (before,) = read(Client().get(path_of(leader)).content)[1]

    reviews.move(review, to=oslo("2026-12-02 14:00"), by=leader, at=AT)

    (after,) = read(Client().get(path_of(leader)).content)[1]
    assert after.uid == before.uid == f"review-{review.pk}@localhost"
    assert (before.sequence, after.sequence) == (0, 1)
    assert after.starts == oslo("2026-12-02 14:00")


# The address


def test_only_a_hash_of_the_address_is_kept_and_it_has_enough_chance_in_it():
    leader = a_member(a_service())

    token = calendar_feeds.make(leader.user, at=AT)

    feed = CalendarFeed.objects.get()
    assert len(token) >= 43, "256 bits in letters of 6 bits each"
    assert token not in {feed.token_hash, *map(str, AuditEvent.objects.values_list("details", "object_id"))}
    assert feed.token_hash == calendar_feeds.hash_of(token)


def test_a_new_address_ends_the_one_before_and_an_ended_one_is_over_at_once():
    leader = a_member(a_service())
    first, second = path_of(leader), path_of(leader)
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]

    calendar_feeds.end(leader.user)
    calendar_feeds.end(leader.user)

    assert Client().get(second).status_code == 404
    assert list(AuditEvent.objects.order_by("pk").values_list("code", flat=True)) == [
        "calendar.made",
        "calendar.made",
        "calendar.ended",
    ]


@pytest.mark.parametrize("change", ["", "x", "upper", "hash", "half"])
def test_a_token_that_is_not_quite_right_leads_nowhere(change):
    token = calendar_feeds.make(a_member(a_service()).user, at=AT)
    wrong = {
        "": "",
        "x": token + "x",
        "upper": token.swapcase(),
        "hash": CalendarFeed.objects.get().token_hash,
        "half": token[: len(token) // 2],
    }[change]

    assert calendar_feeds.find(wrong, on=TODAY) is None
    assert Client().get(f"/calendar/{wrong}.ics").status_code == 404


def test_the_calendar_of_somebody_who_left_or_is_barred_is_gone():
    leader = a_member(a_service())
    path = path_of(leader)
    leader.leaves_on = TODAY
    leader.save()
    assert Client().get(path).status_code == 200, "the last day is still one"

    leader.leaves_on = TODAY - DAY
    leader.save()
    assert Client().get(path).status_code == 404

    leader.leaves_on = None
    leader.save()
    leader.user.is_active = False
    leader.user.save()
    assert Client().get(path).status_code == 404


def test_who_left_one_of_two_services_keeps_the_other():
    first, second = a_service("f"), a_service("g")
    leader = a_member(first)
    there = a_member(second, Role.ADVISER, login=False)
    there.user = leader.user
    there.leaves_on = TODAY - DAY
    there.save()
    for service in (first, second):
        a_review(service)

    assert got(leader) == ["Review meeting: Service F"]


def test_guessing_ends_in_a_wait_but_never_for_those_who_have_an_address():
    path = path_of(a_member(a_service()))

    answers = [Client().get(f"/calendar/guess-{number}.ics").status_code for number in range(25)]

    assert answers == [404] * 20 + [429] * 5
    assert Client().get(path).status_code == 200


# Reading it


def test_m09_head_and_get_change_nothing_set_no_cookie_and_start_no_session():
    _service, leader, _worker = a_full_service()
    path = path_of(leader)
    before = {
        model: sorted(map(str, model.objects.values_list())) for model in apps.get_models() if model._meta.managed
    }
    client = Client()

    with CaptureQueriesContext(connection) as queries:
        answers = [getattr(client, method)(path) for method in ("head", "get", "get")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert not client.cookies
    assert not [query for query in queries if re.match(r"\s*(INSERT|UPDATE|DELETE)\b", query["sql"], re.IGNORECASE)]
    after = {model: sorted(map(str, model.objects.values_list())) for model in apps.get_models() if model._meta.managed}
    assert after == before
    assert client.post(path).status_code == 405


def test_a_program_that_has_it_already_gets_nothing_until_something_changes():
    service = a_service()
    leader = a_member(service)
    path = path_of(leader)
    first = Client().get(path)

    again = Client().get(path, headers={"If-None-Match": first["ETag"]})
    a_review(service)
    changed = Client().get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"] != changed["ETag"]
    assert changed.status_code == 200


def test_the_headers_keep_it_out_of_shared_caches_search_engines_and_referrers():
    service = a_service()
    leader = a_member(service)
    path = path_of(leader)
    etag = Client().get(path)["ETag"]

    for response in (Client().get(path), Client().get(path, headers={"If-None-Match": etag})):
        assert response["Cache-Control"] == "private, no-cache"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert Client().get(path)["Content-Type"] == "text/calendar; method=PUBLISH; charset=utf-8"
    assert not names_in(Client().get(path).content) & {"ORGANIZER", "ATTENDEE"}


def test_whoever_is_signed_in_besides_sees_the_calendar_of_the_address():
    leader = a_member(a_service("f"))
    other = a_member(a_service("g"))
    a_review(leader.service)
    client = Client()
    client.force_login(other.user)

    assert titles(client.get(path_of(leader)).content) == ["Review meeting: Service F"]


def test_the_number_of_queries_does_not_grow_with_what_is_in_it(django_assert_num_queries):
    _service, leader, _worker = a_full_service()
    path = path_of(leader)
    for number in range(20):
        make_action(leader.service, owner=leader, due_on=TODAY + number * DAY)
        a_review(leader.service, f"2027-01-{number + 1:02} 13:00")

    with django_assert_num_queries(6):  # the address; the services; reviews, actions, goals, visits
        Client().get(path)


# The page


def page(client, **data) -> str:
    response = client.post("/settings/calendar/", data) if data else client.get("/settings/calendar/")
    assert response.status_code in (200, 302)
    return response.content.decode()


def signed_in(member) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": member.user.email, "password": "long-enough-password"})
    return client


def with_password(member):
    member.user.set_password("long-enough-password")
    member.user.save()
    return member


def test_the_address_is_made_shown_once_renewed_and_ended_by_its_owner():
    leader = with_password(a_member(a_service()))
    client = signed_in(leader)
    assert "Make my address" in page(client)

    made = page(client, make="1")
    address = re.search(rf"{re.escape(settings.SITE_URL)}(/calendar/[\w-]+\.ics)", made)[1]
    assert Client().get(address).status_code == 200
    assert address not in page(client), "it is shown once"

    page(client, make="1")
    assert Client().get(address).status_code == 404

    page(client, end="1")
    assert not CalendarFeed.objects.exists()
    assert "Make my address" in page(client)


def test_no_passer_by_makes_an_address_on_a_page_left_open():
    leader = with_password(a_member(a_service()))
    client = signed_in(leader)

    with time_machine.travel(AT + timedelta(minutes=20), tick=False):
        response = client.post("/settings/calendar/", {"make": "1"})

    assert response.url.startswith("/accounts/reauthenticate/?next=")
    assert not CalendarFeed.objects.exists()


def test_a_sponsor_is_told_that_there_is_nothing_for_a_calendar():
    client = signed_in(with_password(a_member(a_service(), Role.SPONSOR)))

    assert "nothing that would stand in a calendar" in page(client)
    assert "Make my address" not in page(client)


# One review


def test_m10_a_review_can_be_added_to_any_calendar():
    service = a_service()
    leader = with_password(a_member(service))
    review = a_review(service)
    client = signed_in(leader)
    assert (
        f"/services/f/reviews/{review.pk}/calendar/" in client.get(f"/services/f/reviews/{review.pk}/").content.decode()
    )

    response = client.get(f"/services/f/reviews/{review.pk}/calendar/")

    assert response["Content-Disposition"] == 'attachment; filename="review-2026-12-01.ics"'
    method, (event,) = read(response.content)
    assert (method, event.title, event.status) == ("PUBLISH", "Review meeting: Service F", "CONFIRMED")
