"""The latest documents of all services one advises, as one ZIP file for a meeting."""

import hashlib
import io
import tracemalloc
import zipfile

import pytest
from django.utils import timezone

from accounts.access import Permission
from accounts.models import AuditEvent
from planning.documents import batch, issuing
from planning.documents.kinds import KINDS
from planning.models import Document, DocumentFile
from tests import factories as make
from tests.planning.plain_kind import plain_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser():
    """Ada Vik advises two services; of a third she knows nothing."""
    ada = make.make_adviser(make.make_service("a", name="Askheim"))
    make.make_adviser(make.make_service("b", name="Bergly"), user=ada.user)
    for key in ("a", "b"):
        make.make_leader(ada.service.__class__.objects.get(key=key))
    return ada


def issued(leader, pdf: bytes, kind: str = Document.Kind.ACTION_PLAN) -> Document:
    """A document whose file is there."""
    document = issuing.issue(service=leader.service, by=leader, language="en", as_of=timezone.localdate(), kind=kind)
    sha256 = hashlib.sha256(pdf).hexdigest()
    DocumentFile.objects.create(document=document, pdf=pdf, page_one=None, sha256=sha256, pages=1)
    Document.objects.filter(pk=document.pk).update(state=Document.State.READY, made_at=timezone.now())
    return document


def leader_of(key: str):
    return make.Member.objects.get(service__key=key, role="leader")


def taken(client, **data) -> zipfile.ZipFile:
    """The file that comes."""
    response = client.post("/overview/documents/", data)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(response.getvalue()))


def test_it_holds_the_latest_of_each_service_and_says_which_have_none(client, adviser):
    issued(leader_of("a"), b"%PDF old")
    issued(leader_of("a"), b"%PDF new")
    waiting = leader_of("a")
    issuing.issue(service=waiting.service, by=waiting, language="en", as_of=timezone.localdate())
    issued(make.make_leader(make.make_service("c", name="Central")), b"%PDF of strangers")
    client.force_login(adviser.user)

    archive = taken(client)

    assert archive.testzip() is None
    assert archive.namelist() == ["imr-a-plan-2.pdf", "contents.txt"]
    assert archive.read("imr-a-plan-2.pdf") == b"%PDF new"
    contents = archive.read("contents.txt").decode()
    today = timezone.localdate().isoformat()
    assert f"Askheim: no. 2, {today}, imr-a-plan-2.pdf" in contents
    assert f"SHA-256 {hashlib.sha256(b'%PDF new').hexdigest()}" in contents
    assert "Bergly: none in force" in contents
    assert "Central" not in contents


def test_another_kind_can_be_chosen_and_only_what_one_may_read_is_in_it(client, adviser, monkeypatch):
    monkeypatch.setitem(KINDS, Document.Kind.MEMO, plain_kind())
    monkeypatch.setitem(KINDS, Document.Kind.HANDOVER, plain_kind(read=Permission.EDIT_RECORD))
    issued(leader_of("a"), b"%PDF memo", Document.Kind.MEMO)
    issued(leader_of("a"), b"%PDF handover", Document.Kind.HANDOVER)
    client.force_login(adviser.user)

    memos, packs = taken(client, kind="memo"), taken(client, kind="handover")

    assert memos.namelist() == ["imr-a-memo-1.pdf", "contents.txt"]
    assert packs.namelist() == ["contents.txt"]
    assert "Askheim" not in packs.read("contents.txt").decode()


def test_those_who_compare_no_services_get_an_empty_list(client, adviser):
    issued(leader_of("a"), b"%PDF")
    client.force_login(make.make_practitioner(adviser.service).user)

    assert taken(client).namelist() == ["contents.txt"]


def test_an_unknown_kind_is_answered_in_a_sentence_and_looking_takes_nothing(client, adviser):
    client.force_login(adviser.user)

    answer = client.post("/overview/documents/", {"kind": "poem"})

    assert answer.status_code == 400
    assert "choose another kind" in answer.content.decode()
    assert client.get("/overview/documents/").status_code == 405


def test_it_is_noted_in_the_trail_of_each_service_in_it(client, adviser):
    issued(leader_of("a"), b"%PDF")
    client.force_login(adviser.user)

    taken(client)

    events = AuditEvent.objects.filter(code="documents.taken_out")
    assert [(event.service_key, event.actor) for event in events] == [("a", adviser.user.audit_id)]


def test_the_list_is_in_the_readers_language(client, adviser):
    issued(leader_of("a"), b"%PDF")
    client.force_login(adviser.user)
    client.cookies["django_language"] = "nb"

    archive = taken(client)

    assert archive.namelist() == ["imr-a-plan-1.pdf", "innhold.txt"]
    assert "Bergly: ingen gjelder" in archive.read("innhold.txt").decode()


def test_one_document_at_a_time_is_in_memory(adviser):
    size = 4 * 1024 * 1024
    for key in "bdefgh":
        if key != "b":
            make.make_adviser(make.make_service(key), user=adviser.user)
            make.make_leader(make.Service.objects.get(key=key))
        issued(leader_of(key), bytes(size))
    held = batch.in_force(adviser.user, kind=Document.Kind.ACTION_PLAN, on=timezone.localdate())

    tracemalloc.start()
    sent = sum(map(len, batch.as_zip(held, kind=Document.Kind.ACTION_PLAN, on=timezone.localdate(), language="en")))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sent > 6 * size
    assert most < 5 * size  # a document as it is read, copied and handed on; never all six
