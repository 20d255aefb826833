"""What a reader is told about each entry of the risk catalogue: `TEXTS`, one text per key, in the catalogue's order.

Every sentence is ours: the study is retold and cited by section, never quoted. "The study found", never "proven";
no blame, no forecast. The rule itself, with its numbers, is put into words elsewhere.
"""

from .fidelity import FIDELITY
from .leadership import LEADERSHIP
from .long_term import LONG_TERM
from .priorities import PRIORITIES
from .published import PUBLISHED
from .reception import RECEPTION
from .shape import Act, EntryText, Source, Strength
from .sources import CLEARS_REPORTED, STUDY_CITATION, STUDY_DOI, STUDY_LICENCE_URL, STUDY_LIMITS, STUDY_URL

TEXTS: dict[str, EntryText] = PRIORITIES | LEADERSHIP | LONG_TERM | RECEPTION | FIDELITY | PUBLISHED

__all__ = [
    "CLEARS_REPORTED",
    "STUDY_CITATION",
    "STUDY_DOI",
    "STUDY_LICENCE_URL",
    "STUDY_LIMITS",
    "STUDY_URL",
    "TEXTS",
    "Act",
    "EntryText",
    "Source",
    "Strength",
]
