"""What happens once: how it begins, and what stands out in the fourteen months."""

from datetime import date
from decimal import Decimal

from accounts import audit, people
from accounts.models import Member, Role, Service
from planning import allocations, conflicts, expectations, goals, reviews, visions
from planning.made_up import words
from planning.made_up.life import DAY, KEY, MONTHS, WEEK, Life
from planning.models import (
    Adaptation,
    Allocation,
    Confirmation,
    ConfirmedEmpty,
    Decision,
    DecisionWanted,
    Funding,
    Goal,
    LoggingAgreement,
    ReadinessCheck,
    Support,
    Work,
)
from planning.risks.months import add_months

# Hours a week for each of the four: sessions, preparing, supervision, monitoring.
HOURS = {Work.SESSION: "2", Work.PREPARATION: "1.5", Work.SUPERVISION: "1", Work.MONITORING: "0.25"}


def begin(life: Life) -> None:
    """The service, its people, and what was checked before it started."""
    first = life.began
    life.service = Service.objects.create(
        key=KEY,
        name=str(words.NAME),
        language=life.language,
        setting=Service.Setting.PRIMARY,
        joined_on=first,
        started_on=first + 3 * WEEK,
        project_ends_on=add_months(first, MONTHS + 4),
    )
    audit.record(code="service.created", by=None, service=life.service, obj=life.service)
    life.leader = Member.objects.create(
        service=life.service, name="Solveig Aas", role=Role.LEADER, started_on=first - 80 * WEEK, trained_on=first
    )
    audit.record(code="member.added", by=None, service=life.service, obj=life.leader, role=Role.LEADER)
    chosen = Member.HowChosen
    life.team = [
        joins(life, name, discipline, years, how)
        for name, discipline, years, how in (
            ("Maja Lund", Member.Discipline.NURSING, 12, chosen.JOINTLY),
            ("Jonas Eik", Member.Discipline.SOCIAL_WORK, 5, chosen.JOINTLY),
            ("Ingrid Moen", Member.Discipline.NURSING, 31, chosen.IN_PASSING),
            ("Amir Hadad", Member.Discipline.THERAPY, 7, chosen.VOLUNTEERED),
        )
    ]
    for item in (ReadinessCheck.Item.ELIGIBLE, ReadinessCheck.Item.BRIEFING):
        life.keep(ReadinessCheck(item=item, done=True, on=first), first)
    life.keep(ReadinessCheck(item=ReadinessCheck.Item.CAPACITY, done=False, on=first), first)
    life.keep(Funding(kind=Funding.Kind.START_UP, decided_on=first, until=add_months(first, MONTHS + 4)), first)


def joins(life: Life, name: str, discipline: str, years: int, how: str) -> Member:
    """A practitioner of the first day."""
    member = Member(
        name=name,
        role=Role.PRACTITIONER,
        discipline=discipline,
        experience_years=years,
        how_chosen=how,
        trained_on=life.began + 4 * DAY,
        started_on=life.began + 3 * WEEK,
    )
    return people.add_member(member, by=life.leader)


def writes_down_what_it_is_for(life: Life, day: date) -> None:
    """The vision, and what is expected."""
    visions.publish(
        service=life.service,
        text=str(words.VISION),
        horizon_on=add_months(day, 30),
        by=life.leader,
        on=day,
    )
    expectations.publish(service=life.service, text=str(words.EXPECTED), by=life.leader, on=day)
    for member in life.team[:3]:
        expectations.acknowledge(member, on=day)
    expectations.record_told(life.team[3], on=day, by=life.leader)


def sets_time_aside(life: Life, day: date) -> None:
    """The same hours for each."""
    for member in life.team:
        for work, hours in HOURS.items():
            allocation = Allocation(member=member, work=work, hours_per_week=Decimal(hours), starts_on=day)
            allocations.set_aside(allocation, by=life.leader)


