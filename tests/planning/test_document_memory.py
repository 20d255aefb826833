"""P09: the making of a document takes so much memory and no more; beyond it that document fails, and nothing else."""

import sys

import pytest
from django.utils import timezone

from planning.documents import issuing, making, memory
from planning.documents.kinds import KINDS
from planning.models import Document
from tests import factories as make
from tests.planning.plain_kind import MADE, plain_kind

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what a process holds")

MEBIBYTE = memory.MEBIBYTE


def test_p09_more_than_the_bound_is_refused_and_afterwards_all_is_as_before():
    with pytest.raises(MemoryError), memory.bounded(64 * MEBIBYTE):
        bytearray(256 * MEBIBYTE)

    assert len(bytearray(256 * MEBIBYTE)) == 256 * MEBIBYTE


def test_p09_within_the_bound_nothing_is_refused():
    with memory.bounded(256 * MEBIBYTE):
        assert len(bytearray(64 * MEBIBYTE)) == 64 * MEBIBYTE


def test_where_the_system_does_not_say_what_is_held_there_is_no_bound(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "STATM", tmp_path / "none")

    with memory.bounded(1):
        assert len(bytearray(64 * MEBIBYTE)) == 64 * MEBIBYTE


@pytest.mark.django_db
def test_p09_a_document_that_needs_more_fails_with_a_reference_and_the_next_one_is_made(monkeypatch, caplog):
    leader = make.make_leader(make.make_service("f"))
    monkeypatch.setitem(KINDS, Document.Kind.MEMO, plain_kind())
    greedy = plain_kind()
    object.__setattr__(greedy, "make", lambda content, **_: bytearray(2 * memory.MOST) and MADE)
    monkeypatch.setitem(KINDS, Document.Kind.HANDOVER, greedy)
    ask = {"service": leader.service, "by": leader, "language": "en", "as_of": timezone.localdate()}
    too_big = issuing.issue(**ask, kind=Document.Kind.HANDOVER)
    usual = issuing.issue(**ask, kind=Document.Kind.MEMO)

    for _time in range(making.MAX_ATTEMPTS):
        assert not making.make(too_big.pk, at=timezone.now())

    too_big.refresh_from_db()
    assert too_big.state == Document.State.FAILED
    assert too_big.reference in caplog.text
    assert "MemoryError" in caplog.text
    assert making.make(usual.pk, at=timezone.now())
