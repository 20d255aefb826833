"""S05, S08: how long a full session lasts, what asks for the password again, and where one is signed in."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import phones, sessions
from accounts.devices import name_of
from accounts.models import Member, RememberedPhone, SignIn
from tests.factories import PASSWORD, make_leader, make_practitioner, make_user

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
NEW_PASSWORD = "fem helt nye ord her"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-25T08:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def leader(clock):
    return make_leader()


def browser_of(user, *, agent="") -> Client:
    """Somebody who has just given the password."""
    client = Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def is_signed_in(client) -> bool:
    return client.get(reverse("own_settings")).status_code == 200


# Twelve hours, half an hour


def test_s05_a_session_ends_after_half_an_hour_in_which_nothing_happens(leader, clock):
    client = browser_of(leader.user)

    clock.shift(timedelta(minutes=30, seconds=-1))
    assert is_signed_in(client)
    clock.shift(timedelta(minutes=30))

    assert not is_signed_in(client)
    assert not Session.objects.exists()
    assert not SignIn.objects.exists()


def test_s05_a_session_ends_twelve_hours_after_the_password_whatever_happens(leader, clock):
    client = browser_of(leader.user)
    for _quarter in range(4 * 12 - 1):
        clock.shift(timedelta(minutes=15))
        assert is_signed_in(client)

    clock.shift(timedelta(minutes=15))

    assert not is_signed_in(client)


def test_s05_the_password_given_again_starts_the_twelve_hours_anew(leader, clock):
    client = browser_of(leader.user)
    for _hour in range(4 * 11):
        clock.shift(timedelta(minutes=15))
        is_signed_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    for _hour in range(4 * 2):
        clock.shift(timedelta(minutes=15))
        assert is_signed_in(client)


def test_s05_what_was_done_is_written_once_a_minute(leader, clock, django_assert_num_queries):
    client = browser_of(leader.user)
    client.get(reverse("own_settings"))
    began = client.session[sessions.SEEN]

    clock.shift(59)
    client.get(reverse("own_settings"))
    same = client.session[sessions.SEEN]
    clock.shift(1)
    client.get(reverse("own_settings"))

    assert same == began
    assert client.session[sessions.SEEN] == began + 60


def test_s05_a_session_of_unknown_age_is_over(leader):
    client = browser_of(leader.user)
    session = client.session
    del session[sessions.SEEN]
    session.save()

    assert not is_signed_in(client)


def test_s05_a_form_sent_too_late_leads_to_sign_in_and_back_to_its_page(leader, clock):
    client = browser_of(leader.user)
    address = f"http://testserver/services/{leader.service.key}/people/new/"
    clock.shift(timedelta(minutes=31))

    response = client.post(address, {"name": "Me"}, headers={"referer": address})
    back = client.post(response.url, {"login": leader.user.email, "password": PASSWORD})

    assert back.url == f"/services/{leader.service.key}/people/new/"


# How long it lasts, for the page


def test_a08_looking_how_long_the_session_lasts_does_not_lengthen_it(leader, clock):
    client = browser_of(leader.user)
    clock.shift(timedelta(minutes=20))

    first = client.get(reverse("session_left")).json()
    clock.shift(timedelta(minutes=9))
    second = client.get(reverse("session_left")).json()

    assert first == {"idle": 600, "whole": 12 * 3600 - 20 * 60}
    assert second["idle"] == 60


def test_a08_one_button_gives_another_half_hour_to_the_second(leader, clock):
    client = browser_of(leader.user)
    clock.shift(30)

    answer = client.post(reverse("session_left")).json()
    clock.shift(timedelta(minutes=29, seconds=59))

    assert answer["idle"] == 1800
    assert is_signed_in(client)


def test_a08_no_button_lengthens_the_twelve_hours(leader, clock):
    client = browser_of(leader.user)
    for _time in range(4 * 12 - 1):
        clock.shift(timedelta(minutes=15))
        client.post(reverse("session_left"))

    assert client.post(reverse("session_left")).json()["whole"] == 15 * 60
    clock.shift(timedelta(minutes=15))
    assert client.post(reverse("session_left")).status_code == 302


def test_a08_the_page_knows_what_is_left_and_whose_it_is(leader, clock):
    client = browser_of(leader.user)
    clock.shift(timedelta(minutes=10))

    page = client.get(reverse("own_settings")).content.decode()
    other = browser_of(make_user()).get(reverse("own_settings")).content.decode()

    assert 'data-idle="1800" data-whole="42600" data-warned="300"' in page
    whose = re.compile('data-whose="([0-9a-f]{16})"')
    assert whose.search(page)[1] != whose.search(other)[1]
    assert "session-end" not in Client().get(reverse("account_login")).content.decode()


# The password again


def fresh_pages(member) -> list[str]:
    key = member.service.key
    return [
        reverse("member_add", args=[key]),
        reverse("member_change", args=[key, member.pk]),
        reverse("member_invite", args=[key, member.pk]),
        reverse("dossier", args=[key]),
        reverse("dossier_file", args=[key]),
    ]


def test_s05_roles_access_and_the_dossier_ask_for_a_password_of_a_quarter_of_an_hour(leader, clock):
    client = browser_of(leader.user)
    clock.shift(timedelta(minutes=15, seconds=-1))
    for address in fresh_pages(leader):
        assert "reauthenticate" not in client.get(address).get("Location", "")

    clock.shift(timedelta(seconds=1))
    for address in fresh_pages(leader):
        asked = client.get(address)
        assert asked.url == f"{reverse('account_reauthenticate')}?next={address.replace('/', '%2F')}"
        assert client.get(asked.url).status_code == 200


def test_s05_once_the_password_is_given_the_page_opens(leader, clock):
    client = browser_of(leader.user)
    clock.shift(timedelta(minutes=20))
    address = reverse("member_add", args=[leader.service.key])

    wrong = client.post(client.get(address).url, {"password": "not this one"})
    right = client.post(client.get(address).url, {"password": PASSWORD})

    assert wrong.status_code == 200
    assert right.url == address
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["people_csv", "actions_csv", "conflicts_csv"])
def test_s05_a_list_is_taken_out_with_a_fresh_password_only_and_one_is_back_at_its_page(leader, clock, name):
    client = browser_of(leader.user)
    address = reverse(name, args=[leader.service.key])
    page = reverse(name.removesuffix("_csv"), args=[leader.service.key])
    assert client.post(address)["Content-Type"].startswith("text/csv")
    clock.shift(timedelta(minutes=16))

    asked = client.post(address, headers={"referer": f"http://testserver{page}"})
    back = client.post(asked.url, {"password": PASSWORD})

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert back.url == page
    assert client.post(address)["Content-Type"].startswith("text/csv")


def test_s05_a_form_that_meets_the_wall_stands_there_again_with_everything_and_is_saved_once(leader, clock):
    client = browser_of(leader.user)
    address = reverse("member_add", args=[leader.service.key])
    typed = {"name": "Ola Vik & co", "role": "practitioner", "submission": str(uuid.uuid4())}
    clock.shift(timedelta(minutes=20))

    asked = client.post(address, typed)
    back = client.post(asked.url, {"password": PASSWORD})
    page = client.get(back.url).content.decode()
    saved = client.post(address, typed)

    assert back.url == address
    assert 'value="Ola Vik &amp; co"' in page
    assert typed["submission"] in page
    assert 'class="summary"' not in page
    assert saved.status_code == 302
    assert Member.objects.filter(name="Ola Vik & co").count() == 1
    assert 'value="Ola Vik' not in client.get(address).content.decode()


def test_s05_changing_the_address_asks_for_the_password_again(leader, clock):
    client = browser_of(leader.user)
    clock.shift(timedelta(minutes=16))

    response = client.post(reverse("account_email"), {"action_add": "1", "email": "new@example.org"})

    assert response.url.startswith(reverse("account_reauthenticate"))


# Where one is signed in


def devices(client) -> str:
    return re.sub(r"\s+", " ", client.get(reverse("own_devices")).content.decode())


def test_s08_own_sessions_are_listed_and_one_can_be_ended(leader, clock):
    here, there = browser_of(leader.user), browser_of(leader.user, agent=FIREFOX)
    stranger = browser_of(make_user(), agent=FIREFOX)
    page = devices(here)
    listed = re.findall(r'name="session" value="(\d+)"', page)

    response = here.post(reverse("own_devices"), {"session": listed[0]})

    assert len(listed) == 1
    assert "Firefox, Linux" in page
    assert "this one" in page
    assert response.url == reverse("own_devices")
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert is_signed_in(stranger)


def test_s08_signing_out_everywhere_else_leaves_this_session_and_other_people(leader, clock):
    here = browser_of(leader.user)
    elsewhere = [browser_of(leader.user), browser_of(leader.user)]
    stranger = browser_of(make_user())

    here.post(reverse("own_devices"), {"everywhere": "1"})

    assert is_signed_in(here)
    assert not any(is_signed_in(client) for client in elsewhere)
    assert is_signed_in(stranger)


def test_s08_nobody_ends_the_sessions_or_phones_of_others(leader, clock):
    other = make_practitioner(leader.service)
    theirs = browser_of(other.user)
    phone, _token = phones.remember(other.user, device="", at=timezone.now())
    row = SignIn.objects.get(user=other.user)

    mine = browser_of(leader.user)
    for data in ({"session": row.pk}, {"phone": phone.pk}, {"session": "nonsense"}, {}):
        assert mine.post(reverse("own_devices"), data).status_code == 302

    assert is_signed_in(theirs)
    assert RememberedPhone.objects.filter(pk=phone.pk).exists()


def test_s08_a_remembered_phone_is_listed_and_can_be_forgotten(leader, clock):
    client = browser_of(leader.user)
    phones.remember(leader.user, device="Chrome, Android", at=timezone.now())
    page = devices(client)

    client.post(reverse("own_devices"), {"phone": re.search(r'name="phone" value="(\d+)"', page)[1]})

    assert "Chrome, Android" in page
    assert "not used yet" in page
    assert not RememberedPhone.objects.exists()


def test_s08_sessions_that_are_over_are_not_listed(leader, clock):
    browser_of(leader.user, agent=FIREFOX)
    clock.shift(timedelta(minutes=31))

    page = devices(browser_of(leader.user))

    assert "Firefox" not in page


def test_s08_disabling_a_person_ends_their_sessions_at_once(leader):
    client = browser_of(leader.user)
    leader.user.is_active = False
    leader.user.save(update_fields=["is_active"])

    assert not is_signed_in(client)


def test_s08_signing_out_leaves_no_row(leader):
    client = browser_of(leader.user)
    client.post(reverse("account_logout"))

    assert not SignIn.objects.exists()
    assert not Session.objects.filter(session_key=client.session.session_key or "").exists()


def test_s08_with_a_new_password_this_session_goes_on_and_stays_listed_the_others_are_gone(leader, clock):
    here, there = browser_of(leader.user, agent=FIREFOX), browser_of(leader.user)
    there_page = devices(there)

    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    page = devices(here)

    assert "Firefox, Linux" in there_page
    assert "Firefox, Linux" in page
    assert page.count('name="session"') == 0
    assert not is_signed_in(there)


def test_s12_nothing_is_left_of_sessions_that_are_over(leader, clock):
    browser_of(leader.user)
    clock.shift(timedelta(hours=12, minutes=1))
    still = browser_of(make_user())

    assert sessions.forget_ended(timezone.now()) == 1
    assert SignIn.objects.count() == Session.objects.count() == 1
    assert is_signed_in(still)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/126.0 Safari/604.1", "Chrome, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/25.0 Chrome/121.0 Safari/537.36", "Samsung Internet, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1", "Safari, Mac"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_by_what_it_is_and_runs_on(agent, name):
    assert name_of(agent) == name
