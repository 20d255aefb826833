"""The figures that are published or worked out by hand, each as the engine has to find it."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessments import scoring
from assessments.figures import rating
from assessments.instruments import GOI, ILS, IMR_FIDELITY, IMRS, PRESS
from assessments.scoring import band, contrast, laddered, pooled, reached, score, shown
from tests.assessments.second_wave import ICS, NHS, WCQ


def given(instrument, answers: str) -> dict:
    """Answers in the order of the form, one sign each: a figure, a level, or – for none."""
    pairs = zip(instrument.items, answers.replace(" ", ""), strict=True)
    return {item: int(one) if one.isdigit() else one for item, one in pairs if one != "–"}


def four_decimals(figure) -> str | None:
    return None if figure is None else str(scoring.rounded(figure, 4))


# The IMR Fidelity Scale

# The study's services A to I (Egeland and others 2019); E had no total.
STUDY = [
    ("A", 61, "4.69"),
    ("B", 62, "4.77"),
    ("C", 61, "4.69"),
    ("D", 62, "4.77"),
    ("E", None, None),
    ("F", 60, "4.62"),
    ("G", 60, "4.62"),
    ("H", 58, "4.46"),
    ("I", 55, "4.23"),
]


@pytest.mark.parametrize(("service", "points", "published"), STUDY)
def test_the_nine_services_of_the_study_have_their_published_totals(service, points, published):
    if points is None:  # service E, which was not rated to the end
        ratings = dict.fromkeys(IMR_FIDELITY.items[:11], 5)
    else:
        fives = points - 4 * 13
        ratings = {item: 5 if at < fives else 4 for at, item in enumerate(IMR_FIDELITY.items)}
        assert sum(ratings.values()) == points

    total = score(ratings, IMR_FIDELITY).total

    assert (total and rating(total)) == published
    assert total is None or band(total, IMR_FIDELITY) == "high"


# Six Dutch groups (Roosenschoon and others 2016, table 4).
DUTCH = [
    ("A", "4 5 5 5 3 5 5 5 5 5 3 2 2", 54, "4.1538", "high"),
    ("B", "5 5 5 5 1 5 4 4 5 4 2 2 2", 49, "3.7692", "moderate"),
    ("C", "5 5 5 5 3 5 2 4 5 4 2 3 2", 50, "3.8462", "moderate"),
    ("D", "5 5 5 5 3 5 5 5 5 5 4 1 2", 55, "4.2308", "high"),
    ("E", "4 5 5 5 3 5 1 5 5 4 3 3 1", 49, "3.7692", "moderate"),
    ("F", "5 5 5 5 3 5 2 5 5 4 2 3 3", 52, "4.0000", "high"),
]


@pytest.mark.parametrize(("group", "items", "points", "mean", "named"), DUTCH)
def test_the_six_dutch_groups_are_right_to_the_item(group, items, points, mean, named):
    ratings = given(IMR_FIDELITY, items)
    total = score(ratings, IMR_FIDELITY).total

    assert total == Fraction(points, 13)
    assert (four_decimals(total), band(total, IMR_FIDELITY)) == (mean, named)
    assert [band(one, IMR_FIDELITY) for one in ratings.values()] == [
        "high" if one >= 4 else "moderate" if one == 3 else "low" for one in map(int, items.split())
    ]


@pytest.mark.parametrize(("instrument", "enough"), [(IMR_FIDELITY, 12), (GOI, 11), (PRESS, 3), (IMRS, 12), (WCQ, 5)])
def test_one_item_fewer_than_needed_leaves_no_total(instrument, enough):
    assert score(dict.fromkeys(instrument.items[:enough], 3), instrument).total == 3
    assert score(dict.fromkeys(instrument.items[: enough - 1], 3), instrument).total is None
    assert score({}, instrument).total is None


def test_a_total_that_would_look_like_a_better_band_shows_three_decimals():
    total = Fraction(3996, 1000)

    assert (band(total, IMR_FIDELITY), str(shown(total, IMR_FIDELITY))) == ("moderate", "3.996")
    assert str(shown(total, ILS)) == "4.00"  # no bands to contradict
    assert band(total, ILS) == ""


# The General Organizational Index

PENETRATION = GOI.by_key["penetration"]


@pytest.mark.parametrize(
    ("ratio", "step"),
    [
        ("0", 1),
        (".20", 1),
        (".2001", 2),
        (".21", 2),
        (".40", 2),
        (".41", 3),
        (".60", 3),
        (".61", 4),
        (".80", 4),
        (".8001", 5),
        (".81", 5),
        ("1", 5),
    ],
)
def test_g3_is_worked_out_and_a_limit_belongs_to_the_step_below(ratio, step):
    assert laddered(Fraction(ratio), PENETRATION, GOI) == laddered(Decimal(ratio), PENETRATION, GOI) == step
    assert PENETRATION.ladder.computed


def test_g3_is_counted_against_those_who_are_tracked_or_else_against_four_fifths_of_the_target():
    tracked = reached(12, PENETRATION, eligible=72, target=120)
    estimated = reached(12, PENETRATION, target=120)

    assert (tracked.share, tracked.eligible, tracked.estimated) == (Fraction(1, 6), 72, False)
    assert (estimated.share, estimated.eligible, estimated.estimated) == (Fraction(1, 8), 96, True)
    assert reached(0, PENETRATION, eligible=0) is None
    assert reached(5, PENETRATION) is None
    assert reached(5, GOI.by_key["training"], target=120) is None


def test_the_groups_of_ours_stand_beside_the_total_and_leave_g3_out():
    found = score(given(GOI, "1 5 3 5 5 5 1 1 1 1 1 5"), GOI)

    assert (found.subscales["individualisation"], found.subscales["quality_improvement"]) == (5, 1)
    assert found.total == Fraction(34, 12)


@pytest.mark.parametrize(
    ("item", "figure", "step"),
    [
        ("people_in_session", 16, 1),
        ("people_in_session", 15, 2),
        ("people_in_session", 12, 3),
        ("people_in_session", 10, 4),
        ("people_in_session", 9, 4),
        ("people_in_session", 8, 5),
        ("program_length", Fraction(19, 100), 1),
        ("handouts", Fraction(20, 100), 2),
        ("goal_setting", Fraction(69, 100), 3),
        ("goal_followup", Fraction(70, 100), 4),
        ("goal_followup", Fraction(90, 100), 5),
        ("significant_others", Fraction(29, 100), 2),
        ("significant_others", Fraction(1, 2), 5),
    ],
)
def test_counts_of_the_record_propose_a_rating(item, figure, step):
    described = IMR_FIDELITY.by_key[item]

    assert laddered(figure, described, IMR_FIDELITY) == step
    assert not described.ladder.computed


def test_items_that_only_people_can_judge_take_no_figure():
    assert [item.number for item in IMR_FIDELITY.described if item.ladder] == ["1", "2", "4", "5", "6", "7"]
    with pytest.raises(ValueError, match="cbt is not rated from a figure"):
        laddered(1, IMR_FIDELITY.by_key["cbt"], IMR_FIDELITY)


# The Implementation Leadership Scale


@pytest.mark.parametrize(
    ("answers", "parts", "total", "gap"),
    [
        ("221 333 434 232", ("1.6667", "3.0000", "3.6667", "2.3333"), "2.6667", "1.6667"),
        ("2–3 333 434 232", ("2.5000", "3.0000", "3.6667", "2.3333"), "2.8750", "1.2500"),
        ("2–3 ––2 434 232", ("2.5000", None, "3.6667", "2.3333"), None, "1.2500"),
        ("221 333 4–– 232", ("1.6667", "3.0000", None, "2.3333"), None, None),
    ],
)
def test_one_answer_about_leadership(answers, parts, total, gap):
    found = score(given(ILS, answers), ILS)

    assert tuple(map(four_decimals, found.subscales.values())) == parts
    assert four_decimals(found.total) == total
    assert four_decimals(contrast(found.subscales, ILS.contrasts[0])) == gap


def test_the_norwegian_reference_has_a_gap_of_a_little_over_a_half():
    (norm,) = ILS.norms
    gap = contrast(norm.means, ILS.contrasts[0])

    assert gap == Fraction("0.54")
    assert gap < ILS.contrasts[0].talk_above == 1


def test_a_team_is_the_mean_of_its_people_and_not_of_its_items():
    people = [score(given(ILS, one), ILS) for one in ("4–4 222 222 222", "000 222 222 222", "000 222 222 –––")]
    team = pooled(people, ILS, fewest=2)

    assert team.respondents == 3
    assert team.subscales["proactive"].mean == Fraction(4, 3)  # of the items it would have been 8/8
    assert (team.subscales["perseverant"].respondents, team.subscales["perseverant"].mean) == (2, 2)
    assert (team.total.respondents, team.total.mean) == (2, Fraction(2))


def test_no_figure_of_fewer_people_than_agreed_even_where_more_have_answered():
    people = [score(given(ILS, one), ILS) for one in ("222222222222", "222222222222", "222222222–––")]

    team = pooled(people, ILS, fewest=3)

    assert team.subscales["supportive"].mean == 2
    assert team.subscales["perseverant"].mean is None
    assert team.total.mean is None


# The second wave, as data


@pytest.mark.parametrize(("level", "total", "named"), [
    ("A", "100.0", "optimism"),
    ("B", "49.9", "between"),
    ("C", "39.7", "act"),
    ("D", "0", "act"),
])  # fmt: skip
def test_the_totals_of_the_nhs_model(level, total, named):
    found = score(dict.fromkeys(NHS.items, level), NHS).total

    assert found == Fraction(total)
    assert band(found, NHS) == named
    assert score(dict.fromkeys(NHS.items[1:], level), NHS).total is None


def test_leadership_alone_can_give_thirty_of_a_hundred():
    levels = dict.fromkeys(NHS.items, "D") | {"senior": "A", "clinical": "A"}

    assert score(levels, NHS).total == 30


def test_a_scale_of_seven_steps_and_sub_scales_of_unequal_size():
    assert score(given(WCQ, "7 7 7 7 7 –"), WCQ).total == 7
    assert score(given(ICS, "444 000 00 000 000"), ICS).total == Fraction(4, 5)


@pytest.mark.parametrize(
    ("instrument", "answers"),
    [
        (WCQ, {"choice": 8}),
        (ILS, {"plan": 5}),
        (ILS, {"plan": "4"}),
        (ILS, {"plan": True}),
        (IMRS, {"coping": 0}),
        (NHS, {"senior": "E"}),
        (NHS, {"senior": 3}),
        (PRESS, {"kindness": 2}),
    ],
)
def test_an_answer_that_an_instrument_does_not_have_is_refused(instrument, answers):
    with pytest.raises(ValueError, match=next(iter(answers))):
        score(answers, instrument)
