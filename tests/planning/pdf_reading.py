"""Reading a PDF in tests: its words, its structure, its fonts."""

import io
import re
import subprocess
from dataclasses import dataclass
from datetime import date
from functools import cache

import pikepdf

ABOVE_THE_FOOT = ["-x", "0", "-y", "0", "-W", "596", "-H", "760"]  # of an A4 page, in points


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


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page without its foot, in the order in which they were written."""
    return text_of(pdf, foot=False).split("\f")[:-1]


def words_with_places(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Where each word stands on its page: left, top, right and bottom, in points from the upper left corner."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">', done.stdout.decode())
    return [tuple(map(float, place)) for place in found]


def fonts(pdf: bytes) -> list[tuple[str, str, str]]:
    """(name, whether it is embedded, whether only in part) of each font, as pdffonts tells them."""
    done = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    lines = [line.split() for line in done.stdout.decode().splitlines()[2:]]
    return [(line[0], line[-5], line[-4]) for line in lines]


def elements(document: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """The elements of one kind in the tag tree, in reading order; they live as long as the document does."""
    found: list[pikepdf.Dictionary] = []

    def walk(element) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            if kind == element.S:
                found.append(element)
            walk(element.get("/K"))

    walk(document.Root.StructTreeRoot.K)
    return found


def below(element: pikepdf.Dictionary, kind: str) -> list[pikepdf.Dictionary]:
    """The elements of one kind under another one, at any depth."""
    found = []
    children = element.get("/K")
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found += [child] if kind == child.S else []
            found += below(child, kind)
    return found


def heads_of(cell: pikepdf.Dictionary) -> set[str]:
    """The names of the heads that a cell of a table says to stand under."""
    attributes = cell.get("/A", pikepdf.Array())
    found: set[str] = set()
    for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        found |= {str(name) for name in one.get("/Headers", [])}
    return found


def letter_sizes(pdf: bytes) -> set[float]:
    """The sizes of all letters, in points on the paper, those within drawings included."""
    found: set[float] = set()
    for page in opened(pdf).pages:
        _sizes(page, pikepdf.Matrix(), found)
    return found


def _sizes(where, at: pikepdf.Matrix, found: set[float]) -> None:
    """Follow how the paper is stretched through a stream and the drawings it calls."""
    within, size, stack, text = at, 0.0, [], pikepdf.Matrix()
    drawings = where.get("/Resources", {}).get("/XObject", {})
    for operands, operator in pikepdf.parse_content_stream(where):
        match str(operator):
            case "q":
                stack.append((within, size))
            case "Q":
                within, size = stack.pop()
            case "cm":
                within = pikepdf.Matrix(*map(float, operands)) @ within
            case "BT":
                text = pikepdf.Matrix()
            case "Tm":
                text = pikepdf.Matrix(*map(float, operands))
            case "Tf":
                size = float(operands[1])
            case "Tj" | "TJ":
                stretched = text @ within
                found.add(round(size * abs(stretched.a * stretched.d - stretched.b * stretched.c) ** 0.5, 2))
            case "Do":
                drawing = drawings[str(operands[0])]
                if drawing.get("/Subtype") == "/Form":
                    own = pikepdf.Matrix(*map(float, drawing.get("/Matrix", [1, 0, 0, 1, 0, 0])))
                    _sizes(drawing, own @ within, found)


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
