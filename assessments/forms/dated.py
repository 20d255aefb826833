"""What the forms of the assessments share: a day that has come, and one assessment of a kind a day."""

from collections.abc import Mapping
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import OneOrNone, RecordForm
from assessments import published_means, scoring
from assessments.instruments import Instrument
from assessments.models import WORDINGS


def wording_field() -> OneOrNone:
    """Whether people answered an instrument's exact words; of a survey made elsewhere nobody may know."""
    return OneOrNone(label=_("Which words were answered?"), choices=WORDINGS, none_label=_("Not known"))


def keep_what_may_be_shown(rating, fields: Mapping[str, str], instrument: Instrument) -> None:
    """Keep the limit instead of a typed-in mean that so few answers do not allow to be shown.

    `fields`: the figures of the instrument, each with the field of the rating that holds it.
    """
    figures = {key: getattr(rating, field) for key, field in fields.items()}
    means = published_means.typed_in(figures, instrument, people=rating.answers)
    rating.bounded = {key: mean.bound for key, mean in means.items() if mean.bound}
    for key in rating.bounded:
        setattr(rating, fields[key], scoring.kept(means[key].figure))


class DatedForm(RecordForm, forms.ModelForm):
    """An assessment made on a day (`rated_on`)."""

    seen_with = Permission.SEE_RECORD

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):  # kept with ten places; shown as it was written
                self.initial[name] = Decimal(f"{value.normalize():f}")

    def same_day(self, day):
        """The assessments of this kind on that day, of which there can be one."""
        return self._meta.model.objects.filter(service=self.member.service, rated_on=day)

    def clean_rated_on(self):
        """Not ahead, and one a day."""
        day = self.cleaned_data["rated_on"]
        if day > self.today:
            raise ValidationError(_("Give today or an earlier day: a visit has to have taken place."))
        if self.same_day(day).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a rating of that day already. Give another day."))
        return day
