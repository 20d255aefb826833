"""Forms of the caseload by month, and of the service's own figures for the hours IMR needs."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm
from planning.models import CaseloadMonth
from planning.risks.months import add_months
from planning.wording.caseload import month, month_alone

MONTHS_BACK = 24
MOST = 99_999  # of anything in a month: more is a slip of the finger


def last_months(today: date) -> list[date]:
    """The months that can be filled in, the running one first."""
    running = today.replace(day=1)
    return [add_months(running, -back) for back in range(MONTHS_BACK)]


class CaseloadForm(RecordForm, forms.ModelForm):
    """One month's counts. What was counted in the month before stands beside each field."""

    submit_label = _("Save the month")
    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    required_messages = {"month": _("Choose the month.")}

    class Meta:
        model = CaseloadMonth
        fields = ["month", *CaseloadMonth.COUNTS]
        widgets = {name: forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}) for name in CaseloadMonth.COUNTS}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        recorded = self.member.service.caseload_months
        taken = set(recorded.exclude(pk=self.instance.pk).values_list("month", flat=True))
        free = [day for day in last_months(self.today) if day not in taken]
        if self.instance.pk and self.instance.month not in free:
            free.append(self.instance.month)
        self.fields["month"].choices = [(day.isoformat(), self.named(day)) for day in free]
        if not free:
            self.fields["month"].help_text = _("The last 24 months are all recorded. Change one of them instead.")
        before = recorded.filter(month__lt=self.instance.month or date.max).order_by("-month").first()
        for name in CaseloadMonth.COUNTS:
            field = self.fields[name]
            field.validators.append(MaxValueValidator(MOST))
            count = before and getattr(before, name)
            if count is not None:
                field.help_text = gettext("In %(month)s: %(count)s") % {"month": month(before.month), "count": count}

    def named(self, day: date) -> str:
        """A month among the choices; the one that is not over says so."""
        words = month_alone(day)
        return gettext("%(month)s (still running)") % {"month": words} if day == last_months(self.today)[0] else words

    def clean(self):
        """A month without any figure says nothing."""
        data = super().clean()
        if not self.errors and all(data.get(name) is None for name in CaseloadMonth.COUNTS):
            raise ValidationError(_("Write at least one figure. 0 is a figure; empty means not known."))
        return data
