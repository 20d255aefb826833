"""The rule of what stands still, as tables of moments."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.heartbeats import (
    BEAT,
    CLOCKS_DIFFER,
    LIMITS,
    MESSAGES,
    SENDER,
    WORKER,
    Moments,
    is_standing_still,
    silent_since,
    standing_still,
)

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 25, 10, 10, tzinfo=OSLO)


def ago(**words) -> datetime:
    return NOW - timedelta(**words)


@pytest.mark.parametrize(
    ("name", "last", "still"),
    [
        (BEAT, ago(seconds=61), False),
        (BEAT, ago(minutes=3), False),
        (BEAT, ago(minutes=3, seconds=1), True),
        (WORKER, ago(minutes=3), False),
        (WORKER, ago(minutes=4), True),
        (SENDER, ago(hours=26), False),
        (SENDER, ago(hours=26, seconds=1), True),
        (BEAT, None, True),
        (SENDER, None, True),
        (WORKER, ago(minutes=-2), False),  # the clock of another machine
        (WORKER, ago(minutes=-2, seconds=-1), True),  # a clock that was wrong and was put right
        (SENDER, ago(days=-365), True),
    ],
)
def test_l08_a_heart_stands_still_when_it_was_not_heard_of_within_its_limit(name, last, still):
    assert is_standing_still(name, last, at=NOW) is still


@pytest.mark.parametrize(
    ("heard", "still"),
    [
        ({BEAT: NOW, WORKER: NOW, SENDER: NOW}, {}),
        ({}, {BEAT: None, WORKER: None, SENDER: None}),
        ({BEAT: ago(minutes=5), WORKER: NOW, SENDER: NOW}, {BEAT: ago(minutes=5)}),
        ({BEAT: NOW, WORKER: ago(hours=1), SENDER: ago(hours=1)}, {WORKER: ago(hours=1)}),
        ({BEAT: NOW, WORKER: ago(days=-9), SENDER: NOW}, {WORKER: None}),
        (
            {BEAT: ago(days=2), WORKER: ago(days=2), SENDER: ago(days=2)},
            {BEAT: ago(days=2), WORKER: ago(days=2), SENDER: ago(days=2), MESSAGES: ago(days=2)},
        ),
    ],
)
def test_what_stands_still_is_told_with_since_when(heard, still):
    assert standing_still(Moments(heard), at=NOW) == still


@pytest.mark.parametrize(
    ("sender", "handed_over", "refused", "since"),
    [
        (NOW, None, None, None),
        (NOW, ago(days=60), None, None),  # nothing to send for two months
        (ago(hours=26), ago(hours=27), None, None),
        (ago(hours=26, seconds=1), ago(hours=27), None, ago(hours=26, seconds=1)),
        (ago(hours=50), None, None, ago(hours=50)),
        (None, None, None, None),  # never ran: nobody can say since when
        (None, None, ago(hours=30), ago(hours=30)),
        (NOW, ago(days=9), ago(hours=26), None),  # refused for a day: not yet
        (NOW, ago(days=9), ago(hours=27), ago(hours=27)),
        (NOW, ago(hours=26, minutes=30), ago(hours=27), ago(hours=26, minutes=30)),
        (NOW, ago(hours=1), ago(hours=40), None),  # one full mailbox, while other mail goes out
    ],
)
def test_messages_are_silent_after_26_hours_in_which_they_should_have_gone(sender, handed_over, refused, since):
    moments = Moments({SENDER: sender}, handed_over=handed_over, refused=refused)

    assert silent_since(moments, at=NOW) == since


moments = st.none() | st.integers(-(10**6), 10**6).map(lambda seconds: NOW + timedelta(seconds=seconds))


@given(
    heard=st.dictionaries(st.sampled_from([BEAT, WORKER, SENDER]), moments),
    handed_over=moments,
    refused=moments,
)
def test_nothing_is_said_to_stand_still_since_a_moment_to_come_or_within_its_limit(heard, handed_over, refused):
    still = standing_still(Moments(heard, handed_over, refused), at=NOW)

    for name, since in still.items():
        assert since is None or since < NOW - LIMITS.get(name, LIMITS[SENDER])
    for name in LIMITS:
        last = heard.get(name)
        assert (name in still) == (last is None or not NOW - LIMITS[name] <= last <= NOW + CLOCKS_DIFFER)


def test_l08_days_on_which_no_mail_leaves_do_not_count_as_silence():
    tried = Moments({SENDER: NOW}, handed_over=ago(hours=63), refused=ago(hours=64))

    assert silent_since(tried, at=NOW, long_ago=ago(hours=74)) is None
    assert silent_since(tried, at=NOW, long_ago=ago(hours=26)) == ago(hours=63)
