"""Forms about the people of a service. They ask for what the rules on leaving, training and choosing need."""

from datetime import date

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import PageForm
from accounts.models import Member, Service

LONGEST_CAREER = 60  # years


class MemberForm(PageForm, forms.ModelForm):
    """Everything the record holds of a person of the service."""

    required_messages = {"name": _("Write the person's name."), "role": _("Choose what the person is in the service.")}

    class Meta:
        model = Member
        fields = [
            "name",
            "role",
            "discipline",
            "experience_years",
            "how_chosen",
            "trained_on",
            "started_on",
            "handed_over_on",
            "supervises",
            "away_from",
            "away_until",
            "stopped_on",
            "leaves_on",
            "successor",
        ]
        widgets = {"role": forms.RadioSelect}
        help_texts = {
            "name": _("As colleagues know the person. Never a patient."),
            "role": _(
                "A leader or stand-in sees and changes everything but what practitioners keep private. A practitioner "
                "sees the plan and logs conflicts. An adviser sees the plan and rates fidelity. A sponsor sees "
                "documents and how the five themes stand."
            ),
            "experience_years": _("In the discipline, when the person joined. A rough number is fine."),
            "how_chosen": _(
                "How it was decided that this person would work with IMR. Only leaders and the person see it."
            ),
            "trained_on": _("The last day of the course. Leave it empty if there is a part to come."),
            "started_on": _("For a leader this shows how long there has been the same one."),
            "supervises": _(
                "Practitioners, leaders and advisers can. The rules ask who takes over when that person leaves."
            ),
            "away_from": _("Leave, illness, another post for a while. Give no reason."),
            "away_until": _("Leave it empty if nobody knows yet."),
            "stopped_on": _("The person stays in the service but no longer works with IMR."),
            "leaves_on": _(
                "The earlier you know, the more time to hand over. After this day the person cannot sign in here."
            ),
            "successor": _("Who has this person's IMR work afterwards."),
        }

    def __init__(self, *args, service: Service, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        # A person of another service cannot be named: the list is the check.
        colleagues = service.members.of_record().present(today).exclude(pk=self.instance.pk)
        for name in ("discipline", "how_chosen"):
            self.fields[name].choices = [("", _("Not known")), *self.fields[name].choices[1:]]
        self.fields["successor"].queryset = colleagues.order_by("name", "pk")
        self.fields["successor"].empty_label = _("Nobody yet")
        self.fields["experience_years"].max_value = LONGEST_CAREER

    def get_layout(self) -> Layout:
        """In the order in which one would tell it."""
        return Layout(
            Fieldset(_("Who"), "name", "role", "discipline", "experience_years"),
            Fieldset(
                _("Working with IMR"),
                "how_chosen",
                "trained_on",
                "started_on",
                "handed_over_on",
                "supervises",
                "stopped_on",
            ),
            Fieldset(_("Away for a while"), "away_from", "away_until"),
            Fieldset(_("Leaving"), "leaves_on", "successor"),
        )

    def clean_experience_years(self):
        """A number of years that somebody can have worked."""
        years = self.cleaned_data["experience_years"]
        if years is not None and years > LONGEST_CAREER:
            raise forms.ValidationError(_("Years of experience can be at most 60."))
        return years

    def _not_to_come(self, name: str, message):
        day = self.cleaned_data.get(name)
        if day and day > self.today:
            self.add_error(name, message)

    def clean(self):
        """Days that cannot be together are told at the field that is likeliest wrong."""
        cleaned = super().clean()
        self._not_to_come("trained_on", _("This day is still to come. Leave it empty until the training is finished."))
        self._not_to_come("handed_over_on", _("This day is still to come. Leave it empty until it is handed over."))
        self._not_to_come("stopped_on", _("This day is still to come. Leave it empty until the person has stopped."))
        away_from, away_until = cleaned.get("away_from"), cleaned.get("away_until")
        if away_until and not away_from:
            self.add_error("away_from", _("Give the first day away, too."))
        elif away_until and away_until < away_from:
            self.add_error(
                "away_until",
                _("The last day away cannot come before the first, %(day)s.") % {"day": f"{away_from:%d.%m.%Y}"},
            )
        started_on, leaves_on = cleaned.get("started_on"), cleaned.get("leaves_on")
        if started_on and leaves_on and leaves_on < started_on:
            self.add_error(
                "leaves_on",
                _("The last day cannot come before the first, %(day)s.") % {"day": f"{started_on:%d.%m.%Y}"},
            )
        return cleaned


class InviteForm(PageForm, forms.Form):
    """Where the link goes that lets somebody sign in."""

    submit_label = _("Send the invitation")
    required_messages = {"email": _("Write the address the invitation is to go to.")}

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Their own address at work. Whoever opens the link can sign in as this person, so check it twice."),
        max_length=254,
    )
