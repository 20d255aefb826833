"""How the practice stands: the themes, one entry in full, and each role's first page."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.models import LEADING_ROLES, Role
from accounts.pages import Page
from planning import (
    acceptances,
    conflicts,
    effort,
    expectations,
    first_plan,
    leader_month,
    memos,
    quick_page,
    reviews,
    visions,
    weeks,
)
from planning.asked import asked_of
from planning.clock import monday_of
from planning.effort_figures import BUDGET_MINUTES, minutes
from planning.models import Observation
from planning.presenters import action_rows, flag_links, shown_acts
from planning.risks import CATALOGUE_VERSION
from planning.risks.answer import Status
from planning.standing import Standing, standing
from planning.views.effort import of_monitoring
from planning.wording.caseload import month
from planning.wording.entries import STUDY_CITATION, STUDY_LIMITS

DOCUMENTS_SHOWN = 10  # on a sponsor's first page, of a kind


class StandingMixin:
    """Computes how the service stands, once a request."""

    @cached_property
    def standing(self) -> Standing:
        """How it stands today; a leader's own pages know the leader's own rating before it is shared."""
        own = self.member if self.member.role in LEADING_ROLES else None
        return standing(self.service, self.today, own_rating_of=own)

    def frame(self) -> dict:
        """What stands below the themes: the next review and the newest plan."""
        next_review = reviews.next_review(self.service, at=timezone.now())
        open_entries = self.standing.do_now + self.standing.also_open
        flags = flag_links(
            open_entries, member=self.member, today=self.today, next_review=next_review, back=self.request.path
        )
        return {
            "standing": self.standing,
            "do_now": flags[: len(self.standing.do_now)],
            "also_open": flags[len(self.standing.do_now) :],
            "next_review": next_review,
            "plan": self.service.documents.plans().in_force(),
        }


class HowItStands(StandingMixin, Page):
    """Five themes; at most three flags under Do now, the rest under Also open; strengths; what is not known."""

    permission = Permission.SEE_RECORD
    template_name = "planning/standing.html"
    section = "standing"
    title = _("How IMR stands")

    def get_context_data(self, **kwargs):
        """The standing and its frame."""
        return super().get_context_data(limits=STUDY_LIMITS, **self.frame(), **kwargs)


class Theme(StandingMixin, Page):
    """One theme: its flags, strengths and unknowns."""

    permission = Permission.SEE_RECORD
    template_name = "planning/theme.html"
    section = "standing"

    @cached_property
    def theme(self):
        """The theme in the address; 404 when there is none such."""
        try:
            return {theme.number: theme for theme in self.standing.themes}[self.kwargs["number"]]
        except KeyError:
            raise Http404 from None

    def get_title(self):
        """The theme's name."""
        return self.theme.name

    def get_context_data(self, **kwargs):
        """The theme."""
        return super().get_context_data(
            theme=self.theme,
            flags=flag_links(self.theme.open, member=self.member, today=self.today, back=self.request.path),
            limits=STUDY_LIMITS,
            **kwargs,
        )


# The page on which what an entry lacks is recorded, by its code; (address, who may record it).
RECORD_PAGES = {
    "vision": ("vision_publish", Permission.EDIT_RECORD),
    "goals": ("goal_add", Permission.EDIT_RECORD),
    "time": ("allocation_add", Permission.EDIT_RECORD),
    "conflicts": ("conflicts", Permission.SEE_CONFLICTS),
    "reviews": ("reviews", Permission.SEE_RECORD),
    "actions": ("actions", Permission.SEE_RECORD),
    "people": ("people", Permission.MANAGE_PEOPLE),
    "fidelity": ("fidelity_add", Permission.RATE_FIDELITY),
    "observations": ("observation_add", Permission.ADD_OBSERVATION),
    "decisions": ("decisions", Permission.EDIT_RECORD),
    "readiness": ("readiness", Permission.EDIT_RECORD),
    "caseload": ("caseload", Permission.EDIT_RECORD),
    "supports": ("supports", Permission.EDIT_RECORD),
    "supervision": ("supervisions", Permission.LOG_SUPERVISION),
    "expectations": ("expectations", Permission.SEE_RECORD),
    "week": ("week_check_in", Permission.CHECK_IN_WEEK),
    "adaptations": ("adaptations", Permission.EDIT_RECORD),
    "outcomes": ("outcome_rounds", Permission.EDIT_RECORD),
    "leadership": ("leadership_ratings", Permission.EDIT_RECORD),
    "organisation": ("organisation_ratings", Permission.RATE_FIDELITY),
    "recommendations": ("fidelity", Permission.SEE_RECORD),
    "funding": ("fundings", Permission.EDIT_RECORD),
    "confirmations": ("confirmations", Permission.EDIT_RECORD),
}


