"""A tap without a connection: it waits on the phone, is sent once, and nothing of it is lost or doubled on the way."""

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from planning.models import LoggingAgreement, PriorityConflict
from tests.factories import PASSWORD, make_agreement, make_leader, make_practitioner, make_service
from tests.journeys.conftest import AXE_RULES, PHONE, run_axe
from tests.journeys.hanging import Hanging
from tests.planning.site import document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

LOG = "/services/north/conflicts/new/"


@pytest.fixture
def nora():
    """A practitioner of a team whose log is open."""
    service = make_service("north", name="North team")
    make_agreement(service, recorded_by=make_leader(service))
    make_practitioner(service, name="Ola Vik")
    return make_practitioner(service, name="Nora Berg")


@pytest.fixture
def phone(visitor, nora):
    """Her phone, on which the quick page was opened once with a connection."""
    phone = visitor(PHONE)
    phone.context.set_default_timeout(60_000)  # a busy machine makes everything slow but the person
    expect.set_options(timeout=30_000)
    phone.sign_in(nora.user.email, PASSWORD)
    phone.page.goto("/log/")
    for _scope in range(100):
        if (
            phone.page.evaluate(
                "async () => (await navigator.serviceWorker.getRegistrations()).filter(r => r.active).length"
            )
            == 2
        ):
            break
        phone.page.wait_for_timeout(100)
    else:
        pytest.fail("The quick page is not kept on the phone.")
    assert phone.complaints == []  # the policy blocks nothing of all this
    return phone


def reason(phone, name):
    return phone.page.get_by_role("button", name=name, exact=True)


def tap(phone, name):
    """Tap on a reason and wait for nothing: the page that it leads to hangs."""
    reason(phone, name).click(no_wait_after=True)


TAP_ON_LEAVING = """codes => navigation.addEventListener("navigate", () => codes.forEach((code, number) =>
    setTimeout(() => document.querySelector(`button[value=${code}]`).click(), 1000 * (number + 1))), { once: true })"""


def tap_on_leaving(phone, *codes):
    """Have buttons tapped, a second apart, once the next page is on its way: no test reaches into a page just then."""
    phone.page.evaluate(TAP_ON_LEAVING, codes)


def waits(phone, count):
    words = {0: "Nothing is waiting on this phone", 1: "1 entry is waiting on this phone"}
    return phone.page.get_by_text(words.get(count, f"{count} entries are waiting on this phone"))


def kept(phone) -> list[dict]:
    """What the phone's storage holds of entries."""
    items = phone.page.evaluate("() => Object.entries(localStorage).filter(([name]) => name.includes('waiting'))")
    return [json.loads(value) for _name, value in items]


def test_f01_s03_a_tap_with_a_connection_is_as_quick_and_leaves_nothing_on_the_phone(phone, nora):
    reason(phone, "Short of staff").click()
    expect(phone.page.get_by_role("heading", name="Saved for week")).to_be_focused()

    assert nora.conflicts.get().reason == "staff"
    assert kept(phone) == []
    phone.check()


def test_f06_a_tap_without_a_connection_waits_and_is_sent_once_when_there_is_one(phone, nora):
    phone.context.set_offline(True)
    reason(phone, "Short of staff").click()
    expect(waits(phone, 1)).to_be_focused()
    expect(phone.page.get_by_text("No connection.")).to_be_visible()
    assert not PriorityConflict.objects.exists()

    phone.context.set_offline(False)
    expect(waits(phone, 0)).to_be_visible()

    conflict = nora.conflicts.get()
    assert (conflict.reason, conflict.named, conflict.happened_on) == ("staff", False, timezone.localdate())
    assert kept(phone) == []
    phone.page.reload()
    phone.page.wait_for_timeout(500)
    assert PriorityConflict.objects.count() == 1


def test_f06_the_page_opens_without_a_connection_and_nothing_is_lost_when_it_is_closed(phone, nora):
    phone.context.set_offline(True)
    for address in ("/log/", LOG):
        phone.page.goto(address)
        expect(phone.page.get_by_role("heading", name="What took the time from IMR?")).to_be_visible()
        assert phone.page.locator(".reason").count() == 6
        assert "Nora" not in phone.page.content()
        assert "Kari" not in phone.page.content()
    expect(phone.page.get_by_text("North team")).to_be_visible()
    expect(phone.page.get_by_text("In a small team this is not anonymous")).to_be_visible()  # F16: said before saving

    reason(phone, "Meeting").click()
    expect(waits(phone, 1)).to_be_focused()
    reason(phone, "Acute patient").click()
    expect(waits(phone, 2)).to_be_focused()
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.page.goto("/log/")
    expect(waits(phone, 2)).to_be_visible()

    phone.context.set_offline(False)
    expect(waits(phone, 0)).to_be_visible()

    assert sorted(nora.conflicts.values_list("reason", flat=True)) == ["acute", "meeting"]


