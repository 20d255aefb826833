"""What documents cost: each made in a process of its own, then the same HTML printed by headless Chromium.

Cold is a new process: Python, Django, WeasyPrint and the fonts are loaded, then one document is made; for Chromium it
is the start of the browser and one print. Warm is the same once more in that process: what a worker, or a browser kept
running, needs for the next document. Warm figures are medians. Memory is the peak of the whole process, for Chromium of
all its processes together with what they share counted once; it includes everything that was loaded before. The last
line of a document compares ours, warm, with a browser that is started for each print.
"""

import base64
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.bench.pdf_maker import PAGE

LANGUAGE = "nb"  # the one with hyphens and long words
WARM_TIMES = 3
LIMIT = 600  # seconds for one document, on a machine that is busy with other things


@dataclass(frozen=True)
class Cost:
    """What one document took. Seconds by the clock and of the processor, the first and a further time; MiB."""

    cold: float
    cold_cpu: float
    warm: float
    warm_cpu: float
    memory: float
    pages: int = 0


def main(*, quick: bool = False) -> int:
    """Measure, and print a table as it grows."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    print(_where(chromium))
    print()
    print(HEAD.format(*COLUMNS))
    for name, kind, size in _cases(quick):
        with tempfile.TemporaryDirectory() as folder:
            ours = make(kind, size, Path(folder), times=1 if quick else WARM_TIMES)
            theirs = print_with_browser(Path(folder), chromium, times=1 if quick else WARM_TIMES) if chromium else None
        for line in lines_of(name, ours, theirs):
            print(line, flush=True)
    print()
    print(__doc__.partition("\n\n")[2].strip())
    return 0


def _where(chromium: str | None) -> str:
    """What it is measured on."""
    browser = "Chromium is not installed, so that there is nothing to compare with"
    if chromium:
        said = subprocess.run([chromium, "--version"], capture_output=True, text=True, timeout=60, check=False)
        browser = said.stdout.strip() or "Chromium of unknown version"
    return (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}, "
        f"WeasyPrint {version('weasyprint')}; {browser}"
    )


def _cases(quick: bool) -> list[tuple[str, str, str]]:
    """(name, kind, size) of what is measured: the usual document of each kind, and the largest plan."""
    plan = [("plan on a page", PAGE, "typical"), ("plan, usual", "plan", "typical")]
    if quick:
        return plan
    kinds = subprocess.run(
        [sys.executable, "-c", KINDS_IN_USE], capture_output=True, text=True, timeout=LIMIT, check=True
    ).stdout.split()
    others = [(f"{kind}, usual", kind, "typical") for kind in kinds if kind != "plan"]
    return [*plan, *others, ("plan, largest", "plan", "largest")]


KINDS_IN_USE = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django
django.setup()
from planning.documents.kinds import KINDS
print(*KINDS)
"""


def make(kind: str, size: str, folder: Path, *, times: int) -> Cost:
    """One of our documents, in a new process."""
    words = [sys.executable, "-m", "tests.bench.pdf_maker", kind, size, LANGUAGE]
    words += [str(1 if size == "largest" else times), str(time.monotonic()), str(folder)]
    told = subprocess.run(words, stdout=subprocess.PIPE, text=True, timeout=LIMIT, check=True).stdout
    found = json.loads(told.splitlines()[-1])
    return Cost(
        cold=found["cold"]["seconds"],
        cold_cpu=found["cold"]["cpu"],
        warm=statistics.median(one["seconds"] for one in found["warm"]),
        warm_cpu=statistics.median(one["cpu"] for one in found["warm"]),
        memory=found["memory"],
        pages=found["pages"],
    )


def print_with_browser(folder: Path, chromium: str, *, times: int) -> Cost:
    """The same pages by Chromium, from a file that holds its style and its fonts."""
    page_file = folder / "whole.html"
    page_file.write_text(whole((folder / "document.html").read_text(), (folder / "document.css").read_text()))
    words = [sys.executable, "-m", "tests.bench.pdf_browser", chromium, str(page_file), str(times)]
    told = subprocess.run(words, stdout=subprocess.PIPE, text=True, timeout=LIMIT, check=True).stdout
    return Cost(**json.loads(told.splitlines()[-1]))


def whole(html: str, style: str) -> str:
    """HTML with its style inside, and in that the fonts: a browser knows nothing of files that are handed over."""
    from planning.documents.rendering import FONT_FOLDER, FONT_SCHEME

    def inside(found: re.Match) -> str:
        font = base64.b64encode((FONT_FOLDER / found.group(1)).read_bytes()).decode()
        return f"url(data:font/ttf;base64,{font})"

    style = re.sub(rf"url\({FONT_SCHEME}:([\w.-]+)\)", inside, style)
    return html.replace("</head>", f"<style>{style}</style></head>")


COLUMNS = ("document", "pages", "by", "cold s", "cpu s", "warm s", "cpu s", "MiB")
HEAD = "{:<22} {:>5}  {:<11} {:>7} {:>7} {:>7} {:>7} {:>6}"
ROW = "{:<22} {:>5}  {:<11} {:>7.2f} {:>7.2f} {:>7.2f} {:>7.2f} {:>6.0f}"
RATIO = "{:<22} {:>5}  {:<11} {:>7.2f} {:>7.2f} {:>7.2f} {:>7.2f} {:>6.2f}"
STARTED = "{:<22} {:>5}  {:<11}                 {:>7.2f} {:>7.2f}"


def lines_of(name: str, ours: Cost, theirs: Cost | None) -> list[str]:
    """The rows of one document, and how ours compares: below 1 it takes less."""
    lines = [ROW.format(name, ours.pages, "WeasyPrint", *_figures(ours))]
    if theirs:
        ratios = [
            mine / other if other else float("nan") for mine, other in zip(*map(_figures, (ours, theirs)), strict=True)
        ]
        lines.append(ROW.format("", "", "Chromium", *_figures(theirs)))
        lines.append(RATIO.format("", "", "ours/theirs", *ratios))
        lines.append(STARTED.format("", "", "warm/cold", ours.warm / theirs.cold, ours.warm_cpu / theirs.cold_cpu))
    return lines


def _figures(cost: Cost) -> tuple[float, ...]:
    return cost.cold, cost.cold_cpu, cost.warm, cost.warm_cpu, cost.memory
