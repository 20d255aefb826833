"""The forms of the Implementation Leadership Scale: what staff answered, and how a leader rates the own leadership."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from assessments import official_texts, scoring
from assessments.forms.dated import DatedForm, keep_what_may_be_shown, wording_field
from assessments.forms.waves import scale_field
from assessments.instruments import ILS, stored
from assessments.models import SUBSCALES, LeadershipRating, OwnLeadershipRating
from assessments.wording import said

MEANS = {
    "proactive": _("Has a plan, clears what is in the way. Mean of three questions, 0 to 4."),
    "knowledgeable": _("Knows IMR and can answer questions on it. Mean of three questions, 0 to 4."),
    "supportive": _("Recognises and backs those who learn and use IMR. Mean of three questions, 0 to 4."),
    "perseverant": _("Keeps on through ups and downs. Mean of three questions, 0 to 4."),
}
MISSING = {name: _("Write the mean, from 0 to 4, such as 2.33.") for name in SUBSCALES}


def number() -> forms.NumberInput:
    """A control for a mean."""
    return forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})


class LeadershipForm(DatedForm):
    """The means of what staff answered; refused with fewer answers than was agreed beforehand."""

    submit_label = _("Save the means")
    wording = wording_field()
    help_texts = {
        **MEANS,
        "answers": _("Only people whom the leader leads. The leader's own answers are never in it."),
        "minimum": _(
            "With few answers one could tell who said what. It is agreed before the survey opens, stands on the form, "
            "and is never lowered afterwards."
        ),
    }
    required_messages = {
        **MISSING,
        "rated_on": _("Give the day on which the survey closed."),
        "answers": _("Write how many answered."),
        "minimum": _("Choose the smallest number of answers that was agreed."),
    }

    class Meta:
        model = LeadershipRating
        fields = ["rated_on", "minimum", "answers", *SUBSCALES, "wording"]
        widgets = {
            "minimum": forms.RadioSelect,
            "answers": forms.NumberInput(attrs={"inputmode": "numeric", "min": "1"}),
            **{name: number() for name in SUBSCALES},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:  # what was agreed is said, not assumed
            self.initial.pop("minimum", None)
            self.fields["minimum"].initial = None

    def clean(self):
        """Enough answers."""
        data = super().clean()
        answers, minimum = data.get("answers"), data.get("minimum")
        if answers is not None and minimum and answers < minimum:
            self.add_error(
                "answers",
                gettext("With fewer answers than %(minimum)d the means are not recorded. Ask more people, or wait.")
                % {"minimum": minimum},
            )
        return data

    def save(self, commit=True):
        """The means, as far as they may be shown."""
        instrument = stored(ILS.key, self.instance.version)
        keep_what_may_be_shown(self.instance, dict(zip(SUBSCALES, SUBSCALES, strict=True)), instrument)
        return super().save(commit)


def field_of(item: str) -> str:
    """The name of an item's question; "knowledgeable" is the name of a sub-scale besides."""
    return f"item_{item}"


def own_item_fields() -> dict[str, forms.Field]:
    """A question for each item of the scale, as staff are asked it."""
    return {field_of(item): scale_field(ILS, item, {}) for item in ILS.items}


ITEM_FIELDS = [field_of(item) for item in ILS.items]


OwnItemsMixin = type(forms.Form)("OwnItemsMixin", (forms.Form,), {"__module__": __name__, **own_item_fields()})


class OwnRatingForm(DatedForm, OwnItemsMixin):
    """A leader's own rating on the same scale, for that leader alone: by the twelve items, or by the four means."""

    submit_label = _("Save my rating")
    before_submit = _("Only you see this until you share it.")
    help_texts = MEANS
    required_messages = {**MISSING, "rated_on": _("Give the day on which you rated yourself.")}

    class Meta:
        model = OwnLeadershipRating
        fields = ["rated_on", *SUBSCALES]
        widgets = {name: number() for name in SUBSCALES}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("rated_on", self.today)
        texts = official_texts.texts_of(self.member.service, ILS, get_language())
        self.wording = ILS.wording(texts)
        if self.wording == "official":
            for item, words in texts.items():
                self.fields[field_of(item)].label, self.fields[field_of(item)].help_text = words, ""
        for name in SUBSCALES:
            self.fields[name].required = False

    def get_layout(self) -> Layout:
        """The items stand open; the means are there for those who have them from elsewhere."""
        folded = Div(*SUBSCALES, template="assessments/own_means.html")
        folded.open = any(self[name].errors or self[name].value() for name in SUBSCALES)
        return Layout("rated_on", *(Div(item, css_class="scale") for item in ITEM_FIELDS), folded)

    def same_day(self, day):
        """The leader's own of that day."""
        return self.member.own_leadership_ratings.filter(rated_on=day)

    def clean(self):
        """The means as given, or worked out from the items; one of the two."""
        data = super().clean()
        if {*SUBSCALES, *ITEM_FIELDS} & set(self.errors):
            return data
        self.rated = {item: int(data[field_of(item)]) for item in ILS.items if data.get(field_of(item))}
        typed = {name: data.get(name) for name in SUBSCALES}
        if not self.rated:
            self._need_means(typed)
        elif any(one is not None for one in typed.values()):
            self.add_error(None, gettext("Answer the twelve questions or write the four means, not both."))
        else:
            data |= self._means_of_items()
        return data

    def _need_means(self, typed: dict) -> None:
        """Without any answer all four means are needed; with nothing at all it is the answers that are missing."""
        if all(one is None for one in typed.values()):
            self.add_error(ITEM_FIELDS[0], gettext("Answer the questions: at least two of the three in each group."))
            return
        for name, one in typed.items():
            if one is None:
                self.add_error(name, MISSING[name])

    def _means_of_items(self) -> dict:
        """The mean of each sub-scale; what is missing for one is named."""
        found = {}
        for part in ILS.subscales:
            mean = scoring.score(self.rated, ILS).subscales[part.key]
            if mean is None:
                missing = next(item for item in part.items if item not in self.rated)
                words = gettext("Answer at least two of the three questions on “%(part)s”.")
                self.add_error(field_of(missing), words % {"part": said(part.name)})
            else:
                found[part.key] = scoring.kept(mean)
        return found

    def save(self, commit=True):
        """The rating; with its items, and by what and in which words they were asked, if they were."""
        self.instance.items = self.rated
        if self.rated:
            self.instance.version, self.instance.wording = ILS.version, self.wording
        return super().save(commit)
