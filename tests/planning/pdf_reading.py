"""Reading a PDF in tests: its words, its structure, its fonts."""

import io
import re
import subprocess
from dataclasses import dataclass
from datetime import date
from functools import cache

import pikepdf

ABOVE_THE_FOOT = ["-x", "0", "-y", "0", "-W", "596", "-H", "772"]  # of an A4 page, in points


def text_of(pdf: bytes, *, first: int = 1, last: int | None = None, foot: bool = True) -> str:
    """The words of some pages in the order in which they were written; without `foot` those of the text alone."""
    pages = ["-f", str(first)] + (["-l", str(last)] if last else []) + ([] if foot else ABOVE_THE_FOOT)
    done = subprocess.run(
        ["pdftotext", "-raw", *pages, "-", "-"], input=pdf, capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode()


@cache
def squeezed(text: str) -> str:
    """`text` without spaces and hyphens, so that lines may break anywhere."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def says(text: str, words: str) -> bool:
    """Whether `words` stand in `text`, however its lines are broken."""
    return squeezed(words) in squeezed(text)


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The document as pikepdf sees it."""
    return pikepdf.open(io.BytesIO(pdf))


@dataclass(frozen=True)
class Inside:
    """A file within a PDF."""

    description: str
    kind: str
    created_on: date
    content: bytes


def files_inside(pdf: bytes) -> dict[str, Inside]:
    """The files within, by name; copied out, as pikepdf's own views of them do not outlive the document."""
    with opened(pdf) as document:
        return {
            name: Inside(
                one.description,
                one.get_file().mime_type,
                one.get_file().creation_date.date(),
                one.get_file().read_bytes(),
            )
            for name, one in document.attachments.items()
        }


def structure(pdf: bytes) -> list[tuple[int, str]]:
    """(depth, kind) of each element of the tag tree, in reading order."""
    found: list[tuple[int, str]] = []

    def walk(element, depth: int) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child, depth)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append((depth, str(element.S).lstrip("/")))
            if "/K" in element:
                walk(element.K, depth + 1)

    document = opened(pdf)
    walk(document.Root.StructTreeRoot.K, 0)
    return found


def font_families(pdf: bytes) -> set[str]:
    """The families of all fonts, each of which is embedded, without the tags of their subsets."""
    names = set()
    document = opened(pdf)
    for obj in document.objects:
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in obj, "a font is not embedded"
            names.add(str(obj["/FontName"]).partition("+")[2].partition("-")[0])
    return names
