"""The study's nine services against the catalogue: what comes out beside what the paper reports.

Written into docs/validation.md by a command, so that it is always of the rules as they are.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import translation

from planning.dossiers.importing import import_dossier
from planning.risks import CATALOGUE_VERSION, assess
from planning.risks.answer import Answer, Reason, Status
from planning.snapshots import take_snapshots
from planning.study import dossiers
from planning.study.reported import OF_SERVICES, Report

PAGE = Path(__file__).resolve().parents[2] / "docs" / "validation.md"
BEGIN = "<!-- from here: written by `./holdfast manage validation --write` -->"
END = "<!-- until here -->"

LETTERS = {Status.FLAGGED: "**F**", Status.WATCH: "W", Status.CLEAR: "S", Status.UNKNOWN: "·"}
WORDS = {Status.FLAGGED: "flagged", Status.WATCH: "watch", Status.CLEAR: "strength", Status.UNKNOWN: "not known"}
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
            service = import_dossier(one, key=f"validation-{one.key}")
            written[one.key] = (service, one.as_of)
        (as_of,) = {day for _, day in written.values()}
        snapshots = take_snapshots([service for service, _ in written.values()], as_of)
        found = {key: assess(snapshots[service.pk]) for key, (service, _) in written.items()}
        transaction.set_rollback(True)
    return found


@dataclass(frozen=True)
class Comparison:
    """One expectation from the paper and what the catalogue answers."""

    report: Report
    key: str
    expected: Status
    answer: Answer

    @property
    def agrees(self) -> bool:
        """Whether the two are the same."""
        return self.answer.status is self.expected


@dataclass(frozen=True)
class OfService:
    """One service: what was compared, what has no entry, what speaks without a report of its own, what is open."""

    compared: tuple[Comparison, ...]
    no_entry: tuple[Report, ...]
    group_only: tuple[Answer, ...]
    unasked: tuple[Answer, ...]
    open: tuple[Answer, ...]


def compare(service: str, found: tuple[Answer, ...]) -> OfService:
    """The answers for one service beside what the paper reports of it."""
    by_key = {answer.key: answer for answer in found}
    reports = OF_SERVICES[service]
    compared = tuple(
        Comparison(report, key, expected, by_key[key]) for report in reports for key, expected in report.expects
    )
    asked = {one.key for one in compared}
    rest = [answer for answer in found if answer.key not in asked]
    speaking = [answer for answer in rest if answer.status is not Status.UNKNOWN]
    group = [answer for answer in speaking if all(one.kind == "group" for one in _bearing(answer))]
    return OfService(
        compared=compared,
        no_entry=tuple(report for report in reports if not report.expects),
        group_only=tuple(group),
        unasked=tuple(answer for answer in speaking if answer not in group),
        open=tuple(answer for answer in rest if answer.status is Status.UNKNOWN),
    )


def _bearing(answer: Answer) -> list:
    return [one for one in answer.evidence if one.status == answer.status]


def page_part() -> str:
    """Everything between the two marks of the page, in English whatever language is active."""
    with translation.override("en"):
        found = answers()
        compared = {service: compare(service, of_one) for service, of_one in found.items()}
        parts = [table(found), summary(compared), *(section(service, one) for service, one in compared.items())]
    return "\n\n".join(parts)


def summary(compared: dict[str, OfService]) -> str:
    """How often the two agree, in numbers."""
    rows = [
        "## Agreement in numbers",
        "",
        "| service | expected | agrees | disagrees | speaks by the group alone | speaks unasked | left open |",
        "|---|---|---|---|---|---|---|",
    ]
    totals = [0] * 6
    for service, one in compared.items():
        agreeing = sum(each.agrees for each in one.compared)
        counts = [
            len(one.compared),
            agreeing,
            len(one.compared) - agreeing,
            len(one.group_only),
            len(one.unasked),
            len(one.open),
        ]
        totals = [before + count for before, count in zip(totals, counts, strict=True)]
        rows.append(f"| {service} | " + " | ".join(str(count) for count in counts) + " |")
    rows.append("| all | " + " | ".join(str(count) for count in totals) + " |")
    return "\n".join(rows)


def section(service: str, one: OfService) -> str:
    """One service: reported, expected, computed; then what is said of the group, and what is open."""
    lines = [f"## Service {service}", ""]
    lines += ["| the paper reports | where | entry | expected | computed | |", "|---|---|---|---|---|---|"]
    for each in one.compared:
        mark = "agrees" if each.agrees else "**differs**"
        lines.append(
            f"| {each.report.says} | {each.report.section} | `{each.key}` | {WORDS[each.expected]} "
            f"| {WORDS[each.answer.status]} | {mark} |"
        )
    for report in one.no_entry:
        lines.append(f"| {report.says} | {report.section} | none | | | left out |")
    lines.append("")
    if one.group_only:
        lines += [f"Speaks only because of what is said of a group of services: {_keys(one.group_only)}.", ""]
    if one.unasked:
        lines += [f"Speaks without a report of its own: {_keys(one.unasked)}.", ""]
    lines.append(f"Left open by the paper, and so not known: {_keys(one.open)}.")
    return "\n".join(lines)


def _keys(answers: tuple[Answer, ...]) -> str:
    return ", ".join(f"`{answer.key}`" for answer in answers)


def table(columns: dict[str, tuple[Answer, ...]]) -> str:
    """Services x entries in Markdown, one row per entry in the catalogue's order."""
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
    """The page with what stands between its two marks replaced. Raises ValueError when a mark is missing."""
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"The page needs the lines {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n\n{new}\n\n{END}{after}"
