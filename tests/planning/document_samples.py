"""Samples of every kind of document as frozen content: nothing recorded, a usual record, and the largest there may be.

A kind that is registered in `planning.documents.kinds` has its line here; what holds for every document is then tested
of it as well.
"""

import functools
from collections.abc import Callable

from planning.documents import pages
from planning.documents.kinds import KINDS
from planning.models import Document
from tests.planning import fidelity_samples, handover_samples, memo_samples, plan_samples

LANGUAGES = ("en", "nb")
SIZES = ("empty", "typical", "largest")
SAMPLES: dict[str, dict[str, Callable[[str], dict]]] = {
    Document.Kind.ACTION_PLAN: plan_samples.SAMPLES,
    Document.Kind.MEMO: memo_samples.SAMPLES,
    Document.Kind.HANDOVER: handover_samples.SAMPLES,
    Document.Kind.FIDELITY_REPORT: fidelity_samples.SAMPLES,
}


def sample(kind: str, size: str, language: str = "en") -> dict:
    """The content of one sample."""
    return SAMPLES[kind][size](language)


@functools.cache
def made(kind: str, size: str, language: str = "en") -> pages.Made:
    """The finished sample; each is made once, as that takes a second and more."""
    return KINDS[kind].make(sample(kind, size, language), version=KINDS[kind].template_version)
