"""Dates of a review series: on the wall clock of Oslo, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from django.utils import timezone

from planning.recurrence import interval_days, occurrences


def oslo(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def first(number: int, rule: str, starts_at: datetime) -> list[str]:
    """The first dates of a series as the clock on the wall shows them."""
    moments = islice(occurrences(rule, starts_at), number)
    return [timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") for moment in moments]


def test_every_fourth_week_starts_with_the_first_meeting():
    assert first(3, "FREQ=WEEKLY;INTERVAL=4", oslo("2026-12-01T13:00")) == [
        "2026-12-01 13:00",
        "2026-12-29 13:00",
        "2027-01-26 13:00",
    ]


def test_the_same_weekday_of_every_month():
    assert first(4, "FREQ=MONTHLY;BYDAY=1TU", oslo("2026-12-01T13:00")) == [
        "2026-12-01 13:00",
        "2027-01-05 13:00",
        "2027-02-02 13:00",
        "2027-03-02 13:00",
    ]


def test_the_last_weekday_of_every_month():
    assert first(3, "FREQ=MONTHLY;BYDAY=-1MO", oslo("2026-11-30T09:00")) == [
        "2026-11-30 09:00",
        "2026-12-28 09:00",
        "2027-01-25 09:00",
    ]


@pytest.mark.parametrize(
    ("start", "days"),
    [
        ("2027-03-22T13:00", ["2027-03-22 13:00", "2027-03-29 13:00"]),  # forward on the 28th
        ("2027-10-25T13:00", ["2027-10-25 13:00", "2027-11-01 13:00"]),  # back on the 31st
    ],
)
def test_the_hour_stays_when_the_clocks_change(start, days):
    starts_at = oslo(start)

    earlier, later = (moment.astimezone(UTC) for moment in islice(occurrences("FREQ=WEEKLY", starts_at), 2))

    assert first(2, "FREQ=WEEKLY", starts_at) == days
    assert abs(later - earlier - timedelta(days=7)) == timedelta(hours=1)


def test_an_hour_that_the_clocks_skip_or_repeat_still_gives_one_meeting_a_week():
    skipped = list(islice(occurrences("FREQ=WEEKLY", oslo("2027-03-21T02:30")), 3))
    repeated = list(islice(occurrences("FREQ=WEEKLY", oslo("2027-10-24T02:30")), 3))

    assert [timezone.localdate(moment) for moment in skipped] == [
        date(2027, 3, 21),
        date(2027, 3, 28),
        date(2027, 4, 4),
    ]
    assert [timezone.localdate(moment) for moment in repeated] == [
        date(2027, 10, 24),
        date(2027, 10, 31),
        date(2027, 11, 7),
    ]


def test_a_series_goes_over_a_leap_day_and_the_end_of_the_year():
    assert first(3, "FREQ=WEEKLY;INTERVAL=2", oslo("2028-02-15T10:00"))[1] == "2028-02-29 10:00"
    assert first(2, "FREQ=WEEKLY;INTERVAL=12", oslo("2026-12-31T10:00"))[1] == "2027-03-25 10:00"


@pytest.mark.parametrize(
    ("rule", "on", "days"),
    [
        ("FREQ=WEEKLY;INTERVAL=4", date(2020, 1, 1), 28),  # long before the first meeting
        ("FREQ=WEEKLY;INTERVAL=4", date(2026, 12, 1), 28),
        ("FREQ=WEEKLY;INTERVAL=4", date(2030, 1, 1), 28),
        ("FREQ=MONTHLY;BYDAY=1TU", date(2026, 12, 20), 35),  # from 1 December to 5 January
        ("FREQ=MONTHLY;BYDAY=1TU", date(2027, 1, 5), 28),  # from 5 January to 2 February
    ],
)
def test_the_interval_is_that_of_the_two_dates_around_a_day(rule, on, days):
    assert interval_days(rule, oslo("2026-12-01T13:00"), on=on) == days


def test_a_rule_without_a_second_date_is_no_series():
    with pytest.raises(ValueError, match="fewer than two dates"):
        interval_days("FREQ=WEEKLY;COUNT=1", oslo("2026-12-01T13:00"), on=date(2027, 1, 1))
