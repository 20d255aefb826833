"""Issuing documents of every kind: a look at it first, for those who may, with what is too much said beforehand."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.access import Permission
from accounts.models import AuditEvent
from assessments import visits
from planning import tasks
from planning.documents import issuing, limits, making
from planning.documents.kinds import KINDS
from planning.models import Document
from tests import factories as make
from tests.planning.plain_kind import plain_kind

pytestmark = pytest.mark.django_db

SERVICE_KINDS = (Document.Kind.MEMO, Document.Kind.HANDOVER)


@pytest.fixture
def leader():
    return make.make_leader(make.make_service("f", name="Fagerli"))


@pytest.fixture
def as_leader(client, leader):
    client.force_login(leader.user)
    return client


@pytest.fixture
def bells(monkeypatch) -> list[int]:
    """The documents for which somebody rang."""
    rung: list[int] = []
    monkeypatch.setattr(tasks.make_document, "apply_async", lambda kwargs, **_: rung.append(kwargs["document_id"]))
    return rung


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """Every kind but the plan is a plain one; an adviser may issue reports."""
    for kind in SERVICE_KINDS:
        monkeypatch.setitem(KINDS, kind, plain_kind())
    monkeypatch.setitem(KINDS, Document.Kind.FIDELITY_REPORT, plain_kind(issue=Permission.RATE_FIDELITY))


@pytest.fixture
def agreed_visit(leader):
    raters = (leader, make.make_adviser(leader.service))
    visit = make.make_rated_visit(leader.service, raters=raters, planned_on=timezone.localdate() - timedelta(days=9))
    return visits.agree(visit, by=leader, on=timezone.localdate())


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("kind", SERVICE_KINDS)
def test_a_document_is_read_before_it_is_issued_and_then_followed(
    as_leader, leader, bells, kind, django_capture_on_commit_callbacks
):
    address = f"/services/f/documents/{kind}/new/"
    html = page(as_leader, address)

    with django_capture_on_commit_callbacks(execute=True):
        response = as_leader.post(address, {"language": "nb"})

    assert "<h3>Fagerli</h3><p>All of it</p>" in html
    assert f'<article class="document-text" lang="{leader.service.language}">' in html
    document = Document.objects.get()
    assert response.headers["Location"] == f"/services/f/documents/{kind}/1/"
    assert (document.kind, document.language, document.issued_by) == (kind, "nb", leader)
    assert bells == [document.pk]
    assert AuditEvent.objects.filter(code=f"{kind}.issued").count() == 1
    assert "no. 1 is issued." in page(as_leader, f"/services/f/documents/{kind}/1/")


def test_f06_the_same_form_sent_twice_issues_one_memo(as_leader, bells):
    html = page(as_leader, "/services/f/documents/memo/new/")
    submission = re.search(r'name="submission" value="([0-9a-f-]+)"', html).group(1)

    for _time in range(2):
        as_leader.post("/services/f/documents/memo/new/", {"language": "en", "submission": submission})

    assert Document.objects.count() == 1


def test_a_language_we_do_not_write_is_an_error_of_the_form(as_leader):
    response = as_leader.post("/services/f/documents/memo/new/", {"language": "de"})

    assert response.status_code == 200
    assert "Language of the document" in response.content.decode()
    assert 'href="#id_language"' in response.content.decode()
    assert not Document.objects.exists()


def test_a_report_is_of_a_visit_that_was_agreed_on(as_leader, leader, agreed_visit, bells):
    planned = make.make_visit(leader.service, raters=tuple(rater.member for rater in agreed_visit.raters.all()))
    html = page(as_leader, f"/services/f/documents/fidelity/new/{agreed_visit.pk}/")

    response = as_leader.post(f"/services/f/documents/fidelity/new/{agreed_visit.pk}/", {"language": "en"})

    assert f"Visit of {agreed_visit.planned_on}" in html
    assert response.headers["Location"] == "/services/f/documents/fidelity/1/"
    assert Document.objects.get().visit == agreed_visit
    assert as_leader.get(f"/services/f/documents/fidelity/new/{planned.pk}/").status_code == 404


def test_each_kind_says_who_issues_it(client, agreed_visit, leader, bells):
    adviser = agreed_visit.raters.exclude(member=leader).get().member
    client.force_login(adviser.user)
    report = f"/services/f/documents/fidelity/new/{agreed_visit.pk}/"

    assert client.get("/services/f/documents/memo/new/").status_code == 403
    assert client.post("/services/f/documents/memo/new/", {"language": "en"}).status_code == 403
    assert client.get(report).status_code == 200
    assert client.post(report, {"language": "en"}).status_code == 302
    assert [document.kind for document in Document.objects.all()] == ["fidelity"]


def test_a_kind_of_which_none_are_made_is_not_found(as_leader, monkeypatch):
    monkeypatch.delitem(KINDS, Document.Kind.MEMO)

    for address in ("documents/memo/new/", "documents/memo/1/", "documents/memo/1/text/", "verify/memo/1/"):
        assert as_leader.get(f"/services/f/{address}").status_code == 404


# The list


def test_the_list_has_a_shelf_for_each_kind_with_what_is_in_force_and_the_way_to_a_new_one(
    as_leader, leader, agreed_visit, bells
):
    def issue(kind, visit=None):
        document = issuing.issue(
            service=leader.service, by=leader, language="en", as_of=timezone.localdate(), kind=kind, visit=visit
        )
        making.make(document.pk, at=timezone.now())

    issue(Document.Kind.MEMO)
    issue(Document.Kind.MEMO)
    before = page(as_leader, "/services/f/documents/")
    issue(Document.Kind.FIDELITY_REPORT, agreed_visit)
    html = page(as_leader, "/services/f/documents/")

    headings = re.findall(r"<h2>([^<]+)</h2>", html)
    assert headings == ["Action plan", "Memo to the next level", "Handover pack", "Fidelity report"]
    assert html.index("Memo to the next level no. 2") < html.index("Memo to the next level no. 1")
    assert html.count("In force") == 2  # a memo and a report
    assert html.count("Superseded") == 1
    for address in ("documents/new/", "documents/memo/new/", "documents/handover/new/"):
        assert f'href="/services/f/{address}"' in html
    assert f"documents/fidelity/new/{agreed_visit.pk}/" in before
    assert f"documents/fidelity/new/{agreed_visit.pk}/" not in html


def test_the_list_holds_back_what_the_reader_may_not_read_or_issue(client, leader, monkeypatch):
    monkeypatch.setitem(KINDS, Document.Kind.HANDOVER, plain_kind(read=Permission.EDIT_RECORD))
    client.force_login(make.make_practitioner(leader.service).user)

    html = page(client, "/services/f/documents/")

    assert "Memo to the next level" in html
    assert "Handover pack" not in html
    assert "/new/" not in html
    assert client.get("/services/f/documents/handover/1/").status_code == 403


# The whole draft of the plan


def test_the_whole_draft_of_the_plan_can_be_read_before_it_is_issued(as_leader, leader):
    make.make_vision(leader.service, text="Everybody who can use IMR is asked")

    html = page(as_leader, "/services/f/documents/plan/draft/")

    assert 'href="/services/f/documents/plan/draft/"' in page(as_leader, "/services/f/documents/new/")
    assert "Draft, not issued" in html
    assert "Everybody who can use IMR is asked" in html
    assert not Document.objects.exists()


# Too much for one document (P09)


@pytest.mark.parametrize("address", ["documents/new/", "documents/memo/new/"])
def test_p09_too_much_is_said_before_issuing_and_nothing_is_issued(as_leader, leader, monkeypatch, bells, address):
    text = "Everybody who can use IMR is asked. " * 60
    monkeypatch.setitem(KINDS, Document.Kind.MEMO, plain_kind(text=text))
    too_long = limits.Excess(limits.What.TEXT, len(text), limits.MAX_CHARACTERS, text[: limits.BEGINNING].rstrip())
    if address == "documents/new/":  # no form takes such a text, so a plan gets it by other ways
        monkeypatch.setattr(limits, "excesses", lambda content: [too_long])

    looked_at = page(as_leader, f"/services/f/{address}")
    sent = as_leader.post(f"/services/f/{address}", {"language": "en"})

    sentence = f"A text of it has {len(text)} characters; a document takes 2000. Shorten it where it was written."
    assert sentence in looked_at
    assert sent.status_code == 200
    assert sent.content.decode().count(sentence) >= 2  # on the page, and in the summary of the form
    assert "It begins: “Everybody who can use IMR is asked." in sent.content.decode()
    assert not Document.objects.exists()
    assert bells == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"open": [{}] * 50, "actions": [{}] * 100, "text": "x" * 2000}, []),
        ({"open": [{}] * 51}, [(limits.What.FLAGS, 51, 50)]),
        ({"actions": [{}] * 101}, [(limits.What.ACTIONS, 101, 100)]),
        ({"goals": [{"outcome": "x" * 2001}], "again": "x" * 2001}, [(limits.What.TEXT, 2001, 2000)]),
        ({"text": "x", "changes": {"lines": ["x" * 2001]}}, []),  # it repeats what stands elsewhere
        ({}, []),
    ],
)
def test_p09_limits(content, said):
    assert [(one.what, one.count, one.limit) for one in limits.excesses(content)] == said
