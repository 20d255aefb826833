"""What is carried over, in random months of a service: each open item stands in one meeting, or waits for one."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Service
from planning import actions, agendas, reviews
from planning.models import Action, AgendaItem, Review
from planning.risks.snapshot import Observation, Snapshot
from planning.standing import Standing, standing_of
from tests.factories import make_action, make_decision_wanted, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
NOW = timezone.make_aware(datetime(2026, 11, 25, 9, 30))


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


# How the service stands, the same in all months: two flags that nothing clears. To work it out from the record each
# time would take most of the test's time.
FLAGS = ("no-vision", "own-time")
SEEN = tuple(
    Observation(number=number, entry=key, effect="hinders", on=TODAY, source="review")
    for number, key in enumerate(FLAGS)
)
STANDING = standing_of(Snapshot(as_of=TODAY, described=True, observations=SEEN))


def stands(service, on) -> Standing:
    return replace(STANDING, as_of=on)


def codes(review, **only) -> set[str]:
    return set(review.agenda_items.filter(**only).values_list("code", flat=True))


STEPS = (
    "plan",
    "rhythm",
    "move",
    "skip",
    "again",
    "wait",
    "close",
    "close",
    "topic",
    "act",
    "done",
    "late",
    "ask",
    "answer",
    "draft",
    "settle",
)


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_b08_each_open_item_is_carried_exactly_once_whatever_happens(data):
    """Random months of topics, actions and questions, with meetings moved, left out, planned again, missed, closed."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(reviews, "standing", stands)
        Months(data).play()
        transaction.set_rollback(True)


