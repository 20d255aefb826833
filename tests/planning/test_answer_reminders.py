"""The leader is reminded of entries without an answer: after 7 days, after 14, in one mail, and never twice."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client

from accounts.models import AuditEvent, Role
from planning import answer_reminders, conflicts, mailing, opt_outs, reminders, unanswered
from planning.models import Message, PriorityConflict
from tests.factories import make_answer, make_conflict, make_pause
from tests.planning.mail_samples import a_member, a_service, oslo
from tests.planning.site import main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_digest")]

K, S, R = Message.Kind, Message.State, Message.Reason
DAY = timedelta(days=1)
WEDNESDAY = oslo("2026-11-11 12:00")  # without a name it is released on Monday 16 November
AFTER_7 = oslo("2026-11-23 00:01")
MORNING = oslo("2026-11-23 08:00")
AFTER_14 = oslo("2026-11-30 00:01")


@pytest.fixture
def service():
    return a_service()


@pytest.fixture
def kari(service):
    return a_member(service, name="Kari Nes")


@pytest.fixture
def nora(service, kari):
    return a_member(service, Role.PRACTITIONER, name="Nora Berg")


@pytest.fixture
def entry(nora):
    return make_conflict(nora, logged_at=WEDNESDAY)


def names() -> set[str]:
    return set(Message.objects.filter(kind=K.CONFLICTS_WAITING).values_list("recipient__name", flat=True))


def tick(at, time_machine) -> None:
    """What the scheduler does at that moment."""
    time_machine.move_to(at, tick=False)
    mailing.expire(at)
    reminders.plan_due(at)
    for pk in mailing.due(at):
        mailing.send(pk, at=at)


# To whom and when


@pytest.mark.parametrize(
    ("at", "planned"),
    [
        ("2026-11-22 23:59", 0),
        ("2026-11-23 00:00", 1),
        ("2026-11-29 23:59", 1),
        ("2026-11-30 00:00", 1),
        ("2026-12-06 23:59", 1),
        ("2026-12-07 00:00", 0),
    ],
)
def test_f17_it_is_planned_from_the_day_on_which_7_or_14_days_are_over_and_caught_up_for_a_week(entry, at, planned):
    assert reminders.plan_due(oslo(at)) == planned
    assert Message.objects.count() == planned


def test_f17_it_waits_for_the_morning_and_for_no_longer_than_the_next_step(entry):
    reminders.plan_due(AFTER_7)

    message = Message.objects.get()
    assert message.not_before == MORNING
    assert message.expires_at == oslo("2026-11-30 00:00")
    assert message.period == "waiting:7:20261116-20261116"


def test_f17_it_goes_to_those_who_may_answer_and_can_sign_in(entry, service):
    for role in (Role.STAND_IN, Role.PRACTITIONER, Role.ADVISER, Role.SPONSOR):
        a_member(service, role, name=role.value)
    a_member(service, name="no login", login=False)
    a_member(service, name="left", leaves_on=AFTER_7.date() - DAY)
    a_member(a_service("g"), name="somebody else's leader")

    reminders.plan_due(AFTER_7)

    assert names() == {"Kari Nes", Role.STAND_IN}


def test_f14_who_wrote_does_not_show_in_who_is_reminded(client, kari, service, mailoutbox, time_machine):
    """A practitioner who stands in for the leader now and wrote the entry before."""
    svein = a_member(service, Role.STAND_IN, name="Svein Lie")
    make_conflict(svein, logged_at=WEDNESDAY)

    tick(MORNING, time_machine)

    assert names() == {"Kari Nes", "Svein Lie"}
    first, second = (mail.body.partition("\n-- ")[0] for mail in mailoutbox)
    assert first == second
    client.force_login(kari.user)
    outbox = main_text(client.get("/services/f/outbox/"))
    for name in ("Kari Nes", "Svein Lie"):
        assert f"Conflicts without an answer To {name} · Handed over" in outbox


# Never twice


def test_m01_an_entry_reminds_twice_in_all_however_often_the_clock_ticks(entry, mailoutbox, time_machine):
    at, sent_at = oslo("2026-11-16 00:00"), []

    while at < oslo("2027-01-10 00:00"):
        tick(at, time_machine)
        sent_at += [at] * (len(mailoutbox) - len(sent_at))
        at += timedelta(hours=4)

    assert sent_at == [oslo("2026-11-23 08:00"), oslo("2026-11-30 08:00")]
    assert Message.objects.count() == 2


def test_f17_what_reaches_its_day_together_is_one_mail(nora, mailoutbox, time_machine):
    for days in range(3):
        make_conflict(nora, logged_at=WEDNESDAY + days * DAY)  # all released on 16 November
        make_conflict(nora, logged_at=WEDNESDAY - (3 + days) * DAY)  # and a week before

    tick(MORNING, time_machine)

    assert Message.objects.get().period == "waiting:7:20261116-20261116:14:20261109-20261109"
    (mail,) = mailoutbox
    assert "6 entries have waited a week or longer for an answer, the first of them since week 46." in mail.body


def test_f17_after_days_without_a_scheduler_one_mail_catches_up(nora, mailoutbox, time_machine):
    for days in range(5):
        make_conflict(nora, logged_at=oslo("2026-11-16 12:00") + days * DAY, named=True)  # Monday to Friday

    for hour in (9, 10, 34):
        tick(oslo("2026-11-27 00:00") + timedelta(hours=hour), time_machine)

    assert Message.objects.get().period == "waiting:7:20261116-20261120"
    assert len(mailoutbox) == 1


def test_f17_entries_with_a_name_remind_on_days_of_their_own(nora, mailoutbox, time_machine):
    make_conflict(nora, logged_at=oslo("2026-11-17 12:00"), named=True)
    make_conflict(nora, logged_at=oslo("2026-11-19 12:00"), named=True)

    for day in range(22, 31):
        tick(oslo(f"2026-11-{day} 08:00"), time_machine)

    assert [message.period for message in Message.objects.order_by("pk")] == [
        "waiting:7:20261117-20261117",
        "waiting:7:20261119-20261119",
    ]
    assert len(mailoutbox) == 2


def test_m13_a_mail_that_could_not_leave_tells_of_what_came_meanwhile_too(nora, mailoutbox, time_machine):
    """The mail server was down from Tuesday to Thursday."""
    make_conflict(nora, logged_at=oslo("2026-11-17 12:00"), named=True)
    make_conflict(nora, logged_at=oslo("2026-11-18 12:00"), named=True)
    for day in (24, 25):
        reminders.plan_due(oslo(f"2026-11-{day} 08:00"))

    for day in (26, 27, 28):
        tick(oslo(f"2026-11-{day} 08:00"), time_machine)

    assert Message.objects.get().period == "waiting:7:20261117-20261117"
    (mail,) = mailoutbox
    assert "2 entries have waited" in mail.body


@pytest.mark.parametrize("state", [S.HANDED_OVER, S.UNCERTAIN, S.FAILED, S.CLAIMED])
def test_m01_planning_brings_nothing_back_that_may_have_been_sent(entry, state):
    reminders.plan_due(AFTER_7)
    Message.objects.update(state=state)

    assert reminders.plan_due(MORNING) == 0
    assert reminders.plan_due(MORNING + DAY) == 0
    assert Message.objects.get().state == state


def test_m01_a_pause_written_down_afterwards_does_not_repeat_a_step(entry, service, mailoutbox, time_machine):
    tick(MORNING, time_machine)
    make_pause(service, paused_on=MORNING.date(), restarted_on=MORNING.date() + 3 * DAY)

    for days in range(3, 9):
        tick(MORNING + days * DAY, time_machine)
    assert len(mailoutbox) == 1  # the 14 days end three days later, too
    for days in range(9, 15):
        tick(MORNING + days * DAY, time_machine)

    assert [message.period for message in Message.objects.order_by("pk")] == [
        "waiting:7:20261116-20261116",
        "waiting:14:20261116-20261116",
    ]
    assert len(mailoutbox) == 2


def test_m01_no_two_mails_of_a_person_tell_of_the_same_step(nora, service, mailoutbox, time_machine):
    """Entries of all kinds over two months, a clock that stops now and then, and answers meanwhile."""
    at = oslo("2026-10-01 08:00")
    for number in range(60):
        day = at + number * DAY
        if number % 3:
            make_conflict(nora, logged_at=day + timedelta(hours=1), named=number % 2 == 0)
        if number % 7 == 5 and (oldest := PriorityConflict.objects.unanswered().order_by("released_on").first()):
            make_answer(oldest)
        if number % 11 not in (3, 4, 5):
            tick(day, time_machine)

    told = [unanswered.releases_of(message.period) for message in Message.objects.order_by("pk")]
    for days in (7, 14):
        spans = [one[days] for one in told if days in one]
        assert len(spans) > 5
        assert all(last < first for (_first, last), (first, _last) in pairwise(spans))
    days_sent = list(Message.objects.order_by("pk").values_list("not_before", flat=True))
    assert len(set(days_sent)) == len(days_sent)
    # Two steps that wait for the same morning go in one mail.
    assert Message.objects.filter(lead=None, state=Message.State.HANDED_OVER).count() == len(mailoutbox)


@pytest.mark.django_db(transaction=True)
def test_m01_two_clocks_planning_at_the_same_moment_plan_once(entry, service):
    a_member(service, Role.STAND_IN, name="Svein Lie")
    barrier = threading.Barrier(4)
    troubles = []

    def run(at):
        try:
            barrier.wait(10)
            answer_reminders.plan(at)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    # On both sides of a midnight on which something more is due, so that they do not want the same row.
    make_conflict(entry.author, logged_at=oslo("2026-11-17 12:00"), named=True)
    moments = [oslo("2026-11-23 23:59"), oslo("2026-11-24 00:00")] * 2
    threads = [threading.Thread(target=run, args=[at]) for at in moments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert troubles == []
    assert sorted(Message.objects.values_list("recipient__name", flat=True)) == ["Kari Nes", "Svein Lie"]


# Is it still true?


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda entry, kari: make_answer(entry), R.NOTHING_WAITS),
        (lambda entry, kari: conflicts.withdraw(entry), R.NOTHING_WAITS),
        (lambda entry, kari: make_pause(kari.service, paused_on=MORNING.date()), R.RESTING),
        (lambda entry, kari: kari.service.members.update(leaves_on=MORNING.date() - DAY), R.NOT_HERE),
        (lambda entry, kari: kari.service.members.update(role=Role.PRACTITIONER), R.NOTHING_WAITS),
        (lambda entry, kari: opt_outs.stop(kari, kind=K.CONFLICTS_WAITING), R.OPTED_OUT),
    ],
)
def test_f17_it_is_not_sent_when_it_is_no_longer_true(entry, kari, mailoutbox, change, reason):
    reminders.plan_due(AFTER_7)
    assert reminders.why_moot(Message.objects.get(), at=MORNING) == ""

    change(entry, kari)

    assert mailing.send(Message.objects.get().pk, at=MORNING) == S.EXPIRED
    assert Message.objects.get().trouble == reason
    assert not mailoutbox
    assert reminders.plan_due(MORNING) == 0


def test_f17_another_entry_that_waits_is_no_reason_to_remind_of_one_that_was_answered(entry, nora, mailoutbox):
    """It has had its two reminders."""
    make_conflict(nora, logged_at=oslo("2026-10-20 12:00"))
    reminders.plan_due(AFTER_7)
    make_answer(entry)

    assert mailing.send(Message.objects.get().pk, at=MORNING) == S.EXPIRED
    assert not mailoutbox


def test_f17_what_was_answered_before_the_mail_left_is_not_counted(entry, nora, mailoutbox):
    make_conflict(nora, logged_at=WEDNESDAY + DAY)
    reminders.plan_due(AFTER_7)
    make_answer(entry)

    assert mailing.send(Message.objects.get().pk, at=MORNING) == S.HANDED_OVER

    (mail,) = mailoutbox
    assert "In Service F 1 entry has waited a week or longer for an answer, since week 47." in mail.body


def test_f17_what_has_not_waited_a_week_is_neither_counted_nor_told(entry, nora, mailoutbox):
    make_conflict(nora, logged_at=oslo("2026-11-18 12:00"))  # released this Monday
    make_conflict(nora, logged_at=oslo("2026-11-23 07:00"))  # not released
    make_conflict(nora, logged_at=oslo("2026-11-23 07:00"), named=True)
    reminders.plan_due(AFTER_7)

    mailing.send(Message.objects.get().pk, at=MORNING)

    (mail,) = mailoutbox
    assert "1 entry has waited" in mail.body


def test_f17_while_the_practice_rests_nobody_is_reminded_and_the_days_go_on_afterwards(
    entry, service, mailoutbox, time_machine
):
    pause = make_pause(service, paused_on=oslo("2026-11-20 00:00").date())
    for days in range(14):
        tick(MORNING + days * DAY, time_machine)
    assert not Message.objects.filter(kind=K.CONFLICTS_WAITING).exists()

    pause.restarted_on = oslo("2026-12-07 00:00").date()
    pause.save()
    for days in (9, 10):  # it had waited four days
        tick(oslo(f"2026-12-{days:02} 08:00"), time_machine)

    assert len(mailoutbox) == 1
    assert Message.objects.get(kind=K.CONFLICTS_WAITING).not_before == oslo("2026-12-10 08:00")


# What it says


@pytest.mark.parametrize("language", ["en", "nb"])
def test_m05_m14_it_says_how_many_and_since_when_and_nothing_that_tells_who(service, nora, language, mailoutbox):
    reader = a_member(service, Role.STAND_IN, name="Svein Lie", language=language)
    for named in (True, False):
        make_conflict(
            nora,
            named=named,
            logged_at=WEDNESDAY,
            note="SECRET words",
            show_note=True,
            reason=PriorityConflict.Reason.STAFF,
            wanted_help=PriorityConflict.Help.COVER,
        )
    reminders.plan_due(AFTER_7)

    mailing.send(Message.objects.get(recipient=reader).pk, at=MORNING)

    (mail,) = mailoutbox
    whole = mail.message().as_string() + mail.body + mail.alternatives[0][0]
    for told in ("SECRET", "Nora", "taff", "bemann", "cover", "november", "November", "nsdag", "Wednesday"):
        assert told not in whole.replace(mail.message()["Date"], "")
    assert (
        mail.subject
        == {
            "en": "Entries in the log wait for an answer",
            "nb": "Oppføringer i loggen venter på svar",
        }[language]
    )
    sentence = {
        "en": "In Service F 2 entries have waited a week or longer for an answer, the first of them since week 46.",
        "nb": "I Service F har 2 oppføringer ventet på svar i en uke eller mer, den første siden uke 46.",
    }[language]
    assert sentence in mail.body
    assert sentence in mail.alternatives[0][0]
    assert mail.attachments == []
    assert mail.body.count("/services/f/conflicts/\n") == 1


def test_f17_the_link_leads_to_where_the_leader_answers(entry, kari, client, mailoutbox, time_machine):
    tick(MORNING, time_machine)
    (mail,) = mailoutbox
    path = "/services/f/conflicts/"
    assert f"{path}\n" in mail.body
    client.force_login(kari.user)

    assert "1 entry waits for your answer." in main_text(client.get(path))


# Stopping it


def test_m08_one_click_stops_this_kind_and_no_other_and_it_can_be_had_again(entry, kari, mailoutbox, time_machine):
    client = Client(enforce_csrf_checks=True)
    path = f"/mail/stop/{opt_outs.token(kari, kind=K.CONFLICTS_WAITING)}/"
    assert "you get a reminder by mail, and once more after fourteen" in main_text(client.get(path))

    for _time in range(2):
        stopped = client.post(path, {"List-Unsubscribe": "One-Click"})
        assert "You get no more reminders of conflicts without an answer" in main_text(stopped)

    assert reminders.plan_due(AFTER_7) == 0
    assert not reminders.opted_out(kari, kind=K.REVIEW_SOON)
    assert AuditEvent.objects.filter(code="message.stopped").count() == 1
    client.post(path, {"start_again": "1"})
    tick(MORNING, time_machine)
    assert len(mailoutbox) == 1


def test_m08_who_wants_them_again_gets_the_one_that_was_given_up(entry, kari):
    reminders.plan_due(AFTER_7)
    opt_outs.stop(kari, kind=K.CONFLICTS_WAITING)
    assert mailing.send(Message.objects.get().pk, at=MORNING) == S.EXPIRED
    opt_outs.start_again(kari, kind=K.CONFLICTS_WAITING)

    assert reminders.plan_due(MORNING + DAY) == 1

    assert Message.objects.get().state == S.PLANNED


def test_r02_planning_asks_as_often_for_many_services_as_for_one(django_assert_num_queries):
    def one_more(key):
        service = a_service(key)
        a_member(service)
        make_conflict(a_member(service, Role.PRACTITIONER), logged_at=WEDNESDAY)

    one_more("a")
    answer_reminders.plan(AFTER_7)
    one_more("b")
    one_more("c")

    # entries, pauses, decisions; the lock's savepoint, people, opt-outs, rows, new ones, its end
    with django_assert_num_queries(9):
        assert answer_reminders.plan(AFTER_7) == 2
    with django_assert_num_queries(8):
        assert answer_reminders.plan(AFTER_7) == 0
