"""Bringing in a round of patient outcomes from the sheet that scores it, and that sheet."""

from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.access import Permission, ServiceMixin
from accounts.record_pages import RecordFormPage
from assessments import outcome_sheet
from planning import outcome_uploads
from planning.forms.outcome_uploads import OutcomeUploadForm


class ImportOutcomes(RecordFormPage):
    """Takes the results alone; a file with more in it is refused."""

    permission = Permission.RATE_FIDELITY
    template_name = "planning/outcome_import.html"
    form_class = OutcomeUploadForm
    title = _("Bring in a round of patient outcomes")
    intro = _("The sheet does the sums in the service. Only its results come here: nothing about a single patient.")
    section = "standing"

    def save(self, form):
        """Record the rounds."""
        return outcome_uploads.take(form.rows, by=self.member, today=self.today)

    def success_message(self, kept):
        """How many."""
        return ngettext("%(count)d round saved.", "%(count)d rounds saved.", len(kept)) % {"count": len(kept)}

    def success_url(self, kept):
        """Back to the rounds."""
        return self.here("outcome_rounds")

    def cancel_url(self):
        """Back to the rounds."""
        return self.here("outcome_rounds")

    def get_context_data(self, **kwargs):
        """The headings that a file may have."""
        headings = [str(words) for words in outcome_sheet.HEADINGS.values()]
        return super().get_context_data(headings=headings, results=str(outcome_sheet.RESULTS), **kwargs)


class OutcomeSheet(ServiceMixin, View):
    """The sheet with the sums in it, in the reader's language."""

    permission = Permission.RATE_FIDELITY

    def get(self, request, *args, **kwargs):
        """The file."""
        name = gettext("imr-scales-sheet.xlsx")
        return HttpResponse(
            outcome_sheet.workbook(),
            content_type=outcome_sheet.XLSX,
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "X-Content-Type-Options": "nosniff",
            },
        )
