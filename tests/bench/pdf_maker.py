"""A process of its own that makes one document some times over, and tells what that took.

    python -m tests.bench.pdf_maker KIND SIZE LANGUAGE TIMES STARTED FOLDER

`STARTED`: the monotonic clock just before this process was started. Leaves what was laid out in the folder, for a
browser to print, and one line of JSON on standard output.
"""

import json
import os
import sys
import time
from pathlib import Path
from unittest import mock

import django
from django.apps import apps

from tests.bench.processes import peak_memory

PAGE = "page"  # not a kind: page 1 of the plan alone


def main(kind: str, size: str, language: str, times: str, started: str, folder: str) -> None:
    """Make it for the first time, then as often as was asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    if not apps.ready:
        django.setup()
    from config.celery import read_what_documents_need

    read_what_documents_need()  # as a worker does when it starts
    first = _made(kind, size, language, Path(folder))
    cold = {"seconds": time.monotonic() - float(started), "cpu": time.process_time(), "memory": peak_memory()}
    warm = []
    for _time in range(int(times)):
        wall, cpu = time.monotonic(), time.process_time()
        _made(kind, size, language, None)
        warm.append({"seconds": time.monotonic() - wall, "cpu": time.process_time() - cpu})
    print(json.dumps({"pages": first, "cold": cold, "warm": warm, "memory": peak_memory()}))


def _made(kind: str, size: str, language: str, folder: Path | None) -> int:
    """Make the document once; returns how many pages it has. Imports only now, as a cold start has to."""
    from planning.documents import pages, plan_pages, rendering
    from planning.documents.kinds import KINDS
    from tests.planning import document_samples, plan_samples

    lay_out = rendering.lay_out
    with mock.patch.object(rendering, "lay_out", side_effect=lay_out) as spied:
        if kind == PAGE:
            content = plan_samples.SAMPLES[size](language)
            style = pages.stylesheet(pages.TEMPLATE_VERSION, "plan")
            html = plan_pages.plan_html(content, plan_pages.ROOMS[0], only_page_one=True)
            rendering.lay_out(html, stylesheet=style).first_page(identifier=b"bench")
            count = 1
        else:
            version = KINDS[kind].template_version
            count = KINDS[kind].make(document_samples.sample(kind, size, language), version=version).pages
    if folder:
        (folder / "document.html").write_text(rendering.printable(spied.call_args.args[0]))
        (folder / "document.css").write_text(spied.call_args.kwargs["stylesheet"])
    return count


if __name__ == "__main__":
    main(*sys.argv[1:])
