"""Fourteen months of a service, told day by day: how it begins well, and what wears it down."""

from datetime import date
from functools import partial

from accounts.models import Service
from planning.made_up import again, once
from planning.made_up.life import DAY, WEEK, Life

# Item ratings of the two fidelity visits, in the order of the scale: means 3.77 and 4.31.
VISITS = (
    (5, 5, 5, 5, 2, 4, 3, 4, 4, 3, 3, 3, 3),
    (5, 5, 5, 5, 3, 5, 4, 5, 5, 4, 4, 3, 3),
)


def live(life: Life) -> Service:
    """Tell it, from the first Monday until today."""
    once.begin(life)
    day = life.began
    while day <= life.today:
        happens_on(life, day)
        day += DAY
    return life.service


def happens_on(life: Life, day: date) -> None:
    """What this day brings."""
    week = life.week_of(day)
    weekday = day.weekday()
    happening = {
        (1, 1): once.writes_down_what_it_is_for,
        (2, 0): once.sets_time_aside,
        (2, 3): once.opens_the_log,
        (3, 2): once.states_goals,
        (4, 0): once.sets_the_rhythm,
        (18, 3): partial(once.outcomes, patients=6, mean="2.9", fed_back_after=12),
        (20, 1): once.asks_outside,
        (29, 2): partial(once.is_visited, ratings=VISITS[0], organisation="3.25", taken_up=2),
        (31, 2): once.staff_rate_the_leader,
        (36, 3): partial(once.outcomes, patients=9, mean="3.2", fed_back_after=41),
        (41, 1): once.changes_the_programme,
        (44, 1): once.says_more_clearly,
        (44, 4): once.two_read_it,
        (50, 3): once.somebody_will_leave,
        (55, 2): partial(once.is_visited, ratings=VISITS[1], organisation="3.6", taken_up=1),
        (57, 2): once.decides_to_go_on,
        (59, 1): once.asks_the_next_level,
    }.get((week, weekday))
    if happening:
        happening(life, day)
    if day.day == 2 and day > life.began + 5 * WEEK:
        again.counts_the_month(life, day)
    if week >= 3:
        again.works(life, day, week, weekday)
    again.answers(life, day)
    again.moves_actions(life, day)
    again.holds_reviews(life, day)
