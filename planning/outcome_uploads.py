"""Taking the results of rounds from a file: the results alone. A file with answers in it is refused whole.

Nothing of a file is kept but the rounds that are recorded from it, and nothing of it is logged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import records
from accounts.models import Member
from accounts.record_forms import refuse_national_ids
from assessments import outcome_sheet, scoring
from assessments.forms.measures import OutcomeForm
from assessments.models import OutcomeRound
from assessments.outcome_sheet import HEADINGS, ResultRow
from planning.sheets.cells import is_blank
from planning.sheets.reading import decode, not_a_sheet, read_text, too_big
from planning.sheets.table import MOST_BYTES, SheetError, Table
from planning.sheets.workbooks import sheets_of
from planning.sheets.xlsx import OLE, ZIP

NEEDED = ("measured_on", "form", "patients")
MOST_ROUNDS = 40  # ten years of both forms, every half year
DECIMALS = ("mean", "sd")


def read(data: bytes) -> list[ResultRow]:
    """The rows of the results in a file. Raises SheetError, in a sentence that never repeats what is in the file."""
    if len(data) > MOST_BYTES:
        raise SheetError(too_big())
    if data.startswith(OLE):
        raise SheetError(unreadable())
    if data.startswith(ZIP):
        return _rows(*_results_alone(_sheets(data)))
    try:
        table = read_text(decode(data), headings=_known_headings())
    except SheetError as problem:
        raise SheetError(unreadable()) if not_a_sheet() in problem.sentences else problem from None
    return _rows(table.head.cells, _numbered(table))


def unreadable() -> str:
    """It is no file that can be read."""
    return _("This file cannot be read. With “%(results)s” in front, save it as CSV, without a password.") % {
        "results": str(outcome_sheet.RESULTS)
    }


def _sheets(data: bytes) -> dict[str, list]:
    try:
        return sheets_of(data)
    except SheetError:
        raise SheetError(unreadable()) from None


def _numbered(table: Table) -> list[tuple[int, list[str]]]:
    return [(row.number, list(row.cells)) for row in table.rows]


def _known_headings() -> set[str]:
    return set().union(*(outcome_sheet.in_every_language(words) for words in HEADINGS.values()))


def only_results() -> str:
    """The file holds more than the results."""
    return _(
        "This file holds more than the sheet “%(results)s”. Answers of single patients stay in the service: save only "
        "that sheet, as CSV or in a new file, and bring that one. Nothing of this file was kept."
    ) % {"results": str(outcome_sheet.RESULTS)}


def _results_alone(sheets: dict[str, list]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings and the rows below them of the sheet with the results, if no other one has a filled cell."""
    named = [title for title in sheets if outcome_sheet.is_results(title)]
    if any(rows for title, rows in sheets.items() if title not in named[:1]):
        raise SheetError(only_results())
    if not named:
        raise SheetError(_("There is no sheet called “%(results)s” in it.") % {"results": str(outcome_sheet.RESULTS)})
    rows = sheets[named[0]]
    if len(rows) < 2:
        raise SheetError(_("There is no round in it."))
    return rows[0][1], rows[1:]


def _rows(headings: Iterable[str], rows: list[tuple[int, list[str]]]) -> list[ResultRow]:
    """The rows by field. A heading that is none of the results', or a cell beside them, is more than the results."""
    fields = [outcome_sheet.field_of(one) for one in headings]
    while fields and fields[-1] is None and not list(headings)[len(fields) - 1]:
        fields.pop()
    if None in fields or len(set(fields)) < len(fields) or any(any(cells[len(fields) :]) for _n, cells in rows):
        raise SheetError(
            _("The first row must hold the headings of the results and nothing else: %(headings)s.")
            % {"headings": ", ".join(str(words) for words in HEADINGS.values())}
        )
    if missing := [name for name in NEEDED if name not in fields]:
        raise SheetError(_("The column “%(heading)s” is missing.") % {"heading": str(HEADINGS[missing[0]])})
    found = [ResultRow(number, _values(fields, cells)) for number, cells in rows]
    found = [row for row in found if not row.says_nothing]
    if not found:
        raise SheetError(_("There is no round in it: give the day on which it was finished."))
    if len(found) > MOST_ROUNDS:
        raise SheetError(_("That is more than %(count)d rounds. Bring them in by parts.") % {"count": MOST_ROUNDS})
    return found


