"""Whole records of services, made up at random: everything a snapshot can hold, as of `TODAY`.

Days lie closer together near today, where the limits are. Most records are of services that do not rest.
"""

from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal
from typing import get_args

from hypothesis import strategies as st

from planning.capacity import PARAMETERS
from planning.risks import ENTRIES
from planning.risks.months import add_months
from planning.risks.snapshot import (
    Action,
    Adaptation,
    Allocation,
    Basis,
    CaseloadMonth,
    Confirmation,
    ConfirmedEmpty,
    Conflict,
    DecidedBy,
    Decision,
    Expectation,
    FidelityRating,
    Funding,
    FundingKind,
    Goal,
    HowChosen,
    LeadershipRating,
    ListName,
    Observation,
    OrganisationRating,
    OutcomeRound,
    OwnLeadershipRating,
    Pause,
    Person,
    ReadinessCheck,
    ReadinessItem,
    Recommendation,
    Review,
    Snapshot,
    Support,
    Vision,
    Week,
    Work,
)
from tests.planning.risks.tables.shape import TODAY

KEYS = [entry.key for entry in ENTRIES]
LISTS = [field.name for field in fields(Snapshot) if field.default == ()]  # tuples, all of them in no order
SINGLE = [field.name for field in fields(Snapshot) if field.default is None]


def _ago(days):
    return TODAY - timedelta(days=days)


past = (st.integers(0, 70) | st.integers(0, 900)).map(_ago)
any_day = st.integers(-900, 900).map(_ago)
maybe_past, maybe_any_day = st.none() | past, st.none() | any_day
maybe = st.sampled_from([None, True, False])
role = st.sampled_from(["leader", "stand_in", "practitioner", "practitioner", "supervisor"])
number = st.just(0)  # see `numbered`
person = st.integers(0, 4)
count = st.none() | st.integers(0, 8)


def one_of(literal, *others):
    return st.sampled_from([*others, *get_args(literal)])


def some(strategy, size=4):
    return st.lists(strategy, max_size=size).map(tuple)


def numbered(strategy, size=4):
    """Records that differ in their number, as in a database."""
    return st.lists(strategy, max_size=size).map(
        lambda records: tuple(replace(one, number=position) for position, one in enumerate(records))
    )


def one_each(key, strategy, size):
    """Records of which there is one of a kind, as a database sees to."""
    return st.lists(strategy, max_size=size, unique_by=key).map(tuple)


def scale(top):
    return st.integers(0, 4 * top).map(lambda quarters: Decimal(quarters) / 4)


