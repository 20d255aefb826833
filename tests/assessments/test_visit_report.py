"""The report of a visit: what it gathers, in what order, and that the total is the consensus' alone."""

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import visits
from assessments.instruments import GOI, IMR_FIDELITY
from assessments.models import Recommendation
from assessments.visit_reading import report_of
from assessments.visit_report import Advice, Earlier, GivenItem, VisitReport, reported_scale, to_talk_about
from tests.factories import make_organisation_rating, make_rated_visit, make_rating, make_service

seeds = st.integers(0, 2**32).map(Random)  # one draw for a whole visit: item by item hypothesis is slow


def one_rater(instrument, random: Random) -> dict[str, GivenItem]:
    """Any ratings, some items not rateable."""
    found = {item: random.choice([None, 1, 2, 3, 4, 5, 4, 4]) for item in instrument.items}
    return {item: GivenItem(step, not_rateable="" if step else "Not seen") for item, step in found.items()}


def report(*scales) -> VisitReport:
    return VisitReport(date(2026, 11, 24), "", None, None, ("Kari", "Ada"), *scales)


@given(seeds)
def test_every_item_is_talked_about_once_those_wide_apart_first_and_those_alike_last(random):
    scales = [reported_scale(one, *(one_rater(one, random) for _who in range(3))) for one in (IMR_FIDELITY, GOI)]

    order = [one for _scale, one in to_talk_about(report(*scales))]

    assert len(order) == len({one.item for one in order}) == 25
    kinds = [0 if one.is_wide else 2 if one.is_alike else 1 for one in order]
    assert kinds == sorted(kinds)
    wide = [one.steps for one in order if one.is_wide]
    assert wide == sorted(wide, reverse=True)
    assert all(step >= 2 for step in wide)


@given(seeds)
def test_b07_agreement_is_of_the_two_and_the_total_of_the_consensus(random):
    first, second, agreed = (one_rater(IMR_FIDELITY, random) for _who in range(3))
    scale = reported_scale(IMR_FIDELITY, first, second, agreed)

    settled = [one.rating for one in agreed.values() if one.rating]
    assert scale.rated == len(settled)
    assert scale.total == (Fraction(sum(settled), len(settled)) if len(settled) >= 12 else None)
    pairs = [(first[item].rating, second[item].rating) for item in IMR_FIDELITY.items]
    rated = [pair for pair in pairs if None not in pair]
    if rated:
        assert scale.agreement.exact == Fraction(sum(one == other for one, other in rated), len(rated))
    else:
        assert scale.agreement is None
    assert [one.agreed.rating for one in scale.lowest()] == sorted(step for step in settled if step < 3)


def test_the_band_is_decided_on_the_unrounded_total():
    def total_of(**low):
        agreed = {item: GivenItem(low.get(item, 4)) for item in IMR_FIDELITY.items}
        return reported_scale(IMR_FIDELITY, {}, {}, agreed)

    assert (total_of().total, total_of().band) == (4, "high")
    assert (total_of(cbt=3).total, total_of(cbt=3).band) == (Fraction(51, 13), "moderate")
    assert reported_scale(IMR_FIDELITY, {}, {}, {}).band == ""


def test_published_agreement_is_that_of_its_own_instrument():
    assert reported_scale(IMR_FIDELITY, {}, {}, {}).published_exact == Fraction(94, 100)
    assert reported_scale(GOI, {}, {}, {}).published_exact == Fraction(86, 100)


@pytest.mark.django_db
def test_a_visit_is_read_with_everything_that_a_report_needs(clock):
    service = make_service("f")
    for month, items in ((2, {"cbt": 2}), (5, {}), (6, {"cbt": 3}), (8, {"cbt": 4})):
        make_rating(service, rated_on=date(2026, month, 1), total=Decimal(3), items=items)
    make_rating(service, rated_on=date(2026, 11, 25), total=Decimal(3), items={"cbt": 1})  # after the visit
    make_organisation_rating(service, rated_on=date(2026, 2, 1))
    visit = make_rated_visit(service, covers="The four on Tuesdays", practitioners=4, patients=12)
    rater = visit.raters.get(number=1)
    visit = visits.agree(visit, by=rater.member, on=date(2026, 11, 25))
    advice = Recommendation.objects.create(rating=visit.rating, about="imr_fidelity:cbt", text="Practise")

    found = report_of(visit, actions={advice.pk: ["Practise, Kari Nes, open"]})

    assert (found.on, found.covers, found.practitioners, found.patients) == (
        date(2026, 11, 24),
        "The four on Tuesdays",
        4,
        12,
    )
    assert found.raters == ("Kari Nes", "Ada Vik")
    assert [scale.instrument for scale in found.scales] == [IMR_FIDELITY, GOI]
    assert found.fidelity.earlier == tuple(Earlier(date(2026, month, 1), Decimal(3)) for month in (2, 5, 6, 8))
    assert found.fidelity.profiles_of == (date(2026, 8, 1), date(2026, 6, 1))
    assert next(one.before for one in found.fidelity.items if one.item.key == "cbt") == (4, 3)
    assert [one.total for one in found.organisation.earlier] == [Decimal("3.5")]
    assert found.reached == {"receiving": 13, "against": "20", "estimated": False}
    assert found.advice == (Advice("Practise", "imr_fidelity:cbt", ("Practise, Kari Nes, open",)),)
    assert found.agreed_on == date(2026, 11, 25)
    with pytest.raises(FrozenInstanceError):
        found.covers = ""
