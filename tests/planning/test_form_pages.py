"""Every form of the record, walked from the URL configuration: how it looks, what it says, what it keeps.

A new form page is found by itself. It needs one line in `GOOD`, with what a person would fill in, and an
object in `tests/planning/site.py` if its address names one.
"""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django import forms
from django.apps import apps
from django.contrib.sessions.models import Session
from django.utils import timezone
from stdnum.no import fodselsnummer

from accounts.access import PERMISSIONS
from accounts.forms import SUBMISSION
from accounts.models import Role, Submission
from accounts.pages import FormPage
from planning.models import Action, Goal
from planning.views.conflicts import OwnConflict
from tests.factories import make_action, make_goal, make_leader, make_practitioner
from tests.planning.site import Site, client_of, full_site, page, service_addresses
from tests.planning.site import document as tree

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
SOON = "2026-12-09"
NATIONAL_ID = "15108695088"  # a made-up one with right check digits

FORM_PAGES = {
    address.name: address.view
    for address in service_addresses()
    if issubclass(address.view, FormPage) and address.view.__module__.split(".")[0] in ("planning", "assessments")
}

# What a person would fill in, by the name of the address; `site` gives the objects.
GOOD = {
    "observation_add": lambda site: {
        "entry": "own-time",
        "effect": "hinders",
        "text": "We read at home",
        "on": "2026-11-24",
        "source": "supervision",
    },
    "vision_publish": lambda site: {"text": "IMR for everybody who can use it.", "horizon_on": "2028-12-31"},
    "vision_confirm": lambda site: {},
    "goal_add": lambda site: {
        "outcome": "Two groups run",
        "doing_measure": "Groups",
        "owner": site.leader.pk,
        "due_on": "2027-06-01",
    },
    "goal_change": lambda site: {
        "outcome": "Three groups run",
        "result_measure": "Patients who finish",
        "owner": site.leader.pk,
        "due_on": "2027-06-01",
    },
    "goal_check_in": lambda site: {"progress": "slow", "value": "2.5", "note": "Two are ill"},
    "goal_end": lambda site: {},
    "allocation_add": lambda site: {
        "member": site.practitioner.pk,
        "work": "supervision",
        "hours_per_week": "1.5",
        "starts_on": "2026-12-01",
    },
    "allocation_change": lambda site: {
        "member": site.practitioner.pk,
        "work": "session",
        "hours_per_week": "3",
        "starts_on": "2026-12-01",
        "ends_on": "2027-12-01",
    },
    "agreement": lambda site: {
        "purpose": "To make room for IMR",
        "ground": "public_task",
        "discussed_on": "2026-11-20",
        "discussed_with": "Shop steward",
        "information": "For planning only",
        "keep_months": "12",
        "evaluate_on": "2027-11-25",
    },
    "conflict_log": lambda site: {"reason": "meeting", "named": ""},
    "conflict_saved": lambda site: {"displaced": "preparation"},
    "conflict_detail": lambda site: {
        "happened_on": "2026-11-24",
        "displaced": "none",
        "hours": "1.5",
        "wanted_help": "talk",
        "note": "Twice",
        "show_note": "on",
        "named": "True",
    },
    "conflict_withdraw": lambda site: {},
    "conflict_answer": lambda site: {"state": "not_now", "text": "After the summer"},
    "review_rhythm": lambda site: {"rhythm": "weekly_2", "day": "2026-12-01", "time": "13:00"},
    "review_move": lambda site: {"day": "2026-12-03", "time": "14:30"},
    "review_observe": lambda site: {"entry": "no-goals", "effect": "helps", "text": "We have one"},
    "review_close": lambda site: {"attendees": [site.leader.pk, site.practitioner.pk], "minutes": "We agreed."},
    "action_add": lambda site: {"title": "Call the next level", "owner": site.leader.pk, "due_on": SOON},
    "action_change": lambda site: {"title": "Call them twice", "owner": site.leader.pk, "due_on": SOON},
    "action_state": lambda site: {},
    "plan_check": lambda site: {"language": "nb"},
    "plan_retry": lambda site: {},
    "outbox_send_again": lambda site: {},
    "fidelity_add": lambda site: {"rated_on": "2026-11-20", "total": "4.38"},
}
# Radio buttons that may be chosen when the page opens: the visibility, which is remembered.
REMEMBERED = {"named"}
LANGUAGES = {
    "en": {"error": "Error: ", "summary": "There is a problem", "optional": "(optional)"},
    "nb": {
        "error": "Feil: ",
        "summary": "For å gå videre må du rette opp følgende feil",
        "optional": "Valgfritt",
    },
}
NEVER = ("This field is required", "Dette feltet er påkrevet", "Enter a valid", "Select a valid", "Ensure this value")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


