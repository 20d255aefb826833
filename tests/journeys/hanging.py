"""A connection that hangs: requests leave, and no answer comes until the test lets it.

network = Hanging(phone.page, "**/services/north/conflicts/new/")
phone.page.get_by_role("button", name="Meeting").click()
network.until(1)  # now it hangs
network.release()
"""

import re

import pytest
from playwright.sync_api import Page, Route


class Hanging:
    """From now on requests to an address get no answer, until `release`; of one method alone if one is given."""

    def __init__(self, page: Page, address: str | re.Pattern, *, method: str = ""):
        self.page = page
        self.method = method
        self.held: list[Route] = []
        self.seen = 0  # requests that hung so far
        self.released = False
        page.route(address, self._hold)

    def until(self, count: int) -> None:
        """Wait until so many requests have come and hang."""
        for _time in range(300):
            if self.seen >= count:
                return
            self.page.wait_for_timeout(100)
        pytest.fail(f"{self.seen} requests hang, not {count}.")

    def release(self) -> None:
        """Let what hangs go on, and everything after it."""
        self.released = True
        for route in self._taken():
            route.continue_()

    def stop(self) -> None:
        """Give up what hangs, as a browser does when somebody stops a page that is coming."""
        for route in self._taken():
            route.abort("aborted")

    def _hold(self, route: Route) -> None:
        if self.released or self.method not in ("", route.request.method):
            route.continue_()
            return
        self.seen += 1
        self.held.append(route)

    def _taken(self) -> list[Route]:
        held, self.held = self.held, []
        return held
