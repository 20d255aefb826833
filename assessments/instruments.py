"""The instruments: what the files in `definitions/` say, as plain data.

Each version of an instrument is one file, KEY-VERSION.json, described by `definitions/instrument.schema.json`. Never
change one that is published: what was rated points to its key and version. A new version is a new file.

Pure: the standard library only. `assessments.definition_files` checks the files at start; what is imported before
that, such as the models, must not import this.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from assessments.definitions import files

Answer = int | str  # a whole number of the scale, or the key of a weighted level
Wording = Literal["official", "paraphrase"]


@dataclass(frozen=True)
class Text:
    """Words in both languages; `assessments.wording.said` has them in the active one."""

    en: str
    nb: str


@dataclass(frozen=True)
class Confidence:
    """How well a fact is known. "S": confirmed in a published text; "U": not confirmed; "P": our own convention."""

    tag: str
    sure: Decimal = Decimal(1)  # of "U": how sure we are, below 1

    @property
    def needs_checking(self) -> bool:
        """Whether it is shown with the note to check it against the official form."""
        return self.tag == "U"


@dataclass(frozen=True)
class Anchors:
    """What each step of the scale stands for, from the lowest up, in our words."""

    texts: tuple[Text, ...]
    confidence: Confidence


@dataclass(frozen=True)
class Ladder:
    """How a figure of the record becomes a rating: the lowest, and one more for each limit that it passes."""

    of: str
    computed: bool  # else it is proposed, and the rater decides
    passes: Literal["at_least", "above", "at_most"]
    limits: tuple[Fraction, ...]
    estimated_share: Fraction | None  # of the target population, where nobody tracks who is eligible


@dataclass(frozen=True)
class Item:
    """One item. `number`: on the form, where forms agree on it; the key is what identifies it."""

    key: str
    name: Text
    about: Text | None
    confidence: Confidence
    number: str = ""
    sources: tuple[str, ...] = ()
    anchors: Anchors | None = None
    ladder: Ladder | None = None
    levels: Mapping[str, Fraction] | None = None


@dataclass(frozen=True)
class Subscale:
    """Items with a mean of their own. Not published: ours, for display, never named as a published one."""

    key: str
    name: Text
    items: tuple[str, ...]
    fewest: int
    published: bool
    confidence: Confidence


@dataclass(frozen=True)
class Total:
    """How the total is made. `fewest`: items, or sub-scales where it is made of them, that it needs."""

    method: Literal["mean", "mean_of_subscales", "weighted_levels"]
    fewest: int
    confidence: Confidence


@dataclass(frozen=True)
class Contrast:
    """How far one sub-scale lies above the mean of others; above `talk_above` it deserves a talk."""

    key: str
    name: Text
    of: str
    others: tuple[str, ...]
    talk_above: Fraction
    confidence: Confidence


@dataclass(frozen=True)
class Band:
    """A name for the figures from a limit up to the next band."""

    key: str
    lowest: Fraction


@dataclass(frozen=True)
class Norm:
    """Published figures to compare with, by sub-scale and for "total"."""

    population: Text
    source: str
    wording: Literal["official", "any"]  # which of it they hold for
    means: Mapping[str, Decimal]
    sds: Mapping[str, Decimal]


@dataclass(frozen=True)
class Reliability:
    """What a change of one patient has to exceed. `retest`: the reliability on a second answer, by who answers."""

    retest: Mapping[str, Decimal]
    assumed_sd: Decimal
    own_sd_from: int  # from so many patients on, the service's own deviation takes its place


@dataclass(frozen=True)
class Instrument:
    """One version of an instrument."""

    key: str
    version: str
    name: Text
    revision: Text
    unit: str
    kind: Literal["rating", "questionnaire", "group_results"]
    informants: tuple[str, ...]
    lowest: int | None  # of the scale; None: the items have weighted levels
    highest: int | None
    labels: Mapping[int, Text]
    described: tuple[Item, ...]
    subscales: tuple[Subscale, ...]
    total: Total
    contrasts: tuple[Contrast, ...]
    bands: tuple[Band, ...]  # from the best down
    bands_confidence: Confidence | None
    smallest_change: Fraction | None
    norms: tuple[Norm, ...]
    reliability: Reliability | None
    licence: Text
    citation: Text

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The keys of the items, in the order of the form."""
        return tuple(self.by_key)

    @cached_property
    def by_key(self) -> Mapping[str, Item]:
        """The items by their keys, in the order of the form."""
        return {item.key: item for item in self.described}

    def wording(self, official_texts: Mapping[str, str]) -> Wording:
        """What an administration of it is marked with; `official_texts`: what a service entered, by item.

        A scale for trained assessors keeps its meaning with our short anchors, as they have the official form at
        hand; group results come from official forms that are filled in elsewhere. What people answer here is the
        instrument in its exact words only, in all of them.
        """
        if self.kind != "questionnaire" or all(official_texts.get(item, "").strip() for item in self.items):
            return "official"
        return "paraphrase"

    def norms_for(self, wording: Wording) -> tuple[Norm, ...]:
        """The published figures that may be shown beside a result in that wording."""
        return tuple(norm for norm in self.norms if norm.wording in ("any", wording))


