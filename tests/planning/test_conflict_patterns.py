"""What displaces IMR: counts over weeks that are over, days only of entries with a name, and no person anywhere."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Role
from planning.conflict_patterns import patterns_for, patterns_of, spans_until
from planning.conflict_weeks import ConflictWeek
from planning.models import PriorityConflict
from tests.factories import make_adviser, make_answer, make_conflict, make_conflicts_of_week, make_leader
from tests.planning.site import client_of, document, main_text, oslo

WEDNESDAY = date(2026, 11, 25)
HERE = "/services/f/conflicts/patterns/"
REASONS = st.dictionaries(st.sampled_from(PriorityConflict.Reason.values), st.integers(1, 9), max_size=6)


def test_the_spans_are_twelve_weeks_that_are_over():
    spans = spans_until(WEDNESDAY)

    assert [(span.first, span.last) for span in spans] == [
        (date(2026, 10, 26), date(2026, 11, 22)),
        (date(2026, 9, 28), date(2026, 10, 25)),
        (date(2026, 8, 31), date(2026, 9, 27)),
    ]


@given(st.lists(st.tuples(st.integers(-2, 20), REASONS), max_size=30), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
@settings(max_examples=300, deadline=None)
def test_every_entry_of_the_twelve_weeks_is_counted_once_and_no_other(weeks, on):
    this_monday = on - timedelta(days=on.weekday())
    known = [ConflictWeek(this_monday - timedelta(weeks=ago), Counter(reasons)) for ago, reasons in weeks]

    patterns = patterns_of(known, [], on=on)

    expected = sum((Counter(reasons) for ago, reasons in weeks if 0 <= ago < 12), Counter())
    assert {line.code: line.total for line in patterns.reasons} == dict(expected)
    assert patterns.total == expected.total()
    assert [line.total for line in patterns.reasons] == sorted(expected.values(), reverse=True)


@pytest.fixture
def leader(author):
    """Who answers in the service of the author."""
    return author.service.members.get(role=Role.LEADER)


def log(author, at, **fields):
    """An entry of a moment on Oslo's clock."""
    return make_conflict(author, logged_at=oslo(at), **fields)


@pytest.mark.django_db
def test_f14_what_is_not_released_yet_is_in_no_count(author, leader, clock):
    log(author, "2026-11-24T10:00")
    log(author, "2026-11-24T10:00", named=True)

    assert patterns_for(leader, on=WEDNESDAY).total == 0
    clock.move_to(oslo("2026-11-30T00:00"))
    assert patterns_for(leader, on=date(2026, 11, 30)).total == 2


@pytest.mark.django_db
def test_reasons_and_what_was_displaced_are_counted_by_four_weeks_with_and_without_answer(author, leader):
    make_answer(log(author, "2026-11-17T10:00", reason="staff", displaced="session"))
    log(author, "2026-10-01T10:00", reason="staff")
    log(author, "2026-09-08T10:00", reason="meeting", displaced="preparation", named=True)
    log(author, "2026-08-28T10:00", reason="acute")
    make_conflicts_of_week(author.service, released_on=date(2026, 11, 23), reasons={"meeting": 1})

    patterns = patterns_for(leader, on=WEDNESDAY)

    assert [(line.code, line.counts) for line in patterns.reasons] == [("meeting", (1, 0, 1)), ("staff", (1, 1, 0))]
    assert [(line.code, line.counts) for line in patterns.displaced] == [
        ("preparation", (0, 0, 1)),
        ("session", (1, 0, 0)),
    ]
    assert (patterns.total, patterns.answered, patterns.unanswered, patterns.said_what) == (4, 1, 3, 2)


@pytest.mark.django_db
def test_f14_days_of_the_week_are_of_entries_with_a_name_alone(author, leader):
    for number in range(5):
        log(author, f"2026-11-1{number}T10:00", named=True)  # Tuesday 10 to Saturday 14
        log(author, "2026-11-09T10:00")  # Mondays, without a name

    patterns = patterns_for(leader, on=WEDNESDAY)

    assert patterns.weekdays == (0, 1, 1, 1, 1, 1, 0)
    text = main_text(client_of(leader).get(HERE))
    assert "Of the 5 entries with a name. Entries without a name carry no day." in text
    assert "Monday0Tuesday1Wednesday1" in text
    assert "Saturday1" in text
    assert "Sunday" not in text


@pytest.mark.django_db
def test_of_four_entries_with_a_name_no_days_are_told_apart(author, leader):
    for number in range(4):
        log(author, f"2026-11-1{number}T10:00", named=True)

    text = main_text(client_of(leader).get(HERE))

    assert "Those with a name are too few to tell days apart." in text
    assert "Tuesday" not in text


@pytest.mark.django_db
def test_the_page_says_in_a_sentence_what_the_tables_hold_and_names_nobody(author, leader):
    make_answer(log(author, "2026-11-17T10:00", reason="staff", named=True, displaced="session"))
    log(author, "2026-11-18T10:00", reason="staff", note="Not for anybody")
    log(author, "2026-11-18T10:00", reason="meeting")

    response = client_of(leader).get(HERE)

    text = main_text(response)
    assert "3 entries in the last twelve weeks. Most often: Short of staff, 2 of 3. 2 of 3 have no answer yet." in text
    assert document(response).xpath("//table//td/text()")[:5] == ["Short of staff", "2", "2", "0", "0"]
    assert "Said in 1 of 3 entries." in text
    for name in (*author.service.members.values_list("name", flat=True), "Not for anybody"):
        if name != leader.name:
            assert name not in text


@pytest.mark.django_db
def test_without_entries_it_says_so(author, leader):
    assert "Nothing was logged in the last twelve weeks." in main_text(client_of(leader).get(HERE))


@pytest.mark.django_db
def test_the_page_is_for_those_who_answer(author):
    for reader, status in ((author, 403), (make_adviser(author.service), 403), (make_leader(), 404)):
        assert client_of(reader).get(HERE).status_code == status


@pytest.mark.django_db
def test_r02_the_page_asks_as_often_for_many_entries_as_for_one(author, leader, django_assert_num_queries):
    client = client_of(leader)
    log(author, "2026-11-17T10:00")
    for more in range(2):
        with django_assert_num_queries(7):  # session, user, membership, hearts; entries, totals, the list
            client.get(HERE)
        for _time in range(20 * (1 - more)):
            log(author, "2026-11-17T10:00", named=True)
