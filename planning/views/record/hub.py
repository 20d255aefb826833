"""What is on record: every list with its latest entry, so that anybody finds where a fact goes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage
from planning import empty_lists
from planning.models import ConfirmedEmpty


@dataclass(frozen=True)
class Kind:
    """One list of the record as the overview shows it. `related`: the service's manager; `on`: its day as a look-up."""

    url_name: str
    label: str
    related: str
    on: str
    confirms: str | None = None
    permission: Permission = Permission.SEE_RECORD


# In the order in which a new service meets them.
KINDS = (
    Kind("observations", _("Observations"), "observations", "on"),
    Kind("decisions", _("Decisions"), "decisions", "decided_on", ConfirmedEmpty.List.DECISIONS),
    Kind("decisions_wanted", _("Decisions wanted"), "decisions_wanted", "asked_on"),
    Kind("supports", _("Support from outside"), "supports", "asked_on", ConfirmedEmpty.List.SUPPORT),
    Kind(
        "confirmations", _("Word of the next level up"), "confirmations", "asked_on", ConfirmedEmpty.List.CONFIRMATIONS
    ),
    Kind("fundings", _("Money and posts"), "fundings", "decided_on", ConfirmedEmpty.List.FUNDING),
    Kind("fidelity", _("Fidelity ratings"), "fidelity_ratings", "rated_on", ConfirmedEmpty.List.FIDELITY),
    Kind("fidelity", _("Fidelity visits that raters agreed on"), "visits", "agreed_on"),
    Kind("organisation_ratings", _("Ratings of the organisation"), "organisation_ratings", "rated_on"),
    Kind("leadership_ratings", _("Ratings of the leadership by staff"), "leadership_ratings", "rated_on"),
    Kind("sustainment_ratings", _("Is IMR still used?"), "sustainment_ratings", "rated_on"),
    Kind("waves", _("Surveys of the staff"), "waves", "opened_at__date"),
    Kind("domain_means", _("Sustainability tools"), "domain_means", "rated_on"),
    Kind("outcome_rounds", _("Patient outcomes"), "outcome_rounds", "measured_on", ConfirmedEmpty.List.OUTCOMES),
    Kind("expectations", _("What is expected"), "expectations", "published_on", ConfirmedEmpty.List.EXPECTATIONS),
    Kind("adaptations", _("Changes to the programme"), "adaptations", "in_use_from", ConfirmedEmpty.List.ADAPTATIONS),
    Kind("supervisions", _("Supervision"), "supervisions", "held_on", ConfirmedEmpty.List.SUPERVISION),
    Kind("clearances", _("Hours gone through with the staff"), "clearances", "cleared_on"),
    Kind("readiness", _("Preparation"), "readiness_checks", "on"),
    Kind("pauses", _("Pauses"), "pauses", "paused_on"),
    Kind("caseload", _("Caseload by month"), "caseload_months", "month", permission=Permission.SEE_CASELOAD),
    Kind("standing", _("Flags accepted for a time"), "acceptances", "accepted_on"),
)


@dataclass(frozen=True)
class ShownKind:
    """A list with its latest day, or the day on which it was said to be empty."""

    label: str
    url: str
    last_on: date | None
    empty_since: date | None


class RecordPage(Page):
    """Every list of the record."""

    permission = Permission.SEE_RECORD
    template_name = "planning/record.html"
    section = "record"
    title = _("The record")
    intro = _("What Holdfast knows of the service, and since when. What is not here is not known, and shown as such.")

    def get_context_data(self, **kwargs):
        """The lists that the reader may see."""
        return super().get_context_data(
            kinds=[self.shown(kind) for kind in KINDS if self.may(kind.permission)], **kwargs
        )

    def shown(self, kind: Kind) -> ShownKind:
        """One list."""
        last = getattr(self.service, kind.related).filter(**{f"{kind.on}__lte": self.today}).aggregate(on=Max(kind.on))
        empty = empty_lists.since(self.service, kind.confirms, on=self.today) if kind.confirms else None
        return ShownKind(
            label=str(kind.label),
            url=reverse(kind.url_name, args=[self.service.key]),
            last_on=last["on"],
            empty_since=empty if empty and (last["on"] is None or empty > last["on"]) else None,
        )


class ConfirmNothing(RecordFormPage):
    """Say that there is nothing to record in a list: then it is known, and not merely absent."""

    permission = Permission.EDIT_RECORD
    form_class = ConfirmForm
    title = _("Nothing to record?")
    section = "record"

    def get_intro(self):
        """Of which list."""
        return _("You say that as of today there is nothing of this: %(list)s. It counts at once, dated today.") % {
            "list": ConfirmedEmpty.List(self.kwargs["list"]).label
        }

    def save(self, form):
        """Note it."""
        return empty_lists.confirm(self.kwargs["list"], by=self.member, on=self.today)

    def success_url(self, confirmed):
        """Back to the record."""
        return self.here("record")

    def cancel_url(self):
        """Back to the record."""
        return self.here("record")
