"""The pages of a fidelity visit: planned, rated apart, laid side by side, agreed on, told; nothing seen too early."""

import json
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from assessments import visits
from assessments.instruments import GOI, IMR_FIDELITY
from assessments.models import FidelityRating, OrganisationRating, RaterItem, Recommendation, Visit
from assessments.visit_items import Given
from planning.models import Action, EffortOfDay
from tests.factories import (
    make_action,
    make_adviser,
    make_leader,
    make_practitioner,
    make_rated_visit,
    make_rating,
    make_recommendation,
    make_service,
    make_stand_in,
    make_supervision,
    make_visit,
    rate_all,
)
from tests.planning.site import client_of, document, main_text, page

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 11, 25)
SECRET = "a note that nobody else reads"


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def visit(service):
    return make_visit(service)


@pytest.fixture
def first(visit):
    return visit.raters.get(number=1)


@pytest.fixture
def second(visit):
    return visit.raters.get(number=2)


def address(name: str, visit, *args) -> str:
    return reverse(name, args=["f", visit.pk, *args])


def page_of(rater, part=1, language="en"):
    client = client_of(rater.member, language=language)
    return client, client.get(address("visit_rate", rater.visit, part))


def was(response) -> str:
    return document(response).xpath("//input[@name='was']/@value")[0]


def problems(response) -> list[str]:
    return [" ".join(one.text_content().split()) for one in document(response).xpath("//*[@class='summary']//li")]


# Planning


def plan(member, **fields):
    data = {"planned_on": "2026-12-10", "first": "", "second": ""} | fields
    return client_of(member).post("/services/f/fidelity/visits/new/", data, follow=True)


def test_f04_a_visit_is_planned_by_a_plain_form(service):
    leader, adviser = make_leader(service), make_adviser(service)

    response = plan(leader, first=leader.pk, second=adviser.pk, covers="The four on Tuesdays", practitioners="4")

    visit = Visit.objects.get()
    assert (visit.covers, visit.practitioners, visit.patients) == ("The four on Tuesdays", 4, None)
    assert response.redirect_chain == [(f"/services/f/fidelity/visits/{visit.pk}/", 302)]
    text = main_text(response)
    assert "Visit planned." in text
    assert "Fidelity visit of 10 December 2026" in text
    assert "Kari Nes, not done yet" in text
    assert "The four on Tuesdays" in text


def test_f09_somebody_who_gives_imr_here_is_refused_with_a_reason_beside_the_field(service):
    leader, practitioner = make_leader(service), make_practitioner(service)

    response = plan(leader, first=leader.pk, second=practitioner.pk)

    reason = "Per Dahl gives IMR here, and nobody rates their own work. Choose somebody else."
    assert problems(response) == [reason]
    assert reason in document(response).xpath("string(//*[@id='div_id_second'])")
    assert not Visit.objects.exists()


def test_f09_what_else_is_refused(service):
    leader, adviser = make_leader(service), make_adviser(service)
    make_visit(service, raters=(leader, adviser), planned_on=date(2026, 12, 10))

    assert problems(plan(leader, first=leader.pk, second=leader.pk)) == [
        "There is a visit on that day already. Give another day.",
        "Two different people rate a visit. Choose another second rater.",
    ]
    assert problems(plan(leader, planned_on="")) == [
        "Give the date of the visit.",
        "Choose the first rater.",
        "Choose the second rater.",
    ]


def test_a_planned_visit_stands_on_the_assessments_and_on_the_leaders_first_page(service):
    visit = make_visit(service, planned_on=date(2026, 12, 10))
    leader = visit.raters.get(number=1).member

    for url in ("/services/f/fidelity/", "/services/f/"):
        found = document(client_of(leader).get(url)).xpath(f"//main//a[@href='{address('visit', visit)}']")
        assert len(found) == 1, url


