"""Days and weeks in words."""

from datetime import date

import pytest
from django.utils import translation

from accounts.templatetags import holdfast as words


@pytest.mark.parametrize(
    ("day", "today", "english", "bokmal"),
    [
        (date(2026, 11, 23), date(2026, 11, 25), "week 48", "uke 48"),
        (date(2026, 1, 5), date(2026, 12, 31), "week 2", "uke 2"),
        (date(2025, 11, 24), date(2026, 11, 25), "week 48 of 2025", "uke 48 i 2025"),
        # Week 53 of 2026 ends on 3 January 2027.
        (date(2026, 12, 28), date(2027, 1, 3), "week 53", "uke 53"),
        (date(2027, 1, 1), date(2027, 1, 3), "week 53", "uke 53"),
        (date(2026, 12, 28), date(2027, 1, 4), "week 53 of 2026", "uke 53 i 2026"),
        # 30 December 2024 is a day of week 1 of 2025.
        (date(2024, 12, 30), date(2025, 6, 1), "week 1", "uke 1"),
        (date(2024, 12, 23), date(2024, 12, 30), "week 52 of 2024", "uke 52 i 2024"),
    ],
)
def test_a_week_has_its_year_unless_it_is_that_of_this_week(day, today, english, bokmal):
    with translation.override("en"):
        assert words.week(day, today) == english
    with translation.override("nb"):
        assert words.week(day, today) == bokmal
