"""What is said of an instrument, made from its definition alone, so that one that comes as a new file has it all."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.instruments import Instrument, Norm
from assessments.models import WORDINGS
from assessments.wording import CHECK, CONVERSATION, OURS, note_on, said

# By the kind of the instrument and of whom a result tells: what it is for.
PURPOSES = {
    ("rating", "service"): _(
        "Shows how far the practice, or what carries it, is in place, as trained assessors find it on a visit."
    ),
    ("questionnaire", "leader"): _("Shows how the leadership is seen by those who are led, and by the leader."),
    ("questionnaire", "service"): _("Shows how those who answer see the work in the service."),
    ("group_results", "patients"): _("Shows how patients as a group stand, and whether that changes."),
}
# Said more sharply of those we know; one that comes as a new file has the words of its kind.
SHARPER_PURPOSES = {
    "imr_fidelity": _("Shows how far IMR is given as it is described, as trained assessors find it on a visit."),
    "goi": _("Shows whether the organisation has what it takes to keep IMR. Rated on the same visit."),
    "press": _("Shows whether IMR is still used, as staff see it."),
}
# By kind and unit: what a result means, and what it does not.
MEANINGS = {
    ("rating", "service"): _(
        "It says how much raters found in place when they visited; it does not say whether that helps patients, or "
        "whether it will last."
    ),
    ("questionnaire", "leader"): _(
        "It says how those who answered see the leadership; it does not say what the leader does, or what anybody "
        "answered."
    ),
    ("questionnaire", "service"): _(
        "It says how those who answered see the work; it does not say how much of it is done, or what anybody answered."
    ),
    ("group_results", "patients"): _(
        "It says how a group of patients stood at that time; it does not say what made them better or worse, and "
        "nothing about one patient."
    ),
}

INFORMANTS = {
    "assessor": _("trained assessors"),
    "staff": _("staff"),
    "self": _("the leader, about the own leadership"),
    "leader": _("the leader"),
    "patient": _("patients"),
    "practitioner": _("practitioners"),
}
SECONDS_AN_ITEM = 12  # our estimate: fifteen short items take three minutes


def purpose(instrument: Instrument) -> str:
    """What the instrument is for."""
    return str(SHARPER_PURPOSES.get(instrument.key) or PURPOSES[instrument.kind, instrument.unit])


def meaning(instrument: Instrument) -> str:
    """What a result means, and what it does not."""
    return str(MEANINGS[instrument.kind, instrument.unit])


def who_answers(instrument: Instrument) -> str:
    """Who fills it in, as a list in a sentence."""
    return get_text_list([str(INFORMANTS[who]) for who in instrument.informants], gettext("and"))


def how_long(instrument: Instrument) -> str:
    """How long it takes: a visit of raters, or minutes for each form (our estimate)."""
    if instrument.kind == "rating":
        return gettext("A day's visit, with talks, observed sessions and charts.")
    minutes = ceil(len(instrument.items) * SECONDS_AN_ITEM / 60)
    return ngettext(
        "About %(minutes)d minute for each form (our estimate).",
        "About %(minutes)d minutes for each form (our estimate).",
        minutes,
    ) % {"minutes": minutes}


def scale(instrument: Instrument) -> str:
    """The steps that an item takes."""
    if instrument.lowest is None:
        return gettext("Each item has levels of its own, which count differently.")
    return gettext("%(lowest)d to %(highest)d; higher is more.") % {
        "lowest": instrument.lowest,
        "highest": instrument.highest,
    }


def how_scored(instrument: Instrument) -> str:
    """How the total is made, and how much it needs."""
    total = instrument.total
    if total.method == "weighted_levels":
        return gettext("The sum of what the levels count; all %(items)d items are needed.") % {
            "items": len(instrument.items)
        }
    if total.method == "mean_of_subscales":
        return gettext("The mean of the %(parts)d sub-scales; each needs at least %(fewest)s items.") % {
            "parts": len(instrument.subscales),
            "fewest": get_text_list(sorted({str(part.fewest) for part in instrument.subscales}), gettext("or")),
        }
    return gettext("The mean of the items; at least %(fewest)d of the %(items)d are needed.") % {
        "fewest": total.fewest,
        "items": len(instrument.items),
    }


def unconfirmed(instrument: Instrument) -> list[str]:
    """What no published text confirms, in words."""
    return list(_unconfirmed(instrument))


def _unconfirmed(instrument: Instrument) -> Iterator[str]:
    unsure = [str(said(item.name)) for item in instrument.described if item.confidence.needs_checking]
    if unsure:
        yield gettext("What the item is: %(names)s") % {"names": "; ".join(unsure)}
    steps = [
        str(said(item.name))
        for item in instrument.described
        if item.anchors is not None and item.anchors.confidence.needs_checking
    ]
    if steps:
        yield gettext("What each step stands for: %(names)s") % {"names": "; ".join(steps)}
    parts = [str(said(part.name)) for part in instrument.subscales if part.confidence.needs_checking]
    if parts:
        yield gettext("Which items a sub-scale has: %(names)s") % {"names": "; ".join(parts)}
    if instrument.total.confidence.needs_checking:
        yield gettext("How the total is made")
    if instrument.bands_confidence is not None and instrument.bands_confidence.needs_checking:
        yield gettext("Where the bands begin")


WHOSE_WORDS = {
    "official": _("Answered in the official wording."),
    "paraphrase": _("Answered in our own wording of the items."),
    "": _("Whether the official wording was answered is not said."),
}
ELSEWHERE = _("Filled in elsewhere, on the official forms.")
NO_NORMS = _("Published figures hold for the official wording only; compare with the service's own earlier results.")


def wording_words(instrument: Instrument, wording: str) -> str:
    """In which words it was answered, or what stands in for that."""
    if instrument.kind == "questionnaire":
        return str(WHOSE_WORDS[wording])
    return str(OURS if instrument.kind == "rating" else ELSEWHERE)


def flag_of(instrument: Instrument, wording: str) -> str:
    """The wording that a result is marked with: as it is kept of a questionnaire, else as the kind has it."""
    return wording if instrument.kind == "questionnaire" else instrument.wording({})


def norm_words(norm: Norm, instrument: Instrument) -> str:
    """Published figures to compare with, and of whom they are."""
    names = {part.key: str(said(part.name)) for part in instrument.subscales} | {"total": gettext("total")}
    figures = ", ".join(f"{names[part]} {number_format(mean)}" for part, mean in norm.means.items())
    return gettext("To compare with: %(population)s: %(figures)s (%(source)s).") % {
        "population": said(norm.population),
        "figures": figures,
        "source": norm.source,
    }


@dataclass(frozen=True)
class InstrumentNote:
    """What stands below every result: what it means, in which words it was answered, where the instrument is from."""

    key: str
    name: str
    version: str
    meaning: str
    conversation: str
    wording: str
    flag: str  # the same in a word, as spreadsheets have it
    norms: tuple[str, ...]
    check: str  # empty where a published text confirms everything
    licence: str
    citation: str

    @classmethod
    def of(cls, instrument: Instrument, wording: str = "") -> "InstrumentNote":
        """`wording`: the result's; empty: not said. Norms are there for the wording that they hold for alone."""
        norms = [norm_words(norm, instrument) for norm in instrument.norms_for(wording or "paraphrase")]
        if len(norms) < len(instrument.norms):
            norms.append(str(NO_NORMS))
        return cls(
            key=instrument.key,
            name=str(said(instrument.name)),
            version=instrument.version,
            meaning=meaning(instrument),
            conversation=str(CONVERSATION),
            wording=wording_words(instrument, wording),
            flag=str(dict(WORDINGS).get(flag_of(instrument, wording), "")),
            norms=tuple(norms),
            check=str(CHECK) if unconfirmed(instrument) else "",
            licence=str(said(instrument.licence)),
            citation=str(said(instrument.citation)),
        )


@dataclass(frozen=True)
class ItemLine:
    """An item as it is told of."""

    key: str
    number: str
    name: str
    about: str
    check: str


def item_lines(instrument: Instrument) -> list[ItemLine]:
    """The items in their order, numbered as on the form or by their place."""
    return [
        ItemLine(
            key=item.key,
            number=item.number or str(place),
            name=str(said(item.name)),
            about=str(said(item.about)) if item.about else "",
            check=note_on(item.confidence),
        )
        for place, item in enumerate(instrument.described, start=1)
    ]
