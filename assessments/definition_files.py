"""Whether the files that define the instruments are sound; looked at when Holdfast starts.

What JSON Schema can say stands in `definitions/instrument.schema.json`. What it cannot, such as that a sub-scale is
made of items that are there, is asked here.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from assessments.definitions import FOLDER, files

SCHEMA = FOLDER / "instrument.schema.json"

Fault = tuple[str, str]  # where in the file, as a JSON path; what is wrong there


class DefinitionError(Exception):
    """A file that defines an instrument cannot be used; the text names it, the place, and what is wrong."""

    def __init__(self, path: Path, fault: Fault):
        place, what = fault
        super().__init__(f"{path}: at {place} {what}.")


def refuse_unsound(folder: Path = FOLDER) -> None:
    """Raise DefinitionError for the first thing that is wrong in the files of a folder."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for path in files(folder):
        fault = _fault_of(path, validator)
        if fault:
            raise DefinitionError(path, fault)


def _fault_of(path: Path, validator: Draft202012Validator) -> Fault | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return "$", f"there is no JSON ({error})"
    misfit = best_match(validator.iter_errors(content))
    if misfit:
        return misfit.json_path, f"the schema is not met: {misfit.message}"
    if path.stem != f"{content['key']}-{content['version']}":
        return "$.key", f"the file says {content['key']} in version {content['version']}, and its name does not"
    return next(_contradictions(content), None)


def _contradictions(content: dict) -> Iterator[Fault]:
    """What does not agree within a file that fits the schema."""
    yield from _of_the_items(content)
    yield from _of_the_parts(content)
    yield from _of_the_total(content)
    yield from _of_the_bands(content)


def _twice(keys: list[str]) -> str:
    return next((key for key, times in Counter(keys).items() if times > 1), "")


def _of_the_items(content: dict) -> Iterator[Fault]:
    if twice := _twice([item["key"] for item in content["items"]]):
        yield "$.items", f"two items have the key {twice}"
    scale = content.get("scale")
    weighted = content["total"]["method"] == "weighted_levels"
    if weighted is (scale is not None):
        yield "$.scale", "there is a scale exactly when the total is not one of weighted levels"
    steps = scale["max"] - scale["min"] + 1 if scale else 0
    if scale and steps < 2:
        yield "$.scale", "the highest step does not lie above the lowest"
    if scale and scale.get("labels") and set(scale["labels"]) != {str(scale["min"] + step) for step in range(steps)}:
        yield "$.scale.labels", "each step of the scale needs its label, and nothing else has one"
    for number, item in enumerate(content["items"]):
        place = f"$.items[{number}]"
        if ("levels" in item) is not weighted:
            yield place, "an item has levels exactly when the total is one of weighted levels"
        if "anchors" in item and len(item["anchors"]["texts"]) != steps:
            yield f"{place}.anchors.texts", f"the scale has {steps} steps, and each needs its anchor"
        if "ladder" in item and len(item["ladder"]["limits"]) != steps - 1:
            yield f"{place}.ladder.limits", f"the scale has {steps} steps, and there is a limit between any two"


def _of_the_parts(content: dict) -> Iterator[Fault]:
    items, parts = {item["key"] for item in content["items"]}, [part["key"] for part in content["subscales"]]
    if twice := _twice(parts):
        yield "$.subscales", f"two sub-scales have the key {twice}"
    for number, part in enumerate(content["subscales"]):
        if unknown := sorted(set(part["items"]) - items):
            yield f"$.subscales[{number}].items", f"there is no item {unknown[0]}"
        if part["at_least"] > len(part["items"]):
            yield f"$.subscales[{number}].at_least", "it needs more items than it has"
    for number, contrast in enumerate(content.get("contrasts", [])):
        if unknown := sorted({contrast["of"], *contrast["less_mean_of"]} - set(parts)):
            yield f"$.contrasts[{number}]", f"there is no sub-scale {unknown[0]}"
    for number, norm in enumerate(content["norms"]):
        if unknown := sorted({*norm["means"], *norm["sds"]} - {*parts, "total"}):
            yield f"$.norms[{number}]", f"there is no sub-scale {unknown[0]}"


def _of_the_total(content: dict) -> Iterator[Fault]:
    total = content["total"]
    parts = content["subscales"] if total["method"] == "mean_of_subscales" else content["items"]
    if total["at_least"] > len(parts):
        yield "$.total.at_least", f"it needs more than the {len(parts)} there are"


def _of_the_bands(content: dict) -> Iterator[Fault]:
    limits = [float(band["from"]) for band in content["bands"]]
    if bool(limits) is not ("bands_confidence" in content):
        yield "$.bands_confidence", "it is said of bands, and of each set of them"
    if limits != sorted(set(limits), reverse=True):
        yield "$.bands", "each band has to begin below the one before"
    if limits and limits[-1] != (content["scale"]["min"] if "scale" in content else 0):
        yield "$.bands", "the last band has to begin at the lowest figure there is"