def test_f04_a_visit_that_came_to_no_mean_is_found_on_the_assessments(service):
    visit = make_rated_visit(service)
    RaterItem.objects.filter(item__in=IMR_FIDELITY.items[:2]).update(rating=None, not_rateable="Not seen")
    for item in IMR_FIDELITY.items[:2]:
        visits.settle(visit, IMR_FIDELITY.by_key[item], Given(not_rateable="Not seen"), by=visit.raters.first().member)
    visits.agree(visit, by=visit.raters.first().member, on=TODAY)

    for member in (visit.raters.first().member, make_practitioner(service)):
        response = client_of(member).get("/services/f/fidelity/")
        assert "Visits with too few rated items for a mean Fidelity visit of Tue 24 Nov" in main_text(response)
        assert len(document(response).xpath(f"//main//a[@href='{address('visit', visit)}']")) == 1


def test_a_visit_is_moved_and_cancelled(visit, first):
    client = client_of(first.member)
    raters = {
        f"{name}": one.member_id
        for name, one in zip(("first", "second"), visit.raters.order_by("number"), strict=False)
    }

    client.post(address("visit_change", visit), {"planned_on": "2026-12-01", **raters})
    visit.refresh_from_db()
    assert visit.planned_on == date(2026, 12, 1)
    client.post(address("visit_cancel", visit), {})
    visit.refresh_from_db()
    assert visit.cancelled_on == TODAY
    assert "Cancelled" in main_text(client.get(address("visit", visit)))
    assert "nothing is rated any more" in main_text(client.get(address("visit_rate", visit, 1)))


@pytest.mark.parametrize(("patients", "asked"), [(3, False), (5, True), (0, True), (None, True)])
def test_f15_a_count_that_is_the_teams_alone_is_not_in_an_advisers_form(service, visit, patients, asked):
    Visit.objects.filter(pk=visit.pk).update(patients=patients)
    of_leader = client_of(make_leader(service)).get(address("visit_change", visit)).context["form"]

    response = client_of(make_adviser(service)).get(address("visit_change", visit))

    assert "patients" in of_leader.fields
    assert ("patients" in response.context["form"].fields) is asked


# Rating


def test_f10_the_pages_of_items_are_short_and_name_what_is_rated_with_its_steps(first):
    shown = []
    for part in range(1, 5):
        _client, response = page_of(first, part)
        assert len(response.context["form"].visible_fields()) <= 20
        shown += document(response).xpath("//section[@data-item]/@data-item")
        assert document(response).xpath("//main//input[@type='radio'][@checked]") == []
    assert shown == [f"{one.key}:{item}" for one in (IMR_FIDELITY, GOI) for item in one.items]
    client, response = page_of(first, 1)
    text = main_text(response)
    assert "5 Involvement of significant others" in text
    assert "4: 40–49 %" in text
    checked = document(response).xpath("//section[contains(., 'Check against the official form.')]/@data-item")
    assert checked == [f"imr_fidelity:{item}" for item in IMR_FIDELITY.items[4:7]]  # 1 to 4 are confirmed
    assert client.get(address("visit_rate", first.visit, 5)).status_code == 404


def test_f04_f06_a_page_is_saved_without_a_script_at_any_time_and_once(first):
    client, response = page_of(first)
    data = {
        "submission": str(uuid.uuid4()),
        "was": was(response),
        "curriculum": "4",
        "curriculum_note": SECRET,
        "handouts": "not",
        "handouts_note": "No chart was open to us",
    }

    for _time in range(2):
        response = client.post(address("visit_rate", first.visit, 1), data)
        assert (response.status_code, response.url) == (302, address("visit_rate", first.visit, 2))

    assert {(one.item, one.rating, one.not_rateable, one.note) for one in first.items.all()} == {
        ("curriculum", 4, "", SECRET),
        ("handouts", None, "No chart was open to us", ""),
    }
    again = document(client.get(address("visit_rate", first.visit, 1)))
    assert again.xpath("//input[@type='radio'][@checked]/@value") == ["4", "not"]
    assert "2 of 7" in again.xpath("string(//main//nav)")
    stopped = client.post(address("visit_rate", first.visit, 1), {"stop": "1"})
    assert stopped.url == address("visit", first.visit)


def test_f06_a_page_that_lay_open_puts_nothing_old_over_what_came_meanwhile(first):
    client, response = page_of(first)
    visits.rate(first, IMR_FIDELITY.by_key["curriculum"], Given(5), at=timezone.now(), now=timezone.now())

    client.post(
        address("visit_rate", first.visit, 1), {"was": was(response), "program_length": "3", "curriculum": "none"}
    )

    assert dict(first.items.values_list("item", "rating")) == {"curriculum": 5, "program_length": 3}


