"""Bring in a spreadsheet: first look at what each row does, then import. And a sheet to start from."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.access import Permission, ServiceMixin
from accounts.record_pages import RecordFormPage
from planning import imports
from planning.forms.sheets import LookedAtForm, SheetForm
from planning.sheets.fates import Fate, Kind, counts
from planning.sheets.table import Table
from planning.sheets.writing import FORMATS, as_csv, as_xlsx

FATE_WORDS = {
    Kind.NEW: _("New"),
    Kind.CHANGED: _("Will be changed"),
    Kind.SAME: _("Already there: nothing to do"),
    Kind.LEFT_OUT: _("Left out"),
    Kind.WRONG: _("Has to be put right"),
}


@dataclass(frozen=True)
class FateRow:
    """A row of the sheet as the preview shows it."""

    number: int
    title: str
    fate: str
    details: tuple[str, ...]


def shown(fates: list[Fate]) -> list[FateRow]:
    """The fates in words."""
    return [
        FateRow(
            fate.number,
            fate.title,
            str(FATE_WORDS[fate.kind]),
            (
                *(change_in_words(change) for change in fate.changes),
                *([fate.note] if fate.note else []),
                *fate.problems,
            ),
        )
        for fate in fates
    ]


def change_in_words(change) -> str:
    """A figure as it will be, after what it was."""
    if change.before:
        return f"{change.label}: {change.before} → {change.after}"
    return f"{change.label}: {change.after}"


def in_sum(fates: list[Fate]) -> str:
    """How many rows do what, in a sentence."""
    count = counts(fates)
    said = (
        (Kind.NEW, ngettext("%(count)d new", "%(count)d new", count[Kind.NEW])),
        (Kind.CHANGED, ngettext("%(count)d changed", "%(count)d changed", count[Kind.CHANGED])),
        (Kind.SAME, ngettext("%(count)d already there", "%(count)d already there", count[Kind.SAME])),
        (Kind.LEFT_OUT, ngettext("%(count)d left out", "%(count)d left out", count[Kind.LEFT_OUT])),
        (Kind.WRONG, ngettext("%(count)d to put right", "%(count)d to put right", count[Kind.WRONG])),
    )
    return " · ".join(words % {"count": count[kind]} for kind, words in said if count[kind])


class ImportSheet(RecordFormPage):
    """One page, two steps. A sheet that was brought is shown row by row; the preview carries it, signed, to the import.

    Nothing is stored in between: closing the page leaves nothing behind, and the import judges every row again.
    """

    permission = Permission.EDIT_RECORD
    template_name = "planning/sheet_import.html"
    section = "time"
    back = ""  # name of the address of the list
    template_url = ""  # name of the address of the sheet to start from

    bring_in: Callable[..., imports.Import]

    @cached_property
    def importing(self) -> imports.Import:
        """The import that the page is for."""
        return self.bring_in(self.service, today=self.today)

    @cached_property
    def looked_at(self) -> tuple[Table, str] | None:
        """The sheet that was sent back from its preview; None when there is none, or it is too old or spoilt."""
        content = self.request.POST.get("content", "")
        if not content:
            return None
        try:
            return self.importing.unpack(content, by=self.member)
        except BadSignature:
            return None

    def get_form_class(self):
        """The second form for a sheet that was looked at, else the first."""
        return LookedAtForm if self.looked_at else SheetForm

    def get_form_kwargs(self):
        """The first form is told what it is for."""
        kwargs = super().get_form_kwargs()
        if self.looked_at:
            return kwargs
        outdated = "content" in self.request.POST
        return kwargs | {"importing": self.importing, "outdated": outdated}

    def form_valid(self, form):
        """A sheet that can be taken is shown; one that was looked at is imported."""
        if isinstance(form, LookedAtForm):
            return super().form_valid(form)
        return self.preview(form.table, form.fates)

    def form_invalid(self, form):
        """What was looked at is shown as it would be now, and signed anew."""
        if done := self.done_before():
            return done
        if isinstance(form, LookedAtForm):
            table, _seen = self.looked_at
            form.data = form.data.copy()
            form.data["content"] = self.importing.pack(table, self.fates_now(), by=self.member)
        return super().form_invalid(form)

    def fates_now(self) -> list[Fate]:
        """The fates of the sheet that was looked at, beside the record as it is now."""
        return self.importing.fates(self.looked_at[0])

    def preview(self, table: Table, fates: list[Fate]) -> HttpResponse:
        """The fate of every row, with the button that imports them."""
        content = self.importing.pack(table, fates, by=self.member)
        form = LookedAtForm(member=self.member, today=self.today, initial={"content": content})
        form.cancel_url = self.cancel_url()
        return self.render_to_response(self.get_context_data(form=form, fates=fates))

    def get_context_data(self, **kwargs):
        """The form, and the fates of the rows if there are any."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        looking = isinstance(form, LookedAtForm)
        fates = kwargs["fates"] if "fates" in kwargs else self.fates_now() if looking else getattr(form, "fates", [])
        kinds = {fate.kind for fate in fates}
        return context | {
            "looking": looking,
            "can_import": looking and Kind.WRONG not in kinds and bool(kinds & {Kind.NEW, Kind.CHANGED}),
            "rows": shown(fates),
            "in_sum": in_sum(fates),
            "columns": [column.label for column in self.importing.sheet.columns],
            "templates": [(name.upper(), self.here(self.template_url, name)) for name in FORMATS],
            "title": gettext("Look before you import") if looking else context["title"],
            "intro": "" if looking else context["intro"],
        }

    def save(self, form):
        """Import it; if the record is not what it was, say so and show it anew."""
        table, seen = self.looked_at
        try:
            return self.importing.take(table, seen=seen, by=self.member)
        except imports.Changed:
            raise ValidationError(
                _("What is on record has changed since you looked. Look at it once more, then import.")
            ) from None

    def success_message(self, counted):
        """How many rows were written."""
        written = counted[Kind.NEW] + counted[Kind.CHANGED]
        if not written:
            return gettext("Everything in it was there already.")
        return ngettext("%(count)d row imported.", "%(count)d rows imported.", written) % {"count": written}

    def success_url(self, counted):
        """Back to the list."""
        return self.here(self.back)

    def cancel_url(self):
        """Back to the list."""
        return self.here(self.back)


