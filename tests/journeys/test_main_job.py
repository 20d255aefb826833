"""The main job, in a browser: a conflict is logged, answered, shows in the flags, and a plan is issued and read."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pytest
import time_machine
from django.core.management import call_command

from tests.factories import PASSWORD, make_agreement, make_leader, make_practitioner, make_service
from tests.journeys.conftest import DESK, PHONE

OSLO = ZoneInfo("Europe/Oslo")
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=OSLO)
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=OSLO)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_a_conflict_is_logged_answered_and_ends_in_a_plan(visitor):
    with time_machine.travel(WEDNESDAY - timedelta(days=20), tick=True):
        service = make_service("north", name="North team")
        leader = make_leader(service)
        nora = make_practitioner(service, name="Nora Berg")
        make_practitioner(service, name="Ola Vik")
        make_agreement(service, recorded_by=leader)

    with time_machine.travel(WEDNESDAY, tick=True):
        # Nora, on her phone, logs with her name what took the time
        phone = visitor(PHONE)
        phone.sign_in(nora.user.email, PASSWORD)
        phone.check()
        phone.page.get_by_role("link", name="Log a conflict").click()
        phone.check()
        phone.page.get_by_role("link", name="Log with my name").click()
        phone.page.get_by_text("Seen at once by Kari Nes: the day, the reason and your name.").wait_for()
        phone.page.get_by_role("button", name="Short of staff").click()
        phone.page.get_by_role("heading", name="Saved for week 48").wait_for()
        phone.check()

        # and another one without it
        phone.page.get_by_role("link", name="Log another").click()
        phone.page.get_by_role("link", name="Log without my name").click()
        phone.page.get_by_role("button", name="Meeting", exact=True).click()
        phone.page.get_by_role("heading", name="Saved for week 48").wait_for()

        # her leader sees the named one, and only that
        desk = visitor(DESK)
        desk.sign_in(leader.user.email, PASSWORD)
        desk.check()
        desk.page.goto("/services/north/conflicts/")
        desk.page.get_by_text("Short of staff", exact=True).wait_for()
        assert desk.page.get_by_text("Nora Berg").count() == 1
        assert desk.page.get_by_text("Meeting").count() == 0
        desk.check()

    with time_machine.travel(WEDNESDAY + timedelta(days=19), tick=True):
        # two weeks from the Monday of its release it is still unanswered: a flag
        desk = visitor(DESK)
        desk.sign_in(leader.user.email, PASSWORD)
        desk.page.goto("/services/north/standing/unanswered-conflicts/")
        assert desk.page.locator(".flag-state").inner_text().startswith("Flagged")
        desk.check()

        # the leader answers both, one with an action
        desk.page.goto("/services/north/conflicts/")
        for reason in ("Short of staff", "Meeting"):
            desk.page.get_by_role("link", name=re.compile(f"Answer.*{reason}")).click()
            desk.page.get_by_label("Planned").check()
            desk.page.get_by_label("What will be done").fill("Agree on a swap with the day team")
            desk.page.get_by_label("By when").fill("2026-12-18")
            desk.check()
            desk.page.get_by_role("button", name="Answer").click()
            desk.page.get_by_text("Answered.").wait_for()
        desk.check()
        desk.page.goto("/services/north/standing/unanswered-conflicts/")
        assert desk.page.locator(".flag-state").inner_text().startswith("Strength")
        desk.check()

        # and issues the plan, which is made in the background
        desk.page.goto("/services/north/standing/")
        desk.check()
        desk.page.get_by_role("link", name="Issue a plan").click()
        desk.check()
        desk.page.get_by_role("button", name="Issue").click()
        desk.page.get_by_text("Queued").first.wait_for()
        desk.check()
        call_command("run_due", verbosity=0)
        desk.page.reload()
        with desk.page.expect_download() as download:
            desk.page.get_by_role("link", name="Download").click()
        desk.check()
        with open(download.value.path(), "rb") as file, pikepdf.open(BytesIO(file.read())) as pdf:
            assert len(pdf.pages) >= 2
            assert pdf.Root.MarkInfo.Marked

        # Nora reads what came of it
        phone = visitor(PHONE)
        phone.sign_in(nora.user.email, PASSWORD)
        phone.page.get_by_text("Agree on a swap with the day team").first.wait_for()
        phone.check()


def test_f14_an_entry_without_a_name_shows_once_monday_has_come(visitor):
    with time_machine.travel(WEDNESDAY, tick=True):
        service = make_service("north", name="North team")
        leader = make_leader(service)
        nora = make_practitioner(service, name="Nora Berg")
        make_practitioner(service, name="Ola Vik")
        make_agreement(service, recorded_by=leader)
        phone = visitor(PHONE)
        phone.sign_in(nora.user.email, PASSWORD)
        phone.page.goto("/services/north/conflicts/new/")
        phone.page.get_by_role("button", name="Acute patient").click()
        phone.page.get_by_role("heading", name="Saved for week 48").wait_for()

    with time_machine.travel(MONDAY - timedelta(hours=9), tick=True):  # Sunday 23:00 in Oslo
        desk = visitor(DESK)
        desk.sign_in(leader.user.email, PASSWORD)
        desk.page.goto("/services/north/conflicts/")
        assert desk.page.get_by_text("Acute patient").count() == 0

    with time_machine.travel(MONDAY, tick=True):
        desk = visitor(DESK)
        desk.sign_in(leader.user.email, PASSWORD)
        desk.page.goto("/services/north/conflicts/")
        desk.page.get_by_text("Acute patient", exact=True).wait_for()
        assert desk.page.get_by_text("Nora Berg").count() == 0
        desk.check()
