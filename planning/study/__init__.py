"""The nine services of the study, as one dossier each in `services/`.

Only what the paper reports is in the files. Said of one service it stands there as such; said of "most services" it
is marked as said of a group. What the paper does not say is left out, and so stays unknown.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db import transaction

from accounts.models import Service
from planning.dossiers.errors import DossierError
from planning.dossiers.importing import import_dossier
from planning.dossiers.reading import Dossier, read

SERVICES = Path(__file__).parent / "services"


@dataclass(frozen=True)
class Loaded:
    """What loading did: the keys it created, and those that were there before and left alone."""

    created: tuple[str, ...]
    left_alone: tuple[str, ...]


@cache
def dossiers() -> tuple[Dossier, ...]:
    """The nine, A to I. Raises DossierError for a file that is not understood."""
    return tuple(_read(path) for path in sorted(SERVICES.glob("*.json")))


def _read(path: Path) -> Dossier:
    with path.open("rb") as file:
        try:
            return read(file)
        except DossierError as problem:
            raise DossierError(f"{path.name}, {problem.path}", problem.sentence) from problem


@transaction.atomic
def load_study(*, today: date, language: str = "en") -> Loaded:
    """Create the services that are not there yet, so that their interviews were last month; all or nothing.

    A key that exists is left as it is, whatever it holds: loading again changes nothing.
    """
    taken = set(Service.objects.filter(key__in=[one.key for one in dossiers()]).values_list("key", flat=True))
    new = [one for one in dossiers() if one.key not in taken]
    for one in new:
        import_dossier(one, language=language, as_of=today)
    return Loaded(created=tuple(one.key for one in new), left_alone=tuple(sorted(taken)))
