"""Logging with one tap, what it shows to whom and when, taking it back, answering, and the gate before it."""

import json
import re
import uuid
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from lxml import html

from accounts.access import may
from accounts.models import AuditEvent, Role, Submission
from planning import action_plans, conflicts
from planning.models import Action, ConflictAnswer, LoggingAgreement, PriorityConflict
from tests.factories import (
    make_adviser,
    make_agreement,
    make_answer,
    make_conflict,
    make_leader,
    make_member,
    make_practitioner,
    make_service,
    make_sponsor,
    make_stand_in,
    make_stranger,
)
from tests.planning.site import Site, client_of, document, empty_site, full_site, main_text, page, service_addresses

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 30)
REASONS = {
    "acute": "Acute patient",
    "staff": "Short of staff",
    "meeting": "Meeting",
    "documentation": "Documentation",
    "other_programme": "Other programme",
    "other": "Something else",
}


def oslo(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def clock():
    with time_machine.travel(oslo("2026-11-25T09:30"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def author(clock):
    """A practitioner of a service whose log is open, with a leader and two colleagues."""
    service = make_service("f")
    make_agreement(service)
    make_leader(service)
    make_practitioner(service, name="Asta Ro")
    make_practitioner(service, name="Odd Vang")
    return make_practitioner(service)


def tap(client: Client, key: str, reason: str = "meeting", *, named: bool = False, **data):
    """One tap on a reason, as the page would send it."""
    address = f"/services/{key}/conflicts/new/?named={int(named)}"
    opened = document(client.get(address)).get_element_by_id("page-form")
    sent = {one.get("name"): one.get("value") for one in opened.xpath(".//input")}
    return client.post(address, sent | {"reason": reason} | data)


# ------------------------------------------------------------------------------------------------
# F01, F02: one tap
# ------------------------------------------------------------------------------------------------


def test_f01_each_reason_is_a_button_that_stores_it(author):
    form = document(client_of(author).get("/services/f/conflicts/new/")).get_element_by_id("page-form")

    buttons = form.xpath(".//button")

    assert [(button.get("value"), button.text_content()) for button in buttons] == list(REASONS.items())
    assert {(button.get("type"), button.get("name")) for button in buttons} == {("submit", "reason")}
    assert {one.get("type") for one in form.xpath(".//input")} == {"hidden"}


@pytest.mark.parametrize("reason", REASONS)
def test_f01_one_tap_stores_an_entry_of_now_and_leads_to_saved_with_undo_and_detail(author, reason):
    client = client_of(author)

    response = tap(client, "f", reason)

    conflict = PriorityConflict.objects.get()
    assert (conflict.author, conflict.service, conflict.reason) == (author, author.service, reason)
    assert (conflict.named, conflict.happened_on, conflict.logged_at) == (False, WEDNESDAY, oslo("2026-11-25T09:30"))
    assert response.url == f"/services/f/conflicts/{conflict.pk}/"
    saved = client.get(response.url)
    assert document(saved).xpath("string(//h1)") == "Saved for week 48"
    assert [button.text_content() for button in document(saved).xpath("//main//button")][-1] == "Undo"
    assert document(saved).xpath("//main//a[text()='Add detail']/@href") == [
        f"/services/f/conflicts/{conflict.pk}/detail/"
    ]


def test_f02_reason_and_effect_take_two_taps_and_no_typing(author):
    client = client_of(author)
    saved = document(client.get(tap(client, "f", "staff").url))
    form = saved.get_element_by_id("page-form")
    assert {one.get("type") for one in form.xpath(".//input")} == {"hidden"}
    assert [button.get("value") for button in form.xpath(".//button")] == PriorityConflict.Displaced.values

    conflict = PriorityConflict.objects.get()
    sent = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    response = client.post(f"/services/f/conflicts/{conflict.pk}/", sent | {"displaced": "session"}, follow=True)

    conflict.refresh_from_db()
    assert conflict.displaced == "session"
    assert "Short of staff · A session" in main_text(response)
    assert "What did it displace?" not in main_text(response)


def test_f02_by_keyboard_the_buttons_are_the_first_things_in_main(author):
    """Tab and Enter on the way past the header, then Tab and Enter on each of the two pages: six presses."""
    client = client_of(author)
    log = client.get("/services/f/conflicts/new/")
    saved = client.get(tap(client, "f").url)

    for response, name in ((log, "reason"), (saved, "displaced")):
        everything = document(response).xpath("//body//*[self::a or self::button or self::summary]")
        assert (everything[0].get("class"), everything[0].get("href")) == ("skip", "#main")
        inside = document(response).xpath("//main//*[self::a or self::button or self::summary]")
        assert inside[0].get("name") == name
    assert document(saved).xpath("//main/h1/@autofocus")


def test_opening_the_pages_stores_nothing(author):
    client = client_of(author)

    for _time in range(2):
        client.get("/services/f/conflicts/new/?named=1&reason=acute")

    assert not PriorityConflict.objects.exists()
    assert not AuditEvent.objects.filter(code__startswith="conflict.").exists()


def test_f10_the_visibility_chosen_last_is_remembered_and_nothing_else(author):
    client = client_of(author)
    assert "Log with my name" in main_text(client.get("/services/f/conflicts/new/"))

    tap(client, "f", named=True)

    again = client.get("/services/f/conflicts/new/")
    assert "Log without my name" in main_text(again)
    assert document(again).xpath("//input[@name='named']/@value") == ["1"]
    assert "Log with my name" in main_text(client.get("/services/f/conflicts/new/?named=0"))
    assert PriorityConflict.objects.get().named


def test_f10_the_visibility_chosen_in_one_service_is_not_chosen_in_another(author):
    elsewhere = make_practitioner(make_service("g"), user=author.user)
    make_agreement(elsewhere.service)
    client = client_of(author)
    tap(client, "f", named=True)

    there = client.get("/services/g/conflicts/new/")

    assert document(there).xpath("//input[@name='named']/@value") == [""]


def test_f06_the_same_tap_twice_is_one_entry_and_one_page(author):
    client = client_of(author)
    key = str(uuid.uuid4())

    first = tap(client, "f", submission=key)
    again = tap(client, "f", submission=key)

    assert first.url == again.url
    assert PriorityConflict.objects.count() == 1


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        ("2026-12-31T12:00", 53),
        ("2027-01-03T23:59", 53),
        ("2027-01-04T00:00", 1),
        ("2027-12-31T12:00", 52),
        ("2028-02-29T12:00", 9),
    ],
)
def test_the_week_is_the_calendars_also_at_the_end_of_a_year(author, clock, moment, week):
    clock.move_to(oslo(moment))
    make_agreement(author.service)
    client = client_of(author)

    saved = client.get(tap(client, "f").url)

    assert document(saved).xpath("string(//h1)") == f"Saved for week {week}"
    assert f"week {week}" in main_text(client.get("/services/f/conflicts/"))


# ------------------------------------------------------------------------------------------------
# F04, F05: detail and undo
# ------------------------------------------------------------------------------------------------


def test_f04_detail_is_added_by_a_plain_form(author):
    client = client_of(author)
    here = tap(client, "f").url

    response = client.post(
        f"{here}detail/",
        {
            "happened_on": "2026-11-24",
            "displaced": "preparation",
            "hours": "1.5",
            "wanted_help": "time",
            "note": "Two meetings at once",
            "named": "True",
        },
        follow=True,
    )

    assert response.redirect_chain == [(here, 302)]
    conflict = PriorityConflict.objects.get()
    assert (conflict.happened_on, conflict.displaced, str(conflict.hours)) == (
        date(2026, 11, 24),
        "preparation",
        "1.50",
    )
    assert (conflict.wanted_help, conflict.note, conflict.show_note) == ("time", "Two meetings at once", False)
    assert (conflict.named, conflict.released_on) == (True, WEDNESDAY)


def mentions(key) -> set[str]:
    """The models in whose rows the key of an entry stands, in whatever field."""
    return {
        model.__name__
        for model in apps.get_models()
        if any(str(key) in str(row) for row in model._default_manager.values())
    }


@pytest.mark.parametrize("named", [False, True])
def test_f05_undo_leaves_nothing_but_a_key_in_the_trail(author, named):
    client = client_of(author)
    here = tap(client, "f", named=named).url
    client.post(here, {"displaced": "session"})
    key = PriorityConflict.objects.get().pk
    undo = document(client.get(here)).xpath("//form[.//button[text()='Undo']]")[0]

    sent = {one.get("name"): one.get("value") for one in undo.xpath(".//input")}
    response = client.post(undo.get("action"), sent, follow=True)

    assert "Withdrawn. Nothing of the entry is left." in main_text(response)
    assert mentions(key) == {"AuditEvent"}
    assert {event.actor for event in AuditEvent.objects.filter(object_id=str(key))} == {None}
    assert client.get(here).status_code == 404


def test_f06_a_tap_that_was_undone_does_not_come_back_when_sent_again(author):
    client = client_of(author)
    key = str(uuid.uuid4())
    here = tap(client, "f", submission=key).url
    client.post(f"{here}withdraw/", {"submission": str(uuid.uuid4())})

    again = tap(client, "f", submission=key)

    assert again.url == "/services/f/conflicts/"
    assert not PriorityConflict.objects.exists()
    assert Submission.objects.get(key=key).success_url == "/services/f/conflicts/"


def test_undo_is_offered_for_ten_minutes_and_withdrawing_always(author, clock):
    client = client_of(author)
    here = tap(client, "f").url

    clock.move_to(oslo("2026-11-25T09:40"))
    assert "Undo" in main_text(client.get(here))
    clock.move_to(oslo("2026-11-25T09:41"))
    assert "Undo" not in main_text(client.get(here))
    clock.move_to(oslo("2026-12-09T09:00"))
    client = client_of(author)
    assert "Withdraw" in main_text(client.get("/services/f/conflicts/"))
    client.post(f"{here}withdraw/", {})
    assert not PriorityConflict.objects.exists()


def test_an_entry_that_others_have_read_is_not_changed_but_can_be_withdrawn(author, clock):
    client = client_of(author)
    here = tap(client, "f").url
    clock.move_to(oslo("2026-11-30T09:00"))
    client = client_of(author)

    opened = client.get(f"{here}detail/")
    sent = client.post(f"{here}detail/", {"happened_on": "2026-11-25", "named": "False", "note": "Too late"})
    tapped = client.post(here, {"displaced": "session"})

    for response in (opened, sent, tapped):
        assert "can no longer be changed" in main_text(response)
    assert document(sent).xpath("//main//form") == []
    line = document(tapped).xpath("//*[@class='summary']//a")[0]
    assert document(tapped).get_element_by_id(line.get("href")[1:]) is not None
    assert "Withdraw" in main_text(opened)
    conflict = PriorityConflict.objects.get()
    assert (conflict.note, conflict.displaced) == ("", "")


def test_nobody_but_the_author_finds_the_pages_of_an_entry(author):
    conflict = make_conflict(author, named=True)
    service = author.service

    for reader in (service.members.get(name="Asta Ro"), make_stranger(), *service.members.filter(role=Role.LEADER)):
        for way in ("", "detail/", "withdraw/"):
            url = f"/services/f/conflicts/{conflict.pk}/{way}"
            assert client_of(reader).get(url).status_code in (403, 404)
            assert client_of(reader).post(url, {"displaced": "session"}).status_code in (403, 404)
    assert PriorityConflict.objects.get().displaced == ""


def test_an_author_who_now_leads_can_still_withdraw(author):
    conflict = make_conflict(author)
    author.role = Role.STAND_IN
    author.save()
    client = client_of(author)

    assert "yours" in main_text(client.get("/services/f/conflicts/"))
    response = client.post(f"/services/f/conflicts/{conflict.pk}/withdraw/", {}, follow=True)

    assert response.status_code == 200
    assert not PriorityConflict.objects.exists()


# ------------------------------------------------------------------------------------------------
# F13: who will see it, by name
# ------------------------------------------------------------------------------------------------


def make_mixed_team() -> Site:
    """People in every role, twice; some gone, one gone before Monday, one without login, one whose login is closed."""
    service = make_service("m")
    make_agreement(service)
    tomorrow = WEDNESDAY + timedelta(days=1)
    people = {
        "author": make_practitioner(service, name="Anna Forfatter"),
        "leader": make_leader(service, name="Bente Leder"),
        "stand_in": make_stand_in(service, name="Carl Vikar"),
        "leaving": make_leader(service, name="Dag Slutter", leaves_on=tomorrow),
        "colleague": make_practitioner(service, name="Eva Kollega"),
        "leaving_colleague": make_practitioner(service, name="Finn Reiser", leaves_on=tomorrow),
        "gone": make_practitioner(service, name="Geir Borte", leaves_on=WEDNESDAY - timedelta(days=1)),
        "without_login": make_member(service, name="Hege Uten", login=False),
        "adviser": make_adviser(service, name="Ida Rad"),
        "sponsor": make_sponsor(service, name="Jon Eier"),
    }
    closed = make_practitioner(service, name="Kjell Stengt")
    closed.user.is_active = False
    closed.user.save()
    return Site(service, people | {"closed": closed})


def names_above_the_buttons(response, site) -> set[str]:
    above = " ".join(one.text_content() for one in document(response).xpath("//main//*[@class='who-sees']"))
    return {member.name for member in site.people.values() if member.name in above}


def who_gets_it(site, conflict, moments, clock) -> set[str]:
    """Everybody to whom the list of conflicts shows the entry at one of these moments."""
    shown = set()
    for moment in moments:
        clock.move_to(oslo(moment))
        for member in site.people.values():
            if member.user and member.pk != conflict.author_id:
                client = client_of(member)
                response = client.get("/services/m/conflicts/")
                if response.status_code == 200 and "Other programme" in document(response).xpath("string(//main//ul)"):
                    shown.add(member.name)
    return shown


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (False, {"Bente Leder", "Carl Vikar", "Eva Kollega"}),
        (True, {"Bente Leder", "Carl Vikar", "Eva Kollega", "Dag Slutter"}),
    ],
)
def test_f13_the_names_above_the_buttons_are_those_of_the_people_who_get_it(clock, named, expected):
    site = make_mixed_team()
    client = client_of(site.author)
    log = client.get(f"/services/m/conflicts/new/?named={int(named)}")
    saved = client.get(tap(client, "m", "other_programme", named=named).url)
    conflict = PriorityConflict.objects.get()
    detail = client.get(f"/services/m/conflicts/{conflict.pk}/detail/")

    got = who_gets_it(site, conflict, ["2026-11-25T10:00", "2026-11-29T23:59", "2026-11-30T00:00"], clock)

    assert got == expected
    assert names_above_the_buttons(log, site) == expected
    assert names_above_the_buttons(saved, site) == expected
    assert names_above_the_buttons(detail, site) >= expected


