"""Three hundred dossiers gone wrong: each is brought in whole, or refused whole with its place."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction

from planning import study
from planning.dossiers.errors import DossierError
from planning.dossiers.importing import import_dossier
from planning.dossiers.reading import understand
from tests.planning.dossiers.expected import expected
from tests.planning.dossiers.mutations import CHANGES, mutated
from tests.planning.dossiers.samples import rich, take_out

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MANY, BATCH = 300, 30
MODELS = [model for model in apps.get_models() if model is not Session]


def everything() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in MODELS}


def base(seed: int) -> dict:
    """A dossier that is right: the one with everything in it, or now and then one of the study's."""
    if seed % 10:
        return rich()
    files = sorted(study.SERVICES.glob("*.json"))
    return json.loads(files[seed // 10 % len(files)].read_text(encoding="utf-8"))


def outcome(seed: int) -> tuple[str, str]:
    """What was done to a dossier, and what was said of it; empty when it was taken."""
    data, done = mutated(base(seed), seed)
    before = everything()
    said = ""
    try:
        with transaction.atomic():
            service = import_dossier(understand(data))
            content = json.loads(data.decode("utf-8-sig"))
            says = json.loads(take_out(service, date.fromisoformat(content["as_of"])))
            assert says == expected(content), (seed, done)
            transaction.set_rollback(True)
    except DossierError as refusal:
        said = str(refusal)
    assert everything() == before, (seed, done, said)
    return done, said


def is_one_sentence(said: str) -> bool:
    """Whether it begins with a place, ends as a sentence, and fits on a screen."""
    return said.startswith("$") and ": " in said and said.endswith((".", "?")) and "\n" not in said and len(said) < 1200


@pytest.mark.parametrize("first", range(0, MANY, BATCH))
def test_taken_whole_or_refused_whole(first):
    outcomes = [outcome(seed) for seed in range(first, first + BATCH)]

    refused = [said for _, said in outcomes if said]
    assert 0 < len(refused) < BATCH
    assert [said for said in refused if not is_one_sentence(said)] == []


def test_the_dossiers_that_are_changed_are_right():
    for seed in (*range(0, 90, 10), 1):
        service = import_dossier(understand(json.dumps(base(seed)).encode()))
        assert json.loads(take_out(service, date.fromisoformat(base(seed)["as_of"]))) == expected(base(seed))


def test_every_kind_of_change_is_among_them():
    done = {one for seed in range(MANY) for one in mutated(base(seed), seed)[1].split(" and ")}

    assert done == {change.__name__ for change in CHANGES}


def test_a_seed_repeats_its_dossier():
    assert mutated(rich(), 7) == mutated(rich(), 7)
