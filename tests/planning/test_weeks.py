"""The weekly check-in: taken until Sunday, released as a total on Monday, never moved afterwards."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent, Role
from planning import weeks
from planning.models import HoursOfWeek, WeekCheckIn
from planning.risks.snapshot import Week
from planning.snapshots import take_snapshot
from tests.factories import (
    make_allocation,
    make_hours_of_week,
    make_leader,
    make_member,
    make_practitioner,
    make_service,
    make_week_check_in,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MONDAY = date(2026, 11, 23)
FRIDAY = MONDAY + 4 * DAY
ALL, MOST, HALF, LITTLE, NONE = WeekCheckIn.Kept.values


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


@pytest.fixture
def service():
    return make_service(joined_on=MONDAY)


def team_of(service, *hours) -> list:
    """Practitioners with so many hours a week set aside for each."""
    team = [make_practitioner(service, name=f"Person {number}", login=False) for number in range(len(hours))]
    for member, of_one in zip(team, hours, strict=True):
        if of_one:
            make_allocation(member, hours_per_week=Decimal(of_one))
    return team


def say(member, kept=ALL, own="0", *, on=FRIDAY, week=None):
    return weeks.save(member, week=week or weeks.monday_of(on), kept=kept, own_time_hours=Decimal(own), on=on)


def known(service, on) -> dict[date, Week]:
    """The weeks that count, as others know them."""
    return {one.week: one for one in weeks.released([service], on).get(service.pk, ()) if one.reported}


def week_of(reported, set_aside, kept, own="0", *, monday=MONDAY) -> Week:
    return Week(monday, reported, Decimal(set_aside), Decimal(kept), Decimal(own))


# ------------------------------------------------------------------------------------------------
# Saving
# ------------------------------------------------------------------------------------------------


def test_a_check_in_keeps_what_was_set_aside_on_that_day(service):
    (member,) = team_of(service, "2.5")
    make_allocation(member, work="preparation", hours_per_week=Decimal("1.25"), ends_on=FRIDAY)
    make_allocation(member, work="travel", starts_on=FRIDAY + DAY)

    check_in = say(member, HALF, "0.75")

    assert (check_in.week, check_in.set_aside_hours) == (MONDAY, Decimal("3.75"))
    assert (check_in.kept, check_in.own_time_hours) == (HALF, Decimal("0.75"))
    assert weeks.own_week(member, on=MONDAY) == check_in
    assert weeks.own_week(member, on=MONDAY + WEEK) is None


def test_saving_again_in_the_same_week_changes_it(service):
    (member,) = team_of(service, "2")
    say(member, ALL, on=MONDAY)

    say(member, LITTLE, "2", on=MONDAY + 6 * DAY)

    assert WeekCheckIn.objects.get().kept == LITTLE


def test_without_hours_set_aside_it_is_not_asked_how_much_was_kept(service):
    member = make_practitioner(service)

    check_in = say(member, None, "2")

    assert (check_in.set_aside_hours, check_in.kept) == (0, NONE)


@pytest.mark.parametrize(
    ("week", "code"),
    [
        (MONDAY - WEEK, "closed"),
        (MONDAY - DAY, "closed"),
        (MONDAY + DAY, "ahead"),
        (MONDAY + WEEK, "ahead"),
    ],
)
def test_f16_no_week_but_the_running_one_is_taken(service, week, code):
    (member,) = team_of(service, "2")

    with pytest.raises(weeks.NotThisWeek) as refused:
        say(member, week=week)

    assert refused.value.code == code
    assert "That week" in refused.value.messages[0]
    assert not WeekCheckIn.objects.exists()


@pytest.mark.parametrize(
    "who", [{"role": role} for role in Role.values if role != Role.PRACTITIONER] + [{"guest": True}], ids=str
)
def test_only_practitioners_of_the_record_check_in(service, who):
    with pytest.raises(weeks.NotYours):
        say(make_member(service, **who))


@pytest.mark.parametrize(("kept", "own"), [(5, "0"), (-1, "0"), (None, "0"), (ALL, "40.25"), (ALL, "-1")])
def test_what_is_no_answer_is_refused(service, kept, own):
    (member,) = team_of(service, "2")

    with pytest.raises(ValidationError):
        say(member, kept, own)

    assert not WeekCheckIn.objects.exists()


@pytest.mark.parametrize(
    ("on", "monday"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 12, 31), date(2026, 12, 28)),  # week 53
        (date(2027, 1, 3), date(2026, 12, 28)),  # still
        (date(2027, 1, 4), date(2027, 1, 4)),  # week 1
        (date(2027, 3, 28), date(2027, 3, 22)),  # the clock goes forward
        (date(2027, 10, 31), date(2027, 10, 25)),  # the clock goes back
        (date(2028, 2, 29), date(2028, 2, 28)),
    ],
)
def test_l10_a_week_runs_from_its_monday_to_its_sunday_and_is_known_on_the_next(service, on, monday):
    team = team_of(service, "2", "2", "2")
    for member in team:
        say(member, on=on, week=monday)

    assert known(service, monday + 6 * DAY) == {}
    assert known(service, monday + WEEK) == {monday: week_of(3, 6, 6, monday=monday)}
    with pytest.raises(weeks.NotThisWeek):
        say(team[0], on=monday + WEEK, week=monday)


# ------------------------------------------------------------------------------------------------
# The total
# ------------------------------------------------------------------------------------------------

# Hours set aside, then (kept, own time) of each who answered; None: did not. Then the week, None: nothing is known.
TOTALS = [
    pytest.param(
        ["2", "2", "2"], [(ALL, "0"), (HALF, "1"), (NONE, "0.25")], (3, "6", "3", "1.25"), id="three of three"
    ),
    pytest.param(["2", "2"], [(ALL, "0"), (ALL, "0")], None, id="two of two"),
    pytest.param(["2"], [(ALL, "3")], None, id="one of one"),
    pytest.param(["2", "2", "2"], [(ALL, "0"), (ALL, "0"), None], None, id="two of three"),
    pytest.param(["2", "2", "2"], [None, None, None], None, id="none of three"),
    pytest.param(
        ["4", "2", "2", "4"],
        [(ALL, "0"), (NONE, "0"), (ALL, "0"), None],
        (3, "12", "8"),
        id="of all the hours",
    ),
    pytest.param(["2", "2", "3"], [(MOST, "0"), (MOST, "0"), (HALF, "0")], (3, "7", "4.7"), id="each counts the same"),
    pytest.param(["2", "2", "3"], [(HALF, "0"), (MOST, "0"), (MOST, "0")], (3, "7", "4.7"), id="whoever said which"),
    pytest.param(["1", "1", "1"], [(ALL, "0"), (MOST, "0"), (MOST, "0")], (3, "3", "2.5"), id="to tenths"),
    pytest.param(["0.25"] * 3, [(MOST, "0"), (HALF, "0"), (HALF, "0")], (3, "0.75", "0.4"), id="half a tenth goes up"),
    pytest.param(["0.25"] * 3, [(ALL, "0")] * 3, (3, "0.75", "0.75"), id="never more than set aside"),
    pytest.param(["4", "2", "2"], [(ALL, "0")] * 3, (3, "8", "8"), id="one holds half"),
    pytest.param(["4.25", "2", "2"], [(ALL, "1")] * 3, (3, "0", "0", "3"), id="one holds more than half"),
    pytest.param(["2", "2", ""], [(ALL, "1")] * 3, (3, "0", "0", "3"), id="two have hours"),
    pytest.param(["", "", ""], [(None, "1")] * 3, (3, "0", "0", "3"), id="nobody has hours"),
    pytest.param(["", "", ""], [(None, "1")] * 2 + [None], None, id="nobody has hours, two answered"),
    pytest.param(
        ["2", "2", "2", ""],
        [(ALL, "0"), (HALF, "0"), None, (None, "1")],
        None,
        id="two with hours",
    ),
    pytest.param(
        ["2", "2", "2", ""],
        [(ALL, "0"), (HALF, "0"), (HALF, "0"), (None, "1")],
        (3, "6", "4", "1"),
        id="three with hours",
    ),
]


@pytest.mark.parametrize(("hours", "answers", "expected"), TOTALS)
def test_f16_what_others_know_of_a_week(service, hours, answers, expected):
    for member, answer in zip(team_of(service, *hours), answers, strict=True):
        if answer:
            say(member, *answer)

    assert known(service, MONDAY + 6 * DAY) == {}
    assert known(service, MONDAY + WEEK) == ({MONDAY: week_of(*expected)} if expected else {})


def test_hours_of_others_count_in_the_whole_but_hide_nobody(service):
    """A leader's hours are the service's, but a leader does not answer: the share is the practitioners'."""
    make_allocation(make_leader(service), hours_per_week=Decimal(20))
    for member in team_of(service, "2", "2", "2"):
        say(member, HALF)

    assert known(service, MONDAY + WEEK) == {MONDAY: week_of(3, 26, 13)}


