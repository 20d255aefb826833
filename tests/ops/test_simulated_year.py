"""A year of fifty services, with everything that breaks: nothing that should have been told is missing or told twice.

The clock is walked through every day. What breaks is drawn by a seed: the scheduler, the worker, the broker and the
mail server are away for hours or days, bells are lost and doubled, a sender dies before or after it handed a mail over.
Mail goes to a real SMTP server, and what arrived there is the truth.

What should have been told is worked out by `Facts`, from what happened in the services alone; the ledger is asked only
for what did not arrive, and has to name a reason that is true.
"""

import contextlib
import logging
import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import Member, Role, Service, User
from config.mail import SmtpBackend
from planning import tasks
from planning.conflicts import release_day
from planning.documents import making
from planning.documents.pages import Made
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
from tests.planning.mail_server import HANG_UP, MailServer

# The limit is for a machine that others want, too; on two slow cores of its own it takes about two minutes.
pytestmark = [pytest.mark.once, pytest.mark.timeout(1200)]

OSLO = ZoneInfo("Europe/Oslo")
SEED = 20270101
SERVICES = 50
FIRST, LAST = date(2027, 1, 4), date(2027, 12, 31)  # from a Monday on
SETTLED = timedelta(days=23)  # after the last day, until a Sunday: all runs, and nothing new happens but weeks
TICKS = (time(8), time(9), time(15))  # the clock of a tick each minute, for what a test can afford
EVENTS_AT = time(10)
LONGEST_OUTAGE = timedelta(days=2)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)

Key = tuple[int, str, str]  # who is told, of which kind, about what: a member, a kind of message, a period


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=OSLO)


# What happened, and what follows from it


@dataclass(frozen=True)
class Telling:
    """Somebody is to be told something while it is true, from `begin` to `end`; then `ended_by` is why no longer."""

    key: Key
    begin: datetime
    end: datetime
    ended_by: str = ""


class Facts:
    """What is to be told, collected as things happen, in the words of the product's promises."""

    def __init__(self):
        self.tellings: dict[Key, Telling] = {}

    def true_from(self, key: Key, begin: datetime, end: datetime) -> None:
        """It is true, as far as is known when it begins."""
        assert key not in self.tellings, "A fact of this simulation happened twice"
        self.tellings[key] = Telling(key, begin, end)

    def no_longer(self, key: Key, moment: datetime, because: str) -> None:
        """It ceased to be true before its time."""
        found = self.tellings.get(key)
        if found and moment < found.end:
            self.tellings[key] = Telling(key, found.begin, moment, because)

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
    wants_weeks: bool = False

    @property
    def people(self) -> list[Member]:
        return [self.leader] if self.practitioner_left else [self.leader, self.practitioner]


