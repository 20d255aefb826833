"""The pages of the weekly check-in: choices and one number, for oneself alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from planning import weeks
from planning.models import WeekCheckIn
from tests.factories import (
    make_adviser,
    make_allocation,
    make_leader,
    make_practitioner,
    make_service,
    make_week_check_in,
)
from tests.planning.site import client_of, document, main_text, oslo

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
WEEK = timedelta(days=7)
HERE = "/services/f/weeks/"
FORM = "/services/f/weeks/new/"


@pytest.fixture
def member(clock):
    """Per, with three hours a week, on a Wednesday."""
    service = make_service("f")
    make_leader(service)
    member = make_practitioner(service)
    make_allocation(member, hours_per_week=3)
    return member


def chosen(response) -> list:
    return document(response).xpath("//main//input[@type='radio'][@checked]/@value")


def own_time(response) -> str:
    return document(response).get_element_by_id("id_own_time_hours").get("value")


def test_f20_a_week_is_five_choices_and_one_number_with_last_weeks_offered(member):
    make_week_check_in(member, set_aside_hours=3, own_time_hours=Decimal("1.5"))

    opened = client_of(member).get(FORM)

    text = main_text(opened)
    assert "Your week 48" in text
    assert "Mon 23 Nov to Sun 29 Nov. Set aside for you this week: 3 h." in text
    assert "Last week: 3 h set aside, kept: most of it · 1.5 h in your own time" in text
    assert document(opened).xpath("//main//input[@type='radio']/@value") == ["4", "3", "2", "1", "0"]
    assert chosen(opened) == []  # F10: nothing is chosen for anybody
    assert own_time(opened) == "1.5"
    visible = document(opened).xpath("//main//form//input[not(@type='hidden')][not(@type='radio')]")
    assert [one.get("name") for one in visible] == ["own_time_hours"]


def before_the_button(member) -> str:
    return " ".join(document(client_of(member).get(FORM)).find_class("before-submit")[0].text_content().split())


def test_f13_it_says_by_name_who_will_see_the_total(member):
    make_practitioner(member.service, name="Ida Dahl")

    assert before_the_button(member) == (
        "Only you see this. From Monday, if at least three have answered, the week's total of the whole service is "
        "seen by Ida Dahl and Kari Nes."
    )


def test_f13_who_agreed_to_show_the_hours_reads_who_may_work_them_out(member):
    make_adviser(member.service, name="Ada Rand")
    weeks.show_hours(member, show=True, on=MONDAY)

    said = before_the_button(member)

    assert "once every practitioner has, what was kept in the service is seen from Monday by Kari Nes, however" in said
    assert "Only you" not in said
    assert "Ada Rand" not in said


def test_f04_a_week_is_saved_and_changed_by_a_plain_form(member):
    client = client_of(member)

    saved = client.post(FORM, {"kept": "2", "own_time_hours": "0.5"}, follow=True)
    again = client.get(FORM)
    changed = client.post(FORM, {"kept": "1", "own_time_hours": "0"}, follow=True)

    assert "Your week is saved. You can change it until Sunday." in main_text(saved)
    assert "Week 48 from Mon 23 Nov 3 h set aside, kept: about half · 0.5 h in your own time" in main_text(saved)
    assert (chosen(again), own_time(again)) == (["2"], "0.5")
    assert "kept: a little · 0 h in your own time" in main_text(changed)
    check_in = WeekCheckIn.objects.get()
    assert (check_in.member, check_in.week, check_in.kept, check_in.own_time_hours) == (member, MONDAY, 1, 0)


def test_without_hours_set_aside_only_own_time_is_asked(member):
    member.allocations.all().delete()
    client = client_of(member)

    opened = client.get(FORM)
    saved = client.post(FORM, {"own_time_hours": "2"}, follow=True)

    assert "No hours are set aside for you this week." in main_text(opened)
    assert document(opened).xpath("//main//input[@type='radio']") == []
    assert "nothing set aside · 2 h in your own time" in main_text(saved)
    make_allocation(member)
    assert chosen(client.get(FORM)) == []  # what was not asked is not answered


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        (
            {"kept": "", "own_time_hours": ""},
            ["Choose how much of it you kept.", "Give the hours in your own time, or 0 for none."],
        ),
        ({"kept": "5", "own_time_hours": "0"}, ["Choose one of the answers shown"]),
        ({"kept": "4", "own_time_hours": "40.25"}, ["“Hours of IMR work in your own time” can be at most 40."]),
        ({"kept": "4", "own_time_hours": "-1"}, ["“Hours of IMR work in your own time” must be at least 0."]),
    ],
)
def test_f09_what_is_asked_for_is_said_with_the_way_out(member, data, messages):
    response = client_of(member).post(FORM, data)

    lines = [str(line.message) for line in response.context["form"].summary]
    assert len(lines) == len(messages)
    for line, message in zip(lines, messages, strict=True):
        assert message in line
    assert not WeekCheckIn.objects.exists()


@pytest.mark.parametrize(
    ("opened_at", "in_time", "too_late", "monday"),
    [
        ("2026-11-25T09:30", "2026-11-29T23:59:59", "2026-11-30T00:00", date(2026, 11, 23)),
        ("2027-01-03T09:30", "2027-01-03T23:59:59", "2027-01-04T00:00", date(2026, 12, 28)),  # week 53
        ("2027-03-28T01:59", "2027-03-28T03:00", "2027-03-29T00:00", date(2027, 3, 22)),  # the clock goes forward
        ("2027-10-31T01:59", "2027-10-31T23:59:59", "2027-11-01T00:00", date(2027, 10, 25)),  # the clock goes back
        ("2028-02-29T23:59", "2028-03-01T00:00", "2028-03-06T00:00", date(2028, 2, 28)),
    ],
)
def test_l10_a_form_counts_for_the_week_for_which_it_was_opened_or_not_at_all(
    member, clock, opened_at, in_time, too_late, monday
):
    clock.move_to(oslo(opened_at))
    action = document(client_of(member).get(FORM)).get_element_by_id("page-form").get("action")
    answer = {"kept": "4", "own_time_hours": "0"}

    clock.move_to(oslo(too_late))
    late = client_of(member).post(FORM + action, answer)
    assert "That week is over, and its total is made." in main_text(late)
    assert not WeekCheckIn.objects.exists()
    assert document(late).get_element_by_id("page-form").get("action") == f"?week={monday + WEEK}"

    clock.move_to(oslo(in_time))
    assert client_of(member).post(FORM + action, answer).status_code == 302
    assert WeekCheckIn.objects.get().week == monday


@pytest.mark.parametrize("week", ["", "soon", "2026-13-01", "2026-11-23"])
def test_a_spoilt_week_in_the_address_is_the_running_one(member, week):
    response = client_of(member).post(f"{FORM}?week={week}", {"kept": "4", "own_time_hours": "0"})

    assert response.status_code == 302
    assert WeekCheckIn.objects.get().week == MONDAY


def test_one_sees_ones_own_weeks_the_latest_first_and_nobody_elses(member):
    make_week_check_in(member, week=MONDAY - 2 * WEEK, kept=4, own_time_hours=Decimal("2.25"))
    make_week_check_in(member, week=MONDAY - WEEK, set_aside_hours=0)
    make_week_check_in(make_practitioner(member.service, name="Asta Ro"), own_time_hours=9)

    text = main_text(client_of(member).get(HERE))

    assert (
        "Week 47 from Mon 16 Nov nothing set aside · 0 h in your own time "
        "Week 46 from Mon 9 Nov 4 h set aside, kept: all of it · 2.25 h in your own time"
    ) in text
    assert "9 h" not in text
    assert "Check in for week 48" in text


def test_weeks_of_another_service_stay_there(member):
    elsewhere = make_practitioner(make_service("g"), user=member.user, login=True)
    make_week_check_in(elsewhere, own_time_hours=9)

    assert "9 h" not in main_text(client_of(member).get(HERE))
    assert "9 h" in main_text(client_of(member).get("/services/g/weeks/"))


def test_the_way_there_is_on_the_first_page_and_with_ones_time(member):
    client = client_of(member)

    def ways(address):
        return document(client.get(address)).xpath("//main//a/@href")

    assert FORM in ways("/services/f/")
    assert "Check in for week 48" in main_text(client.get("/services/f/"))
    assert HERE in ways("/services/f/time/")
    assert FORM in ways(HERE)
    weeks.save(member, week=MONDAY, kept=4, own_time_hours=Decimal(0), on=MONDAY)
    assert "Week 48 is saved. You can change it until Sunday." in main_text(client.get("/services/f/"))
    leader = client_of(member.service.members.get(role="leader"))
    assert HERE not in document(leader.get("/services/f/time/")).xpath("//main//a/@href")


def test_in_bokmaal_hours_have_a_decimal_comma(member):
    make_week_check_in(member, own_time_hours=Decimal("1.5"))

    assert "1,5" in main_text(client_of(member, language="nb").get(HERE))


def test_somebody_who_only_looks_in_is_told_that_it_is_not_for_them(member):
    guest = make_practitioner(member.service, name="Gro Gjest", guest=True)

    response = client_of(guest).post(FORM, {"own_time_hours": "1"})

    assert "Only practitioners of this service check in on their week." in main_text(response)
    assert not WeekCheckIn.objects.exists()
