"""All entries, in the catalogue's order, and the one function that answers them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Context, localcontext

from . import fidelity, leadership, long_term, priorities, published, reception, recruitment, staff, upkeep
from .absence import resting
from .answer import Answer, Reason, Status
from .combining import combine
from .finding import Finding
from .snapshot import Snapshot

# Raised with every change that can alter an answer: a threshold, a rule, how evidence is combined.
CATALOGUE_VERSION = "4"

_EXACT = Context(prec=60)  # whatever precision the caller computes with, no limit is met by rounding


@dataclass(frozen=True)
class Entry:
    """One entry of the catalogue.

    `fades`: whether a reported hindrance loses weight with time. `rests`: whether it says nothing while the
    practice rests; one that judges the decision behind the rest goes on.
    """

    key: str
    theme: int
    rule: Callable[[Snapshot], Finding]
    fades: bool = True
    rests: bool = True


def assess(snapshot: Snapshot) -> tuple[Answer, ...]:
    """The state of every entry on the snapshot's day, in the order of `ENTRIES`.

    While the practice is paused, and after a decision to stop, an entry that rests is unknown for that reason;
    its evidence stays as it is.
    """
    with localcontext(_EXACT):
        answers = tuple(_answer(entry, snapshot) for entry in ENTRIES)
    if not resting(snapshot):
        return answers
    return tuple(_paused(answer) if entry.rests else answer for entry, answer in zip(ENTRIES, answers, strict=True))


def _paused(answer: Answer) -> Answer:
    return replace(answer, status=Status.UNKNOWN, reason=Reason.PAUSED, since=None, severity=None)


def _answer(entry: Entry, snapshot: Snapshot) -> Answer:
    return combine(entry.key, entry.theme, entry.rule(snapshot), snapshot, fades=entry.fades)


def _false_security(snapshot: Snapshot) -> Finding:
    """`fidelity.false_security` on what is known of the service itself: group evidence does not count.

    The others are seen as they would stand, also while the practice rests.
    """
    own = replace(snapshot, observations=tuple(one for one in snapshot.observations if not one.of_group))
    return fidelity.false_security(own, [_answer(entry, own) for entry in ENTRIES if entry.rule is not _false_security])


ENTRIES: tuple[Entry, ...] = (
    Entry("unprotected-time", 1, priorities.unprotected_time),
    Entry("own-time", 1, priorities.own_time),
    Entry("crowded-out", 1, priorities.crowded_out),
    Entry("fading-time", 1, priorities.fading_time),
    Entry("expectations-unspoken", 1, priorities.expectations_unspoken),
    Entry("no-leader", 2, leadership.no_leader),
    Entry("leader-unconvinced", 2, leadership.leader_unconvinced),
    Entry("passive-support", 2, leadership.passive_support),
    Entry("leader-knows-little", 2, leadership.leader_knows_little),
    Entry("unanswered-conflicts", 2, leadership.unanswered_conflicts),
    Entry("self-image-gap", 2, leadership.self_image_gap),
    Entry("bottom-up", 2, leadership.bottom_up),
    Entry("lone-champion", 2, leadership.lone_champion),
    Entry("no-vision", 3, long_term.no_vision),
    Entry("no-goals", 3, long_term.no_goals),
    Entry("undecided-future", 3, long_term.undecided_future),
    Entry("expansion-without-plan", 3, long_term.expansion_without_plan),
    Entry("picked-in-passing", 3, staff.picked_in_passing),
    Entry("leaving-soon", 3, staff.leaving_soon),
    Entry("unprepared-start", 3, recruitment.unprepared_start, fades=False),
    Entry("no-recruitment", 3, recruitment.no_recruitment),
    Entry("no-regular-review", 3, upkeep.no_regular_review),
    Entry("alone-in-the-system", 3, upkeep.alone_in_the_system),
    Entry("supervision-lapsed", 3, upkeep.supervision_lapsed),
    Entry("no-outcome-monitoring", 4, reception.no_outcome_monitoring),
    Entry("judged-by-few", 4, reception.judged_by_few, rests=False),
    Entry("unplanned-adaptation", 4, reception.unplanned_adaptation),
    Entry("monitoring-fatigue", 4, reception.monitoring_fatigue),
    Entry("use-stopping", 4, reception.use_stopping),
    Entry("fidelity-unknown", 5, fidelity.fidelity_unknown),
    Entry("fidelity-low", 5, fidelity.fidelity_low),
    Entry("feedback-unused", 5, fidelity.feedback_unused),
    Entry("organisation-weak", 5, fidelity.organisation_weak),
    Entry("false-security", 5, _false_security),
    Entry("money-undecided", 3, published.money_undecided),
    Entry("hands-lost", 3, published.hands_lost),
    Entry("low-reach", 3, published.low_reach),
    Entry("leader-unbacked", 2, published.leader_unbacked),
    Entry("programme-burden", 4, published.programme_burden),
)
