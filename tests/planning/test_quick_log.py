"""S05: a remembered phone opens the log, undo and nothing else; without a password, for thirty days at most."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import phones
from accounts.models import AuditEvent, RememberedPhone, Role
from planning.models import PriorityConflict
from tests.factories import (
    PASSWORD,
    make_agreement,
    make_answer,
    make_conflict,
    make_leader,
    make_member,
    make_practitioner,
    make_service,
)
from tests.planning.site import client_of, document, main_text

pytestmark = pytest.mark.django_db

COOKIE = settings.REMEMBERED_PHONE_COOKIE
LOG = "/services/f/conflicts/new/"
START = "/log/"  # the address on the home screen
NOW = "2026-11-25T09:30:00+01:00"  # a Wednesday
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def nora(clock):
    """A practitioner of a service whose log is open."""
    service = make_service("f")
    leader = make_leader(service)
    make_agreement(service, recorded_by=leader)
    make_practitioner(service, name="Ola Vik")
    return make_practitioner(service, name="Nora Berg")


def phone_of(member) -> Client:
    """A phone that is remembered as the member's, without any session."""
    _row, token = phones.remember(member.user, device="", at=timezone.now())
    client = Client()
    client.cookies[COOKIE] = token
    return client


def asks_to_sign_in(response) -> bool:
    return response.status_code == 302 and response.url.startswith(reverse("account_login") + "?next=")


def log(client, reason="meeting", **data):
    return client.post(LOG, {"reason": reason, **data})


# Remembering


def test_s05_a_practitioner_has_the_phone_remembered_and_logs_on_it_without_a_session(nora):
    browser = client_of(nora)
    offered = document(browser.get(LOG)).xpath("//main//a[contains(., 'Remember this phone')]/@href")

    explained = browser.get(offered[0])
    done = browser.post(offered[0], headers={"user-agent": ANDROID})
    cookie = done.cookies[COOKIE]
    phone = Client()
    phone.cookies[COOKIE] = cookie.value

    assert "For 30 days this phone opens the log without your password." in main_text(explained)
    assert done.url == LOG
    assert phone.get(LOG).status_code == 200
    assert log(phone).status_code == 302
    assert PriorityConflict.objects.get().author == nora
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        30 * 24 * 3600,
        True,
        "Lax",
        "/",
    )


def test_s05_only_a_hash_of_at_least_128_random_bits_is_kept(nora):
    row, token = phones.remember(nora.user, device="", at=timezone.now())
    _other, another = phones.remember(nora.user, device="", at=timezone.now())

    assert len(token) >= 128 / 6  # characters of six bits
    assert token != another
    assert token not in str(RememberedPhone.objects.filter(pk=row.pk).values())
    assert row.token_hash == RememberedPhone.hash_of(token)


def test_s05_tapped_twice_the_second_answer_brings_a_cookie_that_works_and_there_is_one_phone(nora):
    browser = client_of(nora)
    address = reverse("phone_remember", args=["f"])
    key = re.search(r'name="submission" value="([0-9a-f-]{36})"', browser.get(address).content.decode())[1]

    browser.post(address, {"submission": key})
    second = browser.post(address, {"submission": key})
    phone = Client()
    phone.cookies[COOKIE] = second.cookies[COOKIE].value

    assert RememberedPhone.objects.count() == 1
    assert phone.get(LOG).status_code == 200


def test_s05_remembered_again_a_phone_starts_its_thirty_days_anew_and_stays_one(nora, clock):
    browser = client_of(nora)
    browser.post(reverse("phone_remember", args=["f"]))
    clock.shift(timedelta(minutes=5))

    browser.post(reverse("phone_remember", args=["f"]))

    assert RememberedPhone.objects.get().expires_at == timezone.now() + timedelta(days=30)


def test_s05_remembering_asks_for_the_password_again_after_a_quarter_of_an_hour(nora, clock):
    browser = client_of(nora)
    address = reverse("phone_remember", args=["f"])
    clock.shift(timedelta(minutes=16))

    response = browser.post(address)

    assert response.url.startswith(reverse("account_reauthenticate"))
    assert not RememberedPhone.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.PRACTITIONER])
def test_s05_who_cannot_log_has_no_phone_remembered(nora, role):
    other = make_member(nora.service, role=role)

    assert client_of(other).post(reverse("phone_remember", args=["f"])).status_code == 403


# What it opens


def test_s05_it_adds_says_what_was_displaced_and_undoes(nora):
    phone = phone_of(nora)

    saved = log(phone).url
    shown = phone.get(saved)
    phone.post(saved, {"displaced": "session"})
    with_displaced = PriorityConflict.objects.get()
    undone = phone.post(f"{saved}withdraw/")

    assert "Undo" in main_text(shown)
    assert with_displaced.displaced == "session"
    assert undone.url == LOG
    assert "Withdrawn. Nothing of the entry is left." in main_text(phone.get(undone.url))
    assert not PriorityConflict.objects.exists()


