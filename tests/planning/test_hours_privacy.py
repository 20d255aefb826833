"""F15, F16: hours kept and displaced are told where three reported, or where every practitioner of the team agreed.

Teams are generated: one to five people with hours, what each answers in each week, who agrees to show the hours, who
can still sign in, conflicts, a viewer in any role, a language. The oracle says in a few lines what that viewer may know
of a week; what is told and rendered has to be what follows from that alone.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Member, Role
from planning import hours_in_view, weeks
from planning.conflict_weeks import ConflictWeek
from planning.models import HoursShown, PriorityConflict, WeekCheckIn
from planning.risks import snapshot as frozen
from planning.wording.hours import shown
from tests.factories import (
    make_adviser,
    make_allocation,
    make_conflict,
    make_leader,
    make_practitioner,
    make_service,
    make_sponsor,
    make_stand_in,
)
from tests.planning import test_week_privacy as counted_weeks
from tests.planning.site import client_of, main_text, oslo
from tests.planning.test_week_privacy import Answer, answers, quarters_of_hours
from tests.planning.worlds import AnotherWorld, differing, what_documents_say

WEEK = timedelta(days=7)
FIRST = date(2026, 11, 2)
MONDAYS = [FIRST + number * WEEK for number in range(3)]  # all over when others look
LOOKED_ON = FIRST + 3 * WEEK + timedelta(days=2)
TEAM_ROLES = (Role.LEADER, Role.STAND_IN, Role.PRACTITIONER)
generated = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Person:
    """Somebody who delivers the practice."""

    hours: Decimal
    answers: tuple[Answer | None, ...]  # week by week
    agrees: bool
    able: bool  # can sign in and check in


@dataclass(frozen=True)
class Team:
    """A generated team with its conflicts: (week, reason, hours that somebody wrote)."""

    people: tuple[Person, ...]
    conflicts: tuple[tuple[int, str], ...]

    @property
    def hours(self) -> list[Decimal]:
        return [one.hours for one in self.people]


mostly = st.sampled_from([True, True, True, False])
people = st.builds(
    Person,
    hours=quarters_of_hours,
    answers=st.tuples(answers, answers, answers),
    agrees=mostly,
    able=st.sampled_from([True] * 7 + [False]),
)
teams = st.builds(
    Team,
    people=st.lists(people, min_size=1, max_size=5).map(tuple),
    conflicts=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(PriorityConflict.Reason.values)), max_size=3).map(
        tuple
    ),
)


def may_know(team: Team, week: int, role: str) -> tuple[Decimal, Decimal] | None:
    """The oracle: (hours set aside, hours kept) of a week that somebody in that role may know, or None."""
    of_three = counted_weeks.may_know(team.hours, [one.answers[week] for one in team.people])
    if of_three and of_three[1]:
        return of_three[1:3]
    everybody = all(one.agrees for one in team.people if one.able) and any(one.able for one in team.people)
    nobody_else = all(one.able for one in team.people if any(one.answers))
    pairs = [(one.hours, one.answers[week]) for one in team.people if one.hours and one.answers[week]]
    if role not in TEAM_ROLES or not everybody or not nobody_else or not pairs:
        return None
    whole, reported = sum(team.hours), sum(hours for hours, _answer in pairs)
    exact = Fraction(whole) * sum(Fraction(hours) * one.kept for hours, one in pairs) / (4 * Fraction(reported))
    kept = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Decimal(whole), min(Decimal(whole), kept)


# ------------------------------------------------------------------------------------------------
# Many teams, in memory: what is decided, and what the page prints of it
# ------------------------------------------------------------------------------------------------


def check_ins_of(team: Team, week: int) -> list[WeekCheckIn]:
    return [
        WeekCheckIn(
            member_id=number,
            week=MONDAYS[week],
            set_aside_hours=one.hours,
            kept=one.answers[week].kept if one.hours else 0,
            own_time_hours=one.answers[week].own,
        )
        for number, one in enumerate(team.people)
        if one.answers[week]
    ]


def told(team: Team, role: str) -> tuple[tuple[frozen.Week, ...], tuple[frozen.Week, ...]]:
    """By the product's own decisions: the released weeks, and those that everybody agreed to, for a role."""
    hours = dict(enumerate(team.hours))
    released = []
    for week, monday in enumerate(MONDAYS):
        made = weeks.total_of(check_ins_of(team, week), hours, sum(team.hours)) or dict.fromkeys(
            ("reported", "set_aside_hours", "kept_hours", "own_time_hours"), Decimal(0)
        )
        released.append(frozen.Week(monday, *made.values()))
    agreed = ()
    if weeks.may_know_agreed(Member(role=role)):
        agreed = weeks.told_by_agreement(
            [one for week in range(3) for one in check_ins_of(team, week)],
            able={number for number, one in enumerate(team.people) if one.able},
            agreeing={number for number, one in enumerate(team.people) if one.agrees},
            counted={one.week for one in released if one.set_aside},
            whole=lambda _monday: sum(team.hours),
        )
    return tuple(released), agreed


def printed(team: Team, known: tuple[frozen.Week, ...], agreed: tuple[frozen.Week, ...], language: str) -> str:
    """The four figures as the time page prints them."""
    snapshot = frozen.Snapshot(
        as_of=LOOKED_ON,
        joined_on=FIRST,
        logging_since=FIRST,
        people=tuple(frozen.Person(number, "practitioner") for number in range(len(team.people))),
        allocations=tuple(frozen.Allocation(n, "session", hours, FIRST) for n, hours in enumerate(team.hours)),
        weeks=known,
    )
    conflicts = [ConflictWeek(MONDAYS[week] + WEEK, Counter({reason: 1})) for week, reason in team.conflicts]
    with translation.override(language):
        view = shown(hours_in_view.in_view(snapshot, agreed=agreed, conflicts=conflicts))
        chart = render_to_string("components/time_chart.html", {"chart": view, "id": "time"})
        return f"{chart} {view.weeks} {view.reasons} {view.why_unknown} {view.known}"