def test_a_change_of_heart_within_the_week_changes_the_total(service):
    team = team_of(service, "2", "2", "2")
    for member in team:
        say(member, ALL, on=MONDAY)
    say(team[0], NONE, "1", on=FRIDAY)

    assert known(service, MONDAY + WEEK) == {MONDAY: week_of(3, 6, 4, 1)}


def test_a_week_that_no_longer_counts_has_no_total(service):
    team = team_of(service, "20", "2", "2", "")
    for member in team[1:]:
        say(member)  # one holds most of the hours: three answers are enough for a total of own time
    assert HoursOfWeek.objects.exists()

    team[0].allocations.update(hours_per_week=2)
    say(team[3])  # now three with hours have to answer

    assert not HoursOfWeek.objects.exists()


def test_f16_somebody_whose_hours_were_cut_after_answering_hides_nobody(service):
    team = team_of(service, "20", "2", "2")
    say(team[0], NONE, on=MONDAY)
    team[0].allocations.update(hours_per_week=2)
    for member in team[1:]:
        say(member, ALL)

    assert known(service, MONDAY + WEEK) == {MONDAY: week_of(3, 0, 0)}


def test_weeks_of_one_service_are_in_no_other(service):
    for member in team_of(service, "2", "2", "2"):
        say(member)
    other = make_service(joined_on=MONDAY)
    for member in team_of(other, "2", "2"):
        say(member)

    assert set(weeks.released([service, other], MONDAY + WEEK)) == {service.pk, other.pk}
    assert known(other, MONDAY + WEEK) == {}


