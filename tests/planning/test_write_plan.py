"""The command that writes a plan as a file, with no server and no broker."""

from io import StringIO

import page as pdfua
import pytest
import time_machine
from django.core.management import CommandError, call_command

from planning.models import Document
from tests import factories as make
from tests.planning.pdf_reading import says, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel("2026-11-22 12:00+01:00", tick=False):
        yield


@pytest.fixture
def service():
    return make.make_service("f", name="Tjeneste Sør", language="nb")


def write(*words: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("write_plan", *words, stdout=out)
    return out.getvalue()


def test_it_writes_a_draft_that_conforms_and_issues_nothing(service, tmp_path):
    make.make_leader(service)
    path = tmp_path / "f.pdf"

    said = write("f", "--out", str(path), "--language", "en")

    first = text_of(path.read_bytes(), last=1)
    assert str(path) in said
    assert says(first, "IMR at Tjeneste Sør")
    assert says(first, "Draft, not issued")
    assert says(first, "Owner of the plan: Kari Nes.")
    assert says(first, "No vision written yet. That is the first thing.")
    assert pdfua.is_pdf_compliant_bytes(path.read_bytes(), profile="ua1")
    assert not Document.objects.exists()
    assert [file.name for file in tmp_path.iterdir()] == ["f.pdf"]


def test_the_language_is_the_services_unless_another_is_asked_for(service, tmp_path):
    write("f", "--out", str(tmp_path / "f.pdf"))

    assert says(text_of((tmp_path / "f.pdf").read_bytes()), "22. november 2026")


def test_what_is_dated_after_the_day_asked_for_is_left_out(service, tmp_path):
    make.make_vision(service, text="A vision of this autumn")

    write("f", "--out", str(tmp_path / "now.pdf"))
    write("f", "--out", str(tmp_path / "then.pdf"), "--as-of", "2026-01-31", "--language", "en")

    assert says(text_of((tmp_path / "now.pdf").read_bytes()), "A vision of this autumn")
    then = text_of((tmp_path / "then.pdf").read_bytes())
    assert not says(then, "A vision of this autumn")
    assert says(then, "the record as of 31 January 2026")


def test_a_file_that_is_there_is_replaced(service, tmp_path):
    path = tmp_path / "f.pdf"
    path.write_text("an old one")

    write("f", "--out", str(path))

    assert path.read_bytes().startswith(b"%PDF-")


def test_an_unknown_service_is_answered_with_those_there_are(service, tmp_path):
    make.make_service("g")

    with pytest.raises(CommandError, match=r'There is no service "Q"\. Those there are: f, g\.') as problem:
        write("Q", "--out", str(tmp_path / "q.pdf"))

    assert problem.value.returncode == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "20261122"])
def test_a_day_that_does_not_exist_is_said_plainly(service, tmp_path, day):
    with pytest.raises(CommandError, match="not a day that exists"):
        write("f", "--out", str(tmp_path / "f.pdf"), "--as-of", day)


def test_a_place_that_cannot_be_written_is_said_before_the_work(service, tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir(mode=0o500)

    with pytest.raises(CommandError, match="There is no folder"):
        write("f", "--out", str(tmp_path / "nowhere" / "f.pdf"))
    with pytest.raises(CommandError, match="is a folder"):
        write("f", "--out", str(tmp_path))
    monkeypatch.setattr("os.access", lambda path, mode: False)  # the tests may run as root, who may do anything
    with pytest.raises(CommandError, match="cannot be written"):
        write("f", "--out", str(tmp_path / "closed" / "f.pdf"))


def test_a_disk_that_fills_up_leaves_nothing_half_written(service, tmp_path, monkeypatch):
    path = tmp_path / "f.pdf"
    path.write_text("an old one")

    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)

    with pytest.raises(CommandError, match="No space left on device"):
        write("f", "--out", str(path))

    assert [file.read_text() for file in tmp_path.iterdir()] == ["an old one"]
