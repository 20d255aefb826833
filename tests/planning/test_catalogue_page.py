"""The catalogue as users read it: made from the rules, complete, reached from every flag."""

import pytest
from django.utils import translation

from planning.risks import ENTRIES
from planning.wording import evidence
from planning.wording.entries import TEXTS
from tests.factories import make_leader, make_observation, make_service, make_sponsor
from tests.planning.site import client_of, document

pytestmark = pytest.mark.django_db


def read(element) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("language", ["en", "nb"])
def test_b01_every_entry_stands_there_with_its_rule_source_strength_and_what_clears_it(language):
    leader = make_leader()

    page = document(client_of(leader, language=language).get(f"/services/{leader.service.key}/catalogue/"))

    rules = page.xpath("//article[contains(@class, 'rule')]")
    by_key = {rule.get("aria-labelledby"): read(rule) for rule in rules}
    assert len(rules) == len(ENTRIES)
    with translation.override(language):
        for entry in ENTRIES:
            text, said = TEXTS[entry.key], by_key[entry.key]
            for words in (text.title, evidence.rule_text(entry.key), text.clears, text.why, text.limits, text.record):
                assert " ".join(str(words).split()) in said, entry.key
            assert str(text.passage) in said
            assert str(text.strength.label) in said


def test_b01_a_flag_leads_to_its_rule():
    service = make_service()
    make_observation(service, entry="own-time")
    leader = make_leader(service)

    short = document(client_of(leader).get(f"/services/{service.key}/standing/"))
    full = document(client_of(leader).get(f"/services/{service.key}/standing/own-time/"))

    address = f"/services/{service.key}/catalogue/#own-time"
    assert short.xpath(f"//article//a[@href='{address}']")
    assert full.xpath(f"//a[@href='{address}']")


def test_every_anchor_of_the_contents_leads_somewhere():
    sponsor = make_sponsor()

    page = document(client_of(sponsor).get(f"/services/{sponsor.service.key}/catalogue/"))

    targets = page.xpath("//nav[@class='contents']//a/@href")
    assert len(targets) == 5
    assert all(page.get_element_by_id(target.removeprefix("#")) is not None for target in targets)
