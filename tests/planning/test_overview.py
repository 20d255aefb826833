"""Services side by side: who sees which, in what order, with how many queries; nothing added up, nothing ranked."""

import csv
import io
import random
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, Role, Service
from planning import overview
from planning.overview import COLUMNS, ServiceRow, ordered
from planning.risks.answer import Status
from planning.standing import standing
from planning.theme_words import ThemeWords, theme_words
from tests.factories import (
    make_acceptance,
    make_action,
    make_adviser,
    make_decision,
    make_goal,
    make_hours_of_week,
    make_leader,
    make_member,
    make_observation,
    make_own_leadership_rating,
    make_pause,
    make_rating,
    make_review,
    make_service,
    make_user,
    make_vision,
)
from tests.planning.site import client_of, document, full_site, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture
def adviser():
    """Ada Vik advises two services."""
    ada = make_adviser(make_service("a", name="Askheim"))
    make_adviser(make_service("b", name="Bergly"), user=ada.user)
    return ada


def names(response) -> list[str]:
    """The services in the order of the page."""
    return [row.text_content().strip() for row in document(response).xpath("//tbody//th/a")]


# ------------------------------------------------------------------------------------------------
# Who sees what
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.LEADER, True),
        (Role.STAND_IN, True),
        (Role.ADVISER, True),
        (Role.PRACTITIONER, False),
        (Role.SPONSOR, False),
    ],
)
def test_s01_only_services_that_one_advises_or_leads_are_in_it(adviser, role, seen):
    make_member(make_service("c", name="Cedar"), role=role, user=adviser.user)
    make_leader(make_service("d", name="Of somebody else"))
    make_adviser(make_service("e", name="Left"), user=adviser.user, leaves_on=TODAY - DAY)

    assert names(client_of(adviser).get("/overview/")) == ["Askheim", "Bergly", *(["Cedar"] if seen else [])]


def test_without_such_a_service_the_page_says_so():
    text = main_text(client_of(make_member()).get("/overview/"))

    assert "There is nothing to put side by side" in text


@pytest.mark.parametrize(("others", "led"), [(0, False), (1, True)])
def test_the_way_there_is_on_the_first_page_of_those_with_two(others, led):
    adviser = make_adviser(make_service("a"))
    make_member(make_service("p"), role=Role.PRACTITIONER, user=adviser.user)
    for _number in range(others):
        make_adviser(user=adviser.user)

    assert ('href="/overview/"' in client_of(adviser).get("/").content.decode()) == led


def test_f15_no_hours_no_shares_and_nobodys_name_is_in_it(adviser):
    site = full_site("full", name="Full")
    make_adviser(site.service, user=adviser.user)
    make_hours_of_week(site.service, week=date(2026, 11, 9), kept_hours="7.77", own_time_hours="3.33")
    client = client_of(adviser)

    page = main_text(client.get("/overview/"))
    sheet = client.post("/overview/csv/").content.decode()

    people = {member.name for member in site.people.values()}
    for text in (page, sheet):
        assert "Full" in text
        assert [word for word in people | {"7.77", "3.33", "%", " h "} if word in text] == []


def test_an_own_rating_that_is_not_shared_changes_nothing_in_it(adviser):
    leader = make_leader(make_service("c", name="Cedar"), user=adviser.user)
    before = main_text(client_of(adviser).get("/overview/"))

    make_own_leadership_rating(leader)

    assert main_text(client_of(adviser).get("/overview/")) == before


# ------------------------------------------------------------------------------------------------
# The same answers as everywhere
# ------------------------------------------------------------------------------------------------


def test_the_words_are_those_of_the_services_own_pages():
    service = full_site().service
    make_acceptance(service, entry="no-goals", severity=None)

    stands = standing(service, TODAY)
    words = theme_words([service], TODAY)[service.pk]

    assert [theme.number for theme in words] == [1, 2, 3, 4, 5]
    for one, other in zip(words, stands.themes, strict=True):
        assert list(one.states) == other.states
        assert one.status is other.status
        assert one.note == other.note
        assert sorted(one.accepted) == sorted(entry.key for entry in other.accepted)
        assert one.since == min((entry.since for entry in other.flagged if entry.since), default=None)


def test_a_fidelity_that_looks_fine_does_not_speak_for_itself(adviser):
    make_rating(Service.objects.get(key="a"), total="4.62")

    assert "Judged at 4.62 of 5: high. That alone does not keep IMR going." in main_text(
        client_of(adviser).get("/overview/")
    )


def test_an_empty_a_paused_and_a_stopped_service_are_said_to_be_so():
    ada = make_adviser(make_service("a", name="Askheim", joined_on=TODAY))
    paused, stopped = make_service("b", name="Bergly"), make_service("c", name="Cedar")
    for service in (paused, stopped):
        make_adviser(service, user=ada.user)
    make_pause(paused, paused_on=date(2026, 11, 2))
    make_decision(stopped, kind="stop", decided_on=date(2026, 11, 2))

    rows = document(client_of(ada).get("/overview/")).xpath("//tbody/tr")
    empty, resting, over = (" ".join(" ".join(row.itertext()).split()) for row in rows)

    assert "Priorities 5 not known" in empty
    assert "Oldest flag since Not known" in empty
    assert "Paused since Mon 2 Nov" in resting
    assert "Stopped by a decision" in over
    for text in (empty, resting):
        assert "flagged" not in text
        assert "strength" not in text
        assert "Next review None planned Last plan None issued" in text


# ------------------------------------------------------------------------------------------------
# The order
# ------------------------------------------------------------------------------------------------