@pytest.fixture
def site():
    return full_site()


def who_fills_in(site: Site, name: str):
    """Somebody who may send the form: the leader, unless it is the practitioner's own."""
    view = FORM_PAGES[name]
    needed = {view.permission, view.write_permission or view.permission}
    leading = needed <= PERMISSIONS[Role.LEADER] and not issubclass(view, OwnConflict)
    return site.leader if leading else site.practitioner


def visit(site, name, language="en"):
    """(client, address, form, page as a tree) of a form page as it opens."""
    client = client_of(who_fills_in(site, name), language=language)
    url = site.url(name)
    response = client.get(url)
    assert response.status_code == 200, f"{name}: tests/planning/site.py has nothing for this address"
    return client, url, response.context["form"], tree(response)


def fields(form) -> dict[str, forms.Field]:
    return {name: field for name, field in form.fields.items() if name != SUBMISSION}


def empty(form) -> dict:
    """What a browser sends when nothing was filled in."""
    return {SUBMISSION: str(uuid.uuid4())} | {
        name: "" for name, field in fields(form).items() if not isinstance(field.widget, forms.CheckboxInput)
    }


def junk(field: forms.Field):
    """What nobody should have typed there."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ["999999"]
    if isinstance(field, forms.BooleanField):
        return ""
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return "nonsense"
    if isinstance(field, forms.DateField | forms.TimeField):
        return "soon"
    if isinstance(field, forms.IntegerField):  # and its kin, with decimals
        return "many"
    return f"Patient {NATIONAL_ID}"


def typed(field: forms.Field):
    """Something that is right where that can be kept, and wrong where the error is to come from."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return [str(field.queryset.last().pk)]
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.last().pk)
    if isinstance(field, forms.ChoiceField):
        choices = [code for code, _label in field.choices if code != ""]
        last = choices[-1]
        return str(field.choices[-1][1][-1][0]) if isinstance(field.choices[-1][1], list | tuple) else str(last)
    if isinstance(field, forms.DateField | forms.TimeField):
        return "soon"
    if isinstance(field, forms.IntegerField):
        return "many"
    return "Words that were typed & meant"


def shown(document, name: str):
    """The value that a control now holds: text, the codes chosen, or True for a ticked box."""
    controls = document.xpath(f"//main//*[@name='{name}']")
    first = controls[0]
    if first.tag == "textarea":
        return first.text_content().strip()
    if first.tag == "select":
        return [option.get("value") for option in first.xpath(".//option[@selected]")][-1]
    if first.get("type") == "radio":
        return next(one.get("value") for one in controls if "checked" in one.attrib)
    if first.get("type") == "checkbox":
        chosen = [one.get("value", "on") for one in controls if "checked" in one.attrib]
        return chosen if len(controls) > 1 else chosen[0]
    return first.get("value")


