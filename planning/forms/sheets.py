"""Bringing in a spreadsheet: the form that takes it, and the one that says yes to what was looked at."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm, refuse_national_ids
from planning.imports import Import
from planning.sheets.fates import Fate
from planning.sheets.reading import read_file, read_text, too_big
from planning.sheets.table import MOST_BYTES, SheetError, Table, address

MOST_PROBLEMS = 20  # said one by one; after that, how many more


class SheetForm(RecordForm, forms.Form):
    """A file, or cells that were copied. What is wrong with it stands at the one that was used.

    `table` and `fates` are there once it is checked; `fates` also beside errors of single rows.
    """

    submit_label = _("Look at what it does")
    file = forms.FileField(
        label=_("A file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        help_text=_("XLSX or CSV, up to 1 MB. Of a workbook the first sheet is read."),
    )
    pasted = forms.CharField(
        label=_("Or cells that you copied"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Copy the rows in your spreadsheet, the headings with them, and paste them here."),
    )

    def __init__(self, *args, importing: Import, outdated: bool = False, **kwargs):
        self.importing, self.outdated = importing, outdated
        self.table: Table | None = None
        self.fates: list[Fate] = []
        super().__init__(*args, **kwargs)
        words = self.fields["file"].error_messages
        words["empty"] = _("There is nothing in the file. Choose another one.")
        words["missing"] = words["invalid"] = _("The file did not arrive. Choose it again.")
        words["contradiction"] = words["missing"]

    def clean(self):
        """Read the sheet and judge its rows."""
        data = super().clean()
        if self.outdated:
            raise ValidationError(_("What you looked at is too old to be imported. Bring the sheet in once more."))
        if self.errors:
            return data
        file, pasted = data.get("file"), data.get("pasted", "")
        if file and pasted.strip():
            raise ValidationError(_("Choose a file or paste cells, not both: nobody could tell which one counts."))
        field = "file" if file or not pasted.strip() else "pasted"
        try:
            self.table = self.read(file, pasted)
            self.fates = self.importing.fates(self.table)
        except SheetError as problem:
            for sentence in problem.sentences:
                self.add_error(field, sentence)
            return data
        problems = [*private(self.table), *(problem for fate in self.fates for problem in fate.problems)]
        for sentence in shortened(problems):
            self.add_error(field, sentence)
        return data

    def read(self, file, pasted: str) -> Table:
        """The table in what was brought. Raises SheetError."""
        headings = self.importing.sheet.headings()
        if file:
            if file.size > MOST_BYTES:
                raise SheetError(too_big())
            return read_file(file.read(), headings=headings)
        if not pasted.strip():
            raise SheetError(gettext("Choose a file, or paste cells below."))
        return read_text(pasted, headings=headings)


class LookedAtForm(RecordForm, forms.Form):
    """Nothing but the button: import what was looked at. The sheet travels in it, signed."""

    submit_label = _("Import")
    content = forms.Field(widget=forms.HiddenInput)


def private(table: Table) -> list[str]:
    """What must not be in the table: national identity numbers. They are not repeated."""
    found = []
    for row in (table.head, *table.rows):
        for place, cell in enumerate(row.cells):
            try:
                refuse_national_ids(cell)
            except ValidationError as problem:
                found.append(f"{address(place, row.number)}: {problem.message}")
    return found


def shortened(problems: list[str]) -> list[str]:
    """The first problems, and how many there are besides."""
    more = len(problems) - MOST_PROBLEMS
    if more <= 0:
        return problems
    rest = ngettext("%(count)d more thing of this kind.", "%(count)d more things of this kind.", more) % {"count": more}
    return [*problems[:MOST_PROBLEMS], rest]
