"""Logging with one tap, adding detail, taking it back, answering."""

import uuid
from datetime import date

import pytest
from django.apps import apps

from accounts.models import AuditEvent, Role, Submission
from planning import conflicts
from planning.models import Action, ConflictAnswer, PriorityConflict
from tests.factories import (
    make_action,
    make_adviser,
    make_agreement,
    make_answer,
    make_conflict,
    make_conflicts_of_week,
    make_practitioner,
    make_service,
    make_stranger,
)
from tests.planning.site import client_of, document, main_text, oslo, tap

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 11, 25)
REASONS = {
    "acute": "Acute patient",
    "staff": "Short of staff",
    "meeting": "Meeting",
    "documentation": "Documentation",
    "other_programme": "Other programme",
    "other": "Something else",
}

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


def test_f11_the_week_of_another_year_says_which(author):
    """The list goes back further than a year, and a number alone would be of two weeks."""
    year_before = oslo("2025-11-26T12:00")
    conflict = make_conflict(author, reason="staff", logged_at=year_before)
    make_conflict(author, logged_at=oslo("2026-11-18T12:00"))
    leader = client_of(author.service.members.get(role=Role.LEADER))

    listed = main_text(leader.get("/services/f/conflicts/"))
    assert "Short of staff week 48 of 2025" in listed
    assert "Seen: Short of staff, week 48 of 2025" in listed
    assert "Acute patient week 47" in listed
    assert "week 47 of" not in listed
    assert "week 48 of 2025" in main_text(leader.get(f"/services/f/conflicts/{conflict.pk}/answer/"))
    make_answer(conflict)
    assert "Short of staff, week 48 of 2025" in said(author, "/services/f/conflicts/new/")


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
# Counts
# ------------------------------------------------------------------------------------------------


def test_weeks_that_came_with_a_dossier_show_as_counts_beside_the_entries(author):
    make_conflict(author, released_on=date(2026, 11, 23))
    readers = [author, author.service.members.get(role=Role.LEADER)]
    for reader in readers:
        assert "(counted)" not in main_text(client_of(reader).get("/services/f/conflicts/"))

    make_conflicts_of_week(author.service, reasons={"meeting": 2, "acute": 1})

    for reader in readers:
        text = main_text(client_of(reader).get("/services/f/conflicts/"))
        assert "Of some weeks only the counts are known: they came with the service's dossier." in text
        assert "Acute patient2Meeting2" in text.replace(" ", "").replace("Acutepatient", "Acute patient")
    adviser = main_text(client_of(make_adviser(author.service)).get("/services/f/conflicts/"))
    assert "(counted)" in adviser
    assert "dossier" not in adviser


def test_with_a_name_the_form_says_from_when_on_flags_count_it(author):
    named, unnamed = (main_text(client_of(author).get(f"/services/f/conflicts/new/?named={named}")) for named in (1, 0))

    assert "Flags count it from Mon 30 Nov, without your name." in named
    assert "Flags count it" not in unnamed


# ------------------------------------------------------------------------------------------------
# F17: what came of it, and the answer with one tap
# ------------------------------------------------------------------------------------------------


def said(reader, address="/services/f/") -> str:
    """What stands below "You said" on a page."""
    return main_text(client_of(reader).get(address)).split("You said → we did")[1]


def test_f17_what_was_planned_is_done_once_its_action_is(author, clock):
    action = make_action(author.service, title="Agree on a swap", due_on=date(2026, 12, 4))
    make_answer(make_conflict(author), state="planned", text="We swap", action=action)
    assert "→ Planned: We swap · Agree on a swap, Fri 4 Dec" in said(author)

    action.state, action.closed_on = Action.State.DONE, WEDNESDAY
    action.save()

    for address in ("/services/f/", "/services/f/conflicts/new/"):
        assert "→ Done: We swap · Agree on a swap, done Wed 25 Nov" in said(author, address)


