"""Means, bands and their roundings; the items and their words."""

from decimal import Decimal

import pytest
from django.utils import translation

from assessments import scoring
from assessments.figures import average, few, rating
from assessments.instruments import IMR_FIDELITY
from assessments.wording import said

# Six Dutch groups (Roosenschoon and others 2016, table 4): the items in order, the sum, the mean, the band.
GROUPS = [
    ("4555355555322", 54, "4.1538461538", "high"),
    ("5555154454222", 49, "3.7692307692", "moderate"),
    ("5555352454232", 50, "3.8461538462", "moderate"),
    ("5555355555412", 55, "4.2307692308", "high"),
    ("4555351554331", 49, "3.7692307692", "moderate"),
    ("5555352554233", 52, "4.0000000000", "high"),
]


@pytest.mark.parametrize(("ratings", "total", "mean", "band"), GROUPS)
def test_the_published_ratings_have_their_published_means(ratings, total, mean, band):
    rated = dict(zip(IMR_FIDELITY.items, map(int, ratings), strict=True))

    assert sum(rated.values()) == total
    assert scoring.mean(rated, IMR_FIDELITY) == Decimal(mean)
    assert scoring.band(scoring.mean(rated, IMR_FIDELITY)) == band


def test_twelve_items_have_a_mean_and_eleven_have_none():
    rated = dict.fromkeys(IMR_FIDELITY.items, 4)

    rated.pop("cbt")
    assert scoring.mean(rated, IMR_FIDELITY) == 4
    rated.pop("handouts")
    assert scoring.mean(rated, IMR_FIDELITY) is None


@pytest.mark.parametrize("wrong", [{"cbt": 0}, {"cbt": 6}, {"warmth": 3}])
def test_what_the_scale_does_not_have_is_no_rating(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        scoring.mean(dict.fromkeys(IMR_FIDELITY.items, 4) | wrong, IMR_FIDELITY)


@pytest.mark.parametrize(
    ("typed", "computed", "right"),
    [
        ("4.38", "4.3846153846", True),
        ("4.4", "4.3846153846", True),
        ("4.385", "4.3846153846", True),
        ("4.3846153846", "4.3846153846", True),
        ("4.39", "4.3846153846", False),
        ("4.3", "4.3846153846", False),
        ("4", "4.3846153846", False),
        ("4", "4.0000000000", True),
        ("4.00", "4.0000000000", True),
        ("4.25", "4.2500000000", True),
        ("4.3", "4.2500000000", True),
    ],
)
def test_a_mean_of_the_score_sheet_agrees_when_it_is_the_rounded_one(typed, computed, right):
    assert scoring.agrees(Decimal(typed), Decimal(computed)) is right


@pytest.mark.parametrize(
    ("figure", "shown", "band"),
    [
        ("3.996", "3.996", "moderate"),
        ("3.9999999999", "3.999", "moderate"),
        ("4", "4.00", "high"),
        ("4.385", "4.39", "high"),
        ("2.995", "2.995", "low"),
        ("3", "3.00", "moderate"),
        ("1", "1.00", "low"),
    ],
)
def test_bands_are_decided_on_the_unrounded_figure_and_shown_so(figure, shown, band):
    assert rating(Decimal(figure)) == shown
    assert scoring.band(Decimal(figure)) == band


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [("4", "4.24", 0), ("4", "4.25", 1), ("4.25", "4", -1), ("4.24", "4", 0), ("4", "4", 0)],
)
def test_a_change_of_less_than_a_quarter_is_none(before, now, change):
    assert scoring.change(Decimal(before), Decimal(now)) == change


def test_every_item_has_its_words_in_both_languages():
    assert len(IMR_FIDELITY.items) == 13
    for language in ("en", "nb"):
        with translation.override(language):
            names = [str(said(item.name)) for item in IMR_FIDELITY.described]
            assert len(set(names)) == 13
            assert all(str(said(item.about)).endswith(".") for item in IMR_FIDELITY.described)


def test_figures_are_written_as_the_language_does():
    with translation.override("nb"):
        assert (rating(Decimal("4.3846153846")), average(Decimal("2.125"))) == ("4,38", "2,13")
        assert [few(count) for count in (0, 1, 4, 5, "<5")] == ["0", "<5", "<5", "5", "<5"]
