"""Means of sustainability tools that were filled in elsewhere. They are shown, never judged: no band is published."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord
from assessments.domains import DOMAINS, MEANING, SOURCES
from assessments.figures import average, day
from assessments.forms.domains import FORMS
from assessments.models import DomainMeans
from assessments.views.rated import Rated, RatedList
from assessments.wording import said

Tool = DomainMeans.Tool


def mean_column(tool: str, domain: str):
    """The mean of one domain as a column; empty for the other tool."""
    return (
        f"{tool.upper()}: {said(DOMAINS[tool][domain])}",
        lambda rated: Decimal(rated.means[domain]) if rated.tool == tool and domain in rated.means else None,
    )


class DomainMeansList(RatedList):
    """The means, the latest first."""

    permission = Permission.SEE_RECORD
    template_name = "assessments/domain_means.html"
    title = _("Sustainability tools")
    intro = _(
        "Means of the CSAT and the PSAT, from 1 to 7, typed in from the report of sustaintool.org, where they are "
        "filled in. They show where to look; no band is drawn, as none is published for a single service."
    )
    related = "domain_means"
    name = "domain_means"
    order = ("-rated_on", "tool", "-pk")
    empty_text = _("No means are recorded. The tools are free to fill in at sustaintool.org.")

    @property
    def columns(self):
        """The day, the tool, and each domain of both."""
        return (
            "rated_on",
            "tool",
            *(mean_column(tool, domain) for tool, domains in DOMAINS.items() for domain in domains),
            (_("Source"), lambda rated: SOURCES[rated.tool]),
        )

    def row(self, rated: DomainMeans):
        """The day and the tool; each domain with its mean."""
        facts = [
            f"{said(name)} {average(Decimal(rated.means[domain]))}"
            for domain, name in DOMAINS[rated.tool].items()
            if domain in rated.means
        ]
        return f"{day(rated.rated_on)}: {rated.get_tool_display()}", facts

    def add_url(self) -> str:
        """None: which tool comes first (`ways`)."""
        return ""

    def get_context_data(self, **kwargs):
        """A way to a new one for each tool, and where the tools come from."""
        adding = self.may(self.edit_permission)
        ways = [(reverse("domain_means_add", args=[self.service.key, tool]), ADD_LABELS[tool]) for tool in Tool.values]
        return super().get_context_data(
            ways=ways if adding else [], meaning=said(MEANING), sources=SOURCES.values(), **kwargs
        )


ADD_LABELS = {Tool.CSAT: gettext_lazy("Add a CSAT"), Tool.PSAT: gettext_lazy("Add a PSAT")}


class AddDomainMeans(Rated, AddRecord):
    """The means of one tool."""

    title = _("Means of a sustainability tool")
    name = list_name = "domain_means"

    def get_form_class(self):
        """The form of the tool."""
        return FORMS[self.get_instance().tool]

    def get_title(self):
        """Which tool."""
        return Tool(self.get_instance().tool).label

    def get_intro(self):
        """Where they come from."""
        return gettext("From 1 to 7, as the report of sustaintool.org gives them. %(source)s") % {
            "source": SOURCES[self.get_instance().tool]
        }

    def get_instance(self):
        """None yet, of this tool."""
        return DomainMeans(tool=self.kwargs["tool"])

    def success_message(self, rated):
        """Saved."""
        return _("Means saved.")


class ChangeDomainMeans(ChangeRecord, AddDomainMeans):
    """Put them right."""

    related = "domain_means"

    def get_instance(self):
        """The means in the address."""
        return self.record


class RemoveDomainMeans(Rated, RemoveRecord):
    """Take them out."""

    name = list_name = related = "domain_means"