class World:
    """What the people of fifty services do in a year. Every day has its events, at ten o'clock."""

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
        team = Team(service, *people, wants_weeks=number % 6 == 0)
        if team.wants_weeks:
            OptIn.objects.create(
                member=team.practitioner, kind=Message.Kind.WEEK_DUE, made_at=at(FIRST - DAY, EVENTS_AT)
            )
        return team

    def live(self, day: date) -> None:
        """One day, at ten o'clock."""
        moment = at(day, EVENTS_AT)
        for number, team in enumerate(self.teams):
            self._reviews(team, number, day, moment)
            self._conflicts(team, day, moment)
            self._visions(team, number, day, moment)
            self._weeks(team, day, moment)
            if day <= LAST and (day - FIRST).days % 140 == (number * 3) % 140:
                self._plan(team, moment)
            self._people(team, number, day, moment)

    # Reviews: one each four weeks, in the calendar five weeks ahead; some are moved or left out

    def _reviews(self, team: Team, number: int, day: date, moment: datetime) -> None:
        if day <= LAST and (day - FIRST).days % 28 == number % 28:
            starts_at = at(day + 35 * DAY, time(13))
            if starts_at.date() <= LAST:
                review = Review.objects.create(service=team.service, starts_at=starts_at)
                self.reviews[review.pk] = (team, review)
                self._stands(team, review, moment)
        for pk, (its_team, review) in list(self.reviews.items()):
            if its_team is team and review.starts_at.date() - day <= 9 * DAY:
                self._near(team, review, day, moment)
                if review.starts_at.date() <= day or review.state != Review.State.PLANNED:
                    del self.reviews[pk]

    def _near(self, team: Team, review: Review, day: date, moment: datetime) -> None:
        """A review of these days: now and then it is moved or left out, and on its day it is held."""
        chance = self.draw.random()
        if review.starts_at.date() <= day:
            return  # held, which changes nothing that was still to be told
        if chance < 0.015:
            self._ends(team, review, moment)
            review.starts_at += self.draw.choice([1, 4, 7]) * DAY
            review.save(update_fields=["starts_at"])
            self._stands(team, review, moment)
        elif chance < 0.025:
            self._ends(team, review, moment)
            review.state = Review.State.CANCELLED
            review.save(update_fields=["state"])

    def _about(self, review: Review) -> str:
        return f"review:7:{review.pk}:{review.starts_at.astimezone(OSLO).date()}"

    def _stands(self, team: Team, review: Review, moment: datetime) -> None:
        """Seven days before, everybody who did not say no is reminded."""
        begin = max(moment, at(review.starts_at.astimezone(OSLO).date() - WEEK, time(8)))
        for member in team.people:
            if not (member is team.leader and team.leader_stopped):
                self.facts.true_from((member.pk, "review_soon", self._about(review)), begin, review.starts_at)

    def _ends(self, team: Team, review: Review, moment: datetime) -> None:
        for member in (team.leader, team.practitioner):
            self.facts.no_longer((member.pk, "review_soon", self._about(review)), moment, "review_changed")

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
        named = self.draw.random() < 0.5
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
                self._step(team, released_on, days), at(reached, time(8)), at(reached + WEEK, time.min)
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
                self.facts.true_from(self._to_read(team, vision), at(day + WEEK, time(8)), at(day + 3 * WEEK, time.min))
        elif (vision := self.unread.get(team.service.pk)) and self.draw.random() < 0.1:
            VisionAcknowledgement.objects.create(vision=vision, member=team.practitioner, on=day)
            self.facts.no_longer(self._to_read(team, vision), moment, "nothing_to_read")
            del self.unread[team.service.pk]

    def _to_read(self, team: Team, vision: Vision) -> Key:
        return team.practitioner.pk, "to_read", f"read:vision:{vision.pk}"

    # Weeks: for those who asked, on Fridays, unless it is saved by then

    def _weeks(self, team: Team, day: date, moment: datetime) -> None:
        if not team.wants_weeks or team.practitioner_left:
            return
        monday = day - day.weekday() * DAY
        key = (team.practitioner.pk, "week_due", f"week:{monday}")
        if day.weekday() == 0:
            self.facts.true_from(key, at(day + 4 * DAY, time(8)), at(day + WEEK, time.min))
        if day.weekday() >= 3 and key in self.facts.tellings and self.draw.random() < 0.25:
            WeekCheckIn.objects.get_or_create(
                service=team.service,
                member=team.practitioner,
                week=monday,
                defaults={"kept": WeekCheckIn.Kept.MOST, "set_aside_hours": 4},
            )
            self.facts.no_longer(key, moment, "week_saved")

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
                self.facts.true_from((member.pk, "plan_ready", f"plan:{plan.pk}"), plan.made_at, plan.made_at + 3 * DAY)

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


# What breaks


class Killed(BaseException):
    """The process is gone: nothing after this line of it ran."""


KINDS = ("beat", "worker", "broker", "refused", "greylisted", "gone", "hung up", "killed before", "killed after")
LENGTHS = {"hung up": (6, 20), "killed before": (6, 20), "killed after": (6, 20)}  # hours; these leave mail uncertain
TROUBLE = {
    "refused": {"mail": "451 not now"},
    "greylisted": {"rcpt": "450 later"},
    "hung up": {"after data": HANG_UP},
}


