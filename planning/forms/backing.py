"""Forms of what stands behind the practice: support from outside, the next level's word, money and posts."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import OneOrNone, RecordForm, YesNo
from planning.models import Confirmation, Funding, Support


class AskedForm(RecordForm, forms.ModelForm):
    """Something that others were asked, and what they answered; the two days belong together."""

    answer_name = ""  # of the field that holds the answer

    def clean_asked_on(self):
        """Not ahead: what will be asked has not been asked."""
        day = self.cleaned_data["asked_on"]
        if day > self.today:
            raise ValidationError(_("Give today or an earlier day: it has to have been asked."))
        return day

    def clean_answered_on(self):
        """Not ahead either."""
        day = self.cleaned_data["answered_on"]
        if day and day > self.today:
            raise ValidationError(_("Give today or an earlier day, or leave it empty until there is an answer."))
        return day

    def has_answer(self, data) -> bool:
        """Whether an answer was chosen."""
        return data.get(self.answer_name) not in ("", None)

    def clean(self):
        """An answer has a day, and a day has an answer; neither comes before the question."""
        data = super().clean()
        if {"answered_on", self.answer_name} & set(self.errors):
            return data
        asked_on, answered_on = data.get("asked_on"), data.get("answered_on")
        if self.has_answer(data) and not answered_on:
            self.add_error("answered_on", _("Give the day of the answer."))
        elif answered_on and not self.has_answer(data):
            self.add_error(self.answer_name, _("Choose what was answered, or leave the day of the answer empty."))
        elif asked_on and answered_on and answered_on < asked_on:
            self.add_error("answered_on", _("Give a day on or after the one on which you asked."))
        return data


class SupportForm(AskedForm):
    """Who was asked for what, and what came of it."""

    submit_label = _("Save")
    answer_name = "answer"
    answer = OneOrNone(
        label=_("Answer"),
        choices=[(Support.Answer.AGREED, Support.Answer.AGREED.label), ("refused", Support.Answer.REFUSED.label)],
        none_label=Support.Answer.OPEN.label,
    )
    required_messages = {
        "level": _("Choose who was asked."),
        "wanted": _("Write what you asked for, in a few words."),
        "asked_on": _("Give the day on which you asked."),
    }

    class Meta:
        model = Support
        fields = ["level", "wanted", "asked_on", "answer", "answered_on"]
        widgets = {"level": forms.RadioSelect}
        help_texts = {"wanted": _("Such as a room, hours, a post, a word to colleagues. Nothing about a patient.")}

    def has_answer(self, data) -> bool:
        """Whether an answer was chosen; none yet is kept as open."""
        return data.get("answer") != Support.Answer.OPEN

    def clean_answer(self):
        """No answer yet is open."""
        return self.cleaned_data["answer"] or Support.Answer.OPEN


class ConfirmationForm(AskedForm):
    """When the next level up was asked whether IMR is a priority, and what it said."""

    submit_label = _("Save")
    answer_name = "confirmed"
    confirmed = YesNo(label=_("Is IMR confirmed as a priority?"), none_label=Support.Answer.OPEN.label)
    required_messages = {"asked_on": _("Give the day on which you sent the memo or asked.")}

    class Meta:
        model = Confirmation
        fields = ["asked_on", "confirmed", "answered_on"]


class FundingForm(RecordForm, forms.ModelForm):
    """Money or posts, decided when and until when."""

    submit_label = _("Save")
    required_messages = {
        "kind": _("Choose what was decided."),
        "decided_on": _("Give the day on which it was decided."),
    }

    class Meta:
        model = Funding
        fields = ["kind", "decided_on", "until"]
        widgets = {"kind": forms.RadioSelect}

    def clean_decided_on(self):
        """Not ahead: what will be decided is not decided."""
        day = self.cleaned_data["decided_on"]
        if day > self.today:
            raise ValidationError(_("Give today or an earlier day: it has to have been decided."))
        return day

    def clean(self):
        """It ends after it was decided; start-up money ends on a day that is known."""
        data = super().clean()
        if "until" in self.errors:
            return data
        decided_on, until = data.get("decided_on"), data.get("until")
        if data.get("kind") == Funding.Kind.START_UP and not until:
            self.add_error("until", _("Start-up money ends: give its last day."))
        elif decided_on and until and until < decided_on:
            self.add_error("until", _("Give a day on or after the one of the decision, or leave it empty."))
        return data
