"""Rounds of patient outcomes: of groups, never of one patient."""

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord, one_or_404
from assessments.figures import average, day, few, small, two_decimals
from assessments.forms.measures import OutcomeForm
from assessments.models import FEWEST_PATIENTS, OutcomeRound
from assessments.views.rated import Rated, RatedList, instrument_columns


class OutcomeRounds(RatedList):
    """The rounds, the latest first."""

    permission = Permission.SEE_RECORD
    title = _("Patient outcomes")
    intro = _("How patients as a group stand on the IMR scales, and whether the practitioners have seen it.")
    related = "outcome_rounds"
    name = "outcome_round"
    order = ("-measured_on", "-pk")
    columns = (
        "measured_on",
        "form",
        (_("How many patients"), lambda measured: small(measured.patients)),
        (_("Mean"), lambda measured: None if measured.mean is None else two_decimals(measured.mean)),
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
        return super().can_change(measured) and (
            self.may(Permission.SEE_CASELOAD) or not 0 < measured.patients < FEWEST_PATIENTS
        )


class AddOutcomes(Rated, AddRecord):
    """Record a round."""

    form_class = OutcomeForm
    title = _("Round of patient outcomes")
    intro = _("Only how many patients, and their mean as a group. Nothing about anybody.")
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
        """The round; one of fewer than five patients only for those who may see such counts."""
        rounds = self.service.outcome_rounds.all()
        if not self.may(Permission.SEE_CASELOAD):
            rounds = rounds.filter(Q(patients=0) | Q(patients__gte=FEWEST_PATIENTS))
        return one_or_404(rounds, pk=self.kwargs["record_pk"])


class RemoveOutcomes(Rated, RemoveRecord):
    """Take it out."""

    name, list_name, related = "outcome_round", "outcome_rounds", "outcome_rounds"
