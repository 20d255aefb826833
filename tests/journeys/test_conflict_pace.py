"""The seconds that somebody needs around a conflict or a week, at human pace on a poor connection."""

import re
from statistics import median

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from planning.models import Action, ConflictAnswer
from tests.factories import (
    PASSWORD,
    make_agreement,
    make_allocation,
    make_conflict,
    make_leader,
    make_practitioner,
    make_service,
    make_week_check_in,
)
from tests.journeys.conftest import PHONE
from tests.journeys.pace import TAP, THINKING, Pace, slow_4g

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

LOG = "/services/north/conflicts/new/"
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])


@pytest.fixture
def nora():
    """A practitioner of a team whose log is open."""
    service = make_service("north", name="North team")
    make_agreement(service, recorded_by=make_leader(service))
    make_practitioner(service, name="Ola Vik")
    return make_practitioner(service, name="Nora Berg")


def on_phone(visitor, member, *, script=True):
    """Somebody's phone, signed in."""
    phone = visitor(PHONE, java_script_enabled=script)
    phone.context.set_default_timeout(60_000)  # a busy machine makes the pages slow, not the person
    phone.sign_in(member.user.email, PASSWORD)
    return phone


def saved(page):
    return page.get_by_role("heading", name="Saved for week")


@SCRIPT
def test_f03_from_the_link_to_saved_takes_twenty_seconds_at_most(visitor, nora, script):
    page = on_phone(visitor, nora, script=script).page
    slow_4g(page)
    taken = []

    for _time in range(5):
        pace = Pace(page)
        pace.open(LOG)
        pace.tap(page.get_by_role("button", name="Short of staff"), then=saved(page))
        assert pace.human == pytest.approx(2 * (THINKING + TAP))
        assert pace.waited > 2 * 0.5  # two pages came over the slow network
        taken.append(pace.seconds)

    print(f"From the link to Saved: {', '.join(f'{one:.1f}' for one in taken)} s")
    assert nora.conflicts.count() == 5
    assert median(taken) <= 20


def test_f02_reason_and_effect_by_keyboard_take_six_presses_at_most(visitor, nora):
    page = on_phone(visitor, nora).page
    page.goto(LOG)
    pace = Pace(page)

    pace.press("Tab", "Enter", "Tab", "Enter", then=saved(page))  # past the header, to the first reason
    pace.press("Tab", "Enter", then=page.get_by_text("Acute patient · A session"))

    assert pace.keys == 6
    assert nora.conflicts.get().displaced == "session"


@SCRIPT
def test_f02_reason_and_effect_take_two_taps(visitor, nora, script):
    page = on_phone(visitor, nora, script=script).page
    page.goto(LOG)
    pace = Pace(page)

    pace.tap(page.get_by_role("button", name="Meeting", exact=True), then=saved(page))
    pace.tap(page.get_by_role("button", name="Preparation"), then=page.get_by_text("Meeting · Preparation"))

    assert (pace.taps, pace.typed) == (2, 0)


def test_f04_f05_without_script_an_entry_is_logged_detailed_and_undone(visitor, nora):
    phone = on_phone(visitor, nora, script=False)
    page = phone.page
    page.goto(LOG)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    page.get_by_role("button", name="Meeting", exact=True).click()
    page.get_by_role("link", name="Add detail").click()
    page.get_by_label("About how many hours").fill("1.5")
    page.get_by_label("Without my name").check()
    page.get_by_role("button", name="Save").click()
    assert str(nora.conflicts.get().hours) == "1.50"

    page.get_by_role("button", name="Undo").click()

    page.get_by_text("Withdrawn. Nothing of the entry is left.").wait_for()
    assert not nora.conflicts.exists()


@SCRIPT
def test_f17_a_conflict_is_answered_with_an_action_within_a_minute(visitor, nora, script):
    conflict = make_conflict(nora, reason="staff", named=True)
    leader = nora.service.members.get(name="Kari Nes")
    phone = on_phone(visitor, leader, script=script)
    page = phone.page
    slow_4g(page)
    pace = Pace(page)

    pace.open("/services/north/conflicts/")
    pace.read(page.locator(".conflict").first)
    pace.tap(page.get_by_role("link", name=re.compile("Answer.*Short of staff")))
    pace.tap(page.get_by_label("Planned"))
    pace.type(page.get_by_label("What will be done"), "Agree on a swap with the day team")
    pace.tap(page.get_by_role("button", name="Answer"), then=page.get_by_text("Answered. Nothing else waits"))

    print(f"A conflict answered with an action: {pace.seconds:.1f} s")
    assert pace.seconds <= 60
    action = Action.objects.get()
    assert (action.owner, action.due_on) == (leader, timezone.localdate() + timezone.timedelta(days=14))
    assert ConflictAnswer.objects.get().conflict == conflict
    if script:
        phone.check()


@SCRIPT
def test_f17_that_it_was_seen_takes_one_tap_in_the_list(visitor, nora, script):
    make_conflict(nora, reason="staff", named=True)
    page = on_phone(visitor, nora.service.members.get(name="Kari Nes"), script=script).page
    page.goto("/services/north/conflicts/")
    pace = Pace(page)

    pace.tap(
        page.get_by_role("button", name=re.compile("Seen.*Short of staff")),
        then=page.get_by_text("Answered. Nothing else waits for an answer."),
    )

    assert pace.taps == 1
    assert ConflictAnswer.objects.get().state == "seen"


@SCRIPT
def test_f20_a_week_takes_thirty_seconds_from_the_link_at_most(visitor, nora, script):
    make_allocation(nora, hours_per_week=3)
    make_week_check_in(nora, set_aside_hours=3, own_time_hours="1.5")
    page = on_phone(visitor, nora, script=script).page
    slow_4g(page)
    taken = []

    for kept in ("Most of it", "About half", "All of it"):
        pace = Pace(page)
        pace.open("/services/north/weeks/new/")  # where the button of the first page and the reminder lead
        pace.read(page.locator("main .intro"), page.locator("legend").first)
        pace.tap(page.get_by_label(kept))
        if kept == "All of it":
            pace.type(page.get_by_label("Hours of IMR work in your own time"), "2")
        pace.tap(page.get_by_role("button", name="Save my week"), then=page.get_by_text("Your week is saved."))
        taken.append(pace.seconds)

    print(f"A week: {', '.join(f'{one:.1f}' for one in taken)} s")
    assert median(taken) <= 30
    own = nora.week_check_ins.order_by("-week").first()
    assert (own.kept, own.own_time_hours) == (4, 2)
