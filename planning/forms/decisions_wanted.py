"""Forms of what is asked of the next level up: the question, the answer in one click, an answer given in a talk."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Role
from accounts.record_forms import RecordForm
from planning.models import DecisionWanted


class DecisionWantedForm(RecordForm, forms.ModelForm):
    """What is to be decided, by whom, by when."""

    submit_label = _("Ask this")
    asked_of = forms.ModelChoiceField(
        label=_("Asked of"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
        help_text=_(
            "Sponsors read it when they sign in, and answer with one click. If nobody of them is in the list, add "
            "them under People, or ask in a talk and record the answer here."
        ),
    )
    required_messages = {
        "subject": _("Choose what is to be decided."),
        "question": _("Write the question in a sentence."),
        "wanted_by": _("Give the day by which you want the answer."),
    }

    class Meta:
        model = DecisionWanted
        fields = ["subject", "question", "asked_of", "wanted_by"]
        widgets = {"subject": forms.RadioSelect, "question": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "question": _(
                "So that yes or no answers it. For example: May IMR go on for two years after the project ends in "
                "March? Or: May Tuesday mornings be kept free for IMR? Nothing about a patient."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sponsors = self.member.service.members.filter(role=Role.SPONSOR).present(self.today)
        self.fields["asked_of"].queryset = sponsors.order_by("name", "pk")

    def clean_wanted_by(self):
        """Today or ahead: nobody can answer sooner."""
        day = self.cleaned_data["wanted_by"]
        if day < self.today:
            raise ValidationError(_("Give today or a later day."))
        return day


class SponsorAnswerForm(RecordForm, forms.Form):
    """One click: each answer is a button; a sentence can go along."""

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=DecisionWanted.Answer.choices, widget=forms.HiddenInput, required=True
    )
    words = forms.CharField(label=_("In a sentence"), max_length=300, required=False, widget=forms.Textarea)
    required_messages = {"answer": _("Press one of the three answers.")}


class RecordedAnswerForm(RecordForm, forms.Form):
    """What the next level said in a talk or a letter, and when."""

    submit_label = _("Save the answer")
    answer = forms.ChoiceField(
        label=_("What they answered"), choices=DecisionWanted.Answer.choices, widget=forms.RadioSelect
    )
    answered_on = forms.DateField(label=_("Answered on"))
    words = forms.CharField(
        label=_("In a sentence"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    required_messages = {
        "answer": _("Choose what they answered."),
        "answered_on": _("Give the day of the answer."),
    }

    def __init__(self, *args, asked_on, **kwargs):
        self.asked_on = asked_on
        super().__init__(*args, **kwargs)

    def clean_answered_on(self):
        """From the day of the question until today."""
        day = self.cleaned_data["answered_on"]
        if not self.asked_on <= day <= self.today:
            raise ValidationError(_("Give a day from the one on which you asked until today."))
        return day
