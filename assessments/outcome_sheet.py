"""The sheet that scores a round of patient outcomes, in formulas: single answers never leave the service's own files.

One sheet holds the results, and there is one for each form. On these a row is one patient without a name: the answers
of the round before and of this one. The formulas are those of `assessments.scoring` and `assessments.group_change`; a
test works them out independently of both. Only the results come back: see `planning.outcome_uploads`.
"""

import io
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assessments.instruments import IMRS
from assessments.models import OutcomeRound
from assessments.small_numbers import FEWEST_PATIENTS
from assessments.wording import said

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROOM = 60  # patients
FIRST_ROW = 4  # of the answers: above them stand which round, the numbers of the items, their names
LAST_ROW = FIRST_ROW + ROOM - 1
NORMAL = "1.96"  # standard errors to both sides that hold 95 %
INPUT, SUM = PatternFill("solid", fgColor="FFF8E7"), PatternFill("solid", fgColor="E6EEF0")

RESULTS = gettext_lazy("Results")
FORM_SHEETS = {
    OutcomeRound.Form.PATIENT: gettext_lazy("Patients"),
    OutcomeRound.Form.PRACTITIONER: gettext_lazy("Practitioners"),
}

# The fields of a round in the order of the results, with the heading of each: the same in the sheet and in a CSV file.
HEADINGS = {
    "measured_on": gettext_lazy("When"),
    "form": gettext_lazy("Form"),
    "patients": gettext_lazy("Patients"),
    "mean": gettext_lazy("Mean"),
    "sd": gettext_lazy("Standard deviation"),
    "better": gettext_lazy("Better"),
    "same": gettext_lazy("About the same"),
    "worse": gettext_lazy("Worse"),
    "missing": gettext_lazy("Too few answers"),
    "fed_back_on": gettext_lazy("Shown to the practitioners"),
}
COMPUTED = ("patients", "mean", "sd", "better", "same", "worse", "missing")


def in_every_language(text) -> set[str]:
    """A text that is translated late in all languages, as it is compared."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(text).strip().casefold())
    return found


@dataclass(frozen=True)
class Block:
    """The columns of one round's answers, and of their mean behind them."""

    first: int

    @property
    def last(self) -> int:
        """The column of the last item."""
        return self.first + len(IMRS.items) - 1

    @property
    def mean(self) -> int:
        """The column of the mean."""
        return self.last + 1

    def answers(self, row: int) -> str:
        """The answers of a patient, as a range."""
        return f"{get_column_letter(self.first)}{row}:{get_column_letter(self.last)}{row}"


BEFORE = Block(first=2)  # behind the number of the row
NOW = Block(first=BEFORE.mean + 1)
CHANGE, SIDE, TOO_FEW = (NOW.mean + step for step in (1, 2, 3))
SUM_LABEL, SUM_VALUE = TOO_FEW + 2, TOO_FEW + 3

# What is worked out beside the answers, by row of the sheet.
SUMS = {name: row for row, name in enumerate((*COMPUTED, "both", "before", "deviation", "limit"), start=FIRST_ROW)}


def down(column: int) -> str:
    """A column over all patients, as a range."""
    letter = get_column_letter(column)
    return f"${letter}${FIRST_ROW}:${letter}${LAST_ROW}"


def sum_cell(name: str) -> str:
    """The cell of a sum."""
    return f"${get_column_letter(SUM_VALUE)}${SUMS[name]}"


def row_formulas(row: int) -> dict[int, str]:
    """The formulas of one patient, by column: both means, the change, its side (1, 0, -1), too few answers this time.

    A mean needs 12 of the 15 answers; the others are left out of it.
    """
    now, before, change = (f"{get_column_letter(column)}{row}" for column in (NOW.mean, BEFORE.mean, CHANGE))
    limit, fewest = sum_cell("limit"), IMRS.total.fewest
    return {
        **{
            block.mean: f'=IF(COUNT({block.answers(row)})>={fewest},AVERAGE({block.answers(row)}),"")'
            for block in (BEFORE, NOW)
        },
        CHANGE: f'=IF(AND(ISNUMBER({before}),ISNUMBER({now})),{now}-{before},"")',
        SIDE: f'=IF(ISNUMBER({change}),IF({change}>{limit},1,IF({change}<-{limit},-1,0)),"")',
        TOO_FEW: f'=IF(AND(COUNT({NOW.answers(row)})>0,COUNT({NOW.answers(row)})<{fewest}),1,"")',
    }


