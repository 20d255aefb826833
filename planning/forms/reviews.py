"""Forms of the review meetings."""

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import RecordForm
from planning.clock import moment
from planning.forms.record import ObservationForm
from planning.rhythms import DAYS, MONTHLY, PLACES, RHYTHMS, monthly

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
        choices=list(RHYTHMS.items()),
        widget=forms.RadioSelect,
        help_text=_("45 minutes every fourth week is enough for most teams."),
    )
    place = forms.ChoiceField(
        label=_("If every month: which one"),
        choices=[("", _("As the date below")), *PLACES.items()],
        required=False,
    )
    weekday = forms.ChoiceField(
        label=_("If every month: which weekday"),
        choices=[("", _("As the date below")), *((day, WEEKDAYS[number]) for number, day in enumerate(DAYS))],
        required=False,
    )
    field_order = ["rhythm", "place", "weekday", "day", "time"]
    help_texts = {"day": _("Of the first review. The series begins with the first date of the rhythm from then on.")}
    required_messages = {
        "rhythm": _("Choose how often you meet."),
        "day": _("Give the date of the first review."),
        "time": _("Give the time of day, such as 13:00."),
    }

    def clean(self):
        """The rhythm with its weekday; one half of "the first Tuesday" alone says nothing."""
        data = super().clean()
        place, weekday = data.get("place"), data.get("weekday")
        if data.get("rhythm") == MONTHLY:
            if place and weekday:
                data["rhythm"] = monthly(place, weekday)
            elif place:
                self.add_error("weekday", _("Choose the weekday, too, or leave both as the date says."))
            elif weekday:
                self.add_error("place", _("Choose which one of the month, too, or leave both as the date says."))
        return data


class MoveForm(RecordForm, MomentMixin):
    """Another moment for a planned review."""

    submit_label = _("Move the review")
    required_messages = {"day": _("Give the new date."), "time": _("Give the time of day, such as 13:00.")}


class ExtraForm(RecordForm, MomentMixin):
    """When a meeting outside the series takes place."""

    submit_label = _("Plan the review")
    required_messages = {"day": _("Give the date."), "time": _("Give the time of day, such as 13:00.")}


class SkipForm(RecordForm, forms.Form):
    """Why one meeting is left out."""

    submit_label = _("Leave it out")
    because = forms.CharField(
        label=_("Why it is left out"),
        max_length=200,
        help_text=_("In a sentence. Everybody who sees reviews reads it."),
    )
    required_messages = {"because": _("Write why, in a sentence.")}


class TopicForm(RecordForm, forms.Form):
    """Something one wants to talk about at a review."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Put it on the agenda")
    text = forms.CharField(
        label=_("What is to be talked about"),
        max_length=200,
        help_text=_("In a sentence. Your name stands beside it. Nothing about a patient."),
    )
    required_messages = {"text": _("Write what is to be talked about.")}


class ReviewObservationForm(ObservationForm):
    """An observation made in a review: day and source follow from the meeting."""

    class Meta(ObservationForm.Meta):
        fields = ["entry", "effect", "text"]
