"""What the product itself costs its leader, as the product counts it."""

from datetime import date

from django.apps import apps
from django.urls import URLPattern, get_resolver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import FormPage, Page
from accounts.record_pages import RemoveRecord
from planning import effort
from planning.effort_figures import BUDGET_MINUTES, FormEffort, minutes
from planning.wording.caseload import month

# Pages whose title depends on what they are opened for.
UNTITLED = {
    "member_change": _("Change what is known of a person"),
    "member_invite": _("Invite a person"),
    "goal_end": _("End a goal"),
    "week_check_in_add": _("Check in for a week"),
    "hours_shown": _("Show our hours"),
    "attach_plan": _("Attach the plan on a page, or only link to it"),
    "capacity_change": _("Change a figure of the need"),
    "conflict_saved": _("What a conflict displaced"),
    "action_state": _("Mark an action as done, dropped or open"),
    "document_new": _("Issue a memo or a handover pack"),
    "report_new": _("Issue a fidelity report"),
}

# Where the pages of assessments are: the app's own, and those of planning that take what was measured.
MONITORING = ("assessments.", "planning.views.outcome_uploads", "planning.views.waves")


def form_name(name: str) -> str:
    """What the form at an address is called; the address's own name for a form that is gone."""
    if name in UNTITLED:
        return str(UNTITLED[name])
    view = _form_pages(get_resolver().url_patterns).get(name)
    if view is None or not view.title:
        return name
    if issubclass(view, RemoveRecord) and view.related:
        return gettext("Take out: %(kind)s") % {"kind": _kind_of(view)}
    return str(view.title)


def _form_pages(patterns) -> dict[str, type]:
    found = {}
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            found |= _form_pages(pattern.url_patterns)
        elif issubclass(getattr(pattern.callback, "view_class", object), FormPage):
            found[pattern.name] = pattern.callback.view_class
    return found


def of_monitoring(found: list[FormEffort]) -> list[FormEffort]:
    """Of what was saved the forms of assessments: those are what monitoring costs."""
    pages = _form_pages(get_resolver().url_patterns)
    return [one for one in found if one.form in pages and pages[one.form].__module__.startswith(MONITORING)]


def _kind_of(view: type) -> str:
    """The kind of record that a page takes out."""
    service = apps.get_model("accounts", "Service")
    return str(service._meta.get_field(view.related).related_model._meta.verbose_name)


class Effort(Page):
    """The forms that leaders saved in this month and the last: how often, and how long a saving takes."""

    permission = Permission.EDIT_RECORD
    template_name = "planning/effort.html"
    title = _("What IMR planning costs you")
    section = "service_home"

    def get_context_data(self, **kwargs):
        """The two months."""
        last = effort.month_before(self.today)
        return super().get_context_data(
            months=[self.of_month(self.today), self.of_month(last)], budget=BUDGET_MINUTES, **kwargs
        )

    def of_month(self, day: date) -> dict:
        """One month: its minutes, and its forms."""
        found = effort.of_service(self.service, month=day)
        return {
            "name": month(day),
            "minutes": minutes(found) if found else None,
            "monitoring": minutes(of_monitoring(found)),
            "forms": [(form_name(one.form), one.saved, one.fields, round(one.median)) for one in found],
        }
