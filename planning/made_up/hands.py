"""What the people of the made-up service do, one method each: through the functions that the pages use.

The story says who does what when; how it is done is for the hands. Others can be given to it, such as hands that fill
in the pages' forms: the record that they leave must be the same.
"""

from datetime import date, datetime
from decimal import Decimal

from accounts import records
from accounts.models import Member
from planning import (
    actions,
    agendas,
    conflicts,
    decisions_wanted,
    empty_lists,
    expectations,
    goals,
    reviews,
    weeks,
)
from planning.clock import monday_of
from planning.models import (
    Action,
    ConflictAnswer,
    Decision,
    DecisionWanted,
    Goal,
    GoalCheckIn,
    Observation,
    PriorityConflict,
    Review,
)
from planning.standing import standing


class Hands:
    """Through the functions. `by` is who does it, `day` or `at` when."""

    def keep(self, row, *, by: Member, day: date):
        """Record a simple fact."""
        return records.keep(row, by=by)

    def says_nothing_to_record(self, name: str, *, by: Member, day: date) -> None:
        """Say that a list of the record is empty."""
        empty_lists.confirm(name, by=by, on=day)

    def publishes_what_is_expected(self, text: str, *, by: Member, day: date) -> None:
        """Publish a version of what is expected."""
        expectations.publish(service=by.service, text=text, by=by, on=day)

    def reads_what_is_expected(self, member: Member, *, day: date) -> None:
        """Take note of it."""
        expectations.acknowledge(member, on=day)

    def asks_for_a_decision(self, question: DecisionWanted, *, by: Member, day: date) -> None:
        """Ask the next level."""
        decisions_wanted.ask(question, by=by, on=day)

    def checks_in(self, member: Member, *, kept: int, own_time: Decimal, day: date) -> None:
        """Say how the own week was."""
        weeks.save(member, week=monday_of(day), kept=kept, own_time_hours=own_time, on=day)

    def logs(self, author: Member, reason: str, *, named: bool, at: datetime) -> PriorityConflict:
        """Log what took the time from IMR."""
        return conflicts.log(author=author, reason=reason, named=named, at=at)

    def says_what_was_displaced(self, conflict: PriorityConflict, displaced: str, *, at: datetime) -> None:
        """Add to an own entry what it displaced."""
        conflict.displaced = displaced
        conflicts.add_detail(conflict, on=at.date())

    def answers(
        self,
        conflict: PriorityConflict,
        state: str,
        text: str,
        *,
        by: Member,
        day: date,
        what: str = "",
        until: date | None = None,
    ) -> ConflictAnswer:
        """Answer an entry; with `what` is to be done about it and by when."""
        return conflicts.answer(
            conflict=conflict,
            state=state,
            text=text,
            by=by,
            on=day,
            action_title=what,
            action_due_on=until,
            action_owner=by if what else None,
        )

    def opens(self, action: Action, *, by: Member, day: date) -> Action:
        """Open an action."""
        return actions.save(action, by=by, on=day)

    def closes(self, action: Action, state: str, *, by: Member, day: date) -> None:
        """Mark an action as done or dropped."""
        actions.set_state(action, state, by=by, on=day)

    def sits_down(self, review: Review, attendees: list[Member], *, by: Member, day: date) -> None:
        """Begin a meeting: say who is here. What is on its agenda stays in view from now on."""
        shown = agendas.agenda(by.service, standing(by.service, day), review)
        said = {"minutes": review.minutes, "looked_at_outcomes": review.looked_at_outcomes}
        reviews.keep_draft(review, **said, attendees=attendees, agenda=shown, settled=set(), on=day)

    def agrees(self, action: Action, *, by: Member, day: date) -> Action:
        """Open an action in a meeting: at the flag that it is to clear, or beside the agenda."""
        return actions.save(action, by=by, on=day)

    def says_how_it_leads(self, action: Action, behaviour: str, *, by: Member, day: date) -> None:
        """Say of an action which side of leading it shows."""
        action.behaviour = behaviour
        actions.save(action, by=by, on=day)

    def observes(self, observation: Observation, *, by: Member) -> None:
        """Note in a meeting what somebody saw."""
        reviews.observe(observation, by=by)

    def looks_at(self, goal: Goal, answer: GoalCheckIn, *, by: Member, day: date) -> None:
        """Say how a goal goes."""
        goals.check_in(answer, goal=goal, by=by, on=day)

    def ends(self, goal: Goal, how: str, *, by: Member, day: date) -> None:
        """Mark a goal as reached or dropped."""
        goals.end(goal, how, by=by, on=day)

    def puts_on_the_agenda(self, review: Review, text: str, *, by: Member, day: date) -> None:
        """Put a topic of one's own on the agenda of a planned review."""
        agendas.add_topic(review, text, by=by)

    def decides(self, decision: Decision, *, by: Member) -> None:
        """Note what a meeting decided."""
        reviews.decide(decision, by=by)

    def marks_dealt_with(self, review: Review, shown: list[str], settled: set[str], *, by: Member, day: date) -> None:
        """Say which of the topics on the agenda were dealt with."""
        agendas.keep_in_view(review, shown, settled=settled, on=day)

    def closes_review(self, review: Review, *, minutes: str, attendees: list[Member], by: Member, at: datetime) -> None:
        """Hold a review and close it."""
        reviews.close(review, minutes=minutes, attendees=attendees, by=by, at=at)
