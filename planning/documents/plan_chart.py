"""The charts in a plan: drawn from what the plan says, each as an image with its sentence for its text."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext

from accounts.chart_images import Image, image
from assessments import run_charts
from assessments.models import OutcomeRound
from planning.hours_in_view import HoursInView, Range
from planning.risks.snapshot import Week
from planning.wording.hours import shown

WIDTH = 460  # in the pixels of CSS, 96 to the inch: a little less than the text of a page
FIDELITY_SCALE = OUTCOME_SCALE = (1, 5)


def hours_chart(time: dict) -> Image:
    """The four figures of a plan's `time` (`planning.documents.plan_time.hours`), in the active language."""
    view = shown(in_view(time))
    context = {"drawn": view.drawn, "id": "time", "name": view.name, "said": view.sentence}
    return image("components/time_chart_drawing.html", context, width=WIDTH, said=view.sentence)


def in_view(time: dict) -> HoursInView:
    """What a plan's `time` comes to; its figures are written with a point in every language."""
    need = time["need"]
    told = [one for one in time["weeks"] if one["set_aside"]]
    why = "too_few" if time["too_few_reported"] else "few_hold_hours" if time["weeks"] else "no_weeks"
    return HoursInView(
        need=Range(*(Fraction(need[case]) for case in ("low", "typical", "high"))) if need else None,
        promised=Fraction(time["total"]),
        weeks=tuple(
            Week(date.fromisoformat(one["week_on"]), 0, Decimal(one["set_aside"]), Decimal(one["kept"]), Decimal(0))
            for one in told
        ),
        why_unknown=None if told else why if time["recorded"] else "nothing_set_aside",
    )


def fidelity_chart(ratings: list[dict]) -> Image | None:
    """Fidelity over time by a plan's `fidelity`; None for too few ratings to draw."""
    return _run([(one["rated_on"], one["figure"]) for one in ratings], gettext("Fidelity by visit"), FIDELITY_SCALE)


def outcomes_chart(results: list[dict]) -> Image | None:
    """What patients said of themselves over time, by a plan's `assessments`; None for too few rounds to draw."""
    means = [
        (one["measured_on"], one["figures"][0]["figure"])
        for one in results
        if one["instrument"] == OutcomeRound.Form.PATIENT and one["figures"]
    ]
    return _run(means, gettext("Patients' own ratings by round"), OUTCOME_SCALE)


def _run(figures: list[tuple[str, str]], name: str, scale: run_charts.Scale) -> Image | None:
    """A run chart of (ISO date, figure), the latest first as a plan lists them."""
    known = [(date.fromisoformat(on), Decimal(figure)) for on, figure in reversed(figures)]
    chart = run_charts.shown(known, name=name, better="up", with_limits=True, scale=scale)
    return run_charts.as_image(chart, width=WIDTH) if chart else None
