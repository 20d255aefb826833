"""Fidelity visits: who may rate, each on their own, agreed on once."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from assessments import visits
from assessments.instruments import GOI, IMR_FIDELITY
from assessments.models import AgreedItem, FidelityRating, OrganisationRating, Rater, RaterItem, Visit
from assessments.visit_items import Given
from assessments.visit_reading import report_of
from planning import fidelity_raters
from tests.factories import (
    make_adviser,
    make_allocation,
    make_leader,
    make_practitioner,
    make_rated_visit,
    make_rating,
    make_service,
    make_sponsor,
    make_stand_in,
    make_visit,
    rate_all,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 11, 25)
YESTERDAY = date(2026, 11, 24)
CBT = IMR_FIDELITY.by_key["cbt"]
PENETRATION = GOI.by_key["penetration"]


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def visit(service):
    return make_visit(service)


@pytest.fixture
def first(visit):
    return visit.raters.get(number=1)


@pytest.fixture
def second(visit):
    return visit.raters.get(number=2)


def rate(rater, item, given, **fields):
    now = timezone.now()
    return visits.rate(rater, item, given, **{"at": now, "now": now} | fields)


def finish(rater):
    return visits.finish(rater, by=rater.member, at=timezone.now(), on=TODAY)


def codes() -> list[str]:
    return list(AuditEvent.objects.filter(code__startswith="visit.").order_by("pk").values_list("code", flat=True))


# Who may rate


@pytest.mark.parametrize("make", [make_leader, make_stand_in, make_adviser])
def test_f04_leaders_and_advisers_may_rate(service, make):
    assert visits.why_not(make(service), on=TODAY) == ""


def test_a_practitioner_is_refused_as_nobody_rates_their_own_work(service):
    assert visits.why_not(make_practitioner(service), on=TODAY) == (
        "Per Dahl gives IMR here, and nobody rates their own work. Choose somebody else."
    )


@pytest.mark.parametrize("work", fidelity_raters.GIVING)
def test_an_adviser_with_hours_for_patients_is_refused_as_long_as_they_hold(service, work):
    adviser = make_adviser(service)
    make_allocation(adviser, work=work, starts_on=TODAY, ends_on=TODAY + timedelta(days=9))

    assert "has hours set aside for IMR sessions here" in visits.why_not(adviser, on=TODAY)
    assert visits.why_not(adviser, on=TODAY - timedelta(days=1)) == ""
    assert visits.why_not(adviser, on=TODAY + timedelta(days=10)) == ""


def test_commands_and_workers_which_load_no_page_know_whose_hours_refuse_them_too():
    code = (
        "import django, sys; django.setup(); from assessments.visits import ALSO_DELIVERS; "
        "print([one.__name__ for one in ALSO_DELIVERS], 'planning.views.visits' in sys.modules)"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.split("\n")[-2] == "['hours_with_patients'] False"


@pytest.mark.parametrize("work", ["supervision", "monitoring", "travel"])
def test_hours_for_other_work_refuse_nobody(service, work):
    adviser = make_adviser(service)
    make_allocation(adviser, work=work, starts_on=TODAY)

    assert visits.why_not(adviser, on=TODAY) == ""


def test_who_cannot_sign_in_or_may_not_rate_is_refused(service):
    assert "may not rate" in visits.why_not(make_sponsor(service), on=TODAY)
    assert "cannot sign in" in visits.why_not(make_adviser(service, login=False), on=TODAY)
    gone = make_adviser(service, leaves_on=TODAY)
    assert visits.why_not(gone, on=TODAY) == ""
    assert "cannot sign in" in visits.why_not(gone, on=TODAY + timedelta(days=1))


def test_b07_a_visit_is_planned_with_the_versions_that_both_see(service):
    leader, adviser = make_leader(service), make_adviser(service)

    visit = visits.plan(Visit(planned_on=TODAY), (leader, adviser), by=leader)

    assert [(one.number, one.member) for one in visit.raters.order_by("number")] == [(1, leader), (2, adviser)]
    assert (visit.fidelity_version, visit.organisation_version) == (IMR_FIDELITY.version, GOI.version)
    assert codes() == ["visit.planned"]


def test_nobody_is_both_raters_and_a_refused_plan_keeps_nothing(service):
    leader = make_leader(service)
    for raters in ((leader, leader), (leader, make_practitioner(service))):
        with pytest.raises(ValidationError):
            visits.plan(Visit(planned_on=TODAY), raters, by=leader)

    assert not Visit.objects.exists()


def test_raters_change_places_or_go_until_they_have_begun(visit, first, second):
    leader, adviser, other = first.member, second.member, make_stand_in(visit.service)

    visits.change(visit, (adviser, leader), by=leader)
    assert visit.raters.get(number=1).member == adviser
    visits.change(visit, (adviser, other), by=leader)
    assert visit.raters.get(number=2).member == other
    rate(visit.raters.get(number=1), CBT, Given(3))
    with pytest.raises(ValidationError, match="Ada Vik has begun to rate and stays"):
        visits.change(visit, (leader, other), by=leader)
    assert RaterItem.objects.count() == 1


def test_somebody_who_gives_imr_by_now_cannot_begin(visit, second):
    make_allocation(second.member, work="session", starts_on=YESTERDAY)

    with pytest.raises(ValidationError, match="hours set aside"):
        rate(second, CBT, Given(3))


# Rating


def test_a_rating_is_kept_with_what_was_proposed(first):
    kept = rate(first, CBT, Given(3, note="One of two sessions"), proposed=4)

    assert (kept.instrument, kept.item, kept.rating, kept.note, kept.proposed) == (
        "imr_fidelity",
        "cbt",
        3,
        "One of two sessions",
        4,
    )
    assert codes() == []  # the trail, which leaders read, tells nothing of it


def test_f06_an_older_rating_that_is_sent_late_never_replaces_a_newer(first):
    now = timezone.now()
    rate(first, CBT, Given(4), at=now - timedelta(minutes=1))

    assert rate(first, CBT, Given(2), at=now - timedelta(minutes=2)) is None
    assert first.items.get().rating == 4
    rate(first, CBT, Given(4), at=now - timedelta(minutes=1))  # the same once more
    assert first.items.get().rating == 4
    rate(first, CBT, Given(5), at=now)
    assert first.items.get().rating == 5


def test_f06_taking_a_rating_back_is_newer_too(first):
    now = timezone.now()
    rate(first, CBT, Given(4), at=now - timedelta(minutes=2))
    rate(first, CBT, Given(), at=now)

    assert rate(first, CBT, Given(4), at=now - timedelta(minutes=1)) is None
    assert first.items.get().rating is None


def test_a_clock_ahead_does_not_close_an_item(first):
    rate(first, CBT, Given(2), at=timezone.now() + timedelta(days=900))

    assert rate(first, CBT, Given(3)).rating == 3


@pytest.mark.parametrize("rating", [0, 6])
def test_other_ratings_are_refused(first, rating):
    with pytest.raises(ValidationError, match="is rated from 1 to 5"):
        rate(first, CBT, Given(rating))


@pytest.mark.parametrize(
    ("counts", "rating"),
    [
        ({"receiving": 4, "eligible": 20}, 1),
        ({"receiving": 21, "eligible": 100}, 2),
        ({"receiving": 40, "eligible": 100}, 2),
        ({"receiving": 41, "eligible": 100}, 3),
        ({"receiving": 60, "eligible": 100}, 3),
        ({"receiving": 61, "eligible": 100}, 4),
        ({"receiving": 80, "eligible": 100}, 4),
        ({"receiving": 81, "eligible": 100}, 5),
        ({"receiving": 16, "target": 25}, 4),  # 80 % of 25 are 20
    ],
)
def test_b07_those_reached_are_computed_from_counts_never_judged(first, counts, rating):
    kept = rate(first, PENETRATION, Given(5, counts=counts))

    assert (kept.rating, kept.counts) == (rating, counts)


@pytest.mark.parametrize(
    "counts",
    [
        {"receiving": 3},
        {"eligible": 3},
        {"receiving": 3, "eligible": 4, "target": 5},
        {"receiving": 5, "eligible": 4},
        {"receiving": 0, "eligible": 0},
    ],
)
def test_counts_that_say_nothing_are_refused(first, counts):
    with pytest.raises(ValidationError, match="Penetration"):
        rate(first, PENETRATION, Given(counts=counts))


def test_done_takes_every_item_rated_or_a_reason(first):
    rate_all(first, done=False)
    first.items.filter(item="cbt").update(rating=None)
    with pytest.raises(ValidationError, match=r"Still to be rated.*10 Cognitive-behavioral techniques"):
        finish(first)

    rate(first, CBT, Given(not_rateable="No session was seen"))
    assert finish(first).done_at == timezone.now()
    assert codes() == ["visit.rated"]


def test_a_proposal_is_overruled_with_a_reason_only(first):
    rate_all(first, done=False)
    rate(first, GOI.by_key["supervision"], Given(2), proposed=5)
    with pytest.raises(ValidationError, match="Write why in the note of: G8 Supervision"):
        finish(first)

    rate(first, GOI.by_key["supervision"], Given(2, note="Only about planning"), proposed=5)
    finish(first)


def test_what_is_done_stands_still(first):
    rate_all(first)

    for change in (lambda: rate(first, CBT, Given(1)), lambda: finish(first)):
        with pytest.raises(ValidationError, match="your ratings stand still"):
            change()
    assert first.items.get(item="cbt").rating == 4


def test_nobody_is_done_before_the_day_of_the_visit(service):
    visit = make_visit(service, planned_on=TODAY + timedelta(days=1))
    rater = rate_all(visit.raters.first(), done=False)

    with pytest.raises(ValidationError, match="planned for 26 November 2026"):
        finish(rater)


def test_a_cancelled_visit_takes_no_rating(visit, first):
    visits.cancel(visit, by=first.member, on=TODAY)

    with pytest.raises(ValidationError, match="The visit was cancelled"):
        rate(first, CBT, Given(4))
    assert codes() == ["visit.cancelled"]


# Agreeing


def test_the_two_are_not_laid_side_by_side_before_both_are_done(visit, first, second):
    rate_all(first)
    rate_all(second, done=False)

    for look in (
        lambda: visits.both_gave(visit, IMR_FIDELITY),
        lambda: visits.unsettled(visit),
        lambda: visits.settle(visit, CBT, Given(4), by=first.member),
        lambda: visits.agree(visit, by=first.member, on=TODAY),
    ):
        with pytest.raises(ValidationError, match="Both have to be done"):
            look()
    with pytest.raises(ValueError, match="once both raters are done"):
        report_of(visit)


def test_b07_what_they_agree_on_becomes_the_ratings_once(visit, first, second):
    rate_all(first, cbt=2, handouts=5)
    rate_all(second, cbt=4, handouts=4)
    assert [item.key for item in visits.unsettled(visit)] == ["handouts", "cbt"]
    with pytest.raises(ValidationError, match="Agree first on"):
        visits.agree(visit, by=first.member, on=TODAY)

    visits.settle(visit, IMR_FIDELITY.by_key["handouts"], Given(5), by=first.member)
    visits.settle(visit, CBT, Given(3), by=second.member)
    visits.agree(visit, by=second.member, on=TODAY)

    visit.refresh_from_db()
    assert visit.agreed_on == TODAY
    rating, organisation = visit.rating, visit.organisation
    assert (rating.rated_on, rating.total, rating.version) == (YESTERDAY, Decimal(4), IMR_FIDELITY.version)
    assert rating.items == dict.fromkeys(IMR_FIDELITY.items, 4) | {"handouts": 5, "cbt": 3}
    assert (organisation.mean, organisation.version) == (Decimal(4), GOI.version)
    assert organisation.reached == {"receiving": 13, "against": "20", "estimated": False}
    assert visit.agreed_items.count() == 25
    with pytest.raises(ValidationError, match="stands still"):
        visits.agree(visit, by=first.member, on=TODAY)
    with pytest.raises(ValidationError, match="stands still"):
        visits.settle(visit, CBT, Given(4), by=first.member)
    assert (FidelityRating.objects.count(), OrganisationRating.objects.count()) == (1, 1)
    assert codes() == ["visit.agreed"]


def test_an_estimated_denominator_is_kept_as_one(visit, first, second):
    for rater in (first, second):
        rate_all(rater, done=False)
        rate(rater, PENETRATION, Given(counts={"receiving": 12, "target": 23}))
        finish(rater)

    visits.agree(visit, by=first.member, on=TODAY)

    assert OrganisationRating.objects.get().reached == {"receiving": 12, "against": "18.4", "estimated": True}


def test_outside_both_ratings_a_consensus_needs_a_note(visit, first, second):
    rate_all(first, cbt=2)
    rate_all(second, cbt=3)

    with pytest.raises(ValidationError, match="4 lies outside what the two of you rated"):
        visits.settle(visit, CBT, Given(4), by=first.member)
    for rating in (2, 3):
        visits.settle(visit, CBT, Given(rating), by=first.member)
    visits.settle(visit, CBT, Given(4, note="The second session was seen later"), by=first.member)
    visits.settle(visit, IMR_FIDELITY.by_key["handouts"], Given(3, note="Counted again"), by=first.member)
    visits.agree(visit, by=first.member, on=TODAY)

    assert FidelityRating.objects.get().items["handouts"] == 3


def test_the_same_rating_from_other_counts_is_settled(visit, first, second):
    rate_all(first)
    rate_all(second)
    second.items.filter(item="penetration").update(counts={"receiving": 12, "eligible": 19})

    assert visits.unsettled(visit) == [PENETRATION]


@pytest.mark.parametrize(("left_out", "total"), [(1, Decimal(4)), (2, None)])
def test_b07_below_twelve_items_there_is_no_total_and_the_organisation_has_its_own(service, left_out, total):
    visit = make_rated_visit(service)
    unrated = IMR_FIDELITY.items[:left_out]
    RaterItem.objects.filter(item__in=unrated).update(rating=None, not_rateable="Not seen")
    for item in unrated:
        visits.settle(visit, IMR_FIDELITY.by_key[item], Given(not_rateable="Not seen"), by=visit.raters.first().member)

    visit = visits.agree(visit, by=visit.raters.first().member, on=TODAY)

    assert (visit.rating and visit.rating.total) == total
    assert visit.organisation.mean == Decimal(4)


def test_a_rating_written_in_by_hand_on_that_day_stands_in_the_way_and_nothing_is_kept(service):
    visit = make_rated_visit(service)
    make_rating(service, rated_on=YESTERDAY)

    with pytest.raises(ValidationError, match="A rating of 24 November 2026 was written in by hand already"):
        visits.agree(visit, by=visit.raters.first().member, on=TODAY)
    assert not AgreedItem.objects.exists()
    assert not OrganisationRating.objects.exists()


def test_a_visit_moved_ahead_is_not_agreed_on(service):
    visit = make_rated_visit(service)
    visit.planned_on = TODAY + timedelta(days=1)
    visit.save()

    with pytest.raises(ValidationError, match="planned for 26 November 2026"):
        visits.agree(visit, by=visit.raters.first().member, on=TODAY)
    assert not FidelityRating.objects.exists()


def test_the_service_is_told_after_it_was_agreed(service):
    visit = make_rated_visit(service)
    by = visit.raters.first().member
    with pytest.raises(ValidationError, match="Agree on the result first"):
        visits.tell(visit, by=by, on=TODAY)
    visits.agree(visit, by=by, on=TODAY)
    with pytest.raises(ValidationError, match="on or after the visit"):
        visits.tell(visit, by=by, on=YESTERDAY - timedelta(days=1))

    assert visits.tell(visit, by=by, on=YESTERDAY).feedback_on == YESTERDAY
    assert codes() == ["visit.agreed", "visit.told"]


# What the tables refuse


def test_the_tables_refuse_a_third_rater_and_one_person_twice(visit, first):
    for fields in ({"number": 3, "member": make_adviser(visit.service)}, {"number": 2, "member": first.member}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rater.objects.create(visit=visit, **fields)


def test_the_tables_refuse_a_rating_with_a_reason_why_there_is_none(first):
    moment = datetime(2026, 11, 25, tzinfo=UTC)
    for fields in ({"rating": 4, "not_rateable": "Not seen"}, {"rating": 6}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RaterItem.objects.create(rater=first, instrument="goi", item="plan", chosen_at=moment, **fields)
    kept = RaterItem.objects.create(rater=first, instrument="goi", item="plan", chosen_at=moment)
    assert str(kept) == "goi plan None"
    assert str(first) == f"{first.visit_id} 1"
    assert str(first.visit) == f"{first.visit.service_id} 2026-11-24"