def sum_formulas(form: str) -> dict[str, str]:
    """The formulas of the group, by name. A figure of fewer than five patients stays empty."""
    reliability = IMRS.reliability
    patients, both, before, deviation = (sum_cell(name) for name in ("patients", "both", "before", "deviation"))
    enough = f"IF({patients}>={FEWEST_PATIENTS},"
    both_enough = f"IF({both}>={FEWEST_PATIENTS},"
    return {
        "patients": f"=COUNT({down(NOW.mean)})",
        "mean": f'={enough}AVERAGE({down(NOW.mean)}),"")',
        "sd": f'={enough}STDEV({down(NOW.mean)}),"")',
        "better": f'={both_enough}COUNTIF({down(SIDE)},1),"")',
        "same": f'={both_enough}COUNTIF({down(SIDE)},0),"")',
        "worse": f'={both_enough}COUNTIF({down(SIDE)},-1),"")',
        "missing": f"=COUNT({down(TOO_FEW)})",
        "both": f"=COUNT({down(CHANGE)})",
        "before": f"=COUNT({down(BEFORE.mean)})",
        "deviation": f"=IF({before}>={reliability.own_sd_from},STDEV({down(BEFORE.mean)}),{reliability.assumed_sd})",
        "limit": f"={NORMAL}*SQRT(2)*{deviation}*SQRT(1-{reliability.retest[form]})",
    }


