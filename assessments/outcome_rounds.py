"""What rounds of patient outcomes come to: the two forms beside each other, and how each moved since the round before.

Facts of groups only. `exact`: the reader may know counts of fewer than five patients; others are told a share of a
group only if none of its parts is that small (instruments: small numbers).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assessments import group_change
from assessments.group_change import Change, Round, Shares
from assessments.instruments import IMRS, Instrument, stored
from assessments.models import FEWEST_PATIENTS, OutcomeRound

TOGETHER = timedelta(days=31)  # the two forms of one round may be finished so far apart
CHANGED = ("better", "same", "worse")  # since the round before


@dataclass(frozen=True)
class Pair:
    """One round with its two forms; one of them may be missing."""

    patient: OutcomeRound | None
    practitioner: OutcomeRound | None

    @property
    def on(self) -> date:
        """The day on which its later form was finished."""
        return max(one.measured_on for one in (self.patient, self.practitioner) if one)

    @property
    def gap(self) -> Decimal | None:
        """How far the practitioners' mean lies above the patients'; None unless both are known."""
        means = [one and one.mean for one in (self.practitioner, self.patient)]
        return None if None in means else means[0] - means[1]


def side_by_side(rounds: Iterable[OutcomeRound]) -> list[Pair]:
    """The rounds with their two forms, the latest first. Each form goes with the nearest of the other kind, once."""
    by_form = {form: [one for one in rounds if one.form == form] for form in OutcomeRound.Form.values}
    patients, practitioners = by_form[OutcomeRound.Form.PATIENT], by_form[OutcomeRound.Form.PRACTITIONER]
    near = sorted(
        (
            (abs(one.measured_on - other.measured_on), one.measured_on, one, other)
            for one in patients
            for other in practitioners
            if abs(one.measured_on - other.measured_on) <= TOGETHER
        ),
        key=lambda pair: pair[:2],
    )
    taken: set[int] = set()
    pairs = []
    for _apart, _on, one, other in near:
        if not {one.pk, other.pk} & taken:
            taken |= {one.pk, other.pk}
            pairs.append(Pair(one, other))
    pairs += [Pair(one, None) for one in patients if one.pk not in taken]
    pairs += [Pair(None, one) for one in practitioners if one.pk not in taken]
    return sorted(pairs, key=lambda pair: pair.on, reverse=True)


@dataclass(frozen=True)
class Reading:
    """One round of one form, beside the round of that form before it.

    `change`: how the mean moved, with its interval; `moved`: the same without one, where a deviation is not known.
    `deviation` is the one that a reliable change was reckoned with, `own` whether it is the service's.
    """

    now: OutcomeRound
    before: OutcomeRound | None
    change: Change | None
    moved: Decimal | None
    shares: Shares | None
    deviation: Decimal
    own: bool

    @property
    def limit(self) -> Decimal:
        """The change of one patient from which it counts as one."""
        return group_change.reliable_change(self.deviation, _scales(self.now).reliability.retest[self.now.form])

    @property
    def both(self) -> int | None:
        """How many were measured in both rounds; None if it is not known."""
        return None if self.now.better is None else self.now.better + self.now.same + self.now.worse


def of_form(rounds: Iterable[OutcomeRound], form: str) -> list[OutcomeRound]:
    """The rounds of one form, the earliest first."""
    return sorted((one for one in rounds if one.form == form), key=lambda one: (one.measured_on, one.pk))


def latest(rounds: Sequence[OutcomeRound], form: str, *, exact: bool) -> Reading | None:
    """The latest round of a form; None without one."""
    mine = of_form(rounds, form)
    return reading(mine[-1], mine[-2] if len(mine) > 1 else None, exact=exact) if mine else None


def reading(now: OutcomeRound, before: OutcomeRound | None, *, exact: bool) -> Reading:
    """What a round says."""
    known = before is not None and None not in (now.mean, before.mean)
    groups = [_group(one) for one in (before, now)]
    reliability = _scales(now).reliability
    own = groups[0] is not None and groups[0].patients >= reliability.own_sd_from
    return Reading(
        now=now,
        before=before,
        change=group_change.change(*groups) if None not in groups else None,
        moved=now.mean - before.mean if known else None,
        shares=_shares(now, exact=exact),
        deviation=group_change.deviation(reliability, groups[0]),
        own=own,
    )


def _scales(measured: OutcomeRound) -> Instrument:
    """The scales in the version that a round was measured with, whatever came later."""
    return stored(IMRS.key, measured.version)


def _group(one: OutcomeRound | None) -> Round | None:
    """A round with a deviation, as figures; None without."""
    if one is None or one.mean is None or one.sd is None:
        return None
    return Round(one.patients, one.mean, one.sd)


def changed(measured: OutcomeRound, *, exact: bool) -> dict[str, int] | None:
    """How many changed, and how many did not: all three or none, as one is what is left over of the others."""
    counts = {name: getattr(measured, name) for name in CHANGED}
    if None in counts.values() or (not exact and any(map(is_small, counts.values()))):
        return None
    return counts


def _shares(now: OutcomeRound, *, exact: bool) -> Shares | None:
    counts = changed(now, exact=exact)
    return counts and group_change.shares(**counts)


def is_small(count: int | None) -> bool:
    """Whether it counts so few patients that not everybody may know how many."""
    return count is not None and 0 < count < FEWEST_PATIENTS


def has_small_counts(one: OutcomeRound) -> bool:
    """Whether any of its counts is that small."""
    return any(map(is_small, (one.patients, one.better, one.same, one.worse, one.missing)))


def series(rounds: Iterable[OutcomeRound], form: str) -> list[tuple[date, Decimal]]:
    """The means of a form by their days, the earliest first."""
    return [(one.measured_on, one.mean) for one in of_form(rounds, form) if one.mean is not None]
