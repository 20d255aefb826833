"""Which of the four leadership behaviours shows least, and which acts are offered for it. Pure: data in, answer out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from planning.risks.leadership_ratings import by_staff, silence
from planning.risks.snapshot import LeadershipRating, Snapshot

# Also the order in which a tie is resolved: the study's leaders were kind and let things be, so what it missed most
# comes first, and the support that was seldom missing last (Results, Leader Engagement). A product decision.
BEHAVIOURS = ("proactive", "perseverant", "knowledgeable", "supportive")

ACT_DAYS = 90  # acts of the last three months: about as many as a leader with one act a month can have three of
OFFERED = 3


@dataclass(frozen=True)
class DatedAct:
    """Something a leader did on a day. `behaviour`: as an action was tagged; empty for the other kinds."""

    kind: Literal["opened", "done", "answered", "held", "held_with_outcomes"]
    on: date
    behaviour: str = ""


# What the kinds without a tag show. Answering takes up what got in the way and does not let go (perseverant: "reacts to
# critical issues"); a review is following the plan up before somebody asks (proactive: "developed a plan"); going
# through the outcomes is knowing what the practice yields (knowledgeable). Support has no such trace: it shows
# in tagged actions alone.
SHOWN_BY = {"answered": "perseverant", "held": "proactive", "held_with_outcomes": "knowledgeable"}


def behaviour_of(act: DatedAct) -> str:
    """The behaviour that an act shows; empty when it shows none of the four."""
    return SHOWN_BY.get(act.kind, act.behaviour)


@dataclass(frozen=True)
class Least:
    """Which behaviour shows least, and how that is known.

    `source`: "rating" by staff, dated "acts", or None when neither tells; then `behaviour` is None, too.
    `figures`: each behaviour with its mean or its number of acts, in the order of `BEHAVIOURS`.
    `tied`: those that show as little, `behaviour` the first of them.
    """

    behaviour: str | None
    source: Literal["rating", "acts"] | None
    figures: tuple[tuple[str, Decimal | int], ...] = ()
    tied: tuple[str, ...] = ()
    rating: LeadershipRating | None = None


def least_shown(snapshot: Snapshot, acts: Iterable[DatedAct]) -> Least:
    """From the staff's rating while it counts, as the catalogue has it; else from the acts of the last 90 days.

    A rating counts when it is at most 13 months old and enough people answered. Acts count while there is one that
    shows any of the four: none at all tells as little of one as of the other.
    """
    rating = by_staff(snapshot)
    if rating is not None and silence(snapshot, rating) is None:
        return _least("rating", {name: getattr(rating, name) for name in BEHAVIOURS}, rating)
    counts = dict.fromkeys(BEHAVIOURS, 0)
    for act in acts:
        shown = behaviour_of(act)
        if shown in counts and snapshot.as_of - timedelta(days=ACT_DAYS) < act.on <= snapshot.as_of:
            counts[shown] += 1
    return _least("acts", counts) if any(counts.values()) else Least(None, None)


def _least(source: Literal["rating", "acts"], figures: dict, rating: LeadershipRating | None = None) -> Least:
    lowest = min(figures.values())
    tied = tuple(name for name in BEHAVIOURS if figures[name] == lowest)
    return Least(tied[0], source, tuple(figures.items()), tied, rating)


def offered(codes: Sequence[str], *, chosen: Sequence[str], month: date) -> tuple[str, ...]:
    """Three acts out of a behaviour's, in the order to be shown.

    Each month begins at another one, so that all come up. What was chosen before comes after what was not, the latest
    last: with more acts than are offered, the one just chosen is never offered again at once. `chosen`: the latest
    last.
    """
    start = (month.year * 12 + month.month) % len(codes)
    turned = [*codes[start:], *codes[:start]]
    last_chosen = {code: position for position, code in enumerate(chosen)}
    return tuple(sorted(turned, key=lambda code: last_chosen.get(code, -1))[:OFFERED])
