"""Forms of a time in which the practice rests."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm
from planning.models import Pause

AHEAD_MONTHS = 12  # a pause begins at most so far ahead: a slip of the keyboard must not silence a service


class PauseForm(RecordForm, forms.ModelForm):
    """From when the practice is paused, and when it is to go on."""

    submit_label = _("Pause")
    required_messages = {"paused_on": _("Give the first day of the pause.")}

    class Meta:
        model = Pause
        fields = ["paused_on", "restart_planned_on"]
        help_texts = {"restart_planned_on": _("You get a reminder on that day. Leave empty if nobody knows yet.")}

    def clean_paused_on(self):
        """Not years ahead."""
        day = self.cleaned_data["paused_on"]
        if day > self.today + relativedelta(months=AHEAD_MONTHS):
            raise ValidationError(_("Give a day at most twelve months ahead."))
        return day

    def clean(self):
        """It goes on after it began, and two pauses do not overlap."""
        data = super().clean()
        begun, planned = data.get("paused_on"), data.get("restart_planned_on")
        if begun and planned and planned <= begun:
            self.add_error("restart_planned_on", _("Give a day after the first day of the pause."))
        if begun and not self.errors and self.overlaps(begun, data.get("restarted_on")):
            self.add_error("paused_on", _("There is another pause in these days. Change that one instead."))
        return data

    def overlaps(self, begun: date, ended: date | None) -> bool:
        """Whether some day of it lies in another pause of the service."""
        others = self.member.service.pauses.exclude(pk=self.instance.pk)
        return any(
            begun < (other.restarted_on or date.max) and other.paused_on < (ended or date.max) for other in others
        )


class ChangePauseForm(PauseForm):
    """All of a pause, its end included."""

    submit_label = _("Save")

    class Meta(PauseForm.Meta):
        fields = ["paused_on", "restart_planned_on", "restarted_on"]

    def clean(self):
        """It ended after it began, and not ahead."""
        data = super().clean()
        begun, ended = data.get("paused_on"), data.get("restarted_on")
        if begun and ended:
            check_restart(self, ended, begun=begun)
        return data


class RestartForm(RecordForm, forms.ModelForm):
    """The day from which the practice goes on."""

    submit_label = _("Start again")
    required_messages = {"restarted_on": _("Give the day on which you start again.")}

    class Meta:
        model = Pause
        fields = ["restarted_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["restarted_on"].required = True

    def clean(self):
        """After the pause began, and not ahead."""
        data = super().clean()
        if data.get("restarted_on"):
            check_restart(self, data["restarted_on"], begun=self.instance.paused_on)
        return data


def check_restart(form: RecordForm, day: date, *, begun: date) -> None:
    """Say what is wrong with the day of a restart: it lies after the first day of the pause, and not ahead."""
    if day > form.today:
        form.add_error("restarted_on", _("Give today or an earlier day: on that day IMR goes on."))
    elif day <= begun:
        form.add_error(
            "restarted_on", _("Give a day after the first day of the pause. If there was no pause, take it out.")
        )
