"""One sentence for each code of measured evidence."""

from . import fidelity, leadership, long_term, priorities, published, reception, upkeep  # each registers its sentences
from .register import SENTENCES

__all__ = ["SENTENCES", "fidelity", "leadership", "long_term", "priorities", "published", "reception", "upkeep"]
