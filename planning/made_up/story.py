"""Fourteen months of a service, told day by day: how it begins well, and what wears it down."""

from datetime import date
from functools import partial

from accounts.models import Service
from planning.made_up import again, measures, once
from planning.made_up.life import DAY, WEEK, Life
from planning.made_up.measures import Measured, Visited

# The two fidelity visits: means 3.77 and 4.31 of the scale, 3.25 and 3.58 of the index.
VISITS = (
    Visited(
        fidelity=(5, 5, 5, 5, 2, 4, 3, 4, 4, 3, 3, 3, 3),
        organisation=(4, 3, 2, 4, 4, 4, 4, 3, 2, 2, 3, 4),
        receiving=12,
        eligible=44,
        second={"goal_followup": 5, "coping_skills": 2, "process_monitoring": 3},
    ),
    Visited(
        fidelity=(5, 5, 5, 5, 3, 5, 4, 5, 5, 4, 4, 3, 3),
        organisation=(4, 4, 3, 4, 4, 4, 4, 3, 3, 3, 3, 4),
        receiving=19,
        eligible=44,
        second={"relapse_prevention": 4, "supervision": 4},
    ),
)
# Three rounds of outcomes: patients get slowly better; the practitioners see less of it at first.
ROUNDS = (
    {"by_patients": Measured(6, "2.9", "0.46", missing=1), "by_practitioners": Measured(7, "2.7", "0.52")},
    {
        "by_patients": Measured(8, "3.05", "0.51", changed=(2, 3, 1)),
        "by_practitioners": Measured(8, "2.85", "0.49", changed=(2, 5, 0)),
    },
    {
        "by_patients": Measured(9, "3.2", "0.55", missing=1, changed=(3, 4, 1)),
        "by_practitioners": Measured(10, "3.1", "0.5", changed=(4, 4, 0)),
    },
)


def live(life: Life) -> Service:
    """Tell it, from the first Monday until today."""
    once.begin(life)
    measures.raters_look_in(life)
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
        (18, 3): partial(measures.outcomes, **ROUNDS[0], fed_back_after=12),
        (20, 1): once.asks_outside,
        (27, 3): partial(measures.outcomes, **ROUNDS[1], fed_back_after=12),
        (29, 2): partial(measures.is_visited, visited=VISITS[0], taken_up=2),
        (31, 1): measures.leader_rates_herself,
        (30, 2): measures.staff_are_asked,
        (30, 3): measures.staff_answer,
        (31, 2): measures.survey_ends,
        (36, 3): partial(measures.outcomes, **ROUNDS[2], fed_back_after=41),
        (41, 1): once.changes_the_programme,
        (44, 1): once.says_more_clearly,
        (44, 4): once.two_read_it,
        (50, 3): once.somebody_will_leave,
        (55, 2): partial(measures.is_visited, visited=VISITS[1], taken_up=1),
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