def test_a01_the_page_without_a_connection_breaks_no_rule(phone):
    phone.context.set_offline(True)
    phone.page.goto("/log/")
    reason(phone, "Meeting").click()
    expect(waits(phone, 1)).to_be_focused()

    results = run_axe(phone.page, AXE_RULES)

    assert results.violations_count == 0, results.generate_report()
    # That there is no connection the browser itself reports, sooner or later.
    assert [said for said in phone.complaints if "ERR_INTERNET_DISCONNECTED" not in said] == []
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_f14_what_waits_on_a_phone_tells_a_reason_and_a_day_and_no_name(phone):
    phone.context.set_offline(True)
    reason(phone, "Meeting").click()
    expect(waits(phone, 1)).to_be_visible()

    (entry,) = kept(phone)
    everything = phone.page.evaluate("() => JSON.stringify(localStorage)")

    assert set(entry) == {"key", "log", "owner", "reason", "label", "named", "on"}
    assert entry["on"] == timezone.localdate().isoformat()
    for told in ("Nora", "Berg", "Kari", "@", ":00"):
        assert told not in everything


def test_f05_what_waits_is_taken_back_on_the_phone(phone):
    phone.context.set_offline(True)
    reason(phone, "Meeting").click()
    phone.page.get_by_role("button", name=re.compile("Remove.*Meeting")).click()
    expect(phone.page.get_by_text("Removed from this phone.")).to_be_focused()

    assert kept(phone) == []
    phone.context.set_offline(False)
    phone.page.reload()
    phone.page.wait_for_timeout(500)
    assert not PriorityConflict.objects.exists()


def test_f06_an_answer_that_got_lost_on_the_way_does_not_double_the_entry(phone, nora):
    """The server stored it, the phone never heard: it sends the same key again."""

    def lose_the_answer(route):
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.page.route(f"**{LOG}", lose_the_answer)
    reason(phone, "Meeting").click()
    expect(waits(phone, 1)).to_be_visible()
    assert nora.conflicts.count() == 1

    phone.page.unroute(f"**{LOG}")
    phone.page.reload()
    expect(waits(phone, 0)).to_be_visible()

    assert nora.conflicts.count() == 1


def test_f06_a_tap_while_what_waits_hangs_is_kept_shown_and_sent_after_it(phone, nora):
    phone.context.set_offline(True)
    reason(phone, "Short of staff").click()
    expect(waits(phone, 1)).to_be_focused()
    network = Hanging(phone.page, f"**{LOG}")
    phone.context.set_offline(False)
    network.until(1)

    reason(phone, "Meeting").click()
    expect(waits(phone, 2)).to_be_focused()
    reason(phone, "Acute patient").click()
    expect(waits(phone, 3)).to_be_focused()
    assert sorted(entry["reason"] for entry in kept(phone)) == ["acute", "meeting", "staff"]
    assert not PriorityConflict.objects.exists()

    network.release()
    expect(waits(phone, 0)).to_be_visible()
    assert sorted(nora.conflicts.values_list("reason", flat=True)) == ["acute", "meeting", "staff"]
    assert kept(phone) == []


def test_f06_on_the_kept_page_too_a_tap_on_a_connection_that_hangs_is_kept_and_two_in_haste_are_one(phone, nora):
    phone.context.set_offline(True)
    phone.page.goto("/log/")
    network = Hanging(phone.page, f"**{LOG}")
    phone.context.set_offline(False)
    reason(phone, "Short of staff").dblclick()
    expect(waits(phone, 1)).to_be_visible()
    network.until(1)

    reason(phone, "Meeting").click()
    expect(waits(phone, 2)).to_be_focused()
    assert sorted(entry["reason"] for entry in kept(phone)) == ["meeting", "staff"]

    network.release()
    expect(waits(phone, 0)).to_be_visible()
    assert sorted(nora.conflicts.values_list("reason", flat=True)) == ["meeting", "staff"]


def test_f06_a_second_reason_while_the_first_tap_hangs_is_kept_and_both_are_sent_once(phone, nora):
    network = Hanging(phone.page, f"**{LOG}", method="POST")
    reason(phone, "Short of staff").click()
    network.until(1)

    reason(phone, "Meeting").click()
    expect(waits(phone, 2)).to_be_focused()
    phone.page.wait_for_timeout(1000)  # long after a double tap
    reason(phone, "Short of staff").click()  # nothing seems to happen: once more
    expect(waits(phone, 2)).to_be_visible()

    network.release()
    expect(waits(phone, 0)).to_be_visible()
    assert sorted(nora.conflicts.values_list("reason", flat=True)) == ["meeting", "staff"]
    assert kept(phone) == []


