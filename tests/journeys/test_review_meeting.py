"""A review in the meeting room, in a browser: two observations, one decision, two actions, minutes, closed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from planning.models import Action, Decision, Observation, Review
from tests.factories import PASSWORD, make_leader, make_practitioner, make_review, make_service, make_topic
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.pace import Pace

OSLO = ZoneInfo("Europe/Oslo")
WEDNESDAY = datetime(2026, 11, 25, 13, 0, tzinfo=OSLO)
WEEK = timedelta(days=7)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

# How far the focus ring stands out: its width, and that something of the control is on the screen and not covered.
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const box = one.getClientRects()[0] || one.getBoundingClientRect();
  const x = Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width, 12) / 2));
  const y = Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height, 12) / 2));
  const there = document.elementFromPoint(x, y);
  return {
    tag: one.tagName, name: one.name || "", value: one.value || "", text: one.innerText || "",
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    uncovered: box.height > 0 && !!there && (one.contains(there) || there.contains(one)),
    order: [...document.querySelectorAll("a, button, input, select, summary, textarea")].indexOf(one),
  };
}"""


@pytest.fixture
def meeting():
    """A team of three whose review begins now, and the next one in four weeks."""
    with time_machine.travel(WEDNESDAY - timedelta(days=20), tick=True):
        service = make_service("north", name="North team")
        leader = make_leader(service)
        nora = make_practitioner(service, name="Nora Berg")
        review = make_review(service, starts_at=WEDNESDAY)
        make_review(service, starts_at=WEDNESDAY + 4 * WEEK)
        make_topic(review, by=nora, text="The room on Tuesdays")
        return leader, review


def is_all_there(review: Review) -> None:
    """What each of the journeys leaves in the record."""
    review.refresh_from_db()
    assert review.state == Review.State.HELD
    assert sorted(review.attendees.values_list("name", flat=True)) == ["Kari Nes", "Nora Berg"]
    seen = Observation.objects.order_by("pk").values_list("entry", "effect", "text")
    assert list(seen) == [("no-vision", "hinders", "Nobody knows why we do it"), ("no-goals", "helps", "")]
    assert list(Decision.objects.values_list("kind", "text")) == [("continue", "IMR goes on")]
    assert set(Action.objects.values_list("owner__name", "entry")) == {("Kari Nes", "no-vision"), ("Nora Berg", "")}
    assert all(action.due_on < (WEDNESDAY + 4 * WEEK).date() for action in Action.objects.all())
    assert "topic:1" in review.service.reviews.planned().get().agenda_items.values_list("code", flat=True)