@pytest.mark.parametrize("spoilt", ["", "{", "[]", "null", '{"curriculum": 4}'])
def test_f09_a_spoilt_memory_of_the_page_is_no_error(first, spoilt):
    client, _response = page_of(first)

    response = client.post(address("visit_rate", first.visit, 1), {"was": spoilt, "curriculum": "2"})

    assert response.status_code == 302
    assert first.items.get().rating == 2


def test_f07_f09_what_is_wrong_is_said_and_everything_typed_is_kept(first):
    client, response = page_of(first)
    wrong = {"curriculum": "nonsense", "handouts": "not", "goal_setting_note": "15108695088", "program_length": "3"}

    response = client.post(address("visit_rate", first.visit, 1), {"was": was(response), **wrong})

    assert problems(response) == [
        "Choose one of the answers shown for “Comprehensiveness of the curriculum”.",
        "Write why “Provision of educational handouts” cannot be rated.",
        "This looks like a national identity number. Take it out: nothing about a patient belongs here.",
    ]
    kept = document(response)
    assert kept.xpath("//input[@name='program_length'][@checked]/@value") == ["3"]
    assert kept.xpath("//input[@name='goal_setting_note']/@value") == ["15108695088"]
    assert not first.items.exists()


def test_f09_counts_that_cannot_be_are_refused_beside_them(first):
    client, response = page_of(first, 3)
    data = {"was": was(response), "penetration_receiving": "9", "penetration_eligible": "4"}

    response = client.post(address("visit_rate", first.visit, 3), data)

    (problem,) = problems(response)
    assert "more get IMR than it could be for" in problem
    data |= {"penetration_eligible": "", "penetration_target": "25"}
    assert client.post(address("visit_rate", first.visit, 3), data).status_code == 302
    assert (first.items.get().rating, first.items.get().counts) == (3, {"receiving": 9, "target": 25})


def test_a06_switching_the_language_keeps_what_was_chosen(first):
    client, response = page_of(first)

    response = client.post(
        address("visit_rate", first.visit, 1), {"was": was(response), "curriculum": "4", "switch_language": "nb"}
    )

    page = document(response)
    assert page.get("lang") == "nb"
    assert page.xpath("//input[@name='curriculum'][@checked]/@value") == ["4"]
    assert not first.items.exists()


def test_a_proposal_is_shown_with_how_it_was_computed_and_kept_with_the_rating(first):
    make_supervision(first.visit.service, held_on=TODAY - timedelta(days=8))
    client, response = page_of(first, 4)
    text = main_text(response)
    assert "The record speaks for 2. Supervision is logged in 1 of the last 26 weeks." in text
    assert "A convention of ours: you decide." in text

    client.post(address("visit_rate", first.visit, 4), {"was": was(response), "supervision": "4"})

    assert (first.items.get().rating, first.items.get().proposed) == (4, 2)


def test_done_is_said_once_everything_is_rated(first):
    client = client_of(first.member)
    assert "Still to be rated" in main_text(client.get(address("visit_done", first.visit)))
    assert "I am done" not in main_text(client.get(address("visit_done", first.visit)))
    rate_all(first, done=False)
    assert "I am done" in main_text(client.get(address("visit_done", first.visit)))

    response = client.post(address("visit_done", first.visit), {}, follow=True)

    assert "You are done. The other rater is not yet." in main_text(response)
    for url in (address("visit_done", first.visit), address("visit_rate", first.visit, 1)):
        assert "your ratings stand still" in main_text(client.get(url))
    late = client.post(address("visit_rate", first.visit, 1), {"curriculum": "1"})
    assert problems(late) == ["You have said that you are done: your ratings stand still."]


# One item at a time


def send(rater, item="imr_fidelity:cbt", *, at=None, by=None, **fields):
    moment = {} if at is None else {"at": str(int(at.timestamp() * 1000))}
    data = {"rater": str(rater.pk), "item": item, **moment, **fields}
    return client_of(by or rater.member).post(address("visit_item", rater.visit), data)