class Months:
    """A service whose leader does anything a leader can do, in any order."""

    def __init__(self, data):
        self.data = data
        self.service = Service.objects.create(key="random", name="Random")
        self.leader = make_member(self.service, role="leader", login=False)
        self.at = NOW
        self.first_days: dict[str, date] = {}  # of the topics nobody dealt with
        self.dealt: set[str] = set()  # what was ticked as dealt with: whether it comes up again is another matter
        self.carried: set[str] = set()  # flags and open questions that a meeting was closed with

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def draw(self, values):
        return self.data.draw(st.sampled_from(list(values)))

    def play(self) -> None:
        """Begin with a rhythm and something of each kind on the agenda of its first meeting; then go on at random."""
        for step in ("rhythm", "topic", "act", "late", "ask"):
            getattr(self, step)(self.at + 7 * DAY)
        for _number in range(self.data.draw(st.integers(3, 12), label="steps")):
            step = self.data.draw(st.sampled_from(STEPS), label="step")
            getattr(self, step)(self.at + self.data.draw(st.integers(1, 60), label="days") * DAY)
            self.holds()

    def agenda(self, review, on) -> agendas.Agenda:
        return agendas.agenda(self.service, stands(self.service, on), review)

    # Steps

    def plan(self, moment):
        reviews.plan_extra(starts_at=moment, by=self.leader, at=self.at)

    def rhythm(self, moment):
        rhythm = self.draw(["weekly_2", "weekly_4"])
        reviews.start_series(service=self.service, rhythm=rhythm, starts_at=moment, by=self.leader, at=self.at)

    def wait(self, moment):
        self.at = moment
        reviews.keep_ahead(moment)

    def again(self, moment):
        if left_out := self.service.reviews.can_return(self.at).order_by("pk"):
            reviews.plan_again(self.draw(left_out), by=self.leader, at=self.at)

    def planned(self) -> Review | None:
        """Any meeting that nobody has closed, also one whose time is past."""
        planned = self.service.reviews.planned().order_by("pk")
        return self.draw(planned) if planned else None

    def move(self, moment):
        if review := self.planned():
            reviews.move(review, to=moment, by=self.leader, at=self.at)

    def skip(self, moment):
        if review := self.planned():
            reviews.skip(review, because="Away", by=self.leader, at=self.at)

    def close(self, moment):
        review = self.service.reviews.upcoming(self.at).first() if self.draw([True, False]) else self.planned()
        if review is None:
            return
        if self.draw([True, False]):  # on its day; else before it, or written up later
            self.at = max(self.at, review.starts_at)
        still_open = self.stays_open()
        reviews.close(review, minutes="x", attendees=[self.leader], by=self.leader, at=self.at)
        self.carried |= still_open - codes(review, settled=True)

    def topic(self, moment):
        if review := self.planned():
            item = agendas.add_topic(review, "Words", by=self.leader)
            self.first_days[item.code] = item.first_on

    def act(self, moment):
        if review := self.planned():
            action = Action(title="Agreed", due_on=moment.date(), review=review)
            actions.save(action, by=self.leader, on=self.today)

    def late(self, moment):
        make_action(self.service, title="Of long ago", due_on=self.today - 10 * DAY)

    def done(self, moment):
        if opened := self.service.actions.open().order_by("pk"):
            actions.set_state(self.draw(opened), Action.State.DONE, by=self.leader, on=self.today)

    def ask(self, moment):
        question = make_decision_wanted(self.service, asked_on=self.today, wanted_by=moment.date())
        if self.draw([True, False]):  # "let us talk about it" decides nothing
            question.answer, question.answered_on = "talk", self.today
            question.save()

    def answer(self, moment):
        if asked := self.service.decisions_wanted.open().order_by("pk"):
            question = self.draw(asked)
            question.answer, question.answered_on = self.draw(["yes", "talk"]), self.today
            question.save()

    def draft(self, moment):
        if review := self.planned():
            kept = {"minutes": self.draw(["", "Half a thought"]), "attendees": [], "looked_at_outcomes": False}
            agenda, settled = self.agenda(review, self.today), codes(review, settled=True)
            reviews.keep_draft(review, **kept, agenda=agenda, settled=settled, on=self.today)

    def settle(self, moment):
        if (review := self.planned()) and (shown := sorted(codes(review, settled=False, passed_on=False))):
            code = self.draw(shown)
            review.agenda_items.filter(code=code).update(settled=True)
            self.dealt.add(code)
            self.first_days.pop(code, None)

    # What holds after each of them

    def holds(self) -> None:
        mine = AgendaItem.objects.filter(review__service=self.service)
        planned = mine.filter(review__state=Review.State.PLANNED, settled=False, passed_on=False)
        waiting = list(mine.waiting())
        assert not (waiting and self.service.reviews.upcoming(self.at))
        standing_in = defaultdict(list)  # each open thing: in one planned meeting, or in one that is over and waiting
        for item in [*planned, *waiting]:
            standing_in[item.code].append(item)
        carried = {
            code: [one for one in items if one.carried_from_id or one in waiting] for code, items in standing_in.items()
        }
        for code, first_on in self.first_days.items():
            (item,) = standing_in[code]
            assert item.first_on == first_on
        for code in self.carried & self.stays_open() - self.dealt:
            assert len(carried.get(code, ())) == 1
        for action in self.service.actions.open().select_related("review"):
            self.is_carried_once(action, carried.get(f"action:{action.pk}", []))
        self.stands_on_the_next_agenda({code: standing_in[code][0].review_id for code in self.first_days})

    def stays_open(self) -> set[str]:
        """What the record brings up by itself until it is answered or cleared."""
        questions = {f"wanted:{one.pk}" for one in self.service.decisions_wanted.all() if one.is_open}
        return questions | {f"flag:{key}" for key in FLAGS}

    def is_carried_once(self, action, carried) -> None:
        """An action of a meeting that is over; one opened elsewhere comes up by itself, when it is late."""
        if action.review is None:
            assert carried == []
        elif f"action:{action.pk}" not in self.dealt:
            assert len(carried) <= 1
            assert carried or action.review.state == Review.State.PLANNED

    def stands_on_the_next_agenda(self, topics) -> None:
        """Each thing once, seen on a day when no meeting of today can be held any more."""
        tomorrow = self.today + DAY
        planned = list(self.service.reviews.planned().order_by("starts_at", "pk"))
        following = next((one for one in planned if one.on >= tomorrow), None)
        if following is None:
            return
        shown = [row.code for row in self.agenda(following, tomorrow).rows]
        assert len(shown) == len(set(shown))
        late = {f"action:{one.pk}" for one in self.service.actions.late(tomorrow)}
        missed_or_next = {one.pk for one in planned[: planned.index(following) + 1]}
        expected = {code for code, review in topics.items() if review in missed_or_next}
        assert late | self.stays_open() | expected <= set(shown)
