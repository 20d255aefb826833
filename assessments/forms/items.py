"""The items of an instrument as questions of a form, made from its definition alone.

For a form whose questions are known with the instrument, `ItemsMixin` in front of `forms.Form`:

    get_instrument()            the version that is asked
    get_official_texts()        {"plan": "..."}, in the language of the page; {} without any

    form.instrument             the version that it asks by
    form.item_names             the fields, in the order of the instrument, for a layout: item_layout(form.item_names)
    form.answers()              after cleaning: {"plan": 3}, without what was not answered
    form.refuse_too_few()       in clean(): adds a sentence to the first item that is missing

A page with two instruments (a visit, a wave) adds the fields itself, each under a prefix of its own:

    fields = item_fields(ILS, prefix="ils_") | item_fields(PRESS, prefix="press_")
    answers_in(cleaned_data, ILS, prefix="ils_"); lacking(answers, ILS)

Every question is a group of radio buttons, with nothing chosen beforehand; its last button takes an answer back. What
no published text confirms has the note to check it against the official form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crispy_forms.layout import Div
from django import forms
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import OneOrNone
from assessments import scoring
from assessments.instruments import Answer, Instrument, Item
from assessments.wording import note_on, said

NONE_LABELS = {
    "rating": _("Not rated"),
    "questionnaire": _("I do not answer this"),
    "group_results": _("Not answered"),
}

_joined = lazy(lambda *parts: " ".join(text for text in map(str, parts) if text), str)


# The fields


def choices_of(item: Item, instrument: Instrument, *, anchors: bool = False) -> list[tuple[str, str]]:
    """The answers that an item takes, from the lowest up, in the words of the scale or, with `anchors`, of the item."""
    if item.levels is not None:
        return [(level, level) for level in item.levels]
    steps = range(instrument.lowest, instrument.highest + 1)
    if anchors and item.anchors is not None:
        texts = dict(zip(steps, item.anchors.texts, strict=True))
        return [(str(step), format_lazy("{}: {}", step, said(texts[step]))) for step in steps]
    labels = instrument.labels
    return [
        (str(step), format_lazy("{}: {}", step, said(labels[step])) if step in labels else str(step)) for step in steps
    ]


def help_of(item: Item):
    """What the item is about in our words, and the note where its name or its anchors are not confirmed."""
    unsure = [one for one in (item.confidence, item.anchors and item.anchors.confidence) if one and one.needs_checking]
    return _joined(said(item.about) if item.about else "", lazy(note_on, str)(unsure[0]) if unsure else "")


def item_field(
    item: Item,
    instrument: Instrument,
    *,
    official_text: str = "",
    anchors: bool = False,
    to_check: bool = True,
    none_label: str = "",
) -> OneOrNone:
    """One question. An official text stands alone: our words beside it would change what is asked.

    `to_check`: whether it has the note to check it, which those who answer cannot. `none_label`: of the last button.
    """
    about = help_of(item) if to_check else said(item.about) if item.about else ""
    return OneOrNone(
        label=official_text or said(item.name),
        help_text="" if official_text else about,
        choices=choices_of(item, instrument, anchors=anchors),
        none_label=none_label or NONE_LABELS[instrument.kind],
    )


def item_fields(
    instrument: Instrument,
    *,
    prefix: str = "",
    official_texts: Mapping[str, str] | None = None,
    anchors: bool = False,
) -> dict[str, OneOrNone]:
    """A question for each item, by the prefix and the item's key.

    `official_texts`: the exact words by item. They are used only where all are there, as `Instrument.wording` has it:
    a form that mixes them with ours is neither. `anchors`: whether each step says what it stands for.
    """
    texts = official_texts or {}
    whole = all(texts.get(key, "").strip() for key in instrument.items)
    return {
        f"{prefix}{item.key}": item_field(
            item, instrument, official_text=texts[item.key] if whole else "", anchors=anchors
        )
        for item in instrument.described
    }


def item_layout(names: Iterable[str]) -> list[Div]:
    """The questions as groups whose buttons stand side by side."""
    return [Div(name, css_class="scale") for name in names]


# The answers


def answers_in(data: Mapping[str, str], instrument: Instrument, *, prefix: str = "") -> dict[str, Answer]:
    """What was answered, by item: whole numbers of the scale, or keys of weighted levels."""
    given = {item.key: data.get(f"{prefix}{item.key}") for item in instrument.described}
    return {
        key: answer if instrument.by_key[key].levels is not None else int(answer)
        for key, answer in given.items()
        if answer
    }


def as_given(answers: Mapping[str, Answer], instrument: Instrument, *, prefix: str = "") -> dict[str, str]:
    """Kept answers as the first values of a form."""
    return {f"{prefix}{item}": str(answers.get(item, "")) for item in instrument.items}


@dataclass(frozen=True)
class Lacking:
    """What stands between the answers and a total: the first item that is missing, and what is needed of which part."""

    item: str
    fewest: int
    of: int
    part: str = ""  # the name of a sub-scale; empty: of the whole instrument

    @property
    def sentence(self) -> str:
        """What to do, in a sentence."""
        numbers = {"fewest": self.fewest, "of": self.of, "part": self.part}
        if self.part and self.fewest == self.of:
            return gettext("Answer all %(of)d items of “%(part)s”.") % numbers
        if self.part:
            return gettext("Answer at least %(fewest)d of the %(of)d items of “%(part)s”.") % numbers
        if self.fewest == self.of:
            return gettext("Answer all %(of)d items.") % numbers
        return gettext("Answer at least %(fewest)d of the %(of)d items.") % numbers


def lacking(answers: Mapping[str, Answer], instrument: Instrument) -> Lacking | None:
    """What is missing for a total, by the definition's own minimum; None for enough."""
    if scoring.score(answers, instrument).total is not None:
        return None
    if instrument.total.method == "mean_of_subscales":
        part = next(part for part in instrument.subscales if len(answers.keys() & set(part.items)) < part.fewest)
        missing = next(item for item in part.items if item not in answers)
        return Lacking(missing, part.fewest, len(part.items), str(said(part.name)))
    missing = next(item for item in instrument.items if item not in answers)
    return Lacking(missing, instrument.total.fewest, len(instrument.items))


class ItemsMixin(forms.BaseForm):
    """A question for each item of an instrument. In front of `forms.Form`, or after `forms.ModelForm`."""

    shows_anchors = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instrument = self.get_instrument()
        fields = item_fields(self.instrument, official_texts=self.get_official_texts(), anchors=self.shows_anchors)
        self.item_names = tuple(fields)
        self.fields.update(fields)
        for name, given in as_given(self.get_answers(), self.instrument).items():
            self.initial.setdefault(name, given)

    def get_instrument(self) -> Instrument:
        """The version of the instrument that is asked."""
        raise TypeError(f"{type(self).__name__} does not say which instrument it asks.")

    def get_official_texts(self) -> Mapping[str, str]:
        """Its exact words, by item, if the service entered them."""
        return {}

    def get_answers(self) -> Mapping[str, Answer]:
        """What was answered before."""
        return {}

    def answers(self) -> dict[str, Answer]:
        """What was answered."""
        return answers_in(self.cleaned_data, self.instrument)

    def refuse_too_few(self, instead: str = "") -> None:
        """Say beside the first missing item that there are too few for a total. `instead`: another way out."""
        if found := lacking(self.answers(), self.instrument):
            self.add_error(found.item, " ".join(filter(None, (found.sentence, str(instead)))))
