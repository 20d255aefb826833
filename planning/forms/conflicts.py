"""Forms around priority conflicts: the agreement, the entry, its detail, the answer."""

from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import MemberChoice, OneOrNone, RecordForm
from planning.conflicts import BACKDATE_DAYS, VISIBILITY_CHOICES
from planning.models import ConflictAnswer, LoggingAgreement, PriorityConflict
from planning.models.conflict import EVALUATE_WITHIN_MONTHS
from planning.wording.own_words import LOG_INFORMATION


class AgreementForm(RecordForm, forms.ModelForm):
    """What the log is for, whom it was discussed with, how long entries are kept, when that is looked at again."""

    submit_label = _("Record this and open the log")
    examples = {"information": LOG_INFORMATION}
    required_messages = {
        "purpose": _("Write what the log is for."),
        "ground": _("Choose the legal ground."),
        "discussed_on": _("Give the day on which you discussed the log."),
        "discussed_with": _("Write whom you discussed the log with."),
        "information": _("Write what practitioners are told."),
        "keep_months": _("Choose how long notes are kept."),
        "evaluate_on": _("Give the day on which you look at this again."),
    }

    class Meta:
        model = LoggingAgreement
        fields = ["purpose", "ground", "discussed_on", "discussed_with", "information", "keep_months", "evaluate_on"]
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "information": forms.Textarea(attrs={"rows": 5}),
            "ground": forms.RadioSelect,
            "keep_months": forms.RadioSelect,
        }
        help_texts = {
            "purpose": _("For example: to see what takes the time from IMR, so that the leader can act on it."),
            "ground": _("Consent is not offered: between employer and employee it is not free."),
            "discussed_with": _("Shop stewards or the safety representative, by role."),
            "information": _("Practitioners can read this at any time."),
            "evaluate_on": _("At most twelve months ahead."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.pop("keep_months", None)  # no choice is made for the reader
        self.fields["keep_months"].initial = None

    def clean_discussed_on(self):
        """Not in the future: it has to have taken place."""
        day = self.cleaned_data["discussed_on"]
        if day > self.today:
            raise ValidationError(_("The discussion has to have taken place: give today or an earlier day."))
        return day

    def clean_evaluate_on(self):
        """Ahead, and at most twelve months ahead."""
        day = self.cleaned_data["evaluate_on"]
        if not self.today < day <= self.today + relativedelta(months=EVALUATE_WITHIN_MONTHS):
            raise ValidationError(_("Give a day after today, at most twelve months ahead."))
        return day


def refuse_long_ago(day: date, *, today: date) -> None:
    """Raise ValidationError for a day to come, or of more than two weeks ago."""
    if not today - timedelta(days=BACKDATE_DAYS) <= day <= today:
        raise ValidationError(_("Give a day within the last two weeks."))


class ConflictForm(RecordForm, forms.Form):
    """One tap: each reason is a button. `named` travels along as it stands above the buttons.

    `happened_on` is empty for now; a tap that waited on a phone brings the day on which it was made.
    """

    reason = forms.ChoiceField(
        label=_("What took the time from IMR?"), choices=PriorityConflict.Reason.choices, widget=forms.HiddenInput
    )
    named = forms.BooleanField(required=False, widget=forms.HiddenInput)
    happened_on = forms.DateField(label=_("When"), required=False, widget=forms.HiddenInput)

    required_messages = {"reason": _("Tap the reason that took the time.")}

    def clean_happened_on(self):
        """Today or the last two weeks, if anything."""
        day = self.cleaned_data["happened_on"]
        if day:
            refuse_long_ago(day, today=self.today)
        return day


class DisplacedForm(RecordForm, forms.Form):
    """One more tap: each kind of displaced work is a button."""

    displaced = forms.ChoiceField(
        label=_("What did it displace?"), choices=PriorityConflict.Displaced.choices, widget=forms.HiddenInput
    )

    required_messages = {"displaced": _("Tap what was displaced.")}


class ConflictDetailForm(RecordForm, forms.ModelForm):
    """What else the author wants to say of an entry; everything optional but the day and who sees it."""

    submit_label = _("Save")
    displaced = OneOrNone(
        label=_("What was displaced"), choices=PriorityConflict.Displaced.choices, none_label=_("Not said")
    )
    hours = forms.DecimalField(
        label=_("About how many hours"),
        required=False,
        min_value=Decimal("0.25"),
        max_value=40,
        max_digits=4,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.25"}),
        help_text=_("A rough figure will do, such as 1.5."),
    )
    wanted_help = OneOrNone(label=_("What would help"), choices=PriorityConflict.Help.choices, none_label=_("Not said"))
    note = forms.CharField(
        label=_("In your own words"),
        max_length=140,
        required=False,
        help_text=_("At most 140 characters. Write nothing about a patient."),
    )
    named = forms.TypedChoiceField(
        label=_("Who sees it"),
        choices=VISIBILITY_CHOICES,
        coerce=lambda value: value in (True, "True"),
        widget=forms.RadioSelect,
        help_text=_("Your leader sees your name only if you choose it. Colleagues never see it."),
    )
    required_messages = {
        "happened_on": _("Give the day on which it happened."),
        "named": _("Choose whether your leader sees your name."),
    }

    class Meta:
        model = PriorityConflict
        fields = ["happened_on", "displaced", "hours", "wanted_help", "note", "show_note", "named"]

    def clean_happened_on(self):
        """Today or the last two weeks; a day that was given before may stay."""
        day = self.cleaned_data["happened_on"]
        if day != self.initial.get("happened_on"):
            refuse_long_ago(day, today=self.today)
        return day


PROPOSED_DAYS = 14  # until when an action that answers a conflict is proposed to be done


class AnswerForm(RecordForm, forms.ModelForm):
    """The leader's reply, if wanted with an action: whoever answers is proposed to do it, within two weeks.

    `from_list`: given with one tap in the list, which an answer that came meanwhile must survive.
    """

    submit_label = _("Answer")
    text = forms.CharField(
        label=_("In a sentence"),
        max_length=300,
        required=False,
        help_text=_("Whoever wrote the entry reads this, and so do colleagues. Needed when the answer is Not now."),
    )
    action_title = forms.CharField(label=_("What will be done"), max_length=200, required=False)
    action_due_on = forms.DateField(label=_("By when"), required=False)
    action_owner = MemberChoice(label=_("Who does it"), required=False)
    from_list = forms.BooleanField(required=False, widget=forms.HiddenInput)
    required_messages = {"state": _("Choose your answer.")}

    class Meta:
        model = ConflictAnswer
        fields = ["state", "text"]
        widgets = {"state": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.action_id:
            self.initial.setdefault("action_due_on", self.today + timedelta(days=PROPOSED_DAYS))
            self.initial.setdefault("action_owner", self.member.pk)

    def clean(self):
        """Not now needs a reason; planned needs something that will be done."""
        data = super().clean()
        if data.get("state") == ConflictAnswer.State.NOT_NOW and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write why it has to wait."))
        planned = self.instance.action_id or data.get("action_title") or "action_title" in self.errors
        if data.get("state") == ConflictAnswer.State.PLANNED and not planned:
            self.add_error("action_title", _("Write what will be done."))
        if data.get("action_title") and not data.get("action_due_on") and "action_due_on" not in self.errors:
            self.add_error("action_due_on", _("Give a date by which it will be done."))
        return data


class SeenForm(RecordForm, forms.Form):
    """The one tap in the list: read, nothing more yet. The page of the answer takes what it sends."""