def test_f06_undo_tapped_twice_is_answered_the_same_way_on_a_remembered_phone(nora):
    phone = phone_of(nora)
    saved = log(phone).url
    page = phone.get(saved).content.decode()
    key = re.findall(r'name="submission" value="([0-9a-f-]{36})"', page)[-1]

    first = phone.post(f"{saved}withdraw/", {"submission": key})
    second = phone.post(f"{saved}withdraw/", {"submission": key})

    assert first.url == second.url == LOG


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/settings/",
        "/settings/devices/",
        "/session/",
        "/services/f/",
        "/services/f/conflicts/",
        "/services/f/conflicts/agreement/",
        "/services/f/weeks/",
        "/services/f/phone/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
    ],
)
def test_s05_everything_else_asks_for_the_password(nora, address):
    assert asks_to_sign_in(phone_of(nora).get(address))


def test_s05_more_detail_asks_for_the_password(nora):
    phone = phone_of(nora)
    saved = log(phone).url

    assert asks_to_sign_in(phone.get(f"{saved}detail/"))
    assert asks_to_sign_in(phone.post(f"{saved}detail/", {"note": "x"}))


def test_s05_the_log_shows_who_will_see_it_and_nothing_that_was_said(nora):
    colleague = make_conflict(nora.service.members.get(name="Ola Vik"), named=True, logged_at=oslo_days_ago(20))
    own = make_conflict(nora, logged_at=oslo_days_ago(20))
    for conflict in (colleague, own):
        make_answer(conflict, text="A swap with the day team")
    assert "A swap with the day team" in main_text(client_of(nora).get(LOG))

    response = phone_of(nora).get(LOG)
    page = document(response)

    assert "Kari Nes" in main_text(response)  # who will see it
    assert "A swap with the day team" not in response.content.decode()
    assert not page.xpath("//nav")
    links = set(page.xpath("//body//a/@href"))
    assert links == {"#main", "/", "?named=1", reverse("account_login")}
    actions = set(page.xpath("//form/@action"))
    assert actions <= {"", reverse("set_language"), reverse("phone_forget")}


def oslo_days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_s05_no_page_of_it_is_kept_in_a_cache(nora):
    assert "no-store" in phone_of(nora).get(LOG)["Cache-Control"]


def test_s05_it_speaks_the_persons_language(nora):
    nora.user.language = "nb"
    nora.user.save(update_fields=["language"])

    assert document(phone_of(nora).get(LOG)).get("lang") == "nb"


def test_r02_the_log_takes_at_most_six_queries(nora):
    phone = phone_of(nora)
    phone.get(LOG)

    with CaptureQueriesContext(connection) as queries:
        assert phone.get(LOG).status_code == 200

    assert len(queries) <= 6, [query["sql"] for query in queries]


def test_s05_somebody_signed_in_on_the_phone_has_the_whole_service(nora):
    phone = phone_of(nora)
    phone.force_login(nora.user)

    response = phone.get(LOG)

    assert document(response).xpath("//nav")
    assert "Forget this phone" in main_text(response)


# What ends it


def test_s05_it_lasts_thirty_days(nora, clock):
    phone = phone_of(nora)

    clock.shift(timedelta(days=30, seconds=-1))
    assert phone.get(LOG).status_code == 200
    clock.shift(timedelta(seconds=1))
    assert asks_to_sign_in(phone.get(LOG))
    assert asks_to_sign_in(log(phone))


def test_s05_undo_on_it_ends_after_ten_minutes(nora, clock):
    phone = phone_of(nora)
    saved = log(phone).url

    clock.shift(timedelta(minutes=10))
    assert phone.get(saved).status_code == 200
    clock.shift(timedelta(seconds=1))

    assert asks_to_sign_in(phone.get(saved))
    assert asks_to_sign_in(phone.post(saved, {"displaced": "session"}))
    assert asks_to_sign_in(phone.get(f"{saved}withdraw/"))
    assert asks_to_sign_in(phone.post(f"{saved}withdraw/"))
    assert PriorityConflict.objects.get().displaced == ""


def test_s05_it_finds_no_entry_of_somebody_else(nora):
    colleague = nora.service.members.get(name="Ola Vik")
    other = make_conflict(colleague, named=True)
    phone = phone_of(nora)

    for address in (f"/services/f/conflicts/{other.pk}/", f"/services/f/conflicts/{other.pk}/withdraw/"):
        assert phone.get(address).status_code == 404
        assert phone.post(address).status_code == 404
    assert PriorityConflict.objects.get() == other


