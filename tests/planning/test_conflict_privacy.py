"""Who sees an entry and who does not: by name before saving, week and reason afterwards, nothing before Monday."""

from datetime import date, timedelta

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import timezone
from lxml import html

from accounts.access import may
from planning.models import ConflictAnswer, PriorityConflict
from tests.factories import (
    make_adviser,
    make_agreement,
    make_conflict,
    make_leader,
    make_member,
    make_practitioner,
    make_service,
    make_sponsor,
    make_stand_in,
)
from tests.planning.site import (
    Site,
    client_of,
    document,
    empty_site,
    full_site,
    main_text,
    oslo,
    page,
    service_addresses,
    tap,
)
from tests.planning.worlds import OTHERS, AnotherWorld, differing, what_others_see

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WEDNESDAY = date(2026, 11, 25)

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
    # Where the author chooses again who sees it, the same is said of either choice.
    conflict = make_conflict(author, named=named)
    chosen_again = document(client_of(author).get(f"/services/f/conflicts/{conflict.pk}/detail/"))
    without_name, with_name = (
        " ".join(one.text_content().split()) for one in chosen_again.xpath("//main//dd[@class='who-sees']")
    )
    assert words in (with_name if named else without_name)
    assert "guess" not in with_name


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
# F14: with a name. To all but the leaders it looks the same as without
# ------------------------------------------------------------------------------------------------


def told_to_others_than_leaders(*worlds) -> list:
    """Where worlds can be told apart by people who do not lead, or in what a plan or a command says."""
    return [where for where in differing(*worlds) if where[0] != "leader"]


@pytest.mark.timeout(300)
def test_f14_until_monday_an_entry_with_a_name_is_for_its_leaders_alone(site, clock):
    worlds = []
    for logs in (False, True):
        with AnotherWorld():
            if logs:
                clock.move_to(oslo("2026-11-25T09:30"))
                log_with_everything(site.practitioner, named="True", hours="2", wanted_help="decision")
            clock.move_to(oslo("2026-11-29T23:59:59"))
            worlds.append(what_others_see(site))

    assert told_to_others_than_leaders(*worlds) == []
    assert ("leader", "conflicts") in differing(*worlds)


@pytest.mark.timeout(300)
def test_f14_from_monday_on_it_cannot_be_told_from_its_answer_that_it_carried_a_name(site, clock):
    worlds = []
    for named, answered_at in ((False, "2026-11-30T08:00"), (True, "2026-11-26T12:00")):
        with AnotherWorld():
            clock.move_to(oslo("2026-11-25T09:30"))
            here = log_with_everything(site.practitioner, named=str(named))
            clock.move_to(oslo(answered_at))
            response = client_of(site.leader).post(f"{here}answer/", {"state": "not_now", "text": "In the new year"})
            assert response.status_code == 302
            clock.move_to(oslo("2026-12-02T09:00"))
            worlds.append(what_others_see(site))

    assert told_to_others_than_leaders(*worlds) == []
    assert "In the new year" in worlds[0]["third", "conflicts"]
    assert ("leader", "conflicts") in differing(*worlds)


# ------------------------------------------------------------------------------------------------
# F18
# ------------------------------------------------------------------------------------------------

SAYS_NOT = (
    "You are few, so this is not anonymous: others may guess.",
    "Dere er få, så dette er ikke anonymt: Andre kan gjette.",
    # On the page without a connection, which does not know how many there are.
    "In a small team this is not anonymous: others may work out who logged it.",
    "I et lite team er dette ikke anonymt: Andre kan forstå hvem som har ført det opp.",
    # On the page of somebody who is asked in a survey of the staff.
    "In a small team this is not anonymous: somebody may guess what you answered.",
    "I et lite team er dette ikke anonymt: Noen kan gjette hva du har svart.",
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
