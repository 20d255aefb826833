"""What single forms of the record ask for, refuse, and say before they are sent."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from stdnum.no import fodselsnummer

from accounts.forms import SUBMISSION
from planning.models import Action
from tests.factories import make_action, make_goal, make_leader, make_practitioner
from tests.planning.form_samples import FORM_PAGES, GOOD, LANGUAGES, SOON, who_fills_in
from tests.planning.site import client_of, page
from tests.planning.site import document as tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


def refused(site, name, **changes) -> list[str]:
    """The messages when the good form is sent with these changes; an empty list when it is taken."""
    client = client_of(who_fills_in(site, name))
    data = {key: value for key, value in (GOOD[name](site) | changes).items() if value is not None}
    response = client.post(site.url(name), data | {SUBMISSION: str(uuid.uuid4())})
    if response.status_code == 302:
        return []
    return [str(line.message) for line in response.context["form"].summary]


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        ("vision_publish", {"horizon_on": "2026-11-25"}, "Give a date after today."),
        ("vision_publish", {"horizon_on": "2026-11-26"}, None),
        ("goal_add", {"due_on": None}, "Give a date to reach it by, or keep the goal as a draft."),
        ("goal_add", {"owner": None}, "Choose who owns it, or keep the goal as a draft."),
        (
            "goal_add",
            {"doing_measure": None},
            "Write how you will see it being done, or keep the goal as a draft.",
        ),
        ("goal_add", {"doing_measure": None, "owner": None, "due_on": None, "as_draft": "on"}, None),
        ("allocation_add", {"hours_per_week": "0"}, "“Hours a week” must be at least 0.25."),
        ("allocation_add", {"hours_per_week": "40.25"}, "“Hours a week” can be at most 40."),
        ("allocation_add", {"hours_per_week": "1.555"}, "“Hours a week” can have at most 2 decimals."),
        ("allocation_add", {"ends_on": "2026-11-30"}, "Give a day on or after the first one, or leave this empty."),
        ("allocation_add", {"ends_on": "2026-12-01"}, None),
        ("agreement", {"discussed_on": "2026-11-26"}, "The discussion has to have taken place"),
        ("agreement", {"discussed_on": "2026-11-25"}, None),
        ("agreement", {"evaluate_on": "2026-11-25"}, "Give a day after today, at most twelve months ahead."),
        ("agreement", {"evaluate_on": "2027-11-26"}, "Give a day after today, at most twelve months ahead."),
        ("agreement", {"evaluate_on": "2026-11-26"}, None),
        ("agreement", {"keep_months": "36"}, "Choose one of the answers shown for “How long notes are kept”."),
        ("agreement", {"ground": "consent"}, "Choose one of the answers shown for “Legal ground”."),
        ("conflict_log", {"reason": "weather"}, "Choose one of the answers shown"),
        ("conflict_detail", {"happened_on": "2026-11-26"}, "Give a day within the last two weeks."),
        ("conflict_detail", {"happened_on": "2026-11-10"}, "Give a day within the last two weeks."),
        ("conflict_detail", {"happened_on": "2026-11-11"}, None),
        ("conflict_detail", {"hours": "0"}, "“About how many hours” must be at least 0.25."),
        ("conflict_detail", {"hours": "41"}, "“About how many hours” can be at most 40."),
        ("conflict_detail", {"note": "x" * 141}, "can have at most 140 characters; you wrote 141. Shorten it."),
        ("conflict_detail", {"note": "x" * 140}, None),
        ("conflict_answer", {"text": ""}, "Write why it has to wait."),
        ("conflict_answer", {"state": "planned"}, "Write what will be done."),
        (
            "conflict_answer",
            {"state": "planned", "action_title": "Cover"},
            "Give a date by which it will be done.",
        ),
        ("conflict_answer", {"state": "planned", "action_title": "Cover", "action_due_on": SOON}, None),
        ("conflict_answer", {"state": "seen", "text": ""}, None),
        ("review_move", {"day": "2026-11-24"}, "Give a date and time ahead."),
        ("action_add", {"due_on": "2026-11-24"}, "Give today or a later day."),
        ("action_add", {"due_on": "2026-11-25"}, None),
        ("observation_add", {"on": "2026-11-26"}, "Give a day within the last year."),
        ("observation_add", {"on": "2025-11-23"}, "Give a day within the last year."),
        ("observation_add", {"on": "2025-11-25"}, None),
        ("fidelity_add", {"rated_on": "2026-11-26"}, "Give today or an earlier day"),
        ("fidelity_add", {"total": "0.99"}, "“Mean on the IMR Fidelity Scale” must be at least 1."),
        ("fidelity_add", {"total": "5.01"}, "“Mean on the IMR Fidelity Scale” can be at most 5."),
        ("fidelity_add", {"total": "4.1538461538"}, None),
    ],
)
def test_f09_what_is_asked_for_is_said_with_the_way_out(site, name, changes, message):
    messages = refused(site, name, **changes)

    assert len(messages) == (message is not None), messages
    assert message is None or message in messages[0]


def test_twelve_months_ahead_is_twelve_months_in_a_leap_year_too(site):
    with time_machine.travel("2027-03-01T09:30:00+01:00", tick=False):
        assert refused(site, "agreement", evaluate_on="2028-03-01") == []
        assert refused(site, "agreement", evaluate_on="2028-03-02") != []


def test_a_second_rating_of_a_day_is_refused(site):
    day = (timezone.localdate() - timedelta(days=30)).isoformat()

    assert refused(site, "fidelity_add", rated_on=day) == ["There is a rating of that day already. Give another day."]


def test_an_old_date_of_an_action_may_stay_but_not_be_given_anew(site):
    late = make_action(site.service, owner=site.leader, due_on=TODAY - timedelta(days=9))
    site.pieces["action_pk"] = late.pk

    assert refused(site, "action_change", due_on="2026-11-16") == []
    assert refused(site, "action_change", due_on="2026-11-17") == ["Give today or a later day."]


def test_what_was_chosen_once_can_be_taken_back(site):
    assert refused(site, "conflict_detail", displaced="session", wanted_help="cover") == []
    assert refused(site, "conflict_detail", displaced="none", wanted_help="none") == []

    conflict = site.service.conflicts.get(pk=site.pieces["conflict_pk"])
    assert (conflict.displaced, conflict.wanted_help) == ("", "")


def test_a_planned_answer_that_has_its_action_needs_no_second_one(site):
    action = {"state": "planned", "text": "", "action_title": "Cover", "action_due_on": SOON}
    assert refused(site, "conflict_answer", **action) == []
    actions = Action.objects.count()

    assert refused(site, "conflict_answer", state="planned", text="Still so") == []

    assert Action.objects.count() == actions


# F12


@pytest.mark.parametrize(
    "number", ["15108695088", "151086 95088", "15.10.86 95088", "15 10 86 950 88", "15-10-86-95088", "(15108695088)"]
)
def test_f12_a_national_identity_number_is_refused_however_it_is_written(site, number):
    said = {
        "en": "This looks like a national identity number. Take it out: nothing about a patient belongs here.",
        "nb": "Dette ser ut som et fødselsnummer. Ta det bort: Her hører ingenting om en pasient hjemme.",
    }
    for language in LANGUAGES:
        client = client_of(site.practitioner, language=language)

        response = client.post(site.url("conflict_detail"), GOOD["conflict_detail"](site) | {"note": f"see {number}."})

        assert said[language] in tree(response).text_content()


@pytest.mark.parametrize(
    "text",
    [
        "15108695077",  # wrong check digits
        "115108695088",  # twelve digits
        "151086950881",
        "24.12.2026 13:00, 25.12.2026 14:00",
        "Rom 12, 13 14 15 og 16",
        "+47 22 22 22 22",
    ],
)
def test_f12_other_numbers_are_no_trouble(site, text):
    assert refused(site, "conflict_detail", note=text) == []


@pytest.mark.parametrize("birth", ["551086", "155086", "159086"])
def test_f12_numbers_like_those_for_people_without_one_are_refused_too(site, birth):
    """40 added to the day or the month, or, in numbers made for tests, 80 to the month."""
    assert refused(site, "action_add", title=f"About {with_check_digits(birth)}") != []


def with_check_digits(birth: str) -> str:
    """The first number of that birth date that has two check digits."""
    for serial in range(1000):
        nine = f"{birth}{serial:03}"
        one = fodselsnummer.calc_check_digit1(nine)
        two = fodselsnummer.calc_check_digit2(nine + one)
        if len(one + two) == 2:
            return nine + one + two
    raise ValueError(birth)


# F13


@pytest.mark.parametrize("name", [name for name in FORM_PAGES if name not in ("conflict_withdraw",)])
def test_f13_above_a_practitioners_button_stands_who_will_see_it(site, name):
    practitioner = site.practitioner
    client = client_of(practitioner)
    response = client.get(site.url(name))
    if response.status_code == 403 or name == "agreement":
        return  # not a practitioner's to send

    element = tree(response).get_element_by_id("page-form")
    others = {"Kari Nes", "Svein Lie", "Asta Ro", "Odd Vang"}
    if name == "week_reminder":  # one's own
        others = set()
    team_alone = "conflict" in name or name == "hours_shown"
    readers = others if team_alone or not others else others | {"Ada Vik"}
    if name in ("expectation_acknowledge", "vision_acknowledge"):  # who has read it is the leaders' to see
        readers = {"Kari Nes", "Svein Lie"}
    before_button = text_before_buttons(tree(response), element)
    assert {person for person in NAMES if person in before_button} == readers


NAMES = {"Kari Nes", "Svein Lie", "Asta Ro", "Odd Vang", "Ada Vik", "Siri Moe", "Ingen Konto"}


def text_before_buttons(document, element) -> str:
    """What is read in main before the first button of the form."""
    page_text = document.xpath("//main")[0].text_content()
    button = element.xpath(".//button")[0].text_content()
    return page_text[: page_text.rindex(button)]


def test_nobody_reads_who_will_see_it_but_practitioners(site):
    goal, action = make_goal(site.service), make_action(site.service, owner=site.leader)
    site.pieces |= {"goal_pk": goal.pk, "action_pk": action.pk}

    for name in ("goal_check_in", "action_state", "observation_add"):
        assert "Seen by" not in page(client_of(site.leader).get(site.url(name)))


def test_who_is_alone_reads_that_nobody_else_will_see_it():
    goal = make_goal()
    practitioner = make_practitioner(goal.service)
    url = f"/services/{goal.service.key}/plan/goals/{goal.pk}/check-in/"

    assert "Nobody else can sign in to this service yet." in page(client_of(practitioner).get(url))
    make_leader(goal.service)
    assert "Seen by Kari Nes." in page(client_of(practitioner).get(url))
    assert goal.service.goals.count() == 1
