"""A fidelity visit by two raters in two browsers at once, one without a connection: nothing lost, nothing early."""

import json
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.instruments import GOI, IMR_FIDELITY
from assessments.models import FidelityRating, OrganisationRating, RaterItem
from tests.factories import PASSWORD, make_adviser, make_leader, make_service, make_visit
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(540)]

TABLET = {"width": 820, "height": 1180}
NO_CONNECTION = re.compile("ERR_INTERNET_DISCONNECTED")


@pytest.fixture
def visit():
    expect.set_options(timeout=30_000)
    service = make_service("north", name="North team")
    raters = make_leader(service), make_adviser(service)
    return make_visit(service, raters=raters, planned_on=timezone.localdate())


def window_of(visitor, visit, number, size):
    """A rater's window, on the first page of items."""
    window = visitor(size)
    window.context.set_default_timeout(60_000)
    window.sign_in(visit.raters.get(number=number).member.user.email, PASSWORD)
    window.page.goto(f"/services/north/fidelity/visits/{visit.pk}/")
    window.page.get_by_role("link", name="Rate the visit").click()
    expect(window.page.locator("[data-rating-page] h2")).to_have_text("IMR Fidelity Scale, 1 to 7")
    return window


def choose(window, item, rating):
    window.page.locator(f"input[name={item}][value='{rating}']").check()


def count_those_reached(window):
    window.page.get_by_label("Patients who get IMR now").fill("13")
    window.page.get_by_label("Patients it could be for, if that is tracked").fill("20")
    window.page.get_by_label("Penetration: note").click()


def rate_page(window, items, **ratings):
    """Everything on a page at 4, unless told otherwise."""
    for item in items:
        if item == "penetration":
            count_those_reached(window)
        else:
            choose(window, item, ratings.get(item, 4))


PAGES = (IMR_FIDELITY.items[:7], IMR_FIDELITY.items[7:], GOI.items[:6], GOI.items[6:])
NAMES = (
    "IMR Fidelity Scale, 1 to 7",
    "IMR Fidelity Scale, 8 to 13",
    "General Organizational Index, G1 to G6",
    "General Organizational Index, G7 to G12",
)


def go_on(window):
    window.page.get_by_role("button", name="Save and go on").click()


def on_page(window, number):
    expect(window.page.locator("[data-rating-page] h2")).to_have_text(NAMES[number])


def kept(window) -> dict:
    items = window.page.evaluate("() => Object.entries(localStorage).filter(([name]) => name.includes('rating'))")
    return {json.loads(value)["item"]: json.loads(value)["fields"] for _name, value in items}


def state(window):
    return window.page.locator("[data-rating-state]")


def check(window):
    """That there was no connection the browser itself reports; nothing else is wrong."""
    window.complaints[:] = [one for one in window.complaints if not NO_CONNECTION.search(one)]
    window.check()


