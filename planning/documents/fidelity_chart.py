"""The profile of a scale in a fidelity report: its items on one scale, names beside them, for paper.

What a page shows (`components/profile_chart_drawing.html`) puts the name of an item above its line, as a phone is
narrow. Paper is wide, and thirteen items must fit beside their table.
"""

from accounts.chart_images import Image, image
from planning.documents.pages import shorten

WIDTH = 650  # in the pixels of CSS, 96 to the inch: a little less than the text of a page
LINE_HEIGHT = 22
HEAD = 22
FROM, TO = 330, 600  # where the scale begins and ends across; names to the left of it, figures to the right
NAME_LIMIT = 46


def profile(scale: dict, said: str) -> Image:
    """The items of a report's scale as dots, those of the visit before as rings."""
    steps = range(scale["lowest"], scale["highest"] + 1)
    rows = [
        {
            "label": shorten(one["name"], NAME_LIMIT),
            "words": "–" if one["rating"] is None else str(one["rating"]),
            "y": HEAD + LINE_HEIGHT * place + LINE_HEIGHT // 2,
            "now_x": _across(one["rating"], scale),
            "before_x": _across(one["before"][0] if one["before"] else None, scale),
        }
        for place, one in enumerate(scale["items"])
    ]
    context = {
        "rows": [row | {"letters_y": row["y"] + 4} for row in rows],
        "steps": [
            {"x": _across(step, scale), "words": step, "is_limit": step in profile_limits(scale)} for step in steps
        ],
        "height": HEAD + LINE_HEIGHT * len(rows) + 2,
        "from_x": FROM,
        "to_x": TO,
        "id": scale["key"],
        "name": scale["name"],
        "said": said,
    }
    return image("documents/v1/fidelity/profile_drawing.html", context, width=WIDTH, said=said)


def profile_limits(scale: dict) -> tuple[int, ...]:
    """The steps at which a band begins, drawn as lines."""
    return tuple(limit for limit in (3, 4) if scale["lowest"] < limit <= scale["highest"])


def _across(step: int | None, scale: dict) -> str:
    if step is None:
        return ""
    return str(round(FROM + (TO - FROM) * (step - scale["lowest"]) / (scale["highest"] - scale["lowest"])))
