"""Somebody is asked about the leader, answers on a phone in three minutes, and is shown what the team answered."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments import waves
from assessments.instruments import ILS, PRESS
from assessments.models import Wave, WaveAnswer
from tests.factories import PASSWORD, make_answers, make_leader, make_service, make_wave
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.pace import TAP, THINKING

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
QUESTIONS = len(ILS.items) + len(PRESS.items)


@pytest.fixture
def wave():
    leader = make_leader(make_service("north", name="North team"))
    return make_wave(leader.service, people=6)


@SCRIPT
def test_a_phone_answers_in_three_minutes_with_a_break_and_sees_the_result(visitor, wave, script):
    invitation = wave.invitations.order_by("pk").first()
    phone = visitor(PHONE, java_script_enabled=script)
    phone.context.set_default_timeout(60_000)  # a busy machine makes the pages slow, not the person
    page = phone.page
    page.goto(f"/answer/{waves.token(invitation)}/")
    if script:
        phone.check()
    questions = page.get_by_role("group")
    expect(questions).to_have_count(QUESTIONS)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"] if script else True

    for number in range(5):
        questions.nth(number).get_by_label("to a great extent").check()
    page.get_by_role("button", name="Save and go on later").click()
    expect(page.get_by_text("Kept in this browser only.")).to_be_visible()
    assert not WaveAnswer.objects.exists()
    page.goto(f"/answer/{waves.token(invitation)}/")
    expect(page.get_by_role("radio", checked=True)).to_have_count(5)
    for number in range(5, QUESTIONS):
        questions.nth(number).get_by_label("to a moderate extent").check()
    page.get_by_role("button", name="Send my answers").click()

    expect(page.get_by_role("heading", name="Thank you: your answers have come in")).to_be_visible()
    assert (QUESTIONS + 2) * (THINKING + TAP) < 180
    assert sorted(WaveAnswer.objects.get().leadership.values()) == [2] * 7 + [3] * 5

    make_answers(wave, 2, 2, 3, 1)
    waves.close(Wave.objects.get(), at=timezone.now())
    page.reload()
    expect(page.get_by_role("heading", name="What the team answered")).to_be_visible()
    expect(page.get_by_text("Thank you for answering.")).to_be_visible()
    if script:
        phone.check()


def test_the_leader_opens_closes_and_replies(visitor):
    service = make_service("north", name="North team")
    leader = make_leader(service)
    desk = visitor(DESK)
    desk.context.set_default_timeout(60_000)
    page = desk.page
    desk.sign_in(leader.user.email, PASSWORD)
    page.goto("/services/north/assessments/waves/")
    page.get_by_role("link", name="Ask the team").click()
    page.get_by_label("E-mail addresses of the team").fill("\n".join(f"team{one}@example.org" for one in range(5)))
    desk.check()
    page.get_by_role("button", name="Open the survey").click()
    expect(page.get_by_text("Not enough have answered yet")).to_be_visible()
    desk.check()

    make_answers(Wave.objects.get(), {"supportive": 4}, {"supportive": 4}, {"supportive": 4}, 1, 2)
    page.get_by_role("link", name="Close the survey").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("heading", name="Implementation Leadership Scale")).to_be_visible()
    desk.check()
    page.get_by_role("link", name="Reply to the team").click()
    page.get_by_label("What will come of it").fill("We start with the rota.")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("We start with the rota.")).to_be_visible()
