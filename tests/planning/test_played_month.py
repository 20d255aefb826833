"""A month of the made-up service, done twice: through the functions, and through the pages by everybody in it.

Both times the same people do the same things on the same days. What is left is the same to the byte: the dossier, and
what no dossier carries.
"""

from copy import deepcopy
from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import AuditEvent
from planning.dossiers.exporting import export_dossier
from planning.made_up import measures, once
from planning.made_up.life import Life
from planning.made_up.story import happens_on
from planning.minutes import minutes_of
from planning.models import AgendaItem, ConflictAnswer, HoursOfWeek, PriorityConflict, WeekCheckIn
from tests.factories import make_user
from tests.planning.page_hands import PageHands
from tests.planning.site import oslo
from tests.planning.worlds import AnotherWorld

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = timedelta(days=1)
MONTH = timedelta(days=31)
TODAY = date(2026, 11, 25)

# The last day of each month that is played: the first one with all that comes again, a review included; one in which
# what is expected is said anew; and the last one, with a decision and a question to the next level.
MONTHS = {"begins": date(2025, 12, 2), "says it anew": date(2026, 8, 10), "decides": TODAY}
EXTRA = {
    MONTHS["begins"]: {"conflict_log", "action_change", "goal_check_in", "review_hold:helps"},
    MONTHS["says it anew"]: {
        "expectation_publish",
        "expectation_acknowledge",
        "review_hold:helps",
        "review_hold:decide",
    },
    MONTHS["decides"]: {"conflict_log", "decision_add", "record_nothing", "decision_wanted_add", "conflict_answer"},
}
MEETING = {"topic_add", *(f"review_hold:{button}" for button in ("draft", "hinders", "act", "close"))}


def life_until(first: date) -> Life:
    """The made-up service up to the day before, through the functions; with a login for everybody in it."""
    life = Life(today=TODAY, language="en")
    once.begin(life)
    measures.raters_look_in(life)
    go_on(life, life.began, first - DAY)
    for member in (life.leader, *life.team):  # who has no login can fill in no form
        member.user = make_user(f"{member.pk}@played.example", name=member.name)
        member.save(update_fields=["user"])
    AuditEvent.objects.all().delete()
    return life


def go_on(life: Life, first: date, last: date) -> None:
    """Live from one day to another, both included."""
    for number in range((last - first).days + 1):
        happens_on(life, first + number * DAY)


def what_is_left(life: Life, on: date) -> dict:
    """The dossier, and what it does not carry: entries, answers, weeks, totals, agendas, minutes, the trail."""
    names = {member.user.audit_id: member.name for member in life.service.members.filter(user__isnull=False)}
    entries = PriorityConflict.objects.filter(service=life.service).order_by("logged_at", "author__name")
    answers = ConflictAnswer.objects.filter(conflict__service=life.service)
    checked_in = WeekCheckIn.objects.filter(service=life.service).order_by("week", "member__name")
    totals = HoursOfWeek.objects.filter(service=life.service).order_by("week")
    events = AuditEvent.objects.filter(service_key=life.service.key).exclude(code="session.started").order_by("pk")
    return {
        "dossier": export_dossier(life.service, as_of=on, with_names=True),
        "entries": list(
            entries.values_list(
                "author__name", "reason", "displaced", "named", "happened_on", "released_on", "logged_at", "note"
            )
        ),
        "answers": list(
            answers.order_by("conflict__logged_at", "conflict__author__name").values_list(
                "state", "text", "answered_on", "by__name", "action__title", "action__due_on", "action__owner__name"
            )
        ),
        "weeks": list(checked_in.values_list("member__name", "week", "kept", "set_aside_hours", "own_time_hours")),
        "totals": list(totals.values_list("week", "reported", "set_aside_hours", "kept_hours", "own_time_hours")),
        "agendas": agendas_of(life),
        "minutes": [minutes_of(review) for review in life.service.reviews.held().order_by("starts_at")],
        "trail": [(event.code, event.object_kind, names.get(event.actor), event.details) for event in events],
    }


def agendas_of(life: Life) -> list[tuple]:
    """What stands in each review; actions by what is to be done, for their numbers may differ."""
    titles = {f"action:{action.pk}": action.title for action in life.service.actions.all()}
    items = AgendaItem.objects.filter(review__service=life.service)
    kept = items.values_list(
        "review__starts_at",
        "code",
        "text",
        "settled",
        "passed_on",
        "first_on",
        "added_by__name",
        "carried_from__slot_at",
    )
    return sorted(((titles.get(code, code), on, *rest) for on, code, *rest in kept), key=str)


@pytest.mark.timeout(600)  # a life of up to fourteen months, and a hundred forms
@pytest.mark.parametrize("last", MONTHS.values(), ids=MONTHS)
def test_b03_a_month_played_through_the_pages_leaves_what_the_functions_leave(last):
    first = last - MONTH
    with time_machine.travel(oslo(f"{last}T23:00"), tick=False):
        life = life_until(first)
        with AnotherWorld():
            by_functions = deepcopy(life)
            go_on(by_functions, first, last)
            expected = what_is_left(by_functions, last)
        life.hands = PageHands(life.service)

        go_on(life, first, last)
        left = what_is_left(life, last)

    for part in expected:
        assert left[part] == expected[part], part
        assert left[part], f"In this month there is nothing to compare of: {part}"
    assert sum(life.hands.sent.values()) > 25
    assert set(life.hands.sent) >= {"week_check_in_add", "caseload_add"} | MEETING | EXTRA[last]
