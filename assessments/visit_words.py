"""What a fidelity visit came to, in sentences: for its page and for its report."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments import scoring
from assessments.figures import day, few
from assessments.figures import rating as in_words
from assessments.visit_report import GivenItem, ReportedItem, ReportedScale
from assessments.wording import BANDS, CHANGES, named, said

LIMITS = (3, 4)  # where the bands begin, drawn as lines
MOST_LOWEST = 4  # items that a sentence names

# What a result means, and what it does not.
MEANS = {
    "imr_fidelity": lambda: _(
        "It says how closely IMR was given as described, by those the visit covers, at that time. It does not say "
        "whether patients get better, how able anybody is, or whether IMR will last."
    ),
    "goi": lambda: _(
        "It says whether the organisation has in place what keeps a practice going. It does not say how well anybody "
        "works, and a high fidelity does not make up for it."
    ),
}


@dataclass(frozen=True)
class Line:
    """A line of how far the two agreed."""

    name: str
    words: str
    beside: str = ""


# ------------------------------------------------------------------------------------------------
# Items
# ------------------------------------------------------------------------------------------------


def words_of(given: GivenItem, *, exact: bool) -> tuple[str, ...]:
    """A rating, then what is behind it."""
    notes = []
    if given.counts:
        notes.append(counts_in_words(given.counts, exact=exact))
    if given.proposed is not None and given.proposed != given.rating:
        notes.append(_("the record's counts spoke for %(rating)d") % {"rating": given.proposed})
    if given.note:
        notes.append(given.note)
    if given == GivenItem():
        return ("–",)
    if given.rating is None:
        return (_("not rateable"), *filter(None, [given.not_rateable]), *notes)
    return (str(given.rating), *notes)


def counts_in_words(counts: Mapping[str, int], *, exact: bool) -> str:
    """How many get it, of how many."""

    def shown(count: int) -> str:
        return number_format(count) if exact else few(count)

    words = {"receiving": shown(counts["receiving"])}
    if "eligible" in counts:
        return _("%(receiving)s of %(eligible)s it could be for") % {**words, "eligible": shown(counts["eligible"])}
    return _("%(receiving)s, in a service meant for %(target)s") % {**words, "target": shown(counts["target"])}


def apart(one: ReportedItem) -> str:
    """How far the two lay apart before they talked; empty where they rated alike."""
    if one.steps is None:
        return "" if one.agreed else _("rated by one or none")
    if not one.steps:
        return ""
    return ngettext("%(count)d step apart", "%(count)d steps apart", one.steps) % {"count": one.steps}


def rating_of(one: ReportedItem) -> str:
    """The agreed rating, or that there is none."""
    return _("not rated") if one.agreed is None or one.agreed.rating is None else str(one.agreed.rating)


def profile_sentence(scale: ReportedScale) -> str:
    """How many items stand high, and which stand low."""
    ratings = [one.agreed.rating for one in scale.items if one.agreed and one.agreed.rating is not None]
    high = sum(scoring.band(one, scale.instrument) == scale.instrument.bands[0].key for one in ratings)
    words = {"high": high, "rated": len(ratings)}
    low = scale.lowest()
    if not low:
        return _("%(high)d of %(rated)d items are at 4 or 5, and none is under 3.") % words
    names = [f"{named(one.item)} ({one.agreed.rating})" for one in low[:MOST_LOWEST]]
    if len(low) > MOST_LOWEST:
        names.append(_("%(count)d more") % {"count": len(low) - MOST_LOWEST})
    return _("%(high)d of %(rated)d items are at 4 or 5. Under 3: %(names)s.") % {
        **words,
        "names": get_text_list(names, _("and")),
    }


def reached(against: Mapping, *, exact: bool) -> str:
    """What those reached were counted against, in a sentence; empty where it was not rated."""
    if not against:
        return ""
    shown = number_format if exact else few
    words = {"receiving": shown(against["receiving"]), "against": shown(Decimal(against["against"]))}
    if against["estimated"]:
        return (
            _(
                "Reached: %(receiving)s of an estimated %(against)s, 80 %% of those the service is meant for, as "
                "nobody tracks who is eligible."
            )
            % words
        )
    return _("Reached: %(receiving)s of %(against)s who are eligible.") % words


# ------------------------------------------------------------------------------------------------
# Totals and agreement
# ------------------------------------------------------------------------------------------------


def total_sentence(scale: ReportedScale) -> str:
    """The mean with its band and how it compares; why there is none otherwise."""
    instrument = scale.instrument
    if scale.total is None:
        return _("%(rated)d of the items are rated: too few for a mean, which takes %(fewest)d. Look at the items.") % {
            "rated": scale.rated,
            "fewest": instrument.total.fewest,
        }
    words = {"figure": in_words(scale.total, instrument), "band": BANDS[scale.band]}
    if not scale.earlier:
        return _("Mean %(figure)s of 5: %(band)s. It is the first one on record.") % words
    before = scale.earlier[-1]
    words |= {
        "change": CHANGES[scoring.change(before.total, scale.total, instrument)],
        "before": in_words(before.total, instrument),
        "day": day(before.on),
    }
    return _("Mean %(figure)s of 5: %(band)s, %(change)s (%(before)s on %(day)s).") % words


def agreement_lines(scale: ReportedScale) -> list[Line]:
    """How far the two agreed before they talked, in the order exact, within one, AC2, kappa."""
    found = scale.agreement
    if found is None:
        return []
    published = scale.published_exact
    lines = [
        Line(
            _("The same rating"),
            percent(found.exact),
            _("published: %(share)s") % {"share": percent(published)} if published else "",
        ),
        Line(_("At most one step apart"), percent(found.within_one)),
        Line(_("Gwet's AC2"), coefficient(found.ac2), _("1 is full agreement")),
    ]
    if found.kappa is not None and found.kappa_says_something:
        lines.append(
            Line(
                _("Weighted kappa"),
                coefficient(found.kappa),
                _("falls to nought when nearly all ratings are the same, even if the two agree"),
            )
        )
    return lines


def percent(share: Fraction) -> str:
    """A share as a whole percentage, half up."""
    return _("%(figure)s %%") % {"figure": number_format(scoring.rounded(share * 100, 0))}


def coefficient(figure: Fraction) -> str:
    """Two decimals, half up."""
    return number_format(scoring.rounded(figure, scoring.SHOWN_PLACES))


def groups_of(scale: ReportedScale) -> list[tuple[str, str]]:
    """The means of the groups that are ours and no published ones; those with too few items are left out."""
    rated = {one.item.key: one.agreed.rating for one in scale.items if one.agreed and one.agreed.rating is not None}
    means = scoring.score(rated, scale.instrument).subscales
    return [
        (str(said(part.name)), in_words(means[part.key], scale.instrument))
        for part in scale.instrument.subscales
        if means[part.key] is not None
    ]