class Entry(StandingMixin, Page):
    """One entry in full: evidence, why, rule, what clears it, what can be done."""

    permission = Permission.SEE_RECORD
    template_name = "planning/entry.html"
    section = "standing"

    @cached_property
    def entry(self):
        """The entry in the address; 404 when the catalogue has none such."""
        try:
            return self.standing.entry(self.kwargs["entry_key"])
        except KeyError:
            raise Http404 from None

    def get_title(self):
        """The entry's title for its present state."""
        return self.entry.title

    def get_context_data(self, **kwargs):
        """The entry, what people observed about it, and the actions that are to clear it."""
        observations = Observation.objects.filter(service=self.service, entry=self.entry.key, on__lte=self.today)
        actions = self.service.actions.filter(entry=self.entry.key)
        actions = actions.order_by("-state", "due_on", "pk")  # open ones first
        rows = action_rows(actions, member=self.member, today=self.today, standing=self.standing)
        unknown = self.entry.status is Status.UNKNOWN
        return super().get_context_data(
            entry=self.entry,
            accepted=self.entry.accepted,
            outgrown=next((one for one in self.standing.outgrown if one.entry == self.entry.key), None),
            accept_url=self.accept_url(),
            end_url=self.end_url(),
            acts=shown_acts(self.entry, member=self.member, today=self.today, rows=rows, back=self.request.path),
            record=self.entry.text.record if unknown else "",
            record_url=self.record_url() if unknown else "",
            beside=self.cost_of_monitoring() if self.entry.key == "monitoring-fatigue" else "",
            observations=observations.order_by("-on", "-pk"),
            actions=rows,
            catalogue_version=CATALOGUE_VERSION,
            citation=STUDY_CITATION,
            limits=STUDY_LIMITS,
            **kwargs,
        )

    def cost_of_monitoring(self) -> str:
        """What monitoring forms took leaders last month, for those who see that; it is no part of the record."""
        last = effort.month_before(self.today)
        found = effort.of_service(self.service, month=last)
        if not found or not self.may(Permission.EDIT_RECORD):
            return ""
        return _(
            "In %(month)s the forms of the assessments took leaders about %(minutes)d minutes; all forms together may "
            "take %(budget)d. This stands here to be talked about and decides nothing."
        ) % {"month": month(last), "minutes": minutes(of_monitoring(found)), "budget": BUDGET_MINUTES}

    def accept_url(self) -> str:
        """Where the reader can accept what is flagged or to watch; empty when it is accepted, or he may not."""
        open_now = self.entry.status in acceptances.WORSE and not self.entry.accepted
        if not open_now or not self.may(Permission.ACCEPT_RISK):
            return ""
        return reverse("acceptance_add", args=[self.service.key, self.entry.key])

    def end_url(self) -> str:
        """Where the reader can take the acceptance back."""
        if not self.entry.accepted or not self.may(Permission.ACCEPT_RISK):
            return ""
        return reverse("acceptance_end", args=[self.service.key, self.entry.accepted.pk])

    def record_url(self) -> str:
        """Where the reader can record what is missing; empty when he may not."""
        name, permission = RECORD_PAGES[self.entry.text.record_page]
        if not self.may(permission):
            return ""
        address = reverse(name, args=[self.service.key])
        return f"{address}?entry={self.entry.key}" if name == "observation_add" else address


