"""What comes again and again: the working week, the month's count, actions, reviews."""

from datetime import date
from decimal import Decimal

from accounts.models import Member
from planning import reviews
from planning.made_up import words
from planning.made_up.life import DAY, FADES_FROM_WEEK, WEEK, Life
from planning.models import (
    Action,
    CaseloadMonth,
    ConflictAnswer,
    Decision,
    Goal,
    GoalCheckIn,
    Observation,
    PriorityConflict,
    Review,
    Supervision,
    WeekCheckIn,
)
from planning.risks.months import add_months

DECIDES_IN = 9  # the review, counted from 0, in which something is decided


def works(life: Life, day: date, week: int, weekday: int) -> None:
    """Supervision, conflicts, and the check-in on Friday."""
    fading = max(0, week - FADES_FROM_WEEK)
    if weekday == 2 and week % 2 == 0 and life.chance.random() > fading / 30:
        life.keep(Supervision(held_on=day), day)
    if weekday < 5 and life.chance.random() < 0.03 + min(fading, 14) * 0.006:
        is_displaced(life, day, fading)
    if weekday == 4:
        for member in life.at_work(day):
            if life.chance.random() < 0.9:
                checks_in(life, member, day, fading)


def checks_in(life: Life, member: Member, day: date, fading: int) -> None:
    """How much of the week's time was kept; later less of it, and more falls in own time."""
    kept = WeekCheckIn.Kept
    lost = life.chance.random() + fading * 0.05
    share = kept.ALL if lost < 0.7 else kept.MOST if lost < 1.0 else kept.HALF if lost < 1.4 else kept.LITTLE
    own_time = Decimal(1) if fading > 6 and life.chance.random() < 0.15 else Decimal(0)
    life.hands.checks_in(member, kept=share, own_time=own_time, day=day)


def is_displaced(life: Life, day: date, fading: int) -> None:
    """Something takes the time from IMR, and somebody logs it."""
    author = life.chance.choice(life.at_work(day))
    reasons = PriorityConflict.Reason
    reason = life.chance.choice([reasons.ACUTE, reasons.STAFF, reasons.STAFF, reasons.MEETING, reasons.DOCUMENTATION])
    named = life.chance.random() < 0.25
    conflict = life.hands.logs(author, reason, named=named, at=life.at(day, 14))
    if life.chance.random() < 0.5:
        displaced = life.chance.choice(PriorityConflict.Displaced.values)
        life.hands.says_what_was_displaced(conflict, displaced, at=life.at(day, 14))
    answered_in = life.chance.randint(1, 6) + min(fading, 20)
    life.waiting.append((conflict.released_on + answered_in * DAY, conflict))


def answers(life: Life, day: date) -> None:
    """The leader replies to what has been released: soon at first, late afterwards."""
    due = [pair for pair in life.waiting if pair[0] <= day]
    for pair in due:
        life.waiting.remove(pair)
        states = ConflictAnswer.State
        state = life.chance.choice([states.SEEN, states.PLANNED, states.PLANNED, states.DONE, states.NOT_NOW])
        text = str(words.ANSWERS.get(state, ""))
        planned = {"what": str(words.PLANNED), "until": day + 3 * WEEK} if state == states.PLANNED else {}
        answer = life.hands.answers(pair[1], state, text, by=life.leader, day=day, **planned)
        if answer.action:
            life.open_actions.append(answer.action)


