"""The form of a decision."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import OneOrNone, RecordForm, YesNo
from planning.models import Decision


class DecisionForm(RecordForm, forms.ModelForm):
    """What was decided; of an expansion, what stands behind it."""

    submit_label = _("Save the decision")
    decided_by = OneOrNone(label=_("Who decided"), choices=Decision.DecidedBy.choices, none_label=_("Not known"))
    basis = OneOrNone(label=_("On what basis"), choices=Decision.Basis.choices, none_label=_("Not known"))
    goals_behind = YesNo(label=_("For an expansion: are there goals for it?"))
    hours_behind = YesNo(label=_("For an expansion: are hours set aside for it?"))
    training_behind = YesNo(label=_("For an expansion: is training planned for it?"))
    required_messages = {
        "kind": _("Choose what was decided."),
        "decided_on": _("Give the day on which it was decided."),
    }

    class Meta:
        model = Decision
        fields = [
            "kind",
            "text",
            "decided_on",
            "decided_by",
            "basis",
            "patients",
            "look_again_on",
            "goals_behind",
            "hours_behind",
            "training_behind",
        ]
        widgets = {
            "kind": forms.RadioSelect,
            "patients": forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}),
        }

    def clean_decided_on(self):
        """Not ahead: what will be decided is not decided."""
        day = self.cleaned_data["decided_on"]
        if day > self.today:
            raise ValidationError(_("Give today or an earlier day: it has to have been decided."))
        return day

    def clean(self):
        """What stands behind an expansion is asked of an expansion only."""
        data = super().clean()
        if data.get("kind") and data["kind"] != Decision.Kind.EXPAND:
            data["goals_behind"] = data["hours_behind"] = data["training_behind"] = None
        return data
