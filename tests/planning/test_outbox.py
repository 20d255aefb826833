"""The outbox: what went to whom, and on one's own machine the message itself."""

import re
import uuid

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from planning import mailing, reminders
from planning.models import Message
from tests.factories import make_answer, make_conflict
from tests.planning.mail_samples import a_member, a_page, a_plan, a_review, a_service, oslo

pytestmark = pytest.mark.django_db
S = Message.State
K = Message.Kind
AT = oslo("2026-11-24 09:00")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, time_machine):
    """Mail goes into a folder, as on one's own machine."""
    settings.EMAIL_BACKEND = "config.mail.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    time_machine.move_to(AT)
    return settings.MAIL_FOLDER


@pytest.fixture
def leader():
    return a_member(a_service(), name="Kari Nes", email="kari@example.org")


@pytest.fixture
def client(leader):
    return signed_in(leader)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def sent(leader, *, number=4, page_one=None) -> Message:
    """News of a plan that went out to the leader."""
    plan = a_plan(leader.service, number, page_one=page_one or a_page())
    reminders.plan_ready(plan, at=AT)
    message = Message.objects.get(document=plan, recipient=leader)
    assert mailing.send(message.pk, at=AT) == S.HANDED_OVER
    message.refresh_from_db()
    return message


def address(name, message, *more):
    return reverse(name, args=[message.service.key, message.pk, *more])


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# The list


def test_m02_the_outbox_shows_what_went_to_whom_when_and_how_it_stands(client, leader):
    message = sent(leader)
    a_member(leader.service, Role.PRACTITIONER, name="Nora")
    a_review(leader.service, "2026-12-01 13:00")
    reminders.plan_due(oslo("2026-11-24 00:01"))

    page = words(client.get("/services/f/outbox/"))

    assert "Action plan no. 4 is ready To Kari Nes · Handed over · Tue 24 Nov 09:00" in page
    assert "Review on Tuesday 1 December 2026 To Nora · Planned · Tue 24 Nov 08:00" in page
    assert message.pk


@pytest.mark.parametrize("kind", sorted(set(Message.Kind.values) - Message.PRIVATE))
def test_m02_the_outbox_has_words_for_every_kind(client, leader, kind):
    review = a_review(leader.service, "2026-12-01 13:00")
    Message.objects.create(
        service=leader.service,
        kind=kind,
        recipient=leader,
        period="request:1:0:20261201T1200" if kind == Message.Kind.REVIEW_INVITATION else "restart:1:2026-12-01",
        document=a_plan(leader.service) if kind in (Message.Kind.PLAN_READY, Message.Kind.MEMO_READY) else None,
        review=review if kind.startswith("review_") else None,
        expires_at=AT,
    )

    page = words(client.get("/services/f/outbox/"))

    assert {
        "plan_ready": "Action plan no. 1 is ready To Kari Nes",
        "review_soon": "Review on Tuesday 1 December 2026 To Kari Nes",
        "review_invitation": "Calendar entry of the review on Tuesday 1 December 2026 To Kari Nes",
        "restart_due": "Planned restart on Tuesday 1 December 2026 To Kari Nes",
        "to_read": "Something to read To Kari Nes",
        "review_tomorrow": "Review on Tuesday 1 December 2026 To Kari Nes",
        "memo_ready": "Memo no. 1 is ready To Kari Nes",
        "visit_due": "Fidelity visit due To Kari Nes",
        "digest": "What is due this week To Kari Nes",
        "conflicts_waiting": "Conflicts without an answer To Kari Nes",
    }[kind] in page


@pytest.mark.parametrize(
    ("state", "trouble", "shown"),
    [
        (S.PLANNED, "451 busy", "Planned"),
        (S.CLAIMED, "", "Being sent"),
        (S.FAILED, "550 no such person", "Failed"),
        (S.UNCERTAIN, Message.Reason.NO_WORD, "Uncertain"),
        (S.EXPIRED, Message.Reason.TOO_LATE, "Expired"),
    ],
)
def test_m02_every_state_is_shown_as_a_word_with_its_reason(client, leader, state, trouble, shown):
    sent(leader)
    Message.objects.update(state=state, trouble=trouble, claimed_at=AT)

    response = client.get("/services/f/outbox/")

    page = words(response)
    assert f"· {shown} ·" in page
    assert Message.objects.get().why in page
    stuck = state in (S.FAILED, S.UNCERTAIN)
    assert ("Send again" in page) is stuck
    assert ("1 message did not get through for certain" in page) is stuck


def test_an_empty_outbox_says_what_would_fill_it(client):
    assert "Nothing has been sent yet." in words(client.get("/services/f/outbox/"))


