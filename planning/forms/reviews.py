"""Forms of the review meetings."""

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.record_forms import RecordForm
from planning.clock import moment
from planning.forms.record import ObservationForm
from planning.reviews import RHYTHMS

AHEAD_MONTHS = 12


class MomentMixin(forms.Form):
    """A day and a time of day, ahead but not years ahead: a slip of the keyboard must not end all reviews."""

    day = forms.DateField(label=_("Date"))
    time = forms.TimeField(label=_("Time"))

    def clean(self):
        """The moment lies ahead, within the year."""
        data = super().clean()
        if data.get("day") and data.get("time"):
            data["moment"] = moment(data["day"], data["time"])
            if data["moment"] <= timezone.now():
                self.add_error("day", ValidationError(_("Give a date and time ahead.")))
            elif data["day"] > self.today + relativedelta(months=AHEAD_MONTHS):
                self.add_error("day", ValidationError(_("Give a day after today, at most twelve months ahead.")))
        return data


class SeriesForm(RecordForm, MomentMixin):
    """How often the service meets, and when first."""

    submit_label = _("Set the rhythm")
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=[(code, label) for code, (_rule, label) in RHYTHMS.items()],
        widget=forms.RadioSelect,
        help_text=_("45 minutes every fourth week is enough for most teams."),
    )
    field_order = ["rhythm", "day", "time"]
    required_messages = {
        "rhythm": _("Choose how often you meet."),
        "day": _("Give the date of the first review."),
        "time": _("Give the time of day, such as 13:00."),
    }


class MoveForm(RecordForm, MomentMixin):
    """Another moment for a planned review."""

    submit_label = _("Move the review")
    required_messages = {"day": _("Give the new date."), "time": _("Give the time of day, such as 13:00.")}


class MembersField(forms.ModelMultipleChoiceField):
    """Several members. A number too large for any database is a choice that is not there, not an error of ours."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class CloseForm(RecordForm, forms.Form):
    """What was said and who was there; afterwards the review is closed."""

    submit_label = _("Close the review")
    attendees = MembersField(
        label=_("Who was there"), queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.CharField(
        label=_("What was said and decided"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Once closed, this does not change again. Nothing about a patient."),
    )
    looked_at_outcomes = forms.BooleanField(label=_("We looked at patient outcomes"), required=False)
    required_messages = {
        "attendees": _("Tick who was there."),
        "minutes": _("Write what was said and decided, if only in a sentence."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["attendees"].queryset = self.member.service.members.present(self.today).order_by("name", "pk")


class ReviewObservationForm(ObservationForm):
    """An observation made in a review: day and source follow from the meeting."""

    class Meta(ObservationForm.Meta):
        fields = ["entry", "effect", "text"]
