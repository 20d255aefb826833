"""A form of an instrument for paper, made from its definition: items with boxes, and what has to be said on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.instrument_notes import INFORMANTS, item_lines
from assessments.instruments import Instrument, Item
from assessments.small_numbers import FEWEST_PATIENTS, SMALLEST_MINIMUM, USUAL_MINIMUM
from assessments.wording import CHECK, OURS, note_on, said

# Where it is typed in afterwards, by instrument and who filled it in: the name of an address of the service.
TYPED_IN = {
    ("imr_fidelity", "assessor"): "fidelity_add",
    ("goi", "assessor"): "organisation_rating_add",
    ("ils", "staff"): "leadership_rating_add",
    ("ils", "self"): "own_rating_add",
    ("press", "staff"): "sustainment_rating_add",
    ("imrs", "patient"): "outcome_round_add",
    ("imrs", "practitioner"): "outcome_round_add",
}

NOT_ANSWERED = {
    "rating": _("Not rateable"),
    "questionnaire": _("No answer"),
    "group_results": _("No answer"),
}


@dataclass(frozen=True)
class PaperItem:
    """One item on paper: its words, the steps that are its own in small print, and a box for each answer."""

    number: str
    text: str
    about: str
    steps: tuple[str, ...]
    boxes: tuple[str, ...]
    check: str


@dataclass(frozen=True)
class PaperForm:
    """The form. `legend`: what the steps of the whole scale stand for; `counting`: lines for whoever counts it."""

    name: str
    version: str
    informant: str
    who_sees: tuple[str, ...]
    how: str
    legend: tuple[str, ...]
    boxes: tuple[str, ...]  # of every item alike; empty: each item has its own
    items: tuple[PaperItem, ...]
    not_answered: str
    asks_why: bool
    names_rater: bool
    counting: tuple[str, ...]
    wording: str
    is_group: bool  # what is typed in is a result of all the forms
    typed_in: str  # name of an address; empty: nowhere yet
    licence: str
    citation: str


def paper_form(instrument: Instrument, informant: str, *, official_texts: Mapping[str, str]) -> PaperForm:
    """The form for one who answers. The official texts are used where every item has its own."""
    official = instrument.kind == "questionnaire" and instrument.wording(official_texts) == "official"
    steps = _steps(instrument)
    return PaperForm(
        name=str(said(instrument.name)),
        version=instrument.version,
        informant=str(INFORMANTS[informant]),
        who_sees=tuple(map(str, _who_sees(instrument, informant))),
        how=_how(instrument),
        legend=tuple(f"{step}: {said(label)}" for step, label in instrument.labels.items()),
        boxes=steps,
        items=tuple(
            PaperItem(
                number=line.number,
                text=official_texts[item.key] if official else line.name,
                about="" if official else line.about,
                steps=_own_steps(item, instrument),
                boxes=steps or tuple(item.levels or ()),
                check="" if official else _check(item),
            )
            for item, line in zip(instrument.described, item_lines(instrument), strict=True)
        ),
        not_answered=str(NOT_ANSWERED[instrument.kind]),
        asks_why=instrument.kind == "rating",
        names_rater=instrument.kind == "rating",
        counting=tuple(_counting(instrument)),
        wording=_wording(instrument, official=official),
        is_group=informant in ("staff", "patient", "practitioner"),
        typed_in=TYPED_IN.get((instrument.key, informant), ""),
        licence=str(said(instrument.licence)),
        citation=str(said(instrument.citation)),
    )


def _steps(instrument: Instrument) -> tuple[str, ...]:
    if instrument.lowest is None:
        return ()
    return tuple(map(str, range(instrument.lowest, instrument.highest + 1)))


def _own_steps(item: Item, instrument: Instrument) -> tuple[str, ...]:
    if item.anchors is None:
        return ()
    return tuple(f"{step}: {said(text)}" for step, text in enumerate(item.anchors.texts, start=instrument.lowest))


def _check(item: Item) -> str:
    """The note where the name or the steps of an item are not confirmed."""
    return note_on(item.confidence) or (note_on(item.anchors.confidence) if item.anchors else "")


def _who_sees(instrument: Instrument, informant: str) -> list[str]:
    """Who will see what is written here, and who types it in."""
    if instrument.kind == "group_results":
        return [
            gettext(
                "This form is about one patient: it belongs in the service's own record system, and stays there. It is "
                "never typed into Holdfast."
            ),
            gettext("Holdfast takes how many patients there were and their mean as a group, of %(fewest)d or more.")
            % {"fewest": FEWEST_PATIENTS},
        ]
    if instrument.kind == "rating":
        return [
            gettext("Each rater fills in a form of their own and shows it to nobody until both are done."),
            gettext("What the two agree on is typed in, and seen by everybody who sees the record of the service."),
        ]
    if informant == "self":
        return [gettext("You type this in yourself. Only you see it until you share it.")]
    if informant == "leader":
        return [gettext("What is typed in is seen by everybody who sees the record of the service.")]
    return [
        gettext("Do not write your name. Put the form into an envelope with the others."),
        gettext(
            "Somebody other than the leader opens the envelope, works out the means of all the forms and types them in "
            "as a result of the group. Then the forms are destroyed."
        ),
        gettext(
            "The leader, the team and the adviser see the means of the whole team, and only if at least this many "
            "answered: ______ (agreed beforehand; %(usual)d, and never fewer than %(smallest)d). Nobody sees one form."
        )
        % {"usual": USUAL_MINIMUM, "smallest": SMALLEST_MINIMUM},
    ]


def _how(instrument: Instrument) -> str:
    """How to fill it in."""
    if instrument.kind == "rating":
        return gettext("Tick one box for each item. Where an item cannot be rated, tick the last box and write why.")
    return gettext("Tick one box for each item. What you leave out is not counted.")


def _wording(instrument: Instrument, *, official: bool) -> str:
    """Whose words the items are."""
    if instrument.kind == "rating":
        return str(OURS)
    if instrument.kind == "group_results":
        return gettext("Our names of the items. What each step stands for is on the official form: have it at hand.")
    if official:
        return gettext("The official wording, as the service entered it.")
    ours = gettext("Our own wording, not the official one: results are marked so, and not compared with others.")
    return f"{ours} {CHECK}"


def _counting(instrument: Instrument) -> list[str]:
    """What whoever counts the form works out, with room for it."""
    numbers = {line.key: line.number for line in item_lines(instrument)}
    parts = [
        gettext("%(part)s: the mean of %(numbers)s, if at least %(fewest)d are answered: ______")
        % {
            "part": said(part.name),
            "numbers": get_text_list([numbers[item] for item in part.items], gettext("and")),
            "fewest": part.fewest,
        }
        for part in instrument.subscales
    ]
    match instrument.total.method:
        case "mean":
            total = gettext("The mean of the items, if at least %(fewest)d are answered: ______") % {
                "fewest": instrument.total.fewest
            }
        case "mean_of_subscales":
            total = gettext("The mean of the figures above, if there are at least %(fewest)d: ______") % {
                "fewest": instrument.total.fewest
            }
        case _:
            total = gettext("Holdfast works out the total; at least %(fewest)d items are needed.") % {
                "fewest": instrument.total.fewest
            }
    return [*parts, total]