def test_the_outbox_is_read_in_pages_with_the_same_queries_for_few_and_many(client, leader, django_assert_num_queries):
    practitioner = a_member(leader.service, Role.PRACTITIONER, name="Nora")
    for number in range(60):
        reminders.plan_ready(a_plan(leader.service, number), at=AT)

    # session, user, membership, hearts; how many, the page, how many are stuck; whose address is paused, here and on
    # the page; whether mail carries the plan
    with django_assert_num_queries(10):
        first = client.get("/services/f/outbox/")
    second = client.get("/services/f/outbox/?page=2")

    assert Message.objects.filter(recipient=practitioner).count() == 60
    assert first.content.decode().count('class="row person-row"') == 50
    assert "Page 1 of 3 Next" in words(first)
    assert "Previous Page 2 of 3 Next" in words(second)


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.ADVISER, Role.SPONSOR])
def test_only_those_who_lead_see_the_outbox(leader, role):
    message = sent(leader)
    other = signed_in(a_member(leader.service, role, name="Nora"))

    for path in addresses(message):
        assert other.get(path).status_code == 403


def test_a_stand_in_sees_the_outbox(leader):
    message = sent(leader)
    stand_in = signed_in(a_member(leader.service, Role.STAND_IN, name="Svein"))

    for path in addresses(message):
        assert stand_in.get(path).status_code == 200


def addresses(message) -> list[str]:
    return [
        "/services/f/outbox/",
        address("outbox_message", message),
        address("outbox_attachment", message, 0),
        address("outbox_send_again", message),
    ]


def test_nobody_reads_the_messages_of_another_service(leader):
    message = sent(leader)
    stranger = a_member(a_service("g"), name="Tor Berg")
    client = signed_in(stranger)

    for path in addresses(message):
        assert client.get(path).status_code == 404
        # nor by way of one's own service
        if path != "/services/f/outbox/":
            assert client.get(path.replace("/services/f/", "/services/g/")).status_code == 404
    assert "Kari Nes" not in words(client.get("/services/g/outbox/"))


# The message itself


def test_a_message_opens_with_its_words_and_its_file(client, leader):
    message = sent(leader, page_one=a_page("IMR at Service F"))
    sent(leader, number=5, page_one=a_page("another one"))

    page = words(client.get(address("outbox_message", message)))
    file = client.get(address("outbox_attachment", message, 0))

    assert "Action plan no. 4 is ready" in page
    assert "To kari@example.org Sent Tue 24 Nov 09:00" in page
    assert "Service F issued it on Sunday 22 November 2026." in page
    assert "action-plan-f-4.pdf" in page
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="action-plan-f-4.pdf"'
    assert file.content == bytes(message.document.file.page_one)


@pytest.fixture
def review_mail(leader):
    """A reminder of a review that went out with plan no. 1, and no. 2 is issued since; with something of her own."""
    service = leader.service
    nora = a_member(service, Role.PRACTITIONER, name="Nora", email="nora@example.org")
    a_plan(service, 1, page_one=b"%PDF-1.7 first")
    a_review(service, "2026-12-01 13:00")
    reminders.plan_due(oslo("2026-11-24 00:01"))
    message = Message.objects.get(recipient=nora)
    assert mailing.send(message.pk, at=AT) == S.HANDED_OVER
    a_plan(service, 2, page_one=b"%PDF-1.7 second")
    return message


def carry_along(lead, *, recipient, kind, period):
    return Message.objects.create(
        service=recipient.service,
        kind=kind,
        recipient=recipient,
        period=period,
        state=S.HANDED_OVER,
        lead=lead,
        handed_over_at=AT,
        expires_at=oslo("2026-12-20 00:00"),
    )


@pytest.mark.parametrize("with_her_own", [False, True])
def test_an_opened_message_carries_the_plan_that_was_sent(client, review_mail, with_her_own):
    if with_her_own:  # so that it is put together again
        carry_along(review_mail, recipient=review_mail.recipient, kind=K.WEEK_DUE, period="week:2026-11-23")

    page = words(client.get(address("outbox_message", review_mail)))
    file = client.get(address("outbox_attachment", review_mail, 0))

    assert "To nora@example.org" in page
    assert "your week" not in page
    assert file.content == b"%PDF-1.7 first"


def test_m08_nobody_finds_anothers_way_to_stop_a_kind_in_an_opened_message(client, review_mail, folder):
    carry_along(review_mail, recipient=review_mail.recipient, kind=K.TO_READ, period="read:vision:1")
    (file,) = folder.glob("*.eml")
    assert b"/mail/stop/" in file.read_bytes()

    lies = words(client.get(address("outbox_message", review_mail)))
    file.unlink()
    put_together = words(client.get(address("outbox_message", review_mail)))

    for page in (lies, put_together):
        assert "Review on Tuesday 1 December" in page
        assert "/services/f/reviews/" in page
        assert "/mail/stop/" not in page
        assert "Stop reminders" not in page
    assert "something to read that you have not said" in put_together


