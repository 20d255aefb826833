"""The pages of documents: look, issue, follow, download, try again, verify."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import may
from accounts.models import AuditEvent, Role
from planning import tasks
from planning.documents import issuing, making, pages
from planning.documents.kinds import KINDS
from planning.models import Document, DocumentFile
from tests import factories as make
from tests.planning.document_samples import sample
from tests.planning.pdf_reading import says, text_of
from tests.planning.plain_kind import plain_kind
from tests.planning.site import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make.make_leader(make.make_service("f"))


@pytest.fixture
def as_leader(client, leader):
    client.force_login(leader.user)
    return client


@pytest.fixture
def bells(monkeypatch) -> list[int]:
    """The plans for which somebody rang."""
    rung: list[int] = []
    monkeypatch.setattr(tasks.make_document, "apply_async", lambda kwargs, **_: rung.append(kwargs["document_id"]))
    return rung


@pytest.fixture
def quick(monkeypatch):
    """Documents that take no time."""
    made = pages.Made(pdf=b"%PDF-1.7 all of it", page_one=b"%PDF-1.7 a page", pages=9)
    monkeypatch.setattr(making, "make_file", lambda document: made)


def issue(leader, **fields) -> Document:
    fields = {"language": "en", "as_of": timezone.localdate()} | fields
    return issuing.issue(service=leader.service, by=leader, **fields)


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# Before it is issued


def test_f21_the_plan_is_looked_over_before_it_is_issued_and_each_part_can_be_changed(as_leader, leader):
    make.make_vision(leader.service, text="Everybody who can use IMR is asked")
    goal = make.make_goal(leader.service)
    make.make_action(leader.service, due_on=timezone.localdate() - timedelta(days=4))

    html = page(as_leader, "/services/f/documents/new/")

    assert "Everybody who can use IMR is asked" in html
    assert "1 active goal" in html
    assert goal.outcome in html
    assert "It lacks an owner." in html
    assert "1 is late." in html
    assert html.count("Not given") == 2  # time set aside, next review
    for address in ("plan/vision", "plan/goals/new", "standing", "actions", "time/new", "reviews/rhythm"):
        assert f'href="/services/f/{address}/?then=check"' in html
    assert not Document.objects.exists()


def test_looking_it_over_with_nothing_recorded_says_so(as_leader):
    html = page(as_leader, "/services/f/documents/new/")

    assert html.count("Not given") == 5


def test_issuing_leads_to_the_page_that_follows_the_making(
    as_leader, leader, bells, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = as_leader.post("/services/f/documents/new/", {"language": "nb"})

    plan = Document.objects.get()
    assert response.headers["Location"] == "/services/f/documents/plan/1/"
    assert (plan.language, plan.issued_by, plan.as_of) == ("nb", leader, timezone.localdate())
    assert bells == [plan.pk]
    assert AuditEvent.objects.filter(code="plan.issued").count() == 1
    assert "Action plan no. 1 is issued." in page(as_leader, "/services/f/documents/plan/1/")


def test_f06_the_same_form_sent_twice_issues_one_plan(as_leader, bells):
    html = page(as_leader, "/services/f/documents/new/")
    submission = re.search(r'name="submission" value="([0-9a-f-]+)"', html).group(1)

    for _time in range(2):
        response = as_leader.post("/services/f/documents/new/", {"language": "en", "submission": submission})
        assert response.headers["Location"] == "/services/f/documents/plan/1/"

    assert Document.objects.count() == 1


def test_the_language_offered_first_is_that_of_the_services_documents(as_leader, leader):
    leader.service.language = "nb"
    leader.service.save()

    assert re.search(r'<option value="nb"\s+selected', page(as_leader, "/services/f/documents/new/"))


# While it is made


@pytest.mark.parametrize(
    ("state", "word", "sentence"),
    [
        (Document.State.QUEUED, "Queued", "waits for its turn"),
        (Document.State.MAKING, "Being made", "is being made"),
    ],
)
def test_p12_how_far_it_is_survives_a_reload_and_follows_itself(as_leader, leader, state, word, sentence):
    issue(leader)
    Document.objects.update(state=state)

    for _reload in range(2):
        html = page(as_leader, "/services/f/documents/plan/1/")
        assert word in html
        assert sentence in html
        assert 'role="status"' in html
        assert 'aria-live="polite"' in html
        assert "data-follow" in html
        assert "js/follow.js" in html
        assert 'href="/services/f/documents/plan/1/">Look again' in html
        assert "http-equiv" not in html
    assert word in page(as_leader, "/services/f/documents/")


@pytest.mark.parametrize(
    ("state", "step", "now"),
    [
        ("queued", "", "It waits for its turn"),
        ("making", "laying_out", "Page 1 is laid out"),
        ("making", "writing", "The pages are written"),
        ("making", "storing", "The file is stored"),
    ],
)
def test_p12_the_real_steps_are_listed_and_the_one_it_is_at_is_told_in_words(as_leader, leader, state, step, now):
    issue(leader)
    Document.objects.update(state=state, step=step)

    (listed,) = document(as_leader.get("/services/f/documents/plan/1/")).xpath("//div[@id='making']//ol")

    words = [" ".join(item.text_content().split()) for item in listed.xpath("li")]
    at = words.index(f"{now} · now")
    assert len(words) == 4
    assert [word.rpartition(" · ")[2] for word in words] == ["done"] * at + ["now"] + ["to come"] * (3 - at)
    assert [item.get("aria-current") for item in listed.xpath("li")].index("step") == at


def test_p12_the_steps_move_on_while_it_is_made(leader, monkeypatch):
    seen = []

    def look(content, *, version, on_step):
        for step in ("writing", "storing"):
            on_step(step)
            seen.append(Document.objects.get().step)
        return pages.Made(pdf=b"%PDF", page_one=b"%PDF", pages=1)

    monkeypatch.setitem(KINDS, "plan", replace(KINDS["plan"], make=look))

    assert making.make(issue(leader).pk, at=timezone.now())
    assert seen == ["writing", "storing"]


@pytest.mark.parametrize("state", ["queued", "making"])
def test_p12_the_making_can_be_stopped_and_taken_up_again(
    as_leader, leader, bells, state, django_capture_on_commit_callbacks
):
    plan = issue(leader)
    Document.objects.update(state=state)
    offered = re.search(r'action="([^"]+/cancel/)"', page(as_leader, "/services/f/documents/plan/1/")).group(1)

    as_leader.post(offered)
    stopped = page(as_leader, "/services/f/documents/plan/1/")
    again = re.search(r'action="([^"]+/again/)"', stopped).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        as_leader.post(again)

    assert "Cancelled" in stopped
    assert "Its making was stopped." in stopped
    assert "data-follow" not in stopped
    assert bells == [plan.pk]
    assert Document.objects.get().state == Document.State.QUEUED


def test_what_is_ready_can_no_longer_be_stopped(as_leader, leader, quick):
    making.make(issue(leader).pk, at=timezone.now())

    response = as_leader.post("/services/f/documents/plan/1/cancel/")

    assert "It is not being made any more" in response.content.decode()
    assert "/cancel/" not in page(as_leader, "/services/f/documents/plan/1/")
    assert Document.objects.get().state == Document.State.READY


def test_a_document_says_whose_place_it_took_and_what_took_its_own(as_leader, leader, quick):
    for number in range(3):
        plan = issue(leader)
        if number != 1:  # the second was never made
            making.make(plan.pk, at=timezone.now())

    first, third = (page(as_leader, f"/services/f/documents/plan/{number}/") for number in (1, 3))

    assert 'href="/services/f/documents/plan/3/">No. 3</a> has taken its place' in first
    assert "Takes the place of" not in first
    assert re.search(r'Takes the place of</dt><dd><a href="/services/f/documents/plan/1/">No. 1', third)


def test_p12_ready_offers_the_download_and_no_longer_follows(as_leader, leader, quick):
    plan = issue(leader)
    making.make(plan.pk, at=timezone.now())

    html = page(as_leader, "/services/f/documents/plan/1/")

    assert 'href="/services/f/documents/plan/1/pdf/"' in html
    assert "9 pages" in html
    assert "data-follow" not in html
    assert "js/follow.js" not in html


def test_p12_failed_offers_to_try_again_with_a_reference(as_leader, leader, bells, django_capture_on_commit_callbacks):
    plan = issue(leader)
    Document.objects.update(state=Document.State.FAILED, attempts=3, reference="c0ffee42")
    html = page(as_leader, "/services/f/documents/plan/1/")
    offered = re.search(r'<form method="post" action="([^"]+)">', html).group(1)

    with django_capture_on_commit_callbacks(execute=True):
        response = as_leader.post(offered)

    assert "c0ffee42" in html
    assert "Try again" in html
    assert response.headers["Location"] == "/services/f/documents/plan/1/"
    assert bells == [plan.pk]
    assert Document.objects.get().state == Document.State.QUEUED
    assert "c0ffee42" not in page(as_leader, "/services/f/documents/plan/1/")


def test_trying_again_what_has_not_failed_is_explained(as_leader, leader, bells):
    issue(leader)

    response = as_leader.post("/services/f/documents/plan/1/again/")

    assert response.status_code == 200
    assert "It has not failed" in response.content.decode()
    assert bells == []


def test_those_who_do_not_issue_plans_are_not_offered_to(client, leader):
    issue(leader)
    Document.objects.update(state=Document.State.FAILED, attempts=3, reference="c0ffee42")
    client.force_login(make.make_practitioner(leader.service).user)

    html = page(client, "/services/f/documents/plan/1/")

    assert "c0ffee42" in html
    assert "Try again" not in html
    assert "documents/new" not in page(client, "/services/f/documents/")


# The document


def test_p04_the_stored_bytes_are_what_is_served(as_leader, leader, quick):
    plan = issue(leader)
    making.make(plan.pk, at=timezone.now())

    response = as_leader.get("/services/f/documents/plan/1/pdf/")

    assert response.content == bytes(DocumentFile.objects.get().pdf)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="imr-f-plan-1.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]


def test_the_name_of_the_file_is_plain_letters_whatever_the_practice_is_called(as_leader, leader, quick):
    leader.service.practice = 'Åpen dialog "ØÆ"\r\n'
    leader.service.save()
    making.make(issue(leader).pk, at=timezone.now())

    response = as_leader.get("/services/f/documents/plan/1/pdf/")

    assert response.headers["Content-Disposition"] == 'attachment; filename="apen-dialog-f-plan-1.pdf"'


def test_before_it_is_made_its_address_leads_to_how_far_it_is(as_leader, leader):
    issue(leader)

    response = as_leader.get("/services/f/documents/plan/1/pdf/")

    assert (response.status_code, response.headers["Location"]) == (302, "/services/f/documents/plan/1/")


def test_an_issued_plan_is_made_and_downloaded_for_real(as_leader, leader):
    make.make_vision(leader.service, text="Alle som kan ha nytte av det, får spørsmål")
    plan = issue(leader, language="nb")

    assert making.make(plan.pk, at=timezone.now())

    pdf = as_leader.get("/services/f/documents/plan/1/pdf/").content
    first = text_of(pdf, last=1)
    assert says(first, "Alle som kan ha nytte av det, får spørsmål")
    assert says(first, pages.checksum(plan.content))
    assert says(first, "/services/f/verify/plan/1/")


# The text


def test_p08_the_whole_text_can_be_read_on_screen_before_the_file_is_there_and_without_it(as_leader, leader):
    make.make_vision(leader.service, text="Alle som kan ha nytte av <IMR>, får spørsmål")
    issue(leader, language="nb")

    text = document(as_leader.get("/services/f/documents/plan/1/text/"))

    (article,) = text.xpath("//article")
    assert article.get("lang") == "nb"
    assert "Alle som kan ha nytte av <IMR>, får spørsmål" in article.text_content()
    assert "Slik ble planen til" in article.text_content()
    assert len(text.xpath("//h1")) == 1
    assert 'href="/services/f/documents/plan/1/text/"' in page(as_leader, "/services/f/documents/plan/1/")


# Verify


def test_p04_the_verify_page_says_in_force_or_superseded_by(as_leader, leader, quick):
    first, second = issue(leader), issue(leader)
    making.make(first.pk, at=timezone.now())

    alone = page(as_leader, "/services/f/verify/plan/1/")
    waiting = page(as_leader, "/services/f/verify/plan/2/")
    making.make(second.pk, at=timezone.now())
    superseded = page(as_leader, "/services/f/verify/plan/1/")

    assert "Yes, it is in force." in alone
    assert pages.checksum(first.content) in alone
    assert first.file.sha256 in alone.replace(" ", "")
    assert "Not yet" in waiting
    assert "No, it is superseded." in superseded
    assert 'href="/services/f/documents/plan/2/"' in superseded


def test_an_address_printed_before_there_were_other_documents_leads_to_the_plan(as_leader, leader, quick):
    making.make(issue(leader).pk, at=timezone.now())

    response = as_leader.get("/services/f/verify/1/")

    assert (response.status_code, response.headers["Location"]) == (302, "/services/f/verify/plan/1/")


@pytest.mark.parametrize("kind", ["memo", "handover", "fidelity"])
def test_p04_every_kind_can_be_verified_and_counts_among_its_own(as_leader, leader, monkeypatch, kind):
    monkeypatch.setitem(KINDS, kind, plain_kind())
    visits = [
        make.make_visit_row(leader.service, planned_on=timezone.localdate() - timedelta(days=days))
        if kind == "fidelity"
        else None
        for days in (9, 3)
    ]
    for about in (visits[0], visits[0], visits[1]):
        making.make(issue(leader, kind=kind, visit=about).pk, at=timezone.now())
    making.make(issue(leader).pk, at=timezone.now())  # a plan takes no memo's place

    said = [page(as_leader, f"/services/f/verify/{kind}/{number}/") for number in (1, 2, 3)]

    assert "No, it is superseded." in said[0]
    assert ("Yes, it is in force." in said[1]) is (kind == "fidelity")  # each visit has a report of its own
    assert "Yes, it is in force." in said[2]
    for html, printed in zip(said, Document.objects.of_kind(kind).order_by("number"), strict=True):
        assert pages.checksum(printed.content) in html


# Who gets in


ADDRESSES = (
    "documents/",
    "documents/plan/1/",
    "documents/plan/1/pdf/",
    "documents/plan/1/text/",
    "verify/plan/1/",
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", ["practitioner", "adviser", "sponsor"])
def test_those_who_may_read_documents_get_them(client, leader, quick, address, role):
    making.make(issue(leader).pk, at=timezone.now())
    client.force_login(getattr(make, f"make_{role}")(leader.service).user)

    assert client.get(f"/services/f/{address}").status_code == 200


@pytest.mark.parametrize("address", [*ADDRESSES, "documents/new/", "documents/plan/1/again/"])
def test_a_stranger_finds_nothing_and_nobody_the_sign_in_page(client, leader, quick, address):
    making.make(issue(leader).pk, at=timezone.now())

    anonymous = client.get(f"/services/f/{address}")
    client.force_login(make.make_stranger().user)
    stranger = client.get(f"/services/f/{address}")

    assert (anonymous.status_code, stranger.status_code) == (302, 404)
    assert anonymous.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", ["documents/new/", "documents/plan/1/again/"])
def test_only_leaders_issue_and_try_again(client, leader, address, bells):
    issue(leader)
    client.force_login(make.make_practitioner(leader.service).user)

    assert client.get(f"/services/f/{address}").status_code == 403
    assert client.post(f"/services/f/{address}", {"language": "en"}).status_code == 403
    assert Document.objects.count() == 1
    assert bells == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_m09_looking_changes_nothing(as_leader, leader, quick, address):
    making.make(issue(leader).pk, at=timezone.now())
    before = list(Document.objects.values())

    for method in (as_leader.head, as_leader.get, as_leader.get):
        method(f"/services/f/{address}")

    assert list(Document.objects.values()) == before
    assert as_leader.post(f"/services/f/{address}").status_code == 405


def test_plans_of_another_service_are_not_found_by_their_number(as_leader, leader):
    issue(make.make_stranger())

    assert as_leader.get("/services/f/documents/plan/1/").status_code == 404


def test_r02_the_list_asks_the_database_as_often_for_one_plan_as_for_many(as_leader, leader):
    counted = []
    for number in (1, 9):
        for _time in range(number):
            issue(leader)
        with CaptureQueriesContext(connection) as queries:
            page(as_leader, "/services/f/documents/")
        counted.append(len(queries))

    assert counted[0] == counted[1] <= 12


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("kind", Document.Kind.values)
def test_s01_each_kind_is_read_and_made_by_those_it_is_for(client, kind, role):
    service = make.make_service("f")
    visit = make.make_visit_row(service) if kind == Document.Kind.FIDELITY_REPORT else None
    Document.objects.create(
        service=service,
        kind=kind,
        number=1,
        visit=visit,
        language="en",
        as_of=timezone.localdate(),
        template_version="1",
        content=sample(kind, "empty"),
    )
    member = make.make_member(service, role=role)
    client.force_login(member.user)

    reads = may(member, KINDS[kind].read)
    issues = reads and may(member, KINDS[kind].issue)

    here = f"/services/f/documents/{kind}/1/"
    for address in (here, f"{here}text/", f"/services/f/verify/{kind}/1/"):
        assert (client.get(address).status_code == 200) == reads, address
    assert (client.get(f"{here}pdf/").status_code == 302) == reads  # to its page: it is not made yet
    for address in (f"{here}cancel/", f"{here}again/"):
        assert (client.get(address).status_code == 200) == issues, address
