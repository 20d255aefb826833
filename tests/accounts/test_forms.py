"""What every form shares: our words, our marks, and everything that was typed."""

import html
import importlib
import pkgutil
import re

import pytest
from crispy_forms.layout import Column, Div, Layout, Row
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

import accounts
import assessments
import planning
from accounts.forms import PageForm
from accounts.models import Member
from tests.accounts.pages_urls import WishForm

EMPTY = {"wish": "", "why": "Because."}
TYPED = {
    "wish": "x" * 21,
    "why": "Because.",
    "on": "soon",
    "hours": "41",
    "email": "nobody",
    "kind": "c",
    "days": ["mo"],
}


def page_of(form) -> str:
    return html.unescape(render_crispy_form(form))


def test_f08_the_browser_checks_nothing_and_no_label_has_an_asterisk():
    page = page_of(WishForm())

    assert "novalidate" in page
    for unwanted in (" required", "asterisk", "maxlength", "placeholder", "*</"):
        assert unwanted not in page


def test_f08_a_form_that_mixes_both_marks_what_may_be_left_empty():
    page = page_of(WishForm())

    assert page.count("(optional)") == 1
    assert re.search(r'<label for="id_why">Why <span class="optional">\(optional\)</span>', page)


def test_f08_a_form_of_one_kind_marks_nothing():
    class AllNeeded(PageForm, forms.Form):
        first = forms.CharField()
        ticked = forms.BooleanField(required=False)

    assert "(optional)" not in page_of(AllNeeded())


def test_f07_the_summary_has_the_words_beside_the_field_and_leads_to_its_control():
    form = WishForm(TYPED)
    page = page_of(form)

    assert len(form.summary) == 6
    for line in form.summary:
        assert f"<p>{line.message}</p>" in page
        assert re.search(rf'id="{line.target}"', page), line


def test_f07_radio_buttons_and_check_boxes_are_led_to_by_their_first_choice():
    targets = [line.target for line in WishForm(EMPTY).summary]

    assert targets == ["id_wish", "id_on", "id_hours", "id_email", "id_kind_0", "id_days_0", "id_agreed"]


def test_f07_what_belongs_to_no_field_stands_first_and_leads_to_the_first_field():
    form = WishForm(EMPTY)
    form.add_error(None, "This cannot be done today.")

    assert form.summary[0].message == "This cannot be done today."
    assert form.summary[0].target == "id_wish"


def test_f07_everything_that_was_typed_is_kept():
    page = page_of(WishForm(TYPED))

    for kept in (f'value="{"x" * 21}"', "Because.</textarea>", 'value="soon"', 'value="41"', 'value="nobody"'):
        assert kept in page
    assert re.search(r'value="mo" id="id_days_0" checked', page)


def test_f09_a_missing_value_is_named_with_the_way_out():
    said = {line.target: line.message for line in WishForm(EMPTY).summary}

    assert said == {
        "id_wish": "Write what you wish for.",
        "id_on": "Give a date for “By when”.",
        "id_hours": "Give a number for “Hours a week”.",
        "id_email": "Fill in “Whom to tell”.",
        "id_kind_0": "Choose an answer to “What kind?”.",
        "id_days_0": "Choose at least one under “Which days?”.",
        "id_agreed": "Tick “I have asked the team” to go on.",
    }


def test_f09_a_wrong_value_is_named_with_the_way_out():
    said = {line.target: line.message for line in WishForm(TYPED).summary}

    assert said["id_wish"] == "“What do you wish?” can have at most 20 characters; you wrote 21. Shorten it."
    assert said["id_on"] == "“By when” must be a date, as in 24.12.2026."
    assert said["id_hours"] == "“Hours a week” can be at most 40."
    assert said["id_email"] == "“Whom to tell” must be an e-mail address, as in name@example.org."
    assert said["id_kind_0"] == "Choose one of the answers shown for “What kind?”."


def test_f09_a_label_with_a_percent_sign_survives():
    class Share(PageForm, forms.Form):
        share = forms.CharField(label="100 % sure?", max_length=2)

    assert [line.message for line in Share({"share": ""}).summary] == ["Fill in “100 % sure?”."]
    assert Share({"share": "yes"}).summary[0].message.startswith("“100 % sure?” can have at most 2 characters")


def test_f09_words_that_a_field_brings_itself_are_kept():
    class Own(PageForm, forms.Form):
        first = forms.CharField(error_messages={"required": "Say something."})
        second = forms.RegexField("^a$", error_messages={"invalid": "Only an a will do."})

    assert [line.message for line in Own({"first": "", "second": "b"}).summary] == [
        "Say something.",
        "Only an a will do.",
    ]


