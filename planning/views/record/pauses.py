"""Times in which the practice rests: pause it, start again."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import records
from accounts.record_pages import AddRecord, ChangeRecord, RecordList, RemoveRecord
from planning import pauses
from planning.forms.pauses import ChangePauseForm, PauseForm, RestartForm
from planning.models import Pause
from planning.wording.figures import day


class Pauses(RecordList):
    """The pauses, the latest first."""

    template_name = "planning/pauses.html"
    title = _("Pauses")
    intro = _("While IMR is paused its clocks stand still and no reminders go out. What is recorded stays as it is.")
    related = "pauses"
    name = "pause"
    order = ("-paused_on", "-pk")
    columns = ("paused_on", "restart_planned_on", "restarted_on")
    add_label = _("Pause IMR")
    empty_text = _("IMR has not been paused.")

    def row(self, pause: Pause):
        """From when; until when, or when it is to go on."""
        title = gettext("Paused from %(day)s") % {"day": day(pause.paused_on)}
        if pause.restarted_on:
            return title, (gettext("started again on %(day)s") % {"day": day(pause.restarted_on)},)
        if pause.restart_planned_on:
            return title, (gettext("to start again on %(day)s") % {"day": day(pause.restart_planned_on)},)
        return title, (gettext("nobody knows yet when it goes on"),)

    def get_context_data(self, **kwargs):
        """The way to start again while a pause lasts, the way to a new one otherwise."""
        context = super().get_context_data(**kwargs)
        running = pauses.running(self.service, on=self.today)
        if running and self.may(self.edit_permission):
            context["restart_url"] = reverse("pause_end", args=[self.service.key, running.pk])
        if self.service.pauses.filter(restarted_on__isnull=True).exists():
            context["add_url"] = ""
        return context


class AddPause(AddRecord):
    """Pause the practice."""

    form_class = PauseForm
    title = _("Pause IMR")
    intro = _("From that day clocks stand still and no reminders go out, but one to you when IMR is to go on.")
    name, list_name = "pause", "pauses"

    def get_initial(self):
        """From today, most often."""
        return {"paused_on": self.today}

    def success_message(self, pause):
        """From when."""
        return gettext("IMR is paused from %(day)s.") % {"day": day(pause.paused_on)}


class ChangePause(ChangeRecord, AddPause):
    """Put a pause right."""

    form_class = ChangePauseForm
    title = _("Change the pause")
    intro = ""
    related = "pauses"

    def get_initial(self):
        """What is recorded."""
        return {}

    def success_message(self, pause):
        """Saved."""
        return _("Saved.")


class RemovePause(RemoveRecord):
    """Take out a pause that was none."""

    name, list_name, related = "pause", "pauses", "pauses"


class EndPause(ChangePause):
    """Start the practice again."""

    template_name = "form_page.html"
    form_class = RestartForm
    title = _("Start IMR again")
    intro = _("From that day clocks go on where they stood. It is no new start.")

    def get_initial(self):
        """Today, most often."""
        return {"restarted_on": self.record.restarted_on or self.today}

    def save(self, form):
        """The practice goes on."""
        return records.keep(form.save(commit=False), by=self.member)

    def success_message(self, pause):
        """From when."""
        return gettext("IMR goes on from %(day)s.") % {"day": day(pause.restarted_on)}