def test_a_review_is_held_and_closed_on_the_smallest_screen(visitor, meeting):
    leader, review = meeting
    with time_machine.travel(WEDNESDAY, tick=True):
        phone = visitor(PHONE)
        phone.sign_in(leader.user.email, PASSWORD)
        page, pace = phone.page, Pace(phone.page)
        pace.open(f"/services/north/reviews/{review.pk}/", then=page.get_by_text("The room on Tuesdays"))
        phone.check()
        pace.tap(page.get_by_role("link", name="Hold the review"), then=page.get_by_role("heading", name="Who is here"))
        phone.check()
        for name in ("Kari Nes", "Nora Berg"):
            pace.tap(page.get_by_label(name))

        # two clicks, and a sentence where somebody wants one
        row = page.locator("#flag-no-vision")
        pace.tap(row.locator("summary", has_text="Observe"))
        pace.type(row.get_by_label("What was seen"), "Nobody knows why we do it")
        pace.tap(row.get_by_role("button", name="This hinders"), then=row.get_by_text("Observation saved."))
        assert row.get_by_text("Observation saved.").is_visible()
        assert page.evaluate("document.activeElement.closest('li').id") == "flag-no-vision"
        assert page.get_by_label("Nora Berg").is_checked()
        phone.check()
        before = pace.taps
        row = page.locator("#flag-no-goals")
        pace.tap(row.locator("summary", has_text="Observe"))
        pace.tap(row.get_by_role("button", name="This helps"), then=row.get_by_text("Observation saved."))
        assert pace.taps - before == 2

        # what is agreed, with owner and date proposed
        row = page.locator("#flag-no-vision")
        pace.tap(row.locator("summary", has_text="Agree on an action"))
        pace.tap(row.get_by_role("button", name="Open the action"), then=row.get_by_text("Action opened."))
        beside = page.locator("#else")
        pace.tap(beside.locator("summary", has_text="Another action"))
        pace.type(beside.get_by_label("What is to be done"), "Ask for the big room")
        pace.choose(beside.get_by_label("Who does it"), "Nora Berg")
        pace.tap(beside.get_by_role("button", name="Open the action"), then=beside.get_by_text("Action opened."))
        phone.check()

        # the decision and the minutes
        decided = page.locator("#decision")
        pace.tap(decided.locator("summary"))
        pace.choose(decided.get_by_label("What was decided"), "Continue")
        pace.type(decided.get_by_label("In a sentence"), "IMR goes on")
        pace.tap(decided.get_by_role("button", name="Record"), then=decided.get_by_text("Decision recorded."))
        pace.tap(page.locator("#flag-no-goals").get_by_label("Dealt with"))
        pace.type(page.get_by_label("What was said and decided"), "We go on, and look at the room first.")
        pace.tap(page.get_by_role("button", name="Close the review"), then=page.get_by_text("Review closed."))
        phone.check()
        page.get_by_text("Nobody knows why we do it").wait_for()

        # on paper: the minutes without what can be pressed
        page.emulate_media(media="print")
        assert not page.get_by_role("link", name="What became of them").is_visible()
        assert page.get_by_text("We go on, and look at the room first.").is_visible()
    is_all_there(review)
    print(f"\na review's writing: {pace.seconds:.0f} s, {pace.taps} taps")
    assert pace.seconds <= 5 * 60  # of the meeting's 45 minutes


