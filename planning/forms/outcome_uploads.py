"""The form that takes the results of rounds from a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import RecordForm
from assessments.outcome_sheet import ResultRow
from planning import outcome_uploads
from planning.forms.sheets import shortened
from planning.sheets.reading import too_big
from planning.sheets.table import MOST_BYTES, SheetError


class OutcomeUploadForm(RecordForm, forms.Form):
    """A file with the results and nothing else. `rows` are there once it is checked."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Bring in the results")
    required_messages = {"file": _("Choose the file with the results.")}
    file = forms.FileField(
        label=_("The sheet with the results"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=_("CSV or XLSX, up to 1 MB, with the results alone."),
    )

    def __init__(self, *args, **kwargs):
        self.rows: list[ResultRow] = []
        super().__init__(*args, **kwargs)
        words = self.fields["file"].error_messages
        words["empty"] = _("There is nothing in the file. Choose another one.")
        words["missing"] = words["invalid"] = _("The file did not arrive. Choose it again.")

    def clean(self):
        """Read it, and judge each row as if it were typed in."""
        data = super().clean()
        if self.errors:
            return data
        try:
            if data["file"].size > MOST_BYTES:
                raise SheetError(too_big())
            self.rows = outcome_uploads.read(data["file"].read())
        except SheetError as problem:
            for sentence in problem.sentences:
                self.add_error("file", sentence)
            return data
        for sentence in shortened(outcome_uploads.problems(self.rows, by=self.member, today=self.today)):
            self.add_error("file", sentence)
        return data
