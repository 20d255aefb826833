"""Spreadsheets into the record: what is there to compare with, and the writing of what was looked at.

Between the look and the import nothing is stored: the sheet travels signed in the form. At the import every row is
judged again beside the record as it is then, and all of it is written or nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.db import transaction

from accounts import records
from accounts.models import Member, Service
from planning import allocations
from planning.models import Allocation, CaseloadMonth
from planning.sheets import allocations as allocation_sheet
from planning.sheets import caseload as caseload_sheet
from planning.sheets.columns import Present, Sheet
from planning.sheets.fates import Fate, Kind, counts, digest, fates_of
from planning.sheets.table import Table

LOOKED_AT_FOR = 12 * 3600  # seconds: as long as a session


class Changed(Exception):
    """The record is no longer what it was when the person looked."""


@dataclass(frozen=True)
class Import:
    """One of the two sheets for one service on one day. `write` writes one row that is new or changed."""

    service: Service
    sheet: Sheet
    present: Callable[[], Present]
    write: Callable[[Fate, Member], None]

    def fates(self, table: Table) -> list[Fate]:
        """What would happen with every row. Raises SheetError."""
        return fates_of(self.sheet, table, self.present())

    def pack(self, table: Table, fates: Iterable[Fate], *, by: Member) -> str:
        """The table, and what was shown of it, signed for this person, this service, this sheet."""
        return signing.dumps({"rows": table.as_data(), "seen": digest(fates)}, salt=self._salt(by), compress=True)

    def unpack(self, content: str, *, by: Member) -> tuple[Table, str]:
        """The table and the sum of what was shown. Raises signing.BadSignature, also when it is too old."""
        data = signing.loads(content, salt=self._salt(by), max_age=LOOKED_AT_FOR)
        return Table.from_data(data["rows"]), data["seen"]

    def _salt(self, by: Member) -> str:
        return f"planning.imports.{self.sheet.name}.{self.service.pk}.{by.pk}"

    @transaction.atomic
    def take(self, table: Table, *, seen: str, by: Member) -> dict[Kind, int]:
        """Write what was looked at; returns how many rows had which fate. Raises Changed, and then writes nothing."""
        Service.objects.select_for_update().get(pk=self.service.pk)  # one import at a time
        fates = self.fates(table)
        if digest(fates) != seen or any(fate.kind == Kind.WRONG for fate in fates):
            raise Changed
        for fate in fates:
            if fate.kind in (Kind.NEW, Kind.CHANGED):
                self.write(fate, by)
        return counts(fates)


def of_caseload(service: Service, *, today: date) -> Import:
    """The import of months."""
    months = service.caseload_months

    def write(fate: Fate, by: Member) -> None:
        row = months.get(pk=fate.pk) if fate.pk else CaseloadMonth(service=service)
        records.keep(filled(row, fate), by=by)

    return Import(
        service=service,
        sheet=caseload_sheet.sheet(today=today),
        present=lambda: caseload_sheet.recorded(months.all()),
        write=write,
    )


def of_allocations(service: Service, *, today: date) -> Import:
    """The import of time set aside."""

    def write(fate: Fate, by: Member) -> None:
        row = service.allocations.get(pk=fate.pk) if fate.pk else Allocation(service=service)
        allocations.set_aside(filled(row, fate), by=by)

    people = list(service.members.of_record().present(today))
    with_hours = service.members.filter(allocations__isnull=False).distinct()

    return Import(
        service=service,
        sheet=allocation_sheet.sheet(
            today=today, people=people, gone=[member for member in with_hours if member not in people]
        ),
        present=lambda: allocation_sheet.recorded(service.allocations.all()),
        write=write,
    )


def filled(row, fate: Fate):
    """A row of the record with what its row in the sheet says."""
    for code, value in fate.values.items():
        setattr(row, f"{code}_id" if code == "member" else code, value)
    return row
