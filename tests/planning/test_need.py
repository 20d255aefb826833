"""The hours IMR needs: the same as the rule's, beside those set aside, and every figure with its source."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from accounts.models import AuditEvent
from planning import capacity, needs
from planning.models import CapacityParameter
from planning.risks import need as facts
from planning.risks.snapshot import CaseloadMonth, Person, Snapshot
from planning.snapshots import take_snapshot
from planning.wording import capacity as words
from tests.factories import (
    make_adviser,
    make_allocation,
    make_capacity_parameter,
    make_caseload_month,
    make_leader,
    make_practitioner,
    make_service,
    make_sponsor,
)
from tests.planning.site import client_of, document, main_text

TODAY = date(2026, 11, 25)
NEED = "/services/f/time/need/"
TIME = "/services/f/time/"


@pytest.fixture
def leader(clock):
    return make_leader(make_service("f", started_on=date(2020, 1, 1)))


@pytest.fixture
def team(leader):
    """The team of the worked example: four practitioners, four patients one by one, a group of six."""
    for name in ("Per Dahl", "Asta Ro", "Odd Vang", "Mia Lund"):
        make_practitioner(leader.service, name=name, started_on=date(2022, 1, 1))
    make_caseload_month(leader.service, month=date(2026, 10, 1), individual_patients=4, groups=1)
    return leader


def figures(response, row: str) -> list[str]:
    """The figures of one row of the table of parts."""
    found = document(response).xpath(f"//main//table//tr[td[1]='{row}']")
    return [cell.text_content() for cell in found[0].xpath("./td")[1:]] if found else []


# Which facts


def snapshot(*months, people=(), as_of=TODAY, own=()) -> Snapshot:
    return Snapshot(as_of=as_of, caseload=months, people=people, capacity=own)


def month(day: date, individual=None, groups=None, **counts) -> CaseloadMonth:
    return CaseloadMonth(day, individual_patients=individual, groups=groups, **counts)


@pytest.mark.parametrize(
    ("months", "as_of", "counted"),
    [
        ((), TODAY, None),
        ((month(date(2026, 10, 1), 4),), TODAY, date(2026, 10, 1)),
        ((month(date(2026, 10, 1), 4), month(date(2026, 11, 1), 5)), TODAY, date(2026, 11, 1)),
        ((month(date(2026, 10, 1), 4), month(date(2026, 11, 1), sessions_held=5)), TODAY, date(2026, 10, 1)),
        ((month(date(2026, 9, 1), groups=0),), date(2026, 12, 1), date(2026, 9, 1)),
        ((month(date(2026, 9, 1), groups=0),), date(2026, 12, 2), None),
    ],
)
def test_the_latest_month_with_patients_or_groups_counts_for_three_months(months, as_of, counted):
    found = facts.counted_month(snapshot(*months, as_of=as_of))

    assert (found and found.month) == counted


def test_new_is_who_began_within_twelve_months():
    people = tuple(
        Person(number=number, role="practitioner", started_on=started_on)
        for number, started_on in enumerate([date(2025, 11, 25), date(2025, 11, 26), None, TODAY])
    )

    assert facts.new_practitioners(snapshot(people=people)) == 2


def test_the_need_is_the_models_with_the_services_own_figures():
    people = tuple(Person(number=number, role="practitioner") for number in range(4))
    given = snapshot(month(date(2026, 10, 1), 4, 1), people=people)
    with_own = snapshot(month(date(2026, 10, 1), 4, 1), people=people, own=(("working_weeks", Decimal(0)),))

    found = needs.need_of(given)

    assert found.typical.year == 598
    assert found.typical == capacity.need(individual=4, groups=1, practitioners=4)
    assert found.low.year < found.typical.year < found.high.year
    assert needs.need_of(with_own) == found, "a year without working weeks is no figure"
    assert needs.need_of(snapshot()) is None


# The page


@pytest.mark.django_db
def test_the_need_stands_by_part_beside_the_hours_set_aside(team):
    member = team.service.members.get(name="Per Dahl")
    make_allocation(member, hours_per_week="4.5", work="session")
    make_allocation(member, hours_per_week="1.5", work="supervision")

    response = client_of(team).get(NEED)

    text = main_text(response)
    assert "Need 9–15 h a week (computed) · set aside 6 h (counted)" in text
    assert "Computed for October 2026 · 4 patients one by one · 1 group · 4 practitioners" in text
    assert figures(response, "Sessions") == ["4.5", "5.5", "6", "4.5"]
    assert figures(response, "Preparation and notes") == ["1.9", "3.2", "4.5", "0"]
    assert figures(response, "Supervision") == ["2", "4", "4", "1.5"]
    assert figures(response, "Training and boosters") == ["0.7", "0.7", "0.7", "–"]
    assert figures(response, "Together") == ["9.3", "13.6", "15.5", "6"]


@pytest.mark.django_db
def test_the_page_and_the_rule_take_the_same_facts(team):
    make_capacity_parameter(team.service, name="sessions", value=Decimal(36))
    taken = take_snapshot(team.service, TODAY)

    assert needs.hours_today(team.service, TODAY).need.typical == facts.need_today(taken)


@pytest.mark.django_db
def test_hours_of_people_who_have_stopped_are_nobodys(team):
    gone = make_practitioner(team.service, name="Gone Man", stopped_on=date(2026, 11, 1))
    make_allocation(gone, hours_per_week="9")

    assert needs.hours_today(team.service, TODAY).together == 0
    text = main_text(client_of(team).get(TIME))
    assert "none are set aside." in text
    assert "9 h of these are set aside for people who have left or stopped, and do not count." in text


@pytest.mark.django_db
def test_without_a_recent_caseload_the_need_is_not_known(leader):
    make_caseload_month(leader.service, month=date(2026, 8, 1))

    text = main_text(client_of(leader).get(NEED))

    assert "Need not known, as no recent caseload is recorded · set aside 0 h a week (counted)" in text
    assert "Record a month" in text
    assert "Computed for" not in text


@pytest.mark.django_db
def test_the_time_page_tells_the_need_in_a_sentence(team):
    response = client_of(team).get(TIME)

    assert "IMR needs about 13.6 hours a week; none are set aside." in main_text(response)
    assert "9–15 h, computed" in main_text(response)
    assert document(response).xpath(f"//main//a[@href='{NEED}']")


@pytest.mark.django_db
@pytest.mark.parametrize(("patients", "hidden"), [(4, True), (5, False), (0, False)])
def test_small_counts_are_not_told_outside_the_team_nor_let_be_worked_out(team, patients, hidden):
    team.service.caseload_months.update(individual_patients=patients)
    adviser = make_adviser(team.service)

    outside, inside = client_of(adviser).get(NEED), client_of(team).get(NEED)

    assert ("<5 patients one by one" in main_text(outside)) == hidden
    assert (figures(outside, "Sessions") == []) == hidden
    assert ("With so few patients" in main_text(outside)) == hidden
    assert f"{patients} patients one by one" in main_text(inside)
    assert figures(inside, "Sessions")


@pytest.mark.django_db
def test_a_sponsor_does_not_see_it(leader):
    assert client_of(make_sponsor(leader.service)).get(NEED).status_code == 403


@pytest.mark.django_db
def test_every_figure_stands_with_its_unit_and_source(leader):
    text = main_text(client_of(leader).get(NEED))

    assert "A session with one patient: 45 min" in text
    assert "Sessions in the whole programme: 40 sessions (from 33 to 44 sessions)" in text
    assert "Patients who drop out: 24 % (from 18 to 51 %)" in text
    assert "doi 10.1007/s10597-019-00430-8" in text
    assert "From 4 patients who come each time, a group takes fewer hours than seeing each alone." in text
    assert "Of 6 patients who start, 3 to 5 are left at the end." in text
    assert "For 6 patients to start, ask 14." in text


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_parameter_part_source_and_unit_has_words(language):
    with translation.override(language):
        assert set(words.NAMES) == set(capacity.PARAMETERS)
        assert set(words.PARTS) == set(capacity.PARTS)
        assert set(words.NOTES) <= set(capacity.PARAMETERS)
        for parameter in capacity.PARAMETERS.values():
            assert words.source(parameter).endswith(".")
            assert words.quantity(parameter.typical, parameter.unit)
            assert (parameter.unit in words.UNITS) == (parameter.unit != "times")


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [("8.2", "11.4", "8–11"), ("2.25", "2.9", "2.3–2.9"), ("5.1", "5.4", "5.1–5.4"), ("4", "4", "4"), ("0", "0", "0")],
)
def test_a_range_is_as_short_as_it_can_be_told_apart(low, high, shown):
    with translation.override("en"):
        assert words.span(Fraction(low), Fraction(high)) == shown


# The service's own figures


@pytest.mark.django_db
def test_an_own_figure_takes_the_place_of_the_default_and_says_where_it_comes_from(team):
    client = client_of(team)
    page = f"{NEED}supervision/"

    opened = main_text(client.get(page))
    done = client.post(page, {"value": "30", "source": "Agreed in the spring"}, follow=True)

    assert "Default: 60 min (from 30 to 60 min)." in opened
    text = main_text(done)
    assert "Your figure counts: 30 min." in text
    assert "Supervision, each practitioner, each week: 30 min your own; default 60 min (from 30 to 60 min)" in text
    assert "Your source: Agreed in the spring" in text
    assert figures(done, "Supervision")[:3] == ["2", "2", "2"]
    assert needs.hours_today(team.service, TODAY).need.typical.weekly("supervision") == 2


@pytest.mark.django_db
def test_left_empty_the_default_counts_again(leader):
    make_capacity_parameter(leader.service, name="supervision", value=Decimal(30))
    client = client_of(leader)
    page = f"{NEED}supervision/"

    done = client.post(page, {"value": "", "source": ""}, follow=True)
    again = client.post(page, {"value": "", "source": ""}, follow=True)

    for response in (done, again):
        assert "The default counts: 60 min (from 30 to 60 min)." in main_text(response)
    assert not CapacityParameter.objects.exists()
    assert [event.code for event in AuditEvent.objects.all()] == ["record.removed"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "sent", "message"),
    [
        ("sessions", {"value": "36"}, "Write where your figure comes from, in a few words."),
        ("sessions", {"source": "The diary"}, "Write the figure that comes from there, or leave both empty."),
        ("sessions", {"value": "-1", "source": "x"}, "“Your figure” must be at least 0."),
        ("sessions", {"value": "10001", "source": "x"}, "“Your figure” can be at most 10000."),
        ("sessions", {"value": "1.555", "source": "x"}, "“Your figure” can have at most 2 decimals."),
        ("drop_out", {"value": "101", "source": "x"}, "“Your figure” can be at most 100."),
        ("working_weeks", {"value": "0", "source": "x"}, "“Your figure” must be at least 1."),
        ("working_weeks", {"value": "53", "source": "x"}, "“Your figure” can be at most 52."),
    ],
)
def test_what_is_no_figure_is_told(leader, name, sent, message):
    assert message in main_text(client_of(leader).post(f"{NEED}{name}/", sent))
    assert not CapacityParameter.objects.exists()


@pytest.mark.django_db
def test_own_figures_that_leave_nothing_to_divide_by_are_borne(team):
    for name in ("session_individual", "preparation_individual", "group_size", "supervision"):
        make_capacity_parameter(team.service, name=name, value=Decimal(0))

    text = main_text(client_of(team).get(NEED))

    assert "a group takes fewer hours" not in text
    assert "Need" in text


@pytest.mark.django_db
def test_only_leaders_change_figures_and_only_those_there_are(leader):
    client = client_of(make_practitioner(leader.service))

    assert client.get(f"{NEED}sessions/").status_code == 403
    assert "Change" not in main_text(client.get(NEED))
    assert client_of(leader).get(f"{NEED}shoe_size/").status_code == 404
