"""The leader's journeys on a phone: the act of the month, taking up what is proposed, the first flag at a glance."""

import re
import time
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine

from planning.models import Action, LeaderAct
from tests.factories import (
    PASSWORD,
    make_leader,
    make_leader_act,
    make_observation,
    make_practitioner,
    make_rating,
    make_recommendation,
    make_service,
    make_vision,
)
from tests.journeys.conftest import PHONE, Visitor

OSLO = ZoneInfo("Europe/Oslo")
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=OSLO)
THINKS = 1.35  # seconds before each tap
MINUTE = 60

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def now():
    with time_machine.travel(WEDNESDAY, tick=True):
        yield


@pytest.fixture
def leader(now):
    service = make_service("north", name="North team")
    make_practitioner(service, name="Nora Berg")
    return make_leader(service)


@pytest.fixture(params=["with script", "without script"])
def phone(request, visitor, chromium, live_server):
    """A leader's phone; one that runs no script is not asked what a checking script finds."""
    if request.param == "with script":
        yield visitor(PHONE)
        return
    context = chromium.new_context(base_url=live_server.url, viewport=PHONE, locale="en-GB", java_script_enabled=False)
    window = SimpleNamespace(page=context.new_page(), check=lambda: None)
    window.sign_in = lambda email, password: Visitor.sign_in(window, email, password)
    yield window
    context.close()


def tap(phone, role: str, name: str) -> None:
    """Look for a moment, then tap the first one of that name."""
    time.sleep(THINKS)
    phone.page.get_by_role(role, name=name).first.click()


def test_f04_an_act_of_the_month_is_looked_back_on_chosen_and_done(phone, leader):
    last = make_leader_act(leader.service)
    phone.sign_in(leader.user.email, PASSWORD)
    began = time.monotonic()

    # given a leader who is asked for this month's act
    phone.page.get_by_text("No act of yours is chosen for this month.").wait_for()
    tap(phone, "link", "Choose one")
    phone.check()

    # when she says how the last one went, and chooses
    tap(phone, "button", "It helped a little")
    phone.page.get_by_role("heading", name="Earlier months").wait_for()
    tap(phone, "button", "Choose this one")
    phone.page.get_by_text("Chosen. It is among your actions").wait_for()
    phone.check()

    # then it is hers, with a date, and done with one more tap
    assert time.monotonic() - began <= MINUTE
    act = LeaderAct.objects.exclude(pk=last.pk).get()
    assert (act.action.owner, act.month.isoformat()) == (leader, "2026-11-01")
    tap(phone, "button", "Mark as done")
    phone.page.get_by_text("Marked as done.").wait_for()
    phone.check()
    act.action.refresh_from_db()
    last.refresh_from_db()
    assert (act.action.state, last.helped) == ("done", "partly")


def test_f04_a_recommendation_is_taken_up_and_changed(phone, leader):
    rating = make_rating(leader.service, rated_on=WEDNESDAY.date() - timedelta(days=5))
    make_recommendation(rating, text="Look at the goals in every third session")
    phone.sign_in(leader.user.email, PASSWORD)
    phone.page.goto(f"/services/north/fidelity/{rating.pk}/")
    phone.check()
    began = time.monotonic()

    # when she takes it up
    tap(phone, "button", "Take this up")
    phone.page.get_by_text("Opened: Look at the goals in every third session, Kari Nes, by 9 December 2026.").wait_for()
    phone.check()

    # then she is where she was, and can change who does it
    assert phone.page.url.endswith(f"/services/north/fidelity/{rating.pk}/")
    tap(phone, "link", "Change")
    phone.page.get_by_label("Who does it").select_option(label="Nora Berg")
    tap(phone, "button", "Save the action")
    phone.page.get_by_text("Action changed.").wait_for()
    phone.check()
    assert time.monotonic() - began <= MINUTE
    assert Action.objects.get().owner.name == "Nora Berg"


def test_a_flag_is_taken_up_where_it_is_read_and_cleared_in_the_list(phone, leader):
    make_observation(leader.service, entry="no-vision")
    phone.sign_in(leader.user.email, PASSWORD)
    phone.page.goto("/services/north/standing/no-vision/")
    phone.check()
    tap(phone, "button", "Take this up")
    phone.page.get_by_text("Under way:").first.wait_for()
    phone.check()

    make_vision(leader.service)
    leader.service.observations.all().delete()
    phone.page.goto("/services/north/actions/")

    phone.page.get_by_text("The flag is cleared").wait_for()
    phone.check()


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("path", ["", "standing/"])
def test_b10_the_first_flag_to_do_now_is_seen_without_scrolling(visitor, leader, language, path):
    for entry in ("own-time", "no-vision", "crowded-out", "no-goals"):
        make_observation(leader.service, entry=entry)
    phone = visitor(PHONE)
    phone.sign_in(leader.user.email, PASSWORD)
    here = {"url": phone.page.url}
    phone.context.add_cookies([{"name": "django_language", "value": language, **here}])
    phone.page.goto(f"/services/north/{path}")

    first = phone.page.locator(".flag").first
    for part in (".flag-state", ".flag-title", ".flag-evidence"):  # what needs them, since when, why
        box = first.locator(part).bounding_box()
        assert box["y"] + box["height"] <= PHONE["height"], part
    assert phone.page.locator("html").get_attribute("lang") == language
    assert re.search(r"\d", first.locator(".flag-state").inner_text())  # since when
    assert re.search(r"(by|innen) ", first.locator(".flag-act").inner_text())  # by when, a little below