def test_a_reminder_of_conflicts_opens_as_it_was_sent_though_they_are_answered_since(client, leader):
    author = a_member(leader.service, Role.PRACTITIONER, name="Nora")
    entry = make_conflict(author, named=True, logged_at=oslo("2026-11-16 12:00"))
    reminders.plan_due(oslo("2026-11-24 00:01"))
    Message.objects.exclude(kind=K.CONFLICTS_WAITING).delete()
    message = Message.objects.get()
    assert mailing.send(message.pk, at=AT) == S.HANDED_OVER
    make_answer(entry)
    page = words(client.get(address("outbox_message", message)))
    assert "1 entry has waited a week or longer for an answer, since" in page

    carry_along(message, recipient=leader, kind=K.WEEK_DUE, period="week:2026-11-23")

    assert client.get(address("outbox_message", message)).status_code == 404


def test_a_message_to_somebody_whose_login_is_gone_cannot_be_opened(client, review_mail):
    type(review_mail.recipient).objects.filter(pk=review_mail.recipient_id).update(user=None)

    assert client.get(address("outbox_message", review_mail)).status_code == 404
    assert client.get(address("outbox_attachment", review_mail, 0)).status_code == 404
    assert "Read the message" not in words(client.get("/services/f/outbox/"))


def test_a_file_that_was_not_attached_is_not_there(client, leader):
    message = sent(leader)

    assert client.get(address("outbox_attachment", message, 1)).status_code == 404


def test_a_message_that_has_not_left_cannot_be_opened(client, leader):
    reminders.plan_ready(a_plan(leader.service), at=AT)

    assert client.get(address("outbox_message", Message.objects.get())).status_code == 404


def test_mail_about_logins_lies_in_the_same_folder_and_cannot_be_opened(client, leader, folder):
    secret = EmailMessage("New password", "https://localhost/secret-link", to=["kari@example.org"])
    get_connection().send_messages([secret])
    message = sent(leader)
    Message.objects.filter(pk=message.pk).update(created_at=oslo("2026-11-01 00:00"))

    assert len(list(folder.glob("*.eml"))) == 2
    assert client.get(address("outbox_message", message)).status_code == 404
    assert "secret-link" not in words(client.get("/services/f/outbox/"))


def test_in_production_nothing_of_a_message_is_kept_or_shown(client, leader, settings):
    message = sent(leader)
    settings.EMBEDDED = False

    assert client.get(address("outbox_message", message)).status_code == 404
    assert client.get(address("outbox_attachment", message, 0)).status_code == 404
    assert "Read the message" not in words(client.get("/services/f/outbox/"))


def test_the_folder_never_shows_half_a_message_and_keeps_them_in_order(leader, folder):
    for number in (1, 2, 3):
        sent(leader, number=number)

    files = sorted(folder.iterdir())

    assert [path.suffix for path in files] == [".eml"] * 3
    assert [
        f"Subject: Action plan no. {number} is ready".encode() in path.read_bytes()
        for number, path in enumerate(files, 1)
    ]


# Sending again


@pytest.mark.parametrize("state", [S.FAILED, S.UNCERTAIN])
def test_l02_a_leader_has_a_stuck_message_sent_again(client, leader, state, folder):
    message = sent(leader)
    Message.objects.update(state=state)
    path = address("outbox_send_again", message)

    asked = words(client.get(path))
    response = client.post(path, {"submission": str(uuid.uuid4())}, follow=True)

    assert ("gets it twice" in asked) is (state == S.UNCERTAIN)
    assert "It goes out within a minute or two, or on the next working morning." in words(response)
    message.refresh_from_db()
    assert message.state == S.PLANNED
    assert mailing.send(message.pk, at=timezone.now()) == S.HANDED_OVER
    assert len(list(folder.glob("*.eml"))) == 2


def test_m01_a_message_that_arrived_is_not_sent_again(client, leader):
    message = sent(leader)

    response = client.post(address("outbox_send_again", message), {"submission": str(uuid.uuid4())})

    assert "It is on its way, has arrived, or its time is over." in words(response)
    message.refresh_from_db()
    assert message.state == S.HANDED_OVER


def test_f06_sending_again_twice_plans_it_once(client, leader):
    message = sent(leader)
    Message.objects.update(state=S.FAILED)
    data = {"submission": str(uuid.uuid4())}
    client.post(address("outbox_send_again", message), data)
    Message.objects.update(state=S.FAILED)

    response = client.post(address("outbox_send_again", message), data, follow=True)

    assert "This had reached us already." in words(response)
    assert Message.objects.get().state == S.FAILED