def test_f06_an_item_is_kept_as_it_is_chosen_however_often_and_late_it_is_sent(first):
    now = timezone.now()
    response = send(first, cbt="4", cbt_note="Seen", at=now - timedelta(minutes=2))
    assert response.json() == {"taken": True, "stands": {"": "4", "note": "Seen"}}

    assert send(first, cbt="4", cbt_note="Seen", at=now - timedelta(minutes=2)).json()["taken"] is True
    late = send(first, cbt="1", at=now - timedelta(hours=1)).json()
    assert late == {"taken": False, "stands": {"": "4", "note": "Seen"}}
    assert send(first, cbt="none", at=now).json()["stands"] == {"": "", "note": ""}
    assert first.items.get().rating is None
    assert not EffortOfDay.objects.exists()


@pytest.mark.parametrize("at", ["", "x", "-4", "9" * 14, "9" * 13, "１２"])
def test_f09_no_moment_that_is_told_is_an_error(first, at):
    response = client_of(first.member).post(
        address("visit_item", first.visit), {"rater": first.pk, "item": "imr_fidelity:cbt", "cbt": "4", "at": at}
    )

    assert response.json()["taken"] is True
    assert first.items.get().chosen_at <= timezone.now()


def test_f09_what_is_no_rating_is_said(first):
    assert send(first, cbt="7").status_code == 400
    assert send(first, cbt="not").json() == {
        "problems": ["Write why “Cognitive-behavioral techniques” cannot be rated."]
    }
    assert send(first, "goi:penetration", penetration_receiving="3").status_code == 400
    assert send(first, "imr_fidelity:nothing").status_code == 404
    rate_all(first)
    closed = send(first, cbt="4")
    assert closed.status_code == 409
    assert closed.json() == {"problems": ["You have said that you are done: your ratings stand still."]}


def test_s01_what_waits_on_a_shared_tablet_is_not_taken_for_another_rater(first, second):
    assert send(first, cbt="1", by=second.member).json() == {"other": True}
    assert not RaterItem.objects.exists()


# Nothing is seen too early


def all_pages(visit) -> list[str]:
    names = ("visit", "visit_change", "visit_cancel", "visit_done", "visit_agree", "visit_advise", "visit_tell")
    parts = [address("visit_rate", visit, part) for part in range(1, 5)]
    settled = [address("visit_settle", visit, part) for part in range(1, 5)]
    others = ["", "standing/", "fidelity/", "audit/", "leader/effort/", "plan/", "record/", "assessments/organisation/"]
    return [*(address(name, visit) for name in names), *parts, *settled, *(f"/services/f/{one}" for one in others)]


def everything_seen(member, visit) -> dict[str, tuple[int, str]]:
    client = client_of(member)
    answers = {url: client.get(url) for url in all_pages(visit)}
    return {url: (one.status_code, page(one)) for url, one in answers.items()}


@pytest.mark.parametrize("other_is_done", [False, True])
def test_s04_nobody_sees_anything_of_a_rating_before_both_are_done(visit, first, second, other_is_done):
    """Page for page the same, whatever the rater gives: no rating, no count, no trace in the trail."""
    rate_all(second, done=other_is_done)
    people = [second.member, make_stand_in(visit.service), make_practitioner(visit.service)]
    before = [everything_seen(member, visit) for member in people]

    rate_all(first, done=False, cbt=1)
    first.items.filter(item="handouts").update(note=SECRET)
    client, response = page_of(first)
    client.post(address("visit_rate", visit, 1), {"was": was(response), "curriculum": "2"})
    send(first, cbt="2")

    for member, saw in zip(people, before, strict=True):
        sees = everything_seen(member, visit)
        assert {url for url in saw if sees[url] != saw[url]} == set(), member
    assert not EffortOfDay.objects.exists()


def test_s04_even_when_one_is_done_the_other_sees_only_that(visit, first, second):
    rate_all(first, cbt=1)
    first.items.filter(item="handouts").update(note=SECRET)
    rate_all(second, done=False)

    for url, (status, text) in everything_seen(second.member, visit).items():
        assert SECRET not in text, url
        if "/settle/" in url or url.endswith("/agree/"):
            assert status == 403, url
    page = client_of(second.member).get(address("visit", visit))
    assert "Kari Nes, done" in main_text(page)
    assert page.context.get("rows") is None


