"""Bytes that are no dossier: one sentence each, before they cost time or memory."""

import io
import json
import time
import tracemalloc
from decimal import Decimal

import pytest

from planning.dossiers import reading
from planning.dossiers.errors import DossierError
from tests.planning.dossiers.samples import as_bytes, rich, sparse

NATIONAL_ID = "15108695088"  # a made-up one with right check digits


def refused(data: bytes) -> str:
    """What is said of these bytes."""
    with pytest.raises(DossierError) as refusal:
        reading.read(io.BytesIO(data))
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def with_text(text: str) -> bytes:
    """A dossier in which a text is exactly this piece of JSON."""
    vision = {"text": "HERE", "horizon_on": "2028-01-01"}
    return as_bytes(sparse(visions=[vision])).replace(b'"HERE"', text.encode())


class Endless(io.RawIOBase):
    """A stream without end that counts how much of it was asked for."""

    given = 0

    def read(self, size=-1):
        """As many as asked for; all of it never."""
        assert size > 0
        self.given += size
        return b" " * size


def test_no_more_is_read_than_is_allowed():
    stream = Endless()

    with pytest.raises(DossierError, match=r"^\$: the file is larger than 20 MB; a dossier holds one service only\.$"):
        reading.read(stream)

    assert stream.given == reading.MAX_BYTES + 1


def test_the_largest_file_that_is_allowed_is_looked_at():
    data = as_bytes(sparse())

    assert reading.read(io.BytesIO(data.ljust(reading.MAX_BYTES))).key == "x"
    assert refused(data.ljust(reading.MAX_BYTES + 1)).startswith("$: the file is larger")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "$: the file is empty;"),
        (b" \n", "$: the file is empty;"),
        (b"\xef\xbb\xbf", "$: the file is empty;"),
        (b"{", "$: the file is not JSON: line 1, column 2 does not fit (expecting property name"),
        (b'{"a": 1,\n "b" 2}', "$: the file is not JSON: line 2, column 6 does not fit (expecting ':' delimiter)"),
        (b"{} {}", "$: the file is not JSON: line 1, column 4 does not fit (extra data)"),
        (b"%PDF-1.7", "$: the file is not JSON: line 1, column 1"),
        (b"\xff\xfe{}", "$: the file is not UTF-8 (line 1 does not fit); save it as UTF-8."),
        (json.dumps({"format": 1}).encode("utf-16"), "$: the file is not UTF-8"),
        ('{\n"name": "Øst"}'.encode("latin-1"), "$: the file is not UTF-8 (line 2 does not fit)"),
        (b"[" * 100_000, "$: the file is nested more than 12 levels deep;"),
        (b'{"a":' * 100_000, "$: the file is nested more than 12 levels deep;"),
        (b"[" * 14 + b"]" * 14, "$[0][0][0][0][0][0][0][0][0][0][0][0][0]: the file is nested more than 12 levels"),
        (b'{"a": [' + b"1," * 100_001 + b"1]}", "$.a[99998]: from here on the file holds more than 100000 values;"),
        (b"[" + b"[]," * 1_000_001 + b"[]]", "$: the file holds more than 100000 values;"),
        (b'{"format": 1, "format": 1}', "$.format: stands there twice; keep one of the two."),
        (b'{"goals": [{}, {"a": 1, "b": 2, "a": 3}]}', "$.goals[1].a: stands there twice;"),
        (b'{"a b": {"c": 1, "c": 1}}', '$["a b"].c: stands there twice;'),
        (b'{"a": [NaN]}', "$.a[0]: NaN is no number; write one, or leave the field out."),
        (b'{"a": -Infinity}', "$.a: -Infinity is no number;"),
        (b'{"a": 1e999}', "$.a: the number has more than 15 digits; round it."),
        (b'{"a": ' + b"9" * 10_000 + b"}", "$.a: the number has more than 15 digits;"),
        (b'{"a": 1234567890123456}', "$.a: the number has more than 15 digits;"),
        (b'{"a": 0.1234567890123456}', "$.a: the number has more than 15 digits;"),
        (b'{"a": 1e-400}', "$.a: the number has more than 15 digits;"),
        (b'{"a": "\\ud800"}', "$.a: the text holds half of a character"),
        (b'{"a": "x\\u0000y"}', "$.a: the text holds a null character; take it out."),
    ],
)
def test_what_is_no_dossier_is_refused_with_a_sentence(data, message):
    said = refused(data)

    assert said.startswith(message)
    assert said.endswith(".")


WORST = [
    b"[" * reading.MAX_BYTES,
    b'"' + b'\\"' * (reading.MAX_BYTES // 2 - 1),
    b"[" + b"[]," * 1_000_000,
    b"[" + b"1," * (reading.MAX_BYTES // 2 - 2) + b"1]",
    b'{"a":"' + b"," * 900_000 + b'"}',
    as_bytes(sparse(service={"name": "a" * 10_000_000 + "\n"})),
    as_bytes(sparse(service={"name": " " * 10_000_000})),
    as_bytes(sparse(service={"name": "1 2-3." * 2_000_000})),
    as_bytes(sparse(service={"key": "a" * 10_000_000})),
]


@pytest.mark.parametrize("data", WORST, ids=lambda data: data[:20].decode())
def test_what_is_refused_costs_no_time(data):
    began = time.process_time()
    refused(data)

    assert time.process_time() - began < 10


@pytest.mark.parametrize("data", WORST[2:4], ids=lambda data: data[:20].decode())
def test_what_is_refused_costs_no_memory(data):
    tracemalloc.start()
    try:
        refused(data)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 200 * reading.MEGABYTE


def test_f12_no_national_identity_number_comes_in():
    content = rich()
    content["goals"][0]["check_ins"][0]["note"] = f"Told {NATIONAL_ID}"

    said = refused(as_bytes(content))

    assert said.startswith("$.goals[0].check_ins[0].note: the text holds what looks like a national identity number;")
    assert NATIONAL_ID not in said
    assert "$.visions[0].text.nb: " in refused(
        as_bytes(sparse(visions=[{"text": {"en": "Fine", "nb": "151086 95088"}, "horizon_on": "2027-01-01"}]))
    )


def test_a_mark_before_the_first_byte_is_taken():
    assert reading.understand(b"\xef\xbb\xbf" + as_bytes(sparse())).key == "x"


def test_numbers_are_exact():
    read = reading.parsed(b'{"a": [4.69, 4.0, -0.0, 1e2, 123456789012345, 0.000001, true]}')["a"]

    assert read == [Decimal("4.69"), 4, 0, 100, 123456789012345, Decimal("0.000001"), True]
    assert [type(one) for one in read] == [Decimal, int, int, int, int, Decimal, bool]


@pytest.mark.parametrize("text", ['"IMR"', '"«Bedring» – 100 % \\u00f8"', '"\\ud83d\\ude42"', '"a\\tb\\nc"'])
def test_texts_are_taken_as_they_are(text):
    assert reading.understand(with_text(text)).content["visions"][0]["text"] == json.loads(text)


def test_a_dossier_knows_its_key_and_day():
    dossier = reading.understand(as_bytes(rich()))

    assert (dossier.key, dossier.as_of.isoformat()) == ("nord", "2026-11-25")
