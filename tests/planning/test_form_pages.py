"""Every form of the record, walked from the URL configuration: how it looks, what it says, what it keeps.

A new form page is found by itself. It needs one line in `GOOD` (form_samples.py), with what a person would
fill in, and an object in `tests/planning/site.py` if its address names one.
"""

import uuid

import pytest
import time_machine
from django import forms
from django.apps import apps
from django.contrib.sessions.models import Session

from accounts.forms import SUBMISSION
from accounts.models import SignIn, Submission
from planning.forms.expectations import ShownVersion
from tests.planning.form_samples import FORM_PAGES, GOOD, LANGUAGES, who_fills_in
from tests.planning.site import client_of, page
from tests.planning.site import document as tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NATIONAL_ID = "15108695088"  # a made-up one with right check digits

# Radio buttons that may be chosen when the page opens: the visibility, which is remembered.
REMEMBERED = {"named"}
# Forms that say something when they are sent empty: what it means is tested where they are.
EMPTY_MEANS_SOMETHING = {"capacity_change"}  # back to the default (test_need.py)
NEVER = ("This field is required", "Dette feltet er påkrevet", "Enter a valid", "Select a valid", "Ensure this value")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


def visit(site, name, language="en"):
    """(client, address, form, page as a tree) of a form page as it opens."""
    client = client_of(who_fills_in(site, name), language=language)
    url = site.url(name)
    response = client.get(url)
    assert response.status_code == 200, f"{name}: tests/planning/site.py has nothing for this address"
    return client, url, response.context["form"], tree(response)


def fields(form) -> dict[str, forms.Field]:
    """What people fill in: neither the id of the form nor the number of the version that stands above it."""
    return {
        name: field for name, field in form.fields.items() if name != SUBMISSION and not isinstance(field, ShownVersion)
    }


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
    models = [model for model in apps.get_models() if model not in (Session, SignIn, Submission)]
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
        needed = field.required or name in form.asked_for
        assert label.strip().endswith(words) == (mixed and not needed), name


@pytest.mark.parametrize("name", FORM_PAGES)
def test_f07_f09_nothing_filled_in(site, name):
    _client, _url, form, _document = visit(site, name)
    if not fields(form):
        return  # nothing but a button
    if name in EMPTY_MEANS_SOMETHING:
        return
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
