"""A real browser for journeys: the system's Chromium, headless."""

import json
import os
import shutil

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, Page, sync_playwright

PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}
FOUND = {"resultTypes": ["violations"]}  # what is in order is not told element by element: that takes half the time
OF_COLOURS = ["color-contrast", "link-in-text-block"]
OF_LAYOUT = [*OF_COLOURS, "target-size", "scrollable-region-focusable"]
AXE_COLOURS = {"runOnly": {"type": "rule", "values": OF_COLOURS}, **FOUND}
AXE_LAYOUT = {"runOnly": {"type": "rule", "values": OF_LAYOUT}, **FOUND}
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], **FOUND}


def run_axe(page: Page, options: dict, *, within: str = ":root") -> AxeResults:
    """What axe finds on the page as it stands, or in a part; axe is put into a page once, however often it runs."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return AxeResults(page.evaluate(f"axe.run({json.dumps(within)}, {json.dumps(options)})"))


@pytest.fixture(scope="session")
def chromium():
    """The browser, once for all journeys. Playwright runs an event loop, which Django then must not refuse."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser window, who notices what the policy blocks and what axe finds."""

    def __init__(self, browser: Browser, base_url: str, viewport: dict, **options):
        self.context = browser.new_context(
            base_url=base_url, viewport=viewport, locale="en-GB", accept_downloads=True, **options
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by address and password."""
        self.page.goto("/accounts/login/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def check(self) -> None:
        """The page as it stands breaks no rule of accessibility and no policy."""
        results = run_axe(self.page, AXE_RULES)
        assert results.violations_count == 0, f"{self.page.url}\n{results.generate_report()}"
        assert self.complaints == [], self.page.url


@pytest.fixture
def visitor(chromium, live_server):
    """Opens windows: `visitor(PHONE)`, `visitor(PHONE, java_script_enabled=False)`; they are closed at the end."""
    opened = []

    def open_window(viewport: dict, **options) -> Visitor:
        opened.append(Visitor(chromium, live_server.url, viewport, **options))
        return opened[-1]

    yield open_window
    for window in opened:
        window.context.close()