def test_s04_what_was_rated_at_a_cancelled_visit_is_never_seen(visit, first, second):
    for rater in (first, second):
        rate_all(rater)
    first.items.filter(item="handouts").update(note=SECRET)
    visits.cancel(visit, by=first.member, on=TODAY)

    for member in (first.member, second.member, make_stand_in(visit.service)):
        page = client_of(member).get(address("visit", visit))
        assert SECRET not in page.content.decode()
        assert page.context.get("rows") is None
        assert client_of(member).get(address("visit_settle", visit, 1)).status_code == 403


def test_s04_until_they_agree_only_the_two_see_both(visit, first, second):
    for rater in (first, second):
        rate_all(rater, cbt=2)
    for member, sees in ((first.member, True), (second.member, True), (make_stand_in(visit.service), False)):
        page = client_of(member).get(address("visit", visit))
        assert (page.context.get("rows") is not None) is sees


# Side by side, agreeing, and after


def rows_of(response) -> list[list[str]]:
    (table,) = [one for one in document(response).xpath("//table") if "side by side" in one.xpath("string(caption)")]
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table.xpath(".//tbody/tr")]


def test_those_two_steps_or_more_apart_come_first(visit, first, second):
    rate_all(first, cbt=2, education=3, philosophy=1)
    rate_all(second, cbt=4, education=4, philosophy=5)

    response = client_of(first.member).get(address("visit", visit))

    names = [row[0] for row in rows_of(response)][:4]
    assert names == [
        "G1 Program philosophy4 steps apart",
        "10 Cognitive-behavioral techniques2 steps apart",
        "9 Educational techniques1 step apart",
        "1 People in a session or group",
    ]
    assert "two steps or more apart on 2 items" in main_text(response)


def test_b07_agreement_is_told_in_its_order_with_what_was_published_and_kappa_only_where_it_says_something(
    visit, first, second
):
    published = dict(zip(IMR_FIDELITY.items, [5, 5, 5, 5, 3, 5, 4, 5, 5, 4, 4, 3, 4], strict=True))
    rate_all(first, **published)
    rate_all(second, **dict(zip(IMR_FIDELITY.items, [5, 5, 5, 5, 2, 5, 4, 4, 5, 4, 3, 3, 4], strict=True)))

    response = client_of(first.member).get(address("visit", visit))

    fidelity, organisation = document(response).xpath("//h3[contains(., 'How far')]/following-sibling::dl[1]")
    assert [" ".join(one.text_content().split()) for one in fidelity.xpath("dt | dd")] == [
        "The same rating",
        "77 % published: 94 %",
        "At most one step apart",
        "100 %",
        "Gwet's AC2",
        "0.96 1 is full agreement",
        "Weighted kappa",
        "0.85 falls to nought when nearly all ratings are the same, even if the two agree",
    ]
    assert "published: 86 %" in organisation.text_content()
    assert "kappa" not in organisation.text_content()


def test_f04_the_two_agree_page_by_page_and_then_once(visit, first, second):
    rate_all(first, cbt=2, education=3)
    rate_all(second, cbt=4, education=4)
    client = client_of(first.member)
    response = client.get(address("visit_settle", visit, 1))
    assert "Kari Nes: 2" in main_text(response)
    assert "Ada Vik: 4" in main_text(response)
    not_yet = client.get(address("visit_agree", visit))
    assert "Agree first on: 9 Educational techniques and 10 Cognitive-behavioral techniques." in main_text(not_yet)

    outside = client.post(address("visit_settle", visit, 1), {"was": was(response), "cbt": "5", "education": "3"})
    assert problems(outside) == [
        "“Cognitive-behavioral techniques”: 5 lies outside what the two of you rated. Write why."
    ]
    assert not visit.agreed_items.exists()
    data = {"was": was(response), "cbt": "5", "cbt_note": "Seen again", "education": "3"}
    assert client.post(address("visit_settle", visit, 1), data).url == address("visit_agree", visit)
    key = str(uuid.uuid4())
    for who in (client, client):
        done = who.post(address("visit_agree", visit), {"submission": key}, follow=True)
    assert "What they agreed on" in main_text(done)
    late = client_of(second.member).post(address("visit_agree", visit), {})
    assert "stands still" in main_text(late)

    assert FidelityRating.objects.get().total == Decimal("4.0000000000")
    assert FidelityRating.objects.get().items["cbt"] == 5
    assert AuditEvent.objects.filter(code="visit.agreed").count() == 1


