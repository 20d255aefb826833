"""A dossier seen from another day: what moves how, and that the calendar's odd days do no harm."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning import study
from planning.clock import monday_of
from planning.dossiers import dates, schema
from planning.dossiers.errors import DossierError
from planning.dossiers.reading import understand
from tests.planning.dossiers.samples import as_bytes, bring_in, rich, sparse

AS_OF = date(2026, 11, 25)
# Days on which somebody's calendar goes wrong: leap days, year ends, clock changes, short months.
ODD_DAYS = [
    date(2028, 2, 29),
    date(2027, 2, 28),
    date(2027, 12, 31),
    date(2028, 1, 1),
    date(2027, 3, 28),
    date(2027, 10, 31),
    date(2027, 3, 31),
    date(2100, 2, 28),
]


@pytest.mark.parametrize(
    ("day", "seen_from", "today", "expected"),
    [
        ("2015-06-01", "2015-07-01", date(2027, 3, 31), date(2027, 2, 28)),
        ("2015-06-01", "2015-07-01", date(2028, 3, 31), date(2028, 2, 29)),
        ("2015-06-28", "2015-07-01", date(2027, 1, 2), date(2026, 12, 30)),
        ("2015-07-01", "2015-07-01", date(2027, 1, 2), date(2027, 1, 2)),
        ("2016-07-01", "2015-07-01", date(2027, 1, 2), date(2028, 1, 2)),
        ("2024-02-29", "2024-02-29", date(2027, 2, 28), date(2027, 2, 28)),
        ("2024-02-29", "2026-02-28", date(2028, 2, 29), date(2026, 3, 1)),
    ],
)
def test_l10_days_keep_their_distance_in_months_and_days(day, seen_from, today, expected):
    assert dates.dated_anew(day, seen_from=date.fromisoformat(seen_from), today=today) == expected


def moved(to: date, **fields) -> dict:
    """What becomes of fields in a dossier seen from AS_OF that is moved."""
    return dates.moved(understand(as_bytes(sparse(**fields))).content, to=to)


@pytest.mark.parametrize(
    ("to", "monday"),
    [(date(2026, 11, 25), "2026-11-16"), (date(2026, 11, 29), "2026-11-16"), (date(2026, 11, 30), "2026-11-23")],
)
def test_weeks_move_by_whole_weeks(to, monday):
    week = rich()["hours"][1]

    assert moved(to, hours=[week])["hours"] == [week | {"week": monday}]


def test_months_move_by_whole_months():
    assert moved(date(2028, 2, 29), caseload=[{"month": "2026-10"}])["caseload"] == [{"month": "2028-01"}]


def test_answers_move_with_the_week_they_are_of():
    content = moved(date(2027, 2, 28), conflicts=rich()["conflicts"][:1])["conflicts"][0]

    weeks = monday_of(date(2027, 2, 28)) - monday_of(AS_OF)
    assert content["released_on"] == (date(2026, 11, 2) + weeks).isoformat()
    assert [answer["on"] for answer in content["answers"]] == [
        (date(2026, 11, 2) + weeks).isoformat(),
        (date(2026, 11, 9) + weeks).isoformat(),
    ]


def test_l10_meetings_keep_their_time_on_the_wall():
    content = moved(date(2027, 5, 25), reviews=[{"starts_at": "2026-10-14T08:30", "state": "held"}])

    assert content["reviews"][0]["starts_at"] == "2027-04-14T08:30"


def test_l10_a_meeting_in_the_hour_that_is_left_out_is_an_hour_later():
    content = moved(date(2027, 3, 28), reviews=[{"starts_at": "2026-11-25T02:30", "state": "planned"}])

    assert content["reviews"][0]["starts_at"] == "2027-03-28T03:30"


def test_a_day_alone_stays_one():
    content = moved(date(2027, 3, 28), reviews=[{"starts_at": "2026-11-25", "state": "planned"}])

    assert content["reviews"][0]["starts_at"] == "2027-03-28"


def test_what_would_leave_the_calendar_is_refused_with_its_place():
    with pytest.raises(DossierError, match=r'^\$\.service\.started_on: "1900-01-01" would leave the calendar'):
        dates.moved(sparse(as_of="9000-01-01", service={"started_on": "1900-01-01"}), to=date(1901, 1, 1))


@pytest.mark.django_db
def test_what_cannot_be_any_more_once_it_is_moved_is_refused_with_its_place():
    moved_words = "with all days moved so that as_of is"
    with pytest.raises(DossierError, match=rf'^\$\.as_of: {moved_words} 1899-12-31, "1899-12-31" is too far away'):
        bring_in(sparse(), as_of=date(1899, 12, 31))
    meetings = [{"held_on": "2027-02-26"}, {"held_on": "2027-03-01"}]  # 33 days and 30 days, a month being 28
    with pytest.raises(DossierError, match=rf'^\$\.supervision\[1\]\.held_on: {moved_words} 2027-03-01, "2027-01'):
        bring_in(sparse(as_of="2027-03-31", supervision=meetings), as_of=date(2027, 3, 1))


def test_moving_changes_no_dossier_in_place():
    content = understand(as_bytes(rich())).content
    before = as_bytes(rich())

    dates.moved(content, to=date(2028, 2, 29))

    assert as_bytes(content["members"]) == as_bytes(rich()["members"])
    assert as_bytes(rich()) == before


def test_moved_to_its_own_day_it_is_the_same():
    content = understand(as_bytes(rich())).content

    assert dates.moved(content, to=AS_OF) == content


@given(to=st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31)))
def test_l10_wherever_it_is_moved_days_exist_and_mondays_stay_mondays(to):
    content = understand(as_bytes(rich())).content

    anew = dates.moved(content, to=to)

    assert anew["as_of"] == to.isoformat()
    for mark in schema.marks(anew):
        if mark.kind == "monday":
            assert date.fromisoformat(mark.value).weekday() == 0
        elif mark.kind == "day":
            date.fromisoformat(mark.value)
    last_full_week = monday_of(to) - timedelta(days=7)
    assert (
        last_full_week.isoformat()
        == dates.moved({"as_of": "2026-11-25", "hours": [{"week": "2026-11-16"}]}, to=to)["hours"][0]["week"]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("today", ODD_DAYS)
def test_l10_examples_can_be_brought_in_on_any_day(today):
    service = bring_in(rich(), as_of=today, key="odd")

    assert service.hours_of_weeks.filter(week__iso_week_day=1).count() == 2
    assert service.caseload_months.filter(month__day=1).count() == 2
    study.load_study(today=today)
