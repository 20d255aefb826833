"""The forms of the Implementation Leadership Scale: what staff answered, and how a leader rates the own leadership."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.forms.dated import DatedForm, wording_field
from assessments.models import SUBSCALES, LeadershipRating, OwnLeadershipRating

MEANS = {
    "proactive": _("Has a plan, clears what is in the way. Mean of three questions, 0 to 4."),
    "knowledgeable": _("Knows IMR and can answer questions on it. Mean of three questions, 0 to 4."),
    "supportive": _("Recognises and backs those who learn and use IMR. Mean of three questions, 0 to 4."),
    "perseverant": _("Keeps on through ups and downs. Mean of three questions, 0 to 4."),
}
MISSING = {name: _("Write the mean, from 0 to 4, such as 2.33.") for name in SUBSCALES}


def number() -> forms.NumberInput:
    """A control for a mean."""
    return forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})


class LeadershipForm(DatedForm):
    """The means of what staff answered; refused with fewer answers than was agreed beforehand."""

    submit_label = _("Save the means")
    wording = wording_field()
    help_texts = {
        **MEANS,
        "answers": _("Only people whom the leader leads. The leader's own answers are never in it."),
        "minimum": _(
            "With few answers one could tell who said what. It is agreed before the survey opens, stands on the form, "
            "and is never lowered afterwards."
        ),
    }
    required_messages = {
        **MISSING,
        "rated_on": _("Give the day on which the survey closed."),
        "answers": _("Write how many answered."),
        "minimum": _("Choose the smallest number of answers that was agreed."),
    }

    class Meta:
        model = LeadershipRating
        fields = ["rated_on", "minimum", "answers", *SUBSCALES, "wording"]
        widgets = {
            "minimum": forms.RadioSelect,
            "answers": forms.NumberInput(attrs={"inputmode": "numeric", "min": "1"}),
            **{name: number() for name in SUBSCALES},
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
                gettext("With fewer answers than %(minimum)d the means are not recorded. Ask more people, or wait.")
                % {"minimum": minimum},
            )
        return data


class OwnRatingForm(DatedForm):
    """A leader's own rating on the same scale, for that leader alone."""

    submit_label = _("Save my rating")
    before_submit = _("Only you see this until you share it.")
    help_texts = MEANS
    required_messages = {**MISSING, "rated_on": _("Give the day on which you rated yourself.")}

    class Meta:
        model = OwnLeadershipRating
        fields = ["rated_on", *SUBSCALES]
        widgets = {name: number() for name in SUBSCALES}

    def same_day(self, day):
        """The leader's own of that day."""
        return self.member.own_leadership_ratings.filter(rated_on=day)