def opens_the_log(life: Life, day: date) -> None:
    """What the conflict log is for; looked at again after a year, as it has to be."""
    for on in (day, add_months(day, 11)):
        if on > life.today:
            continue
        agreement = LoggingAgreement(
            ground=LoggingAgreement.Ground.LEGITIMATE_INTEREST,
            discussed_on=on - 2 * DAY,
            keep_months=12,
            evaluate_on=add_months(on, 11),
            recorded_at=life.at(on, 10),
            **{name: str(text) for name, text in words.AGREEMENT.items()},
        )
        conflicts.record_agreement(agreement, by=life.leader)


def states_goals(life: Life, day: date) -> None:
    """Three goals with an owner each."""
    life.goals = []
    names = ("outcome", "doing_measure", "result_measure", "baseline", "target", "first_step")
    for owner, (*texts, obstacle, plan, months) in zip(
        (life.leader, life.team[0], life.team[1]), words.GOALS, strict=True
    ):
        goal = Goal(
            **{name: str(text) for name, text in zip(names, texts, strict=True)},
            if_obstacle=str(obstacle),
            then_plan=str(plan),
            owner=owner,
            due_on=add_months(day, months),
            state=Goal.State.ACTIVE,
        )
        life.goals.append(goals.state(goal, by=life.leader, on=day))


def sets_the_rhythm(life: Life, day: date) -> None:
    """A review every month, on the same weekday."""
    first = life.at(day + WEEK + DAY, 13)
    life.series = reviews.start_series(
        service=life.service, rhythm="monthly", starts_at=first, by=life.leader, at=life.at(day, 9)
    )


def asks_outside(life: Life, day: date) -> None:
    """Support and the next level's word: one is given, the other not yet."""
    life.keep(
        Support(
            level=Support.Level.MUNICIPALITY,
            wanted=str(words.SUPPORT),
            asked_on=day,
            answer=Support.Answer.AGREED,
            answered_on=day + 16 * DAY,
        ),
        day,
    )
    life.keep(Confirmation(asked_on=day, answered_on=day + 9 * DAY, confirmed=True), day)


def asks_the_next_level(life: Life, day: date) -> None:
    """What only the level above can decide: nobody has answered yet."""
    question = DecisionWanted(
        subject=DecisionWanted.Subject.MONEY, question=str(words.QUESTION), wanted_by=day + 3 * WEEK
    )
    life.hands.asks_for_a_decision(question, by=life.leader, day=day)


def changes_the_programme(life: Life, day: date) -> None:
    """A change that was thought through, and says when it is looked at again."""
    texts = {name: str(text) for name, text in words.ADAPTATION.items()}
    life.keep(Adaptation(in_use_from=day, decided_on=day, look_again_on=add_months(day, 6), **texts), day)


def says_more_clearly(life: Life, day: date) -> None:
    """A second version of what is expected."""
    life.hands.publishes_what_is_expected(str(words.EXPECTED_LATER), by=life.leader, day=day)


def two_read_it(life: Life, day: date) -> None:
    """What is said more clearly, some days later."""
    for member in life.team[:2]:
        life.hands.reads_what_is_expected(member, day=day)


def somebody_will_leave(life: Life, day: date) -> None:
    """The most experienced of the team retires next year; nobody is named yet."""
    leaving = Member.objects.get(pk=life.team[2].pk)
    leaving.leaves_on = add_months(life.today, 5)
    people.change_member(leaving, by=life.leader, today=day)


def decides_to_go_on(life: Life, day: date) -> None:
    """Leader and practitioners decide together, on the outcomes they have."""
    life.keep(
        Decision(
            kind=Decision.Kind.CONTINUE,
            text=str(words.DECISION),
            decided_on=day,
            decided_by=Decision.DecidedBy.TOGETHER,
            basis=Decision.Basis.OUTCOMES,
            patients=9,
            look_again_on=add_months(day, 6),
        ),
        day,
    )
    life.hands.says_nothing_to_record(ConfirmedEmpty.List.EXPANSIONS, by=life.leader, day=day)
