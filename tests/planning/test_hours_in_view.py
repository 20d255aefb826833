"""Time in one view: needed, promised, kept, displaced; agreements with the staff; who agreed to show what."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEvent, Role
from planning import allocations, hours_in_view, weeks
from planning.models import HoursShown
from tests.factories import (
    make_adviser,
    make_agreement,
    make_allocation,
    make_caseload_month,
    make_clearance,
    make_conflict,
    make_hours_of_week,
    make_leader,
    make_practitioner,
    make_service,
)
from tests.planning.site import client_of, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TODAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 23)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
TIME, SHOW, HIDE = "/services/f/time/", "/services/f/weeks/shown/on/", "/services/f/weeks/shown/off/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False) as clock:
        yield clock


@pytest.fixture
def leader():
    return make_leader(make_service("f", joined_on=MONDAY - 20 * WEEK))


def team_of(service, *hours):
    """Practitioners with these hours a week since long ago."""
    team = [make_practitioner(service, name=f"Person {number}") for number in range(len(hours))]
    for member, amount in zip(team, hours, strict=True):
        if amount:
            make_allocation(member, hours_per_week=Decimal(amount), starts_on=MONDAY - 20 * WEEK)
    return team


def say(member, kept, *, ago=1):
    """Check in for the week so many weeks ago."""
    week = MONDAY - ago * WEEK
    weeks.save(member, week=week, kept=kept, own_time_hours=Decimal(0), on=week + 4 * DAY)


def agree(*members):
    for member in members:
        weeks.show_hours(member, show=True, on=TODAY)


def known(reader):
    """(weeks ago, hours set aside, hours kept) as far as the reader may know."""
    view = hours_in_view.hours_in_view(reader, TODAY)
    return [((MONDAY - one.week).days // 7, float(one.set_aside), float(one.kept)) for one in view.weeks]


# ------------------------------------------------------------------------------------------------
# The page
# ------------------------------------------------------------------------------------------------


def test_the_four_figures_stand_in_a_sentence_a_chart_and_a_table(leader):
    team_of(leader.service, 2, 2, 2)
    make_caseload_month(leader.service, month=date(2026, 10, 1), individual_patients=4, groups=0)
    for ago in (1, 2):
        make_hours_of_week(leader.service, week=MONDAY - ago * WEEK, set_aside_hours=6, kept_hours=Decimal("4.5"))

    response = client_of(leader).get(TIME)
    text = main_text(response)

    assert "IMR needs about 8.2 hours a week; 6 are set aside, 4.5 were kept." in text
    for words in ("h, computed", "6 h, counted", "4.5 h, counted", "1.5 h, computed"):
        assert words in text
    assert "On average over 2 weeks of the last eight" in text
    assert 'role="img"' in response.content.decode()
    assert "style=" not in response.content.decode()


def test_figures_are_of_the_latest_four_weeks_of_eight_that_count(leader):
    team_of(leader.service, 2, 2, 2)
    for ago, kept in ((9, 1), (8, 2), (5, 3), (4, 4), (2, 5), (1, 6)):
        make_hours_of_week(leader.service, week=MONDAY - ago * WEEK, set_aside_hours=6, kept_hours=kept)

    assert known(leader) == [(5, 6, 3), (4, 6, 4), (2, 6, 5), (1, 6, 6)]


@pytest.mark.parametrize(("hours", "joined_on", "reason"), [
    ((2, 2), MONDAY - 3 * WEEK, "in none of the last eight weeks"),
    ((2, 2), MONDAY, "no week that was checked in on has gone by"),
    ((0, 0), MONDAY - 3 * WEEK, "no hours are set aside"),
])  # fmt: skip
def test_what_is_not_known_is_said_with_the_reason_and_never_nought(leader, hours, joined_on, reason):
    leader.service.joined_on = joined_on
    leader.service.save()
    team_of(leader.service, *hours)

    view = hours_in_view.hours_in_view(leader, TODAY)
    text = main_text(client_of(leader).get(TIME))

    assert (view.kept, view.displaced) == (None, None)
    assert reason in text
    assert text.count("not known") >= 2
    assert "0 h, counted" not in text.replace("Promised0 h, counted", "")


def test_hours_that_few_hold_are_not_known(leader):
    team_of(leader.service, 20, 2, 2)
    make_hours_of_week(leader.service, week=MONDAY - WEEK, set_aside_hours=0, kept_hours=0)

    assert "one holds more than half" in main_text(client_of(leader).get(TIME))


def test_f14_reasons_of_the_same_weeks_stand_beside_the_figure_and_hours_of_entries_do_not(leader):
    (author, *_others) = team_of(leader.service, 2, 2, 2)
    make_agreement(leader.service, recorded_at=timezone.make_aware(datetime(2026, 10, 1, 12)))
    make_hours_of_week(leader.service, week=MONDAY - 2 * WEEK, set_aside_hours=6, kept_hours=4)
    for ago, reason in ((1, "acute"), (2, "meeting"), (2, "meeting")):
        make_conflict(author, reason=reason, hours=Decimal("7.75"), released_on=MONDAY - (ago - 1) * WEEK)

    view = hours_in_view.hours_in_view(leader, TODAY)

    assert view.reasons == (("meeting", 2),)
    text = main_text(client_of(leader).get(TIME))
    assert "Logged in the same weeks: Meeting 2." in text
    assert "7.75" not in text


def test_r02_the_page_takes_as_many_queries_for_more_weeks_and_people(leader, django_assert_max_num_queries):
    counts = []
    for more in (1, 8):
        team = team_of(leader.service, *[2] * more)
        for member in team:
            HoursShown.objects.create(member=member, since=TODAY)
            say(member, 4)
        client = client_of(leader)
        with django_assert_max_num_queries(80) as asked:
            client.get(TIME)
        counts.append(len(asked))

    assert counts[0] == counts[1]


# ------------------------------------------------------------------------------------------------
# F15: everybody agreed
# ------------------------------------------------------------------------------------------------


def test_f15_the_hours_of_two_show_once_both_agreed_and_vanish_when_one_takes_it_back(leader):
    one, other = team_of(leader.service, 4, 2)
    say(one, 4)
    say(other, 2)
    seen = [known(leader)]
    for member, show in ((one, True), (other, True), (one, False)):
        weeks.show_hours(member, show=show, on=TODAY)
        seen.append(known(leader))

    assert seen == [[], [], [(1, 6, 5)], []]


def test_f15_it_takes_those_who_did_not_report_as_well(leader):
    """Else the hours would show just when the other was silent, and tell that."""
    one, other = team_of(leader.service, 4, 2)
    say(one, 2)
    agree(one)
    assert known(leader) == []

    agree(other)

    assert known(leader) == [(1, 6, 3)]


def test_f15_in_a_team_of_one_it_is_for_that_one_to_say(leader):
    (alone,) = team_of(leader.service, 4)
    say(alone, 3)
    assert known(leader) == []

    agree(alone)

    assert known(leader) == [(1, 4, 3)]


def test_f15_agreed_hours_are_for_the_team_alone(leader):
    team = team_of(leader.service, 4, 2)
    for member in team:
        say(member, 2)
    agree(*team)

    assert known(team[0]) == [(1, 6, 3)]
    assert known(make_adviser(leader.service)) == []
    assert "3 h, counted" in main_text(client_of(team[1]).get(TIME))
    assert "each practitioner agreed to it" in main_text(client_of(leader).get(TIME))


def test_f15_the_running_week_never_shows(leader):
    (alone,) = team_of(leader.service, 4)
    say(alone, 3, ago=0)
    agree(alone)

    assert known(leader) == []


def test_f15_a_new_colleague_has_to_agree_too(leader):
    team = team_of(leader.service, 4, 2)
    for member in team:
        say(member, 2)
    agree(*team)
    (new,) = team_of(leader.service, 3)
    assert known(leader) == []

    agree(new)

    assert [ago for ago, _hours, _kept in known(leader)] == [1]


def test_f15_weeks_of_somebody_who_has_left_do_not_show(leader):
    team = team_of(leader.service, 4, 2)
    for ago in (1, 2, 3):
        say(team[0], 2, ago=ago)
    say(team[1], 4, ago=3)
    agree(*team)
    team[1].leaves_on = MONDAY - 2 * WEEK + DAY
    team[1].save()

    assert [ago for ago, _hours, _kept in known(leader)] == [1]


@pytest.mark.parametrize("change", [{"role": Role.LEADER}, {"user": None}])
def test_f15_nobodys_agreement_outlasts_the_chance_to_take_it_back(leader, change):
    team = team_of(leader.service, 4, 2)
    for member in team:
        say(member, 2)
    agree(*team)
    for name, value in change.items():
        setattr(team[1], name, value)
    team[1].save()

    assert known(leader) == []


def test_f16_a_week_that_counts_is_told_by_its_total_alone(leader):
    team = team_of(leader.service, 2, 2, 2)
    for member, kept in zip(team, (4, 4, 1), strict=True):
        say(member, kept)
        agree(member)
    before = known(leader)

    team[2].delete()  # with their check-in; what is left of it would be the other two's

    assert before == known(leader) == [(1, 6, 4.5)]


# ------------------------------------------------------------------------------------------------
# The switch
# ------------------------------------------------------------------------------------------------


def test_f13_the_switch_says_who_will_see_it_and_works_both_ways(leader):
    one, other = team_of(leader.service, 4, 2)
    client = client_of(one)

    text = main_text(client.get(SHOW))
    assert f"Seen by {leader.name} and {other.name}." in text
    assert "can work out what you kept" in text
    client.post(SHOW)
    assert weeks.shows_hours(one)
    assert "You agreed" in main_text(client.get("/services/f/weeks/"))
    client.post(SHOW)  # a page that was still open: it does what its button said
    assert weeks.shows_hours(one)
    client.post(HIDE)
    assert not weeks.shows_hours(one)


def test_s09_the_trail_says_from_monday_on_that_somebody_agreed_and_not_who(leader):
    one, _other = team_of(leader.service, 4, 2)
    agree(one)
    agree(one)

    event = AuditEvent.objects.get(code="hours_shown.on")

    assert (event.actor, event.object_id, event.details) == (None, "", {})
    assert timezone.localtime(event.at).isoformat() == "2026-11-30T00:00:00+01:00"
    assert "hours of a small team" not in main_text(client_of(leader).get("/services/f/audit/"))


def test_nobody_is_told_whether_somebody_agreed_while_the_hours_do_not_show(leader):
    one, other = team_of(leader.service, 4, 2)
    say(one, 2)
    before = {reader: main_text(client_of(reader).get(TIME)) for reader in (leader, other)}

    agree(one)

    assert before == {reader: main_text(client_of(reader).get(TIME)) for reader in (leader, other)}


def test_only_who_delivers_the_practice_can_agree(leader):
    with pytest.raises(weeks.NotYours):
        weeks.show_hours(leader, show=True, on=TODAY)
    assert not HoursShown.objects.exists()


# ------------------------------------------------------------------------------------------------
# Gone through with the staff
# ------------------------------------------------------------------------------------------------


def test_hours_that_were_gone_through_and_have_changed_since_are_said_to_have(leader):
    team = team_of(leader.service, 2, 2, 2)
    assert "It is not recorded that the hours were gone through" in main_text(client_of(leader).get(TIME))

    make_clearance(leader.service, cleared_on=TODAY - 20 * DAY)
    assert "Gone through with the staff on Thu 5 Nov." in main_text(client_of(leader).get(TIME))
    assert "changed since" not in main_text(client_of(leader).get(TIME))

    make_allocation(team[0], hours_per_week=1, starts_on=TODAY - 3 * DAY)
    assert "The hours have changed since, last on Sun 22 Nov." in main_text(client_of(leader).get(TIME))


@pytest.mark.parametrize(("starts", "ends", "changed"), [
    (-30, None, None),
    (-10, None, None),  # on the very day they were gone through
    (-9, None, -9),
    (-30, -11, None),  # ended the day before: gone through without them
    (-30, -5, -4),
    (-9, -5, -4),
    (1, None, None),
    (-30, 0, None),  # ends today, so gone tomorrow
])  # fmt: skip
def test_hours_change_when_they_begin_and_after_their_last_day(leader, starts, ends, changed):
    make_clearance(leader.service, cleared_on=TODAY - 10 * DAY)
    make_allocation(
        make_practitioner(leader.service),
        starts_on=TODAY + starts * DAY,
        ends_on=None if ends is None else TODAY + ends * DAY,
    )

    found = allocations.cleared(leader.service, on=TODAY).changed_on

    assert found == (None if changed is None else TODAY + changed * DAY)


def test_a_figure_written_anew_is_a_change_too(leader, clock):
    allocation = make_allocation(make_practitioner(leader.service), starts_on=TODAY - 30 * DAY)
    make_clearance(leader.service, cleared_on=TODAY)
    allocations.set_aside(allocation, by=leader)
    assert allocations.cleared(leader.service, on=TODAY).changed_on is None  # on the day itself

    clock.move_to("2026-11-26T09:30:00+01:00")
    allocations.set_aside(allocation, by=leader)

    assert allocations.cleared(leader.service, on=TODAY + DAY).changed_on == TODAY + DAY


def test_an_agreement_with_the_staff_is_recorded_from_the_time_page(leader):
    client = client_of(leader)

    client.post("/services/f/time/cleared/new/", {"cleared_on": "2026-11-24", "agreed": "The day team covers Tuesdays"})
    text = main_text(client.get("/services/f/time/cleared/"))
    wrong = main_text(client.post("/services/f/time/cleared/new/", {"cleared_on": "2026-11-26"}))

    assert "24 November 2026" in text
    assert "The day team covers Tuesdays" in text
    assert "Give today or an earlier day" in wrong