def framework_sentences() -> set[str]:
    """What Django says when nothing was given, in both languages."""
    sentences = set()
    for language in ("en", "nb"):
        with translation.override(language):
            sentences.add(str(forms.Field.default_error_messages["required"]))
            sentences.add(str(_("This field is required.")))
    return sentences


def all_form_classes() -> list[type]:
    """Every form class of the project's own modules but those that only lend fields to others."""
    for package in (accounts, assessments, planning):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations." not in module.name and ".management." not in module.name:
                importlib.import_module(module.name)

    def below(cls):
        for sub in cls.__subclasses__():
            yield sub
            yield from below(sub)

    found = {
        cls for cls in below(forms.BaseForm) if cls.__module__.split(".")[0] in ("accounts", "assessments", "planning")
    }
    return sorted(
        (cls for cls in found if not cls.__name__.endswith("Mixin")), key=lambda cls: (cls.__module__, cls.__qualname__)
    )


def test_f09_every_form_of_the_project_speaks_our_words():
    strangers = [cls for cls in all_form_classes() if not issubclass(cls, PageForm)]

    assert not strangers


@pytest.mark.parametrize("language", ["en", "nb"])
def test_f09_no_field_says_what_the_framework_says(language):
    forbidden = framework_sentences()
    checked = 0
    with translation.override(language):
        for cls in [*all_form_classes(), WishForm]:
            for name, field in getattr(cls, "base_fields", {}).items():
                own = cls.__new__(cls)
                own.required_messages = cls.required_messages
                own._prepare(name, field)
                assert str(field.error_messages["required"]) not in forbidden, (cls, name)
                checked += 1
    assert checked > 10


def test_f10_no_radio_button_is_chosen_beforehand_and_none_is_empty():
    class Asked(PageForm, forms.Form):
        answer = forms.ChoiceField(widget=forms.RadioSelect, choices=[("", "---------"), ("y", "Yes"), ("n", "No")])

    page = page_of(Asked())

    assert "checked" not in page
    assert "---------" not in page
    assert page.count('type="radio"') == 2


def test_a_list_to_choose_from_has_words_where_nothing_is_chosen():
    class Person(PageForm, forms.ModelForm):
        class Meta:
            model = Member
            fields = ["role", "discipline", "how_chosen"]
            widgets = {"how_chosen": forms.RadioSelect}

    page = page_of(Person())

    assert "----" not in page
    assert re.search(r'<option value="" selected>Choose</option>', page)
    assert re.search(r'<option value="" selected>Not given</option>', page)


def test_f10_the_main_button_stands_before_the_way_out():
    form = WishForm()
    form.cancel_url = "/away/"
    page = page_of(form)

    assert 0 < page.index(">Send the wish</button>") < page.index('href="/away/"')


def test_choices_stand_in_a_fieldset_with_their_question_and_what_is_wrong_belongs_to_it():
    page = page_of(WishForm(EMPTY))

    assert re.search(r'<fieldset aria-describedby="id_kind_error">\s*<legend>What kind\?</legend>', page)
    assert re.search(r'<div id="id_kind_error" class="wrong"><p>Choose an answer', page)
    assert 'id="div_id_wish" class="field field-wrong"' in page
    assert 'aria-describedby="id_wish_helptext id_wish_error"' in page
    assert 'aria-invalid="true"' in page


def test_f11_a_date_is_shown_back_in_words():
    form = WishForm(initial={"on": "2026-12-24"})
    page = page_of(form)

    assert 'type="date"' in page
    assert 'value="2026-12-24"' in page
    assert "Now: Thursday 24 December 2026" in page


@pytest.mark.parametrize("written", ["2026-12-24", "24.12.2026"])
def test_f11_a_date_can_be_written_as_people_here_do(written):
    form = WishForm({**TYPED, "on": written})

    assert form.is_valid() is False
    assert str(form.cleaned_data["on"]) == "2026-12-24"


def test_each_filling_in_has_an_id_of_its_own_and_keeps_it_when_something_is_wrong():
    first, second = WishForm(), WishForm()
    key = "6b0f2c0e-4f0e-4c58-8f5e-7d7f0a7b1a11"

    assert first["submission"].value() != second["submission"].value()
    assert first["submission"].value() == first["submission"].value()
    assert f'value="{key}"' in page_of(WishForm({**EMPTY, "submission": key}))


def test_fields_can_be_grouped_and_set_beside_each_other():
    class Grouped(WishForm):
        def get_layout(self):
            return Layout(Div(Row("on", Column("hours")), css_class="pair"))

    page = page_of(Grouped())

    assert '<div class="fields-row">' in page
    assert page.index('id="id_on"') < page.index('id="id_hours"')


def test_text_of_people_is_escaped():
    page = render_crispy_form(WishForm({**TYPED, "wish": "<script>alert(1)</script>"}))

    assert "<script>" not in page