class ImportCaseload(ImportSheet):
    """Months from a spreadsheet."""

    title = _("Bring in the caseload from a spreadsheet")
    intro = _("A row is a month. Counts only, nothing about anybody. An empty cell leaves what is recorded as it is.")
    back = "caseload"
    template_url = "caseload_template"
    bring_in = staticmethod(imports.of_caseload)


class ImportAllocations(ImportSheet):
    """Time set aside, from a spreadsheet."""

    title = _("Bring in the time set aside from a spreadsheet")
    intro = _(
        "A row is one person's hours a week for one kind of work, from a day. The same person, work and first day is "
        "the same row: then it is changed. An empty cell leaves what is recorded as it is."
    )
    back = "time"
    template_url = "allocation_template"
    bring_in = staticmethod(imports.of_allocations)


class SheetToStartFrom(ServiceMixin, View):
    """A file with the headings and one example, to fill in and bring back."""

    permission = Permission.EDIT_RECORD
    bring_in: Callable[..., imports.Import]

    def get(self, request, *args, **kwargs):
        """The file, in the reader's language."""
        sheet, kind = self.bring_in(self.service, today=self.today).sheet, self.kwargs["format"]
        return HttpResponse(
            as_xlsx(sheet) if kind == "xlsx" else as_csv(sheet),
            content_type=FORMATS[kind],
            headers={
                "Content-Disposition": f'attachment; filename="holdfast-{sheet.name}.{kind}"',
                "X-Content-Type-Options": "nosniff",
            },
        )


class CaseloadTemplate(SheetToStartFrom):
    """To write months in."""

    bring_in = staticmethod(imports.of_caseload)


class AllocationTemplate(SheetToStartFrom):
    """To write time set aside in."""

    bring_in = staticmethod(imports.of_allocations)
