"""What fifty services do in a year, and what follows from it: the facts of the simulated year.

Nothing here asks the ledger of messages: a fact names who is to be told what, and for how long it is true. Of the kinds
of mail that are not here no service of this world has any: none has a start, from which visits would be due, issues
memos, pauses or surveys its staff, and nobody was told of a review, which invites nobody. They have tests of their own.
"""

import contextlib
import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Member, Role, Service, User
from planning import tasks
from planning.conflicts import release_day
from planning.models import (
    ConflictAnswer,
    Document,
    Message,
    OptIn,
    OptOut,
    PriorityConflict,
    Review,
    Vision,
    VisionAcknowledgement,
    WeekCheckIn,
)
from tests import factories

OSLO = ZoneInfo("Europe/Oslo")
SERVICES = 50
FIRST, LAST = date(2027, 1, 4), date(2027, 12, 31)  # from a Monday on
# Thursday and Friday before Easter, Easter Monday, Ascension, Whit Monday; the others of the year are at weekends.
HOLIDAYS = {date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17)}
DAWN, MORNING, EVENTS_AT, EVENING = time(7, 30), time(8), time(11), time(17)
SETTLING = timedelta(minutes=10)  # before news of a document leaves
DAY = timedelta(days=1)
WEEK = timedelta(days=7)

Key = tuple[int, str, str]  # who is told, of which kind, about what: a member, a kind of message, a period


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=OSLO)


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def working_day(day: date, *, step: timedelta = DAY) -> date:
    """That day or the next on which people work; with a step back the last one."""
    while not is_working(day):
        day += step
    return day


def working_moment(moment: datetime) -> datetime:
    """That moment if people work then, else when they next begin."""
    day = moment.astimezone(OSLO).date()
    if moment >= at(day, EVENING):
        return at(working_day(day + DAY), MORNING)
    begin = at(working_day(day), MORNING)
    return max(moment, begin)


def working_days_later(moment: datetime, days: int) -> datetime:
    """The same time of the day, that many working days later."""
    day = moment.astimezone(OSLO).date()
    for _number in range(days):
        day = working_day(day + DAY)
    return at(day, moment.astimezone(OSLO).time())


def monday_of(day: date) -> date:
    return day - day.weekday() * DAY


# What happened, and what follows from it


@dataclass(frozen=True)
class Telling:
    """Somebody is to be told something while it is true, from `begin` to `end`; `reasons` are why it ended early."""

    key: Key
    begin: datetime
    end: datetime
    period_ends: datetime  # when it would end at the latest
    planned_until: datetime | None = None  # from then on it is planned for nobody new: another telling says the same
    reasons: frozenset[str] = frozenset()

    @property
    def last_chance(self) -> datetime:
        """Until when it has to be planned."""
        return min(self.end, self.planned_until or self.end)

    @property
    def ended_by(self) -> frozenset[str]:
        """The reasons that may stand for its not being told, besides that it could not leave."""
        is_replaced = self.key[1] == "review_soon" and self.last_chance < self.end
        return self.reasons | {"newer_one"} if is_replaced else self.reasons


class Facts:
    """What is to be told, collected as things happen, in the words of the product's promises."""

    def __init__(self):
        self.tellings: dict[Key, Telling] = {}

    def true_from(self, key: Key, begin: datetime, end: datetime, *, planned_until: datetime | None = None) -> None:
        """It is true, as far as is known when it begins."""
        assert key not in self.tellings, "A fact of this simulation happened twice"
        self.tellings[key] = Telling(key, begin, end, end, planned_until)

    def no_longer(self, key: Key, moment: datetime, because: str) -> None:
        """It ceased to be true before its time. If it had before, mail that waits may name either reason."""
        found = self.tellings.get(key)
        if found and moment < found.period_ends:
            end = min(moment, found.end)
            self.tellings[key] = replace(found, end=end, reasons=found.reasons | {because})

    def no_longer_for(self, member: Member, kinds: set[str] | None, moment: datetime, because: str) -> None:
        """Nothing of these kinds (None: of any) is for this person any more."""
        for key in list(self.tellings):
            if key[0] == member.pk and (kinds is None or key[1] in kinds):
                self.no_longer(key, moment, because)

    def happened(self) -> list[Telling]:
        """Those that were true for a while."""
        return [telling for telling in self.tellings.values() if telling.begin < telling.end]


