"""What a change of a group's outcome means: the interval, the smallest reliable change, and five patients at least."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.group_change import Round, change, deviation, reliable_change, shares, t_quantile
from assessments.instruments import IMRS


def measured(patients, mean, sd="0.5") -> Round:
    return Round(patients, Decimal(mean), Decimal(sd))


@pytest.mark.parametrize(("form", "smallest"), [("patient", "0.64"), ("practitioner", "0.52")])
def test_the_smallest_reliable_change_of_the_reference(form, smallest):
    reliability = IMRS.reliability

    assert str(round(reliable_change(reliability.assumed_sd, reliability.retest[form]), 2)) == smallest


@pytest.mark.parametrize(("patients", "sd"), [(None, "0.5"), (19, "0.5"), (20, "0.8")])
def test_the_services_own_deviation_counts_from_twenty_patients_on(patients, sd):
    own = measured(patients, 3, "0.8") if patients else None

    assert deviation(IMRS.reliability, own) == Decimal(sd)


# Of any table of Student's distribution, 5 % to both sides.
@pytest.mark.parametrize(("freedom", "quantile"), [
    (1, "12.706"),
    (2, "4.303"),
    (4, "2.776"),
    (5, "2.571"),
    (8, "2.306"),
    (9, "2.262"),
    (18, "2.101"),
    (30, "2.042"),
    (120, "1.980"),
    (1001, "1.962"),
])  # fmt: skip
def test_the_quantiles_are_those_of_the_tables(freedom, quantile):
    assert f"{t_quantile(freedom):.3f}" == quantile


def test_a_change_has_an_interval():
    found = change(measured(10, "3.0"), measured(10, "3.5"))

    assert (found.mean, str(round(found.low, 4)), str(round(found.high, 4))) == (Decimal("0.5"), "0.0302", "0.9698")
    assert found.clear


@pytest.mark.parametrize(("now", "clear"), [("3.46", False), ("3.0", False), ("2.54", False), ("2.5", True)])
def test_a_change_within_the_interval_may_be_chance(now, clear):
    assert change(measured(10, "3.0"), measured(10, now)).clear is clear


def test_groups_of_unequal_size_and_spread_have_the_wider_interval_of_welch():
    # By hand: variance .64/6 + .09/20; 5.4 degrees of freedom, of which 5 are used.
    found = change(measured(6, "3.0", "0.8"), measured(20, "3.6", "0.3"))

    assert str(round(found.high - found.mean, 3)) == "0.857"


def test_nobody_differs_and_nothing_is_wide():
    found = change(measured(6, "3.0", "0"), measured(6, "3.2", "0"))

    assert (found.low, found.mean, found.high) == (Decimal("0.2"),) * 3


@pytest.mark.parametrize(("before", "now", "said"), [(4, 30, False), (30, 4, False), (5, 5, True)])
def test_no_change_of_fewer_than_five_patients(before, now, said):
    assert (change(measured(before, 3), measured(now, 4)) is not None) is said


def test_shares_with_a_reliable_change_of_five_patients_at_least():
    found = shares(3, 1, 1)

    assert (found.better, found.same, found.worse) == (Fraction(3, 5), Fraction(1, 5), Fraction(1, 5))
    assert shares(3, 1, 0) is None
