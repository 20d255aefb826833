"""A process of its own that has Chromium print one file some times over, and tells what that took.

    python -m tests.bench.pdf_browser CHROMIUM FILE TIMES

What is measured is Chromium and its processes, not Playwright, which only tells it what to do.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.processes import cpu_of, tree, watched

WORDS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
SETTLES = 1  # seconds until what belonged to a closed tab has ended


def main(chromium: str, file: str, times: str) -> None:
    """Print it for the first time, then as often as was asked for."""
    with sync_playwright() as playwright:
        before = set(tree(os.getpid()))
        started = time.monotonic()
        browser = playwright.chromium.launch(executable_path=chromium, args=list(WORDS))
        root = browser_among(set(tree(os.getpid())) - before)
        with watched(root) as peak:
            tab = printed(browser, file)
            cold, cold_cpu = time.monotonic() - started, cpu_of(tree(root))
            warm = []
            for _time in range(int(times)):
                tab.close()
                time.sleep(SETTLES)
                wall, cpu = time.monotonic(), cpu_of(tree(root))
                tab = printed(browser, file)
                warm.append((time.monotonic() - wall, cpu_of(tree(root)) - cpu))
        browser.close()
    print(
        json.dumps(
            {
                "cold": cold,
                "cold_cpu": cold_cpu,
                "warm": statistics.median(wall for wall, _cpu in warm),
                "warm_cpu": statistics.median(cpu for _wall, cpu in warm),
                "memory": peak[0],
            }
        )
    )


def printed(browser, file: str):
    """Open the file in a tab of its own and print it as its style sheet says, tagged as ours is; returns the tab.

    It stays open until its process has been looked at: the time of one that has ended is lost.
    """
    tab = browser.new_page()
    tab.goto(Path(file).as_uri())
    tab.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
    return tab


def browser_among(processes: set[int]) -> int:
    """The process of the browser itself: of those that are new the one from which the others descend."""
    return max(processes, key=lambda process: len(tree(process)))


if __name__ == "__main__":
    main(*sys.argv[1:])