@dataclass
class Team:
    """A service with its people, and who of them hears what."""

    service: Service
    leader: Member
    practitioner: Member
    practitioner_left: bool = False
    leader_stopped: bool = False  # reminders of reviews
    wants_digests: bool = True
    wants_weeks: bool = False

    @property
    def people(self) -> list[Member]:
        return [self.leader] if self.practitioner_left else [self.leader, self.practitioner]


class World:
    """What the people of fifty services do in a year. Every day has its events, at eleven o'clock."""

    def __init__(self, draw: random.Random):
        self.draw = draw
        self.facts = Facts()
        self.teams = [self._team(number) for number in range(SERVICES)]
        self.reviews: dict[int, tuple[Team, Review]] = {}
        self.unanswered: dict[int, PriorityConflict] = {}  # by service: one at a time
        self.last_logged: dict[int, date] = {}
        self.unread: dict[int, Vision] = {}
        self.told_of: set[int] = set()  # documents

    def _team(self, number: int) -> Team:
        service = Service.objects.create(key=f"y{number}", name=f"Team {number}", joined_on=FIRST - 400 * DAY)
        people = []
        for role in (Role.LEADER, Role.PRACTITIONER):
            user = User.objects.create_user(
                f"{role}{number}@example.org", name=f"{role} {number}", language=self.draw.choice(["nb", "en"])
            )
            people.append(Member.objects.create(service=service, user=user, name=user.name, role=role))
        factories.make_goal(service)
        team = Team(service, *people, wants_weeks=number % 6 == 0, wants_digests=number % 3 == 0)
        if not team.wants_digests:
            no_digests = [
                OptOut(member=one, kind=Message.Kind.DIGEST, made_at=at(FIRST - DAY, EVENTS_AT)) for one in people
            ]
            OptOut.objects.bulk_create(no_digests)
        if team.wants_weeks:
            OptIn.objects.create(
                member=team.practitioner, kind=Message.Kind.WEEK_DUE, made_at=at(FIRST - DAY, EVENTS_AT)
            )
        return team

    def live(self, day: date) -> None:
        """One day, at eleven o'clock."""
        moment = at(day, EVENTS_AT)
        for number, team in enumerate(self.teams):
            self._reviews(team, number, day, moment)
            self._conflicts(team, day, moment)
            self._visions(team, number, day, moment)
            self._weeks(team, day, moment)
            self._digest(team, day, moment)
            if day <= LAST and (day - FIRST).days % 140 == (number * 3) % 140:
                self._plan(team, moment)
            self._people(team, number, day, moment)

    # Reviews: one each four weeks, in the calendar five weeks ahead; some are moved or left out

    def _reviews(self, team: Team, number: int, day: date, moment: datetime) -> None:
        if day <= LAST and (day - FIRST).days % 28 == number % 28:
            starts_at = at(working_day(day + 35 * DAY), time(13))
            if starts_at.date() <= LAST:
                review = Review.objects.create(service=team.service, starts_at=starts_at)
                self.reviews[review.pk] = (team, review)
                self._stands(team, review, moment)
        for review in self._planned(team):
            if review.starts_at.date() > day and review.starts_at.date() - day <= 9 * DAY:
                self._near(team, review, moment)
            elif review.starts_at.date() < day and is_working(day):
                self._close(review, moment)

    def _planned(self, team: Team) -> list[Review]:
        return [review for its_team, review in self.reviews.values() if its_team is team]

    def _near(self, team: Team, review: Review, moment: datetime) -> None:
        """A review of these days: now and then it is moved or left out."""
        chance = self.draw.random()
        if chance < 0.015:
            self._ends(team, review, moment)
            moved_to = review.starts_at.date() + self.draw.choice([1, 4, 7]) * DAY
            review.starts_at = at(working_day(moved_to), time(13))
            review.save(update_fields=["starts_at"])
            self._stands(team, review, moment)
        elif chance < 0.025:
            self._ends(team, review, moment)
            review.state = Review.State.CANCELLED
            review.save(update_fields=["state"])
            del self.reviews[review.pk]

    def _close(self, review: Review, moment: datetime) -> None:
        """The next working day it is written up."""
        review.state, review.closed_at = Review.State.HELD, moment
        review.save(update_fields=["state", "closed_at"])
        del self.reviews[review.pk]

    def _keys(self, member: Member, review: Review) -> tuple[Key, Key]:
        """Of the reminder a week before, and of the one on the last working day before."""
        day = review.starts_at.date()
        return (member.pk, "review_soon", f"review:7:{review.pk}:{day}"), (
            member.pk,
            "review_tomorrow",
            f"review:1:{review.pk}:{day}",
        )

    def _stands(self, team: Team, review: Review, moment: datetime) -> None:
        """Everybody is reminded a week before, who did not say no, and once more on the last working day."""
        day = review.starts_at.date()
        week_before = max(moment, at(day - WEEK, MORNING))
        day_before = max(moment, at(working_day(day - DAY, step=-DAY), MORNING))
        for member in team.people:
            soon, tomorrow = self._keys(member, review)
            if not (member is team.leader and team.leader_stopped):
                self.facts.true_from(soon, week_before, review.starts_at, planned_until=day_before)
            self.facts.true_from(tomorrow, day_before, review.starts_at, planned_until=at(day, time.min))

    def _ends(self, team: Team, review: Review, moment: datetime) -> None:
        for member in (team.leader, team.practitioner):
            for key in self._keys(member, review):
                self.facts.no_longer(key, moment, "review_changed")

    # Conflicts: one at a time, answered sooner or later

    def _conflicts(self, team: Team, day: date, moment: datetime) -> None:
        waiting = self.unanswered.get(team.service.pk)
        if waiting is None:
            long_ago = self.last_logged.get(team.service.pk, FIRST - 30 * DAY) < day - 2 * WEEK
            if long_ago and day <= LAST - 30 * DAY and not team.practitioner_left and self.draw.random() < 0.04:
                self._log(team, day, moment)
            return
        waited = (day - waiting.released_on).days
        if self.draw.random() < 0.05 or waited > 24:
            ConflictAnswer.objects.create(conflict=waiting, state=ConflictAnswer.State.SEEN, answered_on=day)
            del self.unanswered[team.service.pk]
            for days in (7, 14):
                self.facts.no_longer(self._step(team, waiting.released_on, days), moment, "nothing_waits")

    def _log(self, team: Team, day: date, moment: datetime) -> None:
        # With a name it is known at once: from Thursday on, so that what a digest tells of becomes only less.
        named = day.weekday() >= 3 and self.draw.random() < 0.8
        released_on = release_day(named=named, logged_on=day)
        self.last_logged[team.service.pk] = day
        self.unanswered[team.service.pk] = PriorityConflict.objects.create(
            service=team.service,
            author=team.practitioner,
            named=named,
            reason=PriorityConflict.Reason.ACUTE,
            logged_at=moment,
            happened_on=day,
            released_on=released_on,
        )
        for days in (7, 14):
            reached = released_on + days * DAY
            self.facts.true_from(
                self._step(team, released_on, days), at(reached, MORNING), at(reached + WEEK, time.min)
            )

    def _step(self, team: Team, released_on: date, days: int) -> Key:
        return team.leader.pk, "conflicts_waiting", f"waiting:{days}:{released_on:%Y%m%d}-{released_on:%Y%m%d}"

    # A vision: published once or twice, read by most within the week, by some later, by some never

    def _visions(self, team: Team, number: int, day: date, moment: datetime) -> None:
        if day <= LAST and (day - FIRST).days % 180 == 40 + number * 2:
            version = team.service.visions.count() + 1
            vision = Vision.objects.create(
                service=team.service,
                version=version,
                text="IMR for all who want it.",
                horizon_on=day + 700 * DAY,
                published_on=day,
                looked_at_on=day,
            )
            self.unread[team.service.pk] = vision
            if not team.practitioner_left:
                self.facts.true_from(self._to_read(team, vision), at(day + WEEK, MORNING), at(day + 3 * WEEK, time.min))
        elif (vision := self.unread.get(team.service.pk)) and self.draw.random() < 0.1:
            VisionAcknowledgement.objects.create(vision=vision, member=team.practitioner, on=day)
            self.facts.no_longer(self._to_read(team, vision), moment, "nothing_to_read")
            del self.unread[team.service.pk]

    def _to_read(self, team: Team, vision: Vision) -> Key:
        return team.practitioner.pk, "to_read", f"read:vision:{vision.pk}"

    # Weeks: for those who asked, on the last working day, unless it is saved by then

    def _weeks(self, team: Team, day: date, moment: datetime) -> None:
        if not team.wants_weeks or team.practitioner_left:
            return
        monday = monday_of(day)
        key = (team.practitioner.pk, "week_due", f"week:{monday}")
        if day.weekday() == 0:
            last_day = working_day(day + 4 * DAY, step=-DAY)
            self.facts.true_from(key, at(last_day, MORNING), at(day + WEEK, time.min))
        if day.weekday() >= 3 and key in self.facts.tellings and self.draw.random() < 0.25:
            WeekCheckIn.objects.get_or_create(
                service=team.service,
                member=team.practitioner,
                week=monday,
                defaults={"kept": WeekCheckIn.Kept.MOST, "set_aside_hours": 4},
            )
            self.facts.no_longer(key, moment, "week_saved")

    # What is due this week: to be told on its first working day, until Wednesday

    def _digest(self, team: Team, day: date, moment: datetime) -> None:
        """After the events of a day: whose digest is empty from now or tomorrow on, and who gets one tomorrow."""
        if not team.wants_digests:
            return
        tomorrow = day + DAY
        monday = monday_of(tomorrow)
        for member in team.people:
            now, next_day = self._is_due(team, member, day), self._is_due(team, member, tomorrow)
            if tomorrow == working_day(monday) < monday + 3 * DAY and next_day:
                key = (member.pk, "digest", f"digest:{monday}")
                self.facts.true_from(key, at(tomorrow, MORNING), at(monday + 3 * DAY, time.min))
            if not (now and next_day):
                ends = at(tomorrow, time.min) if now else moment
                self.facts.no_longer((member.pk, "digest", f"digest:{monday_of(day)}"), ends, "nothing_due")

    def _is_due(self, team: Team, member: Member, day: date) -> bool:
        """Whether something is due to a person on a day, as everything stands now."""
        days = [review.starts_at.date() for review in self._planned(team)]
        ahead = any(day <= one < monday_of(day) + WEEK for one in days)
        if member is team.practitioner:
            return ahead
        waiting = self.unanswered.get(team.service.pk)
        is_open, is_known = any(one < day for one in days), waiting is not None and waiting.released_on <= day
        return ahead or is_open or is_known

    # Plans: the row is written as the page writes it, and the bell is rung; its readers hear when it is made

    def _plan(self, team: Team, moment: datetime) -> None:
        plan = Document.objects.create(
            service=team.service,
            number=team.service.documents.count() + 1,
            language="nb",
            as_of=moment.date(),
            template_version="1",
            content={},
            issued_at=moment,
        )
        with contextlib.suppress(ConnectionError):  # as the page does: the sweep rings again
            tasks.make_document.apply_async(kwargs={"document_id": plan.pk})

    def note_made(self) -> None:
        """Who is to hear of plans that were made since the last look."""
        for plan in Document.objects.ready().exclude(pk__in=self.told_of):
            self.told_of.add(plan.pk)
            team = next(team for team in self.teams if team.service.pk == plan.service_id)
            for member in team.people:
                begin = max(plan.made_at, working_moment(plan.issued_at + SETTLING))
                self.facts.true_from((member.pk, "plan_ready", f"plan:{plan.pk}"), begin, working_days_later(begin, 3))

    # People: some say no to reminders of reviews, some leave

    def _people(self, team: Team, number: int, day: date, moment: datetime) -> None:
        if number % 10 == 3 and day == FIRST + (60 + number) * DAY:
            OptOut.objects.create(member=team.leader, kind=Message.Kind.REVIEW_SOON, made_at=moment)
            team.leader_stopped = True
            self.facts.no_longer_for(team.leader, {"review_soon"}, moment, "opted_out")
        if number % 10 == 7 and day == FIRST + (150 + number) * DAY:
            Member.objects.filter(pk=team.practitioner.pk).update(leaves_on=day - DAY)  # heard of a day later
            team.practitioner_left = True
            self.facts.no_longer_for(team.practitioner, None, moment, "not_here")
