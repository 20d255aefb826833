"""Rounds of patient outcomes: of groups, never of one patient."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord, one_or_404
from assessments import outcome_rounds, outcome_words, run_charts
from assessments.figures import average, day, few, small, two_decimals
from assessments.forms.measures import OutcomeForm
from assessments.instruments import IMRS
from assessments.models import FEWEST_PATIENTS, OutcomeRound
from assessments.outcome_rounds import Pair, has_small_counts
from assessments.run_charts import ShownRun
from assessments.views.rated import Rated, RatedList, instrument_columns

COUNTS = ("patients", *outcome_rounds.CHANGED, "missing")


@dataclass(frozen=True)
class PairRow:
    """One round as a row of the table: the two forms beside each other, as text."""

    day: str
    patients: str
    practitioners: str
    gap: str


def pair_row(pair: Pair) -> PairRow:
    """The row; a form or a mean that is not there is a dash."""
    return PairRow(
        day=day(pair.on),
        patients=form_cell(pair.patient),
        practitioners=form_cell(pair.practitioner),
        gap="–" if pair.gap is None else outcome_words.signed(pair.gap),
    )


def form_cell(measured: OutcomeRound | None) -> str:
    """Mean and number of patients: "3.40 (12)"."""
    if measured is None:
        return "–"
    mean = "–" if measured.mean is None else average(measured.mean)
    return f"{mean} ({few(measured.patients)})"


def count_column(name: str):
    """A count of patients as a column, as those outside the team may know it."""

    def cell(measured: OutcomeRound):
        count = getattr(measured, name)
        return None if count is None else small(count)

    return OutcomeRound._meta.get_field(name).verbose_name, cell


def changed_column(name: str):
    """A count of those who changed, or did not: all three are empty where one is small, as it is what is left over."""

    def cell(measured: OutcomeRound):
        counts = outcome_rounds.changed(measured, exact=False)
        return counts and counts[name]

    return OutcomeRound._meta.get_field(name).verbose_name, cell


def mean_column(name: str):
    """A mean or a deviation as a column."""

    def cell(measured: OutcomeRound):
        figure = getattr(measured, name)
        return None if figure is None else two_decimals(figure)

    return OutcomeRound._meta.get_field(name).verbose_name, cell


class OutcomeRounds(RatedList):
    """The rounds, the latest first."""

    permission = Permission.SEE_RECORD
    title = _("Patient outcomes")
    intro = _("How patients as a group stand on the IMR scales, and whether the practitioners have seen it.")
    template_name = "assessments/outcome_rounds.html"
    related = "outcome_rounds"
    name = "outcome_round"
    order = ("-measured_on", "-pk")
    columns = (
        "measured_on",
        "form",
        count_column("patients"),
        mean_column("mean"),
        mean_column("sd"),
        *(changed_column(name) for name in outcome_rounds.CHANGED),
        count_column("missing"),
        "fed_back_on",
        (_("Smallest number of patients"), lambda measured: FEWEST_PATIENTS),
        *instrument_columns("imrs"),
    )
    add_label = _("Add a round")
    empty_text = _("No round of patient outcomes is recorded. Without one, decisions rest on impressions.")
    instrument_key = "imrs"

    def row(self, measured: OutcomeRound):
        """The day; by whom, of how many, the mean, when it was shown to the practitioners."""
        count = measured.patients
        facts = [
            measured.get_form_display(),
            ngettext("%(count)s patient", "%(count)s patients", count) % {"count": few(count)},
        ]
        if measured.mean is not None:
            facts.append(gettext("mean %(mean)s of 5") % {"mean": average(measured.mean)})
        if measured.fed_back_on:
            facts.append(gettext("shown to the practitioners on %(day)s") % {"day": day(measured.fed_back_on)})
        else:
            facts.append(gettext("not yet shown to the practitioners"))
        return day(measured.measured_on), facts

    def can_change(self, measured: OutcomeRound) -> bool:
        """Whoever may not see small counts cannot open them in a form either."""
        return super().can_change(measured) and (self.may(Permission.SEE_CASELOAD) or not has_small_counts(measured))

    def charts(self, rounds: list[OutcomeRound]) -> list[ShownRun]:
        """The means of each form over time, where there are enough to draw."""
        drawn = (
            run_charts.shown(
                outcome_rounds.series(rounds, form),
                name=str(outcome_words.FORMS[form]),
                better="up",
                with_limits=True,
                scale=(IMRS.lowest, IMRS.highest),
            )
            for form in OutcomeRound.Form.values
        )
        return [chart for chart in drawn if chart]

    def get_context_data(self, **kwargs):
        """What the latest round of each form says, the forms beside each other, the charts."""
        rounds = list(self.records())
        exact = self.may(Permission.SEE_CASELOAD)
        readings = [outcome_rounds.latest(rounds, form, exact=exact) for form in OutcomeRound.Form.values]
        pairs = outcome_rounds.side_by_side(rounds)
        return super().get_context_data(
            said=[outcome_words.sentences(one) for one in readings if one],
            gap=outcome_words.gap(pairs[0].gap) if pairs else "",
            pairs=[pair_row(pair) for pair in pairs],
            charts=self.charts(rounds),
            means=outcome_words.MEANS,
            **kwargs,
        )


class AddOutcomes(Rated, AddRecord):
    """Record a round."""

    form_class = OutcomeForm
    title = _("Round of patient outcomes")
    intro = _(
        "Only figures of the group, nothing about anybody. How many patients is enough; the sheet works out the rest."
    )
    name, list_name = "outcome_round", "outcome_rounds"

    def success_message(self, measured):
        """Saved."""
        return _("Round saved.")


class ChangeOutcomes(ChangeRecord, AddOutcomes):
    """Put it right, or add when it was shown to the practitioners."""

    title = _("Change the round")
    related = "outcome_rounds"

    @cached_property
    def record(self) -> OutcomeRound:
        """The round; one with a count below five only for those who may see such counts."""
        rounds = self.service.outcome_rounds.all()
        if not self.may(Permission.SEE_CASELOAD):
            for name in COUNTS:
                rounds = rounds.exclude(Q(**{f"{name}__gt": 0, f"{name}__lt": FEWEST_PATIENTS}))
        return one_or_404(rounds, pk=self.kwargs["record_pk"])


class RemoveOutcomes(Rated, RemoveRecord):
    """Take it out."""

    name, list_name, related = "outcome_round", "outcome_rounds", "outcome_rounds"
