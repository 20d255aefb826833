"""The form of the weekly check-in."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import RecordForm
from planning import weeks
from planning.models import WeekCheckIn


class WeekReminderForm(RecordForm, forms.Form):
    """Nothing but the button: remind me on Fridays, or no longer."""

    before_submit = _("Nobody else sees whether you are reminded.")


class WeekCheckInForm(RecordForm, forms.ModelForm):
    """One's own week: how much of the time set aside was kept, if there was any, and hours in own time.

    `asks_kept`: whether time was set aside; `last_own_time`: the hours given last week, which are offered again.
    """

    submit_label = _("Save my week")
    required_messages = {
        "kept": _("Choose how much of it you kept."),
        "own_time_hours": _("Give the hours in your own time, or 0 for none."),
    }

    class Meta:
        model = WeekCheckIn
        fields = ["kept", "own_time_hours"]
        widgets = {
            "kept": forms.RadioSelect,
            "own_time_hours": forms.NumberInput(attrs={"inputmode": "decimal", "min": "0", "step": "0.25"}),
        }
        help_texts = {"own_time_hours": _("Evenings, weekends, breaks. A rough figure will do, such as 1.5.")}

    def __init__(self, *args, asks_kept: bool, last_own_time, **kwargs):
        super().__init__(*args, **kwargs)
        hours = last_own_time if self.instance._state.adding else self.instance.own_time_hours
        self.initial["own_time_hours"] = f"{Decimal(hours or 0).normalize():f}"  # "1.5", not "1.50"
        if not asks_kept:
            del self.fields["kept"]
        elif not self.instance.set_aside_hours:  # it was not asked before: no answer is offered
            self.initial.pop("kept", None)

    @property
    def before_submit(self) -> str:
        """Who will see the week's total, by name; of somebody who agreed to show the hours, who may work out more."""
        if weeks.shows_hours(self.member):
            text = gettext(
                "You agreed to show our hours: once every practitioner has, what was kept in the service is seen from "
                "Monday by %(names)s, however few answered. It may be worked out what you kept."
            )
            names = self.others_who_may(Permission.SEE_AGREED_HOURS)
        else:
            text = gettext(
                "Only you see this. From Monday, if at least three have answered, the week's total of the whole "
                "service is seen by %(names)s."
            )
            names = self.others_who_may(Permission.SEE_RECORD)
        return text % {"names": names} if names else gettext("Nobody else can sign in to this service yet.")


class HoursShownForm(RecordForm, forms.Form):
    """Nothing but the button: agree that the hours are shown, or take it back."""

    seen_with = Permission.SEE_AGREED_HOURS

    def __init__(self, *args, show: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = _("Show our hours") if show else _("Hide them again")