people = numbered(
    st.builds(
        Person,
        number=number,
        role=role,
        started_on=maybe_past,
        trained_on=maybe_past,
        how_chosen=one_of(HowChosen, None),
        leaves_on=st.none() | maybe_any_day | st.integers(-400, 0).map(_ago),
        successor=st.none() | person,
        handed_over_on=maybe_past,
        supervises=st.booleans(),
        stopped_on=st.none() | maybe_past,
        away_from=st.none() | maybe_past,
        away_until=maybe_any_day,
    ),
    size=5,
)
goals = numbered(
    st.builds(
        Goal,
        number=number,
        stated_on=past,
        has_measure=st.booleans(),
        owner_role=st.none() | role | st.just("practitioner"),
        due_on=maybe_any_day,
    )
)
actions = numbered(
    st.builds(
        Action,
        number=number,
        opened_on=past,
        owner_role=st.none() | role | st.just("practitioner"),
        due_on=maybe_any_day,
        closed_on=st.none() | maybe_past,
    ),
    size=6,
)
allocations = some(
    st.builds(
        Allocation,
        person=person,
        work=one_of(Work),
        hours=st.integers(1, 160).map(lambda quarters: Decimal(quarters) / 4),
        starts_on=past,
    ),
    size=6,
)
kept_of_ten = st.sampled_from([(8, 8), (9, 7), (10, 5), (5, 9), (10, 10)])  # in the last 8 weeks, and before them
weeks = st.builds(
    lambda reports, kept: tuple(
        Week(
            week=_ago(TODAY.weekday() + 7 * back),
            reported=reported,
            set_aside=Decimal(set_aside),
            kept=Decimal(set_aside * kept[back <= 8]) / 10,
            own_time=Decimal(own_time),
        )
        for back, reported, set_aside, own_time in reports
    ),
    one_each(
        lambda one: one[0],
        st.tuples(
            st.integers(1, 20), st.sampled_from([1, 2, 3, 3, 4]), st.integers(0, 30), st.sampled_from([0, 0, 0, 2])
        ),
        size=12,
    ),
    kept_of_ten,
)
decisions = numbered(
    st.builds(
        lambda kind, backing, **values: Decision(kind=kind, **values, **(backing if kind == "expand" else {})),
        kind=st.sampled_from(["continue", "continue", "expand", "expand", "adapt", "stop"]),
        backing=st.fixed_dictionaries({"goals_behind": maybe, "hours_behind": maybe, "training_behind": maybe}),
        number=number,
        decided_on=past,
        decided_by=one_of(DecidedBy, None),
        basis=one_of(Basis, None),
        patients=count,
        look_again_on=maybe_any_day,
    ),
    size=3,
)
# A month as the others are: anything, nobody in the programme, or few of those who were to start.
moods = st.sampled_from(
    [
        {},
        {"individual_patients": 0, "groups": 0, "sessions_held": 0},
        {"individual_patients": 5, "planned_starts": 3, "started": 1},
        {"eligible": 60},
    ]
)
caseload = st.builds(
    lambda months, mood: tuple(replace(one, **mood) for one in months),
    one_each(
        lambda one: one.month,
        st.builds(
            CaseloadMonth,
            month=(st.integers(0, 7) | st.integers(0, 15)).map(lambda back: add_months(TODAY.replace(day=1), -back)),
            individual_patients=count,
            groups=st.none() | st.integers(0, 2),
            sessions_held=count,
            asked=count,
            planned_starts=count,
            started=count,
            completed=count,
            dropped_out=count,
            eligible=st.none() | st.integers(0, 20),
        ),
        size=12,
    ),
    moods,
)
leadership_figures = {name: scale(4) for name in ("proactive", "knowledgeable", "supportive", "perseverant")}
observations = numbered(
    st.builds(
        Observation,
        number=number,
        entry=st.sampled_from(KEYS),
        effect=st.sampled_from(["hinders", "helps"]),
        on=past,
        source=st.sampled_from(["review", "focus_group", "other"]),
        of_group=st.booleans(),
        passage=st.sampled_from(["", "Discussion"]),
    ),
    size=12,
)
pauses = some(
    st.builds(
        lambda back, length: Pause(_ago(back), _ago(max(back - length, 0)) if length else None),
        st.integers(1, 900),
        st.sampled_from([0, 1, 20, 20, 60, 60, 400, 400]),
    ),
    size=2,
)
snapshots = st.builds(
    Snapshot,
    as_of=st.just(TODAY),
    described=st.sampled_from([False, False, False, True]),
    joined_on=maybe_past | st.integers(360, 900).map(_ago),
    started_on=maybe_past | st.integers(360, 900).map(_ago),
    project_ends_on=maybe_any_day,
    logging_since=maybe_past,
    people=people,
    vision=st.none() | st.builds(Vision, published_on=past, horizon_on=any_day, looked_at_on=past),
    goals=goals,
    last_goal_ended_on=maybe_past,
    actions=actions,
    leader_moved_on=some(past),
    allocations=allocations,
    conflicts=numbered(st.builds(Conflict, number=number, released_on=past, answered_on=maybe_past)),
    review_interval_days=st.none() | st.integers(7, 120),
    reviews=numbered(
        st.builds(Review, number=number, held_on=past, barrier_examined=st.booleans(), looked_at_outcomes=st.booleans())
    ),
    review_due_on=some(past),
    fidelity=some(
        st.builds(FidelityRating, rated_on=past, total=st.integers(13, 65).map(lambda points: Decimal(points) / 13)),
        size=3,
    ),
    observations=observations,
    expectation=st.none()
    | st.builds(
        Expectation,
        published_on=past,
        acknowledged=one_each(lambda one: one[0], st.tuples(person, past), size=5),
    ),
    weeks=weeks,
    decisions=decisions,
    adaptations=numbered(
        st.builds(
            Adaptation,
            number=number,
            in_use_from=past,
            has_reason=st.booleans(),
            has_evidence=st.booleans(),
            decided_on=maybe_past,
            look_again_on=maybe_any_day,
        ),
        size=2,
    ),
    supports=numbered(st.builds(Support, number=number, asked_on=past, agreed_on=maybe_past), size=2),
    confirmations=numbered(
        st.builds(
            lambda answer, **values: Confirmation(answered_on=answer[0], confirmed=answer[1], **values),
            answer=st.just((None, None)) | st.tuples(past, st.booleans()),
            number=number,
            asked_on=past,
        ),
        size=3,
    ),
    fundings=numbered(
        st.builds(Funding, number=number, kind=one_of(FundingKind), decided_on=past, until=maybe_any_day), size=3
    ),
    supervised_on=some(past, size=3),
    readiness=one_each(
        lambda one: one.item,
        st.builds(ReadinessCheck, item=one_of(ReadinessItem), done=st.sampled_from([True, True, False]), on=past),
        size=3,
    ),
    caseload=caseload,
    pauses=pauses,
    leadership=one_each(
        lambda one: one.rated_on,
        st.builds(
            LeadershipRating,
            rated_on=past,
            answers=st.integers(2, 8),
            minimum=st.just(3),
            bounded=st.dictionaries(
                st.sampled_from(list(leadership_figures)), st.sampled_from(["most", "least"]), max_size=4
            ).map(lambda bounds: tuple(sorted(bounds.items()))),
            **leadership_figures,
        ),
        size=2,
    ),
    own_leadership=some(st.builds(OwnLeadershipRating, rated_on=past, **leadership_figures), size=2),
    organisation=some(st.builds(OrganisationRating, rated_on=past, mean=scale(5).filter(bool)), size=2),
    outcomes=some(st.builds(OutcomeRound, measured_on=past, patients=st.integers(0, 20), fed_back_on=maybe_past)),
    recommendations=st.just(()),
    confirmed_empty=some(st.builds(ConfirmedEmpty, list=one_of(ListName), on=past), size=6),
    capacity=one_each(
        lambda one: one[0],
        st.tuples(st.sampled_from(sorted(PARAMETERS)), st.integers(0, 60).map(Decimal)),
        size=3,
    ),
)


@st.composite
def visited(draw, records=snapshots):
    """A record with recommendations, each of one of its visits."""
    snapshot = draw(records)
    days = sorted({one.rated_on for one in snapshot.fidelity})
    if not days:
        return snapshot
    given = numbered(
        st.builds(Recommendation, number=number, given_on=st.sampled_from(days), taken_up=st.booleans()), size=3
    )
    return replace(snapshot, recommendations=draw(given))


records = visited()
