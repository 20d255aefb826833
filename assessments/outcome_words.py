"""What a round of patient outcomes says, in sentences: what it means, and what it does not."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy, ngettext

from assessments.figures import average, day, few
from assessments.group_change import Change
from assessments.models import OutcomeRound
from assessments.outcome_rounds import Reading
from assessments.scoring import rounded

MEANS = gettext_lazy(
    "It means: so the group stands on the aims of IMR, by the forms that were filled in. It does not mean that IMR "
    "brought it about, and it says nothing about a single patient."
)
FORMS = {
    OutcomeRound.Form.PATIENT: gettext_lazy("Patients' forms"),
    OutcomeRound.Form.PRACTITIONER: gettext_lazy("Practitioners' forms"),
}


def in_short(read: Reading) -> list[str]:
    """The round, how its mean moved, and how many changed by more than the error of measurement."""
    return [said for said in (_level(read), _moved(read), _shares(read)) if said]


def sentences(read: Reading) -> list[str]:
    """The same, and from which change on one patient's counts."""
    return [said for said in (*in_short(read), _limit(read)) if said]


def _level(read: Reading) -> str:
    now = read.now
    patients = ngettext("%(count)s patient", "%(count)s patients", now.patients) % {"count": few(now.patients)}
    values = {"form": FORMS[now.form], "day": day(now.measured_on), "patients": patients}
    if now.mean is None:
        return gettext("%(form)s of %(day)s: %(patients)s, no mean.") % values
    return gettext("%(form)s of %(day)s: mean %(mean)s of 5, of %(patients)s.") % (values | {"mean": average(now.mean)})


def _moved(read: Reading) -> str:
    if read.before is None:
        return gettext("It is the first round of this form, so there is nothing to compare it with.")
    if read.moved is None:
        return gettext("How it moved since the round before is not known: one of the two has no mean.")
    since = {"day": day(read.before.measured_on)}
    if read.change is None:
        return gettext(
            "The mean moved by %(moved)s since %(day)s. Whether that is more than chance is not known, as a standard "
            "deviation is missing."
        ) % (since | {"moved": signed(read.moved)})
    first = gettext("The mean moved by %(moved)s since %(day)s (95 %% interval %(low)s to %(high)s):") % (
        since | in_figures(read.change)
    )
    return f"{first} {_of_chance(read.change)}"


def _of_chance(change: Change) -> str:
    if not change.clear:
        return gettext("chance alone could bring that.")
    return gettext("better, by more than chance.") if change.low > 0 else gettext("worse, by more than chance.")


def _shares(read: Reading) -> str:
    if read.both is None:
        return ""
    if read.shares is None:
        return gettext(
            "How many changed reliably is for the team alone: a part of the group is smaller than five patients."
        )
    parts = {name: percent(getattr(read.shares, name)) for name in ("better", "same", "worse")}
    return gettext(
        "Of %(both)s patients in both rounds %(better)s changed reliably for the better, %(same)s did not change "
        "reliably, %(worse)s changed for the worse."
    ) % (parts | {"both": number_format(read.both)})


def _limit(read: Reading) -> str:
    if read.both is None:
        return ""
    values = {"limit": average(read.limit), "deviation": average(read.deviation)}
    if read.own:
        rests_on = gettext("your own standard deviation of %(deviation)s in the round before")
    else:
        rests_on = gettext(
            "an assumed standard deviation of %(deviation)s, as the round before has none of 20 patients or more"
        )
    return gettext("A change of one patient counts when it is larger than %(limit)s: by %(rests_on)s.") % (
        values | {"rests_on": rests_on % values}
    )


def gap(value: Decimal | None) -> str:
    """How the practitioners' mean lies beside the patients'; empty when it is not known."""
    if value is None:
        return ""
    if not rounded(value, 2):
        return gettext("Practitioners and patients see it alike.")
    apart = {"apart": average(abs(value))}
    if value > 0:
        return gettext("Practitioners rate it %(apart)s higher than patients. Ask why: it is worth a talk.") % apart
    return gettext("Practitioners rate it %(apart)s lower than patients. Ask why: it is worth a talk.") % apart


def in_figures(change: Change) -> dict[str, str]:
    """A change and the ends of its interval, each with its sign."""
    return {"moved": signed(change.mean), "low": signed(change.low), "high": signed(change.high)}


def signed(value: Decimal) -> str:
    """A difference with two decimals and its sign: "+0.25", "−0.25", "0.00"."""
    shown = rounded(value, 2)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{sign}{average(abs(shown))}"


def percent(share) -> str:
    """A share as a whole percentage, half up."""
    return f"{rounded(share * 100, 0)}\u00a0%"
