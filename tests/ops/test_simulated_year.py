"""A year of fifty services, with everything that breaks: nothing that should have been told is missing or told twice.

The clock is walked through every day. What breaks is drawn by a seed: the scheduler, the worker, the broker and the
mail server are away for hours or days, bells are lost and doubled, a sender dies before or after it handed a mail over.
Mail goes to a real SMTP server, and what arrived there is the truth: what was told, and that nobody got two scheduled
mails a day, four a week, or any at night or on a holiday.

What should have been told is worked out by `Facts`, from what happened in the services alone; the ledger is asked only
for what did not arrive, and has to name a reason that is true. That it was too late is true where on every morning on
which it could have gone out something was broken, or the person's mails of that week were used up by others.
"""

import logging
import random
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from config.mail import SmtpBackend
from planning import mailing, opt_outs, tasks
from planning.documents import making
from planning.documents.pages import Made
from planning.models import Document, Message
from tests.figures import FIGURE
from tests.ops.services_of_a_year import (
    DAWN,
    DAY,
    EVENING,
    EVENTS_AT,
    FIRST,
    LAST,
    MORNING,
    OSLO,
    SERVICES,
    WEEK,
    Facts,
    Key,
    Telling,
    World,
    at,
    is_working,
    monday_of,
    working_day,
)
from tests.planning.mail_server import HANG_UP, MailServer

# A limit for a machine that others want, too, not an expectation.
pytestmark = [pytest.mark.once, pytest.mark.timeout(1200)]

SEED = 20270101
SETTLED = timedelta(days=23)  # after the last day, until a Sunday: all runs, and nothing new happens but weeks
# A tick each minute is more than a test can afford. At eight it is planned what is due, by noon all of it can leave.
TICKS = (time(8), time(12))
TICKS_OF_A_DAY_OFF = (time(12),)  # nothing leaves, but plans are made and reminders planned
# In one week of ten: when what cannot wait for the morning may leave, and when nothing may.
TICKS_AT_THE_EDGES = (DAWN, time(20))
ALL_HAVE_GONE = time(12)
TOLD = {"plan_ready", "review_soon", "review_tomorrow", "conflicts_waiting", "to_read", "week_due", "digest"}
LONGEST_OUTAGE = timedelta(days=2)


# What breaks


class Killed(BaseException):
    """The process is gone: nothing after this line of it ran."""


KINDS = ("beat", "worker", "broker", "refused", "greylisted", "gone", "hung up", "killed before", "killed after")
CUTTING = {"hung up", "killed before", "killed after"}  # these leave mail of which nobody knows
LENGTHS = {"hung up": (6, 20), "killed before": (6, 20), "killed after": (6, 20)}  # hours
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
        self.bells_lost: set[tuple[str, date, bool]] = set()  # the last of a day: to whom, when, planned by the clock
        self.now, self.trouble = at(FIRST, time.min), ""
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
        if not times and task is tasks.send_message and self.now.time() >= ALL_HAVE_GONE:  # else it is rung again
            row = Message.objects.select_related("recipient__user").get(pk=kwargs["message_pk"])
            self.bells_lost.add((row.recipient.user.email, self.now.date(), row.kind in Message.SCHEDULED))

    def tick(self, moment: datetime) -> None:
        """One moment at which the clock would ring, and what comes of it."""
        self.now, self.trouble = moment, self.trouble_at(moment)
        self.server.trouble.clear()
        self.server.trouble.update(TROUBLE.get(self.trouble, {}))
        if self.trouble in ("beat", "worker", "broker"):
            # Half of those who run a service have cron call `run_due` when the queue is away.
            if self.trouble != "worker" and self.draw.random() < 0.3:
                self.ticked.append(moment)
                call_command("run_due", stdout=StringIO())
            return
        self.ticked.append(moment)
        for _clock in range(self.draw.choices([1, 2], weights=[9, 1])[0]):  # now and then two schedulers
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
    """What one mail at the server told whom: the row of its Message-ID, and the rows that it led.

    Each thing that a person may stop has its link in the mail, which names it: these are told, and no others.
    """
    kind, pk, _created = mail["Message-ID"].strip("<>").partition("@")[0].split(".")
    (lead,) = Message.objects.filter(pk=pk, kind=kind).prefetch_related("carried")
    keys = {(row.recipient_id, row.kind, row.period) for row in (lead, *lead.carried.all())}
    tokens = re.findall(r"/mail/stop/([^/\s]+)/", mail.get_body(("plain",)).get_content())
    named = [(member.pk, kind) for member, kind in map(opt_outs.read, tokens)]
    optional = [(member, kind) for member, kind, _period in keys if kind in Message.OPTIONAL]
    assert sorted(named) == sorted(optional), "The mail does not tell what the ledger says it tells"
    return keys


