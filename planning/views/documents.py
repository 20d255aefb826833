"""Action plans as documents: look at it before it is issued, issue, follow its making, download, verify."""

import textwrap

from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import Permission, ServiceMixin
from accounts.pages import WAYS_BACK, Page, WayBack
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from planning import action_plans, plan_check, plan_document, tasks
from planning.forms.documents import IssuePlanForm
from planning.models import Plan, PlanFile

WAYS_BACK[plan_check.THEN] = WayBack("plan_check", _("Check your plan"))


class Documents(Page):
    """Every plan that was issued, the latest first."""

    permission = Permission.SEE_DOCUMENTS
    template_name = "planning/documents.html"
    title = _("Documents")
    section = "documents"

    def get_context_data(self, **kwargs):
        """The plans without what they say, and which one is in force."""
        plans = self.service.plans.select_related("issued_by").defer("content").order_by("-number")
        return super().get_context_data(plans=plans, in_force=self.service.plans.in_force(), **kwargs)


class CheckPlan(RecordFormPage):
    """What the plan would say now, with the way to each part that can be mended; then it is issued."""

    permission = Permission.ISSUE_PLAN
    form_class = IssuePlanForm
    template_name = "planning/plan_check.html"
    title = _("Check your plan")
    section = "documents"

    def get_context_data(self, **kwargs):
        """The parts of the plan as they stand today."""
        content = action_plans.draft_content(self.service, as_of=self.today, language=get_language(), on=self.today)
        goals = self.service.goals.active().order_by(F("due_on").asc(nulls_last=True), "pk")
        return super().get_context_data(parts=plan_check.parts(content, goals), **kwargs)

    def get_initial(self):
        """The language in which the service writes its documents."""
        return {"language": self.service.language}

    def save(self, form):
        """Issue it and ring for the document."""
        plan = action_plans.issue_plan(
            service=self.service, by=self.member, language=form.cleaned_data["language"], as_of=self.today
        )
        tasks.ring_for(plan)
        return plan

    def success_message(self, plan):
        """Issued; its page says how far the document is."""
        return _("Action plan no. %(number)s is issued.") % {"number": plan.number}

    def success_url(self, plan):
        """The page that follows the making of the document."""
        return self.here("plan_document", plan.number)

    def cancel_url(self):
        """Back to the documents."""
        return self.here("documents")


class PlanMixin:
    """Finds the plan in the address."""

    permission = Permission.SEE_DOCUMENTS
    section = "documents"

    @cached_property
    def plan(self) -> Plan:
        """A plan of this service."""
        return one_or_404(self.service.plans.select_related("issued_by"), number=self.kwargs["number"])

    @cached_property
    def file(self) -> PlanFile | None:
        """What is known of its document, without the bytes; None before it is made."""
        return PlanFile.objects.filter(plan=self.plan).defer("pdf", "page_one").first()


class PlanDocument(PlanMixin, Page):
    """One plan: how far its document is, and then the document."""

    template_name = "planning/plan_document.html"

    def get_title(self):
        """Its number."""
        return _("Action plan no. %(number)s") % {"number": self.plan.number}

    def get_context_data(self, **kwargs):
        """The state, and what can be done in it."""
        return super().get_context_data(
            plan=self.plan,
            file=self.file,
            content=self.plan.content,
            waiting=self.plan.state in (Plan.State.QUEUED, Plan.State.MAKING),
            in_force=self.service.plans.in_force(),
            **kwargs,
        )


class TryPlanAgain(PlanMixin, RecordFormPage):
    """A person has a failed plan made after all."""

    permission = Permission.ISSUE_PLAN
    form_class = ConfirmForm
    title = _("Try again?")
    intro = _("The document is made once more from what the plan says; nothing of that changes.")

    def save(self, form):
        """Ask for it once more and ring."""
        try:
            plan = action_plans.try_again(self.plan, by=self.member)
        except action_plans.NotFailed:
            raise ValidationError(_("It has not failed: it is on its way or ready.")) from None
        tasks.ring_for(plan)
        return plan

    def success_message(self, plan):
        """On its way."""
        return _("The document is being made again.")

    def success_url(self, plan):
        """The page that follows the making of the document."""
        return self.here("plan_document", plan.number)

    def cancel_url(self):
        """Back to the plan."""
        return self.here("plan_document", self.plan.number)


class PlanPdf(PlanMixin, ServiceMixin, View):
    """The stored bytes, to keep."""

    def get(self, request, *args, **kwargs):
        """The document; before it is made, the page that says how far it is."""
        pdf = PlanFile.objects.filter(plan=self.plan).values_list("pdf", flat=True).first()
        if pdf is None:
            return redirect("plan_document", self.service.key, self.plan.number)
        name = f"{slugify(self.service.practice) or 'plan'}-{self.service.key}-{self.plan.number}.pdf"
        return HttpResponse(
            bytes(pdf),
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
        )


class VerifyPlan(PlanMixin, Page):
    """Whether a printed plan is the one in force, and whether it says what was issued."""

    template_name = "planning/plan_verify.html"

    def get_title(self):
        """Which plan is asked about."""
        return _("Is action plan no. %(number)s in force?") % {"number": self.plan.number}

    def get_context_data(self, **kwargs):
        """The plan, the one in force, and what both can be recognised by."""
        return super().get_context_data(
            plan=self.plan,
            file=self.file,
            in_force=self.service.plans.in_force(),
            checksum=plan_document.checksum(self.plan.content),
            fingerprint=" ".join(textwrap.wrap(self.file.sha256, 8)) if self.file else "",
            **kwargs,
        )