def row(name: str, *, worst: Status = Status.UNKNOWN, count: int = 1, review=None, plan=None, since=None) -> ServiceRow:
    themes = tuple(ThemeWords(number, ((worst, count),), (), since, "") for number in range(1, 6))
    service = Service(pk=sum(map(ord, name)), key=name, name=name)
    return ServiceRow(service, themes, paused_since=None, stopped=False, next_review=review, plan=plan)


def order(rows, by: str) -> str:
    return "".join(one.service.name for one in ordered(rows, by))


def test_a_theme_orders_by_its_word_and_never_by_how_many():
    rows = [
        row("d", worst=Status.CLEAR),
        row("c", worst=Status.UNKNOWN),
        row("b", worst=Status.FLAGGED, count=1),
        row("f", worst=Status.WATCH),
        row("a", worst=Status.FLAGGED, count=9),
        row("e", worst=Status.FLAGGED, count=4),
    ]

    for number in range(1, 6):
        assert order(rows, f"theme-{number}") == "abefcd"
        assert order(rows, f"-theme-{number}") == "dcfabe"


@pytest.mark.parametrize(
    ("by", "expected"), [("since", "bca"), ("-since", "cba"), ("service", "abc"), ("-service", "cba")]
)
def test_days_order_with_those_without_one_last_either_way(by, expected):
    rows = [row("c", since=TODAY), row("a"), row("b", since=TODAY - DAY)]

    assert order(rows, by) == expected


@pytest.mark.parametrize("by", ["review", "plan"])
def test_reviews_and_plans_order_by_their_day(by):
    soon, later = timezone.now(), timezone.now() + DAY
    rows = [row("a", review=later, plan=(3, later)), row("b"), row("c", review=soon, plan=(9, soon))]

    assert order(rows, by) == "cab"
    assert order(rows, f"-{by}") == "acb"


@pytest.mark.parametrize("by", ["", "nonsense", "-", "theme-9", "--service", "<script>"])
def test_an_order_that_is_not_known_is_that_of_the_names(adviser, by):
    page = client_of(adviser).get("/overview/", {"sort": by})

    assert names(page) == ["Askheim", "Bergly"]
    assert "<script>" not in page.content.decode().replace("<script src", "")


def test_each_heading_is_a_link_that_orders_and_turns_round(adviser):
    client = client_of(adviser)
    for column in COLUMNS:
        page = document(client.get(f"/overview/?sort={column.name}"))

        (heading,) = page.xpath("//thead//th[@aria-sort]")
        assert heading.get("aria-sort") == "ascending"
        assert heading.xpath("./a/@href") == [f"?sort=-{column.name}"]
        assert len(page.xpath("//thead//th/a")) == len(COLUMNS)


def test_nothing_is_added_up(adviser):
    response = client_of(adviser).get("/overview/")

    assert document(response).xpath("//tfoot") == []
    assert not {"total", "sum", "rank", "score", "average"} & set(main_text(response).lower().split())


# ------------------------------------------------------------------------------------------------
# The file, and what it costs
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "delimiter"), [("en", ","), ("nb", ";")])
def test_the_file_says_what_the_page_says_and_each_trail_who_took_it(adviser, language, delimiter):
    make_review(Service.objects.get(key="b"))
    client = client_of(adviser, language=language)
    AuditEvent.objects.all().delete()

    response = client.post("/overview/csv/?sort=-service")

    headings, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    assert [line[0] for line in rows] == ["Bergly", "Askheim"]
    assert {len(line) for line in rows} == {len(headings)}
    assert len(set(headings)) == len(headings)
    shown = main_text(client.get("/overview/"))
    for line in rows:
        for cell in line[1:6]:
            assert all(part in shown for part in cell.split(", "))
    assert response["Content-Disposition"] == 'attachment; filename="holdfast-overview-2026-11-25.csv"'
    events = AuditEvent.objects.order_by("service_key").values_list("service_key", "code", "actor")
    assert list(events) == [(key, "overview.taken_out", adviser.user.audit_id) for key in ("a", "b")]
    assert client.get("/overview/csv/").status_code == 405


def something(service: Service, chance: random.Random) -> None:
    """Rows of some kinds, so that no query is spared for lack of them."""
    make_goal(service, owner=make_leader(service))
    make_action(service)
    make_vision(service)
    make_review(service)
    make_observation(service)
    make_rating(service, total=chance.choice(("2.5", "4.5")))


@pytest.mark.timeout(600)
def test_r02_as_many_queries_for_three_hundred_services_as_for_one():
    user, chance, counts = make_user(), random.Random(1), []
    for services in (1, 30, 300):
        while user.memberships.count() < services:
            service = make_service()
            make_adviser(service, user=user)
            if services < 300:
                something(service, chance)

        with CaptureQueriesContext(connection) as asked:
            rows = overview.side_by_side(user, at=timezone.now(), on=TODAY)

        assert len(rows) == services
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


def test_the_next_review_and_the_last_plan_are_those_of_the_service():
    site = full_site("full", name="Full")
    ada = make_adviser(make_service("a", name="Askheim"))
    make_adviser(site.service, user=ada.user)
    site.service.documents.plans().filter(state="queued").update(state="ready", made_at=timezone.now())

    rows = {one.service.key: one for one in overview.side_by_side(ada.user, at=timezone.now(), on=TODAY)}

    assert rows["full"].plan[0] == 1
    assert rows["full"].next_review == site.service.reviews.upcoming(timezone.now()).first().starts_at
    assert isinstance(rows["full"].next_review, datetime)
    assert (rows["a"].plan, rows["a"].next_review) == (None, None)
