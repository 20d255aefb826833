"""What should be checked before a practice starts, and counts until it is done."""

from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_pages import RecordFormPage
from planning import readiness
from planning.forms.readiness import ITEMS, ReadinessForm


class Readiness(Page):
    """The three questions with their latest answer."""

    permission = Permission.SEE_RECORD
    template_name = "planning/readiness.html"
    title = _("Preparation")
    intro = _("Three things to check before starting. They can be made up for, and count until they are.")
    section = "record"

    def get_context_data(self, **kwargs):
        """The questions as the form asks them."""
        words = {item.value: ReadinessForm.base_fields[item.value].label for item in ITEMS}
        latest = readiness.latest(self.service, on=self.today)
        return super().get_context_data(items=[(words[item.value], row) for item, row in latest], **kwargs)


class AnswerReadiness(RecordFormPage):
    """Answer the three questions, or some of them, as of one day."""

    permission = Permission.EDIT_RECORD
    form_class = ReadinessForm
    title = _("Preparation")
    intro = _("Leave out what nobody knows.")
    section = "record"

    def get_initial(self):
        """Today, most often."""
        return {"on": self.today}

    def save(self, form):
        """Note what was answered."""
        return readiness.answer(form.answers, by=self.member, on=form.cleaned_data["on"])

    def success_message(self, rows):
        """Saved."""
        return _("Answers saved.")

    def success_url(self, rows):
        """Back to the questions."""
        return self.here("readiness")

    def cancel_url(self):
        """Back to the questions."""
        return self.here("readiness")