def outages(draw: random.Random) -> list[tuple[datetime, datetime, str]]:
    """A trouble of some kind every four days or so, never two at once, each at most two days long."""
    found, begin = [], at(FIRST, time(6)) + DAY
    while begin.date() < LAST:
        kind = draw.choice(KINDS)
        low, high = LENGTHS.get(kind, (2, 48))
        hours = draw.choice([low, draw.randint(low, high), high])
        end = begin + timedelta(hours=hours)
        found.append((begin, end, kind))
        begin = end + timedelta(hours=draw.randint(20, 150))
    return found


class Machinery:
    """Worker, scheduler, broker and senders, as they are at a moment of the year."""

    def __init__(self, draw: random.Random, server: MailServer):
        self.draw, self.server = draw, server
        self.outages = outages(draw)
        self.bells: list[tuple] = []
        self.ticked: list[datetime] = []  # when work was planned and done, whoever rang
        self.trouble = ""
        self.cut_off = 0  # sendings after which nobody knows

    def trouble_at(self, moment: datetime) -> str:
        place = bisect_left(self.outages, (moment, datetime.max.replace(tzinfo=OSLO), "")) - 1
        return self.outages[place][2] if place >= 0 and moment < self.outages[place][1] else ""

    def troubled(self, begin: datetime, end: datetime) -> bool:
        """Whether something was broken in between."""
        return any(first < end and begin < last for first, last, _kind in self.outages)

    def ring(self, task, kwargs: dict, **_options) -> None:
        """What `apply_async` is here: the broker takes the bell, loses it, or keeps it for two."""
        if self.trouble == "broker":
            raise ConnectionError("no broker")
        times = self.draw.choices([0, 1, 2], weights=[5, 85, 10])[0]
        self.bells += [(task, kwargs)] * times

    def tick(self, moment: datetime) -> None:
        """One moment at which the clock would ring, and what comes of it."""
        self.trouble = self.trouble_at(moment)
        self.server.trouble.clear()
        self.server.trouble.update(TROUBLE.get(self.trouble, {}))
        if self.trouble in ("beat", "worker", "broker"):
            # Half of those who run a service have cron call `run_due` when the queue is away.
            if self.trouble != "worker" and self.draw.random() < 0.3:
                self.ticked.append(moment)
                call_command("run_due", stdout=StringIO())
            return
        self.ticked.append(moment)
        for _clock in range(self.draw.choice([1, 1, 1, 2])):  # now and then two schedulers
            tasks.tick()
        self.work()

    def work(self) -> None:
        """The worker takes the bells, in any order. One that dies has its bell taken by the next."""
        self.draw.shuffle(self.bells)
        while self.bells:
            task, kwargs = self.bells.pop()
            for _worker in range(2):
                try:
                    task(**kwargs)
                except Killed:
                    continue
                break

    def send(self, backend: SmtpBackend, original, messages) -> int:
        """Handing over, in which a sender may die."""
        backend.port = 1 if self.trouble == "gone" else self.server.port  # nobody listens on 1
        if self.trouble.startswith("killed") and self.draw.random() < 0.5:
            self.cut_off += 1
            if self.trouble == "killed after":
                original(backend, messages)
            raise Killed
        return original(backend, messages)


# What arrived


def told_by(mail) -> set[Key]:
    """What one mail at the server told whom: the row of its Message-ID, and the rows that it carries besides."""
    kind, pk, _created = mail["Message-ID"].strip("<>").partition("@")[0].split(".")
    rows = Message.objects.filter(pk=pk, kind=kind)
    return set(rows.values_list("recipient_id", "kind", "period"))


@dataclass
class Verdict:
    """The facts beside what arrived."""

    missing: list[Key]
    double: list[Key]
    untrue: list[Key]
    without_chance: list[Telling]
    told: Counter
    listed: Counter


def judge(facts: Facts, received, machinery: Machinery) -> Verdict:
    """Put every telling beside what the mail server got and, if it got nothing, what the ledger says of it."""
    told = Counter(key for mail in received for key in told_by(mail))
    rows = {(row.recipient_id, row.kind, row.period): row for row in Message.objects.all()}
    happened = {telling.key: telling for telling in facts.happened()}
    verdict = Verdict(
        missing=[],
        double=[key for key, times in told.items() if times > 1],
        untrue=[key for key in told if key not in happened],
        without_chance=[],
        told=told,
        listed=Counter(),
    )
    for key, telling in happened.items():
        if told[key]:
            continue
        row = rows.get(key)
        if row is None and not _had_a_chance(telling, machinery.ticked):
            verdict.without_chance.append(telling)
        elif row is None or not _is_true(row, telling, machinery):
            verdict.missing.append(key)
        else:
            verdict.listed[row.trouble if row.state == Message.State.EXPIRED else row.state] += 1
    return verdict


