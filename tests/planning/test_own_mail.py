"""Choosing one's own mail, a service's choice of the link alone, and what an operator sees."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import AuditEvent, Role
from config.environment import CannotStart, read_environment
from planning import addresses, mailing, operators, opt_outs, reminders
from planning.models import Message, OptIn, OptOut
from tests.planning.mail_samples import a_member, a_plan, a_service, oslo
from tests.planning.site import main_text

pytestmark = pytest.mark.django_db
K = Message.Kind
AT = oslo("2026-11-24 09:00")


@pytest.fixture
def nora(time_machine):
    time_machine.move_to(AT)
    return a_member(a_service(), Role.PRACTITIONER, name="Nora Berg", email="nora@example.org")


@pytest.fixture
def client(nora):
    client = Client()
    client.force_login(nora.user)
    return client


def test_each_kind_can_be_stopped_and_had_again(client, nora):
    for kind in opt_outs.kinds_for(nora):
        client.post("/settings/mail/", {"stop": f"f:{kind}"})
        client.post("/settings/mail/", {"stop": f"f:{kind}"})
        assert reminders.opted_out(nora, kind=kind)
        client.post("/settings/mail/", {"start": f"f:{kind}"})
        assert not reminders.opted_out(nora, kind=kind)

    page = main_text(client.get("/settings/mail/"))
    assert "Reminders of reviews comes Stop it" in page
    assert OptIn.objects.get().kind == K.WEEK_DUE


def test_the_calendar_entry_of_a_review_is_among_what_can_be_stopped(client, nora):
    assert 'value="f:review_invitation"' in client.get("/settings/mail/").content.decode()

    client.post("/settings/mail/", {"stop": "f:review_invitation"})

    assert OptOut.objects.get().kind == K.REVIEW_INVITATION


@pytest.mark.parametrize("value", ["f:plan_ready", "f:conflicts_waiting", "g:digest", "f:", "x", ""])
def test_nothing_but_ones_own_choices_can_be_switched(client, nora, value):
    a_member(a_service("g"), name="Somebody else")

    assert client.post("/settings/mail/", {"stop": value}).status_code == 302
    assert not OptOut.objects.exists()


def test_every_optional_kind_comes_to_some_role_and_can_be_stopped_there():
    service = a_service()
    members = [a_member(service, role, name=str(role)) for role in Role]

    assert {kind for member in members for kind in opt_outs.kinds_for(member)} == Message.OPTIONAL


def test_m06_a_service_can_choose_the_link_alone(nora):
    leader = a_member(nora.service, name="Kari Nes")
    client = Client()
    client.force_login(leader.user)
    reminders.plan_ready(a_plan(nora.service), at=AT)
    message = Message.objects.get(recipient=nora)
    assert mailing.compose(message, at=AT).attachments

    form = client.get("/services/f/outbox/attached/off/")
    client.post("/services/f/outbox/attached/off/", {"submission": form.context["form"]["submission"].value()})

    mail = mailing.compose(message, at=AT)
    assert mail.attachments == []
    assert "attached" not in mail.body
    assert "Mail carries only the link to the plan." in main_text(client.get("/services/f/outbox/"))
    assert AuditEvent.objects.filter(code="message.link_only").count() == 1


def test_an_operator_sees_all_services_without_names_and_nobody_else_learns_of_the_page(client, nora, settings):
    Message.objects.create(
        service=nora.service,
        kind=K.WEEK_DUE,
        recipient=nora,
        period="week:2026-11-23",
        state=Message.State.UNCERTAIN,
        expires_at=oslo("2026-11-30 00:00"),
    )
    addresses.refused(nora.user, message_id="<1@x>", said="550 no", at=AT)
    assert client.get("/operator/messages/").status_code == 404
    settings.OPERATORS = ["nora@example.org"]

    page = main_text(client.get("/operator/messages/"))

    assert "Addresses that refuse mail1" in page
    assert "f-Uncertain" in page  # neither its kind nor whose it is
    assert "Nora" not in page
    assert "check-in" not in page


@pytest.mark.parametrize(
    ("trouble", "shown"),
    [
        ("550 5.1.1 <nora@example.org>: no such person", "550 5.1.1"),
        ("550-5.1.1 nora@example.org Nora Berg", "550-5.1.1"),
        ("451 nora@example.org is busy", "451"),
        ("550 5.1.1@nora.example.org", "550"),
        ("nora@example.org", ""),
        ("ConnectionRefusedError", "ConnectionRefusedError"),
        (Message.Reason.NO_WORD, "The sending was cut off, so nobody knows whether it arrived."),
        ("", ""),
    ],
)
def test_m14_an_operator_sees_the_codes_of_a_mail_server_and_not_its_words(nora, capsys, trouble, shown):
    Message.objects.create(
        service=nora.service,
        kind=K.WEEK_DUE,
        recipient=nora,
        period="week:2026-11-23",
        state=Message.State.FAILED,
        trouble=trouble,
        expires_at=oslo("2026-11-30 00:00"),
    )

    (row,) = operators.report(AT).stuck
    call_command("outbox", "--as-of", "2026-11-24T09:00")

    assert row.why == shown
    assert "nora" not in capsys.readouterr().out.lower()


def test_the_command_prints_how_mail_stands(nora, capsys):
    reminders.plan_ready(a_plan(nora.service), at=AT)

    call_command("outbox", "--as-of", "2026-11-24T09:00")

    said = json.loads(capsys.readouterr().out)
    assert said["counts"]["Planned"] == 1
    assert [row["kind"] for row in said["waiting"]] == ["Action plan ready"]


# Senders


@pytest.mark.parametrize("name", ["A@b", "A: b", "A, b", 'A "b"', "A\r\nBcc: x", "A\nb"])
def test_m11_a_sender_whose_name_could_be_read_as_more_is_refused_at_the_start(name):
    with pytest.raises(CannotStart, match="EMAIL_FROM is not usable"):
        read_environment({"EMAIL_FROM": f"{name} <holdfast@example.org>"})
    assert read_environment({"EMAIL_FROM": "Holdfast Ås <holdfast@example.org>"}).sender


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r"])
def test_m11_a_break_in_a_header_is_refused(nora, break_):
    reminders.plan_ready(a_plan(nora.service), at=AT)
    message = Message.objects.get(recipient=nora)
    type(nora.user).objects.update(email=f"nora@example.org{break_}Bcc: other@example.org")

    assert mailing.send(message.pk, at=AT) == Message.State.PLANNED  # not put together, so nobody has it
    message.refresh_from_db()
    assert message.trouble
