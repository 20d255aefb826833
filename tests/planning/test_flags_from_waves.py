"""Flags on the leadership flip exactly at their limits, from surveys that people answered here."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from planning.risks import assess
from planning.snapshots import take_snapshot
from tests.factories import make_closed_wave, make_leader, make_own_leadership_rating, make_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def status_of(entry: str, service, *, reader=None) -> str:
    snapshot = take_snapshot(service, as_of=timezone.localdate(), **({"own_rating_of": reader} if reader else {}))
    return next(answer.status for answer in assess(snapshot) if answer.key == entry)


def asked(*steps: dict, minimum=5):
    """A service whose team has answered so."""
    service = make_service(joined_on=timezone.localdate() - timedelta(days=400))
    make_leader(service)
    make_closed_wave(service, *steps, minimum=minimum, people=max(5, len(steps)))
    return service


def five(part: str, *steps: int) -> list[dict]:
    """Five answers to a sub-scale; 2 on every other."""
    return [{part: step} for step in steps]


@pytest.mark.parametrize(
    ("entry", "part"), [("leader-unconvinced", "supportive"), ("leader-knows-little", "knowledgeable")]
)
@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ((2, 2, 2, 2, 2), "clear"),  # 2.0
        ((2, 2, 2, 2, 1), "flagged"),  # 1.8
        ((3, 3, 2, 1, 1), "clear"),  # 2.0 again, of people who differ
        ((0, 0, 0, 0, 0), "flagged"),  # a bound: 0.87 or less
        ((4, 4, 4, 4, 4), "clear"),  # a bound: 3.13 or more
    ],
)
def test_staff_ratings_of_support_and_knowledge_flip_at_two(entry, part, steps, status):
    assert status_of(entry, asked(*five(part, *steps))) == status


def test_a_third_of_a_step_of_one_person_decides():
    service = asked(*five("supportive", 2, 2, 2, 2, 2))
    rating = service.leadership_ratings.get()
    assert rating.supportive == 2
    rating.supportive = Decimal("1.9333333333")
    rating.save()

    assert status_of("leader-unconvinced", service) == "flagged"


@pytest.mark.parametrize(
    ("support", "proactive", "status"),
    [
        ((3, 3, 3, 2, 2), (2, 2, 2, 2, 1), "flagged"),  # 2.6 and 1.8: kind, and not active
        ((3, 3, 3, 2, 2), (2, 2, 2, 2, 2), "clear"),  # 2.6 and 2.0
        ((3, 3, 2, 2, 2), (2, 2, 2, 2, 1), "unknown"),  # 2.4: the support itself is in doubt
        ((4, 4, 4, 4, 4), (2, 2, 2, 2, 1), "flagged"),  # a bound
    ],
)
def test_passive_support_flips_at_two_and_a_half_and_two(support, proactive, status):
    steps = [{"supportive": kind, "proactive": active} for kind, active in zip(support, proactive, strict=True)]

    assert status_of("passive-support", asked(*steps)) == status


def test_passive_support_flips_at_two_and_a_half_exactly():
    four_people = [{"supportive": 3, "proactive": 1}] * 2 + [{"supportive": 2, "proactive": 1}] * 2

    assert status_of("passive-support", asked(*four_people, minimum=4)) == "flagged"


@pytest.mark.parametrize(("own", "status"), [("3.0", "flagged"), ("2.9999999999", "clear"), ("2.0", "clear")])
def test_the_self_image_gap_flips_at_one(own, status):
    service = asked(2, 2, 2, 2, 2)
    leader = service.members.get()
    today = timezone.localdate()
    means = dict.fromkeys(("proactive", "knowledgeable", "supportive", "perseverant"), Decimal(own))
    make_own_leadership_rating(leader, rated_on=today, shared_on=today, **means)

    assert status_of("self-image-gap", service) == status


def test_below_the_minimum_an_earlier_survey_still_speaks_and_no_count_is_known():
    service = asked(2, 2, 2, 2)

    assert status_of("leader-unconvinced", service) == "unknown"
    assert not service.leadership_ratings.exists()
