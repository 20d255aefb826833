"""A year of fifty services, with everything that breaks: nothing that should have been told is missing or told twice.

The clock is walked through every day. What breaks is drawn by a seed: the scheduler, the worker, the broker and the
mail server are away for hours or days, bells are lost and doubled, a sender dies before or after it handed a mail over.
Mail goes to a real SMTP server, and what arrived there is the truth.

What should have been told is worked out by `Facts`, from what happened in the services alone; the ledger is asked only
for what did not arrive, and has to name a reason that is true.
"""

import logging
import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from config.mail import SmtpBackend
from planning import tasks
from planning.documents import making
from planning.documents.pages import Made
from planning.models import (
    Document,
    Message,
)
from tests.ops.services_of_a_year import DAY, EVENTS_AT, FIRST, LAST, OSLO, SERVICES, Facts, Key, Telling, World, at
from tests.planning.mail_server import HANG_UP, MailServer

# A limit for a machine that others want, too, not an expectation.
pytestmark = [pytest.mark.once, pytest.mark.timeout(1200)]

SEED = 20270101
SETTLED = timedelta(days=23)  # after the last day, until a Sunday: all runs, and nothing new happens but weeks
TICKS = (time(8), time(9), time(15))  # the clock of a tick each minute, for what a test can afford
LONGEST_OUTAGE = timedelta(days=2)


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
