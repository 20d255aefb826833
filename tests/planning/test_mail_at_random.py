"""Random crashes, refusals and several workers: by the receiving server's count nobody gets anything twice."""

import random
import smtplib
from collections import Counter
from datetime import timedelta

import pytest

from accounts.models import Role
from planning import mailing, reminders
from planning.clock import monday_of
from planning.ledger import OSLO
from planning.models import Message
from tests.factories import make_action, make_vision
from tests.planning.mail_samples import a_member, a_plan, a_review, a_service, oslo

pytestmark = pytest.mark.django_db
S = Message.State
DAY = timedelta(days=1)


class Killed(BaseException):
    """kill -9: nothing of ours runs any more."""


class Server:
    """A mail server and the line to it, which fail as `chance` says; `received` is what it took."""

    began = accepted = False

    def __init__(self, chance):
        self.chance = chance
        self.received = []

    def send_messages(self, mails):
        self.began = self.accepted = False
        (mail,) = mails
        trouble = self.chance()
        if trouble == "no connection":
            raise ConnectionRefusedError
        if trouble == "killed before":
            raise Killed
        if trouble == "refused":
            raise smtplib.SMTPRecipientsRefused({mail.to[0]: (450, b"busy")})
        self.began = True
        if trouble == "cut off before it was taken":
            raise smtplib.SMTPServerDisconnected
        self.received.append(mail)
        if trouble == "cut off after it was taken":
            raise smtplib.SMTPServerDisconnected
        if trouble == "killed after":
            raise Killed
        self.accepted = True
        if trouble == "cut off at the end":
            raise OSError


TROUBLES = (
    "no connection",
    "killed before",
    "refused",
    "cut off before it was taken",
    "cut off after it was taken",
    "killed after",
    "cut off at the end",
)


def people_with_mail():
    service, other = a_service("a"), a_service("b")
    leader = a_member(service, name="Kari Nes")
    other.members.create(user=leader.user, name="Kari Nes", role=Role.PRACTITIONER)
    for name in ("Nora", "Ola"):
        member = a_member(service, Role.PRACTITIONER, name=name)
        make_action(service, owner=member, due_on=oslo("2026-11-24 12:00").date())
    for day in ("2026-11-25", "2026-11-30", "2026-12-01", "2026-12-04"):
        a_review(service, f"{day} 13:00")
        a_review(other, f"{day} 14:00")
    make_vision(service, published_on=oslo("2026-11-17 12:00").date())
    return service


def step(server, at, dice, time_machine):
    """What beat and several workers do at one moment, any of which may be killed."""
    time_machine.move_to(at, tick=False)
    mailing.expire(at)
    mailing.mark_uncertain(at)
    keys = mailing.due(at) * 2  # doubled bells
    dice.shuffle(keys)
    for key in keys:
        try:
            mailing.send(key, at=at)
        except Killed:
            continue


def check_nothing_came_twice(server):
    told = Counter((mail.to[0], mail.extra_headers["Message-ID"]) for mail in server.received)
    assert not told or max(told.values()) == 1
    days = Counter(
        (mail.to[0], at.astimezone(OSLO).date())
        for mail, at in server.times
        if not mail.subject.startswith("Action plan")
    )
    assert not days or max(days.values()) == 1
    weeks = Counter((person, monday_of(day)) for person, day in days)
    assert not weeks or max(weeks.values()) <= 3


@pytest.mark.parametrize("seed", range(3))
def test_m01_m04_whatever_crashes_nobody_gets_anything_twice(seed, monkeypatch, time_machine):
    dice = random.Random(seed)
    server = Server(lambda: dice.choice(TROUBLES) if dice.random() < 0.5 else "")
    monkeypatch.setattr(mailing, "get_connection", lambda: server)
    service = people_with_mail()
    server.times = []
    at = oslo("2026-11-23 07:00")

    for number in range(44):
        at += timedelta(minutes=dice.choice([7, 40, 200, 600]))
        if dice.random() < 0.1:
            reminders.plan_ready(a_plan(service, number + 1, at=at), at=at)
        before = len(server.received)
        if number % 4 == 0:
            reminders.plan_due(at)
        step(server, at, dice, time_machine)
        server.times += [(mail, at) for mail in server.received[before:]]

    assert server.received
    check_nothing_came_twice(server)
    # Nothing is lost: every row is through, or in sight as what it is.
    received = {mail.extra_headers["Message-ID"] for mail in server.received}
    for row in Message.objects.filter(state=S.HANDED_OVER):
        assert mailing.message_id(row.lead or row) in received
    stale = Message.objects.filter(state=S.CLAIMED, claimed_at__lt=at - timedelta(minutes=16))
    mailing.mark_uncertain(at)
    assert not stale.exists()


@pytest.mark.usefixtures("no_digest")
def test_m13_a_mail_server_that_is_down_for_two_hours_loses_and_doubles_nothing(monkeypatch, time_machine):
    state = {"down": True}
    server = Server(lambda: "no connection" if state["down"] else "")
    server.times = []
    monkeypatch.setattr(mailing, "get_connection", lambda: server)
    service = a_service()
    people = [a_member(service, Role.PRACTITIONER, name=f"P{number}") for number in range(3)]
    a_review(service, "2026-12-01 13:00")
    a_review(service, "2026-11-24 09:30")  # begins while the server is down
    at = oslo("2026-11-24 08:00")
    reminders.plan_due(at)

    for minute in range(0, 300, 10):
        state["down"] = minute < 120
        step(server, at + timedelta(minutes=minute), random.Random(1), time_machine)

    assert len(server.received) == len(people)
    states = Counter(Message.objects.values_list("state", "trouble"))
    assert states == {(S.HANDED_OVER, ""): 3, (S.EXPIRED, "too_late"): 3}