SAVED = re.compile(r"/services/north/conflicts/[0-9a-f-]{36}/$")


def test_f06_a_second_tap_while_the_saved_page_is_slow_to_come_stores_nothing_more(phone, nora):
    network = Hanging(phone.page, SAVED)
    tap_on_leaving(phone, "meeting", "meeting", "meeting")
    tap(phone, "Meeting")
    network.until(1)
    phone.page.wait_for_timeout(5000)
    assert (network.seen, nora.conflicts.count()) == (1, 1)

    network.release()
    expect(phone.page.get_by_role("heading", name="Saved for week")).to_be_focused()
    assert (nora.conflicts.count(), kept(phone)) == (1, [])
    phone.page.go_back()
    reason(phone, "Meeting").click()
    expect(phone.page.get_by_role("heading", name="Saved for week")).to_be_focused()
    assert nora.conflicts.count() == 2


def test_f06_another_reason_while_the_saved_page_is_slow_to_come_is_an_entry_of_its_own(phone, nora):
    network = Hanging(phone.page, SAVED)
    tap_on_leaving(phone, "acute")
    tap(phone, "Meeting")
    network.until(1)

    expect(waits(phone, 0)).to_be_visible()

    assert sorted(nora.conflicts.values_list("reason", flat=True)) == ["acute", "meeting"]
    assert phone.page.url.endswith(LOG)


def test_f06_a_page_the_browser_brings_back_as_it_was_is_open_for_another_entry(phone, nora):
    network = Hanging(phone.page, SAVED)
    tap(phone, "Meeting")
    network.until(1)
    network.stop()  # as when one stops the page that is coming
    phone.page.wait_for_timeout(1000)
    reason(phone, "Meeting").click()
    phone.page.wait_for_timeout(500)
    assert nora.conflicts.count() == 1
    phone.page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    network.release()

    reason(phone, "Meeting").click()

    expect(phone.page.get_by_role("heading", name="Saved for week")).to_be_focused()
    assert nora.conflicts.count() == 2


def test_f05_what_is_removed_while_the_connection_hangs_is_not_sent(phone, nora):
    phone.context.set_offline(True)
    for number, name in enumerate(("Meeting", "Acute patient"), start=1):
        reason(phone, name).click()
        expect(waits(phone, number)).to_be_visible()
    network = Hanging(phone.page, f"**{LOG}")
    phone.context.set_offline(False)
    network.until(1)

    phone.page.get_by_role("button", name=re.compile("Remove.*Meeting")).click()
    expect(waits(phone, 1)).to_be_visible()
    network.release()

    expect(waits(phone, 0)).to_be_visible()
    assert nora.conflicts.get().reason == "acute"


def test_s05_after_sign_out_the_kept_page_shows_nobodys_entries_and_takes_none(phone, nora):
    phone.context.set_offline(True)
    reason(phone, "Meeting").click()
    expect(waits(phone, 1)).to_be_visible()
    phone.page.route(f"**{LOG}", lambda route: route.abort())  # a connection too poor to send it
    phone.context.set_offline(False)
    phone.page.goto("/accounts/logout/")
    phone.page.locator("main").get_by_role("button", name="Sign out").click()
    expect(phone.page.get_by_text("You are signed out.")).to_be_visible()
    assert len(kept(phone)) == 1

    phone.context.set_offline(True)
    phone.page.goto("/log/")
    expect(phone.page.get_by_text("This phone does not know your log yet.")).to_be_visible()
    expect(phone.page.locator("[data-waiting]")).to_be_hidden()
    expect(phone.page.locator(".reason").first).to_be_hidden()

    phone.context.set_offline(False)
    phone.page.unroute(f"**{LOG}")
    phone.sign_in(nora.user.email, PASSWORD)  # her first page has the log on it, and sends
    expect(waits(phone, 0)).to_be_visible()
    assert nora.conflicts.get().reason == "meeting"


def test_f06_two_windows_that_send_at_once_store_one_entry(phone, nora):
    phone.context.set_offline(True)
    reason(phone, "Meeting").click()
    expect(waits(phone, 1)).to_be_visible()
    other = phone.context.new_page()
    other.goto("/log/")

    phone.context.set_offline(False)
    expect(
        other.get_by_text("Nothing is waiting on this phone").or_(other.locator("[data-waiting][hidden]"))
    ).to_be_attached()
    phone.page.reload()
    phone.page.wait_for_timeout(1000)

    assert nora.conflicts.count() == 1
    assert kept(phone) == []