def workbook() -> bytes:
    """The file, in the active language: how to, the results, one sheet for each form."""
    book = Workbook()
    how, results = book.active, book.create_sheet(str(RESULTS))
    how.title = _("How to")
    _write_how_to(how)
    for form, title in FORM_SHEETS.items():
        _write_form(book.create_sheet(str(title)), form)
    _write_results(results)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_how_to(page: Worksheet) -> None:
    lines = (
        _("Keep this file where the service keeps its own records. It never goes to Holdfast as it is."),
        _(
            "1. On “%(patients)s” and “%(practitioners)s” a row is one patient. Write no name, and no number that "
            "leads to one."
        )
        % {"patients": str(FORM_SHEETS["patient"]), "practitioners": str(FORM_SHEETS["practitioner"])},
        _("2. Fill in the answers, 1 to 5, of this round, and of the round before where the patient was in both."),
        _("3. A mean needs %(fewest)d of the %(items)d answers. Leave empty what was not answered.")
        % {"fewest": IMRS.total.fewest, "items": len(IMRS.items)},
        _("4. On “%(results)s” write the day on which the round was finished. The rest is worked out.")
        % {"results": str(RESULTS)},
        _(
            "5. With “%(results)s” in front, save it as CSV: that file holds this sheet alone. Bring that file into "
            "Holdfast, and no other."
        )
        % {"results": str(RESULTS)},
        _("Single items are something to talk about, not measurements. Nothing here decides about one patient."),
        str(said(IMRS.citation)),
        str(said(IMRS.licence)),
    )
    for row, line in enumerate(lines, start=1):
        page.cell(row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    page.column_dimensions["A"].width = 90


def _write_results(page: Worksheet) -> None:
    """The headings, and one row for each form: all worked out but the days."""
    for place, name in enumerate(HEADINGS, start=1):
        page.cell(1, place, str(HEADINGS[name])).font = Font(bold=True)
        page.column_dimensions[get_column_letter(place)].width = max(14, len(str(HEADINGS[name])) + 2)
    for row, (form, title) in enumerate(FORM_SHEETS.items(), start=2):
        for place, name in enumerate(HEADINGS, start=1):
            cell = page.cell(row, place)
            if name in COMPUTED:
                cell.value, cell.fill = f"='{title}'!{sum_cell(name)}", SUM
            elif name == "form":
                cell.value = str(OutcomeRound.Form(form).label)
            else:
                cell.number_format, cell.fill = "yyyy-mm-dd", INPUT
    page.freeze_panes = "A2"


def _write_form(page: Worksheet, form: str) -> None:
    """Room for the answers, with what they come to."""
    for block, title in ((BEFORE, _("The round before")), (NOW, _("This round"))):
        page.cell(1, block.first, title).font = Font(bold=True)
        for place, item in enumerate(IMRS.described):
            page.cell(2, block.first + place, int(item.number)).font = Font(bold=True)
            page.cell(3, block.first + place, str(said(item.name))).alignment = Alignment(text_rotation=90)
        page.cell(3, block.mean, _("Mean"))
    for column, title in (
        (1, _("Row")),
        (CHANGE, _("Change since then")),
        (SIDE, _("1 better, 0 same, -1 worse")),
        (TOO_FEW, _("Too few answers")),
    ):
        page.cell(3, column, title).alignment = Alignment(text_rotation=90 if column > 1 else 0)
    page.row_dimensions[3].height = 190
    for row in range(FIRST_ROW, LAST_ROW + 1):
        page.cell(row, 1, row - FIRST_ROW + 1)
        for block in (BEFORE, NOW):
            for column in range(block.first, block.last + 1):
                page.cell(row, column).fill = INPUT
        for column, formula in row_formulas(row).items():
            page.cell(row, column, formula).number_format = "0.00" if column in (BEFORE.mean, NOW.mean, CHANGE) else "0"
    labels = _sum_labels()
    for name, formula in sum_formulas(form).items():
        page.cell(SUMS[name], SUM_LABEL, labels[name])
        cell = page.cell(SUMS[name], SUM_VALUE, formula)
        cell.fill, cell.number_format = SUM, "0.00" if name in ("mean", "sd", "deviation", "limit") else "0"
    page.column_dimensions[get_column_letter(SUM_LABEL)].width = 60
    for column in (*range(BEFORE.first, BEFORE.last + 1), *range(NOW.first, NOW.last + 1)):
        page.column_dimensions[get_column_letter(column)].width = 4
    _only_the_scale(page)
    page.freeze_panes = page.cell(FIRST_ROW, BEFORE.first)


def _sum_labels() -> dict[str, str]:
    return {name: str(HEADINGS[name]) for name in COMPUTED} | {
        "both": _("Patients with a mean in both rounds"),
        "before": _("Patients with a mean in the round before"),
        "deviation": _(
            "Standard deviation that a reliable change is reckoned with (your own from %(count)d patients on)"
        )
        % {"count": IMRS.reliability.own_sd_from},
        "limit": _("A change of one patient counts when it is larger than"),
    }


def _only_the_scale(page: Worksheet) -> None:
    """Spreadsheets refuse what is not an answer."""
    rule = DataValidation(type="whole", operator="between", formula1=str(IMRS.lowest), formula2=str(IMRS.highest))
    rule.error = _("Write a whole number from 1 to 5, or leave it empty.")
    for block in (BEFORE, NOW):
        first, last = get_column_letter(block.first), get_column_letter(block.last)
        rule.add(f"{first}{FIRST_ROW}:{last}{LAST_ROW}")
    page.add_data_validation(rule)


# Reading the results


@dataclass(frozen=True)
class ResultRow:
    """One row of the results as text, by field of a round, with its number in the sheet."""

    number: int
    values: dict[str, str]

    @property
    def says_nothing(self) -> bool:
        """Whether it is a row of the sheet for a form that was not used."""
        return not self.values.get("measured_on") and self.values.get("patients") in ("", "0")


def field_of(heading: str) -> str | None:
    """The field that a heading stands for, in any language; None for none."""
    wanted = heading.strip().rstrip(":*").strip().casefold()
    return next((name for name, words in HEADINGS.items() if wanted in in_every_language(words)), None)


def form_of(text: str) -> str:
    """The form that a cell names, in any language; what it says itself where that is none."""
    wanted = text.strip().casefold()
    for form in OutcomeRound.Form:
        if wanted == form.value or wanted in in_every_language(form.label):
            return form.value
    return text


def is_results(title: str) -> bool:
    """Whether a sheet is called like the one with the results."""
    return title.strip().casefold() in in_every_language(RESULTS)
