"""Issuing documents: look at what one will say, mend what can be mended, and give it its number."""

from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import WAYS_BACK, Page, WayBack
from accounts.record_pages import RecordFormPage, one_or_404
from assessments.models import Visit
from planning import tasks
from planning.documents import issuing, limits, plan_check, twin
from planning.documents.kinds import KINDS
from planning.forms.documents import IssueForm, IssuePlanForm
from planning.models import Document
from planning.wording import documents as document_words

WAYS_BACK[plan_check.THEN] = WayBack("plan_check", _("Check your plan"))


class IssuePage(RecordFormPage):
    """A form that issues a document of one kind; it says beforehand what of it would be too much."""

    section = "documents"
    kind: str = ""

    def about(self) -> dict:
        """What `issuing.issue` and `issuing.draft_content` are told of besides: a report's visit."""
        return {}

    def draft(self, language: str) -> dict:
        """What it would say today."""
        return issuing.draft_content(
            self.service, kind=self.kind, as_of=self.today, language=language, on=self.today, **self.about()
        )

    def get_initial(self):
        """The language in which the service writes its documents."""
        return {"language": self.service.language}

    def save(self, form):
        """Issue it and ring for its file."""
        try:
            document = issuing.issue(
                service=self.service,
                by=self.member,
                kind=self.kind,
                language=form.cleaned_data["language"],
                as_of=self.today,
                **self.about(),
            )
        except limits.TooMuch as problem:
            raise ValidationError(document_words.too_much(problem.excesses)) from None
        tasks.ring_for(document)
        return document

    def success_message(self, document):
        """Issued; its page says how far the file is."""
        return _("%(document)s is issued.") % {"document": document_words.name(document)}

    def success_url(self, document):
        """The page that follows the making of the document."""
        return self.here("document", document.kind, document.number)

    def cancel_url(self):
        """Back to the documents."""
        return self.here("documents")


class CheckPlan(IssuePage):
    """What the plan would say now, with the way to each part that can be mended; then it is issued."""

    permission = Permission.ISSUE_PLAN
    kind = Document.Kind.ACTION_PLAN
    form_class = IssuePlanForm
    template_name = "planning/plan_check.html"
    title = _("Check your plan")

    def get_context_data(self, **kwargs):
        """The parts of the plan as they stand today."""
        content = self.draft(get_language())
        goals = self.service.goals.active().order_by(F("due_on").asc(nulls_last=True), "pk")
        return super().get_context_data(
            parts=plan_check.parts(content, goals),
            content=content,
            too_much=document_words.too_much(limits.excesses(content)),
            **kwargs,
        )


class PlanDraft(Page):
    """The whole text of the plan as it would be issued today, numberless."""

    permission = Permission.ISSUE_PLAN
    template_name = "planning/document_draft.html"
    title = _("Action plan, draft")
    section = "documents"

    def get_context_data(self, **kwargs):
        """The text, in the language in which the service writes its documents."""
        kind, language = Document.Kind.ACTION_PLAN, self.service.language
        content = issuing.draft_content(self.service, kind=kind, as_of=self.today, language=language, on=self.today)
        html = KINDS[kind].html(content, version=KINDS[kind].template_version)
        return super().get_context_data(text=twin.text_of(html, below=1), language=language, **kwargs)


class IssueDocument(IssuePage):
    """What a document of the kind in the address would say, and the button that issues it."""

    permission = Permission.SEE_DOCUMENTS
    form_class = IssueForm
    template_name = "planning/document_issue.html"

    @property
    def kind(self) -> str:
        """The kind in the address."""
        return self.kwargs["kind"]

    def is_for_member(self):
        """Each kind says who issues it; 404 when no such documents are made here."""
        if self.kind not in KINDS:
            raise Http404
        return self.may(KINDS[self.kind].issue)

    def get_title(self):
        """What is issued."""
        return document_words.new_one(self.kind)

    def get_context_data(self, **kwargs):
        """All it would say, in the language in which the service writes its documents."""
        content = self.draft(self.service.language)
        html = KINDS[self.kind].html(content, version=KINDS[self.kind].template_version)
        return super().get_context_data(
            text=twin.text_of(html, below=2),
            too_much=document_words.too_much(limits.excesses(content)),
            language=self.service.language,
            **kwargs,
        )


class IssueFidelityReport(IssueDocument):
    """The report of a visit on which the two raters have agreed."""

    kind = Document.Kind.FIDELITY_REPORT

    @cached_property
    def visit(self) -> Visit:
        """The visit in the address, once it is agreed on."""
        return one_or_404(self.service.visits.filter(agreed_on__isnull=False), pk=self.kwargs["visit_pk"])

    def about(self):
        """The visit."""
        return {"visit": self.visit}

    def cancel_url(self):
        """Back to the visit."""
        return self.here("visit", self.visit.pk)
