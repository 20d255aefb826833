"""The forms of a fidelity visit: its rating, by the mean or by the items, and what it recommends."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import RecordForm
from assessments.forms.scored import ScoredForm
from assessments.instruments import Instrument
from assessments.models import FidelityRating, Recommendation
from assessments.wording import about, named, said


class FidelityForm(ScoredForm):
    """A rating on the IMR Fidelity Scale: its mean, or the items."""

    key, figure = "imr_fidelity", "total"
    submit_label = _("Save the rating")
    help_texts = {"total": _("From 1 to 5, as on the score sheet. Leave it empty if you rate the items.")}
    required_messages = {"rated_on": _("Give the date of the visit.")}
    nothing_given = _("Write the mean, from 1 to 5, such as 4.38, or rate the items.")

    class Meta:
        model = FidelityRating
        fields = ["rated_on", "total"]


class RecommendationForm(RecordForm, forms.ModelForm):
    """One piece of advice of the visit: about one of the items that were rated, or about the whole."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Save the recommendation")
    about = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(
        label=_("What is recommended"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence, as something that can be done. Nothing about a patient, nobody's name."),
    )
    required_messages = {"text": _("Write what the visit recommends, in a sentence.")}

    class Meta:
        model = Recommendation
        fields = ["about", "text"]

    def __init__(self, *args, instruments: Iterable[Instrument], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [
            ("", gettext("The visit as a whole")),
            *(
                (said(instrument.name), [(about(instrument, item), named(item)) for item in instrument.described])
                for instrument in instruments
            ),
        ]
