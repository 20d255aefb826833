"""The log on the home screen: its address, its manifest, what a phone keeps, and a tap that comes late."""

import json
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from accounts import phones
from planning import quick_page
from planning.models import PriorityConflict
from tests.factories import make_leader, make_practitioner, make_service
from tests.planning.site import client_of, document, main_text, tap

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 11, 25)
LANGUAGES = ["en", "nb"]
LOG = "/services/f/conflicts/new/"


def test_the_address_on_the_home_screen_leads_to_the_one_log(author):
    assert client_of(author).get("/log/").url == LOG


def test_with_two_logs_one_chooses_and_other_services_are_not_offered(author):
    make_practitioner(make_service("g", name="Second team"), user=author.user)
    make_leader(make_service("h", name="Third team"), user=author.user)

    page = document(client_of(author).get("/log/"))

    assert page.xpath("//main//li/a/text()") == ["Second team", "Service f"]
    assert page.xpath("//main//li/a/@href") == ["/services/g/conflicts/new/", LOG]


def test_whoever_logs_nowhere_begins_at_the_first_page(author):
    assert client_of(author.service.members.get(name="Kari Nes")).get("/log/").url == "/"


def test_signed_out_the_address_leads_to_the_sign_in_and_back():
    assert Client().get("/log/").url == "/accounts/login/?next=/log/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_is_whole_and_its_icons_are_there_in_their_sizes(language):
    response = Client().get(f"/log/{language}.webmanifest")

    manifest = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert (manifest["lang"], manifest["start_url"], manifest["display"]) == (language, "/log/", "standalone")
    assert ("konflikt" in manifest["name"]) == (language == "nb")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        with open(finders.find(icon["src"].removeprefix("/static/")), "rb") as file:
            head = file.read(24)
        assert f"{int.from_bytes(head[16:20])}x{int.from_bytes(head[20:24])}" == icon["sizes"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_and_the_first_page_can_be_put_on_the_home_screen(author, language):
    client = client_of(author, language=language)

    for address in (LOG, "/services/f/"):
        page = document(client.get(address))
        assert page.xpath("//link[@rel='manifest']/@href") == [f"/log/{language}.webmanifest"]
        assert page.xpath("//link[@rel='apple-touch-icon']/@href")


@pytest.mark.parametrize("language", LANGUAGES)
def test_s05_what_a_phone_keeps_is_the_same_page_for_everybody_and_names_nobody(author, language):
    address = f"/log/offline/{language}/"

    nobodys, own = Client().get(address), client_of(author).get(address)

    assert nobodys.content == own.content
    assert not nobodys.cookies
    page = document(nobodys)
    assert page.xpath("string(/html/@lang)") == language
    assert [one.get("value") for one in page.xpath("//form//button[@name='reason']")] == PriorityConflict.Reason.values
    assert page.xpath("//input") == []
    for name in author.service.members.values_list("name", flat=True):
        assert name not in nobodys.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "In a small team this is not anonymous: others may work out who logged it."),
        ("nb", "I et lite team er dette ikke anonymt: Andre kan forstå hvem som har ført det opp."),
    ],
)
def test_f16_the_page_without_a_connection_says_before_a_tap_that_a_small_team_may_guess(language, said):
    page = document(Client().get(f"/log/offline/{language}/"))

    (readers,) = page.xpath("//form//*[@class='who-sees'][following-sibling::*[@class='reasons']]")
    assert said in readers.text_content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_s03_the_worker_keeps_that_page_and_its_files_and_is_never_old(language):
    response = Client().get(f"/log/worker/{language}.js")

    script = response.content.decode()
    known = json.loads(re.search(r"const KNOWN = (.*);", script)[1])
    assert response["Content-Type"].startswith("text/javascript")
    assert (response["Service-Worker-Allowed"], response["Cache-Control"]) == ("/", "no-cache")
    assert known["shell"] == f"/log/offline/{language}/"
    shell = Client().get(known["shell"]).content.decode()
    assert sorted(known["assets"]) == sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', shell)))
    assert any("quick" in address for address in known["assets"])
    policy = response["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "default-src 'none'" in policy


def test_another_page_makes_another_worker(monkeypatch):
    before = quick_page.worker("en")
    assert quick_page.worker("en") == before
    assert quick_page.worker("nb") != before

    monkeypatch.setattr(quick_page, "shell", lambda language: "<p>Other words</p>")

    assert quick_page.worker("en") != before


def test_f14_the_mark_on_a_phone_tells_two_people_apart_and_no_name(author):
    marks = {quick_page.mark_of(member) for member in author.service.members.all()}

    assert len(marks) == author.service.members.count()
    assert all(re.fullmatch(r"[0-9a-f]{32}", mark) for mark in marks)
    box = document(client_of(author).get(LOG)).xpath("//*[@data-waiting]")[0]
    assert box.get("data-owner") == quick_page.mark_of(author)
    assert box.get("hidden") is not None


def test_r03_the_log_page_and_what_it_is_drawn_with_are_small(author):
    response = client_of(author).get(LOG)

    files = quick_page.assets_of(response.content.decode())
    drawn = [one for one in files if not one.endswith(".png")]  # a phone fetches the icon when it puts it there
    sizes = []
    for address in drawn:
        with open(finders.find(address.removeprefix("/static/")), "rb") as file:
            sizes.append(len(file.read()))
    assert len(response.content) < 14_000
    assert len(response.content) + sum(sizes) < 64_000


# A tap that comes late


def asked_for_json(client, **data):
    """A tap as the page's script sends it."""
    form = document(client.get(LOG)).get_element_by_id("page-form")
    sent = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    return client.post(LOG, sent | {"reason": "meeting"} | data, headers={"accept": "application/json"})


@pytest.mark.parametrize("days", [0, 1, 14])
def test_a_tap_that_waited_carries_its_day_and_is_released_by_the_day_it_came(author, days):
    day = WEDNESDAY - timedelta(days=days)

    answer = asked_for_json(client_of(author), happened_on=day.isoformat())

    conflict = PriorityConflict.objects.get()
    assert answer.json() == {"url": f"/services/f/conflicts/{conflict.pk}/"}
    assert (conflict.happened_on, conflict.released_on) == (day, date(2026, 11, 30))


@pytest.mark.parametrize("day", ["2026-11-10", "2026-11-26", "no day"])
def test_a_day_too_long_ago_or_to_come_is_refused_in_words(author, day):
    answer = asked_for_json(client_of(author), happened_on=day)

    assert answer.status_code == 422
    assert len(answer.json()["problems"]) == 1
    assert not PriorityConflict.objects.exists()


def test_f04_without_script_a_refused_day_is_told_on_the_page(author):
    response = tap(client_of(author), "f", happened_on="2026-11-10")

    line = document(response).xpath("//*[@class='summary']//a")[0]
    assert line.text_content() == "Give a day within the last two weeks."
    assert document(response).get_element_by_id(line.get("href")[1:]) is not None


def test_f06_the_same_tap_sent_again_is_told_the_same_address(author):
    client = client_of(author)
    key = "6b8f3f0e-6ed7-4b59-9d5c-0d6a3f6b7c11"

    first = asked_for_json(client, submission=key, happened_on="2026-11-24")
    again = asked_for_json(client, submission=key, happened_on="2026-11-24")

    assert first.json() == again.json()
    assert PriorityConflict.objects.count() == 1


def test_s10_while_the_log_is_closed_a_tap_is_told_so(author):
    client = client_of(author)
    sent = {"reason": "meeting"}
    author.service.logging_agreements.all().delete()

    answer = client.post(LOG, sent, headers={"accept": "application/json"})

    assert answer.status_code == 422
    assert answer.json()["problems"] == ["The log is closed. Your leader opens it by recording what it is for."]
    page = document(client.get(LOG))
    assert page.xpath("//*[@data-closed]")
    assert page.xpath("//*[@data-waiting]/@data-owner") == [quick_page.mark_of(author)]


def test_signed_out_a_tap_leads_to_the_sign_in():
    answer = Client().post(LOG, {"reason": "meeting"}, headers={"accept": "application/json"})

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def test_signing_out_says_that_something_may_wait(author):
    page = document(client_of(author).get("/accounts/logout/"))

    (note,) = page.xpath("//*[@data-waiting-note]")
    assert note.get("hidden") is not None
    assert "still waiting on this phone" in main_text(client_of(author).get("/accounts/logout/"))


def test_s05_a_phone_is_left_by_signing_out_unless_it_is_remembered(author):
    client = client_of(author)
    left = "//form[@data-leaves-phone]/@action"
    assert document(client.get("/accounts/logout/")).xpath(left) == ["/accounts/logout/"]

    _phone, token = phones.remember(author.user, device="", at=timezone.now())
    client.cookies[settings.REMEMBERED_PHONE_COOKIE] = token
    assert document(client.get("/accounts/logout/")).xpath(left) == []
    assert document(client.get(LOG)).xpath(left) == []  # signed in all the same

    alone = Client()
    alone.cookies[settings.REMEMBERED_PHONE_COOKIE] = token
    assert document(alone.get(LOG)).xpath(left) == ["/phone/forget/"]
