"""How long a person takes at a page: the seconds of the pages are real, those of the person are added up.

A person thinks for 1.35 s before each thing they do, takes 0.3 s for each tap or key (quality point F03) and reads
four words a second. Nothing sleeps: the person's seconds are only counted, beside those that the browser needed.

    pace = Pace(phone.page)
    slow_4g(phone.page)
    pace.open("/services/north/conflicts/new/")
    pace.tap(phone.page.get_by_role("button", name="Meeting"), then=phone.page.get_by_role("heading", name="Saved"))
    assert pace.seconds <= 20
"""

import time
from collections.abc import Iterable

from playwright.sync_api import Locator, Page, expect

THINKING = 1.35  # before each thing somebody does
TAP = 0.3  # a tap, a click, a key
WORDS_A_SECOND = 4

# What the browsers' developer tools call "Slow 4G": bytes a second, and milliseconds.
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.44 * 1_000_000 / 8,
    "uploadThroughput": 675_000 / 8,
}


def slow_4g(page: Page) -> None:
    """From now on the page's network is that of a phone with a poor connection."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)


class Pace:
    """Does what a person does at a page, and counts the seconds that it would have taken them.

    `seconds` in all, of these `human` the person's and `waited` the pages'; `taps` taps and clicks, `keys` single
    presses of keys, `typed` characters of text. `then` is what the person waits for before going on.
    """

    def __init__(self, page: Page):
        self.page = page
        self.human = self.waited = 0.0
        self.taps = self.keys = self.typed = 0

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.human + self.waited

    def open(self, address: str, *, then: Locator | None = None) -> None:
        """Follow a link from outside: a bookmark, a button on the home screen, a link in a mail."""
        self.taps += 1
        self._act(lambda: self.page.goto(address), then=then, presses=1)

    def tap(self, target: Locator, *, then: Locator | None = None) -> None:
        """Tap or click something: a button, a link, a choice."""
        self.taps += 1
        self._act(target.click, then=then, presses=1)

    def choose(self, field: Locator, label: str) -> None:
        """Open a list of choices and take one."""
        self.taps += 2
        self._act(lambda: field.select_option(label=label), presses=2)

    def type(self, field: Locator, text: str) -> None:
        """Go into a field and write there, in place of what it held."""
        self.taps += 1
        self.typed += len(text)
        self._act(lambda: field.fill(text), presses=1 + len(text))

    def press(self, *keys: str, then: Locator | None = None) -> None:
        """Press keys one after the other, after one thought; what has the focus gets them."""
        self.keys += len(keys)
        self._act(lambda: self._press(keys), then=then, presses=len(keys))

    def read(self, *texts: Locator) -> None:
        """Read what stands there."""
        self.human += sum(len(text.inner_text().split()) for text in texts) / WORDS_A_SECOND

    def _press(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def _act(self, act, *, presses: int, then: Locator | None = None) -> None:
        self.human += THINKING + presses * TAP
        began = time.perf_counter()
        act()
        if then is not None:
            expect(then.first).to_be_visible(timeout=60_000)
        self.page.wait_for_load_state("load")
        self.waited += time.perf_counter() - began
