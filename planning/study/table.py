"""Services x entries: how the catalogue answers for each of the study's services, as a table for the documentation."""

from pathlib import Path

from django.db import transaction

from planning.dossiers.importing import import_dossier
from planning.risks import CATALOGUE_VERSION, assess
from planning.risks.answer import Answer, Reason, Status
from planning.snapshots import take_snapshots
from planning.study import dossiers

PAGE = Path(__file__).resolve().parents[2] / "docs" / "study-table.md"
BEGIN = "<!-- table: written by `./holdfast manage study_table --write` -->"
END = "<!-- end of table -->"

LETTERS = {Status.FLAGGED: "**F**", Status.WATCH: "W", Status.CLEAR: "S", Status.UNKNOWN: "·"}
NOT_APPLICABLE = "–"
KINDS = {"measured": "m", "reported": "r", "group": "g"}


def answers() -> dict[str, tuple[Answer, ...]]:
    """The catalogue's answers by service, on the day the dossiers were seen from.

    The services are written under other keys and taken back, so that what an installation holds
    neither matters nor changes.
    """
    with transaction.atomic():
        written = {}
        for one in dossiers():
            service = import_dossier(one, key=f"study-table-{one.key}")
            written[one.key] = (service, one.as_of)
        (as_of,) = {day for _, day in written.values()}
        snapshots = take_snapshots([service for service, _ in written.values()], as_of)
        found = {key: assess(snapshots[service.pk]) for key, (service, _) in written.items()}
        transaction.set_rollback(True)
    return found


def table() -> str:
    """The table in Markdown, one row per entry in the catalogue's order."""
    columns = answers()
    lines = [
        f"Catalogue {CATALOGUE_VERSION}.",
        "",
        "| theme | entry | " + " | ".join(columns) + " |",
        "|---|---|" + "---|" * len(columns),
    ]
    for row in zip(*columns.values(), strict=True):
        first = row[0]
        lines.append(f"| {first.theme} | `{first.key}` | " + " | ".join(cell(answer) for answer in row) + " |")
    return "\n".join(lines)


def cell(answer: Answer) -> str:
    """A letter for the status, then one for each kind of evidence that by itself gives that status."""
    if answer.status is Status.UNKNOWN:
        return NOT_APPLICABLE if answer.reason is Reason.NOT_APPLICABLE else LETTERS[Status.UNKNOWN]
    bearing = {one.kind for one in answer.evidence if one.status == answer.status}
    kinds = "".join(letter for kind, letter in KINDS.items() if kind in bearing)
    return f"{LETTERS[answer.status]} {kinds}".strip()


def put_into(page: str, new: str) -> str:
    """The page with the table between its two marks replaced. Raises ValueError when a mark is missing."""
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"The page needs the lines {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n\n{new}\n\n{END}{after}"
