"""The level above, in a browser: one click answers a question; an adviser looks at services side by side."""

import re
import time

import pytest

from tests.factories import (
    PASSWORD,
    make_adviser,
    make_decision_wanted,
    make_goal,
    make_leader,
    make_pause,
    make_rating,
    make_service,
    make_sponsor,
)
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

THINKING, TAP = 1.35, 0.3  # seconds, as in quality point F03


@pytest.fixture
def leader():
    return make_leader(make_service("north", name="North team"))


@pytest.fixture
def sponsor(leader):
    return make_sponsor(leader.service)


def test_a_question_is_asked_and_answered_in_one_click(visitor, leader, sponsor):
    # the leader asks
    desk = visitor(DESK)
    desk.sign_in(leader.user.email, PASSWORD)
    desk.page.goto("/services/north/record/decisions-wanted/")
    desk.check()
    desk.page.get_by_role("link", name="Ask for a decision").click()
    desk.page.get_by_label("Is IMR a priority of ours?").check()
    desk.page.get_by_label("The question in a sentence").fill("Is IMR among what we keep next year?")
    desk.page.get_by_label("Asked of").select_option(label="Siri Moe")
    desk.page.get_by_label("Wanted by").fill("2035-12-01")
    desk.check()
    desk.page.get_by_role("button", name="Ask this").click()
    desk.page.locator("strong").get_by_text("Is IMR among what we keep next year?").wait_for()
    desk.check()

    # the sponsor finds it first of all, at human pace
    phone = visitor(PHONE)
    phone.sign_in(sponsor.user.email, PASSWORD)
    phone.page.get_by_role("heading", name="Is IMR among what we keep next year?").wait_for()
    yes = phone.page.get_by_role("button", name="Yes", exact=True)
    box = yes.bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"]  # without scrolling
    assert box["height"] >= 44
    phone.check()
    began = time.monotonic()
    time.sleep(THINKING + TAP)
    yes.click()
    phone.page.get_by_text("Saved: Yes. You can change the answer today.").wait_for()
    assert time.monotonic() - began <= 20
    phone.check()

    # and changes it the same day, with a sentence
    phone.page.locator("summary").get_by_text("Change the answer").click()
    phone.page.locator("summary").get_by_text("Add a sentence").click()
    phone.page.get_by_label("In a sentence").fill("Not before the budget")
    phone.check()
    phone.page.get_by_role("button", name="No", exact=True).click()
    phone.page.get_by_text("You answered today: No").wait_for()

    desk.page.goto("/services/north/record/next-level/")
    desk.page.get_by_text("IMR is not confirmed as a priority").wait_for()


def test_f04_it_works_without_javascript_and_by_keyboard(chromium, live_server, leader, sponsor):
    make_decision_wanted(leader.service, question="Will the half post be paid?")
    context = chromium.new_context(base_url=live_server.url, viewport=PHONE, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(sponsor.user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Will the half post be paid?").wait_for()

    focused = page.locator(":focus")
    for _press in range(12):
        page.keyboard.press("Tab")
        if focused.inner_text() == "Let us talk about it":
            break
    outline = focused.evaluate("one => getComputedStyle(one).outlineWidth")
    page.keyboard.press("Enter")

    page.get_by_text("Siri Moe wants to talk about it").wait_for()
    assert outline == "3px"
    context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_an_adviser_looks_at_services_side_by_side(visitor, leader, viewport):
    ada = make_adviser(leader.service)
    paused, new = make_service("p", name="Paused team"), make_service("n", name="New team")
    for service in (paused, new):
        make_adviser(service, user=ada.user)
    make_pause(paused)
    make_goal(leader.service)
    make_rating(leader.service, total="4.62")
    window = visitor(viewport)
    window.sign_in(ada.user.email, PASSWORD)
    window.check()

    window.page.get_by_role("link", name="All services side by side").click()
    window.page.get_by_role("heading", name="Services side by side").wait_for()
    window.check()
    if viewport == PHONE:
        window.page.get_by_text(re.compile("^Order:")).click()
        window.page.get_by_role("link", name="Leader engagement").click()
        window.page.get_by_text("Order: Leader engagement").wait_for()
    else:
        window.page.get_by_role("link", name="Leader engagement").click()
        window.page.locator("th[aria-sort=ascending]").wait_for()
    assert window.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    window.check()
    window.page.get_by_role("link", name="Paused team").click()
    window.page.get_by_text("Paused since").wait_for()