def test_s05_it_opens_no_other_service_and_does_not_tell_of_one(nora):
    elsewhere = make_service("g")
    make_agreement(elsewhere)
    leads = make_service("h")
    make_leader(leads, user=nora.user)
    phone = phone_of(nora)

    for key in ("g", "h", "no-such-service"):
        assert asks_to_sign_in(phone.get(f"/services/{key}/conflicts/new/"))
        assert asks_to_sign_in(phone.post(f"/services/{key}/conflicts/new/", {"reason": "meeting"}))
    assert not PriorityConflict.objects.exists()


def test_s05_the_address_on_the_home_screen_leads_to_the_log(nora):
    answer = phone_of(nora).get(START)

    assert (answer.status_code, answer.url) == (302, LOG)


def test_s05_who_logs_in_two_services_chooses_there_and_sees_no_more(nora):
    make_agreement(other := make_service("g"), recorded_by=make_leader(other))
    make_member(other, role=Role.PRACTITIONER, user=nora.user, name=nora.name)

    page = document(answer := phone_of(nora).get(START))

    assert page.xpath("//main//a/@href") == [LOG, "/services/g/conflicts/new/"]
    assert not page.xpath("//*[@id='menu']")
    assert "no-store" in answer["Cache-Control"]


def test_s05_the_address_on_the_home_screen_asks_who_comes_without_a_phone_that_holds(nora, clock):
    phone = phone_of(nora)
    clock.shift(timedelta(days=31))

    assert asks_to_sign_in(phone.get(START))


def test_s05_it_opens_nothing_after_leaving_the_service(nora, clock):
    phone = phone_of(nora)
    nora.leaves_on = timezone.localdate()
    nora.save(update_fields=["leaves_on"])

    assert phone.get(LOG).status_code == 200
    clock.shift(timedelta(days=1))
    assert asks_to_sign_in(phone.get(LOG))


def test_s05_it_opens_nothing_for_somebody_with_another_role(nora):
    phone = phone_of(nora)
    nora.role = Role.ADVISER
    nora.save(update_fields=["role"])

    assert asks_to_sign_in(phone.get(LOG))


def test_s05_it_ends_with_the_person(nora):
    phone = phone_of(nora)
    nora.user.is_active = False
    nora.user.save(update_fields=["is_active"])

    assert asks_to_sign_in(phone.get(LOG))
    assert asks_to_sign_in(log(phone))


def test_s05_a_new_password_ends_it_however_it_was_set(nora):
    phone = phone_of(nora)
    nora.user.set_password("fem helt nye ord her")
    nora.user.save(update_fields=["password"])

    assert asks_to_sign_in(phone.get(LOG))
    assert phones.phones_of(nora.user, at=timezone.now()) == []


def test_s05_whoever_holds_it_can_have_it_forgotten(nora):
    phone = phone_of(nora)
    token = phone.cookies[COOKIE].value

    response = phone.post(reverse("phone_forget"))
    phone.cookies[COOKIE] = token  # a copy does not work either

    assert response.cookies[COOKIE]["max-age"] == 0
    assert asks_to_sign_in(phone.get(LOG))
    assert not RememberedPhone.objects.exists()


def test_s05_a_made_up_cookie_opens_nothing(nora):
    phone = phone_of(nora)
    phone.cookies[COOKIE] = phone.cookies[COOKIE].value[:-1] + "x"

    assert asks_to_sign_in(phone.get(LOG))


def test_s10_a_closed_log_stays_closed_on_it(nora):
    nora.service.logging_agreements.all().delete()
    phone = phone_of(nora)

    page = phone.get(LOG)
    log(phone)

    assert "The log is closed." in main_text(page)
    assert not PriorityConflict.objects.exists()


# What is kept of its use


def test_s05_the_day_of_use_is_kept_and_reading_is_no_use(nora, clock):
    phone = phone_of(nora)
    phone.get(LOG)
    before = RememberedPhone.objects.get().last_used_on

    log(phone)

    assert before is None
    assert RememberedPhone.objects.get().last_used_on == timezone.localdate()


def test_s05_the_trail_says_that_a_phone_was_remembered_and_forgotten_to_no_leader(nora):
    browser = client_of(nora)
    browser.post(reverse("phone_remember", args=["f"]))
    browser.post(reverse("phone_forget"))

    events = AuditEvent.objects.filter(code__startswith="phone.").order_by("pk")

    assert [event.code for event in events] == ["phone.remembered", "phone.forgotten"]
    assert {(event.actor, event.service_key) for event in events} == {(nora.user.audit_id, "")}


def test_s12_nothing_is_left_of_a_phone_that_expired(nora, clock):
    phone_of(nora)
    clock.shift(timedelta(days=31))
    phone_of(nora)

    assert phones.forget_expired(timezone.now()) == 1
    assert RememberedPhone.objects.count() == 1


def test_signing_in_leads_from_the_log_to_the_page_that_was_asked_for(nora):
    phone = phone_of(nora)
    asked = phone.get("/services/f/conflicts/")

    back = phone.post(asked.url, {"login": nora.user.email, "password": PASSWORD})

    assert back.url == "/services/f/conflicts/"
