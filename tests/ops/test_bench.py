"""What `./holdfast bench` prints: figures of documents, each beside the same pages by a browser."""

import subprocess
import sys

import pytest

from tests.bench import __main__ as bench
from tests.bench import pdf
from tests.bench.pdf_maker import PAGE
from tests.bench.processes import cpu_of, memory_of, peak_memory, tree

OURS = pdf.Cost(cold=3, cold_cpu=2, warm=1, warm_cpu=1, memory=100, pages=10)
THEIRS = pdf.Cost(cold=1.5, cold_cpu=2, warm=0.5, warm_cpu=2, memory=400)


@pytest.mark.parametrize("words", [[], ["nothing"], ["pdf", "slow"]])
def test_wrong_words_are_told_the_right_ones(words, capsys):
    assert bench.main(words) == 2
    assert "Usage: ./holdfast bench pdf" in capsys.readouterr().err


def test_a_document_has_a_row_of_each_and_how_they_compare():
    ours, theirs, ratio, started = pdf.lines_of("plan, usual", OURS, THEIRS)

    assert ours.split()[:4] == ["plan,", "usual", "10", "WeasyPrint"]
    assert theirs.split()[0] == "Chromium"
    assert ratio.split()[1:] == ["2.00", "1.00", "2.00", "0.50", "0.25"]
    assert started.split() == ["warm/cold", "0.67", "0.50"]


def test_without_a_browser_there_is_our_row_alone():
    assert len(pdf.lines_of("plan, usual", OURS, None)) == 1


def test_a_browser_is_given_the_style_with_the_fonts_inside():
    page = pdf.whole("<html><head></head></html>", "@font-face { src: url(handed:Lato-Bold.ttf); }")

    assert "handed:" not in page
    assert "<style>@font-face { src: url(data:font/ttf;base64," in page


@pytest.mark.processes
def test_processes_are_found_with_what_they_use():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.pid in tree(child.pid)
        assert memory_of([child.pid]) > 1
        assert cpu_of([child.pid]) >= 0
        child.communicate(b"\n", timeout=30)

    assert cpu_of([child.pid]) == memory_of([child.pid]) == 0  # it has ended
    assert peak_memory() > 10


@pytest.mark.processes
def test_a_document_is_made_in_a_process_of_its_own_and_leaves_what_a_browser_prints(tmp_path):
    cost = pdf.make(PAGE, "typical", tmp_path, times=1)

    assert cost.pages == 1
    assert 0 < cost.warm_cpu < cost.cold_cpu
    assert cost.memory > 30
    assert "<html" in (tmp_path / "document.html").read_text()
    assert "@page" in (tmp_path / "document.css").read_text()
