"""The rhythms of review meetings: what is offered, the rule behind it, its words."""

from datetime import datetime
from itertools import islice

import pytest
from django.utils import timezone, translation

from planning import rhythms
from planning.recurrence import occurrences


def oslo(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def first(number: int, rule: str, starts_at: str) -> list[str]:
    moments = islice(occurrences(rule, oslo(starts_at)), number)
    return [timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") for moment in moments]


@pytest.mark.parametrize("rhythm", [one for one in rhythms.RHYTHMS if one != rhythms.MONTHLY])
@pytest.mark.parametrize("day", [1, 7, 8, 28, 29, 31])
def test_a_rhythm_of_weeks_begins_with_the_first_meeting_and_is_known_again(rhythm, day):
    starts_at = f"2026-12-{day:02} 13:00"

    rule = rhythms.rule_for(rhythm, oslo(starts_at))

    assert first(1, rule, starts_at) == [starts_at]
    assert rhythms.words_of(rule) == str(rhythms.RHYTHMS[rhythm])


@pytest.mark.parametrize(
    ("rhythm", "starts_at", "dates", "words", "ord"),
    [
        (
            "monthly_1TU",
            "2026-12-02T13:00",
            ["2027-01-05 13:00", "2027-02-02 13:00"],
            "The first Tuesday of every month",
            "Første tirsdag i måneden",
        ),
        (
            "monthly_3FR",
            "2026-12-01T09:00",
            ["2026-12-18 09:00", "2027-01-15 09:00"],
            "The third Friday of every month",
            "Tredje fredag i måneden",
        ),
        (
            "monthly_-1MO",
            "2027-01-26T09:00",
            ["2027-02-22 09:00", "2027-03-29 09:00"],
            "The last Monday of every month",
            "Siste mandag i måneden",
        ),
        (
            "monthly",
            "2026-12-29T13:00",
            ["2026-12-29 13:00", "2027-01-26 13:00"],
            "The last Tuesday of every month",
            "Siste tirsdag i måneden",
        ),
        (
            "monthly",
            "2026-12-28T13:00",
            ["2026-12-28 13:00", "2027-01-25 13:00"],
            "The fourth Monday of every month",
            "Fjerde mandag i måneden",
        ),
    ],
)
def test_a_weekday_of_the_month_is_chosen_or_that_of_the_date(rhythm, starts_at, dates, words, ord):
    rule = rhythms.rule_for(rhythm, oslo(starts_at))

    assert first(2, rule, starts_at) == dates
    assert rhythms.words_of(rule) == words
    with translation.override("nb"):
        assert rhythms.words_of(rule) == ord


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;INTERVAL=5", "Every 5 weeks"),
        ("FREQ=YEARLY", "FREQ=YEARLY"),
        ("FREQ=MONTHLY;BYDAY=5TU", "FREQ=MONTHLY;BYDAY=5TU"),
        ("FREQ=MONTHLY;BYDAY=TU", "FREQ=MONTHLY;BYDAY=TU"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_rule_of_another_making_is_shown_as_it_stands(rule, words):
    assert rhythms.words_of(rule) == words


@pytest.mark.parametrize(
    ("rhythm", "starts_at", "dates"),
    [
        # forward on 28 March 2027, a Sunday: the meetings around it keep their hour
        ("monthly_-1SU", "2027-02-01T13:00", ["2027-02-28 13:00", "2027-03-28 13:00", "2027-04-25 13:00"]),
        ("weekly_2", "2027-03-22T13:00", ["2027-03-22 13:00", "2027-04-05 13:00", "2027-04-19 13:00"]),
        # back on 31 October 2027
        ("monthly_-1SU", "2027-09-01T13:00", ["2027-09-26 13:00", "2027-10-31 13:00", "2027-11-28 13:00"]),
        ("weekly_4", "2027-10-11T08:00", ["2027-10-11 08:00", "2027-11-08 08:00", "2027-12-06 08:00"]),
        # 29 February 2028 is the fifth Tuesday of its month
        ("monthly_-1TU", "2028-01-01T10:00", ["2028-01-25 10:00", "2028-02-29 10:00", "2028-03-28 10:00"]),
        # over the end of the year
        ("monthly_4FR", "2027-11-01T15:00", ["2027-11-26 15:00", "2027-12-24 15:00", "2028-01-28 15:00"]),
        ("weekly_6", "2027-12-27T15:00", ["2027-12-27 15:00", "2028-02-07 15:00", "2028-03-20 15:00"]),
    ],
)
def test_l10_the_hour_on_the_wall_stays_and_no_date_is_lost(rhythm, starts_at, dates):
    assert first(3, rhythms.rule_for(rhythm, oslo(starts_at)), starts_at) == dates
