"""Documents of a service: all there are, one of them, its text, its file; follow its making, verify a printed copy."""

import textwrap

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import Permission, ServiceMixin
from accounts.pages import Page
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from planning import tasks
from planning.documents import document_list, making, pages, twin
from planning.documents.kinds import KINDS, DocumentKind
from planning.models import Document, DocumentFile
from planning.wording import documents as document_words


class Documents(Page):
    """Every document that the reader may read, by kind, the latest first."""

    permission = Permission.SEE_DOCUMENTS
    template_name = "planning/documents.html"
    title = _("Documents")
    section = "documents"

    def get_context_data(self, **kwargs):
        """The kinds with their documents and the way to a new one."""
        return super().get_context_data(shelves=document_list.shelves(self.service, may=self.may), **kwargs)


class DocumentMixin:
    """Finds the document in the address."""

    permission = Permission.SEE_DOCUMENTS
    section = "documents"

    @property
    def kind(self) -> DocumentKind:
        """The kind in the address; 404 when no such documents are made here."""
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        return KINDS[self.kwargs["kind"]]

    def is_for_member(self):
        """Some kinds are not for everybody who sees documents."""
        return self.may(self.kind.read)

    @cached_property
    def document(self) -> Document:
        """A document of this service."""
        documents = self.service.documents.of_kind(self.kwargs["kind"]).select_related("issued_by", "visit")
        return one_or_404(documents, number=self.kwargs["number"])

    @cached_property
    def file(self) -> DocumentFile | None:
        """What is known of its file, without the bytes; None before it is made."""
        return DocumentFile.objects.filter(document=self.document).defer("pdf", "page_one").first()

    def in_force(self) -> Document | None:
        """The document of this kind, about the same, that counts."""
        return self.document.siblings().defer("content").in_force()


class ChangeDocumentMixin(DocumentMixin):
    """For those who may issue documents of the kind in the address."""

    def is_for_member(self):
        """Whoever may issue it may have it made again or cancelled."""
        return super().is_for_member() and self.may(self.kind.issue)

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
            document=self.document,
            file=self.file,
            content=self.document.content,
            waiting=self.document.is_waiting,
            steps=document_words.steps(self.document),
            in_force=self.in_force(),
            before=self.document.siblings().ready().filter(number__lt=self.document.number).in_force(),
            may_issue=self.may(self.kind.issue),
            **kwargs,
        )


class DocumentText(DocumentMixin, Page):
    """Everything a document says, to be read on a screen; it is there before the file is made, and without it."""

    template_name = "planning/document_text.html"

    def get_title(self):
        """Its kind and number."""
        return document_words.name(self.document)

    def get_context_data(self, **kwargs):
        """The text, in the document's own language and look."""
        document = self.document
        html = self.kind.html(document.content, version=document.template_version)
        return super().get_context_data(
            document=document, text=twin.text_of(html, below=1), in_force=self.in_force(), **kwargs
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
            document=self.document,
            file=self.file,
            in_force=self.in_force(),
            checksum=pages.checksum(self.document.content),
            fingerprint=" ".join(textwrap.wrap(self.file.sha256, 8)) if self.file else "",
            **kwargs,
        )


class VerifyPlan(DocumentMixin, ServiceMixin, View):
    """The address as printed on plans before there were other documents."""

    def get(self, request, *args, **kwargs):
        """To where plans are verified now."""
        return redirect("document_verify", self.service.key, self.document.kind, self.document.number)
