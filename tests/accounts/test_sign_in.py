"""Signing in, being slowed down, and a forgotten password."""

import re

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from accounts.examples import EXAMPLE_PASSWORD
from accounts.models import AuditEvent, User
from tests.accounts.test_invitations import NoServer
from tests.factories import PASSWORD, make_leader, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
MOMENT = "2026-11-23 12:00:00"


@pytest.fixture(autouse=True)
def shared_cache(settings, tmp_path):
    """The embedded installation's own cache, which all its processes share."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    }


@pytest.fixture
def clock():
    with time_machine.travel(MOMENT, tick=False) as traveller:
        yield traveller


def sign_in(email, password=PASSWORD, *, address="192.0.2.1"):
    client = Client(REMOTE_ADDR=address)
    return client.post(LOGIN, {"login": email, "password": password})


def words(response) -> str:
    """What the page says, without what differs between two fillings-in."""
    page = re.sub(r'name="(submission|csrfmiddlewaretoken)" value="[^"]*"', "", response.content.decode())
    page = re.sub(r"[\w.]+@example\.org|reference\">\w+<", "", page)
    return re.sub(r"\s+", " ", re.sub(r'nonce="[^"]*"', "", page))


def test_the_right_words_lead_home_and_leave_a_trace(client):
    leader = make_leader()

    response = client.post(LOGIN, {"login": leader.user.email.upper(), "password": PASSWORD})

    assert response.url == reverse("home")
    assert AuditEvent.objects.get(code="session.started").actor == leader.user.audit_id


def test_sign_in_goes_back_with_its_audit_event(client, monkeypatch):
    user = make_user()
    client.raise_request_exception = False
    monkeypatch.setattr("accounts.audit.AuditEvent.objects.create", _no_room)

    response = client.post(LOGIN, {"login": user.email, "password": PASSWORD})

    user.refresh_from_db()
    assert response.status_code == 500
    assert user.last_login is None


def _no_room(**_fields):
    raise OSError("no room")


def test_a_way_back_to_another_site_is_not_taken(client):
    user = make_user()

    response = client.post(LOGIN + "?next=https://evil.example/", {"login": user.email, "password": PASSWORD})

    assert response.url == reverse("home")


def test_s07_known_and_unknown_addresses_get_the_same_answer(clock):
    make_user("known@example.org")

    known = sign_in("known@example.org", "wrong")
    unknown = sign_in("unknown@example.org", "wrong")

    assert known.status_code == unknown.status_code == 200
    assert words(known) == words(unknown)


def test_s07_known_and_unknown_addresses_cost_one_hash_each(monkeypatch, clock):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    make_user("known@example.org")
    hashed.clear()

    sign_in("known@example.org", "wrong")
    for_known = len(hashed)
    hashed.clear()
    sign_in("unknown@example.org", "wrong")

    assert for_known == len(hashed) == 1


def test_s07_after_five_failures_an_account_waits_wherever_they_came_from(clock):
    user = make_user()
    for number in range(5):
        assert sign_in(user.email, "wrong", address=f"192.0.2.{number}").status_code == 200

    refused = sign_in(user.email, address="192.0.2.99")

    assert refused.status_code == 429
    assert "<h1>" in refused.content.decode()


def test_s07_an_unknown_account_waits_just_the_same(clock):
    for _failure in range(5):
        assert sign_in("unknown@example.org", "wrong").status_code == 200

    assert sign_in("unknown@example.org", "wrong").status_code == 429


def test_s07_after_twenty_failures_an_address_waits_and_others_do_not(clock):
    user = make_user()
    for number in range(20):
        assert sign_in(f"someone{number}@example.org", "wrong", address="192.0.2.7").status_code == 200

    assert sign_in(user.email, address="192.0.2.7").status_code == 429
    assert sign_in(user.email, address="192.0.2.8").status_code == 302


def test_s07_an_address_that_waits_uses_up_nobody_elses_attempts(clock):
    user = make_user()
    for number in range(20):
        sign_in(f"someone{number}@example.org", "wrong", address="192.0.2.7")
    for _attempt in range(10):
        sign_in(user.email, "wrong", address="192.0.2.7")

    assert sign_in(user.email, address="192.0.2.8").status_code == 302


def test_s07_the_wait_ends_after_a_quarter_of_an_hour(clock):
    user = make_user()
    for _failure in range(5):
        sign_in(user.email, "wrong")

    clock.shift(15 * 60 - 1)
    assert sign_in(user.email).status_code == 429
    clock.shift(2)
    assert sign_in(user.email).status_code == 302


def test_s07_many_people_can_sign_in_from_one_building(clock):
    for _person in range(25):
        assert sign_in(make_user().email).status_code == 302


def test_s07_whoever_is_locked_out_by_others_comes_in_by_a_new_password(clock, mailoutbox):
    user = make_user()
    for _failure in range(5):
        sign_in(user.email, "wrong")

    client = Client(REMOTE_ADDR="192.0.2.50")
    client.post(reverse("account_reset_password"), {"email": user.email})
    client.post(link_in(mailoutbox[0]), {"password1": "fem helt nye ord her", "password2": "fem helt nye ord her"})

    assert sign_in(user.email, "fem helt nye ord her", address="192.0.2.50").status_code == 302


# A forgotten password


def link_in(mail) -> str:
    return re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", mail.body)[1]


def test_the_mail_is_in_the_persons_language_and_its_link_sets_a_new_password(client, mailoutbox):
    user = make_user(language="nb")

    asked = client.post(reverse("account_reset_password"), {"email": user.email}, headers={"accept-language": "en"})
    link = link_in(mailoutbox[0])
    done = client.post(link, {"password1": "fem helt nye ord her", "password2": "fem helt nye ord her"})

    user.refresh_from_db()
    assert asked.url == reverse("account_reset_password_done")
    assert mailoutbox[0].to == [user.email]
    assert mailoutbox[0].extra_headers["Auto-Submitted"] == "auto-generated"
    assert done.url == reverse("account_reset_password_from_key_done")
    assert user.check_password("fem helt nye ord her")
    assert "_auth_user_id" not in client.session


def test_m09_opening_the_link_changes_nothing_and_begins_no_session(client, mailoutbox):
    user = make_user()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = link_in(mailoutbox[0])
    scanner = Client()

    answers = [scanner.head(link), scanner.get(link), scanner.get(link)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "sessionid" not in scanner.cookies
    assert "no-store" in answers[1]["Cache-Control"]
    assert 'name="password1"' in client.get(link).content.decode()


def test_the_link_works_once(client, mailoutbox):
    user = make_user()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = link_in(mailoutbox[0])
    client.post(link, {"password1": "fem helt nye ord her", "password2": "fem helt nye ord her"})

    again = client.post(link, {"password1": "seks helt andre ord her", "password2": "seks helt andre ord her"})

    user.refresh_from_db()
    assert user.check_password("fem helt nye ord her")
    assert 'name="password1"' not in again.content.decode()


def test_a_link_for_one_ends_the_session_of_another_only_when_it_is_used(client, mailoutbox):
    owner, visitor = make_user(), make_user()
    Client().post(reverse("account_reset_password"), {"email": owner.email})
    client.force_login(visitor)

    client.get(link_in(mailoutbox[0]))
    before = client.session["_auth_user_id"]
    client.post(link_in(mailoutbox[0]), {"password1": "fem helt nye ord her", "password2": "fem helt nye ord her"})

    assert before == str(visitor.pk)
    assert "_auth_user_id" not in client.session


def test_a_new_password_ends_sessions_elsewhere(client, mailoutbox):
    leader = make_leader()
    elsewhere = Client()
    elsewhere.force_login(leader.user)
    client.post(reverse("account_reset_password"), {"email": leader.user.email})

    client.post(link_in(mailoutbox[0]), {"password1": "fem helt nye ord her", "password2": "fem helt nye ord her"})

    assert elsewhere.get(reverse("own_settings")).status_code == 302


@pytest.mark.parametrize("password", ["short one", "person@example.org", "1qaz2wsx3edc4rfv", EXAMPLE_PASSWORD])
def test_s04_a_weak_new_password_is_refused(client, mailoutbox, password):
    user = make_user("person@example.org")
    client.post(reverse("account_reset_password"), {"email": user.email})

    response = client.post(link_in(mailoutbox[0]), {"password1": password, "password2": password})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert "password1" in response.context["form"].errors


def test_asking_for_an_unknown_address_looks_the_same(client, mailoutbox):
    make_user("known@example.org")

    known = client.post(reverse("account_reset_password"), {"email": "known@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "unknown@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert "reset/key" not in mailoutbox[-1].body


@pytest.mark.parametrize("email", ["known@example.org", "unknown@example.org"])
def test_a_mail_server_that_fails_is_told_and_tells_nothing_of_the_address(client, settings, email):
    settings.EMAIL_BACKEND = f"{NoServer.__module__}.NoServer"
    make_user("known@example.org")

    response = client.post(reverse("account_reset_password"), {"email": email})

    assert response.status_code == 503
    assert "The mail could not be sent" in response.content.decode()


def test_s07_asking_for_new_passwords_is_slowed_down_too(client, clock):
    user = make_user()
    for _request in range(5):
        assert client.post(reverse("account_reset_password"), {"email": user.email}).status_code == 302

    assert client.post(reverse("account_reset_password"), {"email": user.email}).status_code == 429


# Who may sign in


def test_nobody_signs_up_alone(client):
    client.post("/accounts/signup/", {"email": "me@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert not User.objects.exists()


def test_s07_a_barred_person_gets_the_answer_of_a_wrong_password(clock):
    make_user("barred@example.org", is_active=False)

    barred = sign_in("barred@example.org")
    wrong = sign_in("unknown@example.org", "wrong")

    assert barred.status_code == 200
    assert words(barred) == words(wrong)


def test_example_people_sign_in_only_where_examples_are_allowed(rf, settings):
    make_user("freya@example.org", is_example=True)
    assert sign_in("freya@example.org").status_code == 302

    settings.EXAMPLE_ACCOUNTS_ALLOWED = False

    assert sign_in("freya@example.org").status_code == 200
    assert authenticate(None, email="freya@example.org", password=PASSWORD) is None
    assert get_adapter().authenticate(rf.post(LOGIN), email="freya@example.org", password=PASSWORD) is None


def test_a_session_of_an_example_person_ends_where_examples_are_not_allowed(client, settings):
    user = make_user(is_example=True)
    client.force_login(user)
    assert client.get(reverse("own_settings")).status_code == 200

    settings.EXAMPLE_ACCOUNTS_ALLOWED = False

    assert client.get(reverse("own_settings")).status_code == 302


def test_s04_passwords_are_kept_as_argon2id_and_may_be_long():
    from config import settings as product

    assert product.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert not any("max_length" in str(validator) for validator in product.AUTH_PASSWORD_VALIDATORS)