def test_b07_two_raters_at_once_one_without_a_connection_end_in_a_consensus(visitor, visit):
    kari, ada = window_of(visitor, visit, 1, TABLET), window_of(visitor, visit, 2, DESK)
    check(kari)

    # Each item is saved as it is chosen, before any button is pressed.
    rate_page(kari, PAGES[0])
    rate_page(ada, PAGES[0])
    expect(kari.page.locator("input[name=was]")).to_have_value(re.compile(r'"goal_followup":\["4",""\]'))
    assert RaterItem.objects.filter(rater__number=1).count() == 7
    go_on(kari)
    on_page(kari, 1)
    kari.page.wait_for_load_state("networkidle")  # the other pages are there, too

    # Kari loses the connection, changes her mind, and goes on rating all the same.
    kari.context.set_offline(True)
    choose(kari, "cbt", 5)
    expect(state(kari)).to_contain_text("1 rating waits on this device.")
    rate_page(kari, PAGES[1], cbt=2)
    expect(state(kari)).to_contain_text("6 ratings wait on this device. No connection.")
    go_on(kari)
    on_page(kari, 2)
    rate_page(kari, PAGES[2], philosophy=1)
    go_on(kari)
    on_page(kari, 3)
    rate_page(kari, PAGES[3])
    kari.page.get_by_label("Training: note, or why it cannot be rated").fill("Two of six are new")
    kari.page.get_by_label("Supervision: note").click()
    go_on(kari)
    expect(state(kari)).to_contain_text("That page needs a connection.")
    assert len(kept(kari)) == 18
    assert RaterItem.objects.filter(rater__number=1).count() == 7

    # Meanwhile Ada is done, and sees nothing of Kari's; nor does the store hold anything of it.
    go_on(ada)
    for number in (1, 2, 3):
        on_page(ada, number)
        rate_page(ada, PAGES[number], cbt=4, philosophy=2)
        go_on(ada)
    ada.page.get_by_role("button", name="I am done").click()
    expect(ada.page.get_by_text("You are done. The other rater is not yet.")).to_be_visible()
    expect(ada.page.get_by_text("Kari Nes, not done yet")).to_be_visible()
    expect(ada.page.get_by_role("heading", name="The two side by side")).to_have_count(0)

    # The window closes, and another one opens on the same tablet: what waits is sent, nothing of it is lost.
    kari.page.close()
    kari.context.set_offline(False)
    kari.page = kari.context.new_page()
    kari.page.goto(f"/services/north/fidelity/visits/{visit.pk}/rate/4/")
    expect(state(kari)).to_contain_text("Everything you chose is saved.")
    assert kept(kari) == {}
    given = {one.item: one for one in RaterItem.objects.filter(rater__number=1)}
    assert len(given) == 25
    assert (given["cbt"].rating, given["philosophy"].rating, given["training"].note) == (2, 1, "Two of six are new")
    assert (given["penetration"].rating, given["penetration"].counts) == (4, {"receiving": 13, "eligible": 20})
    go_on(kari)
    kari.page.get_by_role("button", name="I am done").click()
    expect(kari.page.get_by_text("You are both done.")).to_be_visible()

    # Now both see both, what is furthest apart first, and agree.
    expect(kari.page.get_by_role("rowheader").nth(0)).to_contain_text("2 steps apart")
    kari.page.get_by_role("link", name="Agree on the ratings").click()
    choose(kari, "cbt", 3)
    choose(kari, "philosophy", 2)
    go_on(kari)
    ada.page.goto(f"/services/north/fidelity/visits/{visit.pk}/")
    ada.page.get_by_role("link", name="Make it the result").click()
    for window in (kari, ada):
        expect(window.page.get_by_role("heading", name="Is this what you agree on?")).to_be_visible()
        check(window)
    ada.page.get_by_role("button", name="Yes").click()
    expect(ada.page.get_by_text("Agreed. Now write what you recommend")).to_be_visible()
    kari.page.get_by_role("button", name="Yes").click()
    expect(kari.page.locator(".summary")).to_contain_text("stands still")

    assert FidelityRating.objects.get().items == dict.fromkeys(IMR_FIDELITY.items, 4) | {"cbt": 3}
    assert OrganisationRating.objects.get().items == dict.fromkeys(GOI.items, 4) | {"philosophy": 2}
    for window in (kari, ada):
        check(window)


def test_f06_when_the_session_is_lost_what_was_chosen_waits_and_is_sent_after_signing_in(visitor, visit):
    kari = window_of(visitor, visit, 1, PHONE)
    rater = visit.raters.get(number=1)
    kari.context.clear_cookies()
    choose(kari, "handouts", 3)
    expect(state(kari)).to_contain_text("You are signed out. Sign in, and they are sent.")
    assert not rater.items.exists()

    state(kari).get_by_role("link", name="Sign in").click()
    kari.page.get_by_label("E-mail").fill(rater.member.user.email)
    kari.page.get_by_label("Password", exact=True).fill(PASSWORD)
    kari.page.get_by_role("button", name="Sign in").click()
    on_page(kari, 0)
    expect(state(kari)).to_contain_text("Everything you chose is saved.")

    assert rater.items.get().rating == 3
    expect(kari.page.locator("input[name=handouts][value='3']")).to_be_checked()
    assert kari.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_s04_on_a_shared_tablet_the_other_rater_neither_sees_nor_sends_what_waits(visitor, visit):
    kari = window_of(visitor, visit, 1, TABLET)
    kari.context.set_offline(True)
    choose(kari, "handouts", 1)
    expect(state(kari)).to_contain_text("1 rating waits")
    kari.page.close()
    kari.context.set_offline(False)
    kari.context.clear_cookies()
    kari.page = kari.context.new_page()
    kari.sign_in(visit.raters.get(number=2).member.user.email, PASSWORD)
    kari.page.goto(f"/services/north/fidelity/visits/{visit.pk}/rate/1/")
    choose(kari, "curriculum", 5)
    expect(kari.page.locator("input[name=was]")).to_have_value(re.compile(r'"curriculum":\["5",""\]'))

    expect(kari.page.locator("input[name=handouts]:checked")).to_have_count(0)
    expect(state(kari)).to_be_hidden()
    assert [(one.rater.number, one.item) for one in RaterItem.objects.all()] == [(2, "curriculum")]
    assert list(kept(kari)) == ["imr_fidelity:handouts"]


def test_f04_without_a_script_the_pages_are_saved_by_their_button(visitor, visit):
    kari = visitor(TABLET, java_script_enabled=False)
    kari.sign_in(visit.raters.get(number=1).member.user.email, PASSWORD)
    kari.page.goto(f"/services/north/fidelity/visits/{visit.pk}/rate/1/")
    expect(state(kari)).to_be_hidden()
    rate_page(kari, PAGES[0], handouts=2)
    go_on(kari)
    on_page(kari, 1)

    assert RaterItem.objects.count() == 7
    assert RaterItem.objects.get(item="handouts").rating == 2