# ------------------------------------------------------------------------------------------------
# Released, it never moves
# ------------------------------------------------------------------------------------------------


def test_f16_a_released_total_stays_whatever_happens_afterwards(service):
    team = team_of(service, "2", "2", "2")
    for member in team:
        say(member, MOST, "1")
    released = known(service, MONDAY + WEEK)

    service.allocations.update(hours_per_week=9, starts_on=MONDAY - 300 * DAY)
    make_allocation(team[0], hours_per_week=30, starts_on=MONDAY)
    for member in team:
        say(member, NONE, "9", on=FRIDAY + WEEK)
    team[0].delete()
    WeekCheckIn.objects.filter(week=MONDAY).delete()
    team[1].role = Role.LEADER
    team[1].save()

    assert released == {MONDAY: week_of(3, 6, 4.5, 3)}
    assert known(service, MONDAY + 3 * WEEK)[MONDAY] == released[MONDAY]
    assert take_snapshot(service, MONDAY + WEEK).weeks == (released[MONDAY],)


def test_somebody_who_is_deleted_takes_their_check_ins_along(service):
    (member,) = team_of(service, "2")
    say(member)

    member.delete()

    assert not WeekCheckIn.objects.exists()


# ------------------------------------------------------------------------------------------------
# The weeks of a snapshot
# ------------------------------------------------------------------------------------------------


