"""The reminder of a week: for those who asked, on Friday mornings, and known to nobody else."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import AuditEvent, Role
from planning import mailing, opt_outs, reminders
from planning.models import Message, OptIn, WeekCheckIn
from tests.factories import make_pause, make_week_check_in
from tests.planning.mail_samples import a_member, a_service, oslo
from tests.planning.site import document, main_text

pytestmark = pytest.mark.django_db

WEEK_DUE = Message.Kind.WEEK_DUE
FRIDAY = oslo("2026-11-27 07:00")
MONDAY = oslo("2026-11-23 00:00").date()
HERE = "/services/f/weeks/"


def who_asked(name="Nora Berg", **fields):
    """A practitioner who asked to be reminded, weeks ago."""
    member = a_member(fields.pop("service", None) or a_service(), Role.PRACTITIONER, name=name, **fields)
    opt_outs.start_again(member, kind=WEEK_DUE)
    OptIn.objects.filter(member=member).update(made_at=FRIDAY - timedelta(days=30))
    return member


def said_week(member, **fields) -> WeekCheckIn:
    return make_week_check_in(member, week=MONDAY, **fields)


def names() -> set[str]:
    return set(Message.objects.filter(kind=WEEK_DUE).values_list("recipient__name", flat=True))


@pytest.mark.parametrize(
    ("at", "mornings"),
    [
        ("2026-11-26 23:59", []),
        ("2026-11-27 00:00", ["2026-11-27 08:00"]),
        ("2026-11-27 23:59", ["2026-11-27 08:00"]),
        ("2026-11-28 03:00", ["2026-11-28 08:00"]),
        ("2026-11-29 23:59", ["2026-11-29 08:00"]),
        ("2026-11-30 08:00", []),
    ],
)
def test_m01_it_is_planned_for_friday_morning_or_for_the_next_if_nothing_ran_on_friday(at, mornings):
    who_asked()

    assert reminders.plan_due(oslo(at)) == len(mornings)
    assert [message.not_before for message in Message.objects.all()] == [oslo(morning) for morning in mornings]
    for message in Message.objects.all():
        assert (message.period, message.expires_at) == ("week:2026-11-23", oslo("2026-11-30 00:00"))


def test_m01_it_is_planned_once_however_often_the_clock_ticks():
    who_asked()

    for hours in (0, 1, 30):
        reminders.plan_due(FRIDAY + timedelta(hours=hours))

    assert Message.objects.count() == 1


def test_only_practitioners_who_asked_and_have_a_week_to_report_are_reminded():
    service = a_service()
    a_member(service, Role.PRACTITIONER, name="did not ask")
    who_asked("asked", service=service)
    who_asked("left", service=service, leaves_on=MONDAY)
    who_asked("away", service=service, away_from=MONDAY)
    who_asked("back today", service=service, away_from=MONDAY, away_until=MONDAY)
    who_asked("stopped", service=service, stopped_on=MONDAY)
    who_asked("looks in", service=service, guest=True)
    said_week(who_asked("said it", service=service))
    make_week_check_in(who_asked("said last week", service=service), week=MONDAY - timedelta(days=7))
    who_asked("leads now", service=service)
    service.members.filter(name="leads now").update(role=Role.STAND_IN)
    late = who_asked("asked this noon", service=service)
    OptIn.objects.filter(member=late).update(made_at=FRIDAY + timedelta(hours=5))
    resting = a_service("g")
    who_asked("rests", service=resting)
    make_pause(resting, paused_on=MONDAY)

    reminders.plan_due(FRIDAY + timedelta(hours=6))

    assert names() == {"asked", "back today", "said last week"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (said_week, Message.Reason.WEEK_SAVED),
        (lambda nora: opt_outs.stop(nora, kind=WEEK_DUE), Message.Reason.OPTED_OUT),
        (lambda nora: make_pause(nora.service, paused_on=MONDAY), Message.Reason.RESTING),
        (lambda nora: nora.service.members.update(away_from=MONDAY), Message.Reason.AWAY),
        (lambda nora: nora.service.members.update(leaves_on=MONDAY), Message.Reason.NOT_HERE),
    ],
)
def test_it_is_not_sent_when_it_is_no_longer_true(change, reason):
    nora = who_asked()
    reminders.plan_due(FRIDAY)
    assert reminders.why_moot(Message.objects.get(), at=FRIDAY) == ""

    change(nora)

    assert reminders.why_moot(Message.objects.select_related("recipient").get(), at=FRIDAY) == reason


def test_m14_it_says_no_more_than_which_week_and_where():
    nora = who_asked(language="nb")
    reminders.plan_due(FRIDAY)

    mail = mailing.compose(Message.objects.get(), at=FRIDAY)

    assert mail.subject == "Uke 48: et halvt minutt"
    assert "/services/f/weeks/new/" in mail.body
    assert mail.attachments == []
    assert nora.name not in mail.body


def test_m08_the_link_in_the_mail_stops_it_at_once_and_asks_for_it_again():
    nora = who_asked()
    reminders.plan_due(FRIDAY)
    address = f"/mail/stop/{opt_outs.token(nora, kind=WEEK_DUE)}/"
    client = Client()

    assert "On Fridays you are reminded of your week" in main_text(client.get(address))
    assert OptIn.objects.exists()
    for _time in range(2):
        stopped = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert "You get no reminders of your week in Service F." in main_text(stopped)
    assert not OptIn.objects.exists()

    client.post(address, {"start_again": "1"})
    assert OptIn.objects.get().member == nora


def test_nobody_else_learns_who_is_reminded(client):
    """In the outbox or the trail it would tell who had not checked in by Friday."""
    nora = who_asked()
    leader = a_member(nora.service, Role.LEADER)
    reminders.plan_due(FRIDAY)
    message = Message.objects.get()
    opt_outs.stop(nora, kind=WEEK_DUE)
    opt_outs.start_again(nora, kind=WEEK_DUE)
    client.force_login(leader.user)

    for state in Message.State:
        Message.objects.update(state=state)
        outbox = main_text(client.get("/services/f/outbox/"))
        assert "Nora Berg" not in outbox
        assert "week" not in outbox
        for way in ("", "again/", "0/"):
            assert client.get(f"/services/f/outbox/{message.pk}/{way}").status_code == 404
    assert not AuditEvent.objects.filter(code__startswith="message.").exists()
    assert "Nora Berg" not in main_text(client.get("/services/f/audit/"))


def test_f04_it_is_switched_on_and_off_by_a_plain_form(client):
    nora = a_member(a_service(), Role.PRACTITIONER, name="Nora Berg")
    client.force_login(nora.user)

    def press_button():
        (form,) = document(client.get(HERE)).xpath("//form[contains(@action, 'reminder')]")
        sent = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
        return main_text(client.post(form.get("action"), sent, follow=True))

    assert "If you like, you are reminded" in main_text(client.get(HERE))
    assert not OptIn.objects.exists()  # nobody is reminded who did not ask
    assert "You are reminded by mail on Friday mornings" in press_button()
    assert OptIn.objects.get().member == nora
    assert "You are no longer reminded of your week." in press_button()
    assert not OptIn.objects.exists()
    assert "Nobody else sees whether you are reminded." in main_text(client.get(f"{HERE}reminder/on/"))


def test_r02_planning_asks_as_often_for_many_as_for_one(django_assert_num_queries):
    for key in ("a", "b", "c"):
        who_asked(key, service=a_service(key))
    reminders.plan_due(FRIDAY)

    # reviews, ends of pauses, visions and expectations to read, entries, surveys; people, pauses, decisions, rows;
    # visits; reviews for calendars
    with django_assert_num_queries(12):
        reminders.plan_due(FRIDAY)


@pytest.mark.parametrize(
    ("at", "mornings"),
    [
        ("2027-03-23 23:59", []),
        ("2027-03-24 00:01", ["2027-03-24"]),  # Maundy Thursday and Good Friday are holidays
        ("2026-12-24 00:01", ["2026-12-24"]),  # the day before Christmas, a Thursday
        ("2026-12-25 10:00", []),  # nothing fits any more before the week is over
    ],
)
def test_m03_where_friday_is_a_holiday_it_goes_on_the_last_working_day_before(at, mornings, settings):
    settings.QUIET_HOURS = True
    who_asked()
    OptIn.objects.update(made_at=oslo("2026-11-01 12:00"))

    assert reminders.plan_due(oslo(at)) == len(mornings)
    going = Message.objects.filter(state=Message.State.PLANNED)
    assert [f"{message.not_before:%Y-%m-%d}" for message in going] == mornings
    assert all(message.not_before < message.expires_at for message in going)
