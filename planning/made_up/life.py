"""The made-up service while it is being told: its people, the day, chance, and the few things all parts of it do."""

from datetime import date, datetime, time, timedelta
from random import Random

from accounts.models import Member, Service
from assessments.models import Wave
from planning.clock import moment, monday_of
from planning.made_up.hands import Hands
from planning.models import (
    Action,
    Goal,
    PriorityConflict,
    ReviewSeries,
)
from planning.risks.months import add_months

KEY = "nordvik"
SEED = 14
MONTHS = 14
DAY = timedelta(days=1)
WEEK = 7 * DAY

# The year bends here: until then time is kept and conflicts are answered, afterwards less and less.
FADES_FROM_WEEK = 42


class Life:
    """The service while it is being told: its people, what is under way, and one source of chance.

    `planning.made_up.once` begins it and tells what stands out, `planning.made_up.again` what comes again.
    """

    service: Service
    leader: Member
    team: list[Member]  # the practitioners
    goals: list[Goal]
    raters: tuple[Member, Member]  # of fidelity visits, from outside
    wave: Wave  # the survey of the staff that is open, or was last

    def __init__(self, *, today: date, language: str) -> None:
        self.today, self.language = today, language
        self.hands = Hands()
        self.began = monday_of(add_months(today, -MONTHS))
        self.chance = Random(SEED)  # noqa: S311 - a made-up story, not a secret
        self.open_actions: list[Action] = []
        self.waiting: list[tuple[date, PriorityConflict]] = []
        self.series: ReviewSeries | None = None

    def week_of(self, day: date) -> int:
        """Full weeks since the beginning."""
        return (day - self.began).days // 7

    def at(self, day: date, hour: int) -> datetime:
        """That hour of that day on the wall clock."""
        return moment(day, time(hour))

    def keep(self, row, day: date):
        """A simple fact, as the leader records it that day."""
        return self.hands.keep(row, by=self.leader, day=day)

    def at_work(self, day: date) -> list[Member]:
        """The practitioners who are there."""
        return [member for member in self.team if member.is_present(day)]

    def opens(self, action: Action, day: date) -> None:
        """A new action, unless its day lies ahead."""
        if day <= self.today:
            self.open_actions.append(self.hands.opens(action, by=self.leader, day=day))
