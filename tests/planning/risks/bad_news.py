"""What is bad for each entry of the catalogue: functions that add one more of it to a record, dated so that it counts.

Bad is what an entry speaks of and nothing else. A review without a barrier is a review all the same, and a goal that
is overdue is one to steer by: such a mixed thing is not bad here, and may rightly clear what stood flagged.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from planning.risks.months import add_months
from planning.risks.people import allocations_in_use, hours_by_person
from planning.risks.snapshot import (
    Action,
    Adaptation,
    Allocation,
    CaseloadMonth,
    Confirmation,
    ConfirmedEmpty,
    Conflict,
    Decision,
    FidelityRating,
    Funding,
    Goal,
    LeadershipRating,
    Observation,
    OrganisationRating,
    OutcomeRound,
    OwnLeadershipRating,
    Person,
    ReadinessCheck,
    Recommendation,
    Snapshot,
    Week,
)

NEW = 900  # a number that no record has
DAY = timedelta(days=1)
LONG = timedelta(days=400)

Worse = Callable[[Snapshot], Snapshot]


def _add(snapshot: Snapshot, name: str, record) -> Snapshot:
    return replace(snapshot, **{name: (*getattr(snapshot, name), record)})


def adds(name: str, make) -> Worse:
    """One more record in the list of that name; `make` gives it for a day."""
    return lambda snapshot: _add(snapshot, name, make(snapshot.as_of))


def said_empty(name) -> Worse:
    return adds("confirmed_empty", lambda today: ConfirmedEmpty(list=name, on=today))


def somebody(role, **days) -> Worse:
    """One more person; days are counted from today, days ahead are negative."""

    def person(today):
        facts = {name: today - value if isinstance(value, timedelta) else value for name, value in days.items()}
        return Person(number=NEW, role=role, **facts)

    return adds("people", person)


def busy_month(snapshot: Snapshot) -> Snapshot:
    """Far more patients and groups this month than anybody has hours for."""
    return _month(snapshot, 0, individual_patients=10_000, groups=1000)


def empty_month(snapshot: Snapshot) -> Snapshot:
    """Nobody in the programme in the month that ended last, nobody started of many planned, no session held."""
    return _month(snapshot, 1, individual_patients=0, groups=0, planned_starts=1000, started=0, sessions_held=0)


def month_of_nobody_asked(snapshot: Snapshot) -> Snapshot:
    return _month(snapshot, 0, eligible=1_000_000, asked=0)


def _month(snapshot: Snapshot, back: int, **counts) -> Snapshot:
    """The calendar month so many back with these counts, in place of what was recorded of it."""
    first = add_months(snapshot.as_of.replace(day=1), -back)
    known = next((one for one in snapshot.caseload if one.month == first), CaseloadMonth(month=first))
    others = tuple(one for one in snapshot.caseload if one.month != first)
    return replace(snapshot, caseload=(*others, replace(known, **counts)))


def lost_week(snapshot: Snapshot) -> Snapshot:
    """The last full week, with more hours set aside and all of them lost, and with work in own time."""
    monday = snapshot.as_of - timedelta(days=snapshot.as_of.weekday() + 7)
    known = next((one for one in snapshot.weeks if one.week == monday), None)
    lost = Week(
        week=monday,
        reported=3,
        set_aside=Decimal(10) + (known.set_aside if known else 0),
        kept=Decimal(0),
        own_time=Decimal(2),
    )
    return replace(snapshot, weeks=(*(one for one in snapshot.weeks if one.week != monday), lost))


def more_for_whom_has_most(snapshot: Snapshot) -> Snapshot:
    hours = hours_by_person(allocations_in_use(snapshot))
    holder = max(hours, key=lambda person: (hours[person], person), default=NEW)
    return _add(snapshot, "allocations", Allocation(holder, "travel", Decimal(1000), snapshot.as_of))


def vision_that_is_past(snapshot: Snapshot) -> Snapshot:
    if snapshot.vision is None:
        return said_empty("vision")(snapshot)
    return replace(snapshot, vision=replace(snapshot.vision, horizon_on=snapshot.as_of - DAY))


def unprepared(item) -> Worse:
    def worse(snapshot):
        others = tuple(one for one in snapshot.readiness if one.item != item)
        return replace(snapshot, readiness=(*others, ReadinessCheck(item=item, done=False, on=snapshot.as_of)))

    return worse


def advice_unused(snapshot: Snapshot) -> Snapshot:
    """A recommendation of the last visit that nobody took up."""
    visit = max((one.rated_on for one in snapshot.fidelity), default=snapshot.as_of)
    return _add(snapshot, "recommendations", Recommendation(NEW, given_on=visit, taken_up=False))


def _nought(today, **figures) -> LeadershipRating:
    none = dict.fromkeys(("proactive", "knowledgeable", "supportive", "perseverant"), Decimal(0))
    return LeadershipRating(rated_on=today, answers=99, minimum=3, **{**none, **figures})


low_rating = adds("leadership", _nought)
unanswered = adds("conflicts", lambda today: Conflict(number=NEW, released_on=today - LONG))


def hinders(key) -> Worse:
    return adds(
        "observations", lambda today: Observation(number=NEW, entry=key, effect="hinders", on=today, source="review")
    )


def decided(kind, **values) -> Worse:
    return adds("decisions", lambda today: Decision(number=NEW, kind=kind, decided_on=today, **values))


BAD: dict[str, tuple[Worse, ...]] = {
    "unprotected-time": (busy_month, said_empty("allocations")),
    "own-time": (
        lost_week,
        adds("allocations", lambda today: Allocation(NEW, "session", Decimal(1), today)),
    ),
    "crowded-out": (lost_week, adds("conflicts", lambda today: Conflict(number=NEW, released_on=today))),
    "fading-time": (lost_week,),
    "expectations-unspoken": (
        said_empty("expectations"),
        said_empty("acknowledgements"),
        somebody("practitioner"),
        somebody("practitioner", started_on=LONG),
    ),
    "no-leader": (somebody("leader", leaves_on=DAY),),
    "leader-unconvinced": (low_rating,),
    "passive-support": (
        unanswered,
        adds("actions", lambda today: Action(number=NEW, opened_on=today - LONG, owner_role="leader", due_on=None)),
        adds("review_due_on", lambda today: today - timedelta(days=8)),
        adds("leadership", lambda today: _nought(today, supportive=Decimal(4))),
    ),
    "leader-knows-little": (low_rating,),
    "unanswered-conflicts": (unanswered,),
    "self-image-gap": (
        low_rating,
        adds("own_leadership", lambda today: OwnLeadershipRating(today, *[Decimal(4)] * 4)),
    ),
    "bottom-up": (
        adds("actions", lambda today: Action(number=NEW, opened_on=today, owner_role="practitioner", due_on=None)),
        adds("goals", lambda today: Goal(NEW, today, has_measure=False, owner_role="practitioner", due_on=None)),
    ),
    "lone-champion": (more_for_whom_has_most,),
    "no-vision": (vision_that_is_past,),
    "no-goals": (
        said_empty("goals"),
        adds("goals", lambda today: Goal(NEW, today - LONG, has_measure=False, owner_role=None, due_on=today - DAY)),
    ),
    "undecided-future": (decided("continue", decided_by="practitioners"), said_empty("decisions")),
    "expansion-without-plan": (
        decided("expand", goals_behind=False, hours_behind=False, training_behind=False),
        decided("expand", goals_behind=True, hours_behind=False, training_behind=None),
    ),
    "picked-in-passing": (
        somebody("practitioner", how_chosen="in_passing"),
        somebody("practitioner", how_chosen="appointed"),
    ),
    "leaving-soon": (
        somebody("practitioner", trained_on=LONG, leaves_on=-30 * DAY),
        somebody("leader", leaves_on=-30 * DAY),
    ),
    "unprepared-start": (unprepared("eligible"), unprepared("capacity"), unprepared("briefing")),
    "no-recruitment": (empty_month,),
    "no-regular-review": (said_empty("reviews"),),
    "alone-in-the-system": (said_empty("support"),),
    "supervision-lapsed": (said_empty("supervision"), somebody("practitioner", started_on=LONG)),
    "no-outcome-monitoring": (said_empty("outcomes"),),
    "judged-by-few": (
        decided("adapt", basis="impressions"),
        decided("continue", basis="impressions"),
        decided("stop", basis="outcomes", patients=4),
    ),
    "unplanned-adaptation": (adds("adaptations", lambda today: Adaptation(number=NEW, in_use_from=today)),),
    "monitoring-fatigue": (
        adds("outcomes", lambda today: OutcomeRound(measured_on=today - timedelta(days=31), patients=9)),
        adds("outcomes", lambda today: OutcomeRound(measured_on=today - LONG, patients=9)),
    ),
    "use-stopping": (
        empty_month,
        somebody("practitioner", stopped_on=DAY),
        somebody("practitioner", trained_on=LONG),
    ),
    "fidelity-unknown": (said_empty("fidelity"),),
    "fidelity-low": (adds("fidelity", lambda today: FidelityRating(today, Decimal(1))),),
    "feedback-unused": (advice_unused,),
    "organisation-weak": (adds("organisation", lambda today: OrganisationRating(today, Decimal(1))),),
    "false-security": (
        hinders("own-time"),
        hinders("no-vision"),
        hinders("programme-burden"),
        adds("organisation", lambda today: OrganisationRating(today, Decimal(1))),
    ),
    "money-undecided": (
        said_empty("funding"),
        adds("fundings", lambda today: Funding(NEW, "start_up", decided_on=today - 3 * LONG, until=today + DAY)),
    ),
    "hands-lost": (
        somebody("leader", started_on=2 * LONG, leaves_on=DAY),
        somebody("supervisor", supervises=True, leaves_on=DAY),
        somebody("practitioner", started_on=2 * LONG, leaves_on=DAY),
        somebody("practitioner", started_on=2 * LONG, stopped_on=DAY),
    ),
    "low-reach": (month_of_nobody_asked,),
    "leader-unbacked": (
        said_empty("confirmations"),
        adds("confirmations", lambda today: Confirmation(NEW, asked_on=today, answered_on=today, confirmed=False)),
        adds("confirmations", lambda today: Confirmation(NEW, asked_on=today - LONG)),
    ),
    "programme-burden": (),  # reported only
}
# A hindrance that somebody reports today is bad for every entry.
BAD = {key: (*worse, hinders(key)) for key, worse in BAD.items()}
