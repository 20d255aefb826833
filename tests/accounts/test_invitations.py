"""Invitations: the mail, the link, and taking it up once."""

import re
import smtplib
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import invitations
from accounts.models import AuditEvent, Invitation, Member, User
from tests.factories import (
    PASSWORD,
    make_invitation,
    make_leader,
    make_member,
    make_practitioner,
    make_service,
    make_user,
)

pytestmark = pytest.mark.django_db
NEW = {"name": "Ola Nordmann", "password": "fire gode ord i rad", "language": "nb"}


class NoServer(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise smtplib.SMTPConnectError(421, "busy")


def link(token="the-token"):
    return reverse("invitation", kwargs={"token": token})


def invite(member, email="invited@example.org", by=None):
    return invitations.invite(member=member, email=email, today=timezone.localdate(), by=by)


def is_signed_in(client):
    return "_auth_user_id" in client.session


# The mail


def test_the_mail_is_in_the_services_language_and_leads_to_the_link(
    django_capture_on_commit_callbacks, mailoutbox, settings
):
    settings.SITE_URL = "https://holdfast.example.org"
    leader = make_leader(make_service(language="nb", name="Nordlys"))
    member = make_practitioner(leader.service, login=False)

    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite(member, by=leader.user)

    mail = mailoutbox[0]
    html = mail.alternatives[0].content
    url = re.search(r"https://holdfast\.example\.org/invitation/\S+", mail.body)[0]
    assert invitations.find(url.rstrip("/").rsplit("/", 1)[1]) == invitation
    assert f'href="{url}"' in html
    assert '<html lang="nb">' in html
    for part in (mail.body, html):
        assert "Kari Nes" in part
        assert "Nordlys" in part
        assert "14" in part
    assert len(mail.subject) <= 60
    assert "\n" not in mail.subject
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert invitation.sent_at is not None


def test_m05_the_html_part_loads_nothing_from_anywhere(django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        invite(make_member(login=False))

    html = mailoutbox[0].alternatives[0].content
    assert not re.search(r"<img|src=|url\(|@import|<link", html)
    assert all(int(size) >= 16 for size in re.findall(r"font-size:(\d+)px", html))


def test_nothing_is_sent_for_an_invitation_that_was_not_committed(mailoutbox):
    invite(make_member(login=False))

    assert not mailoutbox


def test_a_mail_server_that_fails_leaves_an_invitation_that_says_so(django_capture_on_commit_callbacks, settings):
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"

    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite(make_member(login=False))

    assert Invitation.objects.get(pk=invitation.pk).sent_at is None


def test_only_the_hash_of_the_link_is_stored(django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        invite(make_member(login=False))

    token = re.search(r"/invitation/([^/\s]+)/", mailoutbox[0].body)[1]
    row = Invitation.objects.values().get()
    assert len(token) >= 43  # 256 bits
    assert token not in str(row)
    assert row["token_hash"] == Invitation.hash_of(token)


def test_a_new_invitation_closes_the_one_before():
    member = make_member(login=False)
    earlier = make_invitation(member, token="earlier")

    invite(member)

    earlier.refresh_from_db()
    assert not earlier.open(timezone.now())


@pytest.mark.parametrize("left", [True, False])
def test_no_invitation_for_somebody_who_is_in_or_has_left(left):
    yesterday = timezone.localdate() - timedelta(days=1)
    member = make_member(login=False, leaves_on=yesterday) if left else make_member()

    with pytest.raises(ValidationError):
        invite(member)

    assert not Invitation.objects.exists()


# The link


def test_m09_opening_the_link_uses_nothing_and_begins_no_session(client):
    make_invitation()

    answers = [client.head(link()), client.get(link()), client.get(link())]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "sessionid" not in client.cookies
    assert Invitation.objects.get().used_at is None
    assert client.post(link(), NEW).status_code == 302


def test_the_page_of_a_link_stays_in_no_cache(client):
    make_invitation()

    assert "no-store" in client.get(link())["Cache-Control"]


def test_a_newcomer_gives_name_password_and_language_and_is_in(client):
    member = make_practitioner(login=False)
    make_invitation(member)

    response = client.post(link(), NEW)

    member.refresh_from_db()
    assert response.url == reverse("service_home", args=[member.service.key])
    assert member.name == "Per Dahl"
    assert (member.user.name, member.user.email, member.user.language) == ("Ola Nordmann", "invited@example.org", "nb")
    assert member.user.check_password(NEW["password"])
    assert EmailAddress.objects.get(user=member.user).verified
    assert int(client.session["_auth_user_id"]) == member.user.pk
    codes = AuditEvent.objects.order_by("pk").values_list("code", "actor")
    assert list(codes) == [("member.joined", member.user.audit_id), ("session.started", member.user.audit_id)]


def test_a_first_leader_known_by_address_only_gets_the_name_they_give(client):
    member = make_leader(name="invited@example.org", login=False)
    make_invitation(member)

    page = client.get(link()).content.decode()
    client.post(link(), NEW)

    member.refresh_from_db()
    assert 'value="invited@example.org"' not in page
    assert member.name == "Ola Nordmann"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"password": "fourteen chars"}, "at least 15 characters"),
        ({"password": "ola nordmann ola"}, "too similar to the Name"),
        ({"password": "invited@example.org"}, "too similar to the E-mail address"),
        ({"password": ""}, "Choose a password."),
        ({"name": ""}, "Write your name."),
        ({"language": "xx"}, "Language"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_still_works(client, wrong, words):
    make_invitation()

    response = client.post(link(), NEW | wrong)

    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: " in page
    assert words in page
    assert not User.objects.filter(email="invited@example.org").exists()
    assert client.post(link(), NEW).status_code == 302


def test_a_long_password_with_spaces_is_kept_as_it_is(client):
    make_invitation()
    password = " " + "lange ord " * 12

    client.post(link(), NEW | {"password": password})

    assert User.objects.get(email="invited@example.org").check_password(password)


def test_the_link_works_once(client):
    make_invitation()
    client.post(link(), NEW)

    later = Client()
    again = later.post(link(), NEW | {"password": "something else entirely"})

    assert again.status_code == 410
    assert "taken up" in again.content.decode()
    assert not is_signed_in(later)
    assert User.objects.count() == 1


def test_f06_the_same_form_sent_twice_leads_to_the_same_page():
    make_invitation()
    impatient = Client()

    first = impatient.post(link(), NEW)
    second_without_the_first_answer = Client().post(link(), NEW)

    assert second_without_the_first_answer.url == first.url
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_with_the_same_link_make_one_login():
    make_invitation()
    answers = []

    def take_up(name):
        try:
            answers.append(Client().post(link(), NEW | {"name": name, "password": f"{name} wrote these words"}))
        finally:
            connection.close()

    threads = [threading.Thread(target=take_up, args=[name]) for name in ("Anna", "Berit")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    first, second = sorted((answer.status_code for answer in answers), key=[302, 410, 200].index)
    assert first == 302
    assert second in (410, 200)  # the link is used up, or the address has a login by now: as the moment falls
    assert User.objects.count() == 1
    assert AuditEvent.objects.filter(code="member.joined").count() == 1


def test_the_link_works_for_fourteen_days(client):
    with time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False):
        member = make_member(login=False)
        make_invitation(member)

    with time_machine.travel(datetime(2026, 11, 15, 11, 59, 59, tzinfo=UTC), tick=False):
        assert client.get(link()).status_code == 200
    with time_machine.travel(datetime(2026, 11, 15, 12, tzinfo=UTC), tick=False):
        late = client.post(link(), NEW)

    assert late.status_code == 410
    assert "older than 14 days" in late.content.decode()
    assert not User.objects.exists()


def test_a_link_of_somebody_who_has_left_is_closed(client):
    make_invitation(make_member(login=False, leaves_on=timezone.localdate() - timedelta(days=1)))

    assert client.get(link()).status_code == 410


def test_a_link_that_never_was_is_404(client):
    assert client.get(link("nonsense")).status_code == 404
    assert client.post(link("nonsense"), NEW).status_code == 404


def test_somebody_with_a_login_signs_in_then_joins_with_a_button(client):
    user = make_user("invited@example.org")
    make_leader(make_service("other"), user=user)
    invitation = make_invitation()

    page = client.get(link()).content.decode()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    before = Member.objects.get(pk=invitation.member.pk).user
    response = client.post(link())

    assert f"{reverse('account_login')}?next={link()}" in page
    assert 'name="password"' not in page
    assert before is None
    assert response.url == reverse("service_home", args=[invitation.member.service.key])
    assert Member.objects.get(pk=invitation.member.pk).user == user
    assert user.memberships.count() == 2


def test_a_known_address_cannot_be_given_a_new_password_by_the_link(client):
    user = make_user("invited@example.org")
    make_invitation()

    response = client.post(link(), NEW)

    user.refresh_from_db()
    assert response.status_code == 200
    assert user.check_password(PASSWORD)
    assert not is_signed_in(client)
    assert Invitation.objects.get().used_at is None


def test_somebody_else_who_is_signed_in_cannot_join_by_accident(client):
    other = make_user("other@example.org")
    make_invitation()
    client.force_login(other)

    page = client.get(link()).content.decode()
    response = client.post(link())

    assert "you are signed in as other@example.org" in page
    assert response.status_code == 200
    assert Invitation.objects.get().used_at is None
    assert not other.memberships.exists()


def test_a_second_membership_in_the_same_service_is_refused_in_words(client):
    first = make_practitioner(user=make_user("invited@example.org"))
    make_invitation(make_practitioner(first.service, login=False))
    client.force_login(first.user)

    response = client.post(link())

    assert "You are in this service already." in response.content.decode()
    assert Invitation.objects.get().used_at is None


def test_an_invitation_goes_back_with_its_audit_event(monkeypatch):
    member = make_member(login=False)
    monkeypatch.setattr(AuditEvent.objects, "create", _no_room)

    with pytest.raises(OSError, match="no room"):
        invite(member)

    assert not Invitation.objects.exists()


def _no_room(**_fields):
    raise OSError("no room")