def _had_a_chance(telling: Telling, ticked: list[datetime]) -> bool:
    """Whether anything ran while it was true."""
    place = bisect_left(ticked, telling.begin)
    return place < len(ticked) and ticked[place] < telling.end


def _is_true(row: Message, telling: Telling, machinery: Machinery) -> bool:
    """Whether the ledger lists it as what became of it."""
    if row.state == Message.State.UNCERTAIN:
        return machinery.troubled(row.claimed_at - timedelta(minutes=1), row.claimed_at + timedelta(minutes=1))
    if row.state != Message.State.EXPIRED:
        return False
    if row.trouble == Message.Reason.TOO_LATE:
        return machinery.troubled(telling.begin, telling.end)
    return row.trouble == telling.ended_by


# The year


def moments() -> Iterator[tuple[datetime, bool]]:
    """Every moment of the year and of the quiet weeks after it; whether people act then, or the clock rings."""
    day = FIRST
    while day <= LAST + SETTLED:
        yield from sorted([(at(day, EVENTS_AT), True), *((at(day, clock), False) for clock in TICKS)])
        day += DAY


@pytest.fixture
def quick(monkeypatch, caplog):
    """Plans that need no laying out; and a log that is not written: it would say the same thousands of times."""
    caplog.set_level(logging.CRITICAL + 1)
    page = Made(pdf=b"%PDF-1.7 plan", page_one=b"%PDF-1.7 page", pages=1)
    monkeypatch.setattr(making, "make_file", lambda _document: page)


def test_m13_a_year_of_outages_ends_with_nothing_missing_and_nothing_double(db, settings, monkeypatch, quick, capsys):
    draw = random.Random(SEED)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "config.mail.SmtpBackend", "127.0.0.1"
    with MailServer() as server, time_machine.travel(at(FIRST, time(7)), tick=False) as clock:
        machinery = Machinery(draw, server)
        for task in (tasks.make_document, tasks.send_message):
            monkeypatch.setattr(task, "apply_async", lambda kwargs, task=task, **_: machinery.ring(task, kwargs))
        original = SmtpBackend.send_messages
        monkeypatch.setattr(SmtpBackend, "send_messages", lambda self, mails: machinery.send(self, original, mails))
        world = World(draw)
        for moment, people_act in moments():
            clock.move_to(moment)
            if people_act:
                machinery.trouble = machinery.trouble_at(moment)
                world.live(moment.date())
            else:
                machinery.tick(moment)
                world.note_made()
        verdict = judge(world.facts, server.received, machinery)
        waiting = Message.objects.filter(state__in=[Message.State.PLANNED, Message.State.CLAIMED]).count()
        unmade = Document.objects.waiting().count()

    with capsys.disabled():
        kinds = Counter(kind for _member, kind, _period in verdict.told)
        print(
            f"\nA year of {SERVICES} services, {len(machinery.outages)} outages:"
            f" {len(world.facts.happened())} things to tell, {len(server.received)} mails arrived ({dict(kinds)}),"
            f" {dict(verdict.listed)} listed instead, {machinery.cut_off} senders killed,"
            f" {len(verdict.without_chance)} ended while nothing ran; missing {len(verdict.missing)},"
            f" double {len(verdict.double)}"
        )
    assert verdict.missing == []
    assert verdict.double == []
    assert verdict.untrue == []
    assert waiting == unmade == 0
    # An outage lasts two days at most: whatever was true for longer had its chance.
    assert all(telling.end - telling.begin < LONGEST_OUTAGE + DAY for telling in verdict.without_chance)
    assert sum(verdict.told.values()) > 1000
    assert {"plan_ready", "review_soon", "conflicts_waiting", "to_read", "week_due"} <= set(kinds)
    assert verdict.listed["uncertain"] > 0
