"""Texts that are published in versions: each version with what it changed in the one before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from planning.differences import Piece, differences
from planning.models import Expectation, Vision


@dataclass(frozen=True)
class Version:
    """One version, and what it changed; None for the first, which changed nothing."""

    row: Vision | Expectation
    pieces: tuple[Piece, ...] | None


def with_differences(rows: Iterable[Vision] | Iterable[Expectation]) -> list[Version]:
    """Versions, given the latest first, each with what became of the one before it."""
    rows = list(rows)
    changes = [differences(old.text, row.text) for row, old in pairwise(rows)]
    return [Version(row, pieces) for row, pieces in zip(rows, [*changes, None], strict=False)]