@pytest.mark.parametrize(
    ("colleagues", "named", "words"),
    [
        (0, False, "You are the only one who can log here: your leader will know this is you."),
        (1, False, "There are only two of you: your colleague will know this is you, your leader can guess."),
        (1, True, "There are only two of you: your colleague will know this is you."),
        (2, False, "You are few, so this is not anonymous: others may guess."),
        (4, False, "You are few, so this is not anonymous: others may guess."),
    ],
)
def test_in_a_small_team_the_form_says_before_saving_that_one_can_be_known(clock, colleagues, named, words):
    service = make_service("f")
    make_agreement(service)
    make_leader(service)
    author = make_practitioner(service)
    for _colleague in range(colleagues):
        make_practitioner(service, name="Asta Ro")
    make_member(service, login=False)  # cannot log, so nobody would take an entry for theirs

    opened = client_of(author).get(f"/services/f/conflicts/new/?named={int(named)}")

    text = main_text(opened)
    assert words in text
    assert text.index(words) < text.index("Acute patient")


def test_in_a_larger_team_nothing_of_the_kind_is_said(clock):
    service = make_service("f")
    make_agreement(service)
    make_leader(service)
    people = [make_practitioner(service) for _practitioner in range(6)]

    text = main_text(client_of(people[0]).get("/services/f/conflicts/new/"))

    assert "guess" not in text
    assert "will know" not in text


