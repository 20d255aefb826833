"""A08, in a browser: the end of a session is announced, put off with one button, and costs nobody their words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.factories import PASSWORD, make_leader, make_service
from tests.journeys.conftest import DESK, PHONE

WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))
FORM = "/services/north/plan/goals/new/"
KEPT = "sessionStorage.getItem('holdfast-drafts')"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def leader():
    return make_leader(make_service("north", name="North team"))


@pytest.fixture
def server_clock():
    with time_machine.travel(WEDNESDAY, tick=True) as traveller:
        yield traveller


def at_a_form(visitor, leader, viewport):
    """Signed in, with a goal half written; the browser's clock is ours."""
    window = visitor(viewport)
    window.page.goto("/accounts/login/", timeout=60_000)  # the first page of a server takes its time
    window.page.clock.install()
    window.sign_in(leader.user.email, PASSWORD)
    window.page.goto(FORM)
    window.page.get_by_label("What do you want to reach?").fill("Two groups a year")
    return window


def pass_minutes(window, server_clock, minutes):
    """The same minutes for the server and the browser, which looks every few seconds."""
    server_clock.shift(timedelta(minutes=minutes))
    window.page.clock.fast_forward(minutes * 60 * 1000)
    window.page.clock.run_for(6000)


def give_password(window, email):
    window.page.get_by_label("E-mail").fill(email)
    window.page.get_by_label("Password", exact=True).fill(PASSWORD)
    window.page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_a08_the_end_is_said_five_minutes_before_and_put_off_with_one_button(visitor, leader, server_clock, viewport):
    window = at_a_form(visitor, leader, viewport)
    status = window.page.locator("#session-end [role=status]")
    pass_minutes(window, server_clock, 24)
    assert status.inner_text() == ""

    pass_minutes(window, server_clock, 1.5)
    status.get_by_text("You will be signed out soon.").wait_for()
    window.check()
    window.page.get_by_role("button", name="Stay signed in").click()
    status.get_by_text("You stay signed in.").wait_for()

    pass_minutes(window, server_clock, 20)
    assert window.page.get_by_label("What do you want to reach?").input_value() == "Two groups a year"
    assert status.inner_text() == ""
    window.page.reload()
    assert window.page.url.endswith(FORM)


def test_a08_somebody_who_writes_for_an_hour_is_not_signed_out(visitor, leader, server_clock):
    window = at_a_form(visitor, leader, DESK)
    for number in range(6):
        pass_minutes(window, server_clock, 10)
        with window.page.expect_response(lambda answer: answer.url.endswith("/session/")):
            window.page.get_by_label("What do you want to reach?").press_sequentially(f" {number}")

    window.page.reload()

    assert window.page.url.endswith(FORM)


def test_a08_an_answer_that_comes_late_does_not_put_off_the_next_telling(visitor, leader, server_clock):
    window = at_a_form(visitor, leader, DESK)
    field = window.page.get_by_label("What do you want to reach?")
    held = []
    # The first answer is held back
    window.page.route("**/session/", lambda route: route.continue_() if held else held.append(route))
    pass_minutes(window, server_clock, 10)
    with window.page.expect_request("**/session/"):
        field.press_sequentially(" 1")
    pass_minutes(window, server_clock, 10)

    with window.page.expect_response("**/session/") as late:
        held[0].continue_()
    late.value.finished()
    window.page.wait_for_timeout(300)  # for the page to have read it

    with window.page.expect_response("**/session/"):
        field.press_sequentially(" 2")


def test_a08_what_was_typed_is_back_after_signing_in_and_is_nobody_elses(visitor, leader, server_clock):
    other = make_leader(leader.service, name="Ola Vik")
    window = at_a_form(visitor, leader, DESK)

    # The session ends while nobody is there
    pass_minutes(window, server_clock, 31)
    window.page.wait_for_url("**/accounts/login/**")
    window.page.get_by_text("What you had typed is kept in this window").wait_for()
    window.check()
    give_password(window, leader.user.email)
    window.page.wait_for_url(f"**{FORM}")
    window.page.get_by_text("What you had typed is back. It is not saved yet.").wait_for()
    assert window.page.get_by_label("What do you want to reach?").input_value() == "Two groups a year"
    assert window.page.evaluate(KEPT) is None
    window.check()

    # A form is sent after the end, before the page has noticed it
    server_clock.shift(timedelta(minutes=31))
    window.page.locator("#page-form button[type=submit]").first.click()
    window.page.wait_for_url("**/accounts/login/**")
    assert "Two groups a year" in window.page.evaluate(KEPT)
    assert PASSWORD not in window.page.evaluate(KEPT)

    # Another person in the same window sees nothing of it
    give_password(window, other.user.email)
    window.page.wait_for_url(f"**{FORM}")
    assert window.page.get_by_label("What do you want to reach?").input_value() == ""
    assert window.page.evaluate(KEPT) is None
