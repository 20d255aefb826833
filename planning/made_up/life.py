"""Fourteen months of a service, told day by day: how it begins well, and what wears it down."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from accounts import audit, people, records
from accounts.models import Member, Role, Service
from assessments import scoring
from assessments.instruments import IMR_FIDELITY
from assessments.models import FidelityRating, LeadershipRating, OrganisationRating, OutcomeRound, Recommendation
from planning import actions, allocations, conflicts, empty_lists, expectations, goals, reviews, visions, weeks
from planning.clock import moment, monday_of
from planning.made_up import words
from planning.models import (
    Action,
    Adaptation,
    Allocation,
    CaseloadMonth,
    Confirmation,
    ConfirmedEmpty,
    ConflictAnswer,
    Decision,
    Funding,
    Goal,
    GoalCheckIn,
    LoggingAgreement,
    Observation,
    PriorityConflict,
    ReadinessCheck,
    ReviewSeries,
    Supervision,
    Support,
    WeekCheckIn,
    Work,
)
from planning.risks.months import add_months

KEY = "nordvik"
SEED = 14
MONTHS = 14
DAY = timedelta(days=1)
WEEK = 7 * DAY

# The year bends here: until then time is kept and conflicts are answered, afterwards less and less.
FADES_FROM_WEEK = 42

# Hours a week for each of the four: sessions, preparing, supervision, monitoring.
HOURS = {Work.SESSION: "2", Work.PREPARATION: "1.5", Work.SUPERVISION: "1", Work.MONITORING: "0.25"}

# Item ratings of the two fidelity visits, in the order of the scale: means 3.77 and 4.31.
VISITS = (
    (5, 5, 5, 5, 2, 4, 3, 4, 4, 3, 3, 3, 3),
    (5, 5, 5, 5, 3, 5, 4, 5, 5, 4, 4, 3, 3),
)


class Life:
    """The service while it is being told: its people, the day it is, and one source of chance."""

    def __init__(self, *, today: date, language: str) -> None:
        self.today, self.language = today, language
        self.began = monday_of(add_months(today, -MONTHS))
        self.chance = Random(SEED)  # noqa: S311 - a made-up story, not a secret
        self.open_actions: list[Action] = []
        self.waiting: list[tuple[date, PriorityConflict]] = []
        self.series: ReviewSeries | None = None

    def live(self) -> Service:
        """Tell it, from the first Monday until today."""
        self.begin()
        day = self.began
        while day <= self.today:
            self.happens_on(day)
            day += DAY
        return self.service

    def week_of(self, day: date) -> int:
        """Full weeks since the beginning."""
        return (day - self.began).days // 7

    def at(self, day: date, hour: int) -> datetime:
        """That hour of that day on the wall clock."""
        return moment(day, time(hour))

    # The beginning

    def begin(self) -> None:
        """The service, its people, and what was checked before it started."""
        first = self.began
        self.service = Service.objects.create(
            key=KEY,
            name=str(words.NAME),
            language=self.language,
            setting=Service.Setting.PRIMARY,
            joined_on=first,
            started_on=first + 3 * WEEK,
            project_ends_on=add_months(first, MONTHS + 4),
        )
        audit.record(code="service.created", by=None, service=self.service, obj=self.service)
        self.leader = Member.objects.create(
            service=self.service, name="Solveig Aas", role=Role.LEADER, started_on=first - 80 * WEEK, trained_on=first
        )
        audit.record(code="member.added", by=None, service=self.service, obj=self.leader, role=Role.LEADER)
        chosen = Member.HowChosen
        self.team = [
            self.joins(name, discipline, years, how)
            for name, discipline, years, how in (
                ("Maja Lund", Member.Discipline.NURSING, 12, chosen.JOINTLY),
                ("Jonas Eik", Member.Discipline.SOCIAL_WORK, 5, chosen.JOINTLY),
                ("Ingrid Moen", Member.Discipline.NURSING, 31, chosen.IN_PASSING),
                ("Amir Hadad", Member.Discipline.THERAPY, 7, chosen.VOLUNTEERED),
            )
        ]
        for item in (ReadinessCheck.Item.ELIGIBLE, ReadinessCheck.Item.BRIEFING):
            self.keep(ReadinessCheck(item=item, done=True, on=first))
        self.keep(ReadinessCheck(item=ReadinessCheck.Item.CAPACITY, done=False, on=first))
        self.keep(Funding(kind=Funding.Kind.START_UP, decided_on=first, until=add_months(first, MONTHS + 4)))

    def joins(self, name: str, discipline: str, years: int, how: str) -> Member:
        """A practitioner of the first day."""
        member = Member(
            name=name,
            role=Role.PRACTITIONER,
            discipline=discipline,
            experience_years=years,
            how_chosen=how,
            trained_on=self.began + 4 * DAY,
            started_on=self.began + 3 * WEEK,
        )
        return people.add_member(member, by=self.leader)

    def keep(self, row):
        """A simple fact, as the leader records it."""
        return records.keep(row, by=self.leader)

    # One day

    def happens_on(self, day: date) -> None:
        """What this day brings."""
        week = self.week_of(day)
        weekday = day.weekday()
        once = {
            (1, 1): self.writes_down_what_it_is_for,
            (2, 0): self.sets_time_aside,
            (2, 3): self.opens_the_log,
            (3, 2): self.states_goals,
            (4, 0): self.sets_the_rhythm,
            (18, 3): lambda on: self.outcomes(on, patients=6, mean="2.9", fed_back_after=12),
            (20, 1): self.asks_outside,
            (29, 2): lambda on: self.is_visited(on, VISITS[0], organisation="3.25", taken_up=2),
            (31, 2): self.staff_rate_the_leader,
            (36, 3): lambda on: self.outcomes(on, patients=9, mean="3.2", fed_back_after=41),
            (41, 1): self.changes_the_programme,
            (44, 1): self.says_more_clearly,
            (50, 3): self.somebody_will_leave,
            (55, 2): lambda on: self.is_visited(on, VISITS[1], organisation="3.6", taken_up=1),
            (57, 2): self.decides_to_go_on,
        }.get((week, weekday))
        if once:
            once(day)
        if day.day == 2 and day > self.began + 5 * WEEK:
            self.counts_the_month(day)
        if week >= 3:
            self.works(day, week, weekday)
        self.answers(day)
        self.moves_actions(day)
        self.holds_reviews(day)

    def works(self, day: date, week: int, weekday: int) -> None:
        """Supervision, conflicts, and the check-in on Friday."""
        fading = max(0, week - FADES_FROM_WEEK)
        if weekday == 2 and week % 2 == 0 and self.chance.random() > fading / 30:
            self.keep(Supervision(held_on=day))
        if weekday < 5 and self.chance.random() < 0.03 + min(fading, 14) * 0.006:
            self.is_displaced(day, fading)
        if weekday == 4:
            for member in self.at_work(day):
                if self.chance.random() < 0.9:
                    self.checks_in(member, day, fading)

    def at_work(self, day: date) -> list[Member]:
        """The practitioners who are there."""
        return [member for member in self.team if member.is_present(day)]

    def checks_in(self, member: Member, day: date, fading: int) -> None:
        """How much of the week's time was kept; later less of it, and more falls in own time."""
        kept = WeekCheckIn.Kept
        lost = self.chance.random() + fading * 0.05
        share = kept.ALL if lost < 0.7 else kept.MOST if lost < 1.0 else kept.HALF if lost < 1.4 else kept.LITTLE
        own_time = Decimal(1) if fading > 6 and self.chance.random() < 0.15 else Decimal(0)
        weeks.save(member, week=monday_of(day), kept=share, own_time_hours=own_time, on=day)

    def is_displaced(self, day: date, fading: int) -> None:
        """Something takes the time from IMR, and somebody logs it."""
        author = self.chance.choice(self.at_work(day))
        reasons = PriorityConflict.Reason
        reason = self.chance.choice(
            [reasons.ACUTE, reasons.STAFF, reasons.STAFF, reasons.MEETING, reasons.DOCUMENTATION]
        )
        named = self.chance.random() < 0.25
        conflict = conflicts.log(author=author, reason=reason, named=named, at=self.at(day, 14))
        if self.chance.random() < 0.5:
            conflict.displaced = self.chance.choice(PriorityConflict.Displaced.values)
            conflicts.add_detail(conflict, on=day)
        answered_in = self.chance.randint(1, 6) + min(fading, 20)
        self.waiting.append((conflict.released_on + answered_in * DAY, conflict))

    def answers(self, day: date) -> None:
        """The leader replies to what has been released: soon at first, late afterwards."""
        due = [pair for pair in self.waiting if pair[0] <= day]
        for pair in due:
            self.waiting.remove(pair)
            states = ConflictAnswer.State
            state = self.chance.choice([states.SEEN, states.PLANNED, states.PLANNED, states.DONE, states.NOT_NOW])
            conflicts.answer(
                conflict=pair[1], state=state, text=str(words.ANSWERS.get(state, "")), by=self.leader, on=day
            )

    # What happens once

    def writes_down_what_it_is_for(self, day: date) -> None:
        """The vision, and what is expected."""
        visions.publish(
            service=self.service,
            text=str(words.VISION),
            horizon_on=add_months(day, 30),
            by=self.leader,
            on=day,
        )
        expectations.publish(service=self.service, text=str(words.EXPECTED), by=self.leader, on=day)
        for member in self.team[:3]:
            expectations.acknowledge(member, on=day)
        expectations.record_told(self.team[3], on=day, by=self.leader)

    def sets_time_aside(self, day: date) -> None:
        """The same hours for each."""
        for member in self.team:
            for work, hours in HOURS.items():
                allocation = Allocation(member=member, work=work, hours_per_week=Decimal(hours), starts_on=day)
                allocations.set_aside(allocation, by=self.leader)

    def opens_the_log(self, day: date) -> None:
        """What the conflict log is for; looked at again after a year, as it has to be."""
        for on in (day, add_months(day, 11)):
            if on > self.today:
                continue
            agreement = LoggingAgreement(
                ground=LoggingAgreement.Ground.LEGITIMATE_INTEREST,
                discussed_on=on - 2 * DAY,
                keep_months=12,
                evaluate_on=add_months(on, 11),
                recorded_at=self.at(on, 10),
                **{name: str(text) for name, text in words.AGREEMENT.items()},
            )
            conflicts.record_agreement(agreement, by=self.leader)

    def states_goals(self, day: date) -> None:
        """Three goals with an owner each."""
        self.goals = []
        names = ("outcome", "doing_measure", "result_measure", "baseline", "target", "first_step")
        for owner, (*texts, obstacle, plan, months) in zip(
            (self.leader, self.team[0], self.team[1]), words.GOALS, strict=True
        ):
            goal = Goal(
                **{name: str(text) for name, text in zip(names, texts, strict=True)},
                if_obstacle=str(obstacle),
                then_plan=str(plan),
                owner=owner,
                due_on=add_months(day, months),
                state=Goal.State.ACTIVE,
            )
            self.goals.append(goals.state(goal, by=self.leader, on=day))

    def sets_the_rhythm(self, day: date) -> None:
        """A review every month, on the same weekday."""
        first = self.at(day + WEEK + DAY, 13)
        self.series = reviews.start_series(
            service=self.service, rhythm="monthly", starts_at=first, by=self.leader, at=self.at(day, 9)
        )

    def outcomes(self, day: date, *, patients: int, mean: str, fed_back_after: int) -> None:
        """A round of outcomes; shown to the practitioners sooner or later."""
        self.keep(
            OutcomeRound(
                measured_on=day,
                form=OutcomeRound.Form.PATIENT,
                patients=patients,
                mean=Decimal(mean),
                fed_back_on=day + fed_back_after * DAY,
            )
        )

    def asks_outside(self, day: date) -> None:
        """Support and the next level's word: one is given, the other not yet."""
        self.keep(
            Support(
                level=Support.Level.MUNICIPALITY,
                wanted=str(words.SUPPORT),
                asked_on=day,
                answer=Support.Answer.AGREED,
                answered_on=day + 16 * DAY,
            )
        )
        self.keep(Confirmation(asked_on=day, answered_on=day + 9 * DAY, confirmed=True))

    def is_visited(self, day: date, ratings: tuple[int, ...], *, organisation: str, taken_up: int) -> None:
        """A fidelity visit: the items, the organisation, the advice, and what is made of it."""
        items = dict(zip(IMR_FIDELITY.items, ratings, strict=True))
        rating = self.keep(FidelityRating(rated_on=day, total=scoring.mean(items, IMR_FIDELITY), items=items))
        self.keep(OrganisationRating(rated_on=day, mean=Decimal(organisation)))
        for number, text in enumerate(words.RECOMMENDATIONS):
            recommendation = records.keep(Recommendation(rating=rating, text=str(text)), by=self.leader)
            if number < taken_up:
                action = Action(
                    title=str(text),
                    owner=self.team[number],
                    due_on=day + (40 + 20 * number) * DAY,
                    entry="feedback-unused",
                    recommendation=recommendation,
                )
                self.opens(action, day + 5 * DAY)

    def staff_rate_the_leader(self, day: date) -> None:
        """A survey of the whole team: kind, and less active."""
        self.keep(
            LeadershipRating(
                rated_on=day,
                answers=8,
                proactive=Decimal("2.0833"),
                knowledgeable=Decimal("2.4167"),
                supportive=Decimal("3.25"),
                perseverant=Decimal("1.875"),
            )
        )

    def changes_the_programme(self, day: date) -> None:
        """A change that was thought through, and says when it is looked at again."""
        texts = {name: str(text) for name, text in words.ADAPTATION.items()}
        self.keep(Adaptation(in_use_from=day, decided_on=day, look_again_on=add_months(day, 6), **texts))

    def says_more_clearly(self, day: date) -> None:
        """A second version of what is expected; two have read it."""
        expectations.publish(service=self.service, text=str(words.EXPECTED_LATER), by=self.leader, on=day)
        for member in self.team[:2]:
            expectations.acknowledge(member, on=day + 3 * DAY)

    def somebody_will_leave(self, day: date) -> None:
        """The most experienced of the team retires next year; nobody is named yet."""
        leaving = Member.objects.get(pk=self.team[2].pk)
        leaving.leaves_on = add_months(self.today, 5)
        people.change_member(leaving, by=self.leader, today=day)

    def decides_to_go_on(self, day: date) -> None:
        """Leader and practitioners decide together, on the outcomes they have."""
        self.keep(
            Decision(
                kind=Decision.Kind.CONTINUE,
                text=str(words.DECISION),
                decided_on=day,
                decided_by=Decision.DecidedBy.TOGETHER,
                basis=Decision.Basis.OUTCOMES,
                patients=9,
                look_again_on=add_months(day, 6),
            )
        )
        empty_lists.confirm(ConfirmedEmpty.List.EXPANSIONS, by=self.leader, on=day)

    # What comes again

    def counts_the_month(self, day: date) -> None:
        """The month that has just ended: it grows, and stalls when the time fades."""
        month = add_months(day.replace(day=1), -1)
        number = (month.year - self.began.year) * 12 + month.month - self.began.month
        slow = self.week_of(day) > FADES_FROM_WEEK + 4
        started = self.chance.randint(0, 1) if slow else self.chance.randint(1, 2)
        self.keep(
            CaseloadMonth(
                month=month,
                individual_patients=min(2 + number // 2, 5),
                groups=1 if number >= 3 else 0,
                sessions_held=self.chance.randint(8, 12) if slow else self.chance.randint(11, 17),
                asked=started + self.chance.randint(1, 3),
                planned_starts=2,
                started=started,
                completed=self.chance.randint(0, 2) if number > 9 else 0,
                dropped_out=self.chance.randint(0, 1),
                eligible=44,
            )
        )

    def opens(self, action: Action, day: date) -> None:
        """A new action, unless its day lies ahead."""
        if day <= self.today:
            self.open_actions.append(actions.save(action, by=self.leader, on=day))

    def moves_actions(self, day: date) -> None:
        """Most things get done, some of them late."""
        for action in list(self.open_actions):
            if action.due_on == day and self.chance.random() < 0.6:
                self.open_actions.remove(action)
                actions.set_state(action, Action.State.DONE, by=action.owner or self.leader, on=day)

    def holds_reviews(self, day: date) -> None:
        """Hold the review of the day; later one in three falls out. The next ones stand in the calendar meanwhile."""
        if day.weekday() == 0 and self.series:
            reviews.plan_ahead(self.series, at=self.at(day, 8))
        for review in self.service.reviews.planned().filter(starts_at__date=day).order_by("pk"):
            if self.week_of(day) > FADES_FROM_WEEK and day.month % 3 == 2:
                continue
            number = self.service.reviews.held().count()
            entry, text = self.chance.choice(words.HINDERS)
            self.observes(review, entry, Observation.Effect.HINDERS, text, day)
            if number % 2:
                entry, text = self.chance.choice(words.HELPS)
                self.observes(review, entry, Observation.Effect.HELPS, text, day)
            title, entry, behaviour, days = words.ACTIONS[number % len(words.ACTIONS)]
            owner = self.leader if number % 2 else self.chance.choice(self.team)
            action = Action(
                title=str(title),
                owner=owner,
                due_on=day + days * DAY,
                entry=entry,
                review=review,
                behaviour=behaviour if owner == self.leader else "",
            )
            self.opens(action, day)
            for goal in self.goals:
                self.looks_at(goal, day, number)
            reviews.close(
                review,
                minutes=str(words.MINUTES),
                attendees=[self.leader, *self.at_work(day)],
                by=self.leader,
                at=self.at(day, 14),
            )

    def observes(self, review, entry: str, effect: str, text, day: date) -> None:
        """What somebody says in the meeting."""
        observation = Observation(
            entry=entry, effect=effect, text=str(text), on=day, source=Observation.Source.REVIEW, review=review
        )
        reviews.observe(observation, by=self.chance.choice(self.at_work(day)))

    def looks_at(self, goal: Goal, day: date, number: int) -> None:
        """How a goal goes; the one on supervision is reached after half a year."""
        if goal.state != Goal.State.ACTIVE:
            return
        if goal == self.goals[2] and number == 5:
            goals.end(goal, Goal.State.REACHED, by=self.leader, on=day)
            return
        progress = GoalCheckIn.Progress
        moods = [progress.ON_TRACK, progress.ON_TRACK, progress.SLOW]
        if self.week_of(day) > FADES_FROM_WEEK:
            moods = [progress.SLOW, progress.STUCK, progress.ON_TRACK]
        answer = GoalCheckIn(progress=self.chance.choice(moods), value=Decimal(min(number + 1, 9)))
        goals.check_in(answer, goal=goal, by=goal.owner, on=day)