def test_what_was_rated_alike_can_be_changed_with_a_reason_and_stays_if_it_is_left(visit, first, second):
    for rater in (first, second):
        rate_all(rater)
    client = client_of(first.member)
    response = client.get(address("visit_settle", visit, 1))
    data = dict.fromkeys(IMR_FIDELITY.items[:6], "4") | {"was": was(response), "handouts": "3"}

    assert problems(client.post(address("visit_settle", visit, 1), data)) == [
        "“Provision of educational handouts”: 3 lies outside what the two of you rated. Write why."
    ]
    client.post(address("visit_settle", visit, 1), data | {"handouts_note": "Counted again"})

    assert [(one.item, one.rating) for one in visit.agreed_items.all()] == [("handouts", 3)]
    assert client.get(address("visit_settle", visit, 9)).status_code == 404


@pytest.fixture
def agreed(service):
    before = dict.fromkeys(IMR_FIDELITY.items, 3) | {"cbt": 5}
    make_rating(service, rated_on=date(2026, 5, 20), total=Decimal("3.1538461538"), items=before)
    visit = make_rated_visit(service, covers="The four on Tuesdays", practitioners=4, patients=3)
    RaterItem.objects.filter(item="cbt").update(rating=2)
    return visits.agree(visit, by=visit.raters.first().member, on=TODAY)


def test_the_result_says_what_it_means_and_does_not_with_its_profile_and_earlier_visits(agreed):
    response = client_of(agreed.raters.get(number=1).member).get(address("visit", agreed))
    text = main_text(response)

    assert "Mean 3.85 of 5: moderate, higher than the time before (3.15 on 20 May 2026)." in text
    assert "It does not say whether patients get better" in text
    assert "a high fidelity does not make up for it" in text
    assert "12 of 13 items are at 4 or 5. Under 3: 10 Cognitive-behavioral techniques (2)." in text
    assert "2 means: from 3.15 on 20 May 2026 to 3.85 on 24 November 2026." in text
    assert "Reached: 13 of 20 who are eligible." in text
    assert "A figure to talk about. It ranks nobody" in text
    assert "Most explanations of the items are not confirmed" in text
    assert "doi 10.1007/s10488-019-00992-5" in text
    assert "not to be sold" in text
    assert "these are ours, and no published ones" in text
    page = document(response)
    profile = page.xpath("//table[contains(caption, 'IMR Fidelity Scale, item by item')]")[0]
    assert [cell.text_content() for cell in profile.xpath(".//thead//th")] == [
        "Item",
        "24 November 2026",
        "20 May 2026",
    ]
    drawings = page.xpath("//*[local-name()='svg'][@role='img']")
    assert len(drawings) == 3
    assert all(one.xpath("*[local-name()='title'] and *[local-name()='desc']") for one in drawings)


def test_b03_small_counts_of_patients_are_exact_for_the_team_alone(agreed):
    RaterItem.objects.filter(item="penetration").update(counts={"receiving": 3, "eligible": 7})
    agreed.organisation.reached = {"receiving": 3, "against": "7", "estimated": False}
    agreed.organisation.save()
    leader, adviser = (one.member for one in agreed.raters.order_by("number"))

    team, outside = (main_text(client_of(member).get(address("visit", agreed))) for member in (leader, adviser))

    assert "Patients covered3" in team
    assert "Reached: 3 of 7" in team
    assert "Patients covered<5" in outside
    assert "Reached: <5 of 7" in outside
    assert "<5 of 7 it could be for" in outside


