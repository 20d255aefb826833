"""Conflicts as weekly totals: with and without a name alike, with those that came with a dossier."""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine

from planning.conflict_weeks import ConflictWeek, as_facts, released_weeks
from planning.risks.snapshot import Conflict
from tests.factories import (
    at_noon,
    make_answer,
    make_conflict,
    make_conflicts_of_week,
    make_practitioner,
    make_service,
)

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 11, 25)
MONDAY, BEFORE = date(2026, 11, 30), date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


@pytest.fixture
def author():
    return make_practitioner(make_service())


def weeks_of(author, on=MONDAY, **options):
    return released_weeks([author.service], on, **options)[author.service.pk]


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("logged_on", "known_on"),
    [
        (date(2026, 11, 23), date(2026, 11, 30)),  # a Monday
        (date(2026, 11, 29), date(2026, 11, 30)),  # a Sunday
        (date(2026, 12, 31), date(2027, 1, 4)),  # week 53
        (date(2027, 3, 28), date(2027, 3, 29)),  # the clock goes forward
        (date(2027, 10, 31), date(2027, 11, 1)),  # the clock goes back
        (date(2028, 2, 29), date(2028, 3, 6)),
    ],
)
def test_l10_an_entry_is_known_from_the_monday_after_it_was_logged_named_or_not(author, named, logged_on, known_on):
    make_conflict(author, named=named, logged_at=at_noon(logged_on))

    assert weeks_of(author, known_on - DAY) == []
    (week,) = weeks_of(author, known_on)
    assert (week.released_on, week.reasons, week.answers) == (known_on, {"acute": 1}, [])


def test_reasons_are_counted_by_week_beside_those_that_came_with_a_dossier(author):
    for reason in ("acute", "meeting"):
        make_conflict(author, reason=reason)
    make_conflict(author, reason="acute", named=True)
    make_conflicts_of_week(author.service, released_on=MONDAY, reasons={"acute": 3, "staff": 1})
    make_conflicts_of_week(author.service, released_on=BEFORE)

    before, week = weeks_of(author)

    assert (before.released_on, before.reasons) == (BEFORE, {"meeting": 2})
    assert (week.released_on, week.reasons, week.total) == (MONDAY, {"acute": 5, "meeting": 1, "staff": 1}, 7)


def test_f14_an_answer_from_before_the_release_is_dated_by_it(author):
    """Its real day would tell the colleagues that somebody had put their name to the entry."""
    make_answer(make_conflict(author, named=True), answered_on=WEDNESDAY)

    assert weeks_of(author)[0].answers == [(MONDAY, "seen")]


def test_answers_count_from_their_day(author):
    make_answer(make_conflict(author), answered_on=MONDAY + DAY, state="not_now", text="Later")
    make_conflicts_of_week(
        author.service,
        released_on=MONDAY,
        answers=[{"on": "2026-12-02", "state": "done"}, {"on": "2026-11-30", "state": "seen"}],
    )

    assert weeks_of(author, MONDAY)[0].answers == [(MONDAY, "seen")]
    assert weeks_of(author, MONDAY + 2 * DAY)[0].answers == [
        (MONDAY, "seen"),
        (MONDAY + DAY, "not_now"),
        (MONDAY + 2 * DAY, "done"),
    ]


def test_only_the_weeks_of_the_last_days_when_so_asked(author):
    make_conflict(author, released_on=BEFORE)
    make_conflicts_of_week(author.service, released_on=BEFORE - 7 * DAY)

    assert [week.released_on for week in weeks_of(author, days=14)] == [BEFORE]
    assert [week.released_on for week in weeks_of(author, days=15)] == [BEFORE - 7 * DAY, BEFORE]


def test_services_are_kept_apart_and_asked_for_together(author, django_assert_num_queries):
    other = make_practitioner(make_service())
    make_conflict(other)

    with django_assert_num_queries(2):
        weeks = released_weeks([author.service, other.service], MONDAY)

    assert weeks[author.service.pk] == []
    assert [week.total for week in weeks[other.service.pk]] == [1]


def test_as_facts_they_are_numbered_by_week_and_the_answered_ones_first():
    weeks = [
        ConflictWeek(BEFORE, Counter(acute=1)),
        ConflictWeek(MONDAY, Counter(acute=2, meeting=1), [(MONDAY, "seen"), (MONDAY + DAY, "done")]),
    ]

    assert as_facts(weeks) == (
        Conflict(number=1, released_on=BEFORE),
        Conflict(number=2, released_on=MONDAY, answered_on=MONDAY),
        Conflict(number=3, released_on=MONDAY, answered_on=MONDAY + DAY),
        Conflict(number=4, released_on=MONDAY),
    )


def test_a_week_reads_the_same_whether_it_was_logged_here_or_came_with_a_dossier(author):
    make_answer(make_conflict(author, reason="staff"), answered_on=MONDAY)
    make_conflict(author, reason="staff", named=True)
    imported = make_practitioner(make_service())
    make_conflicts_of_week(
        imported.service,
        released_on=MONDAY,
        reasons={"staff": 2},
        answers=[{"on": MONDAY.isoformat(), "state": "seen"}],
    )

    assert weeks_of(imported) == weeks_of(author)
