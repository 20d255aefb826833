"""The forms of a fidelity visit: its rating, by the mean or by the items, and what it recommends."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import OneOrNone, RecordForm
from assessments import scoring
from assessments.figures import rating
from assessments.forms.dated import DatedForm
from assessments.instruments import IMR_FIDELITY
from assessments.models import FidelityRating, Recommendation
from assessments.wording import FIDELITY_ITEMS

RATINGS = [str(figure) for figure in range(IMR_FIDELITY.lowest, IMR_FIDELITY.highest + 1)]


def item_fields() -> dict[str, forms.Field]:
    """A question for each item of the scale: its rating, or not rated."""
    return {
        item: OneOrNone(
            label=FIDELITY_ITEMS[item][0],
            help_text=FIDELITY_ITEMS[item][1],
            choices=[(figure, figure) for figure in RATINGS],
            none_label=_("Not rated"),
        )
        for item in IMR_FIDELITY.items
    }


ItemFieldsMixin = type(forms.Form)("ItemFieldsMixin", (forms.Form,), {"__module__": __name__, **item_fields()})


class FidelityForm(DatedForm, ItemFieldsMixin):
    """A rating on the IMR Fidelity Scale: its mean, or the items, of which the mean is then worked out.

    At least twelve of the thirteen items are needed for a mean (our convention). Where both are given they have
    to agree, and the unrounded mean of the items is kept, as bands are decided on it.
    """

    submit_label = _("Save the rating")
    help_texts = {"total": _("From 1 to 5, as on the score sheet. Leave it empty if you rate the items.")}
    required_messages = {"rated_on": _("Give the date of the visit.")}

    class Meta:
        model = FidelityRating
        fields = ["rated_on", "total"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["total"].required = False
        if self.instance.items:  # worked out from them, and shown as the page shows it
            self.initial["total"] = scoring.shown(self.instance.total)
        for item in IMR_FIDELITY.items:
            self.initial.setdefault(item, str(self.instance.items.get(item, "")))

    @cached_property
    def shows_items(self) -> bool:
        """Whether the items stand open: some are rated, or something is wrong with them."""
        return any(self[item].errors or self[item].value() in RATINGS for item in IMR_FIDELITY.items)

    def get_layout(self) -> Layout:
        """The mean is one number; the items are there for those who have them."""
        items = [Div(item, css_class="scale") for item in IMR_FIDELITY.items]
        folded = Div(*items, template="assessments/items.html")
        folded.open = self.shows_items
        return Layout("rated_on", "total", folded)

    def clean(self):
        """The mean as given or worked out; with both, the one must be the other, rounded."""
        data = super().clean()
        if {"total", *IMR_FIDELITY.items} & set(self.errors):
            return data
        self.rated = {item: int(data[item]) for item in IMR_FIDELITY.items if data.get(item)}
        total = data.get("total")
        if not self.rated:
            if total is None:
                self.add_error("total", _("Write the mean, from 1 to 5, such as 4.38, or rate the items."))
            return data
        mean = scoring.mean(self.rated, IMR_FIDELITY)
        if mean is None:
            missing = next(item for item in IMR_FIDELITY.items if item not in self.rated)
            self.add_error(missing, _("Rate at least twelve of the items, or none of them and write the mean."))
        elif total is not None and not scoring.agrees(total, mean):
            self.add_error(
                "total",
                _("The items you rated have the mean %(mean)s. Put right the one or the other, or leave this empty.")
                % {"mean": rating(mean)},
            )
        else:
            data["total"] = mean
        return data

    def save(self, commit=True):
        """The rating with its items, if they were rated."""
        self.instance.items = self.rated
        return super().save(commit)


class RecommendationForm(RecordForm, forms.ModelForm):
    """One piece of advice of the visit."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Save the recommendation")
    text = forms.CharField(
        label=_("What is recommended"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence, as something that can be done. Nothing about a patient, nobody's name."),
    )
    required_messages = {"text": _("Write what the visit recommends, in a sentence.")}

    class Meta:
        model = Recommendation
        fields = ["text"]
