"""What the pages of a service's record share. A noun gives its model, its words and what a row says; the pages follow.

class Decisions(RecordList): ...    record/decisions/
class AddDecision(AddRecord): ...   record/decisions/new/
class ChangeDecision(...): ...      record/decisions/<record_pk>/
class RemoveDecision(...): ...      record/decisions/<record_pk>/remove/
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.db import models
from django.http import Http404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import audit, records
from accounts.access import Permission
from accounts.pages import FormPage, Page
from accounts.record_forms import ConfirmForm
from accounts.sheet_pages import WithSheet, sheet_of
from accounts.spreadsheets import Table


class RecordFormPage(FormPage):
    """A form of the record: it is told who fills it in and what day it is."""

    def get_form_kwargs(self):
        """Adds `member` and `today`."""
        return super().get_form_kwargs() | {"member": self.member, "today": self.today}

    def here(self, name: str, *args) -> str:
        """The address of another page of this service."""
        return reverse(name, args=[self.service.key, *args])

    def audit(self, code: str, obj, **details) -> None:
        """Note in the trail what this page did, in the transaction of the change."""
        audit.record(code=code, by=self.request.user, service=self.service, obj=obj, **details)


def one_or_404(queryset, **lookup):
    """The one object of a set that is already limited to the service; 404 when it has none such."""
    obj = queryset.filter(**lookup).first()
    if obj is None:
        raise Http404
    return obj


def cell_of(record: models.Model, name: str):
    """A field of a record as a cell: the words of a choice, the name of another record, or the value."""
    field = record._meta.get_field(name)
    if field.choices:
        return getattr(record, f"get_{name}_display")()
    value = getattr(record, name)
    return str(value) if isinstance(value, models.Model) else value


@dataclass(frozen=True)
class RecordRow:
    """One record as a line: what it is, its facts in a few words each, and where it can be changed."""

    title: str
    facts: tuple[str, ...] = ()
    url: str = ""


class RecordList(WithSheet, Page):
    """The records of one noun, the latest first.

    `related`: the service's manager of the noun. `name`: of its addresses (`<name>_add`, `<name>_change`).
    `columns`: of the list as a spreadsheet, and no more than `row` says: names of fields, or a heading with what finds
    the cell in a record. Without columns the sheet has the row's two parts.
    """

    permission = Permission.SEE_RECORD
    edit_permission = Permission.EDIT_RECORD
    template_name = "record_list.html"
    section = "record"
    related = ""
    name = ""
    order: tuple[str, ...] = ("-pk",)
    columns: tuple[str | tuple[str, Callable], ...] = ()
    add_label = _("Add")
    empty_text = ""
    back = ("record", _("The whole record"))  # where the way back leads: an address without objects, and its words

    def records(self) -> models.QuerySet:
        """The rows, in the order shown."""
        return getattr(self.service, self.related).order_by(*self.order)

    def row(self, record) -> tuple[str, Iterable[str]]:
        """What a row says: its title, and its facts."""
        raise TypeError(f"{type(self).__name__} does not say what a row shows.")

    def can_change(self, record) -> bool:
        """Whether the reader may change this one."""
        return self.may(self.edit_permission)

    def url_of(self, record) -> str:
        """Where a row leads: to the page that changes it, for those who may; empty for nowhere."""
        changing = self.can_change(record)
        return reverse(f"{self.name}_change", args=[self.service.key, record.pk]) if changing else ""

    def rows(self) -> list[RecordRow]:
        """The records as lines, each with where it leads."""
        shown = []
        for record in self.records():
            title, facts = self.row(record)
            shown.append(RecordRow(str(title), tuple(str(fact) for fact in facts if fact), self.url_of(record)))
        return shown

    def sheet(self) -> Table:
        """The records as rows of a spreadsheet."""
        if self.columns:
            fields = getattr(self.service, self.related).model._meta
            pairs = [
                (fields.get_field(column).verbose_name, partial(cell_of, name=column))
                if isinstance(column, str)
                else column
                for column in self.columns
            ]
            return Table.of(
                [heading for heading, _find in pairs],
                [[find(record) for _heading, find in pairs] for record in self.records()],
            )
        rows = [
            (title, " · ".join(str(fact) for fact in facts if fact)) for title, facts in map(self.row, self.records())
        ]
        return Table.of((_("What"), _("Facts")), rows)

    def add_url(self) -> str:
        """The way to a new one for those who may; empty for none."""
        return reverse(f"{self.name}_add", args=[self.service.key]) if self.may(self.edit_permission) else ""

    def get_context_data(self, **kwargs):
        """The lines, and the way to a new one."""
        return super().get_context_data(
            rows=self.rows(),
            add_url=self.add_url(),
            add_label=self.add_label,
            empty_text=self.empty_text,
            back_url=reverse(self.back[0], args=[self.service.key]),
            back_label=self.back[1],
            **kwargs,
        )


class AddRecord(RecordFormPage):
    """A new record. `name` as in the list; the form is a ModelForm."""

    permission = Permission.EDIT_RECORD
    section = "record"
    name = ""
    list_name = ""  # of the address of the list

    def save(self, form):
        """Keep it, with its line in the trail."""
        return records.keep(form.save(commit=False), by=self.member)

    def success_url(self, obj):
        """Back to the list."""
        return self.here(self.list_name)

    def cancel_url(self):
        """Back to the list."""
        return self.here(self.list_name)


class ChangeRecord(AddRecord):
    """Put a record right; below the form stands the way to take it out."""

    related = ""
    template_name = "record_form.html"

    @cached_property
    def record(self):
        """The record in the address."""
        return one_or_404(getattr(self.service, self.related), pk=self.kwargs["record_pk"])

    def get_instance(self):
        """The record."""
        return self.record

    def get_context_data(self, **kwargs):
        """Adds the way to take it out."""
        return super().get_context_data(remove_url=self.here(f"{self.name}_remove", self.record.pk), **kwargs)


class RemoveRecord(ChangeRecord):
    """Take out a record that was a mistake."""

    template_name = "form_page.html"
    form_class = ConfirmForm
    title = _("Take this out?")
    intro = _("For mistakes only. What was so, and is no longer, gets an end date instead.")

    def get_instance(self):
        """None: the form is only a button."""

    def save(self, form):
        """Take it out."""
        record = self.record
        records.remove(record, by=self.member)
        return record

    def success_message(self, record):
        """Taken out."""
        return _("Taken out.")

    def cancel_url(self):
        """Back to the record."""
        return self.here(f"{self.name}_change", self.record.pk)

    def get_context_data(self, **kwargs):
        """Nothing more to take out from here."""
        return super(ChangeRecord, self).get_context_data(**kwargs)


def record_urls(
    folder: str, list_name: str, name: str, pages: tuple[type, type, type, type], *, below: str = "record"
) -> list[URLPattern]:
    """The addresses of a noun: `record/<folder>/`, its spreadsheet, its form, and two for each record."""
    listed, add, change, remove = pages
    here = f"{below}/{folder}/"
    sheet = [path(f"{here}csv/", sheet_of(listed), name=f"{list_name}_csv")] if issubclass(listed, WithSheet) else []
    return [
        path(here, listed.as_view(), name=list_name),
        *sheet,
        path(f"{here}new/", add.as_view(), name=f"{name}_add"),
        path(f"{here}<int:record_pk>/", change.as_view(), name=f"{name}_change"),
        path(f"{here}<int:record_pk>/remove/", remove.as_view(), name=f"{name}_remove"),
    ]