class ServiceHome(StandingMixin, Page):
    """The first page of each role: what needs you, logging, the themes, or the documents."""

    permission = Permission.SEE_STATUS
    section = "service_home"

    def get_template_names(self):
        """One template a role; a stand-in sees the leader's."""
        role = Role.LEADER if self.member.role == Role.STAND_IN else self.member.role
        return [f"planning/home_{role}.html"]

    def get_title(self):
        """The service's name."""
        return self.service.name

    def get_context_data(self, **kwargs):
        """What the role's page shows."""
        by_role = {Role.PRACTITIONER: self.for_practitioner, Role.SPONSOR: self.for_sponsor}
        return super().get_context_data(**self.frame(), **by_role.get(self.member.role, self.for_leader)(), **kwargs)

    def rows(self, actions) -> list:
        """Actions by date, as rows."""
        actions = actions.select_related("owner").order_by("due_on", "pk")
        return action_rows(actions, member=self.member, today=self.today, standing=self.standing)

    def for_leader(self) -> dict:
        """What waits: entries to answer, late actions, the state of logging."""
        agreement = conflicts.agreement_of(self.service)
        vision = visions.in_force(self.service, on=self.today)
        return {
            "waiting": conflicts.waiting_for(self.member, on=self.today),
            "late_actions": self.rows(self.service.actions.late(self.today)),
            "goals_to_look_at": self.service.goals.to_look_at(self.today).order_by("check_in_on", "pk"),
            "vision": vision,
            "horizon": visions.horizon(vision, on=self.today) if vision else "",
            "agreement": agreement,
            "agreement_warns": agreement is not None and agreement.warns(self.today),
            "logging_is_on": conflicts.logging_is_on(self.service, on=self.today),
            "wanted": self.service.decisions_wanted.open().select_related("asked_of").order_by("wanted_by", "pk"),
            "next_visit": self.service.visits.ahead().order_by("planned_on").first(),
            "steps": self.steps_to_first_plan(),
            **self.own_month(),
        }

    def own_month(self) -> dict:
        """The leader's act of the month, and what the product cost so far; of no concern to advisers."""
        if not self.may(Permission.EDIT_RECORD):
            return {}
        return {
            "leader_act": leader_month.act_of_month(self.service, on=self.today),
            "minutes": effort.minutes_of(self.service, on=self.today),
            "budget": BUDGET_MINUTES,
        }

    def steps_to_first_plan(self) -> first_plan.Steps | None:
        """The steps to a first plan, for those who can take them, as long as they are wanted."""
        if self.may(Permission.EDIT_RECORD) and first_plan.is_wanted(self.service):
            return first_plan.steps(self.service, on=self.today)
        return None

    def for_practitioner(self) -> dict:
        """Logging, own actions, answers to what was said."""
        entries = conflicts.list_for(self.member, on=self.today)
        return {
            "logging_is_on": conflicts.logging_is_on(self.service, on=self.today),
            "agreement": conflicts.agreement_of(self.service),
            "owner_mark": quick_page.mark_of(self.member),
            "log_url": reverse("conflict_log", args=[self.service.key]),
            "answered": conflicts.said_and_done(entries, on=self.today, limit=4),
            "own_waiting": [entry for entry in entries if entry.own and not entry.answer][:5],
            "expectation": expectations.unread_by(self.member, on=self.today),
            "vision_unread": visions.unread_by(self.member, on=self.today) is not None,
            "own_actions": self.rows(self.service.actions.open().filter(owner=self.member)),
            "own_goals": self.service.goals.active().filter(owner=self.member).order_by("due_on", "pk"),
            "vision": visions.in_force(self.service, on=self.today),
            "week": monday_of(self.today),
            "own_week": weeks.own_week(self.member, on=self.today),
        }

    def for_sponsor(self) -> dict:
        """What is wanted of the level above, the memo, and the plans."""
        asked = asked_of([self.member], on=self.today)
        memo = memos.in_force(self.service)
        return {
            "asked": asked,
            "open_questions": [one for one in asked if not one.answered],
            "memo": memo,
            "earlier_memos": memos.earlier(self.service, memo)[:DOCUMENTS_SHOWN],
            "plans": self.service.documents.plans().ready().defer("content").order_by("-number")[:DOCUMENTS_SHOWN],
        }
