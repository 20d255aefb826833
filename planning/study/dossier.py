"""One service's record as one file: read, checked against the format's schema, dated anew, written as rows.

The file says what is known; what it leaves out stays absent. Nothing here overwrites a record.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from dateutil.relativedelta import relativedelta
from django.db import transaction
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match

from accounts import audit
from accounts.models import Member, Service
from assessments.models import FidelityRating
from planning.models import Observation
from planning.risks import ENTRIES

SCHEMA = Path(__file__).parent / "dossier.schema.json"
TOTAL_PLACES = FidelityRating._meta.get_field("total").decimal_places


class DossierError(ValueError):
    """A file that cannot be understood; the message says where in the file, and what is wrong there."""


@dataclass(frozen=True)
class Dossier:
    """A file that was understood."""

    key: str
    as_of: date
    content: dict


def read(path: Path) -> Dossier:
    """The dossier in a file. Raises DossierError with the path of the first thing that is not understood."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DossierError(f"{path.name} is not JSON in UTF-8: {error}") from error
    return understand(content, name=path.name)


def understand(content, *, name: str) -> Dossier:
    """The parsed content of a file called `name`, checked. Raises DossierError."""
    error = best_match(_validator().iter_errors(content))
    if error is not None:
        raise DossierError(f"{name}, {error.json_path}: {error.message}")
    keys = {entry.key for entry in ENTRIES}
    for number, observation in enumerate(content.get("observations", ())):
        if observation["entry"] not in keys:
            raise DossierError(
                f"{name}, $.observations[{number}].entry: the catalogue has no entry {observation['entry']!r}"
            )
    return Dossier(key=content["service"]["key"], as_of=date.fromisoformat(content["as_of"]), content=content)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=FormatChecker(["date"]))


def dated_anew(day: str, *, seen_from: date, today: date) -> date:
    """A day of the file, as far from `today` as it was from the day the file was seen from.

    Counted in whole months and then days, as people count back, so that "last month" stays last
    month; the last day of a month stands in for a day that a shorter month does not have.
    """
    return today - relativedelta(seen_from, date.fromisoformat(day))


@transaction.atomic
def write(dossier: Dossier, *, today: date, language: str, key: str | None = None) -> Service:
    """The dossier as a new service, dated relative to `today`, in one language; under another key if one is given.

    All or nothing. Raises IntegrityError when the key is taken, ValidationError for a value no model allows.
    """

    def on(day: str) -> date:
        return dated_anew(day, seen_from=dossier.as_of, today=today)

    def said(text: str | dict[str, str]) -> str:
        return text if isinstance(text, str) else text[language]

    about = dossier.content["service"]
    service = Service(
        key=key or dossier.key,
        name=said(about["name"]),
        practice=about.get("practice", "IMR"),
        setting=about.get("setting", ""),
        described=about.get("described", False),
        started_on=on(about["started_on"]) if "started_on" in about else None,
        language=language,
    )
    service.clean_fields()
    service.save()
    _create(
        Member(service=service, **{"discipline": "", "how_chosen": "", **member})
        for member in dossier.content.get("members", ())
    )
    _create(
        FidelityRating(service=service, rated_on=on(rating["rated_on"]), total=mean(rating["sum"], rating["items"]))
        for rating in dossier.content.get("fidelity", ())
    )
    _create(
        Observation(service=service, **{**observation, "on": on(observation["on"]), "text": said(observation["text"])})
        for observation in dossier.content.get("observations", ())
    )
    audit.record(code="service.imported", by=None, service=service, obj=service)
    return service


def mean(total: int, items: int) -> Decimal:
    """A mean of item ratings, as exact as it can be stored: no band is decided on a rounded figure."""
    return round(Decimal(total) / items, TOTAL_PLACES)


def _create(rows) -> None:
    """Save rows of one model in the order given, each one checked first."""
    rows = list(rows)
    for row in rows:
        row.clean_fields(exclude=["service"])
    if rows:
        type(rows[0]).objects.bulk_create(rows)