def counts_the_month(life: Life, day: date) -> None:
    """The month that has just ended: it grows, and stalls when the time fades."""
    month = add_months(day.replace(day=1), -1)
    number = (month.year - life.began.year) * 12 + month.month - life.began.month
    slow = life.week_of(day) > FADES_FROM_WEEK + 4
    started = life.chance.randint(0, 1) if slow else life.chance.randint(1, 2)
    life.keep(
        CaseloadMonth(
            month=month,
            individual_patients=min(2 + number // 2, 5),
            groups=1 if number >= 3 else 0,
            sessions_held=life.chance.randint(8, 12) if slow else life.chance.randint(11, 17),
            asked=started + life.chance.randint(1, 3),
            planned_starts=2,
            started=started,
            completed=life.chance.randint(0, 2) if number > 9 else 0,
            dropped_out=life.chance.randint(0, 1),
            eligible=44,
        ),
        day,
    )


def moves_actions(life: Life, day: date) -> None:
    """Most things get done, some of them late."""
    for action in list(life.open_actions):
        if action.due_on == day and life.chance.random() < 0.6:
            life.open_actions.remove(action)
            life.hands.closes(action, Action.State.DONE, by=action.owner or life.leader, day=day)


def holds_reviews(life: Life, day: date) -> None:
    """Hold the review of the day; later one in three falls out. The next ones stand in the calendar meanwhile."""
    if day.weekday() == 0 and life.series:
        reviews.plan_ahead(life.series, at=life.at(day, 8))
        brings_something_up(life, day)
    for review in life.service.reviews.planned().filter(starts_at__date=day).order_by("pk"):
        if life.week_of(day) > FADES_FROM_WEEK and day.month % 3 == 2:
            continue
        number = life.service.reviews.held().count()
        attendees = [life.leader, *life.at_work(day)[number % 2 :]]  # now and then somebody is at the ward
        life.hands.sits_down(review, attendees, by=life.leader, day=day)
        entry, text = life.chance.choice(words.HINDERS)
        observes(life, review, entry, Observation.Effect.HINDERS, text, day)
        if number % 2:
            entry, text = life.chance.choice(words.HELPS)
            observes(life, review, entry, Observation.Effect.HELPS, text, day)
        agrees_on_an_action(life, review, day, number)
        for goal in life.goals:
            looks_at(life, goal, day, number)
        if number == DECIDES_IN:
            decides(life, review, day)
        topics = list(review.agenda_items.topics().values_list("code", flat=True))
        talked_about = set(topics) if number % 3 else set()  # now and then time runs out, and they come up again
        life.hands.marks_dealt_with(review, topics, talked_about, by=life.leader, day=day)
        life.hands.closes_review(
            review,
            minutes=str(words.MINUTES),
            attendees=attendees,
            by=life.leader,
            at=life.at(day, 14),
        )


def agrees_on_an_action(life: Life, review: Review, day: date, number: int) -> None:
    """What is to be done by the next meeting: about a flag on the agenda, or beside it, where nothing is to clear."""
    title, entry, behaviour, days = words.ACTIONS[number % len(words.ACTIONS)]
    flagged = review.agenda_items.filter(code=f"flag:{entry}").exists()
    owner = life.leader if number % 2 else life.chance.choice(life.team)
    action = Action(
        title=str(title), owner=owner, due_on=day + days * DAY, entry=entry if flagged else "", review=review
    )
    action = life.hands.agrees(action, by=life.leader, day=day)
    if owner == life.leader:
        life.hands.says_how_it_leads(action, behaviour, by=life.leader, day=day)
    life.open_actions.append(action)


def brings_something_up(life: Life, monday: date) -> None:
    """Before a review one of the team puts something on its agenda."""
    review = life.service.reviews.planned().filter(starts_at__date__range=(monday, monday + 6 * DAY)).first()
    if review:
        number = life.service.reviews.held().count()
        text = str(words.TOPICS[number % len(words.TOPICS)])
        life.hands.puts_on_the_agenda(review, text, by=life.at_work(monday)[number % 2], day=monday)


def decides(life: Life, review: Review, day: date) -> None:
    """What leader and practitioners decide together in a meeting."""
    decision = Decision(
        kind=Decision.Kind.ADAPT,
        text=str(words.DECISION_IN_REVIEW),
        decided_on=day,
        decided_by=Decision.DecidedBy.TOGETHER,
        basis=Decision.Basis.OUTCOMES,
        patients=9,
        look_again_on=add_months(day, 6),
        review=review,
    )
    life.hands.decides(decision, by=life.leader)


def observes(life: Life, review, entry: str, effect: str, text, day: date) -> None:
    """What somebody says in the meeting; the leader writes it down."""
    observation = Observation(
        entry=entry, effect=effect, text=str(text), on=day, source=Observation.Source.REVIEW, review=review
    )
    life.hands.observes(observation, by=life.leader)


def looks_at(life: Life, goal: Goal, day: date, number: int) -> None:
    """How a goal goes; the one on supervision is reached after half a year."""
    if goal.state != Goal.State.ACTIVE:
        return
    if goal == life.goals[2] and number == 5:
        life.hands.ends(goal, Goal.State.REACHED, by=life.leader, day=day)
        return
    progress = GoalCheckIn.Progress
    moods = [progress.ON_TRACK, progress.ON_TRACK, progress.SLOW]
    if life.week_of(day) > FADES_FROM_WEEK:
        moods = [progress.SLOW, progress.STUCK, progress.ON_TRACK]
    answer = GoalCheckIn(progress=life.chance.choice(moods), value=Decimal(min(number + 1, 9)))
    life.hands.looks_at(goal, answer, by=goal.owner, day=day)
