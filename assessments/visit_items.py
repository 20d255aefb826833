"""What can be given to an item of a visit: a rating, counts that it is computed from, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments import scoring
from assessments.instruments import Instrument, Item
from assessments.wording import said


@dataclass(frozen=True)
class Given:
    """What somebody gave an item: a rating, or why there is none. Of an item computed from counts, these."""

    rating: int | None = None
    not_rateable: str = ""
    note: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Whether the item is rated or said not to be rateable."""
        return self.rating is not None or bool(self.not_rateable)


@dataclass(frozen=True)
class Proposed:
    """A rating that the record's counts speak for, and how it was computed, in a sentence. Our own convention."""

    rating: int
    sentence: str


def checked(given: Given, item: Item, instrument: Instrument) -> Given:
    """What is kept of it: the rating worked out where it is computed. ValidationError if it cannot be one."""
    if item.ladder is not None and item.ladder.computed:
        return _from_counts(given, item, instrument)
    if given.rating is not None and not instrument.lowest <= given.rating <= instrument.highest:
        raise ValidationError(
            _("“%(item)s” is rated from %(lowest)d to %(highest)d.")
            % {"item": said(item.name), "lowest": instrument.lowest, "highest": instrument.highest}
        )
    return Given(given.rating, "" if given.rating is not None else given.not_rateable, given.note)


def _from_counts(given: Given, item: Item, instrument: Instrument) -> Given:
    """The rating that counts come to. Without counts there is none, and a reason may say why."""
    counts = {name: count for name, count in given.counts.items() if count is not None}
    if not counts:
        return Given(None, given.not_rateable, given.note)
    against = {name: counts[name] for name in ("eligible", "target") if name in counts}
    if "receiving" not in counts or len(against) != 1:
        raise ValidationError(
            _(
                "“%(item)s” is computed: write how many get IMR now, and either how many it could be for or how many "
                "the service is meant for."
            )
            % {"item": said(item.name)}
        )
    found = scoring.reached(counts["receiving"], item, **against)
    if found is None or found.share > 1:
        raise ValidationError(
            _("“%(item)s”: more get IMR than it could be for. Put right the one or the other count.")
            % {"item": said(item.name)}
        )
    return Given(scoring.laddered(found.share, item, instrument), "", given.note, counts)


def columns(given: Given) -> dict:
    """As it is kept."""
    return {
        "rating": given.rating,
        "not_rateable": given.not_rateable,
        "note": given.note,
        "counts": dict(given.counts),
    }