def sent_at(mail) -> datetime:
    """Its header says so, in UTC ("-0000")."""
    return mail["Date"].datetime.replace(tzinfo=UTC).astimezone(OSLO)


class MailDays:
    """By person the days of a scheduled mail: those that arrived, and those of which nobody knows."""

    def __init__(self, received):
        scheduled = [mail for mail in received if mail["Message-ID"].strip("<").split(".")[0] in Message.SCHEDULED]
        self.arrived = Counter((str(mail["To"]), sent_at(mail).date()) for mail in scheduled)
        self.by_week = Counter((person, monday_of(day)) for person, day in self.arrived.elements())
        unknown = Message.objects.filter(state=Message.State.UNCERTAIN, mail_day__isnull=False)
        self.used = {*self.arrived, *unknown.values_list("person__email", "mail_day")}

    def had_room(self, person: str, day: date, *, ends: datetime) -> bool:
        """Whether one more mail could go to a person that day; the third of a week for what cannot wait."""
        used = sum((person, day - number * DAY) in self.used for number in range(1, day.weekday() + 1))
        next_week = at(working_day(monday_of(day) + WEEK), ALL_HAVE_GONE)
        return used < (3 if ends < next_week else 2)


@dataclass
class Verdict:
    """The facts beside what arrived."""

    missing: list[Key]
    double: list[Key]
    untrue: list[Key]
    without_chance: list[Telling]
    told: Counter
    listed: Counter


