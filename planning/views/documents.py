"""Action plans as documents: look at it before it is issued, issue, follow its making, download, verify."""

import textwrap

from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import Permission, ServiceMixin
from accounts.pages import WAYS_BACK, Page, WayBack
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from planning import tasks
from planning.documents import issuing, making, pages, plan_check
from planning.documents.kinds import KINDS
from planning.forms.documents import IssuePlanForm
from planning.models import Document, DocumentFile
from planning.wording import documents as document_words

WAYS_BACK[plan_check.THEN] = WayBack("plan_check", _("Check your plan"))


class Documents(Page):
    """Every plan that was issued, the latest first."""

    permission = Permission.SEE_DOCUMENTS
    template_name = "planning/documents.html"
    title = _("Documents")
    section = "documents"

    def get_context_data(self, **kwargs):
        """The plans without what they say, and which one is in force."""
        plans = self.service.documents.plans().select_related("issued_by").defer("content").order_by("-number")
        return super().get_context_data(plans=plans, in_force=self.service.documents.plans().in_force(), **kwargs)


class CheckPlan(RecordFormPage):
    """What the plan would say now, with the way to each part that can be mended; then it is issued."""

    permission = Permission.ISSUE_PLAN
    form_class = IssuePlanForm
    template_name = "planning/plan_check.html"
    title = _("Check your plan")
    section = "documents"

    def get_context_data(self, **kwargs):
        """The parts of the plan as they stand today."""
        content = issuing.draft_content(self.service, as_of=self.today, language=get_language(), on=self.today)
        goals = self.service.goals.active().order_by(F("due_on").asc(nulls_last=True), "pk")
        return super().get_context_data(parts=plan_check.parts(content, goals), content=content, **kwargs)

    def get_initial(self):
        """The language in which the service writes its documents."""
        return {"language": self.service.language}

    def save(self, form):
        """Issue it and ring for the document."""
        plan = issuing.issue(
            service=self.service, by=self.member, language=form.cleaned_data["language"], as_of=self.today
        )
        tasks.ring_for(plan)
        return plan

    def success_message(self, plan):
        """Issued; its page says how far the document is."""
        return _("Action plan no. %(number)s is issued.") % {"number": plan.number}

    def success_url(self, plan):
        """The page that follows the making of the document."""
        return self.here("document", plan.kind, plan.number)

    def cancel_url(self):
        """Back to the documents."""
        return self.here("documents")


class DocumentMixin:
    """Finds the document in the address."""

    permission = Permission.SEE_DOCUMENTS
    section = "documents"

    def is_for_member(self):
        """Some kinds are not for everybody who sees documents."""
        return self.may(KINDS[self.kwargs["kind"]].read)

    @cached_property
    def document(self) -> Document:
        """A document of this service."""
        documents = self.service.documents.of_kind(self.kwargs["kind"]).select_related("issued_by")
        return one_or_404(documents, number=self.kwargs["number"])

    @cached_property
    def file(self) -> DocumentFile | None:
        """What is known of its file, without the bytes; None before it is made."""
        return DocumentFile.objects.filter(document=self.document).defer("pdf", "page_one").first()

    def in_force(self) -> Document | None:
        """The document of this kind, about the same, that counts."""
        return self.service.documents.filter(kind=self.document.kind, visit=self.document.visit_id).in_force()


class ChangeDocumentMixin(DocumentMixin):
    """For those who may issue documents of the kind in the address."""

    def is_for_member(self):
        """Whoever may issue it may have it made again or cancelled."""
        return super().is_for_member() and self.may(KINDS[self.kwargs["kind"]].issue)

    def success_url(self, document):
        """The page that follows the making of the document."""
        return self.here("document", document.kind, document.number)

    def cancel_url(self):
        """Back to the document."""
        return self.here("document", self.document.kind, self.document.number)


class ShowDocument(DocumentMixin, Page):
    """One document: how far its file is, and then what it says."""

    template_name = "planning/document.html"

    def get_title(self):
        """Its kind and number."""
        return document_words.name(self.document)

    def get_context_data(self, **kwargs):
        """The state, and what can be done in it."""
        return super().get_context_data(
            plan=self.document,
            file=self.file,
            content=self.document.content,
            waiting=self.document.state in (Document.State.QUEUED, Document.State.MAKING),
            in_force=self.in_force(),
            may_issue=self.may(KINDS[self.document.kind].issue),
            **kwargs,
        )


class TryAgain(ChangeDocumentMixin, RecordFormPage):
    """A person has a failed or cancelled document made after all."""

    form_class = ConfirmForm
    title = _("Try again?")
    intro = _("The document is made once more from what it says; nothing of that changes.")

    def save(self, form):
        """Ask for it once more and ring."""
        try:
            document = making.try_again(self.document, by=self.member)
        except making.NotFailed:
            raise ValidationError(_("It has not failed: it is on its way or ready.")) from None
        tasks.ring_for(document)
        return document

    def success_message(self, document):
        """On its way."""
        return _("The document is being made again.")


class Cancel(ChangeDocumentMixin, RecordFormPage):
    """A person stops the making of a document."""

    form_class = ConfirmForm
    title = _("Stop making the document?")
    intro = _("What it says is kept under its number, and the file can be made later.")

    def save(self, form):
        """Stop it, unless it is made meanwhile."""
        try:
            return making.cancel(self.document, by=self.member)
        except making.NotWaiting:
            raise ValidationError(_("It is not being made any more: look at its page.")) from None

    def success_message(self, document):
        """Stopped."""
        return _("The document is not made.")


class DocumentPdf(DocumentMixin, ServiceMixin, View):
    """The stored bytes, to keep."""

    def get(self, request, *args, **kwargs):
        """The document; before it is made, the page that says how far it is."""
        pdf = DocumentFile.objects.filter(document=self.document).values_list("pdf", flat=True).first()
        if pdf is None:
            return redirect("document", self.service.key, self.document.kind, self.document.number)
        return HttpResponse(
            bytes(pdf),
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{document_words.file_name(self.document)}.pdf"',
                "X-Content-Type-Options": "nosniff",
            },
        )


class Verify(DocumentMixin, Page):
    """Whether a printed document is the one in force, and whether it says what was issued."""

    template_name = "planning/document_verify.html"

    def get_title(self):
        """Which document is asked about."""
        return _("Is “%(document)s” in force?") % {"document": document_words.name(self.document)}

    def get_context_data(self, **kwargs):
        """The document, the one in force, and what both can be recognised by."""
        return super().get_context_data(
            plan=self.document,
            file=self.file,
            in_force=self.in_force(),
            checksum=pages.checksum(self.document.content),
            fingerprint=" ".join(textwrap.wrap(self.file.sha256, 8)) if self.file else "",
            **kwargs,
        )
