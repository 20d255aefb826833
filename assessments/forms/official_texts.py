"""The form for the exact words of an instrument: a text for each item."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import RecordForm
from assessments.instrument_notes import ItemLine, item_lines
from assessments.instruments import Instrument
from assessments.models import OfficialText

LONGEST = OfficialText._meta.get_field("text").max_length


class ItemTextsMixin(forms.BaseForm):
    """A field of text for each item of an instrument."""

    def __init__(self, *args, instrument: Instrument, **kwargs):
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        texts = {line.key: self.text_field(line) for line in item_lines(instrument)}
        self.fields = texts | self.fields

    @staticmethod
    def text_field(line: ItemLine) -> forms.CharField:
        """The words of one item, told by its number and our name for it."""
        return forms.CharField(
            label=f"{line.number}. {line.name}",
            max_length=LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class OfficialTextsForm(RecordForm, ItemTextsMixin, forms.Form):
    """A text for each item, and that the service may use the form they are from."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Save the wording")
    allowed = forms.BooleanField(
        label=_("We may use the form that these words are from, and they stand here unchanged.")
    )
    required_messages = {"allowed": _("Tick that you may use the form. Without that no words of it can stand here.")}

    @property
    def texts(self) -> dict[str, str]:
        """What was entered, by item."""
        return {item: self.cleaned_data[item] for item in self.instrument.items if self.cleaned_data.get(item)}
