"""The flags that visits decide flip exactly at their limits, from real visits of two raters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments import visits
from assessments.instruments import GOI, IMR_FIDELITY
from assessments.models import Recommendation
from planning.risks.answer import Status
from planning.standing import standing
from tests.factories import make_action, make_adviser, make_leader, make_service, make_visit, rate_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DAY = timedelta(days=1)


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def raters(service):
    return make_leader(service), make_adviser(service)


def held(service, raters, *, days_ago=1, low=(), step=3, usual=4):
    """A visit whose two raters agree: `usual` everywhere, `step` for the items in `low`."""
    on = timezone.localdate() - days_ago * DAY
    visit = make_visit(service, raters=raters, planned_on=on)
    ratings = dict.fromkeys([*IMR_FIDELITY.items, *GOI.items], usual) | dict.fromkeys(low, step)
    for rater in visit.raters.all():
        rate_all(rater, **ratings)
    return visits.agree(visit, by=raters[0], on=on)


def status_of(service, key) -> Status:
    entries = standing(service, timezone.localdate())
    found = {entry.key: entry.answer.status for theme in entries.themes for entry in (*theme.open, *theme.strengths)}
    found |= {entry.key: entry.answer.status for entry in entries.unknown}
    return found[key]


@pytest.mark.parametrize(
    ("usual", "low", "step", "status"),
    [
        (4, 0, 3, Status.CLEAR),  # 4.00
        (4, 1, 3, Status.WATCH),  # 3.92
        (3, 0, 2, Status.WATCH),  # 3.00
        (3, 1, 2, Status.FLAGGED),  # 2.92
    ],
)
def test_b07_fidelity_low_flips_at_three_and_four(service, raters, usual, low, step, status):
    held(service, raters, usual=usual, low=IMR_FIDELITY.items[:low], step=step)

    assert status_of(service, "fidelity-low") is status


@pytest.mark.parametrize(
    ("fallen", "status"),
    [
        (6, Status.CLEAR),  # from 5 to 4.54
        (7, Status.WATCH),  # from 5 to 4.46
    ],
)
def test_b07_fidelity_low_watches_a_fall_of_half_a_point_between_two_visits(service, raters, fallen, status):
    held(service, raters, days_ago=200, usual=5)
    held(service, raters, usual=5, low=IMR_FIDELITY.items[:fallen], step=4)

    assert status_of(service, "fidelity-low") is status


@pytest.mark.parametrize(("days_ago", "known"), [(395, True), (398, False)])
def test_fidelity_unknown_flips_when_the_visit_is_thirteen_months_old(service, raters, days_ago, known):
    held(service, raters, days_ago=days_ago)

    assert (status_of(service, "fidelity-low") is not Status.UNKNOWN) is known
    assert (status_of(service, "fidelity-unknown") is Status.CLEAR) is known


# "Penetration" of the organisation is 4 in all of them, as it is computed from 13 of 20.
@pytest.mark.parametrize(
    ("usual", "low", "step", "status"),
    [
        (4, (), 3, Status.CLEAR),  # 4.00
        (4, GOI.items[:1], 3, Status.WATCH),  # 3.92
        (3, GOI.items[:1], 2, Status.WATCH),  # (10 × 3 + 2 + 4) / 12 = 3.00
        (3, GOI.items[:2], 2, Status.FLAGGED),  # 2.92
    ],
)
def test_b07_organisation_weak_flips_at_three_and_four(service, raters, usual, low, step, status):
    held(service, raters, usual=usual, low=low, step=step)

    assert status_of(service, "organisation-weak") is status


@pytest.mark.parametrize(("days_ago", "status"), [(29, Status.UNKNOWN), (30, Status.FLAGGED)])
def test_feedback_unused_flips_thirty_days_after_the_visit(service, raters, days_ago, status):
    visit = held(service, raters, days_ago=days_ago)
    advice = Recommendation.objects.create(rating=visit.rating, about="imr_fidelity:cbt", text="Practise role play")

    assert status_of(service, "feedback-unused") is status

    make_action(service, recommendation=advice)
    assert status_of(service, "feedback-unused") is Status.CLEAR


def test_a_visit_that_is_not_agreed_on_changes_nothing(service, raters):
    visit = make_visit(service, raters=raters)
    for rater in visit.raters.all():
        rate_all(rater, **dict.fromkeys(IMR_FIDELITY.items, 1))

    assert status_of(service, "fidelity-low") is Status.UNKNOWN