def check_error_page(response, language, *, form):
    """F07 and F09: the title, the summary first, each line with the field's words and leading to the field."""
    words, document = LANGUAGES[language], tree(response)
    assert response.status_code == 200
    assert document.get("lang") == language
    assert document.xpath("string(//title)").startswith(words["error"])
    first = document.xpath("//main/*")[0]
    assert first.get("class") == "summary"
    assert first.get("tabindex") == "-1"
    assert "autofocus" in first.attrib
    assert len(document.xpath("//*[@autofocus]")) == 1
    assert first.xpath("string(.//h2)") == words["summary"]
    lines = first.xpath(".//li/a")
    assert lines
    for line in lines:
        target = document.get_element_by_id(line.get("href")[1:])
        message = line.text_content()
        beside = [text for text in (" ".join(one.text_content().split()) for one in wrong_beside(target)) if text]
        if message in non_field(form):
            continue
        assert any(" ".join(message.split()) in text for text in beside), (message, beside)
    for phrase in NEVER:
        assert phrase not in page(response)
    return document, [line.text_content() for line in lines]


def wrong_beside(target):
    around = target.xpath("ancestor-or-self::*[contains(@class, 'field')][1] | self::*[@role='group']")
    return [wrong for one in around for wrong in one.xpath(".//*[contains(@class, 'wrong')]")]


def non_field(form) -> list[str]:
    return [str(message) for message in form.non_field_errors()]


def everything() -> dict[str, int]:
    """How many rows there are of each model."""
    models = [model for model in apps.get_models() if model not in (Session, Submission)]
    return {model.__name__: model._default_manager.count() for model in models}


# ------------------------------------------------------------------------------------------------


def test_every_form_page_of_the_record_has_something_to_fill_in():
    assert set(GOOD) == set(FORM_PAGES)


@pytest.mark.parametrize("name", FORM_PAGES)
def test_f04_f06_each_form_is_taken_by_a_plain_post_and_once_only(site, name):
    client, url, form, _document = visit(site, name)
    data = GOOD[name](site) | {SUBMISSION: str(uuid.uuid4())}

    first = client.post(url, data)
    assert first.status_code == 302, [str(error) for error in first.context["form"].errors.values()]
    after_first = everything()
    again = client.post(url, data)

    assert (again.status_code, again.url) == (302, first.url)
    assert everything() == after_first
    assert Submission.objects.filter(key=data[SUBMISSION]).count() == 1
    assert client.get(first.url).status_code == 200
    assert set(data) - {SUBMISSION} <= set(form.fields)


@pytest.mark.parametrize("name", FORM_PAGES)
def test_f08_f10_how_a_form_looks_when_it_opens(site, name):
    for language in LANGUAGES:
        check_opened(site, name, language)


def check_opened(site, name, language):
    _client, _url, form, document = visit(site, name, language)
    (element,) = [one for one in document.xpath("//main//form") if one.xpath(f".//*[@id='id_{SUBMISSION}']")]

    assert "novalidate" in element.attrib
    assert element.get("method") == "post"
    for attribute in ("required", "placeholder", "disabled", "maxlength", "onblur", "onchange", "hx-trigger"):
        assert element.xpath(f".//*[@{attribute}]") == [], attribute
    assert "*" not in "".join(element.xpath(".//label//text() | .//legend//text()"))
    stored = getattr(form, "instance", None)
    for radio in element.xpath(".//input[@type='radio'][@checked]"):
        field = radio.get("name")
        kept = stored is not None and not stored._state.adding and str(getattr(stored, field)) == radio.get("value")
        assert kept or field in REMEMBERED, f"{field} is chosen beforehand"
    buttons = element.xpath(".//button")
    assert buttons[0].get("type") == "submit"
    assert "button-second" not in buttons[0].get("class")
    assert element.xpath(".//button | .//a[contains(@class, 'way-out')]")[0] is buttons[0]
    marks_what_may_be_left_empty(form, element, LANGUAGES[language]["optional"])


