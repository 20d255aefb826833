"""The questions of a form from a definition alone, also of instruments that are still to come."""

import pytest
from django import forms
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.forms import PageForm
from assessments import scoring
from assessments.forms.items import ItemsMixin, answers_in, as_given, item_fields, lacking
from assessments.instruments import GOI, ILS, IMR_FIDELITY, IMRS, PRESS, Instrument
from tests.assessments.second_wave import ICS, NHS, WCQ

ALL = (IMR_FIDELITY, GOI, ILS, PRESS, IMRS, ICS, NHS, WCQ)


def possible(instrument: Instrument, item: str) -> list:
    levels = instrument.by_key[item].levels
    return list(levels) if levels else list(range(instrument.lowest, instrument.highest + 1))


def form_of(instrument: Instrument, sent: dict, official_texts: dict | None = None):
    """A page's form that asks it, complete or not at all."""

    class AskForm(PageForm, ItemsMixin, forms.Form):
        def get_instrument(self):
            return instrument

        def get_official_texts(self):
            return official_texts or {}

        def clean(self):
            data = super().clean()
            if not self.errors:
                self.refuse_too_few()
            return data

    return AskForm(sent)


@st.composite
def administrations(draw):
    """An instrument, and answers to some of its items."""
    instrument = draw(st.sampled_from(ALL))
    asked = draw(st.sets(st.sampled_from(instrument.items), min_size=max(0, len(instrument.items) - 4)))
    return instrument, {item: draw(st.sampled_from(possible(instrument, item))) for item in sorted(asked)}


@settings(deadline=None)
@given(administrations())
def test_f04_a_form_takes_what_the_definition_can_score_and_refuses_the_rest(administration):
    instrument, answers = administration

    form = form_of(instrument, as_given(answers, instrument))

    enough = scoring.score(answers, instrument).total is not None
    assert form.is_valid() is enough
    assert enough is (lacking(answers, instrument) is None)
    if enough:
        assert form.answers() == answers
    else:
        assert set(form.errors) < set(instrument.items)
        assert not set(form.errors) & set(answers)


@pytest.mark.parametrize(
    ("instrument", "left_out", "sentence"),
    [
        (IMR_FIDELITY, ("cbt", "handouts"), "Answer at least 12 of the 13 items."),
        (PRESS, ("routine",), "Answer all 3 items."),
        (ILS, ("plan", "standards"), "Answer at least 2 of the 3 items of “Proactive”."),
        (NHS, ("fit",), "Answer all 10 items."),
    ],
)
def test_f09_what_is_missing_is_told_beside_the_first_item_that_is(instrument, left_out, sentence):
    answers = {item: possible(instrument, item)[0] for item in instrument.items if item not in left_out}

    form = form_of(instrument, as_given(answers, instrument))

    first = next(item for item in instrument.items if item in left_out)
    assert dict(form.errors) == {first: [sentence]}


@pytest.mark.parametrize("instrument", ALL)
def test_nothing_is_chosen_beforehand_and_an_answer_can_be_taken_back(instrument):
    item = instrument.items[0]
    fields = item_fields(instrument, prefix="x_")

    assert [field.initial for field in fields.values()] == [None] * len(instrument.items)
    assert fields[f"x_{item}"].choices[-1][0] == "none"
    assert answers_in({f"x_{item}": fields[f"x_{item}"].clean("none")}, instrument, prefix="x_") == {}


def test_an_answer_that_the_item_does_not_have_is_told():
    form = form_of(ILS, as_given(dict.fromkeys(ILS.items, 4), ILS) | {"plan": "5"})

    assert list(form.errors) == ["plan"]


def test_f15_official_texts_are_asked_alone_and_only_where_all_are_there():
    texts = {item: f"Words of {item}" for item in PRESS.items}
    whole = item_fields(PRESS, official_texts=texts)
    mixed = item_fields(PRESS, official_texts={**texts, "routine": " "})

    assert [str(field.label) for field in whole.values()] == list(texts.values())
    assert {str(field.help_text) for field in whole.values()} == {""}
    assert "Words" not in "".join(str(field.label) for field in mixed.values())
    assert all("IMR" in str(field.help_text) for field in mixed.values())


def test_what_is_not_confirmed_has_the_note_to_check_it_and_nothing_else_has():
    note = "Check against the official form."
    unsure = {name for name, field in item_fields(IMR_FIDELITY).items() if note in str(field.help_text)}

    assert unsure == {
        item.key
        for item in IMR_FIDELITY.described
        if item.confidence.needs_checking or item.anchors.confidence.needs_checking
    }
    assert "people_in_session" not in unsure
    assert "significant_others" in unsure


def test_each_step_says_what_it_stands_for_where_a_form_wants_that():
    with translation.override("nb"):
        told = item_fields(IMR_FIDELITY, anchors=True)["people_in_session"].choices
        labelled = item_fields(PRESS)["routine"].choices
        assert str(told[0][1]) == "1: noen samtaler med flere enn 15"
        assert str(labelled[4][1]) == "4: i svært stor grad"
