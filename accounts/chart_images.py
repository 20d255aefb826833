"""Charts for documents: the drawing of a page with inks of its own, as an image with its sentence for its text."""

from base64 import b64encode
from dataclasses import dataclass

from django.template.loader import render_to_string


@dataclass(frozen=True)
class Image:
    """An image for a document: its address, and what it says in words."""

    src: str
    said: str


def image(drawing: str, context: dict, *, width: int, said: str) -> Image:
    """A drawing's template as an image; `width` in the pixels of CSS, 96 to the inch."""
    svg = render_to_string(drawing, context | {"printed": width})
    return Image(src=f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}", said=said)