def test_f04_a_review_is_held_and_closed_without_javascript(chromium, live_server, meeting):
    leader, review = meeting
    context = chromium.new_context(base_url=live_server.url, viewport=DESK, locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(15_000)
    page = context.new_page()
    with time_machine.travel(WEDNESDAY, tick=True):
        page.goto("/accounts/login/")
        page.get_by_label("E-mail").fill(leader.user.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.goto(f"/services/north/reviews/{review.pk}/hold/")
        page.get_by_label("Kari Nes").check()
        page.get_by_label("Nora Berg").check()
        page.get_by_label("What was said and decided").fill("We go on.")

        vision = page.locator("#flag-no-vision")
        vision.locator("summary", has_text="Observe").click()
        vision.get_by_label("What was seen").fill("Nobody knows why we do it")
        vision.get_by_role("button", name="This hinders").click()
        vision.get_by_text("Observation saved.").wait_for()
        assert page.get_by_label("What was said and decided").input_value() == "We go on."
        page.locator("#flag-no-goals summary", has_text="Observe").click()
        page.locator("#flag-no-goals").get_by_role("button", name="This helps").click()
        page.locator("#flag-no-goals").get_by_text("Observation saved.").wait_for()
        vision.locator("summary", has_text="Agree on an action").click()
        vision.get_by_role("button", name="Open the action").click()
        vision.get_by_text("Action opened.").wait_for()
        beside = page.locator("#else")
        beside.locator("summary", has_text="Another action").click()
        beside.get_by_label("What is to be done").fill("Ask for the big room")
        beside.get_by_label("Who does it").select_option(label="Nora Berg")
        beside.get_by_role("button", name="Open the action").click()
        beside.get_by_text("Action opened.").wait_for()
        page.locator("#decision summary").click()
        page.get_by_label("What was decided").select_option(label="Continue")
        page.locator("#decision").get_by_label("In a sentence").fill("IMR goes on")
        page.get_by_role("button", name="Record the decision").click()
        page.get_by_text("Decision recorded.").wait_for()
        page.get_by_role("button", name="Close the review").click()
        page.get_by_text("Review closed.").wait_for()
    context.close()
    is_all_there(review)


class Keyboard:
    """Somebody who has no mouse: goes on with Tab, and looks where the focus is each time."""

    def __init__(self, page):
        self.page = page

    def focus(self) -> dict:
        return self.page.evaluate(FOCUS)

    def to(self, *, name: str = "", value: str = "", text: str = "") -> None:
        """Go on with Tab until the focus is there; it is visible on the way, and only goes forwards."""
        last, stays = -1, 0
        for _press in range(250):
            self.page.keyboard.press("Tab")
            now = self.focus()
            assert now["tag"] != "BODY", f"the way to {name}{value}{text} left the page"
            within = now["order"] == last  # a date: day, month, year and calendar have marks of their own
            assert within or now["ring"] >= 2, now
            assert now["uncovered"], now
            assert now["order"] >= last, ("out of order", now)
            stays = stays + 1 if now["order"] == last else 0
            assert stays <= 3, ("a trap", now)
            last = now["order"]
            if (name, value) == (now["name"], now["value"] if value else value) and now["text"].startswith(text):
                return
        raise AssertionError(f"no way to {name}{value}{text} by keyboard")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, key: str, *, then: str = "") -> None:
        self.page.keyboard.press(key)
        if then:
            self.page.get_by_text(then).first.wait_for()

    def row(self, slug: str, text: str) -> None:
        """Into a row, by going on to its box and from there to what is to be opened."""
        self.to(name="settled", value=slug)
        self.to(text=text)


def test_a02_a_review_is_held_and_closed_by_keyboard_alone(visitor, meeting):
    leader, review = meeting
    with time_machine.travel(WEDNESDAY, tick=True):
        desk = visitor(DESK)
        desk.sign_in(leader.user.email, PASSWORD)
        desk.page.goto(f"/services/north/reviews/{review.pk}/hold/")
        keys = Keyboard(desk.page)
        for person in review.service.members.order_by("name"):
            keys.to(name="attendees", value=str(person.pk))
            keys.press("Space")

        keys.row("flag-no-vision", "Observe")
        keys.press("Enter")
        keys.to(name="flag-no-vision-text")
        keys.type("Nobody knows why we do it")
        keys.to(value="hinders:flag-no-vision", name="do")
        keys.press("Enter", then="Observation saved.")
        desk.check()

        # the page comes back to the row: the next Tab goes on from there
        keys.to(text="Agree on an action")
        keys.press("Enter")
        keys.to(name="do", value="act:flag-no-vision")
        keys.press("Enter", then="Action opened.")
        keys.row("flag-no-goals", "Observe")
        keys.press("Enter")
        keys.to(name="do", value="helps:flag-no-goals")
        keys.press("Space", then="Observation saved.")
        desk.check()

        keys.to(text="Another action")
        keys.press("Enter")
        keys.to(name="else-title")
        keys.type("Ask for the big room")
        keys.to(name="else-owner")
        keys.type("Nora")
        keys.to(name="do", value="act:else")
        keys.press("Enter", then="Action opened.")
        keys.to(text="Record a decision")
        keys.press("Enter")
        keys.to(name="decision_kind")
        keys.type("Continue")
        keys.to(name="decision_text")
        keys.type("IMR goes on")
        keys.to(name="do", value="decide")
        keys.press("Enter", then="Decision recorded.")
        desk.check()

        # the jump list leads over what is done; Enter in the minutes is a new line and presses nothing
        keys.to(name="minutes")
        keys.type("We go on.\nThe room first.")
        keys.to(name="do", value="close")
        keys.press("Enter", then="Review closed.")
        desk.check()
    is_all_there(review)
    assert review.minutes.replace("\r", "") == "We go on.\nThe room first."
