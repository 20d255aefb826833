"""The forms of single figures: the organisation, whether IMR is still used, and a round of patient outcomes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.forms.dated import DatedForm, wording_field
from assessments.forms.scored import ScoredForm
from assessments.models import FEWEST_PATIENTS, OrganisationRating, OutcomeRound, SustainmentRating


class OrganisationForm(ScoredForm):
    """A rating on the General Organizational Index: its mean, or the items."""

    key, figure = "goi", "mean"
    submit_label = _("Save the rating")
    help_texts = {"mean": _("From 1 to 5, as on the score sheet. Leave it empty if you rate the items.")}
    required_messages = {"rated_on": _("Give the date of the visit.")}
    nothing_given = _("Write the mean, from 1 to 5, such as 3.25, or rate the items.")

    class Meta:
        model = OrganisationRating
        fields = ["rated_on", "mean"]
        widgets = {"mean": forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})}


class SustainmentForm(DatedForm):
    """The mean of what staff answered on whether IMR is still used; refused with fewer answers than was agreed."""

    submit_label = _("Save the mean")
    wording = wording_field()
    help_texts = {
        "answers": _("How many forms there are. The leader's own is not among them."),
        "minimum": _(
            "With few answers one could tell who said what. It is agreed before the survey opens, stands on the form, "
            "and is never lowered afterwards."
        ),
        "mean": _("Work out the mean of each form first, then the mean of those. From 0 to 4."),
    }
    required_messages = {
        "rated_on": _("Give the day on which the survey closed."),
        "answers": _("Write how many answered."),
        "minimum": _("Choose the smallest number of answers that was agreed."),
        "mean": _("Write the mean, from 0 to 4, such as 2.33."),
    }

    class Meta:
        model = SustainmentRating
        fields = ["rated_on", "minimum", "answers", "mean", "wording"]
        widgets = {
            "minimum": forms.RadioSelect,
            "answers": forms.NumberInput(attrs={"inputmode": "numeric", "min": "1"}),
            "mean": forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
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
                gettext("With fewer answers than %(minimum)d the mean is not recorded. Ask more people, or wait.")
                % {"minimum": minimum},
            )
        return data


class OutcomeForm(DatedForm):
    """Patient outcomes of one round, as a group: no mean of fewer than five."""

    submit_label = _("Save the round")
    required_messages = {
        "measured_on": _("Give the day on which the round was finished."),
        "form": _("Choose who filled in the forms."),
        "patients": _("Write how many patients the round covers."),
    }

    class Meta:
        model = OutcomeRound
        fields = ["measured_on", "form", "patients", "mean", "fed_back_on"]
        widgets = {
            "form": forms.RadioSelect,
            "patients": forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}),
            "mean": forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        }
        help_texts = {
            "patients": _("A count, nothing about anybody."),
            "fed_back_on": _("Leave it empty until they have seen the result."),
        }

    def clean_measured_on(self):
        """Not ahead."""
        day = self.cleaned_data["measured_on"]
        if day > self.today:
            raise ValidationError(_("Give today or an earlier day: the round has to be finished."))
        return day

    def clean_fed_back_on(self):
        """Not ahead either."""
        day = self.cleaned_data["fed_back_on"]
        if day and day > self.today:
            raise ValidationError(_("Give today or an earlier day, or leave it empty until they have seen it."))
        return day

    def clean(self):
        """A mean of five or more, shown after it was measured, and one round of each form a day."""
        data = super().clean()
        measured_on, fed_back_on = data.get("measured_on"), data.get("fed_back_on")
        patients = data.get("patients")
        if data.get("mean") is not None and patients is not None and patients < FEWEST_PATIENTS:
            self.add_error(
                "mean",
                _("A mean is kept of five patients or more: of fewer one could tell who is meant. Leave it empty."),
            )
        if measured_on and fed_back_on and fed_back_on < measured_on:
            self.add_error("fed_back_on", _("Give a day on or after the one on which the round was finished."))
        if measured_on and data.get("form") and self.same_round(measured_on, data["form"]):
            self.add_error("measured_on", _("There is a round of that day and form already. Give another day."))
        return data

    def same_round(self, day, form: str) -> bool:
        """Whether another round of that form is recorded on that day."""
        rounds = OutcomeRound.objects.filter(service=self.member.service, measured_on=day, form=form)
        return rounds.exclude(pk=self.instance.pk).exists()
