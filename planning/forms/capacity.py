"""The form of one of the service's own figures for the hours IMR needs."""

from decimal import Decimal

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm
from planning.capacity import PARAMETERS
from planning.models import CapacityParameter
from planning.wording.capacity import UNITS

MOST = {"percent": Decimal(100), "weeks": Decimal(52), "days": Decimal(366)}  # by unit
MOST_OF_ANYTHING = Decimal(10_000)


class CapacityForm(RecordForm, forms.ModelForm):
    """A figure and where it comes from; left empty, the default counts (again)."""

    submit_label = _("Save the figure")
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=200,
        required=False,
        help_text=_(
            "In a few words: counted in the diary in October, agreed with the day team. Nothing about anybody."
        ),
    )

    class Meta:
        model = CapacityParameter
        fields = ["value", "source"]
        widgets = {"value": forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "0"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unit = PARAMETERS[self.instance.name].unit
        value = self.fields["value"]
        value.required = False
        back = _("Leave both empty to go back to the default.")
        value.help_text = f"{UNITS[unit]} {back}" if unit in UNITS else back
        value.validators.append(MaxValueValidator(MOST.get(unit, MOST_OF_ANYTHING)))
        if unit == "weeks":  # of a year: the hours are divided by them
            value.validators.append(MinValueValidator(Decimal(1)))

    def clean(self):
        """A figure needs a source, and a source a figure."""
        data = super().clean()
        if self.errors:
            return data
        if data.get("value") is not None and not data.get("source"):
            self.add_error("source", _("Write where your figure comes from, in a few words."))
        if data.get("value") is None and data.get("source"):
            self.add_error("value", _("Write the figure that comes from there, or leave both empty."))
        return data