def _values(fields: list[str], cells: list[str]) -> dict[str, str]:
    """The cells as a form takes them."""
    padded = [*cells, *[""] * (len(fields) - len(cells))]
    values = {name: "" if is_blank(cell) else cell for name, cell in zip(fields, padded, strict=False)}
    values["form"] = outcome_sheet.form_of(values["form"])
    return values | {name: _decimal(values[name]) for name in DECIMALS if values.get(name)}


def _decimal(text: str) -> str:
    """A figure with a decimal sign of either language, with as many places as are kept; else as it is."""
    try:
        number = Decimal(text.replace(",", "."))
        return f"{scoring.kept(number):f}" if number.is_finite() else text
    except InvalidOperation:
        return text


@dataclass(frozen=True)
class Judged:
    """A row as the form that is filled in by hand, with the same checks. `on`: its day; None where it names none."""

    row: ResultRow
    form: OutcomeForm
    on: date | None


def judged(rows: list[ResultRow], *, by: Member, today: date) -> list[Judged]:
    """The rows, the earliest round first: each is held against the one before it, in the file or on record."""
    found = []
    for row in rows:
        form = OutcomeForm(row.values, member=by, today=today)
        found.append(Judged(row, form, _day(form)))
    return sorted(found, key=lambda one: (one.on or date.max, one.row.number))


def _day(form: OutcomeForm) -> date | None:
    """The day that a row names, however it is written."""
    try:
        return form.fields["measured_on"].clean(form.data["measured_on"])
    except ValidationError:
        return None


def problems(rows: list[ResultRow], *, by: Member, today: date) -> list[str]:
    """What is wrong with rows, each with its number; none of what stands in a cell is repeated.

    The rows are recorded for that, so that a later one is held against an earlier one, and all of it is taken back.
    """
    found: dict[int, list[str]] = {row.number: [] for row in rows}
    seen = set()
    with transaction.atomic():
        for one in judged(rows, by=by, today=today):
            which = (one.on, one.form.data["form"])
            found[one.row.number] = _another_row(one.row) if which in seen else _problems_of(one)
            if one.on is not None:
                seen.add(which)
            if not found[one.row.number]:
                measured = one.form.save(commit=False)
                measured.service = by.service
                measured.save()
        transaction.set_rollback(True)
    return [sentence for sentences in found.values() for sentence in sentences]


def _another_row(row: ResultRow) -> list[str]:
    return [_("Row %(row)d: the same day and form stand in another row.") % {"row": row.number}]


def _problems_of(one: Judged) -> list[str]:
    """What is wrong with a row, beside the rounds that are on record by now."""
    number = {"row": one.row.number}
    if any(map(_names_somebody, one.row.values.values())):
        return [_("Row %(row)d: nothing about a patient belongs here.") % number]
    return [
        f"{_('Row %(row)d') % number}, {HEADINGS.get(name, '')}: {sentence}"
        for name, sentences in one.form.errors.items()
        for sentence in sentences
    ]


def _names_somebody(text: str) -> bool:
    try:
        refuse_national_ids(text)
    except ValidationError:
        return True
    return False


@transaction.atomic
def take(rows: list[ResultRow], *, by: Member, today: date) -> list[OutcomeRound]:
    """Record the rounds: all of them, or none. Raises ValidationError where one was recorded meanwhile."""
    kept = []
    for one in judged(rows, by=by, today=today):
        if not one.form.is_valid():
            raise ValidationError(_("What is on record has changed meanwhile. Bring the file in once more."))
        kept.append(records.keep(one.form.save(commit=False), by=by))
    return kept