@pytest.mark.parametrize(
    ("receiving", "against", "estimated", "told"),
    [
        (2, "3", False, "Reached: <5 of <5 who are eligible."),
        (2, "5", False, "Reached: <5 of 5 who are eligible."),
        (0, "4", False, "Reached: 0 of <5 who are eligible."),
        (3, "4.8", True, "Reached: <5 of an estimated <5, 80"),
        (3, "5.6", True, "Reached: <5 of an estimated 5.6, 80"),
    ],
)
def test_b03_those_it_could_be_for_are_told_from_five_on_too(agreed, receiving, against, estimated, told):
    agreed.organisation.reached = {"receiving": receiving, "against": against, "estimated": estimated}
    agreed.organisation.save()
    leader, adviser = (one.member for one in agreed.raters.order_by("number"))

    assert told in main_text(client_of(adviser).get(address("visit", agreed)))
    assert f"Reached: {receiving} of" in main_text(client_of(leader).get(address("visit", agreed)))


def test_a_result_that_was_brought_in_is_shown_without_what_each_of_the_two_gave(agreed):
    agreed.raters.all().delete()
    leader = make_stand_in(agreed.service)

    response = client_of(leader).get(address("visit", agreed))

    assert "Mean 3.85 of 5" in main_text(response)
    assert next(row[1:] for row in rows_of(response)) == ["–", "–", "4"]
    assert "How far the two agreed" not in main_text(response)


def test_each_recommendation_is_about_an_item_and_becomes_an_action_in_one_click(agreed):
    leader = agreed.raters.get(number=1).member
    client = client_of(leader)
    form = client.get(address("visit_advise", agreed) + "?about=imr_fidelity:cbt")
    assert document(form).xpath("//select[@name='about']//option[@selected]/@value") == ["imr_fidelity:cbt"]
    client.post(address("visit_advise", agreed), {"about": "imr_fidelity:cbt", "text": "Practise role play"})
    advice = Recommendation.objects.get()
    assert (advice.rating, advice.about) == (agreed.rating, "imr_fidelity:cbt")

    page = document(client.get(address("visit", agreed)))
    (button,) = page.xpath("//form[contains(@action, 'take-up')]")
    sent = {one.get("name"): one.get("value") for one in button.xpath(".//input")}
    response = client.post(button.get("action"), sent)

    assert response.url == address("visit", agreed)
    assert Action.objects.get().recommendation == advice
    text = main_text(client.get(address("visit", agreed)))
    assert "10 Cognitive-behavioral techniques" in text
    assert "Taken up: Practise role play, Kari Nes" in text


def test_f09_a_recommendation_about_nothing_there_is_refused(agreed):
    client = client_of(agreed.raters.get(number=1).member)

    response = client.post(address("visit_advise", agreed), {"about": "imr_fidelity:none", "text": "x"})

    assert problems(response) == ["Choose one of the answers shown for “About”."]


def test_the_service_is_told_on_a_day_that_can_be(agreed):
    client = client_of(agreed.raters.get(number=1).member)
    assert "The service has not been told yet." in main_text(client.get(address("visit", agreed)))
    for day, problem in (
        ("2026-11-23", "Give a day on or after the visit, 24 November 2026."),
        ("2026-11-26", "Give today or an earlier day: they have to know it."),
    ):
        assert problems(client.post(address("visit_tell", agreed), {"told_on": day})) == [problem]

    response = client.post(address("visit_tell", agreed), {"told_on": "2026-11-25"}, follow=True)

    assert "Told to the service Wed 25 Nov." in main_text(response)


def test_what_two_agreed_on_is_not_changed_by_hand_and_leads_to_the_visit(agreed):
    client = client_of(agreed.raters.get(number=1).member)
    rating, organisation = agreed.rating, agreed.organisation

    for url, data in (
        (f"/services/f/fidelity/{rating.pk}/change/", {"rated_on": "2026-11-24", "total": "4.9"}),
        (f"/services/f/fidelity/{rating.pk}/remove/", {}),
        (f"/services/f/assessments/organisation/{organisation.pk}/", {"rated_on": "2026-11-24", "mean": "4.9"}),
        (f"/services/f/assessments/organisation/{organisation.pk}/remove/", {}),
    ):
        assert problems(client.post(url, data)) == [
            "Two raters agreed on this at a visit, and it stands still. If it is a mistake, take the result back on "
            "the page of the visit."
        ]
    for url in (f"/services/f/fidelity/{rating.pk}/", "/services/f/assessments/organisation/"):
        page = document(client.get(url))
        assert page.xpath(f"//main//a[@href='{address('visit', agreed)}']"), url
        assert page.xpath("//main//a[contains(., 'Change the rating')]") == []
        assert page.xpath(f"//main//a[contains(@href, 'organisation/{organisation.pk}/')]") == []


