"""Supervision in the practice: that it took place, meeting by meeting."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord
from planning.forms.supervisions import SupervisedTodayForm, SupervisionForm
from planning.models import ConfirmedEmpty, Supervision
from planning.views.record.lists import ConfirmableList
from planning.wording.figures import day


class Supervisions(ConfirmableList):
    """The days of supervision, the latest first; today's is recorded with one tap."""

    template_name = "planning/supervisions.html"
    title = _("Supervision")
    intro = _("Only the day is kept: not who was there, and nothing of what was said.")
    related = "supervisions"
    name = "supervision"
    order = ("-held_on",)
    columns = ("held_on",)
    add_label = _("Another day")
    empty_text = _("No supervision is recorded.")
    confirms = ConfirmedEmpty.List.SUPERVISION
    confirm_label = _("There is no supervision at present")

    def row(self, supervision: Supervision):
        """The day."""
        return day(supervision.held_on), ()

    def get_context_data(self, **kwargs):
        """The button for today, for those who may press it, unless it is recorded."""
        context = super().get_context_data(**kwargs)
        logging = self.may(Permission.LOG_SUPERVISION)
        address = reverse("supervision_add", args=[self.service.key])
        context["add_url"] = address if logging else ""
        context["held_today"] = self.service.supervisions.filter(held_on=self.today).exists()
        if logging and not context["held_today"]:
            form = SupervisedTodayForm(member=self.member, today=self.today, initial={"held_on": self.today})
            form.form_action = address
            context["today_form"] = form
        return context


class AddSupervision(AddRecord):
    """Record that supervision took place."""

    permission = Permission.LOG_SUPERVISION
    form_class = SupervisionForm
    title = _("Supervision took place")
    name, list_name = "supervision", "supervisions"

    def get_initial(self):
        """Today, most often."""
        return {"held_on": self.today}

    def success_message(self, supervision):
        """Recorded."""
        return _("Supervision recorded.")


class ChangeSupervision(ChangeRecord, AddSupervision):
    """Put the day right."""

    permission = Permission.EDIT_RECORD
    title = _("Change the day of supervision")
    related = "supervisions"

    def get_initial(self):
        """The day that is recorded."""
        return {}


class RemoveSupervision(RemoveRecord):
    """Take out a meeting that did not take place."""

    name, list_name, related = "supervision", "supervisions", "supervisions"
