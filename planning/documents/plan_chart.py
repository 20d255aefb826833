"""The chart of hours in a plan: drawn from what the plan says of time, as an image with its sentence for its text."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from accounts.chart_images import Image, image
from planning.hours_in_view import HoursInView, Range
from planning.risks.snapshot import Week
from planning.wording.hours import shown

WIDTH = 460  # in the pixels of CSS, 96 to the inch: a little less than the text of a page


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
