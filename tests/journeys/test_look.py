"""How the shared pages look and behave in a browser: both languages, both themes, phone and desk."""

import contextlib

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD, make_leader, make_service
from tests.journeys.conftest import AXE_RULES, DESK, PHONE, run_axe

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.accounts.pages_urls"),
    pytest.mark.timeout(300),
]

LOOKS = [
    pytest.param("en", "light", PHONE, id="en-light-phone"),
    pytest.param("nb", "dark", PHONE, id="nb-dark-phone"),
    pytest.param("nb", "light", DESK, id="nb-light-desk"),
    pytest.param("en", "dark", DESK, id="en-dark-desk"),
]
FOR_ANYBODY = [
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/nowhere/",
    "/crash/",
]
FOR_READERS = ["/gallery/", "/accounts/logout/", "/accounts/password/change/", "/services/north/wish/", "/nowhere/"]


@contextlib.contextmanager
def window(chromium, live_server, *, language="en", theme="light", viewport=PHONE, **options):
    """A page in a browser of its own, and what the browser complains of."""
    context = chromium.new_context(base_url=live_server.url, viewport=viewport, color_scheme=theme, **options)
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
    try:
        yield page
    finally:
        context.close()


def sign_in(page) -> None:
    """As the leader of the service `north`."""
    leader = make_leader(make_service("north", name="North team"))
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(leader.user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


def problems_of(page) -> list[str]:
    """What is wrong with the page as it stands."""
    found = [f"{page.url} {violation['id']}" for violation in run_axe(page, AXE_RULES).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{page.url} scrolls sideways")
    # The browser itself reports an answer of 404 or 500, which is meant here.
    found += [f"{page.url} {said}" for said in page.complaints if "the server responded with a status of" not in said]
    page.complaints.clear()
    return found


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_a01_pages_before_signing_in_break_no_rule(chromium, live_server, language, theme, viewport):
    with window(chromium, live_server, language=language, theme=theme, viewport=viewport) as page:
        found = []
        for address in FOR_ANYBODY:
            page.goto(address)
            found += problems_of(page)
            assert page.locator("html").get_attribute("lang") == language

        page.goto("/accounts/login/")
        page.locator("main button[type=submit]").click()
        page.locator(".summary").wait_for()
        found += problems_of(page)

    assert found == []


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_a01_the_gallery_and_a_form_break_no_rule(chromium, live_server, language, theme, viewport):
    with window(chromium, live_server, language=language, theme=theme, viewport=viewport) as page:
        sign_in(page)
        found = []
        for address in FOR_READERS:
            page.goto(address)
            found += problems_of(page)

        page.goto("/services/north/wish/")
        page.get_by_role("button", name="Send the wish").click()
        page.locator(".summary").wait_for()
        found += problems_of(page)

    assert found == []


def test_a04_nothing_scrolls_sideways_at_320_pixels(chromium, live_server):
    with window(chromium, live_server, viewport={"width": 320, "height": 640}) as page:
        sign_in(page)
        for address in FOR_READERS:
            page.goto(address)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide == 0, address


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_f07_the_summary_takes_the_focus_and_its_lines_lead_into_the_fields(chromium, live_server, javascript):
    with window(chromium, live_server) as page:
        if not javascript:
            page.route("**/*.js", lambda route: route.abort())
        sign_in(page)
        page.goto("/services/north/wish/")
        page.get_by_role("button", name="Send the wish").click()

        # `expect` asks from outside the page: what is evaluated inside again and again, the policy blocks.
        expect(page.locator(".summary")).to_be_focused()
        assert page.title().startswith("Error: ")
        page.get_by_role("link", name="Give a date for").click()
        expect(page.locator("#id_on")).to_be_focused()
        page.get_by_role("link", name="Choose an answer to").click()
        expect(page.locator("#id_kind_0")).to_be_focused()


def test_a06_f04_without_a_script_the_menu_opens_and_the_language_changes_under_what_is_typed(chromium, live_server):
    with window(chromium, live_server, java_script_enabled=False) as page:
        sign_in(page)
        page.goto("/services/north/wish/")
        page.get_by_label("What do you wish?").fill("More quiet")
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("button", name="Norsk (bokmål)").click()

        assert page.locator("html").get_attribute("lang") == "nb"
        assert page.url.endswith("/services/north/wish/")
        assert page.locator("#id_wish").input_value() == "More quiet"


def test_a02_the_keyboard_reaches_the_content_first_and_sees_where_it_is(chromium, live_server):
    with window(chromium, live_server, viewport=DESK) as page:
        page.goto("/accounts/login/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.id") == "id_login"
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert ring == "3px"


def test_a03_what_is_pressed_is_as_large_as_a_finger(chromium, live_server):
    with window(chromium, live_server) as page:
        sign_in(page)
        page.goto("/gallery/")
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, a.button, .choice, .row-link, summary, .control")]
                .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
                .map(e => e.outerHTML.slice(0, 80))"""
        )

    assert small == []