def marks_what_may_be_left_empty(form, element, words):
    """F08: when a form mixes both, and only then."""
    shown_fields = {
        name: field
        for name, field in fields(form).items()
        if not field.widget.is_hidden and not isinstance(field.widget, forms.CheckboxInput)
    }
    mixed = len({field.required for field in shown_fields.values()}) == 2
    for name, field in shown_fields.items():
        around = element.xpath(f".//*[@id='div_id_{name}']")[0]
        label = around.xpath("string(.//label)") if not around.xpath(".//legend") else around.xpath("string(.//legend)")
        assert label.strip().endswith(words) == (mixed and not field.required), name


@pytest.mark.parametrize("name", FORM_PAGES)
def test_f07_f09_nothing_filled_in(site, name):
    _client, _url, form, _document = visit(site, name)
    if not fields(form):
        return  # nothing but a button
    required = {name for name, field in fields(form).items() if field.required}
    assert required, f"{name} asks for nothing: tell what an empty one means"
    before = everything()

    for language in LANGUAGES:
        client, url, form, _document = visit(site, name, language)
        response = client.post(url, empty(form))

        answer = response.context["form"]
        _document, lines = check_error_page(response, language, form=answer)
        assert len(lines) == sum(len(messages) for messages in answer.errors.values())
        assert required <= set(answer.errors)
    assert everything() == before


@pytest.mark.parametrize("name", FORM_PAGES)
def test_f07_f09_f12_everything_filled_in_wrongly(site, name):
    before = everything()
    for language in LANGUAGES:
        client, url, form, _document = visit(site, name, language)
        wrong = {name: junk(field) for name, field in fields(form).items()}
        if not wrong:
            return  # nothing but a button

        response = client.post(url, wrong | {SUBMISSION: str(uuid.uuid4())})

        answer = response.context["form"]
        document, _lines = check_error_page(response, language, form=answer)
        for field, value in wrong.items():
            if value == "":
                continue
            assert field in answer.errors, field
            if not isinstance(form.fields[field], forms.ChoiceField | forms.ModelChoiceField):
                assert shown(document, field) == value
    assert everything() == before


@pytest.mark.parametrize("name", FORM_PAGES)
def test_f07_what_was_typed_and_chosen_is_kept(site, name):
    client, url, form, _document = visit(site, name)
    said = {name: typed(field) for name, field in fields(form).items() if not field.widget.is_hidden}
    if not said:
        return
    missing = ""
    if not {"soon", "many"} & {value for value in said.values() if isinstance(value, str)}:
        missing = next(name for name, field in fields(form).items() if field.required)
        said[missing] = ""

    response = client.post(url, said | {SUBMISSION: str(uuid.uuid4())})

    document, _lines = check_error_page(response, "en", form=response.context["form"])
    for field, value in said.items():
        if field != missing:
            assert shown(document, field) == value, field


@pytest.mark.parametrize("name", FORM_PAGES)
def test_a06_switching_the_language_keeps_the_page_and_what_was_typed(site, name):
    client, url, form, _document = visit(site, name)
    said = {name: typed(field) for name, field in fields(form).items() if not field.widget.is_hidden}
    key = str(uuid.uuid4())
    before = everything()

    response = client.post(url, said | {SUBMISSION: key, "switch_language": "nb"})

    document = tree(response)
    assert response.status_code == 200
    assert document.get("lang") == "nb"
    assert document.xpath("//*[@class='summary']") == []
    for field, value in said.items():
        assert shown(document, field) == value, field
    assert document.xpath(f"//*[@id='id_{SUBMISSION}']/@value") == [key]
    assert everything() == before
    buttons = document.xpath("//button[@name='switch_language']")
    assert [button.get("lang") for button in buttons] == ["en"] or name == "conflict_saved"
    for button in buttons:
        assert document.xpath(f"//form[@id='{button.get('form')}']")


# ------------------------------------------------------------------------------------------------
# What single forms ask for besides
# ------------------------------------------------------------------------------------------------


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
    readers = others if "conflict" in name else others | {"Ada Vik"}
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
    assert Goal.objects.count() == 1