def week_of(monday: date, known: tuple[Decimal, Decimal] | None, reported: int) -> frozen.Week:
    return frozen.Week(monday, reported, *(known or (Decimal(0), Decimal(0))), Decimal(0))


@pytest.mark.timeout(300)
@settings(generated, max_examples=2000)
@given(team=teams, role=st.sampled_from(Role.values), language=st.sampled_from(["en", "nb"]))
def test_f15_f16_what_is_told_and_printed_follows_from_what_the_viewer_may_know(team, role, language):
    released, agreed = told(team, role)
    allowed = {monday: may_know(team, week, role) for week, monday in enumerate(MONDAYS)}

    seen = {one.week: (one.set_aside, one.kept) for one in (*released, *agreed) if one.set_aside}
    assert seen == {monday: hours for monday, hours in allowed.items() if hours}
    # The same page made of the oracle's figures alone: nothing else of the check-ins can be in it.
    counting = [week_of(one.week, allowed[one.week] if one.set_aside else None, one.reported) for one in released]
    by_agreement = [week_of(one.week, allowed[one.week], 0) for one in agreed]
    assert printed(team, released, agreed, language) == printed(team, tuple(counting), tuple(by_agreement), language)


@pytest.mark.timeout(300)
@settings(generated, max_examples=300)
@given(team=teams, role=st.sampled_from(Role.values), data=st.data())
def test_f15_one_who_does_not_agree_shows_nothing_of_anybody_and_nobody_learns_whether_they_reported(team, role, data):
    """Whatever the others agreed to, and whatever the one who did not answered, in a team where too few report."""
    number = data.draw(st.integers(0, len(team.people) - 1))
    worlds = []
    for said in (team.people[number].answers, data.draw(st.tuples(answers, answers, answers))):
        someone = Person(team.people[number].hours, said, agrees=False, able=True)
        people_then = (*team.people[:number], someone, *team.people[number + 1 :])
        worlds.append(told(Team(people_then, team.conflicts), role)[1])

    assert worlds == [(), ()]


# ------------------------------------------------------------------------------------------------
# Fewer teams, as rows and through the pages
# ------------------------------------------------------------------------------------------------


def make_team(team: Team):
    """(service, its practitioners, somebody in each other role), all that happened in it happened."""
    service = make_service(joined_on=FIRST)
    members = []
    for number, one in enumerate(team.people):
        member = make_practitioner(service, name=f"Person {number}")
        members.append(member)
        if one.hours:
            make_allocation(member, hours_per_week=one.hours, starts_on=FIRST)
        if one.agrees:
            HoursShown.objects.create(member=member, since=FIRST)
    for week, reason in team.conflicts:
        make_conflict(members[0], reason=reason, hours=Decimal("33.25"), released_on=MONDAYS[week] + WEEK)
    viewers = [make(service) for make in (make_leader, make_stand_in, make_adviser, make_sponsor)]
    return service, members, viewers


def happen(team: Team, members) -> None:
    """Everybody answers, then those who cannot sign in any more cannot."""
    for week, monday in enumerate(MONDAYS):
        for member, one in zip(members, team.people, strict=True):
            if said := one.answers[week]:
                weeks.save(member, week=monday, kept=said.kept, own_time_hours=said.own, on=monday + WEEK / 2)
    for member, one in zip(members, team.people, strict=True):
        if not one.able:
            member.user.is_active = False
            member.user.save(update_fields=["is_active"])


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.timeout(300)
@settings(generated, max_examples=40)
@given(team=teams)
def test_f15_f16_every_role_is_told_by_the_database_what_it_may_know(team):
    with AnotherWorld():
        _service, members, viewers = make_team(team)
        happen(team, members)
        for viewer in [*viewers, members[0]]:
            view = hours_in_view.hours_in_view(viewer, LOOKED_ON)
            allowed = [may_know(team, week, viewer.role) for week in range(3)]

            assert [(one.set_aside, one.kept) for one in view.weeks] == [hours for hours in allowed if hours]


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.timeout(300)
@settings(generated, max_examples=6)
@given(team=teams, language=st.sampled_from(["en", "nb"]))
def test_f15_f16_pages_and_documents_show_what_the_viewer_may_know(team, language):
    """With the agreements and without: only the team's own time page differs, and only where everybody agreed."""
    pages = ("", "standing/", "standing/crowded-out/", "plan/", "conflicts/", "documents/", "time/")
    with AnotherWorld(), time_machine.travel(oslo(f"{LOOKED_ON}T10:00"), tick=False):
        service, members, viewers = make_team(team)
        happen(team, members)
        seen = []
        for agreeing in (True, False):
            with AnotherWorld():
                if not agreeing:
                    HoursShown.objects.all().delete()
                views = {}
                for viewer in viewers:
                    client = client_of(viewer, language=language)
                    for address in pages:
                        response = client.get(f"/services/{service.key}/{address}")
                        if response.status_code == 200:
                            views[viewer.role, address] = main_text(response)
                views["leader", "csv"] = str(client_of(viewers[0]).post(f"/services/{service.key}/time/csv/").content)
                seen.append(views | what_documents_say(service, language))

        by_agreement = bool(told(team, Role.LEADER)[1])
        assert set(differing(*seen)) == ({("leader", "time/"), ("stand_in", "time/")} if by_agreement else set())
        for where, text in seen[0].items():  # hours that one person wrote in an entry
            assert where[1] == "conflicts/" or not any(hours in str(text) for hours in ("33.25", "33,25"))