def test_what_was_written_in_by_hand_is_still_changed_and_taken_out_by_hand(agreed):
    client = client_of(agreed.raters.get(number=1).member)
    by_hand = FidelityRating.objects.get(rated_on=date(2026, 5, 20))

    assert "Change the rating" in main_text(client.get(f"/services/f/fidelity/{by_hand.pk}/"))
    assert client.post(f"/services/f/fidelity/{by_hand.pk}/remove/", {}).status_code == 302
    assert list(FidelityRating.objects.all()) == [agreed.rating]


def test_f04_a_result_that_was_a_mistake_is_taken_back_and_agreed_on_anew(agreed):
    client = client_of(agreed.raters.get(number=1).member)
    visits.tell(agreed, by=agreed.raters.first().member, on=TODAY)
    advice = make_recommendation(agreed.rating, about="imr_fidelity:cbt")
    action = make_action(agreed.service, recommendation=advice)
    (link,) = document(client.get(address("visit", agreed))).xpath("//main//a[.='Take the result back']/@href")
    assert "Take the result back?" in main_text(client.get(link))

    response = client.post(link, {}, follow=True)

    assert "Taken back. The two raters can agree anew." in main_text(response)
    assert "Mean 3.85" not in main_text(response)
    assert client.post(link, {}).status_code == 200
    assert AuditEvent.objects.filter(code="visit.taken_back").count() == 1
    agreed.refresh_from_db()
    assert (agreed.agreed_on, agreed.feedback_on, agreed.rating, agreed.organisation) == (None, None, None, None)
    assert list(FidelityRating.objects.values_list("rated_on", flat=True)) == [date(2026, 5, 20)]
    assert not OrganisationRating.objects.exists()
    action.refresh_from_db()
    assert action.recommendation is None
    assert client_of(make_practitioner(agreed.service)).get(address("visit", agreed)).context.get("rows") is None

    visits.settle(agreed, IMR_FIDELITY.by_key["cbt"], Given(3, note="Seen again"), by=agreed.raters.first().member)
    client.post(address("visit_agree", agreed), {})
    assert FidelityRating.objects.get(rated_on=agreed.planned_on).items["cbt"] == 3
    assert OrganisationRating.objects.count() == 1


def test_after_a_result_was_taken_back_the_visit_can_be_cancelled_and_the_day_is_free(agreed):
    by = agreed.raters.first().member
    visits.cancel(visits.take_back(agreed, by=by), by=by, on=TODAY)

    raters = tuple(rater.member for rater in agreed.raters.order_by("number"))
    assert visits.plan(Visit(planned_on=agreed.planned_on), raters, by=by).pk


def test_f09_without_a_result_there_is_nothing_to_take_back(visit, first):
    response = client_of(first.member).post(address("visit_take_back", visit), {})

    assert problems(response) == ["There is no result that could be taken back."]


def test_below_twelve_items_the_page_says_why_there_is_no_mean(service):
    visit = make_rated_visit(service)
    leader = visit.raters.get(number=1).member
    for item in IMR_FIDELITY.items[:2]:
        RaterItem.objects.filter(item=item).update(rating=None, not_rateable="Not seen")
        visits.settle(visit, IMR_FIDELITY.by_key[item], Given(not_rateable="Not seen"), by=leader)
    visits.agree(visit, by=leader, on=TODAY)

    text = main_text(client_of(leader).get(address("visit", visit)))

    assert "11 of the items are rated: too few for a mean, which takes 12. Look at the items." in text
    assert "A recommendation goes with a mean on the fidelity scale, and there is none." in text


def test_the_page_tells_the_script_the_same_fields_as_the_form(first):
    _client, response = page_of(first, 3)
    page = document(response)
    (box,) = page.xpath("//*[@data-rating-state]")

    assert box.get("data-send") == address("visit_item", first.visit)
    assert box.get("data-rater") == str(first.pk)
    assert set(json.loads(was(response))) == set(GOI.items[:6])
    assert page.xpath("//form[@data-rating-form]/@data-next") == [address("visit_rate", first.visit, 4)]
