"""Calendar months."""

from datetime import date

import pytest

from planning.risks.months import add_months, months_passed, older_than


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 13, date(2027, 12, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 1, 5), -1, date(2026, 12, 5)),
        (date(2027, 1, 5), 0, date(2027, 1, 5)),
        (date(2027, 6, 30), -18, date(2025, 12, 30)),
    ],
)
def test_b02_a_month_later_is_the_same_day_or_the_last_one(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("on", "passed", "older"),
    [
        (date(2027, 2, 27), False, False),
        (date(2027, 2, 28), True, False),
        (date(2027, 3, 1), True, True),
    ],
)
def test_b02_on_the_very_day_months_have_passed_and_are_not_yet_exceeded(on, passed, older):
    assert months_passed(date(2026, 8, 31), 6, on=on) is passed
    assert older_than(date(2026, 8, 31), 6, on=on) is older