def judge(facts: Facts, received, machinery: Machinery, days: MailDays) -> Verdict:
    """Put every telling beside what the mail server got and, if it got nothing, what the ledger says of it."""
    arrived = [(key, sent_at(mail)) for mail in received for key in told_by(mail)]
    told = Counter(key for key, _moment in arrived)
    everything = Message.objects.select_related("recipient__user")
    rows = {(row.recipient_id, row.kind, row.period): row for row in everything}
    happened = {telling.key: telling for telling in facts.happened()}
    verdict = Verdict(
        missing=[],
        double=[key for key, times in told.items() if times > 1],
        untrue=[
            key
            for key, moment in arrived
            if key not in happened or not happened[key].begin <= moment < happened[key].end
        ],
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
        elif row is None or not _is_true(row, telling, machinery, days):
            verdict.missing.append(key)
        else:
            verdict.listed[row.trouble if row.state == Message.State.EXPIRED else row.state] += 1
    return verdict


def _had_a_chance(telling: Telling, ticked: list[datetime]) -> bool:
    """Whether anything ran while it was to be planned."""
    place = bisect_left(ticked, telling.begin)
    return place < len(ticked) and ticked[place] < telling.last_chance


def _is_true(row: Message, telling: Telling, machinery: Machinery, days: MailDays) -> bool:
    """Whether the ledger lists it as what became of it."""
    if row.state == Message.State.UNCERTAIN:
        return machinery.trouble_at(row.claimed_at) in CUTTING
    if row.state != Message.State.EXPIRED or row.trouble not in {Message.Reason.TOO_LATE, *telling.ended_by}:
        return False
    until = telling.last_chance if row.trouble == Message.Reason.NEWER_ONE else telling.end
    return not any(_could_go(row, telling, day, machinery, days) for day in _mornings(telling, until=until))


def _mornings(telling: Telling, *, until: datetime) -> Iterator[date]:
    """The days on which everybody's minute came while it was true and waited for."""
    day = telling.begin.date()
    while at(day, ALL_HAVE_GONE) < until:
        if is_working(day) and telling.begin <= at(day, MORNING):
            yield day
        day += DAY


def _could_go(row: Message, telling: Telling, day: date, machinery: Machinery, days: MailDays) -> bool:
    """Whether all was well that morning, and one more mail to the person was allowed."""
    person = row.recipient.user.email
    lost = (person, day, row.kind in Message.SCHEDULED)
    last_tick_included = at(day, ALL_HAVE_GONE) + timedelta(minutes=1)
    if machinery.troubled(at(day, MORNING), last_tick_included) or lost in machinery.bells_lost:
        return False
    return row.kind not in Message.SCHEDULED or days.had_room(person, day, ends=telling.period_ends)


# The year


def moments() -> Iterator[tuple[datetime, bool]]:
    """Every moment of the year and of the quiet weeks after it; whether people act then, or the clock rings."""
    day = FIRST
    while day <= LAST + SETTLED:
        ticks = TICKS if is_working(day) else TICKS_OF_A_DAY_OFF
        if (day - FIRST).days % 70 < 7:
            ticks += TICKS_AT_THE_EDGES
        yield from sorted([(at(day, EVENTS_AT), True), *((at(day, clock), False) for clock in ticks)])
        day += DAY


@pytest.fixture
def quick(monkeypatch, caplog):
    """Plans that need no laying out; and a log that is not written: it would say the same thousands of times."""
    caplog.set_level(logging.CRITICAL + 1)
    page = Made(pdf=b"%PDF-1.7 plan", page_one=b"%PDF-1.7 page", pages=1)
    monkeypatch.setattr(making, "make_file", lambda _document: page)


def test_m13_a_year_of_outages_ends_with_nothing_missing_and_nothing_double(
    db, settings, monkeypatch, quick, record_property
):
    draw = random.Random(SEED)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "config.mail.SmtpBackend", "127.0.0.1"
    settings.QUIET_HOURS = True
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
                machinery.now, machinery.trouble = moment, machinery.trouble_at(moment)
                world.live(moment.date())
            else:
                machinery.tick(moment)
                world.note_made()
        mailing.expire(at(LAST + SETTLED + DAY, time.min))  # what was for the last week is over with it
        days = MailDays(server.received)
        verdict = judge(world.facts, server.received, machinery, days)
        waiting = Message.objects.filter(state__in=[Message.State.PLANNED, Message.State.CLAIMED]).count()
        unmade = Document.objects.waiting().count()

    kinds = Counter(kind for _member, kind, _period in verdict.told)
    record_property(
        FIGURE,
        f"A year of {SERVICES} services, {len(machinery.outages)} outages:"
        f" {len(world.facts.happened())} things to tell, {len(server.received)} mails arrived ({dict(kinds)}),"
        f" {dict(verdict.listed)} listed instead, {machinery.cut_off} senders killed,"
        f" {len(verdict.without_chance)} ended while nothing ran; missing {len(verdict.missing)},"
        f" double {len(verdict.double)}",
    )
    assert verdict.missing == []
    assert verdict.double == []
    assert verdict.untrue == []
    assert max(days.arrived.values()) == 1
    assert max(days.by_week.values()) == 3
    assert all(is_working(sent_at(mail).date()) for mail in server.received)
    assert all(DAWN <= sent_at(mail).time() < EVENING for mail in server.received)
    assert waiting == unmade == 0
    # An outage lasts two days at most: whatever was true for longer had its chance.
    assert all(telling.last_chance - telling.begin < LONGEST_OUTAGE + DAY for telling in verdict.without_chance)
    assert sum(verdict.told.values()) > 1000
    assert set(kinds) == TOLD
    assert verdict.listed["uncertain"] > 0
    assert verdict.listed["too_late"] > 0