def test_f06_the_same_key_sent_in_parallel_is_one_entry_and_one_answer(nora, live_server):
    client = Client()
    client.force_login(nora.user)
    form = document(client.get(LOG)).get_element_by_id("page-form")
    sent = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    sent |= {"submission": str(uuid.uuid4()), "reason": "meeting"}

    def send(_number):
        again = Client()
        again.cookies = client.cookies
        return again.post(LOG, sent, headers={"accept": "application/json"})

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))

    conflict = nora.conflicts.get()
    assert [answer.status_code for answer in answers] == [200] * 4
    assert {answer.json()["url"] for answer in answers} == {f"/services/north/conflicts/{conflict.pk}/"}


def test_s05_with_the_sign_in_gone_it_stays_until_the_same_person_signs_in(phone, nora, visitor):
    phone.context.set_offline(True)
    reason(phone, "Meeting").click()
    expect(waits(phone, 1)).to_be_visible()
    phone.context.clear_cookies()

    phone.context.set_offline(False)
    expect(phone.page.get_by_text("You are signed out. It stays here until you sign in.")).to_be_visible()
    assert len(kept(phone)) == 1
    assert not PriorityConflict.objects.exists()

    # A colleague signs in on the same phone: it is not hers, and she does not see it
    colleague = nora.service.members.get(name="Ola Vik")
    phone.sign_in(colleague.user.email, PASSWORD)
    phone.page.goto(LOG)
    phone.page.wait_for_timeout(500)
    expect(phone.page.locator("[data-waiting]")).to_be_hidden()
    assert not PriorityConflict.objects.exists()

    # It says so where one signs out
    phone.page.goto("/accounts/logout/")
    expect(phone.page.get_by_text("still waiting on this phone")).to_be_visible()
    phone.page.locator("main").get_by_role("button", name="Sign out").click()

    phone.sign_in(nora.user.email, PASSWORD)  # her first page has the log on it, and sends
    expect(waits(phone, 0)).to_be_visible()
    assert PriorityConflict.objects.get().author == nora


def test_s05_a_tap_after_the_sign_in_ended_is_kept_and_the_page_says_to_sign_in(phone, nora):
    phone.context.clear_cookies()

    reason(phone, "Meeting").click()
    expect(waits(phone, 1)).to_be_focused()
    phone.page.get_by_role("link", name="Sign in").click()
    phone.page.get_by_label("E-mail").fill(nora.user.email)
    phone.page.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.page.get_by_role("button", name="Sign in").click()

    expect(waits(phone, 0)).to_be_visible()
    assert nora.conflicts.count() == 1


def test_s10_while_the_log_is_closed_it_stays_and_says_so(phone, nora):
    phone.context.set_offline(True)
    reason(phone, "Meeting").click()
    expect(waits(phone, 1)).to_be_visible()
    long_ago = timezone.localdate() - timedelta(days=200)
    LoggingAgreement.objects.update(evaluate_on=long_ago)

    phone.context.set_offline(False)
    expect(phone.page.locator("[data-part=state]")).to_contain_text("it opens once the leader has done that.")
    assert len(kept(phone)) == 1
    assert not PriorityConflict.objects.exists()

    LoggingAgreement.objects.update(evaluate_on=timezone.localdate() + timedelta(days=30))
    phone.page.reload()
    expect(waits(phone, 0)).to_be_visible()
    assert nora.conflicts.count() == 1


def test_a_tap_that_waited_for_days_is_sent_with_its_day_and_an_older_one_is_refused_in_words(phone, nora):
    phone.context.set_offline(True)
    for name in ("Meeting", "Acute patient"):
        reason(phone, name).click()
        expect(waits(phone, 1 if name == "Meeting" else 2)).to_be_visible()
    days = {"meeting": 3, "acute": 20}
    for entry in kept(phone):
        entry["on"] = (timezone.localdate() - timedelta(days=days[entry["reason"]])).isoformat()
        phone.page.evaluate(
            "([name, value]) => localStorage.setItem(name, value)",
            [f"holdfast.waiting.{entry['key']}", json.dumps(entry)],
        )

    phone.context.set_offline(False)
    expect(phone.page.locator("[data-part=state]")).to_have_text("Give a day within the last two weeks.")

    conflict = nora.conflicts.get()
    assert (conflict.reason, conflict.happened_on) == ("meeting", timezone.localdate() - timedelta(days=3))
    assert [entry["reason"] for entry in kept(phone)] == ["acute"]
