"""The catalogue's answer for one service, as one JSON object or as text for a terminal."""

import json
import textwrap
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Service
from planning.risks import CATALOGUE_VERSION
from planning.risks.answer import Value
from planning.standing import ShownEntry, Standing
from planning.wording import figures, labels

WIDTH = 100


def as_json(service: Service, standing: Standing) -> str:
    """One object, the same bytes for the same record, day, catalogue and language."""
    content = {
        "service": service.key,
        "as_of": standing.as_of.isoformat(),
        "catalogue": CATALOGUE_VERSION,
        "risks": [
            {
                "key": entry.key,
                "theme": entry.theme,
                "status": entry.status.value,
                "reason": entry.answer.reason.value if entry.answer.reason else None,
                "since": entry.since.isoformat() if entry.since else None,
                "evidence": [
                    {
                        "kind": one.kind,
                        "text": str(one.sentence),
                        "values": {name: _plain(value) for name, value in one.evidence.values},
                    }
                    for one in entry.evidence
                ],
                "accepted_until": entry.accepted.until.isoformat() if entry.accepted else None,
            }
            for entry in standing.entries
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _plain(value: Value) -> str | int | float | None:
    """A value as JSON has it: days as YYYY-MM-DD, decimals as numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def as_text(service: Service, standing: Standing) -> str:
    """The answers by theme, the worst first, in the active language."""
    lines = [
        _("%(service)s on %(day)s (catalogue %(version)s)")
        % {"service": service.name, "day": figures.day(standing.as_of), "version": CATALOGUE_VERSION}
    ]
    for theme in standing.themes:
        lines += ["", f"{theme.number}. {theme.name}", ""]
        for entry in (*theme.flagged, *theme.watched, *theme.strengths, *theme.unknown):
            lines += _entry_lines(entry)
    return "\n".join(lines)


def _entry_lines(entry: ShownEntry) -> list[str]:
    heading = f"{labels.status_word(entry.status)}: {entry.title} [{entry.key}]"
    if entry.since:
        heading += " " + _("since %(day)s") % {"day": figures.day(entry.since)}
    if entry.accepted:
        heading += ", " + _("accepted until %(day)s") % {"day": figures.day(entry.accepted.until)}
    below = [f"{one.kind_label}: {one.sentence}" for one in entry.evidence]
    if entry.reason_sentence:
        below.append(str(entry.reason_sentence))
    return [
        *textwrap.wrap(heading, WIDTH, initial_indent="  ", subsequent_indent="    "),
        *(
            line
            for text in below
            for line in textwrap.wrap(text, WIDTH, initial_indent="      ", subsequent_indent="        ")
        ),
    ]
