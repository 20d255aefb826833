"""The forms of single figures: the organisation, whether IMR is still used, and a round of patient outcomes."""

from datetime import date, timedelta
from decimal import Decimal

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.figures import average
from assessments.forms.dated import DatedForm, keep_what_may_be_shown, wording_field
from assessments.forms.scored import ScoredForm
from assessments.instruments import IMRS, PRESS, stored
from assessments.models import FEWEST_PATIENTS, OrganisationRating, OutcomeRound, SustainmentRating
from assessments.published_means import TOTAL


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

    def save(self, commit=True):
        """The mean, as far as it may be shown."""
        keep_what_may_be_shown(self.instance, {TOTAL: "mean"}, stored(PRESS.key, self.instance.version))
        return super().save(commit)


APART = timedelta(days=14)  # nearer rounds are one measurement, taken twice
HIGHEST_DEVIATION = 2  # that is kept: half of the scale's length
COUNT = {"inputmode": "numeric", "min": "0"}
DECIMAL = {"inputmode": "decimal", "step": "any"}
CHANGES = ("better", "same", "worse")
SLACK = Decimal("0.01")  # a mean and a deviation may have been rounded to two decimals


class OutcomeForm(DatedForm):
    """Patient outcomes of one round, as a group: no figure of fewer than five, and nowhere to put anything of one."""

    submit_label = _("Save the round")
    required_messages = {
        "measured_on": _("Give the day on which the round was finished."),
        "form": _("Choose who filled in the forms."),
        "patients": _("Write how many patients the round covers."),
    }

    class Meta:
        model = OutcomeRound
        fields = ["measured_on", "form", "patients", "mean", "sd", *CHANGES, "missing", "fed_back_on"]
        widgets = {
            "form": forms.RadioSelect,
            **{name: forms.NumberInput(attrs=COUNT) for name in ("patients", *CHANGES, "missing")},
            **{name: forms.NumberInput(attrs=DECIMAL) for name in ("mean", "sd")},
        }
        help_texts = {
            "patients": _("A count of those behind the mean, nothing about anybody."),
            "better": _("Of those in both rounds, by more than the error of measurement. The sheet counts them."),
            "missing": _("Forms with fewer than 12 of the 15 answers. They are in no other figure."),
            "fed_back_on": _("Leave it empty until they have seen the result."),
        }

    def get_layout(self) -> Layout:
        """How many patients and their mean first; what only the sheet tells is folded away, unless it is filled in."""
        folded = Div("sd", *CHANGES, "missing", template="assessments/figures_of_sheet.html")
        folded.open = any(self[name].errors or self[name].value() not in ("", None) for name in folded.fields)
        return Layout("measured_on", "form", "patients", "mean", "fed_back_on", folded)

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
        """Figures of five or more that go together, shown after they were measured, one round of each form a day."""
        data = super().clean()
        measured_on, fed_back_on = data.get("measured_on"), data.get("fed_back_on")
        self.check_mean(data.get("patients"), data.get("mean"), data.get("sd"))
        if not any(name in self.errors for name in CHANGES):
            self.check_changes(data)
        if measured_on and fed_back_on and fed_back_on < measured_on:
            self.add_error("fed_back_on", _("Give a day on or after the one on which the round was finished."))
        if measured_on and data.get("form"):
            self.check_neighbours(measured_on, data)
        return data

    def check_neighbours(self, measured_on: date, data: dict) -> None:
        """One round of each form a day; and no mean beside another that differs by fewer than five patients."""
        if self.same_round(measured_on, data["form"]):
            self.add_error("measured_on", _("There is a round of that day and form already. Give another day."))
            return
        patients = data.get("patients")
        if data.get("mean") is None or patients is None:
            return
        near = OutcomeRound.objects.filter(
            service=self.member.service,
            form=data["form"],
            mean__isnull=False,
            measured_on__gt=measured_on - APART,
            measured_on__lt=measured_on + APART,
        ).exclude(pk=self.instance.pk)
        if any(0 < abs(one.patients - patients) < FEWEST_PATIENTS for one in near):
            self.add_error(
                "measured_on",
                _(
                    "There is a round within two weeks of this one with nearly as many patients. From the two one "
                    "could work out a single patient's figure. Put that round right, or leave the mean out here."
                ),
            )

    def check_mean(self, patients: int | None, mean: Decimal | None, sd: Decimal | None) -> None:
        """A mean of five or more; a deviation with a mean, and no larger than any group with that mean can have."""
        if mean is not None and patients is not None and patients < FEWEST_PATIENTS:
            self.add_error(
                "mean",
                _("A mean is kept of five patients or more: of fewer one could tell who is meant. Leave it empty."),
            )
        if sd is None or {"mean", "sd"} & self.errors.keys():
            return
        if mean is None:
            self.add_error("sd", _("A standard deviation needs a mean. Write the mean, or leave this empty."))
        elif patients is not None and sd > (most := largest_deviation(mean, patients)) + SLACK:
            self.add_error(
                "sd",
                _("With this mean the standard deviation is %(most)s at most. Check both.") % {"most": average(most)},
            )

    def check_changes(self, data: dict) -> None:
        """All three counts or none, of five patients or more, of no more than there are in either round."""
        counts = [data.get(name) for name in CHANGES]
        given = [count for count in counts if count is not None]
        if not given:
            return
        if len(given) < len(counts):
            empty = CHANGES[counts.index(None)]
            self.add_error(
                empty, _("Fill in “better”, “about the same” and “worse”, with 0 for none, or leave all three empty.")
            )
            return
        both, patients = sum(given), data.get("patients")
        if both < FEWEST_PATIENTS:
            self.add_error(
                "better",
                _("These three are kept when five patients or more were in both rounds. Leave all three empty."),
            )
        elif patients is not None and both > patients:
            self.add_error(
                "better",
                _("Better, about the same and worse are %(both)d together, of %(patients)d patients. Check them.")
                % {"both": both, "patients": patients},
            )
        elif (before := self.round_before(data)) is not None and both > before.patients:
            self.add_error(
                "better",
                _("Better, about the same and worse are more together than the patients of the round before."),
            )

    def round_before(self, data: dict) -> OutcomeRound | None:
        """The round of the same form before this one."""
        if not (data.get("measured_on") and data.get("form")):
            return None
        earlier = OutcomeRound.objects.filter(
            service=self.member.service, form=data["form"], measured_on__lt=data["measured_on"]
        )
        return earlier.exclude(pk=self.instance.pk).order_by("-measured_on").first()

    def same_round(self, day, form: str) -> bool:
        """Whether another round of that form is recorded on that day."""
        rounds = OutcomeRound.objects.filter(service=self.member.service, measured_on=day, form=form)
        return rounds.exclude(pk=self.instance.pk).exists()

    def save(self, commit=True):
        """With the version of the scales that it was scored by."""
        self.instance.version = self.instance.version or IMRS.version
        return super().save(commit)


def largest_deviation(mean: Decimal, patients: int) -> Decimal:
    """The largest standard deviation that so many patients with that mean can have: some at 1, the others at 5."""
    if patients < FEWEST_PATIENTS:
        return Decimal(HIGHEST_DEVIATION)
    spread = max((mean - IMRS.lowest) * (IMRS.highest - mean), Decimal(0))
    return min((spread * patients / (patients - 1)).sqrt(), Decimal(HIGHEST_DEVIATION))
