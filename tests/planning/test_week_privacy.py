"""F16: of the weekly check-ins others know the totals of weeks in which three answered, and nothing else."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from planning import weeks
from planning.models import HoursOfWeek
from planning.risks.snapshot import Week
from planning.snapshots import take_snapshot
from tests.factories import (
    make_adviser,
    make_allocation,
    make_caseload_month,
    make_leader,
    make_practitioner,
    make_service,
    make_sponsor,
)
from tests.planning.site import client_of, empty_site, oslo, page
from tests.planning.worlds import AnotherWorld, differing, what_documents_say, what_others_see

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY, WEEK = timedelta(days=1), timedelta(days=7)
FIRST = date(2026, 11, 2)
MONDAYS = [FIRST + number * WEEK for number in range(3)]  # the last of them is running when others look
LOOKED_ON = MONDAYS[-1] + 3 * DAY
DAYS = [FIRST + number * DAY for number in (0, 6, 7, 13, 14, 17, 20, 21, 27)]  # on which others look
PAGES = ("", "standing/", "standing/own-time/", "standing/crowded-out/", "standing/fading-time/", "plan/", "time/")


@dataclass(frozen=True)
class Answer:
    """What somebody answers: quarters kept, hours in own time."""

    kept: int
    own: Decimal


quarters_of_hours = st.integers(0, 40).map(lambda number: Decimal(number) / 4)
answers = st.none() | st.builds(Answer, st.integers(0, 4), quarters_of_hours)


@st.composite
def teams(draw, hours=quarters_of_hours):
    """Hours set aside for each of one to five people, and what each answers in each week."""
    set_aside = draw(st.lists(hours, min_size=1, max_size=5))
    return set_aside, [[draw(answers) for _person in set_aside] for _week in MONDAYS]


def may_know(set_aside: list[Decimal], answered: list[Answer | None]) -> tuple | None:
    """The oracle: (how many answered, hours set aside, kept, in own time) that others may know of a week, or None."""
    with_hours = [hours for hours in set_aside if hours]
    share_is_told = len(with_hours) >= 3 and max(with_hours) <= sum(with_hours) / 2
    pairs = [(hours, one) for hours, one in zip(set_aside, answered, strict=True) if one]
    counting = [(hours, one) for hours, one in pairs if hours or not share_is_told]
    if len(counting) < 3:
        return None
    own = sum(one.own for _hours, one in pairs)
    if not share_is_told:
        return len(counting), Decimal(0), Decimal(0), own
    whole = sum(set_aside)
    exact = Fraction(whole) * sum(one.kept for _hours, one in counting) / (4 * len(counting))
    kept = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return len(counting), whole, min(whole, kept), own


def make_team(set_aside) -> tuple:
    """(service, its practitioners), which began in the first week."""
    service = make_service(joined_on=FIRST)
    team = [make_practitioner(service, name=f"Person {number}", login=False) for number in range(len(set_aside))]
    for member, hours in zip(team, set_aside, strict=True):
        if hours:
            make_allocation(member, hours_per_week=hours, starts_on=FIRST)
    return service, team


def check_in(team, weekly) -> None:
    """Everybody answers on the Friday of each week, or does not."""
    for monday, answered in zip(MONDAYS, weekly, strict=True):
        for member, one in zip(team, answered, strict=True):
            if one:
                own = one.own
                weeks.save(member, week=monday, kept=one.kept, own_time_hours=own, on=monday + 4 * DAY)


def put_totals(service, set_aside, weekly) -> None:
    """What the oracle allows, as if nobody had checked in here: totals that came with a dossier."""
    for monday, answered in zip(MONDAYS[:-1], weekly[:-1], strict=True):
        if known := may_know(set_aside, answered):
            fields = ("reported", "set_aside_hours", "kept_hours", "own_time_hours")
            HoursOfWeek.objects.create(service=service, week=monday, **dict(zip(fields, known, strict=True)))


def pages_of(service, readers, language) -> dict:
    """The pages on which hours of weeks show, for somebody in each role."""
    return {
        (reader.role, address): page(client_of(reader, language=language).get(f"/services/{service.key}/{address}"))
        for reader in readers
        for address in PAGES
    }


generated = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@settings(generated, max_examples=60)
@given(team=teams())
def test_f16_a_snapshot_holds_exactly_what_others_may_know(team):
    set_aside, weekly = team
    with AnotherWorld():
        service, members = make_team(set_aside)
        check_in(members, weekly)

        for looked_on in DAYS:
            over = [monday for monday in MONDAYS if monday + WEEK <= looked_on]
            expected = tuple(
                Week(monday, *(may_know(set_aside, weekly[MONDAYS.index(monday)]) or (0, 0, 0, 0))) for monday in over
            )
            assert weeks.released([service], looked_on).get(service.pk, ()) == expected
        assert take_snapshot(service, looked_on).weeks == expected


@pytest.mark.timeout(300)
@settings(generated, max_examples=10)
@given(team=teams(), language=st.sampled_from(["en", "nb"]))
def test_f16_all_that_is_rendered_follows_from_those_totals_alone(team, language):
    """In one world people checked in, in the other there are only the totals that may be known: they look the same."""
    set_aside, weekly = team
    with AnotherWorld(), time_machine.travel(oslo(f"{LOOKED_ON}T10:00"), tick=False):
        service, members = make_team(set_aside)
        make_caseload_month(service)
        readers = [make_leader(service), make_practitioner(service), make_adviser(service)]
        seen = []
        for happen in (
            lambda: check_in(members, weekly),
            lambda: put_totals(service, set_aside, weekly),
        ):
            with AnotherWorld():
                happen()
                seen.append(what_documents_say(service, language) | pages_of(service, readers[:2], language))

        assert differing(*seen) == []


@settings(generated, max_examples=30)
@given(team=teams(hours=st.just(Decimal(0)) | quarters_of_hours), seed=st.randoms(use_true_random=False))
@example(
    team=([Decimal(15), Decimal("9.5"), Decimal(6)], [[Answer(kept, Decimal(0)) for kept in (3, 1, 4)]] * 3),
    seed=Random(1),
)
def test_f16_no_combination_of_views_tells_one_person(team, seed):
    """Whoever may have answered what: with the answers dealt out otherwise, every view on every day is the same.

    So nothing that is made of views (differences between weeks, days, sums, two plans) can be of one person. All who
    have hours, however many, are dealt each other's answers, silence included, and so are those who have none; hours
    in own time are spread anew.
    """
    set_aside, weekly = team
    dealt = []
    for answered in weekly:
        new = list(answered)
        for some in (True, False):
            of_same = [n for n, hours in enumerate(set_aside) if bool(hours) is some]
            for place, other in zip(of_same, seed.sample(of_same, k=len(of_same)), strict=True):
                new[place] = answered[other]
        spoken = [n for n, one in enumerate(new) if one]
        spread = seed.sample([new[n].own for n in spoken], k=len(spoken))
        for n, own in zip(spoken, spread, strict=True):
            new[n] = Answer(new[n].kept, own)
        dealt.append(new)
    views = []
    with AnotherWorld():
        service, members = make_team(set_aside)
        for of_world in (weekly, dealt):
            with AnotherWorld():
                check_in(members, of_world)
                views.append([weeks.released([service], day) for day in DAYS])

    assert views[0] == views[1]


@settings(generated, max_examples=30)
@given(team=teams(), later=teams(), changed_on=st.integers(7, 20))
def test_f16_two_views_differ_by_whole_weeks_whatever_was_changed_between_them(team, later, changed_on):
    """Allocations changed backwards, people deleted, weeks answered anew: what was released is the same ever after."""
    set_aside, weekly = team
    with AnotherWorld():
        service, members = make_team(set_aside)
        check_in(members, weekly)
        before = weeks.released([service], FIRST + changed_on * DAY)[service.pk]

        for member, hours in zip(members, later[0], strict=False):
            member.allocations.all().delete()
            make_allocation(member, hours_per_week=hours + 1, starts_on=FIRST - 90 * DAY)
        members[0].delete()
        for member, answered in zip(members[1:], later[1][0], strict=False):
            if answered:
                monday = FIRST + 4 * WEEK
                weeks.save(member, week=monday, kept=answered.kept, own_time_hours=answered.own, on=monday)

        for number in range(changed_on, 60, 3):
            now = weeks.released([service], FIRST + number * DAY)[service.pk]
            assert now[: len(before)] == before


# ------------------------------------------------------------------------------------------------
# Every page, in every role
# ------------------------------------------------------------------------------------------------


@pytest.fixture
def site(clock):
    """A service of five practitioners with hours, one of whom only looks on."""
    clock.move_to(oslo("2026-11-24T08:00"))
    site = empty_site("f")
    for number in (1, 2):
        site.people[f"more{number}"] = make_practitioner(site.service, name=f"Nils Nummer {number}")
    for name in ("practitioner", "colleague", "more1", "more2"):
        make_allocation(site.people[name], hours_per_week=3)
    return site


def by_form(member, kept, own) -> None:
    """Check in on the page."""
    address = f"/services/{member.service.key}/weeks/new/"
    response = client_of(member).post(address, {"kept": kept, "own_time_hours": own})
    assert response.status_code == 302, page(response)


@pytest.mark.timeout(600)
def test_f16_who_answered_shows_nowhere_while_fewer_than_three_did(site, clock):
    worlds = []
    for answering in ((), ("practitioner",), ("colleague", "more1")):
        with AnotherWorld():
            clock.move_to(oslo("2026-11-25T09:30"))
            for name in answering:
                by_form(site.people[name], 1, "7.25")
            clock.move_to(oslo("2026-12-02T09:30"))
            worlds.append(what_others_see(site))

    nobody, one, two = worlds
    assert differing(nobody, one) == []
    assert differing(nobody, two) == []


@pytest.mark.timeout(600)
def test_f16_from_monday_on_the_total_shows_and_not_whose_it_is(site, clock):
    sundays, mondays = [], []
    for answering in ((), ("practitioner", "colleague", "more1"), ("more2", "practitioner", "colleague")):
        with AnotherWorld():
            said = zip(answering, (4, 2, 0), ("0", "7.25", "1"), strict=False)
            for day, (name, kept, own) in enumerate(said):
                clock.move_to(oslo(f"2026-11-{25 + day}T09:30"))
                by_form(site.people[name], kept, own)
            clock.move_to(oslo("2026-11-29T23:59:59"))
            sundays.append(what_others_see(site))
            clock.move_to(oslo("2026-11-30T00:00"))
            mondays.append(what_others_see(site))

    silent, *spoken = sundays
    assert [differing(silent, one) for one in spoken] == [[], []]
    silent, one, other = mondays
    assert differing(one, other) == []
    assert ("plan", "en") in differing(silent, one)
    assert '"own_time": "8.25"' in one["plan", "en"]
    assert not [where for where in one if "7.25" in one[where]]


def test_f16_a_persons_weeks_are_for_nobody_else(site, clock):
    by_form(site.practitioner, 1, "7.25")
    sponsor = make_sponsor(site.service)

    assert "7.25" in page(client_of(site.practitioner).get("/services/f/weeks/"))
    for other in (site.colleague, site.third):
        assert "7.25" not in page(client_of(other).get("/services/f/weeks/"))
        assert "7.25" not in page(client_of(other).get("/services/f/weeks/new/"))
    for other in (site.leader, site.stand_in, site.adviser, sponsor):
        assert client_of(other).get("/services/f/weeks/").status_code == 403
        assert client_of(other).get("/services/f/weeks/new/").status_code == 403
