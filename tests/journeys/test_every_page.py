"""Every page of a service in a browser: axe finds nothing, nothing is blocked, nothing has to be scrolled sideways."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.pages import FormPage
from tests.journeys.conftest import AXE_COLOURS, AXE_LAYOUT, AXE_RULES, DESK, PHONE, run_axe
from tests.planning.site import Site, empty_site, full_site, service_addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

# Each language and each size once for a full service, the longer words in the smaller window; for an empty one the
# other language on the phone. The whole sweep is minutes of a browser's work.
SITES = [
    pytest.param(full_site, "nb", PHONE, id="full-nb-phone"),
    pytest.param(full_site, "en", DESK, id="full-en-desk"),
    pytest.param(empty_site, "en", PHONE, id="empty-en-phone"),
]
OF_OTHERS = {
    "practitioner": (
        *("service_home", "conflicts", "conflict_log", "conflict_saved", "conflict_detail"),
        *("time", "week_check_in", "week_check_in_add", "hours_shown", "topic_add"),
    ),
    "adviser": ("service_home", "conflicts"),
    "sponsor": ("service_home", "documents", "decision_wanted_answer"),
}


HEAD = "body > header"
READ: dict[str, list[tuple[str, str, type]]] = {}  # by kind of site what can be read there: asked once in a run


def pages_of(site: Site, kind: str) -> list[tuple[str, str, type]]:
    """(role, address, view) of every page that somebody of the service can read; the leader's first."""
    if kind not in READ:
        READ[kind] = names_of(site)
    return [(role, site.url(name), view) for role, name, view in READ[kind]]


def names_of(site: Site) -> list[tuple[str, str, type]]:
    """(role, name, view) of every page that somebody of the service can read."""
    views = {address.name: address.view for address in service_addresses()}
    found = []
    for role, names in {"leader": list(views), **OF_OTHERS}.items():
        client = Client()
        client.force_login(site.people[role].user)
        for name in names:
            response = client.get(site.url(name))
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                found.append((role, name, views[name]))
    return found


class Looker:
    """A window in which one looks at pages as somebody who is signed in."""

    def __init__(self, chromium, base_url: str, *, language: str, viewport: dict):
        self.base_url, self.viewport = base_url, viewport
        # Without motion: halfway through a fade a colour is neither theme's.
        self.context = chromium.new_context(base_url=base_url, viewport=viewport, reduced_motion="reduce")
        self.context.set_default_timeout(20_000)
        self.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": base_url}])
        self.page = self.context.new_page()
        self.found: list[str] = []
        self.page.on("console", self.hear)

    def hear(self, message) -> None:
        """What the browser complains of, such as something the policy blocks."""
        if message.type in ("error", "warning"):
            self.found.append(f"{self.page.url}: {message.text}")

    def become(self, user) -> None:
        """Be signed in as somebody."""
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.base_url}])

    def look(self) -> None:
        """Look at the page and note what is wrong: on a phone by all rules, and the colours of the dark theme too.

        On a desk the same page is laid out otherwise, so by the rules that look at the layout; its head by all, as the
        ways through the service stand open there and lie in a menu on a phone.
        """
        looks = [("light", AXE_RULES, ":root"), ("dark", AXE_COLOURS, ":root")]
        if self.viewport == DESK:
            looks = [("light", AXE_LAYOUT, ":root"), ("light", AXE_RULES, HEAD)]
        for theme, rules, within in looks:
            self.page.emulate_media(color_scheme=theme)
            results = run_axe(self.page, rules, within=within)
            if results.violations_count:
                self.found.append(f"{self.page.url} in {theme}: {results.generate_report()}")
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > self.viewport["width"]:
            self.found.append(f"{self.page.url} is {width} px wide")


@pytest.fixture
def looker(chromium, live_server):
    """Opens a window; it is closed at the end."""
    opened = []

    def open_window(**options) -> Looker:
        opened.append(Looker(chromium, live_server.url, **options))
        return opened[-1]

    yield open_window
    for one in opened:
        one.context.close()


@pytest.mark.parametrize(("make_site", "language", "viewport"), SITES)
def test_a01_every_page_is_accessible(looker, make_site, language, viewport):
    site = make_site("north")
    window = looker(language=language, viewport=viewport)
    role_now = None

    for role, address, _view in pages_of(site, make_site.__name__):
        if role != role_now:
            window.become(site.people[role].user)
            role_now = role
        window.page.goto(address)
        window.look()

    assert window.found == []


def test_a01_every_form_is_accessible_when_something_is_wrong_with_it(looker):
    site = empty_site("north")
    window = looker(language="nb", viewport=PHONE)
    window.become(site.leader.user)
    with_errors = 0

    for role, address, view in pages_of(site, empty_site.__name__):
        if role == "leader" and issubclass(view, FormPage):
            window.page.goto(address)
            button = window.page.locator("main form button[type=submit]").first
            if not button.count():
                continue
            for field in window.page.locator(
                "main form input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file])"
            ).all():
                if field.is_visible():  # some are folded away
                    field.fill("")
            button.click()
            summary = window.page.locator(".summary")
            if summary.count():
                with_errors += 1
                expect(summary, address).to_be_focused()
                window.look()

    assert window.found == []
    assert with_errors >= 8