def read(path: Path) -> Instrument:
    """The instrument that a sound file defines."""
    return _instrument(json.loads(path.read_text(encoding="utf-8")))


@cache
def definitions() -> tuple[Instrument, ...]:
    """Every version of every instrument, the versions of one in their order."""
    return tuple(sorted(map(read, files()), key=lambda one: (one.key, _order(one.version))))


def definition(key: str, version: str | None = None) -> Instrument:
    """An instrument in a version, or in its latest one. LookupError if there is none."""
    found = [one for one in definitions() if one.key == key and version in (None, one.version)]
    if not found:
        raise LookupError(f"no definition of {key}" + (f" in version {version}" if version else ""))
    return found[-1]


def latest() -> list[Instrument]:
    """Every instrument in its latest version."""
    return [definition(key) for key in dict.fromkeys(one.key for one in definitions())]


def stored(key: str, version: str) -> Instrument:
    """The definition that a stored result is read by: the one it was made with, whatever came later.

    One that was typed in from elsewhere names no version; it is read by the first there was, so that nothing moves it.
    """
    if version:
        return definition(key, version)
    return definition(key, next(one.version for one in definitions() if one.key == key))


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


# From the file to the data


def _text(content: dict) -> Text:
    return Text(content["en"], content["nb"])


def _confidence(tag: str) -> Confidence:
    letter, _space, sure = tag.partition(" ")
    return Confidence(letter, Decimal(sure)) if sure else Confidence(letter)


def _ladder(content: dict) -> Ladder:
    share = content.get("estimated_share")
    return Ladder(
        of=content["of"],
        computed=content["use"] == "compute",
        passes=content["passes"],
        limits=tuple(map(Fraction, content["limits"])),
        estimated_share=Fraction(share) if share else None,
    )


def _item(content: dict) -> Item:
    anchors, levels = content.get("anchors"), content.get("levels")
    return Item(
        key=content["key"],
        name=_text(content["name"]),
        about=_text(content["about"]) if "about" in content else None,
        confidence=_confidence(content["confidence"]),
        number=content.get("number", ""),
        sources=tuple(content.get("sources", ())),
        anchors=Anchors(tuple(map(_text, anchors["texts"])), _confidence(anchors["confidence"])) if anchors else None,
        ladder=_ladder(content["ladder"]) if "ladder" in content else None,
        levels={level: Fraction(weight) for level, weight in levels.items()} if levels else None,
    )


def _subscale(content: dict) -> Subscale:
    return Subscale(
        key=content["key"],
        name=_text(content["name"]),
        items=tuple(content["items"]),
        fewest=content["at_least"],
        published=content["published"],
        confidence=_confidence(content["confidence"]),
    )


def _contrast(content: dict) -> Contrast:
    return Contrast(
        key=content["key"],
        name=_text(content["name"]),
        of=content["of"],
        others=tuple(content["less_mean_of"]),
        talk_above=Fraction(content["talk_above"]),
        confidence=_confidence(content["confidence"]),
    )


def _norm(content: dict) -> Norm:
    return Norm(
        population=_text(content["population"]),
        source=content["source"],
        wording=content["requires_wording"],
        means={part: Decimal(figure) for part, figure in content["means"].items()},
        sds={part: Decimal(figure) for part, figure in content["sds"].items()},
    )


def _reliability(content: dict) -> Reliability:
    return Reliability(
        retest={who: Decimal(figure) for who, figure in content["retest"].items()},
        assumed_sd=Decimal(content["assumed_sd"]),
        own_sd_from=content["own_sd_from"],
    )


def _instrument(content: dict) -> Instrument:
    scale, total = content.get("scale", {}), content["total"]
    smallest = content.get("smallest_change")
    return Instrument(
        key=content["key"],
        version=content["version"],
        name=_text(content["name"]),
        revision=_text(content["revision"]),
        unit=content["unit"],
        kind=content["kind"],
        informants=tuple(content["informants"]),
        lowest=scale.get("min"),
        highest=scale.get("max"),
        labels={int(step): _text(label) for step, label in scale.get("labels", {}).items()},
        described=tuple(map(_item, content["items"])),
        subscales=tuple(map(_subscale, content["subscales"])),
        total=Total(total["method"], total["at_least"], _confidence(total["confidence"])),
        contrasts=tuple(map(_contrast, content.get("contrasts", ()))),
        bands=tuple(Band(band["key"], Fraction(band["from"])) for band in content["bands"]),
        bands_confidence=_confidence(content["bands_confidence"]) if content["bands"] else None,
        smallest_change=Fraction(smallest) if smallest else None,
        norms=tuple(map(_norm, content["norms"])),
        reliability=_reliability(content["reliable_change"]) if "reliable_change" in content else None,
        licence=_text(content["licence"]),
        citation=_text(content["citation"]),
    )


IMR_FIDELITY = definition("imr_fidelity")
GOI = definition("goi")
ILS = definition("ils")
PRESS = definition("press")
IMRS = definition("imrs")
