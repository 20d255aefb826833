"""Every page of a service, empty and full, for every role that may open it: whole, and leading nowhere it may not."""

import re
from itertools import pairwise

import pytest
from lxml import html

from accounts.access import PERMISSIONS, ServiceMixin, may
from accounts.models import Role
from planning.risks.answer import Status
from tests.planning.site import client_of, empty_site, full_site, service_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.timeout(300)]

ROLES = ("leader", "practitioner", "adviser", "sponsor")  # a stand-in may do what a leader may
# What a page without its object answers: there is none in an empty service.
NEEDS_AN_OBJECT = re.compile(r"_pk$|^number$")
# Those that need something without saying so in their address.
ON_SOMETHING = {
    "vision_confirm",
    "vision_acknowledge",
    "expectation_acknowledge",
    "acknowledgement_add",
    "dossier_file",
    "document_new",  # a kind of document
}
SHAPES = {"flagged": "square", "watch": "diamond", "clear": "check", "unknown": "ring"}


def opened(site, role, language):
    """(address, response) of every page of the service that the role may open."""
    member = site.people[role]
    client = client_of(member, language=language)
    for address in service_addresses():
        if may(member, address.view.permission) and hasattr(address.view, "get"):
            response = client.get(site.url(address.name))
            if response.status_code == 403 and address.view.is_for_member is not ServiceMixin.is_for_member:
                continue  # of those with the permission, the page is for some alone
            yield address, response


def is_page(response) -> bool:
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


def check_whole(document, language, where):
    """What holds for every page."""
    assert document.get("lang") == language, where
    (heading,) = document.xpath("//h1")
    assert heading.text_content().strip(), where
    assert document.xpath("string(//title)").strip().endswith("· Holdfast"), where
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids)), (where, sorted(one for one in ids if ids.count(one) > 1))
    for target in document.xpath("//@for | //@aria-labelledby | //@aria-describedby"):
        assert set(target.split()) <= set(ids), (where, target)
    levels = [int(one.tag[1]) for one in document.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    steps = [after - before for before, after in pairwise(levels)]
    assert levels[0] == 1, where
    assert all(step <= 1 for step in steps), (where, levels)
    words = document.xpath("//main")[0].text_content()
    for left_over in ("{{", "{%", "%(", "lazy", "Traceback"):
        assert left_over not in words, where
    for link in document.xpath("//main//a"):
        assert link.get("href"), where
        assert link.text_content().strip(), where
    for element in document.xpath("//*[@style] | //style | //script[not(@src)] | //*[@onclick]"):
        raise AssertionError((where, html.tostring(element)))


def check_states(document, where):
    """B06: a state is told by a word and a shape."""
    for state in document.xpath("//*[contains(concat(' ', @class, ' '), ' status ')]"):
        kind = next(word.removeprefix("status-") for word in state.get("class").split() if word.startswith("status-"))
        shapes = state.xpath(".//*[local-name()='svg']/@class")
        assert shapes == [f"shape shape-{SHAPES[kind]}"], where
        assert state.text_content().strip(), where


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("make", [empty_site, full_site])
def test_b06_every_page_is_whole_tells_states_by_word_and_shape_and_leads_nowhere_forbidden(make, role):
    site = make()
    offered: dict[str, str] = {}

    for language in ("en", "nb"):
        for address, response in opened(site, role, language):
            where = (role, language, address.name)
            needs = address.name in ON_SOMETHING or any(NEEDS_AN_OBJECT.search(name) for name in address.parameters)
            assert response.status_code in ((200, 302, 404) if needs else (200,)), where
            if is_page(response):
                document = html.document_fromstring(response.content.decode())
                check_whole(document, language, where)
                check_states(document, where)
                for link in document.xpath("//main//a/@href | //nav//a/@href"):
                    offered.setdefault(link.partition("#")[0], address.name)

    client = client_of(site.people[role])
    for link, from_page in offered.items():
        if link.startswith("/"):
            assert client.get(link).status_code in (200, 302), (link, from_page)


def test_every_address_of_a_full_service_leads_to_something():
    """So that the other tests look at it."""
    site = full_site()

    missing = {address.name for address in service_addresses() if hasattr(address.view, "get")}
    for role in ("leader", "practitioner", "sponsor"):
        missing -= {address.name for address, response in opened(site, role, "en") if response.status_code == 200}

    # What a worker makes, what has to be asked for, and what test_document_issuing.py looks at for every kind.
    assert missing <= {
        "document_new",
        "report_new",
        "document_pdf",
        "outbox_message",
        "outbox_attachment",
        "dossier_file",
        "plan_verify",  # leads on to where documents are verified now
    }


def test_the_four_states_have_four_shapes():
    assert set(SHAPES) == {str(status) for status in Status}
    assert len(set(SHAPES.values())) == len(SHAPES)
    assert PERMISSIONS[Role.STAND_IN] == PERMISSIONS[Role.LEADER]
    assert {*ROLES, "stand_in"} == {str(role) for role in Role}
