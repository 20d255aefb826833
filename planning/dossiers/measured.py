"""What only the instruments can say of a dossier: which versions and items there are, and which means items have.

Each check raises DossierError as those of `planning.dossiers.checks` do, which calls them.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from assessments.domains import DOMAINS
from assessments.instruments import Instrument, definition, definitions
from assessments.models import FEWEST_PATIENTS
from assessments.scoring import SHOWN_PLACES, rounded, score
from planning.dossiers.errors import DossierError, any_of, shown
from planning.dossiers.schema import items

MEASURED_WITH = {  # list: key of the instrument
    "fidelity": "imr_fidelity",
    "organisation": "goi",
    "leadership": "ils",
    "own_leadership": "ils",
    "sustainment": "press",
    "outcomes": "imrs",
}
RATED_AT_A_VISIT = ("imr_fidelity", "goi")
OFF_BY = Fraction(1, 100)  # what is published has two decimals


def _refuse_unknown_versions(content: dict) -> None:
    for name, key in MEASURED_WITH.items():
        for place, one in items(content, name):
            if "version" in one:
                _instrument(key, one["version"], place)


def _instrument(key: str, version: str, place: tuple) -> Instrument:
    try:
        return definition(key, version)
    except LookupError:
        known = any_of([one.version for one in definitions() if one.key == key])
        raise DossierError(
            (*place, "version"),
            f"{shown(version)} is no version of {key} that this Holdfast has; write {known}, or bring Holdfast up to "
            "date.",
        ) from None


def _refuse_unknown_items(content: dict) -> None:
    for name in ("fidelity", "organisation", "own_leadership"):
        for place, one in items(content, name):
            instrument = definition(MEASURED_WITH[name], one.get("version"))
            for item in one.get("items", {}):
                if item not in instrument.items:
                    raise DossierError(
                        (*place, "items", item),
                        f"{instrument.key} {instrument.version} has no such item; leave it out, or give the version "
                        "it was rated by.",
                    )
    for place, rating in items(content, "fidelity"):
        for number, advice in enumerate(rating.get("recommendations", ())):
            if "about" in advice:
                _refuse_unknown_about(advice["about"], (*place, "recommendations", number, "about"))


def _refuse_unknown_about(about: str, place: tuple) -> None:
    """What a recommendation is about is an item of a scale of visits, in any version."""
    key, _colon, item = about.partition(":")
    if key not in RATED_AT_A_VISIT:
        raise DossierError(
            place, f"a visit does not rate {shown(key)}; write {any_of(RATED_AT_A_VISIT)} before the colon."
        )
    known = {one: None for version in definitions() if version.key == key for one in version.items}
    if item not in known:
        raise DossierError(place, f"{key} has no item {shown(item)}; write {any_of(list(known))} after the colon.")


def _refuse_other_means(content: dict) -> None:
    """A mean that its items do not have. Of some items only, without a version, the others may not be known."""
    for name in ("fidelity", "organisation"):
        for place, one in items(content, name):
            instrument = definition(MEASURED_WITH[name], one.get("version"))
            rated = one.get("items", {})
            if "version" in one or len(rated) == len(instrument.items):
                _refuse_another_mean(one["mean"], score(rated, instrument).total, (*place, "mean"))
    for place, one in items(content, "own_leadership"):
        instrument = definition(MEASURED_WITH["own_leadership"], one.get("version"))
        means: Mapping[str, Fraction | None] = score(one.get("items", {}), instrument).subscales
        for name, mean in means.items():
            _refuse_another_mean(one[name], mean, (*place, name))


def _refuse_another_mean(said, mean: Fraction | None, place: tuple) -> None:
    if mean is not None and abs(Fraction(said) - mean) > OFF_BY:
        raise DossierError(
            place,
            f"{said} is not the mean of its items, {rounded(mean, SHOWN_PLACES)}; put one of them right.",
        )


def _refuse_few_answers(content: dict) -> None:
    for place, one in items(content, "sustainment"):
        if one["answers"] < one["minimum"]:
            raise DossierError(
                (*place, "answers"),
                f"{one['answers']} is fewer than minimum, which is {one['minimum']}, and could tell of one; leave the "
                "rating out.",
            )
    for name in ("leadership", "sustainment"):
        for place, one in items(content, name):
            if one.get("invited", one["answers"]) < one["answers"]:
                raise DossierError(
                    (*place, "invited"),
                    f"{one['invited']} is fewer than answers, which is {one['answers']}; put one of the two right.",
                )


def _refuse_outcomes(content: dict) -> None:
    for place, one in items(content, "outcomes"):
        for field in ("mean", "better"):
            if field in one and one["patients"] < FEWEST_PATIENTS:
                raise DossierError(
                    (*place, field),
                    f"is of fewer than {FEWEST_PATIENTS} patients and could tell of one; leave it out.",
                )
        changed = sum(one.get(field, 0) for field in ("better", "same", "worse"))
        if changed > one["patients"]:
            raise DossierError(
                (*place, "better"),
                f"makes {changed} together with same and worse, and patients is {one['patients']}; put one of them "
                "right.",
            )
        if "better" in one and changed < FEWEST_PATIENTS:
            raise DossierError(
                (*place, "better"),
                f"makes {changed} together with same and worse: fewer than {FEWEST_PATIENTS} patients, and could tell "
                "of one; leave the three out.",
            )


def _refuse_other_domains(content: dict) -> None:
    for place, one in items(content, "domain_means"):
        for domain in one["means"]:
            if domain not in DOMAINS[one["tool"]]:
                raise DossierError(
                    (*place, "means", domain),
                    f"is no domain of {one['tool']}; leave it out, or put tool right.",
                )


def _refuse_texts_of_nothing(content: dict) -> None:
    keys = sorted({one.key for one in definitions()})
    for place, one in items(content, "official_texts"):
        if one["instrument"] not in keys:
            raise DossierError(
                (*place, "instrument"), f"{shown(one['instrument'])} is no instrument here; write {any_of(keys)}."
            )
        instrument = _instrument(one["instrument"], one["version"], place)
        if one["item"] not in instrument.items:
            raise DossierError(
                (*place, "item"),
                f"{instrument.key} {instrument.version} has no item {shown(one['item'])}; write "
                f"{any_of(instrument.items)}.",
            )


MEASURED: tuple[Callable[[dict], None], ...] = (
    _refuse_unknown_versions,
    _refuse_unknown_items,
    _refuse_other_means,
    _refuse_few_answers,
    _refuse_outcomes,
    _refuse_other_domains,
    _refuse_texts_of_nothing,
)