def test_f17_an_action_that_was_dropped_is_not_called_done(author, clock):
    action = make_action(author.service, title="Agree on a swap", state="dropped", closed_on=WEDNESDAY)
    make_answer(make_conflict(author), state="planned", action=action)

    assert "→ Planned · Agree on a swap, dropped Wed 25 Nov" in said(author)


def test_f17_ones_own_come_first_and_of_these_what_tells_most(author, clock):
    asta = author.service.members.get(name="Asta Ro")
    released = {"released_on": date(2026, 11, 23)}
    make_answer(make_conflict(asta, **released), state="done", text="for Asta")
    for state in ("seen", "not_now", "planned", "done"):
        make_answer(make_conflict(author, **released), state=state, text=f"mine {state}")

    shown = [
        word for word in ("mine done", "mine planned", "mine not_now", "mine seen", "for Asta") if word in said(author)
    ]

    assert shown == ["mine done", "mine planned", "mine not_now", "mine seen"]
    text = said(author)
    assert [text.index(word) for word in shown] == sorted(text.index(word) for word in shown)
    log_page = said(author, "/services/f/conflicts/new/")
    assert ("mine planned" in log_page, "mine not_now" in log_page) == (True, False)
    assert "for Asta" in said(asta)


def test_f17_other_peoples_answers_show_once_released_and_for_a_quarter(author, clock):
    asta = author.service.members.get(name="Asta Ro")
    make_answer(make_conflict(asta), text="too early")
    make_answer(make_conflict(asta, happened_on=date(2026, 8, 10), released_on=date(2026, 8, 17)), text="too long ago")
    make_answer(
        make_conflict(author, happened_on=date(2026, 8, 10), released_on=date(2026, 8, 17)), text="mine of long ago"
    )
    make_answer(make_conflict(asta, released_on=date(2026, 11, 23)), text="of a colleague")

    text = said(author)

    assert "too early" not in text
    assert "too long ago" not in text
    assert text.index("of a colleague") < text.index("mine of long ago")


def leaders_list(author):
    """The leader's browser, and the forms of one tap on the list."""
    client = client_of(author.service.members.get(role=Role.LEADER))
    page = document(client.get("/services/f/conflicts/"))
    return client, page.xpath("//form[.//button[@name='state']]")


def press(client, form):
    """Press the one button of a form."""
    (button,) = form.xpath(".//button")
    sent = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    return client.post(form.get("action"), sent | {button.get("name"): button.get("value")}, follow=True)


def test_f17_seen_is_one_tap_in_each_row_that_waits(author):
    for reason in ("staff", "meeting"):
        make_conflict(author, named=True, reason=reason)
    make_answer(make_conflict(author, named=True))
    client, forms = leaders_list(author)
    assert len(forms) == 2

    for form in forms:
        response = press(client, form)

    assert "Answered. Nothing else waits for an answer." in main_text(response)
    assert set(ConflictAnswer.objects.values_list("state", flat=True)) == {"seen"}
    assert not Action.objects.exists()
    assert leaders_list(author)[1] == []


def test_f17_one_tap_does_not_undo_what_somebody_answered_meanwhile(author):
    conflict = make_conflict(author, named=True)
    client, (form,) = leaders_list(author)
    make_answer(conflict, state="done", text="The meeting was moved")

    response = press(client, form)

    assert "Somebody had answered it in the meantime. That answer stands." in main_text(response)
    answer = ConflictAnswer.objects.get()
    assert (answer.state, answer.text) == ("done", "The meeting was moved")


def test_an_action_that_answers_is_proposed_to_whoever_answers_in_two_weeks(author):
    conflict = make_conflict(author, named=True)
    leader = author.service.members.get(role=Role.LEADER)

    page = document(client_of(leader).get(f"/services/f/conflicts/{conflict.pk}/answer/"))

    assert page.get_element_by_id("id_action_due_on").get("value") == "2026-12-09"
    assert page.xpath("//select[@name='action_owner']/option[@selected]/text()") == ["Kari Nes"]
    assert page.xpath("//input[@type='radio'][@checked]") == []
