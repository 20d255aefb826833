"""B07: a series over time, with its limits from twelve figures on, and the same chart for pages and documents."""

from base64 import b64decode
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from assessments import control_limits, run_charts, series

FIRST = date(2025, 1, 1)
# The vector of the reference, section 12: its first twelve set the limits, which the last points leave.
VECTOR = "3.1 3.0 3.4 2.9 3.2 3.3 3.0 3.1 3.5 3.6 3.7 3.6 3.8 3.7 3.9 3.8"


def figures(values):
    return [(FIRST + number * timedelta(days=30), Decimal(value)) for number, value in enumerate(values)]


def shown(values, **options):
    return run_charts.shown(figures(values), name="Sessions held", with_limits=True, **options)


@pytest.mark.parametrize(("points", "limits"), [(2, 0), (9, 0), (11, 0), (12, 2), (16, 2)])
def test_b07_limits_come_with_the_twelfth_figure(points, limits):
    chart = shown(VECTOR.split()[:points])

    assert len(chart.drawn.limits) == limits
    assert chart.marks == bool(limits)
    assert ("By the limits of the first twelve" in chart.sentence) == bool(limits)
    assert ("too few points to judge" in chart.sentence) == (points < 10)


def test_b07_the_limits_stay_those_of_the_first_twelve():
    twelve, sixteen = shown(VECTOR.split()[:12]), shown(VECTOR.split())

    assert twelve.limits_words == sixteen.limits_words


def test_b07_what_stands_out_is_marked_in_the_drawing_and_said_in_the_table():
    chart = shown([*[4, 5] * 6, 30])

    assert [dot.marked for dot in chart.drawn.dots] == [False] * 12 + [True]
    assert [row.mark for row in chart.rows] == ["outside the limits"] + [""] * 12
    assert "1 figure stands out: outside the limits." in chart.sentence


def test_b07_figures_that_never_varied_have_no_limits():
    assert shown([4] * 14).drawn.limits == ()


@pytest.mark.parametrize(
    ("better", "words"),
    [
        ("up", "Higher is better here."),
        ("down", "Lower is better here."),
        ("neither", "Neither more nor less is better in itself."),
    ],
)
def test_b07_a_series_says_which_way_is_better(better, words):
    assert shown([3, 5, 4], better=better).sentence.endswith(words)
    assert not any(str(other) in shown([3, 5, 4]).sentence for other in run_charts.DIRECTIONS.values())


@given(st.lists(st.integers(min_value=0, max_value=40), min_size=2, max_size=30))
def test_b07_every_chart_has_its_points_its_table_and_a_sentence_by_the_rules(values):
    with translation.override("en"):
        chart = shown(values)

    assert len(chart.drawn.dots) == len(chart.rows) == len(values)
    assert (chart.drawn.median is not None) == (len(values) >= series.FEWEST_POINTS)
    assert not (len(values) < series.FEWEST_POINTS and "Something has changed" in chart.sentence)
    if chart.marks:
        within = control_limits.limits([Decimal(value) for value in values], baseline=12)
        seen = control_limits.signals([Decimal(value) for value in values], within)
        marked = {number for points in seen.values() for number in points}
        assert {number for number, dot in enumerate(chart.drawn.dots, 1) if dot.marked} == marked
    else:
        assert not any(dot.marked for dot in chart.drawn.dots)


def test_p06_the_same_chart_is_an_image_for_documents():
    chart = shown(VECTOR.split(), better="up")

    image = run_charts.as_image(chart, width=460)

    drawing = ElementTree.fromstring(b64decode(image.src.removeprefix("data:image/svg+xml;base64,")))
    name = {part.tag.rpartition("}")[2]: part.text for part in drawing if part.text}
    classes = [part.get("class") for part in drawing.iter()]
    page = render_to_string("components/run_chart.html", {"chart": chart, "id": "series"})
    assert image.said == name["desc"] == chart.sentence
    assert name["title"] == "Sessions held"
    for kind in ("chart-dot", "chart-line", "chart-median", "chart-limit", "chart-ring"):
        assert classes.count(kind) == page.count(f'class="{kind}"') > 0, kind
        assert f".{kind}" in name["style"]


def test_b07_no_language_puts_a_comma_into_a_place():
    with translation.override("nb"):
        page = render_to_string("components/run_chart_drawing.html", {"drawn": shown(VECTOR.split()).drawn, "id": "x"})

    places = [part.split('"')[1] for part in page.split() if part.startswith(("x1=", "y1=", "cx=", "cy=", "y="))]
    assert len(places) > 40
    assert not [place for place in places if "," in place]


def test_b07_no_limit_lies_where_no_figure_can():
    counts = [(day, Decimal(value)) for day, value in figures([0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0])]

    chart = run_charts.shown(counts, name="Dropped out", with_limits=True, scale=(0, None))

    assert chart.limits_words.startswith("dotted: limits 0.00 and ")
    assert chart.drawn.ticks[0].value == 0