# ------------------------------------------------------------------------------------------------
# F14: without a name. Two worlds that differ only in what must not show look the same to everybody else
# ------------------------------------------------------------------------------------------------

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
OTHERS = (
    "leader",
    "third",
    "adviser",
    "sponsor",
)  # not Per and Asta, who write


def what_others_see(site: Site) -> dict[tuple[str, str], str]:
    """Every page of the service for everybody who may not know, and what the commands and the plan say."""
    seen = {}
    for role in OTHERS:
        member = site.people[role]
        client = client_of(member)
        for address in service_addresses():
            if may(member, address.view.permission):  # others get 403, whatever there is
                response = client.get(site.url(address.name))
                seen[role, address.name] = f"{response.status_code} {UUID.sub('', page(response))}"
    printed = StringIO()
    call_command("risks", site.service.key, "--format", "json", stdout=printed)
    seen["command", "risks"] = printed.getvalue()
    today = timezone.localdate()
    plan = action_plans.draft_content(site.service, as_of=today, language="en", on=today)
    seen["plan", "content"] = json.dumps(plan, default=str)
    assert len(seen) > 80
    return seen


def differing(one: dict, other: dict) -> list:
    return [where for where in one if one[where] != other[where]]


class AnotherWorld:
    """What happens within is undone at its end."""

    def __enter__(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def __exit__(self, *problem):
        transaction.set_rollback(True)
        self.transaction.__exit__(*problem)


def log_with_everything(member, *, reason="documentation", **detail):
    """An entry with all that can be said, by the pages that members use."""
    client = client_of(member)
    here = tap(client, member.service.key, reason).url
    client.post(here, {"displaced": "supervision"})
    said = {"happened_on": timezone.localdate().isoformat(), "displaced": "supervision", "named": "False"}
    response = client.post(f"{here}detail/", said | detail)
    assert response.status_code == 302, main_text(response)
    return here


@pytest.fixture
def site(clock):
    clock.move_to(oslo("2026-11-24T08:00"))
    return full_site("f")


@pytest.mark.timeout(300)
def test_f14_until_the_last_minute_of_sunday_nobody_else_gets_any_trace_of_it(site, clock):
    worlds = []
    for logs in (False, True):
        with AnotherWorld():
            if logs:
                clock.move_to(oslo("2026-11-25T09:30"))
                log_with_everything(
                    site.practitioner, note="Quarrelsome words", show_note="on", hours="2", wanted_help="decision"
                )
                clock.move_to(oslo("2026-11-29T23:58"))
                log_with_everything(site.colleague, reason="meeting", happened_on="2026-11-28")
            clock.move_to(oslo("2026-11-29T23:59:59"))
            worlds.append(what_others_see(site))

    assert differing(*worlds) == []


def test_f14_before_monday_the_addresses_of_an_entry_lead_others_to_nothing(site, clock):
    here = log_with_everything(site.practitioner)

    for role in OTHERS:
        client = client_of(site.people[role])
        for way in ("", "detail/", "withdraw/", "answer/"):
            assert client.get(here + way).status_code in (403, 404)
            assert client.post(here + way, {"state": "seen"}).status_code in (403, 404)
    assert not ConflictAnswer.objects.filter(conflict__reason="documentation").exists()


@pytest.mark.timeout(300)
def test_f14_from_monday_on_it_cannot_be_told_who_logged_it_when_or_in_which_order(site, clock):
    worlds = []
    for people, detail in (
        ((site.practitioner, site.colleague), {"hours": "4", "wanted_help": "cover", "note": "Hidden words"}),
        ((site.colleague, site.practitioner), {}),
    ):
        with AnotherWorld():
            clock.move_to(oslo("2026-11-24T10:07"))
            log_with_everything(people[0], happened_on="2026-11-24", **detail)
            clock.move_to(oslo("2026-11-27T16:41"))
            log_with_everything(people[1], reason="meeting", happened_on="2026-11-26")
            clock.move_to(oslo("2026-11-30T00:00"))
            worlds.append(what_others_see(site))

    assert differing(*worlds) == []
    text = html.document_fromstring(worlds[0]["leader", "conflicts"].partition(" ")[2]).text_content()
    assert " ".join(text.split()).count("displaced: Supervision week 48") == 2
    assert "Hidden words" not in str(worlds)


def test_f14_the_words_show_to_others_only_if_their_author_ticked_it(site, clock):
    log_with_everything(site.practitioner, note="Shown words", show_note="on")
    log_with_everything(site.practitioner, note="Hidden words")
    clock.move_to(oslo("2026-11-30T00:00"))

    for role in ("leader", "third"):
        text = main_text(client_of(site.people[role]).get("/services/f/conflicts/"))
        assert "“Shown words”" in text
        assert "Hidden words" not in text
    assert "words" not in main_text(client_of(site.adviser).get("/services/f/conflicts/"))


@pytest.mark.timeout(300)
def test_f14_withdrawn_it_is_gone_from_every_page_at_once(site, clock):
    worlds = []
    for withdrawn_at in (None, "2026-11-26T12:00", "2026-11-30T08:00"):
        with AnotherWorld():
            if withdrawn_at:
                clock.move_to(oslo("2026-11-24T10:07"))
                here = log_with_everything(site.practitioner)
                clock.move_to(oslo(withdrawn_at))
                assert client_of(site.practitioner).post(f"{here}withdraw/", {}).status_code == 302
            clock.move_to(oslo("2026-11-30T09:00"))
            worlds.append(what_others_see(site))

    never_logged, withdrawn_before_monday, withdrawn_after = worlds
    assert differing(never_logged, withdrawn_before_monday) == []
    assert differing(never_logged, withdrawn_after) == []


def test_f14_from_monday_on_it_counts_and_waits_for_an_answer(site, clock):
    log_with_everything(site.practitioner)
    leader, adviser = site.leader, site.adviser

    def counted():
        return [
            "3 entries wait for your answer." in main_text(client_of(leader).get("/services/f/conflicts/")),
            "Documentation" in main_text(client_of(leader).get("/services/f/")),
            "Documentation" in main_text(client_of(adviser).get("/services/f/conflicts/")),
            "Logged a conflict" in main_text(client_of(leader).get("/services/f/audit/")),
            "3 entries" in main_text(client_of(leader).get(site.url("review"))),
        ]

    clock.move_to(oslo("2026-11-29T23:59"))
    assert not any(counted())
    clock.move_to(oslo("2026-11-30T00:00"))
    assert all(counted())


# ------------------------------------------------------------------------------------------------
# F17: answers
# ------------------------------------------------------------------------------------------------


def test_f04_the_leader_answers_by_a_plain_form_and_the_author_reads_it_first(author, clock):
    conflict = make_conflict(author, named=True)
    leader = author.service.members.get(role=Role.LEADER)
    client = client_of(leader)
    assert "1 entry waits for your answer." in main_text(client.get("/services/f/conflicts/"))

    response = client.post(
        f"/services/f/conflicts/{conflict.pk}/answer/",
        {
            "state": "planned",
            "text": "We swap with the day team",
            "action_title": "Agree on a swap",
            "action_due_on": "2026-12-04",
            "action_owner": leader.pk,
        },
        follow=True,
    )

    text = main_text(response)
    assert "Answered. Nothing else waits for an answer." in text
    assert "→ Planned: We swap with the day team · Agree on a swap, Fri 4 Dec" in text
    assert Action.objects.get().owner == leader
    home = main_text(client_of(author).get("/services/f/"))
    assert home.index("You said → we did") < home.index("We swap with the day team")
    assert "Meeting" not in home
    assert "We swap with the day team" in main_text(client_of(author).get("/services/f/conflicts/new/"))


@pytest.mark.parametrize("state", ConflictAnswer.State)
def test_f17_each_answer_reaches_its_author_named_or_not(author, clock, state):
    conflict = make_conflict(author)
    make_answer(conflict, state=state, text="Because")

    text = main_text(client_of(author).get("/services/f/"))

    assert f"→ {state.label}: Because" in text


def test_after_an_answer_the_leader_reads_how_many_wait(author, clock):
    conflict = make_conflict(author, named=True)
    make_conflict(author, named=True)
    make_conflict(author, named=True)

    response = client_of(author.service.members.get(role=Role.LEADER)).post(
        f"/services/f/conflicts/{conflict.pk}/answer/", {"state": "seen"}, follow=True
    )

    assert "Answered. 2 entries still wait." in main_text(response)


def test_the_answer_page_shows_what_the_leader_may_know(author, clock):
    conflict = make_conflict(author, displaced="session", wanted_help="cover", note="Hidden", hours=2)
    clock.move_to(oslo("2026-11-30T09:00"))
    leader = author.service.members.get(role=Role.LEADER)

    text = main_text(client_of(leader).get(f"/services/f/conflicts/{conflict.pk}/answer/"))

    assert "Acute patient · displaced: A session week 48" in text
    for hidden in ("Somebody to cover for me", "Hidden"):
        assert hidden not in text
    assert text.index("week 48") < text.index("Seen")


def test_an_entry_withdrawn_meanwhile_says_so_to_who_answers(author, clock, monkeypatch):
    conflict = make_conflict(author, named=True)
    leader = author.service.members.get(role=Role.LEADER)
    real = conflicts.answer

    def answer_after_withdrawal(**kwargs):
        PriorityConflict.objects.all().delete()
        return real(**kwargs)

    monkeypatch.setattr(conflicts, "answer", answer_after_withdrawal)

    response = client_of(leader).post(f"/services/f/conflicts/{conflict.pk}/answer/", {"state": "seen"})

    assert "This entry was withdrawn in the meantime. Nothing was saved." in main_text(response)


# ------------------------------------------------------------------------------------------------
# S10: the gate
# ------------------------------------------------------------------------------------------------

AGREEMENT = {
    "purpose": "To make room for IMR",
    "ground": "public_task",
    "discussed_on": "2026-11-20",
    "discussed_with": "The shop steward",
    "information": "Entries are for planning only",
    "keep_months": "12",
    "evaluate_on": "2027-11-25",
}


def test_s10_while_the_log_is_closed_a_post_stores_nothing_and_says_why(clock):
    author = make_practitioner(make_service("f"))
    client = client_of(author)

    opened = client.get("/services/f/conflicts/new/")
    sent = client.post("/services/f/conflicts/new/", {"reason": "acute", "named": ""})

    assert document(opened).xpath("//main//button") == []
    assert "The log is closed. It opens once the leader has recorded what it is for." in main_text(opened)
    assert sent.status_code == 200
    assert "The log is closed. Your leader opens it by recording what it is for." in main_text(sent)
    assert document(sent).xpath("string(//title)").startswith("Error: ")
    target = document(sent).xpath("//*[@class='summary']//a/@href")[0][1:]
    assert document(sent).get_element_by_id(target) is not None
    assert not PriorityConflict.objects.exists()
    assert not AuditEvent.objects.exists()


def test_s10_the_leader_records_what_it_is_for_and_practitioners_read_it_and_log(clock):
    service = make_service("f")
    leader, practitioner = make_leader(service), make_practitioner(service)
    assert "The log is closed." in main_text(client_of(leader).get("/services/f/conflicts/"))
    assert "Closed until you record what it is for." in main_text(client_of(leader).get("/services/f/"))
    assert "The leader has not recorded it yet." in main_text(
        client_of(practitioner).get("/services/f/conflicts/agreement/")
    )

    response = client_of(leader).post("/services/f/conflicts/agreement/", AGREEMENT, follow=True)

    assert "Recorded. Practitioners can log conflicts from now on." in main_text(response)
    assert LoggingAgreement.objects.get().recorded_by == leader
    text = main_text(client_of(practitioner).get("/services/f/conflicts/agreement/"))
    for words in (
        "To make room for IMR",
        "A task in the public interest",
        "Fri 20 Nov, The shop steward",
        "Entries are for planning only",
        "12 months",
        "Thu 25 Nov 2027",
    ):
        assert words in text
    assert tap(client_of(practitioner), "f").status_code == 302


@pytest.mark.parametrize("missing", AGREEMENT)
def test_s10_nothing_of_it_may_be_missing(clock, missing):
    leader = make_leader(make_service("f"))

    response = client_of(leader).post("/services/f/conflicts/agreement/", AGREEMENT | {missing: ""})

    assert response.status_code == 200
    assert len(document(response).xpath("//*[@class='summary']//li")) == 1
    assert not LoggingAgreement.objects.exists()


def test_s10_only_leaders_record_it(clock):
    service = make_service("f")

    for member in (make_practitioner(service), make_adviser(service), make_sponsor(service)):
        assert client_of(member).post("/services/f/conflicts/agreement/", AGREEMENT).status_code == 403
    assert not LoggingAgreement.objects.exists()


@pytest.mark.parametrize(
    ("evaluate_on", "warning", "open_"),
    [
        ("2026-12-26", None, True),
        ("2026-12-25", "To be looked at again by Fri 25 Dec.", True),
        ("2026-09-27", "To be looked at again by Sun 27 Sep.", True),
        ("2026-09-26", "The log is closed: this was to be looked at again", False),
    ],
)
def test_s10_warned_thirty_days_before_paused_sixty_days_after(clock, evaluate_on, warning, open_):
    service = make_service("f")
    leader, practitioner = make_leader(service), make_practitioner(service)
    make_agreement(service, evaluate_on=date.fromisoformat(evaluate_on), recorded_at=oslo("2026-01-05T12:00"))

    home = main_text(client_of(leader).get("/services/f/"))
    agreement = main_text(client_of(leader).get("/services/f/conflicts/agreement/"))
    taken = client_of(practitioner).post("/services/f/conflicts/new/", {"reason": "acute"})

    assert ("The agreement on the conflict log is due to be looked at." in home) is (warning is not None)
    assert warning is None or warning in agreement
    assert (taken.status_code == 302) is open_
    assert PriorityConflict.objects.exists() is open_


def test_an_adviser_is_not_asked_to_look_at_the_agreement(clock):
    adviser = make_adviser(make_service("f"))
    make_agreement(adviser.service, evaluate_on=WEDNESDAY)

    home = client_of(adviser).get("/services/f/")

    assert "due to be looked at" not in main_text(home)
    assert "/agreement/" not in page(home)


# ------------------------------------------------------------------------------------------------
# F18
# ------------------------------------------------------------------------------------------------

SAYS_NOT = (
    "You are few, so this is not anonymous: others may guess.",
    "Dere er få, så dette er ikke anonymt: Andre kan gjette.",
)


@pytest.mark.timeout(300)
def test_f18_no_page_says_anonymous_but_to_say_that_entries_are_not(clock):
    full, empty = full_site(), empty_site()
    people = [(full, "leader"), (full, "practitioner"), (full, "sponsor"), (empty, "practitioner")]
    for site, role in people:
        member = site.people[role]
        for language in ("en", "nb"):
            client = client_of(member, language=language)
            for address in service_addresses():
                if may(member, address.view.permission):
                    text = page(client.get(site.url(address.name)))
                    for sentence in SAYS_NOT:
                        text = text.replace(sentence, "")
                    assert "anonym" not in text.lower(), (role, language, address.name)


def test_f18_no_translated_sentence_says_anonymous_but_to_say_that_entries_are_not():
    with open(settings.BASE_DIR / "locale/nb/LC_MESSAGES/django.po", "rb") as file:
        catalogue = read_po(file, locale="nb")

    said = {
        words
        for message in catalogue
        if message.id
        for pair in (message.id, message.string)
        for words in (pair if isinstance(pair, list | tuple) else [pair])
        if "anonym" in words.lower()
    }
    assert said <= set(SAYS_NOT)