def test_f16_of_a_week_that_does_not_count_not_even_that_somebody_answered_is_told(service):
    team = team_of(service, "2", "2")
    silent = weeks.released([service], MONDAY + WEEK)
    say(team[0])
    one = weeks.released([service], MONDAY + WEEK)
    say(team[1])

    assert silent == one == weeks.released([service], MONDAY + WEEK) == {service.pk: (week_of(0, 0, 0),)}


def test_weeks_that_do_not_count_are_named_since_the_service_began_here_and_sixteen_at_most(service):
    def mondays(on):
        return [one.week for one in take_snapshot(service, on).weeks]

    service.joined_on = MONDAY + 6 * DAY
    assert mondays(MONDAY + 6 * DAY) == []
    assert mondays(MONDAY + WEEK) == [MONDAY]
    assert mondays(MONDAY + 2 * WEEK) == [MONDAY, MONDAY + WEEK]
    assert mondays(MONDAY + 40 * WEEK) == [MONDAY + number * WEEK for number in range(24, 40)]
    service.joined_on = None
    assert mondays(MONDAY + WEEK) == []


def test_a_service_that_was_only_described_has_the_weeks_it_came_with_and_no_other(service):
    service.described = True
    make_hours_of_week(service, week=MONDAY)

    assert take_snapshot(service, MONDAY + 2 * WEEK).weeks == (week_of(4, 12, 10),)


def test_weeks_that_came_with_a_dossier_stand_beside_those_made_here(service):
    make_hours_of_week(service, week=MONDAY - WEEK, own_time_hours=Decimal("1.5"))
    make_hours_of_week(service, week=MONDAY - 104 * WEEK)  # too long ago
    for member in team_of(service, "2", "2", "2"):
        say(member)

    assert take_snapshot(service, MONDAY + WEEK).weeks == (
        week_of(4, 12, 10, "1.5", monday=MONDAY - WEEK),
        week_of(3, 6, 6),
    )


def test_f16_hours_that_came_with_a_dossier_from_too_few_are_not_read(service):
    make_hours_of_week(service, week=MONDAY, reported=2)

    assert take_snapshot(service, MONDAY + WEEK).weeks == (week_of(0, 0, 0),)


def test_r02_weeks_of_many_services_take_one_query(service, django_assert_num_queries):
    services = [service, *(make_service() for _other in range(20))]
    for one in services:
        make_hours_of_week(one)

    with django_assert_num_queries(1):
        assert len(weeks.released(services, MONDAY + WEEK)) == 21


# ------------------------------------------------------------------------------------------------
# The trail
# ------------------------------------------------------------------------------------------------


def test_s09_the_trail_holds_that_a_week_counts_and_nothing_of_who_checked_in(service):
    team = team_of(service, "2", "2", "2", "2")
    for member in team[:2]:
        say(member)
    assert not AuditEvent.objects.exists()

    for member in (*team[2:], *team):
        say(member)

    event = AuditEvent.objects.get()
    assert (event.code, event.actor, event.service_key, event.details) == ("week.counted", None, service.key, {})
    assert event.at.isoformat() == "2026-11-29T23:00:00+00:00"  # the Monday, in Oslo
    assert (event.object_kind, event.object_id) == ("hoursofweek", str(HoursOfWeek.objects.get().pk))


def test_rows_made_by_hand_are_in_no_total(service):
    for member in team_of(service, "2", "2", "2"):
        make_week_check_in(member, week=MONDAY)

    assert known(service, MONDAY + WEEK) == {}
